"""Lesson 3 of the accounting seminar: each exercise judged, right, empty and typically wrong."""

import ast
import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from lesson_tests import (  # noqa: F401
    test_a_typical_mistake_is_named_and_the_rest_still_counts,
    test_every_message_of_a_key_can_be_reached,
    test_the_exercises_stand_in_their_order_with_their_points,
    test_the_right_answer_earns_everything_and_is_explained,
)

from manabiba_subjects import (
    AccountType,
    Allocation,
    Side,
    likely_slips,
    npo_case,
    share,
    trial_balance,
)
from manabiba_subjects.depreciation import (
    depreciation_years,
    straight_line,
    straight_line_rate,
    straight_line_row,
)
from manabiba_widgets import Exercise

NOTEBOOK = Path(__file__).parents[2] / "courses" / "accounting" / "03-closing.ipynb"

POINTS = {
    "a3-check-1": 1,
    "a3-check-2": 1,
    "a3-check-3": 1,
    "a3-3": 2,
    "a3-4": 2,
    "a3-6": 2,
    "a3-1": 3,
    "a3-2": 3,
    "a3-5": 2,
    "a3-5-entry": 2,
    "a3-7": 3,
    "a3-8": 3,
    "a3-6-office": 2,
    "a3-9": 10,
    "a3-9-why": 2,
    "a3-10": 3,
    "a3-errors": 4,
    "a3-reflection": 4,
}
JUDGED = [name for name in POINTS if name != "a3-reflection"]
SHEET = {
    "stamps.debit": "8,400",
    "stamps.after": "8,400",
    "prepaid.debit": "６２，０００円",
    "prepaid.after": "62000",
    "equipment.credit": "80,100",
    "equipment.after": "359,700",
    "postage.credit": "8400",
    "postage.after": "111,600",
    "rent.credit": "62,000",
    "rent.after": "720,000",
    "utilities.debit": "9,800",
    "utilities.after": "128,400",
    "depreciation.debit": "80,100",
    "depreciation.after": "80,100",
    "left-total.before": "7,201,281",
    "left-total.after": "7,980,021",
    "payable.credit": "38,740",
    "payable.after": "38,740",
    "advance.credit": "220,000",
    "advance.after": "220,000",
    "grants.debit": "220,000",
    "grants.after": "980,000",
    "right-total.before": "7,201,281",
    "right-total.after": "7,980,021",
    "growth.after": "778,740",
}


def entry_answer(transaction: str, debit: str, credit: str) -> dict[str, Any]:
    """An answer of one row on each side, `debit` and `credit` as "科目 金額"."""

    def row(words: str) -> list[dict[str, str]]:
        account, amount = words.split()
        return [{"account": account, "amount": amount}]

    return {"entries": {transaction: {"debit": row(debit), "credit": row(credit)}}}


RIGHT: dict[str, dict[str, Any]] = {
    "a3-check-1": {
        "placed": {"food": "revenue", "grant": "revenue", "tax": "liability", "next": "liability"}
    },
    "a3-check-2": {"values": {"expense": "30,000", "withheld": "3,063", "paid": "26,937"}},
    "a3-check-3": {"chosen": ["split"]},
    "a3-3": entry_answer("rent", "前払費用 62,000", "地代家賃 62,000"),
    "a3-4": entry_answer("power", "水道光熱費 9,800", "未払金 9,800"),
    "a3-6": entry_answer("stamps", "貯蔵品 8,400", "通信運搬費 8,400"),
    "a3-1": {"cells": {"cost.yen": "50,100", "book.yen": "149,700"}},
    "a3-2": {"cells": {"months.now": "6", "cost.now": "30,000", "book.now": "210,000"}},
    "a3-5": {
        "values": {"used": "980,000", "left": "220,000", "grant": "defer", "donation": "note"}
    },
    "a3-5-entry": entry_answer("grant", "受取民間助成金 220,000", "前受助成金 220,000"),
    "a3-7": {"cells": {"a.yen": "288,000", "b.yen": "252,000", "office.yen": "180,000"}},
    "a3-8": {"cells": {"a.yen": "189,006", "b.yen": "75,602", "office.yen": "113,404"}},
    "a3-6-office": {
        "cells": {"phone.yen": "24,000", "stamps.yen": "15,600", "total.yen": "39,600"}
    },
    "a3-9": {"cells": SHEET},
    "a3-9-why": {"chosen": ["power", "welfare", "subsidy", "hall"]},
    "a3-10": {
        "values": {
            "gap1": "1,000",
            "cause1": "miss",
            "gap2": "17,600",
            "cause2": "side",
            "gap3": "63,000",
            "cause3": "digit",
        }
    },
    "a3-errors": {
        "marked": {"e1": "none", "e3": "none", "e5": "asset", "e6": "payable", "e7": "office"}
    },
}
"""The right answers, written down here from the facts and not read from the keys."""


