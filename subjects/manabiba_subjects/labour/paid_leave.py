"""Paid leave (年次有給休暇): when, how many days, and until when five of them are taken.

`leave_grant(hired_on, number, pattern)`; over the years and against days taken: `leave_calendar`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from ..derivation import Step, by_rule
from ..periods import day_after_months, in_words, months_from
from ._rules import rule


@dataclass(frozen=True)
class Pattern:
    """How much someone works; `yearly_days` where the week does not settle it."""

    weekly_days: int | None
    weekly_hours: Decimal | int
    yearly_days: int | None = None


@dataclass(frozen=True)
class Grant:
    """The days granted on a day (基準日), and the last day for taking five of them, if a duty."""

    granted_on: date
    days: int
    five_days_by: date | None
    steps: tuple[Step, ...]


def leave_grant(
    hired_on: date, number: int, pattern: Pattern, *, attendance: Fraction | int = 1
) -> Grant:
    """The `number`-th grant, counted from 0: half a year after hiring, then every year.

    `attendance` is the share of the working days that were worked.

    >>> grant = leave_grant(date(2026, 4, 1), 0, Pattern(5, 40))
    >>> str(grant.granted_on), grant.days, str(grant.five_days_by)
    ('2026-10-01', 10, '2027-09-30')
    """
    if number < 0:
        raise ValueError("付与の回数は0以上にしてください。")
    first = rule("leave", "ordinary", hired_on).whole("first_months")
    granted_on = day_after_months(hired_on, first + 12 * number)
    full = rule("leave", "ordinary", granted_on)
    row = full
    if not (
        pattern.weekly_hours >= full["weekly_hours"]
        or (pattern.weekly_days or 0) >= full["weekly_days"]
        or (pattern.yearly_days or 0) >= full["yearly_days"]
    ):
        row = rule("leave", f"weekly{_week(pattern, granted_on)}", granted_on)
    series = row.series("days")
    days = series[min(number, len(series) - 1)]
    steps = [by_rule(row, "付与日数", f"{in_words(hired_on)}入職、{number + 1}回目", f"{days}日")]
    if attendance < full["attendance"]:
        days = 0
        told = f"{float(attendance):.1%}、8割に満たない"
        steps.append(by_rule(full, "出勤率", told, "0日"))
    duty = rule("leave", "duty", granted_on)
    by = None
    if days >= duty["granted"]:
        by = months_from(granted_on, duty.whole("months"))
        steps.append(by_rule(duty, f"{duty['days']}日の取得", "", f"{in_words(by)}まで"))
    return Grant(granted_on, days, by, tuple(steps))


def _week(pattern: Pattern, on: date) -> int:
    if pattern.weekly_days is not None:
        if pattern.weekly_days < 1:
            raise ValueError("週の所定労働日数を1以上で入れてください。")
        return pattern.weekly_days
    for week in (4, 3, 2, 1):
        if (pattern.yearly_days or 0) >= rule("leave", f"weekly{week}", on)["yearly_days"]:
            return week
    raise ValueError("年の所定労働日数が少なく、比例付与の表にありません。")
