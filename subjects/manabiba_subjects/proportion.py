"""Proportions (割合) with their denominators, and what rounding does to them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction


@dataclass(frozen=True)
class Proportion:
    """So many out of so many; raises ValueError unless 0 ≤ part ≤ whole and whole > 0.

    >>> Proportion(36, 240).percent()
    Decimal('15.0')
    """

    part: int
    whole: int

    def __post_init__(self) -> None:
        if self.whole <= 0:
            raise ValueError(f"全体が{self.whole:,}です。1以上にしてください。")
        if not 0 <= self.part <= self.whole:
            raise ValueError(f"{self.whole:,}のうちの{self.part:,}にはなりません。")

    @property
    def exact(self) -> Fraction:
        """The proportion itself, between 0 and 1."""
        return Fraction(self.part, self.whole)

    def percent(self, places: int = 1) -> Decimal:
        """Per cent, rounded half up (四捨五入)."""
        return round_half_up(100 * self.exact, places)

    @property
    def working(self) -> str:
        """How it is computed: 36÷240."""
        return f"{self.part:,}÷{self.whole:,}"


@dataclass(frozen=True)
class RoundedShares:
    """Shares of a total in per cent, each rounded; `total` is the sum of what is shown."""

    percents: Mapping[str, Decimal]
    total: Decimal

    @property
    def remark(self) -> str:
        """What to say when the rounded shares do not add up to 100; otherwise nothing."""
        if self.total == 100:
            return ""
        return (
            f"四捨五入した割合を足すと{self.total}%になります。計算の間違いではありません。"
            "表には「四捨五入のため合計は100%になりません」と添えましょう。"
        )


def rounded_shares(parts: Mapping[str, int], *, places: int = 1) -> RoundedShares:
    """Each part's share of all parts, rounded half up. Raises ValueError when all are 0.

    >>> rounded_shares({"a": 1, "b": 1, "c": 1}).total
    Decimal('99.9')
    """
    whole = sum(parts.values())
    percents = {name: Proportion(part, whole).percent(places) for name, part in parts.items()}
    return RoundedShares(percents, sum(percents.values(), Decimal(0)))


def mean(values: tuple[int, ...]) -> Fraction:
    """The mean (平均) of whole numbers, exactly. Raises ValueError without any.

    >>> mean((18, 21, 16, 20))
    Fraction(75, 4)
    """
    if not values:
        raise ValueError("平均する数が1つもありません。")
    return Fraction(sum(values), len(values))


def round_half_up(value: Fraction, places: int) -> Decimal:
    """A value of 0 or more rounded half up (四捨五入) to a number of decimal places.

    >>> round_half_up(Fraction(1, 3), 2), round_half_up(Fraction(5, 2), 0)
    (Decimal('0.33'), Decimal('3'))
    """
    scaled = value * 10**places
    whole = (2 * scaled.numerator + scaled.denominator) // (2 * scaled.denominator)
    return Decimal(whole).scaleb(-places)
