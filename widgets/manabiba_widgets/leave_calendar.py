"""LeaveCalendar (年次有給休暇): grants and five-day windows from the day of hiring on."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from manabiba_subjects.dated_table import DatedRow, OutsideTableError, dated_tables
from manabiba_subjects.labour.leave_calendar import LeaveYear
from manabiba_subjects.labour.leave_calendar import leave_calendar as calendar_of
from manabiba_subjects.labour.paid_leave import Pattern
from manabiba_subjects.periods import in_words

from .explorable import Explorable, ExplorableError, Still, refuse

MOST_GRANTS = 7
DAYS_A_WEEK = range(1, 7)
MOST_HOURS = 60
_SERIES = ("ordinary", "weekly4", "weekly3", "weekly2", "weekly1")


class LeaveCalendar(Explorable):
    """Hired day, days and hours a week, attendance: the grants, as a timeline and a table.

    Up to seven grants are shown, as far as the table of law goes. How long days can be used is
    unverified, and the figure says so.
    """

    kind = "leave_calendar"

    def __init__(
        self,
        explorable_id: str,
        *,
        title: str,
        lead: str = "",
        hired: date,
        days_a_week: int = 5,
        hours_a_week: Decimal | int = 40,
    ) -> None:
        refuse(
            explorable_id,
            [
                *(
                    []
                    if days_a_week in DAYS_A_WEEK
                    else [f"{days_a_week} days a week: write 1 to 6"]
                ),
                *(
                    []
                    if 0 < hours_a_week <= MOST_HOURS
                    else [f"{hours_a_week} hours a week: write 1 to {MOST_HOURS}"]
                ),
            ],
        )
        tables = dated_tables("labour/leave.toml")
        used = [tables[key] for key in (*_SERIES, "duty", "expiry")]
        self._years = grants_from(hired, Pattern(days_a_week, hours_a_week))
        if not self._years:
            table = tables["ordinary"]
            raise ExplorableError(
                f"explorable {explorable_id}: hired {hired}: {table.file} goes from "
                f"{table.rows[0].effective_from} to {table.rows[-1].until}"
            )
        attendance = tables["ordinary"].at(hired)["attendance"]
        expiry = tables["expiry"].at(hired)
        super().__init__(
            explorable_id,
            title=title,
            lead=lead,
            hired=hired.isoformat(),
            days_a_week=days_a_week,
            hours_a_week=str(hours_a_week),
            most=MOST_GRANTS,
            most_days=DAYS_A_WEEK[-1],
            most_hours=MOST_HOURS,
            earliest=tables["ordinary"].rows[0].effective_from.isoformat(),
            latest=tables["ordinary"].rows[-1].until.isoformat(),
            attendance=f"{int(attendance * 10)}割",
            usable=f"{expiry.whole('months') // 12}年とみた場合。{expiry.status}",
            duty_days=tables["duty"].at(hired).whole("days"),
            tables={
                **{key: [_row(row) for row in tables[key].rows] for key in (*_SERIES, "duty")},
                "expiry": [_row(row) for row in tables["expiry"].rows],
            },
            sources=[
                f"{table.name}: {row.source}。{row.status}。基準日{in_words(row.read_on)}。"
                for table in used
                for row in table.rows
            ],
        )

    def still(self) -> Still:
        hours = self.spec["hours_a_week"]
        return Still(
            f"{in_words(date.fromisoformat(self.spec['hired']))}に入職、"
            f"週{self.spec['days_a_week']}日・週{hours}時間の年次有給休暇",
            ("回", "付与の日", "日数", f"{self.spec['duty_days']}日を取る期限"),
            tuple(
                (
                    f"{number}回目",
                    in_words(year.grant.granted_on),
                    f"{year.grant.days}日",
                    in_words(year.grant.five_days_by) if year.grant.five_days_by else "義務なし",
                )
                for number, year in enumerate(self._years, start=1)
            ),
        )


def grants_from(
    hired: date, pattern: Pattern, few: frozenset[int] = frozenset()
) -> tuple[LeaveYear, ...]:
    """Up to seven grants, as far as the tables go; `few`: before which too little was worked."""
    attendance = [Fraction(number not in few) for number in range(MOST_GRANTS)]
    for years in range(MOST_GRANTS, 0, -1):
        try:
            return calendar_of(hired, pattern, years=years, attendance=attendance)
        except OutsideTableError:
            continue
    return ()


def _row(row: DatedRow) -> dict[str, Any]:
    """A row as the page needs it: days as texts, numbers as numbers."""
    values: dict[str, Any] = {}
    for key, value in row.values.items():
        if isinstance(value, tuple):
            values[key] = list(value)
        elif key != "attendance":  # a share that the page does not reckon with
            values[key] = row.whole(key)
    return {"from": row.effective_from.isoformat(), "until": row.until.isoformat(), **values}