def rent_entry(debit: str, credit: str) -> dict[str, Any]:
    return entry_answer("rent", debit, credit)


def power_entry(debit: str, credit: str) -> dict[str, Any]:
    return entry_answer("power", debit, credit)


def stamps_entry(debit: str, credit: str) -> dict[str, Any]:
    return entry_answer("stamps", debit, credit)


def grant_entry(debit: str, credit: str) -> dict[str, Any]:
    return entry_answer("grant", debit, credit)


MISTAKES = [
    # the last lesson's hardest points
    ("a3-check-1", {"placed": {"food": "liability"}}, 0.75, "受け取った年度の収益とし、残りは注記"),
    ("a3-check-1", {"placed": {"grant": "liability"}}, 0.75, "いったん収益に書きます"),
    ("a3-check-1", {"placed": {"tax": "revenue"}}, 0.75, "正味財産を変えません"),
    ("a3-check-1", {"placed": {"next": "revenue"}}, 0.75, "前受会費"),
    ("a3-check-2", {"values": {"expense": "26,937"}}, 2 / 3, "支払総額で記帳し"),
    ("a3-check-2", {"values": {"withheld": "3,000"}}, 2 / 3, "10.21%"),
    ("a3-check-2", {"values": {"paid": "30,000"}}, 2 / 3, "差し引いてから"),
    ("a3-check-3", {"chosen": ["all"]}, 0.0, "団体の費用ではありません"),
    ("a3-check-3", {"chosen": ["held"]}, 0.0, "法定福利費"),
    # 前払・未払・前受・未収
    ("a3-3", rent_entry("地代家賃 62,000", "前払費用 62,000"), 0.0, "左右が逆"),
    ("a3-3", rent_entry("前受会費 62,000", "地代家賃 62,000"), 1.0, "先に払った家賃は「前払費用」"),
    ("a3-3", rent_entry("未払金 62,000", "地代家賃 62,000"), 1.0, "もう払ってあります"),
    ("a3-3", rent_entry("前払費用 62,000", "普通預金 62,000"), 1.0, "二重に減って"),
    ("a3-3", rent_entry("前払費用 62,000", "地代家賃 60,000"), 1.5, "2,000円違います"),
    ("a3-4", power_entry("未払金 9,800", "水道光熱費 9,800"), 0.0, "左右が逆"),
    (
        "a3-4",
        power_entry("水道光熱費 9,800", "未収金 9,800"),
        1.0,
        "もらっていないものは「未収金」",
    ),
    ("a3-4", power_entry("水道光熱費 9,800", "普通預金 9,800"), 1.0, "まだ払っていません"),
    ("a3-4", power_entry("前払費用 9,800", "未払金 9,800"), 1.0, "使い終わった"),
    ("a3-4", power_entry("水道光熱費 11,200", "未払金 11,200"), 1.0, "金額"),
    # 貯蔵品
    ("a3-6", stamps_entry("貯蔵品 15,600", "通信運搬費 15,600"), 1.0, "使った分の金額"),
    ("a3-6", stamps_entry("通信運搬費 8,400", "貯蔵品 8,400"), 0.0, "左右が逆"),
    ("a3-6", stamps_entry("消耗品費 8,400", "通信運搬費 8,400"), 1.0, "残っている物は資産"),
    ("a3-6", stamps_entry("貯蔵品 8,400", "現金 8,400"), 1.0, "3月10日に記帳ずみ"),
    # 減価償却
    ("a3-1", {"cells": {"cost.yen": "33,366"}}, 1.5, "取得価額に償却率を掛けます"),
    ("a3-1", {"cells": {"cost.yen": "33,367"}}, 1.5, "取得価額に償却率を掛けます"),
    ("a3-1", {"cells": {"cost.yen": "50,000"}}, 1.5, "償却率0.167"),
    ("a3-1", {"cells": {"book.yen": "249,900"}}, 1.5, "期首の帳簿価額から引きます"),
    ("a3-2", {"cells": {"cost.now": "60,000"}}, 2.0, "1年分になっています"),
    ("a3-2", {"cells": {"cost.now": "35,000"}}, 2.0, "7か月分"),
    ("a3-2", {"cells": {"cost.now": "25,000"}}, 2.0, "使い始めた10月も"),
    ("a3-2", {"cells": {"cost.now": "240,000"}}, 2.0, "使う年に分けます"),
    ("a3-2", {"cells": {"months.now": "7"}}, 2.0, "1か月多い"),
    ("a3-2", {"cells": {"book.now": "180,000"}}, 2.0, "1年分を引いて"),
    # 助成金と寄附
    ("a3-5", {"values": {"used": "1,002,000"}}, 1.5, "賃金の全体"),
    ("a3-5", {"values": {"left": "198,000"}}, 1.5, "引き算は合っています"),
    ("a3-5", {"values": {"grant": "note"}}, 1.5, "前受助成金"),
    ("a3-5", {"values": {"donation": "defer"}}, 1.5, "残りは注記で示します"),
    ("a3-5-entry", grant_entry("前受助成金 220,000", "受取民間助成金 220,000"), 0.0, "左右が逆"),
    ("a3-5-entry", grant_entry("受取民間助成金 980,000", "前受助成金 980,000"), 1.0, "使った額"),
    ("a3-5-entry", grant_entry("受取民間助成金 220,000", "普通預金 220,000"), 1.0, "まだ返して"),
    ("a3-5-entry", grant_entry("受取寄附金 220,000", "前受助成金 220,000"), 1.0, "混ぜない"),
    # 按分
    ("a3-7", {"cells": {"office.yen": "0"}}, 2.0, "管理費は0円になりません"),
    ("a3-7", {"cells": {"a.yen": "252,000"}}, 2.0, "学習支援は40%"),
    ("a3-7", {"cells": {"a.yen": "312,800"}}, 2.0, "決算整理の前の額"),
    ("a3-7", {"cells": {"b.yen": "252,700"}}, 2.0, "1年間に払った額"),
    ("a3-7", {"cells": {"b.yen": "240,000"}}, 2.0, "3つに等しく"),
    ("a3-8", {"cells": {"office.yen": "113,403"}}, 2.0, "元の378,012円になっていません"),
    ("a3-8", {"cells": {"b.yen": "75,603"}}, 2.0, "切り捨てます"),
    ("a3-8", {"cells": {"office.yen": "0"}}, 2.0, "管理費は0円になりません"),
    ("a3-6-office", {"cells": {"stamps.yen": "24,000"}}, 4 / 3, "貯蔵品"),
    ("a3-6-office", {"cells": {"total.yen": "48,000"}}, 4 / 3, "引き忘れ"),
    ("a3-6-office", {"cells": {"total.yen": "27,900"}}, 4 / 3, "すべて事務局用"),
    # 精算表
    ("a3-9", {"cells": {"equipment.credit": "110,100"}}, 9.6, "10月なら6か月"),
    ("a3-9", {"cells": {"equipment.credit": "85,100"}}, 9.6, "7か月分"),
    ("a3-9", {"cells": {"depreciation.debit": "30,000"}}, 9.6, "アの冷蔵庫の分も足します"),
    ("a3-9", {"cells": {"prepaid.debit": "60,000"}}, 9.6, "前の年度に先払い"),
    ("a3-9", {"cells": {"payable.credit": "9,800"}}, 9.6, "オ(社会保険料の法人負担)"),
    ("a3-9", {"cells": {"rent.after": "844,000"}}, 9.6, "整理前 + 借方 − 貸方"),
    ("a3-9", {"cells": {"grants.after": "1,420,000"}}, 9.6, "整理前 + 貸方 − 借方"),
    ("a3-9", {"cells": {"postage.after": "120,000"}}, 9.6, "整理前のまま"),
    ("a3-9", {"cells": {"left-total.before": "1,809,472"}}, 9.6, "動かない科目"),
    ("a3-9", {"cells": {"growth.after": "1,149,240"}}, 9.6, "整理に書いた金額の合計"),
    ("a3-9-why", {"chosen": ["power", "welfare", "subsidy", "hall", "grant"]}, 1.5, "キ: "),
    ("a3-9-why", {"chosen": ["power", "welfare", "subsidy"]}, 1.5, "ほかにもあります"),
    # 合わないとき
    ("a3-10", {"values": {"gap2": "8,800"}}, 2.5, "差額の半分"),
    ("a3-10", {"values": {"cause1": "digit"}}, 2.5, "9で割り切れません"),
    ("a3-10", {"values": {"cause2": "miss"}}, 2.5, "半分の金額"),
    ("a3-10", {"values": {"cause3": "side"}}, 2.5, "9で割り切れるか"),
    # よくあるまちがい
    ("a3-errors", {"marked": {"e1": "equipment"}}, 3.6, "敷金や土地は減価償却しません"),
    ("a3-errors", {"marked": {"e3": "swap"}}, 3.6, "残りは注記で示します"),
    ("a3-errors", {"marked": {"e5": "grant"}}, 3.6, "長く使う備品は「什器備品」"),
    ("a3-errors", {"marked": {"e6": "prepaid"}}, 3.6, "その負債を減らします"),
    ("a3-errors", {"marked": {"e7": "equal"}}, 3.6, "管理費です"),
    ("a3-errors", {"marked": {"e2": "held"}}, 3.2, "この仕訳は正しいです"),
]


