"""解雇: `may_dismiss` (19条), `dismissal_ban_until`, `needs_notice` (20条・21条)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import Enum, StrEnum

from ..derivation import Figure, Step, Verdict, by_rule
from ..periods import days_after, in_words, months_from
from ._rules import rule


class Employment(StrEnum):
    """How someone is employed, as far as the notice depends on it (21条)."""

    USUAL = "ふつうの雇用"
    DAILY = "日々雇い入れられる人"
    SHORT = "短い期間を定めた人"
    SEASONAL = "季節の仕事に期間を定めた人"
    TRIAL = "試用期間中の人"


class Reason(Enum):
    """Why someone is dismissed at once; its value is the place of its words in the table (20条)."""

    DISASTER = 0
    FAULT = 1


@dataclass(frozen=True)
class Dismissal:
    """A dismissal; `term_ends` is the end agreed at first of a short or seasonal employment.

    `reason` counts only when the office confirmed it (`is_confirmed`: 労働基準監督署の認定).
    """

    hired_on: date
    last_day: date
    employment: Employment = Employment.USUAL
    term_ends: date | None = None
    reason: Reason | None = None
    is_confirmed: bool = False


def needs_notice(dismissal: Dismissal) -> Verdict:
    """Whether notice of 30 days or the allowance is due; the ban of 19条 is another matter.

    >>> trial = Dismissal(date(2026, 11, 1), date(2026, 11, 14), Employment.TRIAL)
    >>> needs_notice(trial).holds
    False
    """
    on = dismissal.last_day
    if dismissal.hired_on > on:
        raise ValueError("退職の日は、雇い入れた日より後にしてください。")
    if dismissal.reason is not None:
        row = rule("leaving", "exceptions", on)
        name = row.words("reasons")[dismissal.reason.value]
        told = "要らない(認定を受けた)" if dismissal.is_confirmed else f"要る({row.note})"
        return Verdict(not dismissal.is_confirmed, (by_rule(row, "予告", name, told),))
    notice = rule("leaving", "notice", on)
    due = f"{notice['days']}日前の予告か、足りない日数分の平均賃金"
    if dismissal.employment is Employment.USUAL:
        return Verdict(True, (by_rule(notice, "予告", str(dismissal.employment), due),))
    free, until = _free_until(dismissal)
    working = f"{in_words(dismissal.hired_on)}から{in_words(on)}まで、{until}"
    row = rule("leaving", "exempt", on)
    steps: list[Step] = [
        by_rule(row, str(dismissal.employment), working, "超えない" if on <= free else "超える")
    ]
    if on <= free:
        return Verdict(False, tuple(steps))
    return Verdict(True, (*steps, by_rule(notice, "予告", "続けて使われている", due)))


def dismissal_ban_until(absence_ends: date) -> Figure[date]:
    """The last day on which nobody may be dismissed after an absence that 19条 protects.

    The absence is one for an injury or illness from work, or before and after a birth.

    >>> dismissal_ban_until(date(2026, 11, 30)).value
    datetime.date(2026, 12, 30)
    """
    row = rule("leaving", "ban", absence_ends)
    until = days_after(absence_ends, row.whole("days"))
    working = f"休業の終わり{in_words(absence_ends)}の後{row['days']}日"
    return Figure(until, (by_rule(row, "解雇の制限", working, in_words(until)),))


def may_dismiss(on: date, absence: tuple[date, date] | None) -> Verdict:
    """Whether 19条 allows a dismissal on a day; None: it is possible, its reason has to be asked.

    Whether the reason is good enough (労働契約法16条) is for a lawyer or 社会保険労務士, so it is
    never a plain yes. The exceptions of 19条1項ただし書 are not looked at.
    """
    if absence is not None:
        until = dismissal_ban_until(absence[1])
        if absence[0] <= on <= until.value:
            return Verdict(False, until.steps)
    row = rule("leaving", "abuse", on)
    return Verdict(None, (by_rule(row, "解雇の理由", "", row.note),))


def _free_until(dismissal: Dismissal) -> tuple[date, str]:
    """The last day without notice, and in words what it is."""
    row = rule("leaving", "exempt", dismissal.last_day)
    if dismissal.employment is Employment.TRIAL:
        days = row.whole("trial_days")
        return days_after(dismissal.hired_on, days - 1), f"{days}日まで"
    if dismissal.employment is Employment.DAILY:
        months = row.whole("daily_months")
        return months_from(dismissal.hired_on, months), f"{months}か月まで"
    if dismissal.term_ends is None:
        raise ValueError("初めに決めた期間の終わりを入れてください。")
    key = "short_months" if dismissal.employment is Employment.SHORT else "seasonal_months"
    longest = months_from(dismissal.hired_on, row.whole(key))
    if dismissal.term_ends > longest:
        raise ValueError(f"初めの期間は{row[key]}か月以内の人だけです。ふつうの雇用として見ます。")
    return dismissal.term_ends, f"初めの期間{in_words(dismissal.term_ends)}まで"
