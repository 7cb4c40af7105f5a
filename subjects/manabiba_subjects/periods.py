"""Counting days and months as 民法 138–143条 do: 初日不算入 and the day that corresponds."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta

LAW = "民法140条・143条"
"""The articles by which periods are counted."""


def days_after(event: date, days: int) -> date:
    """The last of `days` days, the day of the event not counted (初日不算入、民法140条).

    >>> days_after(date(2026, 12, 1), 14)
    datetime.date(2026, 12, 15)
    """
    return event + timedelta(days=days)


def months_after(event: date, months: int) -> date:
    """The last day of `months` months, the day of the event not counted (民法140条・143条).

    >>> months_after(date(2027, 1, 25), 6), months_after(date(2026, 8, 31), 6)
    (datetime.date(2027, 7, 25), datetime.date(2027, 2, 28))
    """
    return months_from(event + timedelta(days=1), months)


def months_from(first: date, months: int) -> date:
    """The last day of `months` months that start with `first`, itself counted (民法143条).

    The period ends the day before the day that corresponds to its first; where the last month has
    no such day, it ends with that month.

    >>> months_from(date(2026, 4, 1), 3), months_from(date(2023, 8, 30), 6)
    (datetime.date(2026, 6, 30), datetime.date(2024, 2, 29))
    """
    year, month = _month(first, months)
    if first.day > monthrange(year, month)[1]:
        return date(year, month, monthrange(year, month)[1])
    return date(year, month, first.day) - timedelta(days=1)


def day_after_months(first: date, months: int) -> date:
    """The day after `months` months that start with `first`: when something of that age begins.

    >>> day_after_months(date(2026, 4, 1), 6), day_after_months(date(2026, 8, 31), 6)
    (datetime.date(2026, 10, 1), datetime.date(2027, 3, 1))
    """
    return months_from(first, months) + timedelta(days=1)


def add_months(day: date, months: int) -> date:
    """The same day of another month, or the last of that month when it has no such day."""
    year, month = _month(day, months)
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def end_of_month(day: date) -> date:
    """The last day of a day's month."""
    return date(day.year, day.month, monthrange(day.year, day.month)[1])


def in_words(day: date) -> str:
    """A day as people write it: 2026年10月1日."""
    return f"{day.year}年{day.month}月{day.day}日"


def _month(day: date, months: int) -> tuple[int, int]:
    years, month = divmod(day.month - 1 + months, 12)
    return day.year + years, month + 1
