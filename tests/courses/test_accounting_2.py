"""Lesson 2 of the accounting seminar: each exercise judged, right, empty and typically wrong."""

import ast
import re
from copy import deepcopy
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from lesson_tests import (  # noqa: F401
    test_the_exercises_stand_in_their_order_with_their_points,
)

from manabiba_subjects import Entry, Side, balance, general_ledger, npo_case, post
from manabiba_subjects.bank_reconciliation import reconcile
from manabiba_subjects.insurance import (
    employment_share,
    insurance_row,
    labour_insurance,
    social_insurance,
)
from manabiba_subjects.withholding import (
    Payment,
    due_date,
    gross_up,
    withhold,
    withholding_rates,
)
from manabiba_widgets import Exercise

NOTEBOOK = Path(__file__).parents[2] / "courses" / "accounting" / "02-daily-books.ipynb"

POINTS = {
    "a2-check-1": 2,
    "a2-check-2": 2,
    "a2-check-3": 2,
    "a2-8": 4,
    "a2-1": 5,
    "a2-2": 4,
    "a2-3": 3,
    "a2-4": 3,
    "a2-5": 4,
    "a2-6": 5,
    "a2-6-pay": 4,
    "a2-7": 4,
    "a2-9": 4,
    "a2-reflection": 4,
}
JUDGED = [name for name in POINTS if name != "a2-reflection"]

# The right answers, written down here from the facts and not read from the keys.
GROUPS = {
    "asset": ["未収金", "前払費用"],
    "liability": ["未払金", "預り金", "前受会費"],
    "revenue": ["正会員受取会費"],
}
YEAR = {"e23": "neither", "e32": "revenue", "e33": "neither", "e46": "expense", "e8": "neither"}
INCOME = {
    "r11": "donation",
    "r12": "grant",
    "r33": "ahead",
    "r48": "subsidy",
    "r24": "service",
    "contract": "service",
}
ENTRIES = {
    "a2-check-3": {"t3": "未払金 11,200 / 普通預金 11,200"},
    "a2-1": {
        "t16": "諸謝金 50,000 / 普通預金 44,895 預り金 5,105",
        "t17": "預り金 5,105 / 普通預金 5,105",
    },
    "a2-5": {"t19": "給料手当 1,200,000 / 預り金 198,120 普通預金 1,001,880"},
    "a2-6-pay": {"t40": "法定福利費 318,340 預り金 338,640 未払金 28,940 / 普通預金 685,920"},
}
CELLS = {
    "a2-6": {
        "own-health.yen": "9,920",
        "own-pension.yen": "18300",
        "own-sum.yen": "28,220",
        "org-health.yen": "９９２０円",
        "org-pension.yen": "18,300",
        "org-child.yen": "720",
        "org-sum.yen": "28,940",
        "month.yen": "57,160",
        "year.yen": "685,920",
    },
    "a2-7": {
        "employment.yen": "34,800",
        "own.yen": "13,200",
        "accident.yen": "9,072",
        "asbestos.yen": "60",
        "all.yen": "43,932",
        "org.yen": "30,732",
    },
}
VALUES = {
    "a2-2": {"gross": "33,411", "tax": "３，４１１円"},
    "a2-3": {"tax": "204,200", "net": "1,295,800"},
    "a2-4": {"honorarium": "令和7年9月10日", "salary": "7/10", "salary-later": "2026年1月20日"},
    "a2-9": {"gap": "20,000", "adjusted": "1,218,488", "action": "keep", "negative": "search"},
}


def side(words: str) -> list[dict[str, str]]:
    found = words.split()
    return [
        {"account": account, "amount": amount}
        for account, amount in zip(found[::2], found[1::2], strict=True)
    ]


def entry_answer(words: str) -> dict[str, list[dict[str, str]]]:
    """`諸謝金 50,000 / 預り金 5,105 普通預金 44,895` as an entry typed in."""
    debit, credit = words.split(" / ")
    return {"debit": side(debit), "credit": side(credit)}


