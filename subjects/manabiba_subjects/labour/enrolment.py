"""Who is insured on a day: 社会保険 (健康保険・厚生年金) and 雇用保険."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from ..derivation import Verdict, by_rule
from ._rules import rule


@dataclass(frozen=True)
class Worker:
    """What the law asks about a worker; `monthly_wage` matters up to 2026-09-30."""

    weekly_hours: int
    is_student: bool = False
    monthly_wage: int | None = None
    expected_days: int = 365
    full_time_hours: int = 40
    is_officer: bool = False


def in_social_insurance(worker: Worker, insured_people: int, on: date) -> Verdict:
    """Whether a worker of an organisation with so many insured people is in 社会保険.

    The days of the month are taken to be in the same proportion as the hours.

    >>> in_social_insurance(Worker(22), 60, date(2026, 11, 24)).holds
    True
    """
    row = rule("enrolment", "regular", on)
    regular = worker.weekly_hours >= worker.full_time_hours * row.share("share")
    working = f"週{worker.weekly_hours}時間、通常は週{worker.full_time_hours}時間"
    steps = [by_rule(row, "4分の3以上か", working, "はい" if regular else "いいえ")]
    if regular:
        return Verdict(True, tuple(steps))
    size, hours, wage, student = (
        rule("enrolment", key, on) for key in ("size", "part_time", "wage", "student")
    )
    least = wage.whole("yen")
    if least and worker.monthly_wage is None:
        raise ValueError(f"{on}には賃金の要件があります。月額賃金を入れてください。")
    tests = [
        (size, f"{size['people']}人以上の事業所", insured_people >= size["people"]),
        (hours, f"週{hours['hours']}時間以上", worker.weekly_hours >= hours["hours"]),
        (
            wage,
            f"月額{least:,}円以上" if least else "賃金の要件",
            (worker.monthly_wage or 0) >= least,
        ),
        (student, "学生でない", not worker.is_student),
    ]
    steps += [by_rule(rule_, label, "", "はい" if met else "いいえ") for rule_, label, met in tests]
    return Verdict(all(met for _, _, met in tests), tuple(steps))


def in_employment_insurance(worker: Worker, on: date) -> Verdict:
    """Whether a worker is in 雇用保険; students and officers are unverified."""
    row = rule("enrolment", "employment", on)
    met = worker.weekly_hours >= row["hours"] and worker.expected_days >= row["days"]
    working = f"週{worker.weekly_hours}時間、雇用の見込み{worker.expected_days}日"
    steps = [by_rule(row, "時間と見込み", working, "満たす" if met else "満たさない")]
    for key, out in (("student", worker.is_student), ("officer", worker.is_officer)):
        if met and out:
            met = False
            steps.append(by_rule(rule("enrolment", f"employment_{key}", on), "除外", "", "対象外"))
    return Verdict(met, tuple(steps))
