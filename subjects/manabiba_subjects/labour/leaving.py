"""The end of employment: `leaving` and `leaving_steps` give the days that follow a last day.

`average_wage`, `dismissal_allowance`, `pay_cut_limit` give yen, their namesakes ending in `_figure`
the steps as well; `indefinite_right_from` (無期転換) and `non_renewal_notice` (雇止めの予告) look
at contracts in a row.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_DOWN, Decimal
from fractions import Fraction
from itertools import pairwise
from math import floor

from ..derivation import Figure, Step, by_rule, yen
from ..periods import (
    add_months,
    day_after_months,
    days_after,
    end_of_month,
    in_words,
    months_after,
    months_from,
)
from ._rules import rule


@dataclass(frozen=True)
class Leaving:
    """What follows from the last day; `last_premium` is the end of the last month with premiums.

    How 5日以内 of `social_notice` is counted is unverified, and its steps say so.
    """

    loss: date
    last_premium: date
    social_notice: date
    employment_notice: date
    tax_slip: date
    steps: tuple[Step, ...]


@dataclass(frozen=True)
class LeavingStep:
    """A step of leaving in its order, its last day where the law names one, and its rules."""

    name: str
    due: date | None
    steps: tuple[Step, ...]


def leaving(last_day: date) -> Leaving:
    """The days after someone's last day (初日不算入); the offices are to be asked.

    >>> leaving(date(2026, 11, 30)).employment_notice
    datetime.date(2026, 12, 11)
    """
    loss = last_day + timedelta(days=1)
    row, social, counting, employment, slip = (
        rule("leaving", key, loss)
        for key in (
            "loss",
            "social_notice",
            "social_notice_counting",
            "employment_left",
            "tax_slip",
        )
    )
    premium = end_of_month(add_months(loss.replace(day=1), -1))
    social_by = days_after(loss, social.whole("days"))
    employment_by = days_after(loss, employment.whole("days"))
    slip_by = months_after(last_day, slip.whole("months"))
    has_premium = (premium.year, premium.month) == (last_day.year, last_day.month)
    told = "かかる" if has_premium else "かからない"
    return Leaving(
        loss,
        premium,
        social_by,
        employment_by,
        slip_by,
        (
            by_rule(row, "資格喪失の日", f"{in_words(last_day)}の翌日", in_words(loss)),
            by_rule(row, f"{last_day.month}月分の保険料", f"喪失は{in_words(loss)}", told),
            by_rule(social, "社会保険の喪失届", f"{social['days']}日以内", in_words(social_by)),
            by_rule(counting, "日の数え方", "", "喪失の日を数えない"),
            by_rule(
                employment,
                "雇用保険の喪失届",
                f"{in_words(loss)}の翌日から{employment['days']}日以内",
                in_words(employment_by),
            ),
            by_rule(slip, "源泉徴収票", f"{slip['months']}か月以内", in_words(slip_by)),
        ),
    )


def leaving_steps(
    last_day: date, *, is_dismissal: bool = False, requested_on: date | None = None
) -> tuple[LeavingStep, ...]:
    """The steps of leaving in their order, dated; a dismissal begins with its notice.

    `requested_on` is the day on which someone asked for wages and belongings (23条); it adds one.

    >>> [str(step.due) for step in leaving_steps(date(2026, 11, 30)) if step.due]
    ['2026-12-06', '2026-12-11', '2026-12-31']
    """
    days = leaving(last_day)
    order = rule("leaving", "steps", last_day)
    first, pay, social, employment, slip, certificate = order.words("steps")
    loss, premium, social_step, counting, employment_step, slip_step = days.steps
    if is_dismissal:
        row = rule("leaving", "notice", last_day)
        by = last_day - timedelta(days=row.whole("days"))
        step = by_rule(row, "解雇の予告", f"{in_words(last_day)}の{row['days']}日前", in_words(by))
        start = LeavingStep("解雇を予告する", by, (step,))
    else:
        start = LeavingStep(first, None, (by_rule(order, first, "", "日付と理由を確かめる"),))
    found = [start, LeavingStep(pay, None, (by_rule(order, pay, "", "退職の日までに"),))]
    if requested_on is not None:
        row = rule("leaving", "return", requested_on)
        by = days_after(requested_on, row.whole("days"))
        step = by_rule(
            row, "請求から", f"{in_words(requested_on)}の{row['days']}日後", in_words(by)
        )
        found.append(LeavingStep("賃金と金品を返す", by, (step,)))
    row = rule("leaving", "certificate", last_day)
    return (
        *found,
        LeavingStep(social, days.social_notice, (loss, premium, social_step, counting)),
        LeavingStep(employment, days.employment_notice, (loss, employment_step)),
        LeavingStep(slip, days.tax_slip, (slip_step,)),
        LeavingStep(certificate, None, (by_rule(row, "退職の証明", "", row.note),)),
    )


def average_wage(wages: int, calendar_days: int) -> Decimal:
    """The average wage of a day (12条), below a sen cut off (unverified)."""
    if calendar_days <= 0:
        raise ValueError("暦日数を1日以上で入れてください。")
    return (Decimal(wages) / calendar_days).quantize(Decimal("0.01"), ROUND_DOWN)


def average_wage_figure(wages: int, calendar_days: int, on: date) -> Figure[Decimal]:
    """`average_wage` with its steps; that a sen is cut off is unverified, so it is not certain."""
    value = average_wage(wages, calendar_days)
    law, rounding = rule("leaving", "average", on), rule("leaving", "average_rounding", on)
    working = f"直前{law['months']}か月の賃金{yen(wages)}÷暦日{calendar_days}日"
    return Figure(
        value,
        (
            by_rule(law, "平均賃金", working, yen(Fraction(wages, calendar_days))),
            by_rule(rounding, "端数", "銭未満切捨て", yen(value)),
        ),
    )


def dismissal_allowance(average: Decimal, notified_on: date | None, last_day: date) -> int:
    """解雇予告手当 for the days that lack of 30, the day of notice not counted, cut to the yen.

    >>> dismissal_allowance(Decimal("7173.91"), None, date(2026, 11, 30))
    215217
    """
    return int(average * _lacking_days(notified_on, last_day))


def dismissal_allowance_figure(
    average: Figure[Decimal], notified_on: date | None, last_day: date
) -> Figure[int]:
    """`dismissal_allowance` with its steps, those of the average wage first."""
    row = rule("leaving", "notice", last_day)
    lacking = _lacking_days(notified_on, last_day)
    amount = dismissal_allowance(average.value, notified_on, last_day)
    given = "予告なし" if notified_on is None else f"{in_words(notified_on)}に予告"
    return Figure(
        amount,
        (
            *average.steps,
            by_rule(row, "足りない日数", f"{given}、予告の日は数えない", f"{lacking}日"),
            by_rule(row, "解雇予告手当", f"{yen(average.value)}×{lacking}日", yen(amount)),
        ),
    )


def pay_cut_limit(average: Decimal, on: date) -> int:
    """The most that one 減給 may take: half an average day's wage (91条)."""
    return floor(Fraction(average) * rule("leaving", "pay_cut", on).share("once"))