CHAINS = [
    # a mistake, what it leads to, and the points: only the mistake itself costs some
    ("a3-1", {"cost.yen": "33,366", "book.yen": "166,434"}, 1.5),
    ("a3-2", {"months.now": "7", "cost.now": "35,000", "book.now": "205,000"}, 2.0),
    ("a3-2", {"months.now": "12", "cost.now": "60,000", "book.now": "180,000"}, 2.0),
    ("a3-2", {"cost.now": "60,000", "book.now": "180,000"}, 2.0),
    ("a3-8", {"b.yen": "75,603", "office.yen": "113,403"}, 2.0),
    ("a3-6-office", {"stamps.yen": "24,000", "total.yen": "48,000"}, 4 / 3),
    (
        "a3-9",  # no months counted for the laptop, carried through to the totals
        {
            "equipment.credit": "110,100",
            "equipment.after": "329,700",
            "depreciation.debit": "110,100",
            "depreciation.after": "110,100",
        },
        9.6,
    ),
    (
        "a3-9",  # the water and light forgotten: the totals of the left are 9,800 short
        {
            "utilities.debit": "0",
            "utilities.after": "118,600",
            "left-total.after": "7,970,221",
            "growth.after": "768,940",
            "payable.credit": "28,940",
            "payable.after": "28,940",
            "right-total.after": "7,970,221",
        },
        9.6,
    ),
    (
        "a3-9",  # two mistakes, each carried through: two cells of 25 are lost
        {
            "prepaid.debit": "60,000",
            "prepaid.after": "60,000",
            "rent.credit": "60,000",
            "rent.after": "722,000",
            "advance.credit": "980,000",
            "advance.after": "980,000",
            "grants.debit": "980,000",
            "grants.after": "220,000",
        },
        9.2,
    ),
]


