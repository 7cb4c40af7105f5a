"""Days of every year, of hiring, of a birth: `yearly_deadlines`, `joining`, `maternity_leave`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from ..derivation import Figure, Step, by_rule
from ..periods import add_months, days_after, in_words
from ._rules import rule


@dataclass(frozen=True)
class Joining:
    """What follows from the first day of an employee in 社会保険 and 雇用保険."""

    social_notice: date
    employment_notice: date
    steps: tuple[Step, ...]


def yearly_deadlines(year: int) -> dict[str, Figure[date]]:
    """The days that come every year, by name; weekends and holidays are not looked at.

    >>> {name: str(day.value) for name, day in yearly_deadlines(2026).items()}
    {'源泉徴収票': '2026-01-31', '年度更新': '2026-07-10', '定時決定': '2026-07-10'}
    """
    row = rule("duties", "yearly_tax_slip", date(year, 1, 1))
    slip = date(year, row.whole("month"), row.whole("day"))
    found = {"源泉徴収票": Figure(slip, (by_rule(row, "源泉徴収票", "", in_words(slip)),))}
    for name, key in (("年度更新", "yearly_update"), ("定時決定", "yearly_standard")):
        row = rule("duties", key, date(year, 4, 1))
        first = date(year, row.whole("from_month"), row.whole("from_day"))
        last = first + timedelta(days=row.whole("days") - 1)
        working = f"{in_words(first)}から数えて{row['days']}日"
        found[name] = Figure(last, (by_rule(row, name, working, in_words(last)),))
    return found


def joining(first_day: date) -> Joining:
    """The notices after someone's first day; how 5日以内 is counted is unverified.

    >>> joining(date(2026, 11, 2)).employment_notice
    datetime.date(2026, 12, 10)
    """
    social, counting = (
        rule("leaving", key, first_day) for key in ("social_notice", "social_notice_counting")
    )
    by = days_after(first_day, social.whole("days"))
    row = rule("leaving", "employment_joined", first_day)
    notice = add_months(first_day.replace(day=1), 1).replace(day=row.whole("day"))
    return Joining(
        by,
        notice,
        (
            by_rule(social, "社会保険の取得届", f"{social['days']}日以内", in_words(by)),
            by_rule(counting, "日の数え方", "", "初日を数えない"),
            by_rule(row, "雇用保険の取得届", f"翌月{row['day']}日", in_words(notice)),
        ),
    )


def maternity_leave(due: date, *, is_multiple: bool = False) -> Figure[tuple[date, date]]:
    """The first day that may be asked for, and the last for a birth on the due day (65条).

    That the day of birth counts as before it is unverified. After six weeks she may work if a
    doctor agrees; that is not looked at.

    >>> [str(day) for day in maternity_leave(date(2026, 12, 20)).value]
    ['2026-11-09', '2027-02-14']
    """
    row = rule("duties", "maternity", due)
    weeks = row.whole("before_weeks_multiple" if is_multiple else "before_weeks")
    first = due - timedelta(days=7 * weeks - 1)
    last = due + timedelta(days=7 * row.whole("after_weeks"))
    before = by_rule(row, "産前", f"{weeks}週", in_words(first))
    after = by_rule(row, "産後", f"{row['after_weeks']}週", in_words(last))
    row = rule("duties", "maternity_counting", due)
    counting = by_rule(row, "日の数え方", "", "出産の日は産前に数える")
    return Figure((first, last), (before, after, counting))