def pay_cut_figure(average: Figure[Decimal], on: date) -> Figure[int]:
    """`pay_cut_limit` with its steps, those of the average wage first."""
    row = rule("leaving", "pay_cut", on)
    limit = pay_cut_limit(average.value, on)
    step = by_rule(row, "減給1回の上限", f"{yen(average.value)}×{row.share('once')}", yen(limit))
    return Figure(limit, (*average.steps, step))


def indefinite_right_from(contracts: Sequence[tuple[date, date]]) -> date | None:
    """The first day of the contract that passes five years in all (労働契約法18条), or None."""
    for before, after in pairwise(contracts):
        if (after[0] - before[1]).days != 1:
            raise ValueError("契約の間に空白があります。社会保険労務士に相談してください。")
    if not contracts:
        return None
    years = rule("leaving", "indefinite", contracts[-1][1]).whole("years")
    limit = day_after_months(contracts[0][0], 12 * years)
    return next((first for first, last in contracts if last >= limit), None)


def non_renewal_notice(contracts: Sequence[tuple[date, date]]) -> Figure[date] | None:
    """The last day for telling that a contract is not renewed (雇止め), or None where none is due.

    Due after three renewals or more than a year; unverified, as its step says.
    """
    if not contracts:
        return None
    last = contracts[-1][1]
    row = rule("leaving", "non_renewal", last)
    renewals = len(contracts) - 1
    long = last > months_from(contracts[0][0], 12 * row.whole("years"))
    if renewals < row["renewals"] and not long:
        return None
    by = last - timedelta(days=row.whole("days"))
    working = f"更新{renewals}回、満了{in_words(last)}の{row['days']}日前"
    return Figure(by, (by_rule(row, "雇止めの予告", working, in_words(by)),))


def _lacking_days(notified_on: date | None, last_day: date) -> int:
    given = (last_day - notified_on).days if notified_on is not None else 0
    if given < 0:
        raise ValueError("予告の日は、退職の日より前にしてください。")
    return max(0, rule("leaving", "notice", last_day).whole("days") - given)