@pytest.mark.parametrize(("exercise_id", "cells", "earned"), CHAINS)
def test_a_mistake_costs_its_own_cell_and_not_those_after_it(
    lesson, assert_only_the_first_cell_costs, changed, exercise_id, cells, earned
) -> None:
    answer = changed(RIGHT[exercise_id], {"cells": cells})
    assert_only_the_first_cell_costs(lesson[exercise_id], answer, earned)


def test_a_total_that_does_not_follow_is_wrong(lesson, changed) -> None:
    cells = {"equipment.credit": "110,100", "left-total.after": "7,950,021"}
    judgement = lesson["a3-9"].judge(changed(RIGHT["a3-9"], {"cells": cells}), with_key=True)
    wrong = {part.input for part in judgement.parts if not part.ok}
    assert wrong == {"equipment.credit", "left-total.after"}


def test_no_graded_figure_is_a_bare_number(code_cells) -> None:
    """In the hidden tests a figure comes from `subjects` or from what the prompt shows."""
    hidden = [cell.source for cell in code_cells if "BEGIN HIDDEN TESTS" in cell.source]
    assert len(hidden) == len(JUDGED)
    for source in hidden:
        for call in ast.walk(ast.parse(source)):
            if isinstance(call, ast.keyword) and call.arg in {"values", "cells", "entries"}:
                numbers = [n.value for n in ast.walk(call.value) if isinstance(n, ast.Constant)]
                assert not [n for n in numbers if isinstance(n, int) and n > 12], source


