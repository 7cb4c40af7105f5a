"""Lesson 1 of the accounting seminar: each exercise judged, right, empty and typically wrong."""

import ast
import re
from collections.abc import Mapping
from copy import deepcopy
from decimal import Decimal
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import nbformat
import pytest
from lesson_tests import (  # noqa: F401
    test_the_exercises_stand_in_their_order_with_their_points,
)

from manabiba_subjects import AccountType, Side, npo_case
from manabiba_widgets import Exercise

NOTEBOOK = Path(__file__).parents[2] / "courses" / "accounting" / "01-overview.ipynb"

GROUPS = {
    "asset": ["現金", "普通預金", "未収金", "貯蔵品", "前払費用", "什器備品", "敷金"],
    "liability": ["未払金", "前受会費", "預り金", "役員借入金"],
    "net": ["前期繰越正味財産"],
    "revenue": ["正会員受取会費", "受取寄附金", "受取民間助成金", "学習支援事業収益"],
    "expense": ["地代家賃", "消耗品費", "諸謝金", "通信運搬費"],
}
ORDER = ["voucher", "journal", "ledger", "trial", "statements"]
PAIRS = {
    "dues": "asset-revenue",
    "stamps": "expense-asset",
    "repay": "liability-asset",
    "laptop": "asset-asset",
    "accrue": "expense-liability",
    "advance": "liability-revenue",
}
ENTRIES = {
    "t4": (["普通預金", "370,000"], ["正会員受取会費", "370,000"]),
    "t21": (["什器備品", "240,000"], ["普通預金", "240,000"]),
    "t23": (["役員借入金", "100,000"], ["普通預金", "100,000"]),
    "t32": (["未収金", "110,000"], ["学習支援事業収益", "110,000"]),
}
VOUCHERS = {
    "v1": "donation",
    "v2": "payment",
    "v3": "lease",
    "v4": "travel",
    "v5": "disposal",
}
POINTS = {
    "a1-flow": 3,
    "a1-1": 5,
    "a1-2": 3,
    "a1-3": 4,
    "a1-4": 8,
    "a1-5": 3,
    "a1-6": 4,
    "a1-7": 3,
    "a1-8": 3,
    "a1-reflection": 4,
}
JUDGED = [name for name in POINTS if name != "a1-reflection"]


def entries_answer(entries: Mapping[str, Any]) -> dict[str, Any]:
    def row(account: str, amount: str) -> list[dict[str, str]]:
        return [{"account": account, "amount": amount}]

    return {
        "entries": {
            name: {"debit": row(*debit), "credit": row(*credit)}
            for name, (debit, credit) in entries.items()
        }
    }


def right_answer(exercise: Exercise) -> dict[str, Any]:
    """The right answers, written down here from the facts and not read from the keys."""
    items = exercise.spec.get("items", {})
    group = {name: group for group, names in GROUPS.items() for name in names}
    answers: dict[str, dict[str, Any]] = {
        "a1-flow": {"order": ORDER},
        "a1-1": {"placed": {item: group.get(name) for item, name in items.items()}},
        "a1-2": {"values": {"value": "２，０５３，５６１円"}},
        "a1-3": {"placed": PAIRS},
        "a1-4": entries_answer(ENTRIES),
        "a1-5": {"values": {"value": "128,200"}},
        "a1-6": {"marked": {"l2": "swap", "l4": "withheld", "l5": "account", "l6": "account"}},
        "a1-7": {"placed": VOUCHERS},
        "a1-8": {"values": {"paid": "722,000", "expense": "720000", "reason": "months"}},
    }
    return deepcopy(answers[exercise.exercise_id])


@pytest.mark.parametrize("exercise_id", JUDGED)
def test_the_right_answer_earns_everything_and_is_explained(
    lesson, assert_right, exercise_id
) -> None:
    assert_right(lesson[exercise_id], right_answer(lesson[exercise_id]))


@pytest.mark.parametrize("exercise_id", JUDGED)
def test_every_message_of_a_key_can_be_reached(
    lesson, assert_every_message_reached, exercise_id
) -> None:
    assert_every_message_reached(lesson[exercise_id], right_answer(lesson[exercise_id]))


