"""Sharing out common costs (按分) in whole yen, with the rounding rule stated."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum


class Rounding(StrEnum):
    """What happens to the yen that do not divide evenly."""

    REMAINDER_TO_ONE = "円未満切捨て・端数は1つの部門で調整"
    LARGEST_REMAINDER = "円未満切捨て・端数は切り捨てた額の大きい順に1円ずつ"


@dataclass(frozen=True)
class Allocation:
    """The weights by which a cost is shared out (従事時間, 面積 …), and the rounding rule.

    `weights` need not add up to 100. `remainder_to` names the share that takes the rest and is
    required for `REMAINDER_TO_ONE`. `basis` says in words what the weights measure.
    """

    weights: Mapping[str, int | Decimal]
    remainder_to: str = ""
    rounding: Rounding = Rounding.REMAINDER_TO_ONE
    basis: str = ""

    def __post_init__(self) -> None:
        bad = [name for name, weight in self.weights.items() if weight < 0]
        if bad:
            raise ValueError(f"weights below 0 for {', '.join(bad)}; write 0 or more")
        if not sum(self.weights.values()):
            raise ValueError("all weights are 0; at least one share needs a weight above 0")
        if self.rounding is Rounding.REMAINDER_TO_ONE and self.remainder_to not in self.weights:
            raise ValueError(
                f"the remainder goes to {self.remainder_to!r}, which has no weight; "
                f"name one of {', '.join(self.weights)}"
            )


def share(amount: int, allocation: Allocation) -> dict[str, int]:
    """The shares of `amount` yen; they add up to it exactly. A negative amount is mirrored.

    >>> share(378_012, Allocation({"A": 50, "B": 20, "管理": 30}, remainder_to="管理"))
    {'A': 189006, 'B': 75602, '管理': 113404}
    >>> share(100, Allocation({"A": 1, "B": 1, "C": 1}, rounding=Rounding.LARGEST_REMAINDER))
    {'A': 34, 'B': 33, 'C': 33}
    """
    if amount < 0:
        return {name: -part for name, part in share(-amount, allocation).items()}
    whole = sum(allocation.weights.values())
    exact = {name: divmod(amount * weight, whole) for name, weight in allocation.weights.items()}
    shares = {name: int(quotient) for name, (quotient, _) in exact.items()}
    rest = amount - sum(shares.values())
    if allocation.rounding is Rounding.REMAINDER_TO_ONE:
        shares[allocation.remainder_to] += rest
        return shares
    by_remainder = sorted(exact, key=lambda name: exact[name][1], reverse=True)
    for name in by_remainder[:rest]:
        shares[name] += 1
    return shares