def test_the_figures_of_the_prompts_are_the_cases_own(names) -> None:
    assert names["april_rent"] == npo_case.entry(45).total(Side.DEBIT)
    assert names["march_utilities"] == npo_case.entry(46).total(Side.DEBIT)
    assert names["stamps_bought"] == npo_case.entry(31).total(Side.DEBIT)
    assert names["stamps_left"] == npo_case.entry(50).total(Side.DEBIT)
    assert names["grant"] == npo_case.entry(12).total(Side.DEBIT)
    assert names["grant_used"] == list(npo_case.case()["grant_usage"].values())
    assert names["fridge_year"] == npo_case.entry(43).total(Side.DEBIT)
    assert names["laptop_year"] == npo_case.entry(44).total(Side.DEBIT)
    assert names["fridge_book"] + 1 == npo_case.case()["opening_balance"]["什器備品"]
    assert names["employer"] == npo_case.entry(47).total(Side.DEBIT)
    assert (names["insured"] + names["employer"]) * 12 == npo_case.entry(40).total(Side.CREDIT)


def test_the_shares_are_the_cases_own(names) -> None:
    allocation = npo_case.case()["allocation"]
    for account, total, ratio in (
        ("地代家賃", "rent_year", "rent_ratio"),
        ("法定福利費", "welfare_year", "staff_ratio"),
        ("通信運搬費", "phone_year", "phone_ratio"),
    ):
        found = allocation[account]
        assert names[total] == found["shared_total"]
        assert list(names[ratio].values()) == list(found["ratio_percent"].values())
    costs = npo_case.case()["programme_breakdown"]["管理部門"]["その他経費"]
    assert lesson_figure(names["postage"], "total.yen") == costs["通信運搬費"]


def lesson_figure(exercise: Exercise, cell: str) -> int:
    return int(exercise._key.cells[cell])


