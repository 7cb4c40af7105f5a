"""Who bears what of a joint project (協働事業): the city's contribution and the group's cash."""

from __future__ import annotations

from dataclasses import dataclass

from .derivation import Step, by_convention, yen
from .proportion import Proportion

_RULE = "負担金型の計算例(教材の取り決め)"


@dataclass(frozen=True)
class CostSharing:
    """A project's money in yen: what participants and the group pay, and what is left to the city.

    Equal (対等) does not mean half and half: the shares say nothing about who decides.
    """

    total: int
    fees: int
    own_funds: int
    steps: tuple[Step, ...]

    @property
    def city(self) -> int:
        """市の負担金."""
        return self.total - self.group

    @property
    def group(self) -> int:
        """What comes from the group's side in money: fees and its own funds."""
        return self.fees + self.own_funds

    @property
    def city_share(self) -> Proportion:
        """The city's part of the total."""
        return Proportion(self.city, self.total)

    @property
    def group_share(self) -> Proportion:
        """The group's part of the total, in money."""
        return Proportion(self.group, self.total)


def share_costs(total: int, *, fees: int, own_funds: int) -> CostSharing:
    """What is left to the city of a project of `total` yen. Raises ValueError when more comes in.

    >>> shared = share_costs(500_000, fees=144_000, own_funds=56_000)
    >>> shared.city, shared.group_share.percent()
    (300000, Decimal('40.0'))
    """
    if min(fees, own_funds) < 0:
        raise ValueError("参加費と自己資金は0円以上にしてください。")
    group = fees + own_funds
    if total <= 0 or group > total:
        raise ValueError(f"総事業費{total:,}円より、参加費と自己資金の計{group:,}円が多いです。")
    city = total - group
    whole = Proportion(city, total)
    steps = (
        by_convention(
            "団体側の現金", f"参加費{yen(fees)}+自己資金{yen(own_funds)}", yen(group), _RULE
        ),
        by_convention("市の負担金", f"{yen(total)}-{yen(group)}", yen(city), _RULE),
        by_convention("市の割合", whole.working, f"{whole.percent()}%", _RULE),
    )
    return CostSharing(total, fees, own_funds, steps)
