"""Days of work by category, and their breaks."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from manabiba_subjects.labour.timesheet import (
    WorkedDay,
    clock,
    examine_breaks,
    split_days,
    work_of,
)
from manabiba_subjects.labour.working_hours import Kind, Span, split_hours

MONDAY = date(2026, 11, 2)
SATURDAY = date(2026, 11, 7)
SUNDAY = date(2026, 11, 8)


def worked(day: date, *spans: str, breaks: tuple[str, ...] = ()) -> WorkedDay:
    def read(text: str) -> tuple[int, int]:
        start, end = text.split("-")
        return clock(start), clock(end)

    return WorkedDay(day, tuple(map(read, spans)), tuple(map(read, breaks)))


def test_l1_4_a_week_of_44_hours_by_day() -> None:
    week = [
        worked(MONDAY + timedelta(days=number), "9:00-18:00", breaks=("12:00-13:00",))
        for number in range(5)
    ]
    week.append(worked(SATURDAY, "9:00-13:00"))
    assert split_days(week)[MONDAY] == {"regular": 480, "overtime": 0, "night": 0, "holiday": 0}
    assert split_days(week)[SATURDAY]["overtime"] == 240
    assert split_days(week, is_small=True)[SATURDAY]["regular"] == 240


def test_overtime_into_the_night_and_into_a_holiday() -> None:
    days = [
        worked(SATURDAY, "13:00-25:00", breaks=("18:00-19:00",)),
        worked(SUNDAY, "9:00-12:00"),
    ]
    found = split_days(days, holidays={SUNDAY})
    assert found[SATURDAY] == {"regular": 480, "overtime": 120, "night": 180, "holiday": 60}
    assert found[SUNDAY] == {"regular": 0, "overtime": 0, "night": 0, "holiday": 180}


def test_extra_hours_within_the_legal_ones_are_regular() -> None:
    found = split_days([worked(MONDAY, "10:00-17:00")], scheduled={MONDAY: 360})
    assert found[MONDAY]["regular"] == 420


@pytest.mark.parametrize(
    ("spans", "breaks", "expected"),
    [
        (("9:00-15:00",), (), (360, 0, 0, 0)),
        (("9:00-15:30",), (), (390, 0, 45, 45)),
        (("9:00-16:15",), ("12:00-12:45",), (390, 45, 45, 0)),
        (("9:00-17:45",), ("12:00-12:45",), (480, 45, 45, 0)),
        (("9:00-18:00",), ("12:00-12:45",), (495, 45, 60, 15)),
        (("9:00-18:15",), ("12:00-13:00",), (495, 60, 60, 0)),
        (("9:00-12:00", "13:00-18:15"), (), (495, 60, 60, 0)),
        (("9:00-18:15",), ("17:15-18:15",), (495, 0, 60, 60)),
        (("9:00-18:15",), ("9:00-10:00",), (495, 0, 60, 60)),
    ],
)
def test_l1_3_breaks(
    spans: tuple[str, ...], breaks: tuple[str, ...], expected: tuple[int, ...]
) -> None:
    [test] = examine_breaks([worked(MONDAY, *spans, breaks=breaks)])
    assert (test.worked, test.given, test.required, test.missing) == expected


def test_a_day_without_work_needs_no_break() -> None:
    assert examine_breaks([WorkedDay(MONDAY, ())]) == ()


@pytest.mark.parametrize("text", ["9", "9:60", "朝9:00", "49:00", "48:01", ""])
def test_a_time_that_cannot_be_is_told(text: str) -> None:
    with pytest.raises(ValueError, match="時刻「"):
        clock(text)


@pytest.mark.parametrize(
    ("spans", "breaks", "message"),
    [
        (("9:00-12:00",), ("12:00-13:00",), "外にあります"),
        (("9:00-12:00", "11:00-13:00"), (), "重なっています"),
        (("9:00-17:00",), ("12:00-13:00", "12:30-13:30"), "重なっています"),
        (("12:00-9:00",), (), "後の時刻"),
    ],
)
def test_what_cannot_be_is_told(
    spans: tuple[str, ...], breaks: tuple[str, ...], message: str
) -> None:
    with pytest.raises(ValueError, match=message):
        split_days([worked(MONDAY, *spans, breaks=breaks)])


@given(
    st.integers(0, 1380),
    st.integers(2, 1000),
    st.lists(st.integers(1, 999), max_size=4, unique=True),
    st.sampled_from([frozenset(), frozenset({MONDAY}), frozenset({MONDAY + timedelta(days=1)})]),
)
def test_a_shift_cut_anywhere_is_the_same(
    start: int, length: int, cuts: list[int], holidays: frozenset[date]
) -> None:
    end = start + length
    points = [start, *sorted(start + cut for cut in cuts if cut < length), end]
    pieces = tuple(pairwise(points))
    whole = split_days([WorkedDay(MONDAY, ((start, end),))], holidays=holidays)
    assert split_days([WorkedDay(MONDAY, pieces)], holidays=holidays) == whole
    minutes = whole[MONDAY]
    assert minutes["regular"] + minutes["overtime"] + minutes["holiday"] == length
    hours = split_hours([Span(MONDAY, *piece) for piece in pieces], holidays=holidays)
    night = sum(count for (_, is_night), count in hours.items() if is_night)
    assert minutes["night"] == night
    assert minutes["holiday"] == sum(n for (kind, _), n in hours.items() if kind is Kind.HOLIDAY)


@given(st.integers(0, 500), st.integers(1, 600), st.data())
def test_a_break_takes_its_minutes_and_no_others(start: int, length: int, data) -> None:
    first = data.draw(st.integers(start, start + length - 1))
    last = data.draw(st.integers(first + 1, start + length))
    day = WorkedDay(MONDAY, ((start, start + length),), ((first, last),))
    for cut in (first, last, (first + last) // 2):
        if start < cut < start + length:
            pieces = ((start, cut), (cut, start + length))
            assert work_of(WorkedDay(MONDAY, pieces, ((first, last),))) == work_of(day)
    minutes = {m for span in work_of(day) for m in range(span.start, span.end)}
    assert minutes == set(range(start, start + length)) - set(range(first, last))