MISTAKES = [
    ("a1-flow", ("order", ["journal", "voucher", *ORDER[2:]]), 2.25, "仕訳は証憑を見ながら"),
    ("a1-2", ("values", {"value": "2334801"}), 0.0, "資産の合計です"),
    ("a1-2", ("values", {"value": "281,240"}), 0.0, "負債の合計です"),
    ("a1-2", ("values", {"value": "2616041"}), 0.0, "足しています"),
    ("a1-2", ("values", {"value": "1,583,760"}), 0.0, "現金と預金だけでなく"),
    ("a1-2", ("values", {"value": "▲2,053,561"}), 0.0, "プラスとマイナスが逆"),
    ("a1-3", ("placed", {"repay": "expense-asset"}), 4 * 5 / 6, "お金の出入りと収益・費用は別"),
    ("a1-3", ("placed", {"laptop": "expense-asset"}), 4 * 5 / 6, "買ったときは資産"),
    ("a1-3", ("placed", {"accrue": "expense-asset"}), 4 * 5 / 6, "まだお金は払っていません"),
    ("a1-3", ("placed", {"advance": "asset-revenue"}), 4 * 5 / 6, "お金は動いていません"),
    ("a1-5", ("values", {"value": "361,000"}), 0.0, "減った額(右側)を引きましょう"),
    ("a1-5", ("values", {"value": "83,200"}), 0.0, "期首の残高45,000円"),
    ("a1-5", ("values", {"value": "328200"}), 0.0, "現金からは減っています"),
    ("a1-5", ("values", {"value": "−87,800"}), 0.0, "1月31日の参加費"),
    ("a1-6", ("marked", {"l4": "net"}), 3.5, "支払総額で記帳し"),
    ("a1-6", ("marked", {"l2": "account"}), 3.5, "資産が増えるときは借方(左)"),
    ("a1-6", ("marked", {"l5": "prepaid"}), 3.5, "長く使う備品の科目"),
    ("a1-6", ("marked", {"l6": "swap"}), 3.5, "お金の出入りと収益・費用は別"),
    ("a1-6", ("marked", {"l7": "account"}), 3.0, "この仕訳は正しいです"),
    ("a1-7", ("placed", {"v1": "passbook"}), 2.4, "通帳の相手の名前だけで科目を決めず"),
    ("a1-8", ("values", {"paid": "720,000"}), 2.0, "費用になる額のほうです"),
    ("a1-8", ("values", {"expense": "722,000"}), 2.0, "支払った額のままです"),
    ("a1-8", ("values", {"expense": "660,000"}), 2.0, "前の年度に払った2025年4月分"),
    ("a1-8", ("values", {"reason": "tax"}), 2.0, "消費税のせいではありません"),
]


@pytest.mark.parametrize(("exercise_id", "change", "earned", "message"), MISTAKES)
def test_a_typical_mistake_is_named_and_the_rest_still_counts(
    lesson, points, told, changed, exercise_id, change, earned, message
) -> None:
    answer = changed(right_answer(lesson[exercise_id]), dict([change]))
    assert points(lesson[exercise_id], answer) == pytest.approx(earned)
    assert message in told(lesson[exercise_id].judge(answer, with_key=True))


@pytest.mark.parametrize(
    ("account", "group", "message"),
    [
        ("前払費用", "liability", "先に払った家賃は「前払費用」(資産)"),
        ("前受会費", "asset", "先にもらった会費は「前受会費」(負債)"),
        ("前受会費", "revenue", "先にもらった"),
        ("未収金", "liability", "もらっていないものは「未収金」(資産)"),
        ("未払金", "asset", "払っていないものは「未払金」(負債)"),
        ("貯蔵品", "expense", "まだ使っていない"),
        ("消耗品費", "asset", "「費用」です"),
        ("預り金", "revenue", "預かっているお金"),
        ("敷金", "expense", "返してもらう約束"),
        ("正会員受取会費", "liability", "前受会費"),
        ("受取寄附金", "liability", "受け取った年度の収益"),
        ("受取民間助成金", "liability", "前受助成金"),
        ("役員借入金", "revenue", "返すもの"),
    ],
)
def test_every_confusing_account_has_its_own_message(
    lesson, points, account, group, message
) -> None:
    groups = lesson["a1-1"]
    item = next(item for item, name in groups.spec["items"].items() if name == account)
    answer = right_answer(groups)
    answer["placed"][item] = group
    assert points(groups, answer) == pytest.approx(5 * 19 / 20)
    judgement = groups.judge(answer, with_key=True)
    assert message in next(part.message for part in judgement.parts if part.input == item)


