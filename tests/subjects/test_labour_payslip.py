"""The payslip L2-1 line by line, its steps with their rates, and the days on which rates change."""

from datetime import date
from fractions import Fraction
from math import floor

import pytest
from hypothesis import given
from hypothesis import strategies as st

from manabiba_subjects.dated_table import OutsideTableError
from manabiba_subjects.labour.payslip import Payslip, payslip, standard_remuneration

PAY = {"基本給": 220_000, "職務手当": 12_000, "通勤手当": 8_000, "時間外": 18_125}


def slip(
    paid_on: date = date(2026, 11, 25),
    *,
    age: int = 32,
    average_pay: int = 240_000,
    tax: int | None = None,
) -> Payslip:
    return payslip(
        PAY,
        paid_on=paid_on,
        closed_on=paid_on.replace(day=15),
        average_pay=average_pay,
        age=age,
        resident_tax=10_500,
        tax=tax,
    )


def workings(made: Payslip) -> dict[str, str]:
    return {step.label: step.working for step in made.steps}


def test_every_step_names_its_rate_and_from_when_it_holds() -> None:
    told = workings(slip())
    assert told["健康保険"] == "240,000円×9.92%÷2(2026年3月1日からの率)"
    assert told["子ども・子育て支援金"] == "240,000円×0.23%÷2(2026年4月1日からの率)"
    assert told["厚生年金"] == "240,000円×18.3%÷2(2017年9月1日からの率)"
    assert told["雇用保険"] == "総支給258,125円×5/1000(2026年4月1日からの率)"
    assert "介護保険" not in told
    older = workings(slip(age=45, tax=0))
    assert older["介護保険"] == "240,000円×1.62%÷2(2026年3月1日からの率)"


@pytest.mark.parametrize(("age", "care"), [(39, 0), (40, 1_944), (64, 1_944), (65, 0)])
def test_care_insurance_between_40_and_64(age: int, care: int) -> None:
    made = slip(age=age, tax=0)
    assert (made.care, made.health) == (care, 11_904 + care)
    [health] = [step.result for step in made.steps if step.label == "健康保険"]
    assert health == "11,904円"


@pytest.mark.parametrize(
    ("pay", "standard"),
    [(229_999, 220_000), (230_000, 240_000), (249_999, 240_000), (250_000, 260_000)],
)
def test_the_grade_begins_with_its_lower_bound(pay: int, standard: int) -> None:
    assert slip(average_pay=pay, tax=0).standard == standard


def test_the_support_levy_is_deducted_from_may_2026_on() -> None:
    """支援金は4月分から: deducted with the pay of the month after."""
    assert slip(date(2026, 4, 25), tax=0).child_support == 0
    assert slip(date(2026, 5, 25), tax=0).child_support == 276


def test_care_insurance_changes_with_the_pay_of_april() -> None:
    """3月分から: deducted with the pay of the month after."""
    slips = [slip(date(2026, month, 25), age=45, tax=0) for month in (3, 4)]
    assert [one.care for one in slips] == [1_908, 1_944]
    assert [one.health - one.care for one in slips] == [11_904, 11_904]


@pytest.mark.parametrize(("age", "dependants", "net"), [(32, 0, 207_354), (32, 1, 208_964)])
def test_l2_1_to_the_last_line_with_and_without_a_dependant(
    age: int, dependants: int, net: int
) -> None:
    made = payslip(
        PAY,
        paid_on=date(2026, 11, 25),
        closed_on=date(2026, 11, 15),
        average_pay=240_000,
        age=age,
        dependants=dependants,
        resident_tax=10_500,
    )
    assert made.net == net
    assert made.insurance == 11_904 + 276 + 21_960 + 1_291


@pytest.mark.parametrize(
    ("pay", "health", "pension"),
    [
        (62_999, 58_000, 88_000),
        (63_000, 68_000, 88_000),
        (92_999, 88_000, 88_000),
        (93_000, 98_000, 98_000),
        (634_999, 620_000, 620_000),
        (635_000, 650_000, 650_000),
        (665_000, 680_000, 650_000),
        (1_354_999, 1_330_000, 650_000),
        (1_355_000, 1_390_000, 650_000),
        (9_000_000, 1_390_000, 650_000),
    ],
)
def test_the_first_and_the_last_grades(pay: int, health: int, pension: int) -> None:
    made = slip(average_pay=pay, tax=0)
    assert made.standard == health
    assert made.pension == floor(pension * Fraction("0.183") / 2)


def test_employment_insurance_changes_with_the_closing_day() -> None:
    both = [
        payslip(
            PAY,
            paid_on=date(2026, 4, 25),
            closed_on=closed,
            average_pay=240_000,
            age=32,
            tax=0,
        ).employment
        for closed in (date(2026, 3, 31), date(2026, 4, 1))
    ]
    assert both == [1_420, 1_291]


def test_beyond_the_excerpt_nothing_is_made_up() -> None:
    with pytest.raises(OutsideTableError, match="税額表で引いた額"):
        slip(average_pay=500_000)


@given(st.integers(58_000, 2_000_000), st.integers(0, 80), st.integers(0, 100_000))
def test_the_lines_add_up(pay: int, age: int, tax: int) -> None:
    made = payslip(
        {"基本給": pay},
        paid_on=date(2026, 11, 25),
        closed_on=date(2026, 11, 15),
        average_pay=pay,
        age=age,
        tax=tax,
    )
    assert made.net + made.insurance + made.income_tax == made.gross == pay
    assert made.taxable == pay - made.insurance
    assert made.standard == standard_remuneration(pay, date(2026, 10, 1))
    assert (made.care > 0) is (40 <= age <= 64)
    assert made.employers["健康保険"] - made.health in (-1, 0, 1)


def test_a_tax_that_was_put_in_needs_no_table_and_claims_none() -> None:
    made = slip(date(2027, 1, 25), tax=5_000)
    assert made.income_tax == 5_000
    assert made.steps[-1].rule == "入れられた額"
    assert "税額表" in slip().steps[-1].rule
    assert slip().steps[-1].working == "214,694円、扶養0人"
