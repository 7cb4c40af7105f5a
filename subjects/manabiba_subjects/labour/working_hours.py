"""A timesheet in minutes, split into 所定, 法定内, 時間外, 60時間超, 法定休日 and 深夜.

`split_hours(spans)` for a wage period, `required_break(worked, on)`; `timesheet` does it by day.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Set
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from ._rules import rule

DAY = 24 * 60


class Kind(StrEnum):
    """How a minute of work is paid, 深夜 apart."""

    SCHEDULED = "所定"
    EXTRA = "法定内の残業"
    OVERTIME = "時間外"
    OVER60 = "時間外(月60時間超)"
    HOLIDAY = "法定休日"


@dataclass(frozen=True)
class Span:
    """Work without a break on a working day: minutes from its 0:00; past midnight above 1440."""

    day: date
    start: int
    end: int


Hours = Mapping[tuple[Kind, bool], int]
"""Minutes by kind and by whether they are 深夜."""


def split_hours(
    spans: Iterable[Span],
    *,
    holidays: Set[date] = frozenset(),
    scheduled: Mapping[date, int] | None = None,
    is_small: bool = False,
    week_starts: int = 6,
) -> Hours:
    """The minutes of a wage period by kind; adjoining spans are one, however they are cut.

    `holidays` are 法定休日 (calendar days). `scheduled` gives 所定 minutes of each day; without it
    all work within the legal hours is 所定. `is_small` takes the 44 hours of 則25条の2.
    `week_starts` is a weekday (6: Sunday). Raises ValueError for overlapping or backward spans.
    """
    done = Counter(
        (kind, is_night)
        for _, kind, is_night in classified_minutes(
            spans,
            holidays=holidays,
            scheduled=scheduled,
            is_small=is_small,
            week_starts=week_starts,
        )
    )
    return dict(done)


def classified_minutes(
    spans: Iterable[Span],
    *,
    holidays: Set[date] = frozenset(),
    scheduled: Mapping[date, int] | None = None,
    is_small: bool = False,
    week_starts: int = 6,
) -> Iterator[tuple[date, Kind, bool]]:
    """Each minute of `split_hours` in its order: its working day, kind, and whether 深夜."""
    ordered = sorted(spans, key=lambda span: (span.day, span.start))
    check_spans(ordered)
    days: Counter[date] = Counter()
    weeks: Counter[date] = Counter()
    overtime = 0
    for span in ordered:
        legal = rule("hours", "legal_small" if is_small else "legal", span.day)
        premium = rule("hours", "premium", span.day)
        day_limit, week_limit = legal.whole("day") * 60, legal.whole("week") * 60
        night = (premium.whole("night_until") * 60, premium.whole("night_from") * 60)
        week = span.day - timedelta(days=(span.day.weekday() - week_starts) % 7)
        for minute in range(span.start, span.end):
            is_night = not night[0] <= minute % DAY < night[1]
            if span.day + timedelta(days=minute // DAY) in holidays:
                yield span.day, Kind.HOLIDAY, is_night
                continue
            days[span.day] += 1
            if days[span.day] > day_limit or weeks[week] >= week_limit:
                overtime += 1
                over = overtime > premium.whole("limit") * 60
                yield span.day, Kind.OVER60 if over else Kind.OVERTIME, is_night
                continue
            weeks[week] += 1
            is_extra = scheduled is not None and days[span.day] > scheduled.get(span.day, 0)
            yield span.day, Kind.EXTRA if is_extra else Kind.SCHEDULED, is_night


def required_break(worked: int, on: date) -> int:
    """The minutes of break that `worked` minutes of work need (34条).

    >>> [required_break(minutes, date(2026, 11, 24)) for minutes in (360, 390, 480, 495)]
    [0, 45, 45, 60]
    """
    row = rule("hours", "breaks", on)
    limits = zip(row.series("over"), row.series("minutes"), strict=True)
    return max((rest for over, rest in limits if worked > over * 60), default=0)


def check_spans(spans: Iterable[Span]) -> None:
    """Raise ValueError (Japanese) for backward or overlapping spans; they come in their order."""
    last: tuple[int, Span] | None = None
    for span in spans:
        if not 0 <= span.start < span.end <= 2 * DAY:
            raise ValueError(f"{span.day}の勤務の終わりは始めより後の時刻にしてください。")
        start = span.day.toordinal() * DAY + span.start
        if last is not None and start < last[0]:
            raise ValueError(f"{last[1].day}と{span.day}の勤務の時間が重なっています。")
        last = (start - span.start + span.end, span)