def right_answer(exercise: Exercise) -> dict[str, Any]:
    name = exercise.exercise_id
    if name in ENTRIES:
        return {"entries": {key: entry_answer(words) for key, words in ENTRIES[name].items()}}
    if name in CELLS:
        return {"cells": dict(CELLS[name])}
    if name in VALUES:
        return {"values": dict(VALUES[name])}
    items = exercise.spec["items"]
    group = {item: group for group, items in GROUPS.items() for item in items}
    placed = {
        "a2-check-1": {item: group[name] for item, name in items.items()}
        if name == "a2-check-1"
        else {},
        "a2-check-2": YEAR,
        "a2-8": INCOME,
    }
    return {"placed": deepcopy(placed[name])}


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
    ("a2-check-2", {"e23": "expense"}, 2 * 4 / 5, "お金の出入りと収益・費用は別です"),
    ("a2-check-2", {"e46": "neither"}, 2 * 4 / 5, "払うのが4月でも2025年度の費用"),
    ("a2-8", {"r11": "ahead"}, 4 * 5 / 6, "使いみちの決まった寄附は受け取った年度の収益とし"),
    ("a2-8", {"r12": "grant-kept"}, 4 * 5 / 6, "期末に「前受助成金」へ振り替えます"),
    ("a2-8", {"r33": "dues"}, 4 * 5 / 6, "先にもらった会費は「前受会費」(負債)です"),
    ("a2-8", {"r48": "wait"}, 4 * 5 / 6, "入金が5月でも2025年度の収益"),
    ("a2-8", {"contract": "subsidy"}, 4 * 5 / 6, "頼まれた仕事の代金(対価)なら事業収益"),
    ("a2-2", {"gross": "33,063", "tax": "3,063"}, 0.0, "1−0.1021 で割ります"),
    ("a2-2", {"gross": "26,937"}, 2.0, "掛けるのではなく割ります"),
    ("a2-2", {"gross": "33,333"}, 2.0, "復興特別所得税を合わせた10.21%で逆算"),
    ("a2-2", {"tax": "3,063"}, 2.0, "税は、支払総額に掛かります"),
    ("a2-3", {"tax": "153,150"}, 1.5, "1,000,000円を超える部分は20.42%です"),
    ("a2-3", {"tax": "306,300"}, 1.5, "超える部分だけです"),
    ("a2-3", {"tax": "102,100"}, 1.5, "片方だけの税額"),
    ("a2-3", {"tax": "200,000"}, 1.5, "10%と20%で計算しています"),
    ("a2-4", {"honorarium": "2025/7/10"}, 2.0, "講師謝金は翌月10日までに納めます"),
    ("a2-4", {"honorarium": "1/20"}, 2.0, "納期の特例は給与や士業報酬だけです"),
    ("a2-4", {"salary": "R8.1.20"}, 2.0, "7〜12月分の期限です"),
    ("a2-4", {"salary-later": "1/10"}, 2.0, "納期の特例の承認があるとき"),
    (
        "a2-6",
        {"org-child.yen": "360"},
        5 * 8 / 9,
        "「拠出金」は団体だけが負担する",
    ),
    ("a2-6", {"own-health.yen": "19,840"}, 5 * 8 / 9, "折半なので、半分にします"),
    ("a2-6", {"month.yen": "28,940"}, 5 * 8 / 9, "団体の負担だけです"),
    ("a2-7", {"employment.yen": "43,848"}, 4 * 5 / 6, "雇用保険に入っているのは常勤職員だけ"),
    ("a2-7", {"own.yen": "17,400"}, 4 * 5 / 6, "半分ずつではありません"),
    ("a2-7", {"accident.yen": "7,200"}, 4 * 5 / 6, "全員が対象"),
    ("a2-7", {"org.yen": "43,932"}, 4 * 5 / 6, "団体の負担ではありません"),
    ("a2-9", {"adjusted": "1,258,488"}, 3.0, "銀行の残高から引きます"),
    ("a2-9", {"action": "misc"}, 3.0, "原因のわからない差を収益にしてはいけません"),
    ("a2-9", {"negative": "wait"}, 3.0, "記帳もれのしるし"),
]


