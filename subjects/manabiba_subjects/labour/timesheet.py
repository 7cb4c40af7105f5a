"""Days of work with their breaks: `split_days` into categories, `examine_breaks` against 34条.

`WorkedDay(day, spans, breaks)` takes minutes from 0:00; `clock("24:30")` reads a time.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import date
from typing import Literal

from ..derivation import Step, by_rule
from ._rules import rule
from .working_hours import DAY, Kind, Span, check_spans, classified_minutes, required_break

Category = Literal["regular", "overtime", "night", "holiday"]
"""所定と法定内の残業, 時間外(法定), 深夜(重ねて数える), 法定休日."""

_CATEGORIES: Mapping[Kind, Category] = {
    Kind.SCHEDULED: "regular",
    Kind.EXTRA: "regular",
    Kind.OVERTIME: "overtime",
    Kind.OVER60: "overtime",
    Kind.HOLIDAY: "holiday",
}
_CLOCK = re.compile(r"(\d{1,2}):([0-5]\d)")


@dataclass(frozen=True)
class WorkedDay:
    """A working day: spans from coming to going and the breaks in them, in minutes from 0:00.

    After midnight the minutes go on above 1440. What lies between two spans is a break as well.
    """

    day: date
    spans: tuple[tuple[int, int], ...]
    breaks: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True)
class BreakTest:
    """The breaks of a day: minutes worked, given on the way, needed; and those that lack."""

    day: date
    worked: int
    given: int
    required: int
    step: Step

    @property
    def missing(self) -> int:
        """Minutes of break that lack."""
        return max(0, self.required - self.given)


def clock(text: str) -> int:
    """The minutes from 0:00 of a time; 24:30 is half an hour after midnight. Raises ValueError.

    >>> clock("9:00"), clock("24:30")
    (540, 1470)
    """
    read = _CLOCK.fullmatch(text)
    if read is None:
        raise ValueError(f"時刻「{text}」は「9:00」の形で書いてください。")
    minutes = int(read[1]) * 60 + int(read[2])
    if minutes > 2 * DAY:
        raise ValueError(f"時刻「{text}」は48:00までで書いてください。")
    return minutes


def split_days(
    days: Sequence[WorkedDay],
    *,
    holidays: Set[date] = frozenset(),
    scheduled: Mapping[date, int] | None = None,
    is_small: bool = False,
    week_starts: int = 6,
) -> dict[date, dict[Category, int]]:
    """The minutes of each day by category; `night` is counted over the others again.

    The keywords are those of `split_hours`. Work after midnight belongs to the day on which it
    began, but a 法定休日 is a calendar day. Raises ValueError for overlaps and breaks outside.

    >>> monday = WorkedDay(date(2026, 11, 2), ((540, 1380),), ((720, 780),))
    >>> split_days([monday])[monday.day]
    {'regular': 480, 'overtime': 300, 'night': 60, 'holiday': 0}
    """
    found: dict[date, dict[Category, int]] = {
        one.day: {"regular": 0, "overtime": 0, "night": 0, "holiday": 0} for one in days
    }
    for day, kind, is_night in classified_minutes(
        [span for one in days for span in work_of(one)],
        holidays=holidays,
        scheduled=scheduled,
        is_small=is_small,
        week_starts=week_starts,
    ):
        found[day][_CATEGORIES[kind]] += 1
        found[day]["night"] += is_night
    return found


def work_of(worked: WorkedDay) -> tuple[Span, ...]:
    """The spans of a day without its breaks. Raises ValueError (Japanese) for what cannot be."""
    check_spans([Span(worked.day, start, end) for start, end in sorted(worked.spans)])
    check_spans([Span(worked.day, start, end) for start, end in sorted(worked.breaks)])
    shifts: list[tuple[int, int]] = []
    for start, end in sorted(worked.spans):
        if shifts and shifts[-1][1] == start:  # one shift, however it is written
            start = shifts.pop()[0]
        shifts.append((start, end))
    work: list[Span] = []
    for start, end in worked.breaks:
        if not any(first <= start and end <= last for first, last in shifts):
            raise ValueError(f"{worked.day}の休憩が勤務の時間の外にあります。")
    for first, last in shifts:
        begin = first
        for start, end in sorted(worked.breaks):
            if not first <= start < last:
                continue
            if begin < start:
                work.append(Span(worked.day, begin, start))
            begin = end
        if begin < last:
            work.append(Span(worked.day, begin, last))
    return tuple(work)


def examine_breaks(days: Sequence[WorkedDay]) -> tuple[BreakTest, ...]:
    """The breaks of each day on which somebody worked; only those on the way count (34条1項).

    >>> short = WorkedDay(date(2026, 11, 2), ((540, 1080),), ((720, 750),))
    >>> [(test.worked, test.given, test.required, test.missing) for test in examine_breaks([short])]
    [(510, 30, 60, 30)]
    """
    found = []
    for one in days:
        work = work_of(one)
        if not work:
            continue
        worked = sum(span.end - span.start for span in work)
        given = work[-1].end - work[0].start - worked
        required = required_break(worked, one.day)
        missing = max(0, required - given)
        row = rule("hours", "breaks", one.day)
        working = f"働いた時間{worked // 60}時間{worked % 60}分、途中の休憩{given}分"
        told = f"{required}分必要、{missing}分不足" if missing else f"{required}分必要、足りている"
        found.append(
            BreakTest(one.day, worked, given, required, by_rule(row, "休憩", working, told))
        )
    return tuple(found)
