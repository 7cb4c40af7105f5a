"""PST, donors' tax, 収益事業: the answers N3-4 to N3-7 from their inputs."""

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from manabiba_subjects import npo_case, statements
from manabiba_subjects.npo_law import (
    Activity,
    Donation,
    Donor,
    absolute_test,
    count_donors,
    countable_donations,
    donation_tax,
    examine_profit_business,
    relative_test,
)

TODAY = date(2026, 11, 24)


@pytest.mark.parametrize(
    ("donors", "average", "holds"),
    [
        ((120, 85), "102.5", True),
        ((105, 88), "96.5", False),
        ((100, 100), "100", True),
        ((100, 99), "99.5", False),
    ],
)
def test_n3_4_donors_on_average(donors: tuple[int, ...], average: str, holds: bool) -> None:
    test = absolute_test(donors, TODAY, months=24)
    assert (test.figure, test.holds) == (Fraction(average), holds)
    assert f"平均{average}人" in test.steps[0].result


def test_n3_4_officers_and_their_households_do_not_count() -> None:
    donors = [Donor(3_000, f"家{number}") for number in range(105)]
    donors += [Donor(10_000, f"役員{number}", is_officers_household=True) for number in range(4)]
    donors += [Donor(5_000, "役員0")]
    assert len(donors) == 110
    assert count_donors(donors, TODAY).value == 105


def test_a_household_counts_once_with_what_it_gave_together() -> None:
    assert count_donors([Donor(1_500, "家"), Donor(1_500, "家")], TODAY).value == 1
    assert count_donors([Donor(2_999, "家")], TODAY).value == 0
    assert count_donors([Donor(9_000, "匿名", is_named=False)], TODAY).value == 0


def test_n3_5_donations_in_the_income() -> None:
    test = relative_test(1_150_000, 5_500_000, TODAY)
    assert (test.holds, test.figure) == (True, Fraction(23, 110))
    assert "20.91%" in test.steps[0].result
    assert relative_test(20, 100, TODAY).holds
    assert not relative_test(1_999_999, 10_000_000, TODAY).holds


def test_n3_5_advanced_with_the_case() -> None:
    activities = statements(npo_case.books()).activities
    gifts = [Donation(500_000), *[Donation(88_000)] * 10]
    assert sum(gift.yen for gift in gifts) == 1_380_000
    counted = countable_donations(gifts, TODAY)
    assert counted.value == 1_018_000
    assert any("138,000円" in step.working for step in counted.steps)
    test = relative_test(
        counted.value, activities.revenue_total, TODAY, left_out=[240_000, 1_500_000]
    )
    assert test.figure == Fraction(1_018_000, 3_776_620)
    assert "26.96%" in test.steps[0].result


def test_a_special_donor_counts_to_a_half() -> None:
    special = countable_donations([Donation(600, is_special=True), Donation(400)], TODAY)
    assert special.value == 500 + 100


@given(st.lists(st.integers(0, 10**7), min_size=1, max_size=30))
def test_a_cap_never_adds(gifts: list[int]) -> None:
    counted = countable_donations([Donation(gift) for gift in gifts], TODAY).value
    assert 0 <= counted <= sum(gifts)
    if len(gifts) < 10:
        assert counted <= sum(gifts) * Fraction(len(gifts), 10)


def test_n3_6_what_a_donation_saves() -> None:
    saved = donation_tax(30_000, TODAY)
    assert (saved.income_tax, saved.prefecture, saved.city) == (11_200, 560, 2_240)
    assert (saved.resident_tax, saved.total) == (2_800, 14_000)
    assert saved.steps[0].status.value == "二次資料で確認"


def test_limits_and_designations_of_a_donation() -> None:
    assert donation_tax(30_000, TODAY, tax=20_000).income_tax == 5_000
    assert donation_tax(1_000_000, TODAY, income=2_000_000).income_tax == 319_200
    assert donation_tax(30_000, TODAY, city_designates=False).resident_tax == 560
    assert donation_tax(2_000, TODAY).total == donation_tax(0, TODAY).total == 0
    with pytest.raises(ValueError, match="寄附額が-1円"):
        donation_tax(-1, TODAY)


@pytest.mark.parametrize(
    ("activity", "holds", "is_certain"),
    [
        (Activity(), False, True),
        (Activity("物品販売業"), True, True),
        (Activity("物品販売業", times_a_year=1), False, False),
        (Activity("請負業"), None, False),
        (Activity("物品販売業", protected_workers=6, workers=10), None, False),
        (Activity("物品販売業", protected_workers=4, workers=10), True, True),
    ],
)
def test_n3_7_profit_business(activity: Activity, holds: bool | None, is_certain: bool) -> None:
    verdict = examine_profit_business(activity, TODAY)
    assert (verdict.holds, verdict.is_certain) == (holds, is_certain)


def test_a_business_that_is_not_listed_is_told() -> None:
    with pytest.raises(ValueError, match=r"「会費業」は収益事業の34の業種にありません"):
        examine_profit_business(Activity("会費業"), TODAY)