@pytest.mark.parametrize(("exercise_id", "change", "earned", "message"), MISTAKES)
def test_a_typical_mistake_is_named_and_the_rest_still_counts(
    lesson, points, told, exercise_id, change, earned, message
) -> None:
    exercise = lesson[exercise_id]
    [(field, answer)] = right_answer(exercise).items()
    changed = {field: {**answer, **change}}
    assert points(exercise, changed) == pytest.approx(earned)
    assert message in told(exercise.judge(changed, with_key=True))


@pytest.mark.parametrize(
    ("exercise_id", "transaction", "words", "earned", "message"),
    [
        ("a2-check-3", "t3", "水道光熱費 11,200 / 普通預金 11,200", 1.0, "二重になります"),
        ("a2-check-3", "t3", "普通預金 11,200 / 未払金 11,200", 0.0, "左右が逆です"),
        ("a2-1", "t16", "諸謝金 44,895 / 普通預金 44,895", 3.75, "支払総額で記帳し"),
        (
            "a2-1",
            "t16",
            "諸謝金 50,000 / 雑収益 5,105 普通預金 44,895",
            5 / 2 * (2 / 3 + 1),
            "団体のもうけではありません",
        ),
        (
            "a2-1",
            "t16",
            "諸謝金 50,000 / 預り金 5,000 普通預金 45,000",
            5 / 2 * (2 / 3 + 1),
            "10.21%です",
        ),
        (
            "a2-1",
            "t17",
            "租税公課 5,105 / 普通預金 5,105",
            3.75,
            "団体が負担する税金ではありません",
        ),
        ("a2-5", "t19", "給料手当 1,001,880 / 普通預金 1,001,880", 2.0, "手取り額ではなく"),
        (
            "a2-5",
            "t19",
            "給料手当 1,200,000 / 雑収益 198,120 普通預金 1,001,880",
            4 * 2 / 3,
            "団体のもうけではありません",
        ),
        (
            "a2-5",
            "t19",
            "給料手当 1,200,000 / 預り金 169,320 普通預金 1,030,680",
            4 * 2 / 3,
            "雇用保険料と源泉所得税も",
        ),
        (
            "a2-6-pay",
            "t40",
            "法定福利費 685,920 / 普通預金 685,920",
            4 * 1.5 / 4,
            "全額を費用にしています",
        ),
        (
            "a2-6-pay",
            "t40",
            "預り金 338,640 法定福利費 347,280 / 普通預金 685,920",
            4 * 2.5 / 4,
            "前の年度の費用に記帳ずみ",
        ),
    ],
)
def test_a_wrong_entry_is_named_and_what_is_right_of_it_counts(
    lesson, points, exercise_id, transaction, words, earned, message
) -> None:
    exercise = lesson[exercise_id]
    answer = right_answer(exercise)
    answer["entries"][transaction] = entry_answer(words)
    assert points(exercise, answer) == pytest.approx(earned)
    judgement = exercise.judge(answer, with_key=True)
    assert message in next(p.message for p in judgement.parts if p.input == transaction)


def test_a_figure_worked_out_of_an_own_wrong_one_earns_its_points(lesson, told) -> None:
    premiums = {**CELLS["a2-6"], "own-health.yen": "19,840", "own-sum.yen": "38,140"}
    premiums |= {"month.yen": "67,080", "year.yen": "804,960"}
    judgement = lesson["a2-6"].judge({"cells": premiums}, with_key=True)
    assert judgement.score == pytest.approx(8 / 9)
    labour = {**CELLS["a2-7"], "accident.yen": "7,200", "all.yen": "42,060", "org.yen": "28,860"}
    judgement = lesson["a2-7"].judge({"cells": labour}, with_key=True)
    assert judgement.score == pytest.approx(5 / 6)
    assert "前の数字をもとにすると合っています" in told(judgement)


# The keys: worked out here from what the prompt shows, by the functions of the subjects.


