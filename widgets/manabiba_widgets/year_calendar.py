"""YearCalendar (1年の予定): when the reader's organisation must file what, and a calendar file."""

from __future__ import annotations

from datetime import date
from typing import Any

from manabiba_subjects.dated_table import DatedRow, Status, dated_tables
from manabiba_subjects.npo_law import (
    CalendarRule,
    EventDeadline,
    calendar_rules,
    covered_closings,
    event_deadlines,
    year_calendar,
)
from manabiba_subjects.npo_law.year_calendar import FILE, ON_CLOSED_DAYS
from manabiba_subjects.periods import add_months, in_words

from .explorable import Explorable, ExplorableError, Still

MARKS = {
    Status.VERIFIED: "",
    Status.SECONDARY: "二次資料で確認",
    Status.UNVERIFIED: "未確認",
    Status.CONVENTION: "日付は目安",
}
"""What stands beside a date whose rule was not read in the law itself."""


class YearCalendar(Explorable):
    """A year by month for the reader's closing month, staff, 収益事業 and 納期の特例.

    It begins with the fiscal year that ends in `fiscal_year_end_month`; the rules are those of the
    day on which their tables were read, and only years for which they hold are offered.
    """

    kind = "year_calendar"

    def __init__(
        self, explorable_id: str, *, title: str, lead: str = "", fiscal_year_end_month: int = 3
    ) -> None:
        if not 1 <= fiscal_year_end_month <= 12:
            raise ExplorableError(
                f"explorable {explorable_id}: closing month {fiscal_year_end_month} is not 1 to 12"
            )
        read_on = next(iter(dated_tables(FILE).values())).read_on
        offered = {month: covered_closings(month, read_on) for month in range(1, 13)}
        closings = offered[fiscal_year_end_month]
        running = [day for day in closings if day < read_on <= add_months(day, 12)]
        self._closing = (running or list(closings))[0]
        super().__init__(
            explorable_id,
            title=title,
            lead=lead,
            fiscal_year_end_month=fiscal_year_end_month,
            years={
                str(month): [closing.year for closing in found] for month, found in offered.items()
            },
            rules=[_rule_state(found) for found in calendar_rules(read_on)],
            events=[_event_state(found) for found in _events(read_on)],
            on_closed_days=ON_CLOSED_DAYS,
            read_on=in_words(read_on),
        )

    def still(self) -> Still:
        entries = year_calendar(self._closing)
        end = add_months(self._closing, 12)
        return Still(
            f"{in_words(self._closing)}に決算をした団体の、{in_words(end)}までの予定"
            f"(職員も収益事業もないとき。{ON_CLOSED_DAYS})",
            ("期限", "すること", "出典"),
            tuple(
                (
                    in_words(entry.on),
                    _with_mark(entry.rule.title, entry.rule.row),
                    entry.rule.row.source,
                )
                for entry in entries
            ),
        )


def _events(on: date) -> list[tuple[EventDeadline, bool]]:
    always = event_deadlines(on)
    return [(found, found not in always) for found in event_deadlines(on, has_staff=True)]


def _rule_state(found: CalendarRule) -> dict[str, Any]:
    return {
        "key": found.key,
        "title": found.title,
        "how": found.how,
        "when": list(found.when),
        "months": found.months,
        "month": found.month,
        "day": found.day,
        "is_fixed": found.row.status is not Status.CONVENTION,
        **_about(found.row),
    }


def _event_state(found: tuple[EventDeadline, bool]) -> dict[str, Any]:
    event, needs_staff = found
    return {
        "event": event.event,
        "within": event.within,
        "needs_staff": needs_staff,
        **_about(event.row),
    }


def _about(row: DatedRow) -> dict[str, str]:
    return {"source": row.source, "mark": MARKS[row.status]}


def _with_mark(text: str, row: DatedRow) -> str:
    mark = MARKS[row.status]
    return f"{text}({mark})" if mark else text
