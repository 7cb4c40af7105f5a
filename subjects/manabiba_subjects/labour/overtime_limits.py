"""Months of overtime against the limits of 36協定 (労働基準法36条)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from ..derivation import Step, by_rule, plain
from ._rules import rule


@dataclass(frozen=True)
class Month:
    """Hours of 時間外 and of 法定休日 work in a month."""

    overtime: Fraction | int
    holiday: Fraction | int = 0


@dataclass(frozen=True)
class LimitTest:
    """What a year comes to: `needs_special` (特別条項), and the breaches that nothing allows."""

    year: Fraction
    months_over: int
    needs_special: bool
    breaches: tuple[Step, ...]


def examine_limits(months: Sequence[Month], on: date) -> LimitTest:
    """Up to twelve months in their order against every limit.

    >>> [bool(examine_limits([Month(h)], date(2026, 11, 24)).breaches) for h in (99, 100)]
    [False, True]
    """
    row = rule("hours", "limits", on)
    year = sum((Fraction(month.overtime) for month in months), Fraction(0))
    over = sum(month.overtime > row["month"] for month in months)
    found: list[Step] = []

    def add(label: str, amount: Fraction | int, limit: str) -> None:
        found.append(by_rule(row, label, f"{plain(amount)}", f"{limit}を満たさない"))

    if year > row["year_special"]:
        add("年の時間外", year, f"{row['year_special']}時間以下")
    if over > row["months_over"]:
        add("月の限度を超えた回数", over, f"年{row['months_over']}回まで")
    both = [Fraction(month.overtime) + Fraction(month.holiday) for month in months]
    for number, total in enumerate(both, start=1):
        if total >= row["single_below"]:
            add(f"{number}か月目の時間外と休日", total, f"{row['single_below']}時間未満")
    for length in range(2, 7):
        for first in range(len(both) - length + 1):
            average = sum(both[first : first + length], Fraction(0)) / length
            if average > row["average"]:
                last = first + length
                add(f"{first + 1}〜{last}か月目の平均", average, f"{row['average']}時間以下")
    return LimitTest(year, over, year > row["year"] or over > 0, tuple(found))
