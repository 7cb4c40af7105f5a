"""When an NPO has what to do in its year: reports, taxes, insurance, by its own closing day."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from ..dated_table import DatedRow, dated_tables
from ..periods import add_months, end_of_month, months_from
from ._rules import rule

FILE = "npo_law/year_calendar.toml"
ON_CLOSED_DAYS = "休日にあたるときは提出先に確認してください。"
"""What is said beside every date: whether a day moves was not verified."""


@dataclass(frozen=True)
class CalendarRule:
    """Something to be done every year or every month, and for whom; `row` has source and status.

    Exactly one of: `months` after the closing day; the `day` of a `month`; the `day` of every
    month. A day that a month does not have is its last one.
    """

    key: str
    title: str
    how: str
    when: tuple[str, ...]
    row: DatedRow
    months: int | None = None
    month: int | None = None
    day: int | None = None

    def days(self, closing: date) -> Iterator[date]:
        """The days in the twelve months after a closing day, in their order."""
        first = closing + timedelta(days=1)
        if self.months is not None:
            yield months_from(first, self.months)
            return
        for start in (add_months(first, number) for number in range(12)):
            if self.month in (None, start.month):
                yield start.replace(day=min(self.day or 31, end_of_month(start).day))


@dataclass(frozen=True)
class CalendarEntry:
    """A day of the year and what is to be done by then, by which rule."""

    on: date
    rule: CalendarRule


def calendar_rules(on: date) -> tuple[CalendarRule, ...]:
    """All rules of the calendar as they hold on a day. Raises OutsideTableError."""
    return tuple(_rule_of(key, on) for key in dated_tables(FILE))


def year_calendar(
    closing: date,
    *,
    has_staff: bool = False,
    has_profit_business: bool = False,
    has_special_term: bool = False,
) -> tuple[CalendarEntry, ...]:
    """What is to be done in the twelve months after `closing`, the last day of a fiscal year.

    `has_special_term` is 納期の特例; it matters only with staff. Raises ValueError when `closing`
    is not the last day of a month, OutsideTableError when the tables do not cover the year.

    >>> entries = year_calendar(date(2026, 3, 31))
    >>> [str(entry.on) for entry in entries if entry.rule.key == "yearly_report"]
    ['2026-06-30']
    """
    if closing != end_of_month(closing):
        raise ValueError(f"決算日が{closing}です。月の末日にしてください。")
    holding = {
        "staff" if has_staff else "no_staff",
        "business" if has_profit_business else "no_business",
        "special" if has_special_term else "no_special",
    }
    first = closing + timedelta(days=1)
    calendar_rules(add_months(first, 12) - timedelta(days=1))  # the whole year is covered
    entries = [
        CalendarEntry(day, found)
        for found in calendar_rules(first)
        if set(found.when) <= holding
        for day in found.days(closing)
    ]
    return tuple(sorted(entries, key=lambda entry: entry.on))


def covered_closings(month: int, on: date) -> tuple[date, ...]:
    """The ends of a `month` after which the rules of `on` hold for a whole year."""
    rows = [dated_tables(FILE)[found.key].at(on) for found in calendar_rules(on)]
    rows += [found.row for found in calendar_rules(on)]
    first = max(row.effective_from for row in rows)
    last = min(row.until for row in rows)
    closings = (end_of_month(date(year, month, 1)) for year in range(first.year - 1, last.year + 1))
    return tuple(
        closing
        for closing in closings
        if first <= closing + timedelta(days=1) and add_months(closing, 12) <= last
    )


@dataclass(frozen=True)
class EventDeadline:
    """What has to be done when something happens, and within which time (Japanese)."""

    event: str
    within: str
    row: DatedRow


def event_deadlines(on: date, *, has_staff: bool = False) -> tuple[EventDeadline, ...]:
    """The deadlines that no calendar has: they begin when somebody comes, goes, or is replaced."""
    change = rule("deadlines", "change", on)
    found = [
        EventDeadline("代表権のある理事が変わった(登記)", f"{change.whole('days')}日以内", change)
    ]
    if has_staff:
        leaving = dated_tables("labour/leaving.toml")
        social, joined, left, slip = (
            leaving[key].at(on)
            for key in ("social_notice", "employment_joined", "employment_left", "tax_slip")
        )
        found += [
            EventDeadline(
                "社会保険に入る人・やめる人がいる(届出)", f"{social.whole('days')}日以内", social
            ),
            EventDeadline(
                "雇用保険に入る人がいる(届出)", f"翌月の{joined.whole('day')}日まで", joined
            ),
            EventDeadline(
                "雇用保険をやめる人がいる(届出)", f"翌日から{left.whole('days')}日以内", left
            ),
            EventDeadline("職員が退職した(源泉徴収票)", f"{slip.whole('months')}か月以内", slip),
        ]
    return tuple(found)


def _rule_of(key: str, on: date) -> CalendarRule:
    table = dated_tables(FILE)[key]
    row = table.at(on)
    timing = rule("deadlines", row.words("rule")[0], on) if "rule" in row.values else row
    return CalendarRule(
        key=key,
        title=table.name,
        how=row.words("how")[0],
        when=row.words("when"),
        row=timing,
        months=timing.whole("months") if "months" in timing.values else None,
        month=timing.whole("month") if "month" in timing.values else None,
        day=timing.whole("day") if "day" in timing.values else None,
    )
