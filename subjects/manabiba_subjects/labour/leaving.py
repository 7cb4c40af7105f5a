"""The end of employment: 資格喪失, deadlines, 解雇予告手当; and 無期転換, 就業規則."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_DOWN, Decimal
from fractions import Fraction
from itertools import pairwise
from math import floor

from ..periods import add_months, day_after_months, days_after, end_of_month, months_after
from ._rules import rule


@dataclass(frozen=True)
class Leaving:
    """What follows from the last day; `last_premium` is the end of the last month with premiums."""

    loss: date
    last_premium: date
    social_notice: date
    employment_notice: date
    tax_slip: date


def leaving(last_day: date) -> Leaving:
    """The days after someone's last day (初日不算入); the offices are to be asked.

    >>> leaving(date(2026, 11, 30)).employment_notice
    datetime.date(2026, 12, 11)
    """
    loss = last_day + timedelta(days=1)
    return Leaving(
        loss,
        end_of_month(add_months(loss.replace(day=1), -1)),
        days_after(loss, rule("leaving", "social_notice", loss).whole("days")),
        days_after(loss, rule("leaving", "employment_left", loss).whole("days")),
        months_after(last_day, rule("leaving", "tax_slip", loss).whole("months")),
    )


def average_wage(wages: int, calendar_days: int) -> Decimal:
    """The average wage of a day (12条), below a sen cut off (unverified)."""
    if calendar_days <= 0:
        raise ValueError("暦日数を1日以上で入れてください。")
    return (Decimal(wages) / calendar_days).quantize(Decimal("0.01"), ROUND_DOWN)


def dismissal_allowance(average: Decimal, notified_on: date | None, last_day: date) -> int:
    """解雇予告手当 for the days that lack of 30, the day of notice not counted, cut to the yen.

    >>> dismissal_allowance(Decimal("7173.91"), None, date(2026, 11, 30))
    215217
    """
    given = (last_day - notified_on).days if notified_on is not None else 0
    if given < 0:
        raise ValueError("予告の日は、退職の日より前にしてください。")
    return int(average * max(0, rule("leaving", "notice", last_day).whole("days") - given))


def pay_cut_limit(average: Decimal, on: date) -> int:
    """The most that one 減給 may take: half an average day's wage (91条)."""
    return floor(Fraction(average) * rule("leaving", "pay_cut", on).share("once"))


def indefinite_right_from(contracts: Sequence[tuple[date, date]]) -> date | None:
    """The first day of the contract that passes five years in all (労働契約法18条), or None."""
    for before, after in pairwise(contracts):
        if (after[0] - before[1]).days != 1:
            raise ValueError("契約の間に空白があります。社会保険労務士に相談してください。")
    if not contracts:
        return None
    years = rule("leaving", "indefinite", contracts[-1][1]).whole("years")
    limit = day_after_months(contracts[0][0], 12 * years)
    return next((first for first, last in contracts if last >= limit), None)
