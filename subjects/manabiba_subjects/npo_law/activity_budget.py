"""A budget of activities (活動予算書): income and costs from unit prices and quantities."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import prod


@dataclass(frozen=True)
class BudgetLine:
    """One line: a unit price in yen and what it is multiplied by (人数, 回数 …).

    >>> BudgetLine("参加費", 500, (20, 24)).amount
    240000
    """

    name: str
    unit_price: int
    quantities: tuple[int, ...] = ()

    @property
    def amount(self) -> int:
        """Its yen."""
        return self.unit_price * prod(self.quantities)

    @property
    def working(self) -> str:
        """How its amount is made: 500円×20×24."""
        return "×".join([f"{self.unit_price:,}円", *(f"{count:,}" for count in self.quantities)])


@dataclass(frozen=True)
class ActivityBudget:
    """The income, the costs and the change of a year, in yen (発生主義)."""

    income: tuple[BudgetLine, ...]
    costs: tuple[BudgetLine, ...]

    @property
    def total_income(self) -> int:
        """経常収益計."""
        return sum(line.amount for line in self.income)

    @property
    def total_costs(self) -> int:
        """経常費用計."""
        return sum(line.amount for line in self.costs)

    @property
    def change(self) -> int:
        """当期正味財産増減額."""
        return self.total_income - self.total_costs


def activity_budget(income: Sequence[BudgetLine], costs: Sequence[BudgetLine]) -> ActivityBudget:
    """The budget of these lines."""
    return ActivityBudget(tuple(income), tuple(costs))