def shown(exercise: Exercise) -> list[int]:
    """The amounts a prompt and its transactions show, in their order."""
    words = [exercise.spec["prompt"]]
    words += [item["text"] for item in exercise.spec.get("transactions", [])]
    found = re.findall(r"\d{1,3}(?:,\d{3})+(?=円)", "\n".join(words))
    return [int(amount.replace(",", "")) for amount in found]


def shown_rates(exercise: Exercise) -> list[Decimal]:
    found = re.findall(r"([\d.]+)(%|/1000)", exercise.spec["prompt"])
    return [Decimal(rate) / (100 if unit == "%" else 1000) for rate, unit in found]


def of_key(exercise: Exercise) -> list[Entry]:
    return [one for forms in exercise._key.entries.values() for one in forms]


def amounts(entry: Entry) -> dict[tuple[Side, str], int]:
    return {(line.side, line.account): line.amount for line in entry.lines}


def test_the_entries_follow_from_the_prompt_and_are_those_of_the_case(lesson) -> None:
    for name, number in (("a2-check-3", 3), ("a2-5", 19), ("a2-6-pay", 40)):
        [entry] = of_key(lesson[name])
        assert amounts(entry) == amounts(npo_case.entry(number))
    paid, remitted = of_key(lesson["a2-1"])
    assert amounts(paid) == amounts(npo_case.entry(16))
    assert amounts(remitted) == amounts(npo_case.entry(17))
    [fee] = set(shown(lesson["a2-1"]))
    [rate] = shown_rates(lesson["a2-1"])
    assert (fee, int(fee * rate)) == (paid.total(Side.DEBIT), remitted.total(Side.DEBIT))


def test_the_payroll_follows_from_the_months_deductions_shown(lesson) -> None:
    salary, social, employment, tax = shown(lesson["a2-5"])
    september = date(2025, 9, 30)
    assert social == social_insurance(salary, september).employee
    assert employment == employment_share(salary, september)
    [entry] = of_key(lesson["a2-5"])
    held = 6 * (social + employment + tax)
    assert amounts(entry) == {
        (Side.DEBIT, "給料手当"): 6 * salary,
        (Side.CREDIT, "預り金"): held,
        (Side.CREDIT, "普通預金"): 6 * salary - held,
    }


def test_the_withheld_taxes_follow_from_the_amounts_shown(lesson) -> None:
    day = date(2025, 8, 20)
    low, high = withholding_rates(day)
    net = shown(lesson["a2-2"])[0]
    assert shown_rates(lesson["a2-2"]) == [low]
    payment = gross_up(net, day)
    assert lesson["a2-2"]._key.values == {"gross": payment.gross, "tax": payment.tax}
    assert payment.gross == int(net / (1 - low)) and payment.net == net
    fee = shown(lesson["a2-3"])[0]
    assert shown_rates(lesson["a2-3"]) == [low, high]
    withheld = withhold(fee, day)
    assert lesson["a2-3"]._key.values == {"tax": withheld.tax, "net": withheld.net}


def test_the_due_dates_follow_from_the_days_of_payment(lesson) -> None:
    assert lesson["a2-4"]._key.values == {
        "honorarium": due_date(date(2025, 8, 20), Payment.HONORARIUM, has_special_term=True),
        "salary": due_date(date(2025, 1, 25), Payment.SALARY, has_special_term=True),
        "salary-later": due_date(date(2025, 7, 25), Payment.SALARY, has_special_term=True),
    }
    paid = {npo_case.transaction(number).on for number in (13, 17, 25)}
    assert set(lesson["a2-4"]._key.values.values()) == paid


