"""The numbers of 協働スキルアップ (S1 … S5), each from its inputs."""

from datetime import date
from decimal import Decimal
from fractions import Fraction
from math import comb

import pytest
from hypothesis import given
from hypothesis import strategies as st

from manabiba_subjects import OutsideTableError, npo_law
from manabiba_subjects.cost_sharing import share_costs
from manabiba_subjects.dormant_deposits import share_funding, ten_years_end
from manabiba_subjects.it_costs import Copy, examine_backups, year_of_tool
from manabiba_subjects.outreach import Mailing, compare
from manabiba_subjects.proportion import Proportion, mean, round_half_up, rounded_shares
from manabiba_subjects.succession import dependence, tasks_to_move

wholes = st.integers(1, 40)
proportions = wholes.flatmap(lambda n: st.builds(Proportion, st.integers(0, n), st.just(n)))


def test_s1_3_who_bears_what() -> None:
    shared = share_costs(500_000, fees=144_000, own_funds=56_000)
    assert (shared.city, shared.city_share.percent()) == (300_000, Decimal("60.0"))
    assert (shared.group, shared.group_share.percent()) == (200_000, Decimal("40.0"))
    assert [str(step.result) for step in shared.steps] == ["200,000円", "300,000円", "60.0%"]


@pytest.mark.parametrize(("total", "fees", "own"), [(100, 60, 41), (0, 0, 0), (100, -1, 0)])
def test_costs_that_cannot_be_shared_are_refused(total: int, fees: int, own: int) -> None:
    with pytest.raises(ValueError, match="円"):
        share_costs(total, fees=fees, own_funds=own)


def test_s2_3_ten_years_after_the_last_movement() -> None:
    found = ten_years_end(date(2016, 5, 10))
    assert found.value == date(2026, 5, 10)
    assert found.is_certain
    assert "2026年5月10日の経過後" in str(found.steps[0])
    assert ten_years_end(date(2016, 2, 29)).value == date(2026, 2, 28)
    with pytest.raises(OutsideTableError):
        ten_years_end(date(2008, 12, 31))


@pytest.mark.parametrize(
    ("total", "rate", "own", "grant"),
    [
        (15_000_000, Fraction(20, 100), 3_000_000, 12_000_000),
        (10, Fraction(1, 3), 4, 6),
        (10, Fraction(0), 0, 10),
    ],
)
def test_s2_5_own_funds(total: int, rate: Fraction, own: int, grant: int) -> None:
    funding = share_funding(total, own_rate=rate)
    assert (funding.own_funds, funding.grant) == (own, grant)


def test_funding_outside_its_range_is_refused() -> None:
    with pytest.raises(ValueError, match="0から1まで"):
        share_funding(100, own_rate=Fraction(3, 2))
    with pytest.raises(ValueError, match="0円以上"):
        share_funding(-1, own_rate=Fraction(1, 5))


def test_s3_1_each_rate_has_its_own_denominator() -> None:
    measures = Mailing(sent=1_600, opened=320, clicked=48, gave=6).measures
    assert [str(one.value.percent()) for one in measures] == ["20.0", "3.0", "15.0", "12.5"]
    assert measures[1].words == "クリック率 = クリック48÷配信1,600 = 3.0%"
    assert measures[2].words == "開封者クリック率 = クリック48÷開封320 = 15.0%"


def test_s3_6_the_difference_may_be_chance() -> None:
    compared = compare(Proportion(18, 100), Proportion(30, 120))
    assert [p.percent(0) for p in (compared.first, compared.second)] == [18, 25]
    assert round_half_up(compared.chance, 4) == Decimal("0.2520")
    assert compared.may_be_chance
    assert "100回に25回くらい" in compared.words
    assert "差は偶然かもしれません" in compared.words


def test_a_difference_that_chance_hardly_makes() -> None:
    compared = compare(Proportion(3, 100), Proportion(30, 100))
    assert not compared.may_be_chance
    assert "100回に1回より少なく" in compared.words
    assert "相手や時期の違い" in compared.words
    same = compare(Proportion(1, 4), Proportion(2, 8))
    assert (same.chance, same.words) == (1, "25.0%と25.0%で、差はありません。")