def test_the_worksheet_holds_the_whole_trial_balance(names) -> None:
    before = trial_balance(npo_case.books(), is_adjusted=False)
    after = trial_balance(npo_case.books())
    moving = set(names["moving"].values())
    rows = {row["id"]: row for row in names["sheet"].spec["rows"]}
    for table, column in ((before, "before"), (after, "after")):
        still = [row for row in table.rows if row.account.name not in moving]
        assert int(rows["left-still"]["given"][column]) == sum(r.debit_balance for r in still)
        assert int(rows["right-still"]["given"][column]) == sum(r.credit_balance for r in still)
    assert (before.debit_balance, before.credit_balance) == (7_201_281, 7_201_281)
    assert (after.debit_balance, after.credit_balance) == (7_980_021, 7_980_021)
    assert len(names["sheet"]._key.cells) == 25


def test_the_worked_entries_are_the_cases_own(text, tables) -> None:
    shown = [table[1] for table in tables(text) if table[0] == ["借方", "円", "貸方", "円"]]
    wanted = [["前払費用", "60,000", "地代家賃", "60,000"]]  # last year's, reversed on 1 April
    for number in (47, None, 48, 51, 1, 2, 3):
        if number is None:  # the projector, which the case does not have
            wanted.append(["減価償却費", "14,000", "什器備品", "14,000"])
            continue
        debit, credit = npo_case.entry(number).lines
        wanted.append([debit.account, f"{debit.amount:,}", credit.account, f"{credit.amount:,}"])
    assert shown == wanted
    assert wanted[0][0] == wanted[5][2] and wanted[0][2] == wanted[5][0]


def test_the_projector_is_written_off_as_the_engine_does_it(text, yen) -> None:
    cost, life, first = 120_000, 5, date(2025, 9, 1)
    assert straight_line(cost, life, acquired=first) == 24_000
    years = depreciation_years(cost, life, first)
    assert years[0].depreciation == 14_000
    figure = re.findall(r"<svg .*?</svg>", text, re.DOTALL)[1]
    shown = re.findall(r">([\d,]+)円<", figure)
    assert [yen(one) for one in shown] == [cost, *(year.book_value for year in years)]
    labels = [f"{year.start.year}年度末" for year in years]
    assert re.findall(r">(\d+年度末)<", figure) == labels


def test_the_rates_are_those_of_the_dated_table_with_its_status(text, table_of) -> None:
    row = straight_line_row(date(2025, 10, 1))
    for _, life, rate in table_of(text, "資産の例"):
        assert rate == str(straight_line_rate(int(life.removesuffix("年")), date(2025, 10, 1)))
    assert f"{row.effective_from:%Y年}{row.effective_from.month}月1日以後に取得した資産" in text
    assert row.status in text


def test_the_accounts_that_do_not_move_are_listed_with_their_balances(
    text, names, table_of, yen
) -> None:
    rows = table_of(text, "借方に残高がある科目")
    before = trial_balance(npo_case.books(), is_adjusted=False)
    still = [r for r in before.rows if r.account.name not in names["moving"].values()]
    left = {r.account.name: r.debit_balance for r in still if r.debit_balance}
    right = {r.account.name: r.credit_balance for r in still if r.credit_balance}
    left["動かない科目の合計"] = names["still_left"]
    right["動かない科目の合計"] = names["still_right"]
    assert {row[0]: yen(row[1]) for row in rows} == left
    assert {row[2]: yen(row[3]) for row in rows if row[2]} == right


def test_the_trial_balance_of_the_text_is_the_engines(text, tables, yen) -> None:
    [table] = [table for table in tables(text) if table[0][1:3] == ["借方合計", "貸方合計"]][:1]
    before = trial_balance(npo_case.books(), is_adjusted=False)
    for name, debit, credit, balance, side in table[1:-1]:
        row = before.row(name)
        assert (row.debit_total, row.credit_total) == (yen(debit), yen(credit))
        assert {"借方": row.debit_balance, "貸方": row.credit_balance}[side] == yen(balance)
    assert [yen(cell) for cell in table[-1][1:3]] == [before.debit_total, before.credit_total]