def test_the_premiums_follow_from_the_base_and_the_rates_shown(lesson) -> None:
    [base] = shown(lesson["a2-6"])
    health, pension, child = shown_rates(lesson["a2-6"])
    key = lesson["a2-6"]._key.cells
    assert key["own-health.yen"] == key["org-health.yen"] == base * health / 2
    assert key["own-pension.yen"] == key["org-pension.yen"] == base * pension / 2
    assert key["org-child.yen"] == base * child
    month = social_insurance(base, date(2025, 9, 30))
    assert (key["own-sum.yen"], key["org-sum.yen"]) == (month.employee, month.employer)
    assert (key["month.yen"], key["year.yen"]) == (month.total, 12 * month.total)
    total, own, borne, last_year = shown(lesson["a2-6-pay"])
    assert (total, own, borne) == (12 * month.total, 12 * month.employee, 12 * month.employer)
    assert last_year == social_insurance(base, date(2025, 3, 31)).employer
    [entry] = of_key(lesson["a2-6-pay"])
    assert amounts(entry)[Side.DEBIT, "法定福利費"] == borne - last_year


def test_the_labour_insurance_follows_from_the_wages_and_rates_shown(lesson) -> None:
    regular, part_time = shown(lesson["a2-7"])
    total, own, accident, asbestos = shown_rates(lesson["a2-7"])
    everyone = regular + part_time
    key = lesson["a2-7"]._key.cells
    year = labour_insurance(regular, date(2025, 7, 10), accident_wages=everyone)
    assert key["employment.yen"] == year.employment.total == int(regular * total)
    assert key["own.yen"] == year.employee == int(regular * own)
    assert key["accident.yen"] == year.accident == int(everyone * accident)
    assert key["asbestos.yen"] == year.asbestos == int(everyone * asbestos)
    assert (key["all.yen"], key["org.yen"]) == (year.total, year.employer)
    lines = amounts(npo_case.entry(14))
    assert set(lines.values()) == {year.total, year.employee, year.employer}


def test_the_reconciliation_follows_from_the_two_balances_shown(lesson) -> None:
    certified, books, pending = shown(lesson["a2-9"])
    year = post(npo_case.opening_balances(), npo_case.entries())
    assert books == balance(npo_case.account("普通預金"), year)
    compared = reconcile(certified, books, not_yet_debited=[pending])
    assert compared.agrees
    values = lesson["a2-9"]._key.values
    assert (values["gap"], values["adjusted"]) == (certified - books, compared.bank)


def test_no_graded_figure_is_a_bare_literal(lesson, code_cells) -> None:
    for cell in code_cells:
        name = cell.metadata.nbgrader.grade_id
        if name not in JUDGED or not cell.metadata.nbgrader.grade:
            continue
        literals = {
            node.value
            for node in ast.walk(ast.parse(cell.source))
            if isinstance(node, ast.Constant) and type(node.value) is int and node.value > 100
        }
        key = lesson[name]._key
        graded = [*getattr(key, "values", {}).values(), *getattr(key, "cells", {}).values()]
        graded += (
            [line.amount for entry in of_key(lesson[name]) for line in entry.lines]
            if (name in ENTRIES)
            else []
        )
        assert literals & {int(one) for one in graded if isinstance(one, int | Decimal)} == set()


# The text: its figures are those of the case, of the dated tables, or worked out beside them.


def test_every_amount_in_the_text_is_the_cases_own_or_worked_out(
    text, amounts_in, case_amounts
) -> None:
    day, month = date(2025, 8, 20), date(2025, 9, 30)
    low, _ = withholding_rates(day)
    small, promised, large = withhold(20_000, day), gross_up(20_000, day), withhold(1_200_000, day)
    multiplied = withhold(int(20_000 * (1 + low)), day)
    practice = withhold(35_000, day), gross_up(50_000, day), withhold(2_000_000, day)
    other, last = social_insurance(180_000, month), social_insurance(220_000, month)
    own = social_insurance(200_000, month).employee + employment_share(200_000, month) + 3_700
    worked_out = {
        *(20_000, 1_200_000, 35_000, 50_000, 2_000_000, 180_000, 220_000),
        *(small.tax, small.net, promised.gross, promised.tax),
        *(multiplied.gross, multiplied.tax, multiplied.net),
        *(large.tax, int(1_000_000 * low), large.tax - int(1_000_000 * low)),
        *(practice[0].tax, practice[0].net, practice[1].gross, practice[1].tax, practice[2].tax),
        *(practice[2].tax - int(1_000_000 * low),),
        *(other.health.employee, other.pension.employee, other.employee, other.employer),
        *(other.total, last.health.employee, last.pension.employee),
        *(own, 200_000 - own, 12 * 3_700),
        *(may := 45_000 + 100_000 - 8_800, 200_000 - may),  # cash in May, then without January
        1_000,  # yen of which 14.5 of 1000 is explained
    }
    assert len(amounts_in(text)) > 50
    assert amounts_in(text) - case_amounts - worked_out == set()