@given(proportions, proportions)
def test_fishers_test_is_a_probability_and_symmetric(a: Proportion, b: Proportion) -> None:
    chance = compare(a, b).chance
    assert 0 < chance <= 1
    assert chance == compare(b, a).chance
    assert chance == compare(_others(a), _others(b)).chance


@given(st.integers(1, 12))
def test_fishers_test_of_all_against_none(n: int) -> None:
    """Two tables of equal size and opposite ends: twice one out of all ways."""
    assert compare(Proportion(n, n), Proportion(0, n)).chance == Fraction(2, comb(2 * n, n))


def _others(proportion: Proportion) -> Proportion:
    return Proportion(proportion.whole - proportion.part, proportion.whole)


def test_s4_2_a_year_of_software() -> None:
    year = year_of_tool(
        1_200, people=5, discount=Fraction(1, 2), hours_saved_monthly=4, hourly=1_300
    )
    assert (year.list_price, year.price, year.saved) == (72_000, 36_000, 62_400)
    assert year.benefit == 26_400
    assert year.steps[-1].working == "62,400円-36,000円"
    with pytest.raises(ValueError, match="0から1まで"):
        year_of_tool(1, people=1, discount=Fraction(2), hours_saved_monthly=1, hourly=1)


@pytest.mark.parametrize(
    ("copies", "holds"),
    [
        ([Copy("PC"), Copy("外付け"), Copy("クラウド", is_elsewhere=True)], True),
        ([Copy("PC"), Copy("外付け")], False),
        ([Copy("PC"), Copy("外付け"), Copy("外付け")], False),
        ([Copy("PC"), Copy("PC"), Copy("PC", is_elsewhere=True)], False),
    ],
)
def test_s4_5_three_two_one(copies: list[Copy], holds: bool) -> None:
    assert examine_backups(copies).holds is holds


def test_s5_1_tasks_that_hang_on_one_person() -> None:
    assert dependence(12, 7).percent() == Decimal("58.3")
    moved = tasks_to_move(12, 7, target=Fraction(25, 100))
    assert moved.value == 4
    assert dependence(12, 7 - moved.value).exact == Fraction(1, 4)
    assert tasks_to_move(12, 2, target=Fraction(1, 4)).value == 0
    with pytest.raises(ValueError, match="0から1まで"):
        tasks_to_move(12, 7, target=Fraction(-1, 4))


@given(wholes, st.integers(0, 40), st.fractions(0, 1))
def test_no_task_is_moved_in_vain(tasks: int, only_one: int, target: Fraction) -> None:
    only_one = min(only_one, tasks)
    moved = tasks_to_move(tasks, only_one, target=target).value
    assert dependence(tasks, only_one - moved).exact <= target
    if moved:
        assert dependence(tasks, only_one - moved + 1).exact > target


def test_s5_2_and_s5_4_days_of_a_handover() -> None:
    assert npo_law.change_registration(date(2026, 6, 20)).value == date(2026, 7, 4)
    assert npo_law.last_day_of_term(date(2024, 6, 20)).value == date(2026, 6, 19)


def test_proportions_that_are_none_are_refused() -> None:
    for part, whole in ((1, 0), (-1, 2), (3, 2)):
        with pytest.raises(ValueError, match=r"(以上|なりません)"):
            Proportion(part, whole)
    with pytest.raises(ValueError, match="1つもありません"):
        mean(())


def test_shares_that_add_up_need_no_remark() -> None:
    assert rounded_shares({"市": 300, "団体": 200}).remark == ""
    assert "99.9%" in rounded_shares({"a": 1, "b": 1, "c": 1}).remark


@given(st.fractions(0, 1000), st.integers(0, 4))
def test_rounding_goes_to_the_nearest_and_up_at_half(value: Fraction, places: int) -> None:
    error = Fraction(round_half_up(value, places)) - value
    assert -Fraction(1, 2 * 10**places) < error <= Fraction(1, 2 * 10**places)
