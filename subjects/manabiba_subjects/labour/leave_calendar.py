"""Leave over the years: `leave_calendar` and, against the days taken, `examine_five_days`."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction

from ..derivation import Step, by_rule
from ..periods import in_words, months_from
from ._rules import rule
from .paid_leave import Grant, Pattern, leave_grant


@dataclass(frozen=True)
class LeaveYear:
    """A grant and the last day on which its days can be taken (時効; unverified)."""

    grant: Grant
    usable_until: date
    steps: tuple[Step, ...]


class Duty(StrEnum):
    """How the duty to let someone take five days stands."""

    NONE = "義務なし"
    MET = "取得済み"
    OPEN = "期限まで取得が必要"
    MISSED = "期限を過ぎて不足"


@dataclass(frozen=True)
class FiveDays:
    """The duty of one grant: the days taken within its window, those that lack, and until when."""

    granted_on: date
    by: date | None
    taken: int
    missing: int
    duty: Duty
    steps: tuple[Step, ...]


def leave_calendar(
    hired_on: date,
    pattern: Pattern,
    *,
    years: int,
    attendance: Sequence[Fraction | int] = (),
) -> tuple[LeaveYear, ...]:
    """The first grants, one a year; `attendance` is that before each grant, 1 where none is given.

    >>> calendar = leave_calendar(date(2026, 4, 1), Pattern(5, 40), years=2)
    >>> [(str(year.grant.granted_on), year.grant.days) for year in calendar]
    [('2026-10-01', 10), ('2027-10-01', 11)]
    """
    found = []
    for number in range(years):
        worked = attendance[number] if number < len(attendance) else 1
        grant = leave_grant(hired_on, number, pattern, attendance=worked)
        row = rule("leave", "expiry", grant.granted_on)
        until = months_from(grant.granted_on, row.whole("months"))
        step = by_rule(row, "使える最後の日", in_words(grant.granted_on), in_words(until))
        found.append(LeaveYear(grant, until, (*grant.steps, step)))
    return tuple(found)


def examine_five_days(
    grants: Iterable[Grant], taken: Iterable[date], on: date
) -> tuple[FiveDays, ...]:
    """The five-day duty (39条7項・8項) of each grant on a day, by the whole days of leave taken.

    Days that the worker chose and days by 計画的付与 count alike; a day after `on` not yet.

    >>> grant = leave_grant(date(2026, 4, 1), 0, Pattern(5, 40))
    >>> [found] = examine_five_days([grant], [date(2026, 12, 28)], date(2027, 9, 30))
    >>> found.missing, str(found.by), str(found.duty)
    (4, '2027-09-30', '期限まで取得が必要')
    """
    days = sorted(set(taken))
    found = []
    for grant in grants:
        row = rule("leave", "duty", grant.granted_on)
        end = grant.five_days_by
        if end is None:
            working = f"{in_words(grant.granted_on)}に{grant.days}日付与"
            step = by_rule(row, "年5日の取得の義務", working, str(Duty.NONE))
            found.append(FiveDays(grant.granted_on, None, 0, 0, Duty.NONE, (step,)))
            continue
        count = sum(grant.granted_on <= day <= min(end, on) for day in days)
        missing = max(0, row.whole("days") - count)
        duty = Duty.MET if not missing else Duty.OPEN if on <= end else Duty.MISSED
        told = f"あと{missing}日、{in_words(end)}まで" if missing else str(duty)
        working = f"{in_words(grant.granted_on)}から{in_words(end)}までに{count}日取得"
        step = by_rule(row, f"{row['days']}日の取得", working, told)
        found.append(FiveDays(grant.granted_on, end, count, missing, duty, (step,)))
    return tuple(found)