@pytest.mark.parametrize(
    ("transaction", "debit", "credit", "earned", "message"),
    [
        ("t4", "普通預金 370,000", "前受会費 370,000", 7.0, "来年度分を先にもらったもの"),
        ("t4", "普通預金 370,000", "賛助会員受取会費 370,000", 7.0, "会員の種類"),
        ("t4", "普通預金 10,000", "正会員受取会費 10,000", 7.0, "37人分"),
        ("t4", "正会員受取会費 370,000", "普通預金 370,000", 6.0, "左右を入れかえて"),
        ("t4", "普通預金 370,000", "正会員受取会費 37,000", 7.5, "333,000円違います"),
        ("t21", "消耗品費 240,000", "普通預金 240,000", 7.0, "什器備品"),
        ("t21", "什器備品 240,000", "未払金 240,000", 7.0, "もう普通預金から払って"),
        ("t23", "普通預金 100,000", "役員借入金 100,000", 6.0, "借金という意味ではなく"),
        ("t23", "支払手数料 100,000", "普通預金 100,000", 7.0, "お金の出入りと収益・費用は別"),
        ("t23", "保険料 100,000", "普通預金 100,000", 7.0, "お金の出入りと収益・費用は別"),
        ("t32", "普通預金 110,000", "学習支援事業収益 110,000", 7.0, "入金は4月"),
        ("t32", "未払金 110,000", "学習支援事業収益 110,000", 7.0, "「未収金」(資産)"),
        ("t32", "未収金 110,000", "学習支援事業収益 100,000", 7.5, "税抜き"),
    ],
)
def test_a_wrong_entry_is_named_and_the_other_three_count(
    lesson, points, transaction, debit, credit, earned, message
) -> None:
    answer = entries_answer({**ENTRIES, transaction: (debit.split(), credit.split())})
    assert points(lesson["a1-4"], answer) == pytest.approx(earned)
    judgement = lesson["a1-4"].judge(answer, with_key=True)
    assert message in next(p.message for p in judgement.parts if p.input == transaction)


def test_no_graded_figure_is_a_bare_literal(lesson) -> None:
    for cell in nbformat.read(NOTEBOOK, as_version=4).cells:
        about = cell.metadata.get("nbgrader", {})
        if cell.cell_type != "code" or not about.get("grade") or about.get("solution"):
            continue
        key = lesson[about["grade_id"]]._key
        values = getattr(key, "values", None)
        graded = [int(v) for v in values.values() if isinstance(v, Decimal)] if values else []
        literals = {
            node.value
            for node in ast.walk(ast.parse(cell.source))
            if isinstance(node, ast.Constant) and type(node.value) is int
        }
        assert not literals & set(graded), about["grade_id"]
        if about["grade_id"] == "a1-4":  # entries, not numbers
            assert "npo_case.entry(number)" in cell.source


# The text: its figures are those of the case, or worked out beside them.

# Amounts the text works out itself, beside the sum they come from.
PRACTICE = re.compile(r"^### もう一度練習したい方へ$", re.MULTILINE)  # another group's figures
WORKED_OUT = {129_800: 11_200 + 118_600, 145_000: 45_000 + 100_000, 136_200: 145_000 - 8_800}


def test_the_practice_at_the_end_comes_out_right(text) -> None:
    ask, answers = PRACTICE.split(text)[1].split("## 用語集")[0].split("<details>")
    assert "資産合計850,000円、負債合計320,000円" in ask
    assert f"= {850_000 - 320_000:,}円" in answers
    assert f"= {12_000 + 58_000 - 61_500:,}円" in answers
    paid = 11 * 5_000 + 6_000
    assert f"5,000 × 11 + 6,000 = {paid:,}円" in answers
    assert (
        f"= {5_000 + paid - 6_000:,}円(12か月分)" in answers and 5_000 + paid - 6_000 == 12 * 5_000
    )


def test_every_amount_in_the_text_is_the_cases_own(text, amounts_in, case_amounts) -> None:
    assert all(amount == worked_out for amount, worked_out in WORKED_OUT.items())
    before, after = PRACTICE.split(text)[0], "## 用語集" + text.split("## 用語集")[1]
    told = amounts_in(before + after)
    assert len(told) > 30
    assert told - case_amounts - set(WORKED_OUT) == set()


