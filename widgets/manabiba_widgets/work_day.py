"""A day of work: from when to when, its breaks, and the minutes in it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

Minutes = tuple[int, int]
"""From and to, in minutes after midnight of the day's own date; the next day goes on from 1440."""

_CLOCK = re.compile(r"(\d{1,2}):([0-5]\d)", re.ASCII)
_LATEST = 48 * 60
NIGHTS: tuple[Minutes, ...] = ((0, 5 * 60), (22 * 60, 29 * 60), (46 * 60, 48 * 60))
"""22:00 to 5:00, of the day and the next (労働基準法37条4項, as in force on 2026-06-24)."""


@dataclass(frozen=True)
class WorkDay:
    """A day: spans of work and the breaks in them, as `("9:00", "18:00")`.

    After midnight the hours go on: `("18:00", "24:30")`.
    """

    id: str
    label: str
    spans: Sequence[tuple[str, str]]
    breaks: Sequence[tuple[str, str]] = ()
    note: str = ""

    @property
    def span_minutes(self) -> tuple[Minutes, ...]:
        """The spans in minutes. Raises ValueError where a time is not one."""
        return tuple(map(_from_and_to, self.spans))

    @property
    def break_minutes(self) -> tuple[Minutes, ...]:
        """The breaks in minutes. Raises ValueError where a time is not one."""
        return tuple(map(_from_and_to, self.breaks))

    @property
    def worked(self) -> int:
        """The minutes worked, without the breaks.

        >>> WorkDay("mon", "月", [("9:00", "18:30")], [("12:00", "13:00")]).worked
        510
        """
        return _sum(self.span_minutes) - _sum(self.break_minutes)

    @property
    def worked_at_night(self) -> int:
        """The minutes worked from 22:00 to 5:00, without the breaks."""
        return at_night(self.span_minutes) - at_night(self.break_minutes)


def at_night(times: Iterable[Minutes]) -> int:
    """The minutes of these times from 22:00 to 5:00.

    >>> at_night([(21 * 60, 23 * 60)])
    60
    """
    return sum(
        max(0, min(end, until) - max(start, since))
        for start, end in times
        for since, until in NIGHTS
    )


def _from_and_to(times: Sequence[str]) -> Minutes:
    if isinstance(times, str) or len(times) != 2:
        raise ValueError(f'{times!r} is not from and to; write [("9:00", "18:00")]')
    return _minutes(times[0]), _minutes(times[1])


def _minutes(clock: str) -> int:
    match = _CLOCK.fullmatch(clock)
    found = int(match[1]) * 60 + int(match[2]) if match else _LATEST + 1
    if found > _LATEST:
        raise ValueError(f"{clock!r} is not a time; write 9:00, or 24:30 after midnight")
    return found


def _sum(times: Iterable[Minutes]) -> int:
    return sum(end - start for start, end in times)


def day_errors(day: WorkDay) -> list[str]:
    """All of the author's mistakes in a day's times."""
    try:
        spans, breaks = day.span_minutes, day.break_minutes
    except ValueError as error:
        return [f"day {day.id}: {error}"]
    errors = [] if spans else [f"day {day.id} has no spans"]
    for name, texts, times in (("span", day.spans, spans), ("break", day.breaks, breaks)):
        errors += [
            f"day {day.id}: the {name} {text[0]} to {text[1]} does not end after its beginning"
            for text, (start, end) in zip(texts, times, strict=True)
            if start >= end
        ]
        errors += [
            f"day {day.id}: its {name}s overlap or are not in their order"
            for (_, end), (start, _) in pairwise(times)
            if start < end
        ]
    errors += [
        f"day {day.id}: the break {text[0]} to {text[1]} is not within a span"
        for text, (start, end) in zip(day.breaks, breaks, strict=True)
        if not any(since <= start and end <= until for since, until in spans)
    ]
    return errors
