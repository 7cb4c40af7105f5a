"""Crowdfunding (クラウドファンディング): fees, what is left, the goal, supporters and visitors.

Published fees disagree, so rates are always given by the caller. Nothing here is law.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from enum import StrEnum


class Method(StrEnum):
    """When the money is paid out."""

    ALL_OR_NOTHING = "All-or-Nothing"
    ALL_IN = "All-in"


@dataclass(frozen=True)
class Fees:
    """The platform's fee (手数料率) and the consumption tax on it: 17 % and 10 % are 0.17, 0.10."""

    rate: Decimal
    tax: Decimal

    def __post_init__(self) -> None:
        if not (self.rate >= 0 and self.tax >= 0 and self.share < 1):
            raise ValueError(
                f"手数料率{self.rate}、税率{self.tax}です。どちらも0以上、合わせて1未満にしてください。"
            )

    @property
    def share(self) -> Decimal:
        """What part of the support is kept: 0.187."""
        return self.rate * (1 + self.tax)


@dataclass(frozen=True)
class Settlement:
    """What comes of a campaign in yen: paid out, the fee with its tax, what the returns cost."""

    gross: int
    fee: int
    returns: int = 0

    @property
    def net(self) -> int:
        """What is left for the work (手取り); below 0 where returns cost more than is paid."""
        return self.gross - self.fee - self.returns


@dataclass(frozen=True)
class Campaign:
    """A campaign that is planned: `conversion` is the share of visitors who give, 0.025.

    `average` is what a supporter gives, `return_cost` what a return costs for each, both in yen.
    """

    goal: int
    average: int
    conversion: Decimal
    visitors: int
    return_cost: int = 0

    @property
    def supporters(self) -> int:
        """Who gives, whole people only."""
        return _whole(self.visitors * self.conversion, ROUND_FLOOR)

    @property
    def raised(self) -> int:
        """What they give together (支援総額)."""
        return self.supporters * self.average

    def settle(self, method: Method, fees: Fees) -> Settlement:
        """What is paid out, and what is left of it."""
        return outcome(
            self.raised, self.goal, method, fees, returns=self.supporters * self.return_cost
        )


def settle(gross: int, fees: Fees, *, returns: int = 0) -> Settlement:
    """What is left of `gross` yen of support; the fee is cut off below one yen.

    Raises ValueError below 0 yen.

    >>> settle(1_000_000, Fees(Decimal("0.17"), Decimal("0.10"))).net
    813000
    """
    for name, value in (("支援総額", gross), ("リターンの費用", returns)):
        if value < 0:
            raise ValueError(f"{name}が{value:,}円です。0円以上にしてください。")
    return Settlement(gross, _whole(gross * fees.share, ROUND_FLOOR), returns)


def goal_for(net: int, fees: Fees, *, returns: int = 0, step: int = 10_000) -> int:
    """The smallest goal in whole `step` yen that leaves at least `net` yen after fee and returns.

    >>> goal_for(1_000_000, Fees(Decimal("0.17"), Decimal("0.10")))
    1240000
    """
    if net < 0 or returns < 0 or step < 1:
        raise ValueError(
            f"必要な額{net:,}円、費用{returns:,}円、単位{step:,}円を確かめてください。"
        )
    goal = _whole((net + returns) / (1 - fees.share) / step, ROUND_FLOOR) * step
    while settle(goal, fees, returns=returns).net < net:
        goal += step
    while goal >= step and settle(goal - step, fees, returns=returns).net >= net:
        goal -= step
    return goal


def supporters_needed(goal: int, average: int) -> int:
    """How many people have to give `average` yen each to reach the goal.

    >>> supporters_needed(1_240_000, 8_000)
    155
    """
    if goal < 0 or average < 1:
        raise ValueError(f"目標{goal:,}円、平均支援額{average:,}円を確かめてください。")
    return -(-goal // average)


def visitors_needed(supporters: int, conversion: Decimal) -> int:
    """How many people have to see the page when this share of them gives.

    >>> visitors_needed(155, Decimal("0.025"))
    6200
    """
    if supporters < 0 or not 0 < conversion <= 1:
        raise ValueError(f"支援者{supporters:,}人、転換率{conversion}を確かめてください。")
    return _whole(supporters / conversion, ROUND_CEILING)


def outcome(raised: int, goal: int, method: Method, fees: Fees, *, returns: int = 0) -> Settlement:
    """What is paid out when `raised` yen came together.

    Below the goal All-or-Nothing pays nothing: supporters get their money back, no return is due.
    """
    if method is Method.ALL_OR_NOTHING and raised < goal:
        return Settlement(0, 0, 0)
    return settle(raised, fees, returns=returns)


def _whole(value: Decimal, rounding: str) -> int:
    return int(value.to_integral_value(rounding))
