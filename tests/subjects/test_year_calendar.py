"""The year of an NPO: what is due when, for whom, and how far each date was checked."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from manabiba_subjects.dated_table import OutsideTableError, Status
from manabiba_subjects.npo_law import (
    annual_report,
    calendar_rules,
    covered_closings,
    event_deadlines,
    reduction_application,
    year_calendar,
)
from manabiba_subjects.periods import add_months
from manabiba_subjects.withholding import Payment, due_date

ON = date(2026, 11, 23)
MARCH = date(2026, 3, 31)
CLOSINGS = [closing for month in range(1, 13) for closing in covered_closings(month, ON)]


def days(key: str, closing: date = MARCH, **conditions: bool) -> list[date]:
    return [e.on for e in year_calendar(closing, **conditions) if e.rule.key == key]


def test_the_calendar_of_the_case_without_staff() -> None:
    entries = year_calendar(MARCH)
    once = [(e.on, e.rule.key) for e in entries if e.rule.key != "withholding_fees"]
    assert once == [
        (date(2026, 4, 30), "reduction_request"),
        (date(2026, 5, 31), "audit"),
        (date(2026, 6, 30), "meeting"),
        (date(2026, 6, 30), "yearly_report"),
        (date(2026, 6, 30), "balance_notice"),
        (date(2027, 1, 31), "fee_reports"),
    ]
    assert [e.on.month for e in entries if e.rule.key == "withholding_fees"] == [
        *range(4, 13),
        1,
        2,
        3,
    ]


@pytest.mark.parametrize(
    ("closing", "last"),
    [
        (date(2026, 12, 31), date(2027, 3, 31)),
        (date(2026, 8, 31), date(2026, 11, 30)),
        (date(2026, 11, 30), date(2027, 2, 28)),
        (date(2027, 11, 30), date(2028, 2, 29)),
    ],
)
def test_reports_follow_the_closing_day_and_the_request_does_not(closing: date, last: date) -> None:
    assert days("yearly_report", closing) == [last]
    [requested] = days("reduction_request", closing)
    assert (requested.month, requested.day) == (4, 30)


def test_labour_dates_are_those_of_the_facts() -> None:
    staff = {"has_staff": True}
    assert days("labour_insurance", **staff) == [date(2026, 7, 10)]
    assert days("base_report", **staff) == [date(2026, 7, 10)]
    assert days("salary_slips", **staff) == [date(2027, 1, 31)]
    assert days("social_premiums", **staff)[-2:] == [date(2027, 2, 28), date(2027, 3, 31)]
    assert days("labour_insurance") == []


def test_the_special_term_moves_salaries_and_leaves_honoraria() -> None:
    special = {"has_staff": True, "has_special_term": True}
    assert days("special_july", **special) == [date(2026, 7, 10)]
    assert days("special_january", **special) == [date(2027, 1, 20)]
    assert days("withholding", **special) == []
    assert len(days("withholding_honoraria", **special)) == 12
    assert len(days("withholding", has_staff=True)) == 12
    assert days("special_july", has_special_term=True) == []


@pytest.mark.parametrize("paid", [date(2026, 5, 20), date(2026, 12, 1)])
def test_withholding_is_due_as_withholding_says(paid: date) -> None:
    due = due_date(paid, Payment.HONORARIUM)
    assert due in days("withholding_honoraria", has_staff=True, has_special_term=True)
    special = due_date(paid, Payment.SALARY, has_special_term=True)
    assert special in [
        *days("special_july", has_staff=True, has_special_term=True),
        *days("special_january", has_staff=True, has_special_term=True),
    ]


def test_a_profit_business_declares_and_asks_for_no_reduction() -> None:
    assert days("profit_tax", has_profit_business=True) == [date(2026, 5, 31)]
    assert days("reduction_request", has_profit_business=True) == []
    [rule] = [found for found in calendar_rules(ON) if found.key == "profit_tax"]
    assert rule.row.status is Status.UNVERIFIED


def test_a_date_is_verified_only_where_its_rule_was_read() -> None:
    verified = {found.key for found in calendar_rules(ON) if found.row.status is Status.VERIFIED}
    assert verified == {
        "reduction_request",
        "yearly_report",
        "labour_insurance",
        "special_july",
        "special_january",
        "withholding",
        "withholding_fees",
        "withholding_honoraria",
        "salary_slips",
    }


@given(
    closing=st.sampled_from(CLOSINGS),
    has_staff=st.booleans(),
    has_profit_business=st.booleans(),
    has_special_term=st.booleans(),
)
def test_all_of_a_year_is_in_it_in_order(closing: date, **conditions: bool) -> None:
    entries = year_calendar(closing, **conditions)
    found = [entry.on for entry in entries]
    assert found == sorted(found)
    assert closing < found[0] and found[-1] <= add_months(closing + timedelta(days=1), 12)
    assert annual_report(closing).value in found
    keys = [entry.rule.key for entry in entries]
    for key in set(keys):
        assert keys.count(key) in {1, 12}
    if not conditions["has_profit_business"]:
        assert reduction_application(closing + timedelta(days=1)).value in found


def test_a_closing_day_is_the_last_of_its_month_and_the_year_is_covered() -> None:
    with pytest.raises(ValueError, match="月の末日"):
        year_calendar(date(2026, 3, 30))
    with pytest.raises(OutsideTableError):
        year_calendar(date(2031, 3, 31))
    with pytest.raises(OutsideTableError):
        year_calendar(date(2026, 2, 28))
    assert covered_closings(3, ON) == tuple(date(year, 3, 31) for year in range(2026, 2031))


def test_deadlines_that_begin_with_an_event() -> None:
    [change] = event_deadlines(ON)
    assert (change.within, change.row.source[:8]) == ("14日以内", "組合等登記令3条")
    assert [found.within for found in event_deadlines(ON, has_staff=True)] == [
        "14日以内",
        "5日以内",
        "翌月の10日まで",
        "翌日から10日以内",
        "1か月以内",
    ]