def test_the_one_page_says_of_each_group_its_side_and_its_statement(text, tables) -> None:
    [page] = re.findall(r'<div class="one-page">(.*?)</div>', text, re.DOTALL)
    groups, names = tables(page)
    for name, _, side, statement in groups[1:]:
        [group] = [group for group in AccountType if group.value == name]
        assert side == ("左" if group.grows_on_debit else "右")
        is_of_the_year = group in {AccountType.REVENUE, AccountType.EXPENSE}
        assert statement == ("活動計算書" if is_of_the_year else "貸借対照表")
    assert len(groups) == 1 + len(AccountType)
    for start, _, group in names[1:]:
        found = {a.type.value for a in npo_case.accounts() if a.name.startswith(start.strip("〜"))}
        found -= {"費用"} if start == "受取〜" else set()
        assert found == {group}
    assert page.count("- □ ") == 4


def test_the_opening_table_is_the_cases_balance_sheet(text, table_of, yen) -> None:
    rows = table_of(text, "資産")
    shown = {name: yen(cell) for row in rows for name, cell in (row[:2], row[2:]) if name}
    case = npo_case.case()
    accounts = {k: v for k, v in case["opening_balance"].items() if k != "前期繰越正味財産"}
    totals = {"資産合計": case["opening_assets"], "負債合計": case["opening_liabilities"]}
    assert shown == accounts | totals


def test_the_worked_entries_are_the_cases_own(text, tables) -> None:
    shown = [table[1] for table in tables(text) if table[0] == ["借方", "円", "貸方", "円"]]
    wanted = []
    for number in (33, 9, 8, 6):
        transaction = npo_case.transaction(number)
        debit, credit = transaction.entry.lines
        wanted.append([debit.account, f"{debit.amount:,}", credit.account, f"{credit.amount:,}"])
        on = transaction.on
        assert re.search(rf"\*\*(例\d )?{on.month}月{on.day}日[ 、]", text)
    assert shown == wanted


def test_the_t_account_fills_with_the_cash_of_the_year(text) -> None:
    figure = re.findall(r"<svg.*?</svg>", text, re.DOTALL)[2]
    words = [element.text or "" for element in ElementTree.fromstring(figure).iter("text")]
    days = [
        (f"{transaction.on.month}/{transaction.on.day}", f"{line.amount:,}")
        for transaction in npo_case.transactions()
        for line in transaction.entry.lines
        if line.account == "現金"
    ]
    assert len(days) == 5
    for mark, (day, amount) in zip("①②③④⑤", days, strict=True):
        assert any(word.startswith(f"{mark} {day} ") for word in words)
        assert amount in words
    assert "残高 45,000円" in words
    assert "128,200" not in "".join(words)  # asked for in the exercise below it


def test_the_year_at_the_end_is_the_cases_statement(text, tables, yen) -> None:
    [table] = [table for table in tables(text) if table[0][0].endswith("活動計算書(要約)")]
    statement = npo_case.case()["statement_of_activities"]
    income, cost, ordinary, other, change = (yen(row[1]) for row in table[1:])
    names = ("経常収益計", "当期経常増減額", "経常外費用計", "当期正味財産増減額")
    assert [income, ordinary, other, change] == [statement[name] for name in names]
    assert income - cost == ordinary
    assert ordinary - other == change
    numbers = [len(npo_case.entries(kind=kind)) for kind in (None, "決算整理")]
    assert "51の仕訳(うち9つは年度末の調整)" in text and numbers == [51, 9]


def test_the_entries_to_check_are_those_of_the_case_but_for_four_errors(lesson) -> None:
    lines = {line["id"]: line for line in lesson["a1-6"].spec["lines"]}
    of_case = {"l1": 4, "l2": 7, "l3": 8, "l4": 16, "l5": 21, "l6": 23, "l7": 27}
    wrong = []
    for name, number in of_case.items():
        transaction = npo_case.transaction(number)
        day = f"{transaction.on.month}月{transaction.on.day}日"
        assert lines[name]["heading"].startswith(f"{day} ")
        shown = {
            side: "\n".join(
                f"{line.account} {line.amount:,}円"
                for line in transaction.entry.lines
                if line.side == side[:2]
            )
            for side in ("借方(左)", "貸方(右)")
        }
        if lines[name]["cells"] != shown:
            wrong.append(name)
    assert wrong == ["l2", "l4", "l5", "l6"]


def test_the_transactions_to_enter_have_their_day_and_amount(lesson) -> None:
    texts = {item["id"]: item["text"] for item in lesson["a1-4"].spec["transactions"]}
    for name, text in texts.items():
        transaction = npo_case.transaction(int(name[1:]))
        assert text.startswith(f"{transaction.on.month}月{transaction.on.day}日 {transaction.text}")
        if name != "t4":  # 37 members at 10,000 yen: to be multiplied
            assert f"{transaction.entry.total(Side.DEBIT):,}円" in text