def test_the_slips_to_hunt_are_those_of_the_table_above_them(text, names, tables, yen) -> None:
    [table] = [table for table in tables(text) if table[0][3:] == ["まだ確かめていない取引"]]
    shown = [
        {
            "debit": yen(debit),
            "credit": yen(credit),
            "seen": [yen(one) for one in re.findall(r"[\d,]+", seen)],
        }
        for _, debit, credit, seen in table[1:]
    ]
    assert shown == list(names["slips"].values())
    total = trial_balance(npo_case.books(), is_adjusted=False).debit_balance
    assert shown[0]["debit"] == total
    assert (shown[1]["debit"] + 8_800, shown[1]["credit"] - 8_800) == (total, total)
    assert shown[2]["debit"] - 181_600 + 118_600 == total


def test_the_shared_utilities_of_the_figure_are_the_cases_own(text) -> None:
    figure = re.findall(r"<svg .*?</svg>", text, re.DOTALL)[2]
    found = npo_case.case()["allocation"]["水道光熱費"]
    for amount in (found["shared_total"], found["A"], found["B"], found["管理"]):
        assert f"{amount:,}" in figure


def test_the_year_before_and_after_the_adjustments_is_the_engines(text, tables) -> None:
    [table] = [table for table in tables(text) if table[0][1:3] == ["収益の合計", "費用の合計"]]
    for row, is_adjusted in zip(table[1:], (False, True), strict=True):
        balances = trial_balance(npo_case.books(), is_adjusted=is_adjusted)
        revenue, expense = (
            sum(one.balance for one in balances.rows if one.account.type is group)
            for group in (AccountType.REVENUE, AccountType.EXPENSE)
        )
        change = revenue - expense
        sign = "▲" if change < 0 else ""
        assert row[1:] == [f"{revenue:,}", f"{expense:,}", f"{sign}{abs(change):,}"]
    assert change == npo_case.case()["statement_of_activities"]["当期正味財産増減額"]


# Amounts the text works out itself, beside the sum they come from; those of the projector, of the
# sums of the trial balance and of the slips have tests of their own above.
WORKED_OUT = {5_400: 6_000 - 600, 6_000: 5_400 + 600, 2_700: 5_400 // 2, 5_473_233: 5_473_232 + 1}


def test_every_other_amount_in_the_text_is_the_cases_own(
    text, names, amounts_in, case_amounts
) -> None:
    assert all(amount == worked_out for amount, worked_out in WORKED_OUT.items())
    practice = re.compile(r"### もう一度練習したい方へ.*?</details>", re.DOTALL)
    told = amounts_in(practice.sub("", text))
    assert len(told) > 60
    projector = {year.book_value for year in depreciation_years(120_000, 5, date(2025, 9, 1))}
    slips = {slip[side] for slip in names["slips"].values() for side in ("debit", "credit")}
    sums = {names["still_left"], names["still_right"], 4_996_620, 5_184_793, 188_173, 14_000}
    assert told - case_amounts - set(WORKED_OUT) - projector - slips - sums == set()


def test_the_summary_has_a_checklist_that_fits_a_page(text) -> None:
    summary = text.partition('<div class="one-page">')[2].partition("</div>")[0]
    assert len(re.findall(r"^- □ ", summary, re.MULTILINE)) == 12
    assert len(summary.splitlines()) < 45


def test_the_practice_at_the_end_has_the_engines_answers(text) -> None:
    answers = text.partition("<summary>答えを見る</summary>")[2].partition("</details>")[0]
    printer = straight_line(350_000, 5, months=3, acquired=date(2026, 1, 10))
    assert f"= {printer:,}円。帳簿価額は {350_000 - printer:,}円" in answers
    assert f"{24_000 * 6 // 12:,}円。(借方)前払費用 12,000円" in answers
    parts = share(100_001, Allocation({"a": 50, "b": 25, "c": 25}, remainder_to="c"))
    assert "{a:,}円・{b:,}円・残りの{c:,}円".format(**parts) in answers
    assert likely_slips(5_000_000, 4_973_000, [1]) == ("桁違い・数字の入替え",)
