"""Grants over the years, and the duty of five days against the days taken."""

from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from manabiba_subjects.dated_table import Status
from manabiba_subjects.labour.leave_calendar import Duty, examine_five_days, leave_calendar
from manabiba_subjects.labour.paid_leave import Pattern, leave_grant

HIRED = date(2026, 4, 1)
GRANT = leave_grant(HIRED, 0, Pattern(5, 40))
FIVE = [date(2027, month, 5) for month in range(5, 10)]


@pytest.mark.parametrize(
    ("pattern", "days"),
    [
        (Pattern(5, 40), [10, 11, 12, 14, 16, 18, 20]),
        (Pattern(4, 24), [7, 8, 9, 10, 12, 13, 15]),
        (Pattern(3, 18), [5, 6, 6, 8, 9, 10, 11]),
        (Pattern(2, 12), [3, 4, 4, 5, 6, 6, 7]),
        (Pattern(1, 6), [1, 2, 2, 2, 3, 3, 3]),
    ],
)
def test_the_first_seven_grants_are_those_of_the_law(pattern: Pattern, days: list[int]) -> None:
    calendar = leave_calendar(date(2022, 4, 1), pattern, years=7)
    assert [year.grant.days for year in calendar] == days
    assert [year.grant.granted_on for year in calendar] == [
        date(year, 10, 1) for year in range(2022, 2029)
    ]
    duties = [year.grant.five_days_by is not None for year in calendar]
    assert duties == [granted >= 10 for granted in days]


@pytest.mark.parametrize(
    ("yearly_days", "days"),
    [(217, 10), (216, 7), (169, 7), (168, 5), (121, 5), (120, 3), (73, 3), (72, 1), (48, 1)],
)
def test_where_the_week_does_not_settle_it_the_days_of_the_year_do(
    yearly_days: int, days: int
) -> None:
    assert leave_grant(HIRED, 0, Pattern(None, 20, yearly_days)).days == days


def test_fewer_days_than_the_table_has_are_told() -> None:
    with pytest.raises(ValueError, match="比例付与の表にありません"):
        leave_grant(HIRED, 0, Pattern(None, 20, 47))


@pytest.mark.parametrize(
    ("days", "hours", "granted"), [(4, 30, 10), (4, 29, 7), (5, 20, 10), (3, 30, 10)]
)
def test_l1_8_thirty_hours_or_five_days_make_the_ordinary_leave(
    days: int, hours: int, granted: int
) -> None:
    assert leave_grant(HIRED, 0, Pattern(days, hours)).days == granted


@pytest.mark.parametrize(("worked", "granted"), [(96, 10), (95, 0)])
def test_l1_8_eighty_percent_of_120_days(worked: int, granted: int) -> None:
    grant = leave_grant(HIRED, 0, Pattern(5, 40), attendance=Fraction(worked, 120))
    assert grant.days == granted


def test_how_long_days_can_be_used_is_not_certain() -> None:
    [year] = leave_calendar(HIRED, Pattern(5, 40), years=1)
    assert year.usable_until == date(2028, 9, 30)
    assert year.steps[-1].status is Status.UNVERIFIED


def test_a_year_of_too_little_attendance_gives_nothing_and_the_next_goes_on() -> None:
    worked = [1, Fraction(95, 120)]
    calendar = leave_calendar(HIRED, Pattern(5, 40), years=3, attendance=worked)
    assert [year.grant.days for year in calendar] == [10, 0, 12]


def test_a_leap_day_of_hiring() -> None:
    calendar = leave_calendar(date(2024, 2, 29), Pattern(5, 40), years=2)
    assert [year.grant.granted_on for year in calendar] == [date(2024, 8, 29), date(2025, 8, 29)]
    end_of_august = leave_grant(date(2023, 8, 31), 0, Pattern(5, 40))
    assert end_of_august.granted_on == date(2024, 3, 1)


@pytest.mark.parametrize(
    ("taken", "on", "missing", "duty"),
    [
        (FIVE, date(2027, 9, 30), 0, Duty.MET),
        (FIVE[:4], date(2027, 9, 30), 1, Duty.OPEN),
        (FIVE[:4], date(2027, 10, 1), 1, Duty.MISSED),
        ([date(2026, 9, 30), *FIVE[:4]], date(2027, 10, 2), 1, Duty.MISSED),
        ([date(2027, 10, 1), *FIVE[:4]], date(2027, 10, 2), 1, Duty.MISSED),
        ([date(2027, 9, 30), *FIVE[:4]], date(2027, 10, 2), 0, Duty.MET),
        (FIVE, date(2027, 7, 5), 2, Duty.OPEN),
        ([], date(2026, 10, 1), 5, Duty.OPEN),
    ],
)
def test_five_days_within_the_year_from_the_base_date(
    taken: list[date], on: date, missing: int, duty: Duty
) -> None:
    [found] = examine_five_days([GRANT], taken, on)
    assert (found.by, found.missing, found.duty) == (date(2027, 9, 30), missing, duty)
    assert ("2027年9月30日まで" in str(found.steps[0])) is True


def test_no_duty_below_ten_days() -> None:
    few = leave_grant(HIRED, 0, Pattern(4, 24))
    [found] = examine_five_days([few], [], date(2027, 9, 30))
    assert (found.duty, found.missing, found.by) == (Duty.NONE, 0, None)


@given(st.dates(date(2020, 1, 1), date(2024, 12, 31)), st.lists(st.integers(0, 364), max_size=12))
def test_what_lacks_and_what_was_taken_are_five_at_least(hired: date, offsets: list[int]) -> None:
    grant = leave_grant(hired, 0, Pattern(5, 40))
    days = [grant.granted_on + timedelta(days=offset) for offset in offsets]
    [found] = examine_five_days([grant], days, date(2031, 1, 1))
    assert found.taken == len(set(offsets))
    assert found.missing == max(0, 5 - found.taken)
    assert (found.duty is Duty.MET) is (found.taken >= 5)
