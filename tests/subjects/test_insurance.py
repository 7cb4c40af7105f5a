from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from manabiba_subjects import OutsideTableError
from manabiba_subjects.insurance import (
    Premium,
    employment_share,
    insurance_row,
    labour_insurance,
    social_insurance,
)

IN_2025 = date(2025, 6, 1)


def test_the_case_month_is_shared_between_employee_and_employer() -> None:
    month = social_insurance(200_000, IN_2025)
    assert month.health == Premium(9_920, 9_920)
    assert month.pension == Premium(18_300, 18_300)
    assert month.contribution == Premium(0, 720)
    assert month.child_support == Premium(0, 0)
    assert (month.employee, month.employer, month.total) == (28_220, 28_940, 57_160)


def test_the_worked_payslip_of_november_2026() -> None:
    month = social_insurance(240_000, date(2026, 11, 1), age=32)
    assert (month.health.employee, month.child_support.employee) == (11_904, 276)
    assert (month.pension.employee, month.contribution.employer) == (21_960, 864)
    assert employment_share(258_125, date(2026, 11, 30)) == 1_291
    assert month.employee + 1_291 == 35_431


@pytest.mark.parametrize(
    ("age", "health"), [(39, 11_904), (40, 13_848), (45, 13_848), (64, 13_848), (65, 11_904)]
)
def test_care_insurance_is_added_from_40_to_64(age: int, health: int) -> None:
    assert social_insurance(240_000, date(2026, 11, 1), age=age).health.employee == health


def test_half_a_yen_is_cut_and_more_is_rounded_up() -> None:
    rate = insurance_row("employment", IN_2025)["employee"]
    assert 3_000 * rate == 16.5
    assert employment_share(3_000, IN_2025) == 16
    assert employment_share(3_001, IN_2025) == 17


@given(st.integers(min_value=0, max_value=10**7))
def test_the_shares_add_up_to_the_premium_cut_to_the_yen(standard: int) -> None:
    month = social_insurance(standard, IN_2025)
    assert month.pension.total == int(standard * insurance_row("pension", IN_2025)["rate"])
    assert 0 <= abs(month.pension.employer - month.pension.employee) <= 1
    assert month.total == month.employee + month.employer


def test_a_year_of_labour_insurance() -> None:
    year = labour_insurance(2_400_000, date(2025, 4, 1), accident_wages=3_024_000)
    assert year.employment == Premium(13_200, 21_600)
    assert (year.accident, year.asbestos) == (9_072, 60)
    assert (year.employee, year.employer, year.total) == (13_200, 30_732, 43_932)
    assert labour_insurance(1_000_000, IN_2025).accident == 3_000


@pytest.mark.parametrize(
    ("key", "last", "before", "after"),
    [
        ("health", date(2025, 2, 28), "0.1002", "0.0992"),
        ("health", date(2026, 2, 28), "0.0992", "0.0992"),
        ("care", date(2025, 2, 28), "0.0160", "0.0159"),
        ("care", date(2026, 2, 28), "0.0159", "0.0162"),
        ("child_support", date(2026, 3, 31), "0", "0.0023"),
        ("child_contribution", date(2025, 3, 31), "0.0036", "0.0036"),
        ("child_contribution", date(2026, 3, 31), "0.0036", "0.0036"),
    ],
)
def test_rates_change_with_their_month(key: str, last: date, before: str, after: str) -> None:
    """Not a day earlier: 健康保険 and 介護保険 with 3月分, the levies with 4月分."""
    days = (last, last + timedelta(days=1))
    assert [str(insurance_row(key, on)["rate"]) for on in days] == [before, after]


@pytest.mark.parametrize(
    ("on", "employee", "employer"),
    [
        (date(2024, 4, 1), "0.006", "0.0095"),
        (date(2025, 3, 31), "0.006", "0.0095"),
        (date(2025, 4, 1), "0.0055", "0.009"),
        (date(2026, 3, 31), "0.0055", "0.009"),
        (date(2026, 4, 1), "0.005", "0.0085"),
        (date(2027, 3, 31), "0.005", "0.0085"),
    ],
)
def test_employment_insurance_changes_with_april(on: date, employee: str, employer: str) -> None:
    row = insurance_row("employment", on)
    assert (str(row["employee"]), str(row["employer"])) == (employee, employer)


@pytest.mark.parametrize(
    ("key", "days", "rate"),
    [
        ("pension", (date(2017, 9, 1), date(2027, 3, 31)), "0.183"),
        ("accident", (date(2024, 4, 1), date(2027, 3, 31)), "0.003"),
        ("asbestos", (date(2024, 4, 1), date(2027, 3, 31)), "0.00002"),
    ],
)
def test_what_did_not_change(key: str, days: tuple[date, date], rate: str) -> None:
    assert {insurance_row(key, on)["rate"] for on in days} == {Decimal(rate)}


def test_the_child_support_starts_in_april_2026() -> None:
    assert social_insurance(200_000, date(2026, 3, 1)).child_support.total == 0
    assert social_insurance(200_000, date(2026, 4, 1)).child_support == Premium(230, 230)


def test_a_month_outside_the_tables_says_which_table_ends() -> None:
    with pytest.raises(OutsideTableError, match=r"健康保険\(協会けんぽ神奈川\).*2027年2月28日まで"):
        social_insurance(200_000, date(2027, 3, 1))
    with pytest.raises(OutsideTableError, match="2024年4月1日から"):
        employment_share(200_000, date(2024, 3, 31))
