"""The numbers of 協働トライアル (T) and コラボノ (P), each from its inputs."""

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest

from manabiba_subjects import npo_case, statements
from manabiba_subjects.income_mix import income_parts, income_shares
from manabiba_subjects.npo_law import BudgetLine, activity_budget
from manabiba_subjects.pro_bono import Task, by_priority, effort
from manabiba_subjects.proportion import Proportion, mean
from manabiba_subjects.proposal import examine_balance, examine_wage, grant, withheld_from_fees

AUTUMN = date(2026, 11, 24)

INCOME = (
    BudgetLine("参加費", 300, (20, 24)),
    BudgetLine("自己資金", 56_000),
    BudgetLine("市", 300_000),
)
COSTS = (
    BudgetLine("人件費", 1_300, (8, 24)),
    BudgetLine("謝金", 30_000, (4,)),
    BudgetLine("消耗品", 3_000, (24,)),
    BudgetLine("保険", 20_000),
    BudgetLine("印刷", 38_400),
)


def test_t1_2_a_share_of_those_who_were_asked() -> None:
    assert Proportion(36, 240).percent() == Decimal("15.0")


def test_t4_3_the_budget_balances() -> None:
    budget = activity_budget(INCOME, COSTS)
    assert [line.amount for line in COSTS] == [249_600, 120_000, 72_000, 20_000, 38_400]
    assert INCOME[0].amount == 144_000
    assert (budget.total_income, budget.total_costs) == (500_000, 500_000)
    assert examine_balance(budget).holds


def test_a_budget_that_does_not_balance_is_told_with_both_sums() -> None:
    verdict = examine_balance(activity_budget(INCOME[1:], COSTS))
    assert verdict.holds is False
    assert verdict.steps[0].result == "収入356,000円と支出500,000円が合いません。"


@pytest.mark.parametrize(
    ("eligible", "granted"),
    [(450_000, 300_000), (420_000, 280_000), (450_001, 300_000), (100, 66), (0, 0)],
)
def test_t4_4_the_grant(eligible: int, granted: int) -> None:
    assert grant(eligible, rate=Fraction(2, 3), ceiling=300_000).value == granted


def test_grants_outside_their_range_are_refused() -> None:
    for eligible, rate, ceiling in (
        (-1, Fraction(1, 2), 1),
        (1, Fraction(2), 1),
        (1, Fraction(1), -1),
    ):
        with pytest.raises(ValueError, match="0円以上、補助率は0から1まで"):
            grant(eligible, rate=rate, ceiling=ceiling)


def test_t4_5_what_is_withheld_from_the_fees() -> None:
    assert withheld_from_fees(30_000, times=1, paid_on=AUTUMN).value.tax == 3_063
    found = withheld_from_fees(30_000, times=4, paid_on=AUTUMN)
    assert (found.value.gross, found.value.tax, found.value.net) == (120_000, 12_252, 107_748)
    assert found.steps[0].working == "30,000円×10.21%"
    most = withheld_from_fees(1_000_000, times=1, paid_on=AUTUMN)
    assert most.steps[0].working == "1,000,000円×10.21%"
    large = withheld_from_fees(1_500_000, times=1, paid_on=AUTUMN)
    assert large.value.tax == 204_200
    assert "1,000,000円を超える部分は20.42%" in large.steps[0].working
    with pytest.raises(ValueError, match="0回以上"):
        withheld_from_fees(30_000, times=-1, paid_on=AUTUMN)


@pytest.mark.parametrize(
    ("hourly", "on", "holds"),
    [
        (1_300, AUTUMN, True),
        (1_279, AUTUMN, True),
        (1_250, AUTUMN, False),
        (1_250, date(2026, 9, 30), True),
    ],
)
def test_t4_6_the_minimum_wage(hourly: int, on: date, holds: bool) -> None:
    assert examine_wage(hourly, on).holds is holds


def test_a_wage_that_is_too_low_is_told_by_how_much() -> None:
    assert examine_wage(1_250, AUTUMN).steps[0].result == "最低賃金に29円足りません。"


def test_t5_3_the_mean_of_the_points() -> None:
    assert mean((18, 21, 16, 20)) == Fraction("18.75")


def test_p1_2_where_the_case_gets_its_income_from() -> None:
    made = statements(npo_case.books())
    assert list(income_parts(made).values()) == [550_000, 1_620_000, 2_480_000, 866_000, 620]
    shares = income_shares(made)
    assert [str(p) for p in shares.percents.values()] == ["10.0", "29.4", "45.0", "15.7", "0.0"]
    assert shares.total == Decimal("100.1")
    assert "100.1%" in shares.remark


def test_p2_3_the_highest_product_comes_first() -> None:
    tasks = (Task("A", 5, 3), Task("B", 4, 5), Task("C", 3, 4))
    assert [(task.name, task.score) for task in by_priority(tasks)] == [
        ("B", 20),
        ("A", 15),
        ("C", 12),
    ]


def test_p3_2_the_hours_of_a_team() -> None:
    deliverables = {"リーフレット": 40, "SNS手順書": 30, "名簿整備": 50}
    planned = effort(5, hours_weekly=2, weeks=16, meetings=32, deliverables=deliverables)
    assert (planned.total, planned.available, planned.needed) == (160, 128, 120)
    assert planned.spare == 8
    assert "余裕は8時間" in planned.words
    larger = effort(5, hours_weekly=2, weeks=16, meetings=32, deliverables={"HP": 140})
    assert "12時間足りません" in larger.words