def test_the_practice_at_the_end_has_its_answers(text) -> None:
    day = date(2025, 8, 20)
    fee, promised, large = withhold(35_000, day), gross_up(50_000, day), withhold(2_000_000, day)
    premium = social_insurance(220_000, date(2025, 9, 30))
    answers = re.search(r"<details>(.*?)</details>", text, re.DOTALL)[1]
    for words in (
        f"1. 源泉所得税 {fee.tax:,}円",
        f"振り込む額 {fee.net:,}円",
        f"2. 支払総額 {promised.gross:,}円",
        f"源泉所得税 {promised.tax:,}円",
        f"3. {large.tax:,}円",
        f"4. 健康保険 {premium.health.employee:,}円、厚生年金 {premium.pension.employee:,}円",
    ):
        assert words in answers


def test_the_rates_in_the_text_are_those_of_the_dated_tables(text, tables, table_of) -> None:
    day = date(2025, 9, 30)
    low, high = withholding_rates(day)
    assert [row[1] for row in table_of(text, "1回に支払う額")] == [f"{low:.2%}", f"{high:.2%}"]
    social, labour = (one[1:] for one in tables(text) if one[0][0] == "2025年度の率")
    rates = [insurance_row(kind, day)["rate"] for kind in ("health", "pension")]
    rates.append(insurance_row("child_contribution", day)["rate"])
    assert [Decimal(row[1].rstrip("%")) / 100 for row in social] == rates
    employment = insurance_row("employment", day)
    rates = [employment["employee"] + employment["employer"]]
    rates += [insurance_row(kind, day)["rate"] for kind in ("accident", "asbestos")]
    assert [Decimal(row[1].removesuffix("/1000")) / 1000 for row in labour] == rates
    own, org = employment["employee"] * 1000, employment["employer"] * 1000
    assert labour[0][2] == f"職員{own.normalize()}/1000、団体{org.normalize()}/1000"


def test_the_worked_entries_are_the_cases_own(text, tables) -> None:
    found = [one[1:] for one in tables(text) if one[0] == ["借方", "円", "貸方", "円"]]
    for number in (2, 11, 10, 12, 13):
        debit, credit = npo_case.entry(number).lines
        row = [debit.account, f"{debit.amount:,}", credit.account, f"{credit.amount:,}"]
        assert [row] in found


def test_the_year_of_the_deposits_is_that_of_the_ledger(text, table_of, yen) -> None:
    rows = [[yen(cell) for cell in row[1:]] for row in table_of(text, "預り金の中身")]
    assert [sum(column) for column in zip(*rows[:-1], strict=True)] == rows[-1]
    ledger = general_ledger(npo_case.books(), is_adjusted=False)["預り金"]
    debit, credit = (sum(getattr(row, side) for row in ledger.rows) for side in ("debit", "credit"))
    assert rows[0] == [ledger.opening, 0]
    assert rows[-1] == [ledger.opening + credit, debit]
    assert rows[-1][0] - rows[-1][1] == ledger.closing == 11_100


def test_the_summary_and_the_checklist_stand_on_a_printed_page_of_their_own(text, tables) -> None:
    [page] = re.findall(r'<div class="one-page">(.*?)</div>', text, re.DOTALL)
    assert len(tables(page)) == 2
    assert page.count("□") == 7
    assert len(page) < 1_200  # what fits on A4 at 11 pt
