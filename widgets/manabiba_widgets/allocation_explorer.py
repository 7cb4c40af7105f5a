"""AllocationExplorer (共通経費の按分): shares of a common cost, and where the odd yen goes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from manabiba_subjects import Allocation, Rounding, share

from .explorable import Explorable, Still, refuse
from .number_text import format_number

MOST_AMOUNT = 999_999_999_999
MOST_SHARES = 6


@dataclass(frozen=True)
class SharedCost:
    """A cost that is shared out: what it is, its yen, and how it is divided."""

    name: str
    amount: int
    allocation: Allocation


class AllocationExplorer(Explorable):
    """Amount, weights and rounding rule of a common cost, and each share to the yen.

    `costs` are offered to begin with; the figure shows the first. `names` are the words for the
    shares where the allocations know them by an id; `unit` is what the weights are counted in.
    """

    kind = "allocation_explorer"

    def __init__(
        self,
        explorable_id: str,
        *,
        title: str,
        lead: str = "",
        costs: Sequence[SharedCost],
        names: Mapping[str, str] | None = None,
        unit: str = "%",
    ) -> None:
        refuse(explorable_id, _errors(costs))
        self._first = costs[0]
        self._names = dict(names or {})
        super().__init__(
            explorable_id,
            title=title,
            lead=lead,
            costs=[self._state(cost) for cost in costs],
            roundings=[{"rule": rule.name, "text": rule.value} for rule in Rounding],
            unit=unit,
            most_amount=MOST_AMOUNT,
        )

    def still(self) -> Still:
        cost = self._first
        shares = share(cost.amount, cost.allocation)
        return Still(
            f"{cost.name} {format_number(cost.amount, unit='円')}の按分"
            f"({cost.allocation.rounding})",
            ("部門", f"割合({self.spec['unit']})", "配分額(円)"),
            (
                *(
                    (self._name(id), str(weight), format_number(shares[id]))
                    for id, weight in cost.allocation.weights.items()
                ),
                ("合計", "", format_number(sum(shares.values()))),
            ),
        )

    def _name(self, id: str) -> str:
        return self._names.get(id, id)

    def _state(self, cost: SharedCost) -> dict[str, Any]:
        weights = cost.allocation.weights
        return {
            "name": cost.name,
            "amount": cost.amount,
            "basis": cost.allocation.basis,
            "shares": [
                {"name": self._name(id), "weight": str(weight)} for id, weight in weights.items()
            ],
            "rule": cost.allocation.rounding.name,
            "takes": list(weights).index(cost.allocation.remainder_to)
            if cost.allocation.remainder_to in weights
            else len(weights) - 1,
        }


def _errors(costs: Sequence[SharedCost]) -> list[str]:
    return [
        *([] if costs else ["there are no costs to share"]),
        *(
            f"{cost.name}: {cost.amount} yen; write 1 to {MOST_AMOUNT}"
            for cost in costs
            if not 1 <= cost.amount <= MOST_AMOUNT
        ),
        *(
            f"{cost.name}: {len(cost.allocation.weights)} shares; write 2 to {MOST_SHARES}"
            for cost in costs
            if not 2 <= len(cost.allocation.weights) <= MOST_SHARES
        ),
    ]
