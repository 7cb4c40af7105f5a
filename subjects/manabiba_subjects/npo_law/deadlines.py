"""Until when an NPO has to do what: 設立, 毎年の報告, 変更, 公告 (初日不算入、民法140条)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from ..dated_table import DatedRow
from ..derivation import Figure, Step, by_convention, by_rule
from ..periods import (
    LAW,
    add_months,
    days_after,
    in_words,
    months_after,
    months_from,
)
from ._rules import rule

ASK = "期間の末日が休日のときなど、実際の期限は所轄庁・法務局に確かめる"
"""What is said beside every deadline: closed days are not moved here."""


@dataclass(frozen=True)
class Incorporation:
    """The days of a foundation that follow from the application and the certificate."""

    accepted_on: date
    correction: Figure[date]
    inspection: Figure[date]
    decision: Figure[date]
    decision_limit: Figure[date]
    registration: Figure[date] | None
    lapse: Figure[date] | None


def incorporation(
    accepted_on: date, *, certificate_arrived_on: date | None = None, in_yokohama: bool = True
) -> Incorporation:
    """Every deadline of a foundation, counted from the day on which the papers were accepted.

    `decision` is the city's (45 days) or, outside Yokohama, the limit of the Act (two months).
    Registration and lapse (登記をしないと認証が取り消されうる日) follow once the certificate came.

    >>> days = incorporation(date(2026, 12, 1), certificate_arrived_on=date(2027, 1, 25))
    >>> [str(day.value) for day in (days.correction, days.inspection, days.decision)]
    ['2026-12-08', '2026-12-15', '2027-01-29']
    """
    correction = _counted(rule("deadlines", "correction", accepted_on), "補正", accepted_on)
    inspection = inspection_ends(accepted_on)
    ended = inspection.value
    limit = _counted(rule("deadlines", "decision", accepted_on), "決定(法律の上限)", ended)
    city = _counted(rule("deadlines", "decision_city", accepted_on), "決定(横浜市)", ended)
    registration = lapse = None
    if certificate_arrived_on is not None:
        came = certificate_arrived_on
        registration = _counted(rule("deadlines", "registration", came), "設立の登記", came)
        lapse = _counted(rule("deadlines", "lapse", came), "登記がないときの取消し", came)
    return Incorporation(
        accepted_on=accepted_on,
        correction=correction,
        inspection=inspection,
        decision=city if in_yokohama else limit,
        decision_limit=limit,
        registration=registration,
        lapse=lapse,
    )


def inspection_ends(accepted_on: date) -> Figure[date]:
    """The last day of the public inspection (縦覧), by the law of the day of acceptance.

    Two weeks; one month for what was accepted before 2021-06-09, as old pages still say.

    >>> inspection_ends(date(2021, 6, 8)).value, inspection_ends(date(2021, 6, 9)).value
    (datetime.date(2021, 7, 8), datetime.date(2021, 6, 23))
    """
    return _counted(rule("deadlines", "inspection", accepted_on), "縦覧", accepted_on)


def comes_into_existence(registered_on: date) -> Figure[date]:
    """The day on which the corporation exists: that of its registration (13条1項)."""
    row = rule("deadlines", "existence", registered_on)
    step = by_rule(row, "法人の成立", "設立の登記をした日", in_words(registered_on))
    return Figure(registered_on, (step,))


def annual_report(fiscal_year_end: date) -> Figure[date]:
    """The day by which 事業報告書等 are made, kept and handed in: three months into the next year.

    >>> annual_report(date(2026, 3, 31)).value
    datetime.date(2026, 6, 30)
    """
    row = rule("deadlines", "report", fiscal_year_end)
    first = fiscal_year_end + timedelta(days=1)
    months = row.whole("months")
    last = months_from(first, months)
    working = f"翌事業年度の初日{in_words(first)}から{months}か月以内"
    return Figure(last, (by_rule(row, "事業報告書等の提出", working, in_words(last)), _ask()))


def keep_reports_until(made_on: date, fiscal_year_end: date) -> Figure[date]:
    """The last day of keeping 事業報告書等: the end of the year in which five years have passed.

    `fiscal_year_end` is any end of the organisation's fiscal year.
    """
    row = rule("deadlines", "keeping", made_on)
    years = row.whole("years")
    passed = add_months(made_on, 12 * years)
    end = add_months(fiscal_year_end, 12 * (passed.year - fiscal_year_end.year))
    if end < passed:
        end = add_months(end, 12)
    working = f"{in_words(made_on)}の作成から{years}年がたつ{in_words(passed)}を含む事業年度の末日"
    return Figure(end, (by_rule(row, "備置き", working, in_words(end)),))


def change_registration(changed_on: date) -> Figure[date]:
    """The last day for registering a change, such as a new 代表理事: two weeks."""
    return _counted(rule("deadlines", "change", changed_on), "変更の登記", changed_on)


def posting_until(posted_on: date) -> Figure[date]:
    """The last day on which a 貸借対照表 posted at the main office has to hang: one year."""
    row = rule("deadlines", "posting", posted_on)
    years = row.whole("years")
    last = months_after(posted_on, 12 * years)
    return Figure(
        last, (by_rule(row, "掲示による公告", f"{years}年間の継続", in_words(last)), _ask())
    )


def latest_notice(meeting_on: date) -> Figure[date]:
    """The last day for sending the notice of a 総会 (14条の4: 5日前まで).

    Counted on the safe side: five whole days between the notice and the meeting.
    """
    row = rule("meetings", "notice", meeting_on)
    days = row.whole("days")
    last = meeting_on - timedelta(days=days + 1)
    return Figure(
        last,
        (
            by_rule(row, "招集の通知", f"会日{in_words(meeting_on)}の少なくとも{days}日前", ""),
            by_convention(
                "数え方",
                f"通知する日と会日を数えず、間に{days}日おく",
                in_words(last),
                "安全側の取り決め。定款と所轄庁の案内を確かめる",
            ),
        ),
    )


def reduction_application(today: date) -> Figure[date]:
    """The next day by which Yokohama is asked to waive 均等割: 30 April, whatever the fiscal year.

    >>> reduction_application(date(2026, 11, 30)).value
    datetime.date(2027, 4, 30)
    """
    row = rule("deadlines", "reduction", today)
    last = date(today.year, row.whole("month"), row.whole("day"))
    if last < today:
        last = last.replace(year=today.year + 1)
    step = by_rule(row, "均等割の減免の申請", "決算の月によらず4月末日", in_words(last))
    return Figure(last, (step,))


def approval_ends(approved_on: date, *, is_special: bool) -> Figure[date]:
    """The last day of 認定 (five years) or 特例認定 (`is_special`: three years)."""
    row = rule("deadlines", "special_approval" if is_special else "approval", approved_on)
    years = row.whole("years")
    last = months_from(approved_on, 12 * years)
    name = "特例認定" if is_special else "認定"
    working = f"{name}の日{in_words(approved_on)}から{years}年"
    return Figure(last, (by_rule(row, f"{name}の有効期間", working, in_words(last)), _ask()))


def _counted(row: DatedRow, what: str, event: date) -> Figure[date]:
    if "days" in row.values:
        length, last = f"{row.whole('days')}日", days_after(event, row.whole("days"))
    else:
        length, last = f"{row.whole('months')}か月", months_after(event, row.whole("months"))
    working = f"{in_words(event)}の翌日から{length}(初日不算入、{LAW})"
    return Figure(last, (by_rule(row, what, working, in_words(last)), _ask()))


def _ask() -> Step:
    return by_convention("確かめること", "", ASK, "教材の数え方")
