"""Fiscal years (事業年度): twelve months, and which one a journal is of."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta


@dataclass(frozen=True)
class Year:
    """The first and the last day of a fiscal year."""

    start: date
    end: date

    @classmethod
    def from_start(cls, start: date) -> Year:
        """The twelve months from a day on; at most until the end of the calendar's last year.

        >>> Year.from_start(date(2025, 4, 1)).end
        datetime.date(2026, 3, 31)
        """
        if (start.month, start.day) == (2, 29):
            return cls(start, date(start.year + 1, 2, 28))
        return cls(start, start.replace(year=start.year + 1) - timedelta(days=1))


def likely_year(days: Sequence[date]) -> Year | None:
    """The year that holds all days, looking at April, January and the first month in this order.

    Where none does, the year from April that holds most of them. None without any day.
    """
    if not days:
        return None
    first = min(days)
    starts = (_april(first), date(first.year, 1, 1), first.replace(day=1))
    for start in starts:
        year = Year.from_start(start)
        if max(days) <= year.end:
            return year
    [(start, _)] = Counter(map(_april, days)).most_common(1)
    return Year.from_start(start)


def day_text(day: date) -> str:
    """
    >>> day_text(date(2025, 4, 1))
    '2025年4月1日'
    """
    return f"{day.year}年{day.month}月{day.day}日"


def _april(day: date) -> date:
    return date(day.year if day.month >= 4 else day.year - 1, 4, 1)
