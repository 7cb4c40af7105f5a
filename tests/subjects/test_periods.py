from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from manabiba_subjects.periods import (
    add_months,
    day_after_months,
    days_after,
    end_of_month,
    months_after,
    months_from,
)

days = st.dates(min_value=date(2000, 1, 1), max_value=date(2099, 12, 31))


@pytest.mark.parametrize(
    ("event", "months", "last"),
    [
        (date(2027, 1, 25), 6, date(2027, 7, 25)),
        (date(2026, 12, 31), 2, date(2027, 2, 28)),
        (date(2027, 12, 31), 2, date(2028, 2, 29)),
        (date(2026, 11, 30), 1, date(2026, 12, 31)),
        (date(2028, 2, 29), 12, date(2029, 2, 28)),
        (date(2027, 2, 28), 12, date(2028, 2, 29)),
    ],
)
def test_months_end_before_the_day_that_corresponds(event: date, months: int, last: date) -> None:
    assert months_after(event, months) == last


@pytest.mark.parametrize(
    ("first", "months", "day"),
    [
        (date(2026, 4, 1), 6, date(2026, 10, 1)),
        (date(2026, 8, 28), 6, date(2027, 2, 28)),
        (date(2026, 8, 29), 6, date(2027, 3, 1)),
        (date(2027, 8, 29), 6, date(2028, 2, 29)),
        (date(2027, 8, 30), 6, date(2028, 3, 1)),
        (date(2028, 2, 29), 12, date(2029, 3, 1)),
    ],
)
def test_what_begins_after_some_months(first: date, months: int, day: date) -> None:
    assert day_after_months(first, months) == day


@given(days, st.integers(1, 400))
def test_the_first_day_is_not_counted(event: date, count: int) -> None:
    assert (days_after(event, count) - event).days == count


@given(days, st.integers(1, 120))
def test_months_not_counting_the_first_day_are_those_from_the_next(
    event: date, months: int
) -> None:
    assert months_after(event, months) == months_from(event + timedelta(days=1), months)
    assert months_after(event, months) >= add_months(event, months)


@given(days, st.integers(1, 60))
def test_a_longer_period_ends_later(first: date, months: int) -> None:
    assert months_from(first, months) < months_from(first, months + 1)
    assert 28 * months <= (months_from(first, months) - first).days + 1 <= 31 * months


@given(days)
def test_months_from_a_first_of_month_end_with_a_month(day: date) -> None:
    first = day.replace(day=1)
    assert months_from(first, 3) == end_of_month(months_from(first, 3))
