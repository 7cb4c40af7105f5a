"""What comes of a campaign; each figure of the course's exercises follows from its inputs."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from manabiba_subjects.crowdfunding import (
    Campaign,
    Fees,
    Method,
    Settlement,
    goal_for,
    outcome,
    settle,
    supporters_needed,
    visitors_needed,
)
from manabiba_subjects.journal import Entry, Line, Side

FEES = Fees(Decimal("0.17"), Decimal("0.10"))
yen = st.integers(min_value=0, max_value=10**9)
rates = st.builds(
    Fees,
    st.decimals(min_value=0, max_value=Decimal("0.4"), places=3),
    st.decimals(min_value=0, max_value=Decimal("0.2"), places=2),
)


def test_s6_1_fee_and_net_of_a_million_and_its_entry() -> None:
    made = settle(1_000_000, FEES)
    assert (made, made.net) == (Settlement(1_000_000, 187_000), 813_000)
    lines = (
        Line(Side.DEBIT, "普通預金", made.net),
        Line(Side.DEBIT, "支払手数料", made.fee),
        Line(Side.CREDIT, "受取寄附金", made.gross),
    )
    assert [line.amount for line in lines] == [813_000, 187_000, 1_000_000]
    Entry(lines).check()


def test_s6_2_the_goal_behind_a_needed_million() -> None:
    assert goal_for(1_000_000, FEES) == 1_240_000
    assert settle(1_230_000, FEES).net == 999_990
    assert settle(1_187_000, FEES).net == 965_031  # 1,000,000 × 1.187, the usual mistake


def test_s6_3_returns_are_paid_from_what_is_left() -> None:
    assert settle(1_200_000, FEES, returns=150 * 1_500).net == 750_600


def test_s6_4_supporters_and_visitors() -> None:
    assert supporters_needed(1_240_000, 8_000) == 155
    assert visitors_needed(155, Decimal("0.025")) == 6_200
    planned = Campaign(1_240_000, 8_000, Decimal("0.025"), 6_200)
    assert (planned.supporters, planned.raised) == (155, 1_240_000)


def test_s6_5_below_the_goal() -> None:
    assert outcome(980_000, 1_000_000, Method.ALL_OR_NOTHING, FEES, returns=9) == Settlement(0, 0)
    assert outcome(980_000, 1_000_000, Method.ALL_IN, FEES).net == 796_740
    reached = outcome(1_000_000, 1_000_000, Method.ALL_OR_NOTHING, FEES)
    assert reached == settle(1_000_000, FEES)


def test_a_campaign_pays_a_return_for_each_supporter() -> None:
    planned = Campaign(1_000_000, 8_000, Decimal("0.025"), 6_239, return_cost=1_500)
    assert planned.supporters == 155  # 155.975 people are 155
    made = planned.settle(Method.ALL_OR_NOTHING, FEES)
    assert made == Settlement(1_240_000, 231_880, 232_500)


def test_another_fee_gives_another_goal() -> None:
    assert goal_for(1_000_000, Fees(Decimal("0.12"), Decimal("0.10"))) == 1_160_000
    assert goal_for(0, FEES) == 0
    assert goal_for(1, Fees(Decimal(0), Decimal(0)), step=1) == 1


@given(yen, rates, yen, st.sampled_from([1, 1_000, 10_000]))
def test_the_goal_is_the_smallest_that_is_enough(
    net: int, fees: Fees, returns: int, step: int
) -> None:
    goal = goal_for(net, fees, returns=returns, step=step)
    assert goal % step == 0
    assert settle(goal, fees, returns=returns).net >= net
    assert goal == 0 or settle(goal - step, fees, returns=returns).net < net


@given(yen, st.integers(min_value=1, max_value=10**6))
def test_supporters_reach_the_goal_and_one_fewer_does_not(goal: int, average: int) -> None:
    people = supporters_needed(goal, average)
    assert people * average >= goal
    assert people == 0 or (people - 1) * average < goal


@given(
    st.integers(min_value=0, max_value=10**6),
    st.decimals(min_value=Decimal("0.001"), max_value=1, places=3),
)
def test_that_many_visitors_bring_the_supporters(people: int, conversion: Decimal) -> None:
    visitors = visitors_needed(people, conversion)
    assert Campaign(0, 1, conversion, visitors).supporters >= people
    assert visitors == 0 or Campaign(0, 1, conversion, visitors - 1).supporters < people


@pytest.mark.parametrize(
    ("ask", "message"),
    [
        (lambda: Fees(Decimal(1), Decimal(0)), "1未満"),
        (lambda: Fees(Decimal("-0.1"), Decimal(0)), "0以上"),
        (lambda: settle(-1, FEES), "支援総額が-1円です"),
        (lambda: settle(1, FEES, returns=-1), "リターンの費用が-1円です"),
        (lambda: goal_for(-1, FEES), "必要な額-1円"),
        (lambda: goal_for(1, FEES, step=0), "単位0円"),
        (lambda: supporters_needed(1, 0), "平均支援額0円"),
        (lambda: visitors_needed(1, Decimal(0)), "転換率0"),
    ],
)
def test_what_cannot_be_is_refused(ask, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        ask()
