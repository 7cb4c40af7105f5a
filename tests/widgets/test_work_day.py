import pytest

from manabiba_widgets import WorkDay
from manabiba_widgets.work_day import day_errors


@pytest.mark.parametrize(
    ("spans", "breaks", "worked", "at_night"),
    [
        ([("9:00", "18:00")], [("12:00", "13:00")], 480, 0),
        ([("9:00", "12:00"), ("18:00", "24:30")], [], 570, 150),
        ([("20:00", "29:30")], [("25:00", "26:00")], 510, 360),
        ([("0:00", "6:00")], [("4:30", "5:30")], 300, 270),
        ([("21:30", "22:00")], [], 30, 0),
    ],
)
def test_minutes_are_counted_without_breaks(
    spans: list[tuple[str, str]], breaks: list[tuple[str, str]], worked: int, at_night: int
) -> None:
    day = WorkDay("d", "日", spans, breaks)
    assert (day.worked, day.worked_at_night) == (worked, at_night)
    assert day_errors(day) == []


@pytest.mark.parametrize(
    ("spans", "breaks", "told"),
    [
        ([], [], "day d has no spans"),
        ([("18:00", "9:00")], [], "the span 18:00 to 9:00 does not end after its beginning"),
        ([("9:00", "9:00")], [], "the span 9:00 to 9:00 does not end after its beginning"),
        ([("9:00", "12:00"), ("11:00", "13:00")], [], "its spans overlap or are not in their"),
        ([("9:00", "18:00")], [("8:30", "9:30")], "the break 8:30 to 9:30 is not within a span"),
        ([("9:00", "18:60")], [], "'18:60' is not a time; write 9:00, or 24:30 after midnight"),
        ([("9:00", "48:01")], [], "'48:01' is not a time"),
        (("9:00", "18:00"), [], "'9:00' is not from and to; write"),
    ],
)
def test_times_that_cannot_be_are_told(spans, breaks, told: str) -> None:
    [error] = day_errors(WorkDay("d", "日", spans, breaks))
    assert error.startswith("day d")
    assert told in error
