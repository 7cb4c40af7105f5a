"""What a tool costs and saves in a year (IT活用), and whether backups follow the 3-2-1 rule."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from .derivation import Step, Verdict, by_convention, yen

MONTHS = 12


@dataclass(frozen=True)
class YearOfTool:
    """A tool's year in yen: list price, what is paid after a discount, what the time is worth."""

    list_price: int
    price: int
    saved: int
    steps: tuple[Step, ...]

    @property
    def benefit(self) -> int:
        """差引効果: below 0 when the tool costs more than it saves."""
        return self.saved - self.price


@dataclass(frozen=True)
class Copy:
    """One copy of the data: on what kind of thing, and whether somewhere else (別の場所)."""

    medium: str
    is_elsewhere: bool = False


def year_of_tool(
    monthly: int, *, people: int, discount: Fraction, hours_saved_monthly: int, hourly: int
) -> YearOfTool:
    """A year of a tool with a price for each person and month; below one yen is cut off.

    `discount` (0 … 1) and `hourly`, the worth of an hour in yen, are assumptions of the caller.

    >>> year = year_of_tool(
    ...     1_200, people=5, discount=Fraction(1, 2), hours_saved_monthly=4, hourly=1_300
    ... )
    >>> year.list_price, year.price, year.saved, year.benefit
    (72000, 36000, 62400, 26400)
    """
    if min(monthly, people, hours_saved_monthly, hourly) < 0 or not 0 <= discount <= 1:
        raise ValueError("金額・人数・時間は0以上、割引は0から1までにしてください。")
    listed = monthly * people * MONTHS
    price = int(listed * (1 - discount))
    saved = hours_saved_monthly * MONTHS * hourly
    rule = "割引率と時間の値打ちは仮定"
    steps = (
        by_convention("定価", f"{yen(monthly)}×{people}人×{MONTHS}か月", yen(listed), rule),
        by_convention("割引後", f"{yen(listed)}×(1-{discount})", yen(price), rule),
        by_convention(
            "節約", f"{hours_saved_monthly}時間×{MONTHS}か月×{yen(hourly)}", yen(saved), rule
        ),
        by_convention("差引効果", f"{yen(saved)}-{yen(price)}", yen(saved - price), rule),
    )
    return YearOfTool(listed, price, saved, steps)


def examine_backups(copies: Sequence[Copy]) -> Verdict:
    """Whether data are safe by 3-2-1: three copies, on two kinds of media, one elsewhere.

    The copy that is worked with counts as one of the three.

    >>> examine_backups([Copy("PC"), Copy("外付け"), Copy("クラウド", is_elsewhere=True)]).holds
    True
    """
    media = {copy.medium for copy in copies}
    elsewhere = sum(copy.is_elsewhere for copy in copies)
    found = (
        ("写しの数", len(copies), 3, "つ"),
        ("媒体の種類", len(media), 2, "種類"),
        ("別の場所", elsewhere, 1, "つ"),
    )
    steps = tuple(
        by_convention(
            label,
            f"{count}{unit}({least}{unit}以上か)",
            "満たす" if count >= least else "満たさない",
            "3-2-1の考え方",
        )
        for label, count, least, unit in found
    )
    return Verdict(all(count >= least for _, count, least, _ in found), steps)
