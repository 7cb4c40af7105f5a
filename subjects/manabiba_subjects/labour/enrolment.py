"""Who is insured on a day: `in_social_insurance`, `in_employment_insurance`, `may_be_dependant`.

`wage_test_at_minimum` shows why 月額8.8万円 became moot.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from ..dated_table import dated_tables
from ..derivation import Step, Verdict, by_rule, yen
from ..minimum_wage import minimum_wage
from ..periods import in_words
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


@dataclass(frozen=True)
class MootWageTest:
    """Why 月額8.8万円 became moot: what the minimum wage gives, and the wage that reaches it."""

    monthly: int
    limit: int
    needed_hourly: int
    steps: tuple[Step, ...]

    @property
    def is_moot(self) -> bool:
        """Whether nobody with these hours could be below the limit."""
        return self.monthly >= self.limit


def wage_test_at_minimum(weekly_hours: int, on: date) -> MootWageTest:
    """The month's wage at the minimum wage of a day, against the limit that ended 2026-09-30.

    >>> test = wage_test_at_minimum(20, date(2026, 10, 1))
    >>> test.monthly, test.limit, test.needed_hourly
    (110846, 88000, 1016)
    """
    if weekly_hours < 1:
        raise ValueError("週の時間を1時間以上で入れてください。")
    row = rule("enrolment", "year_to_month", on)
    wage = minimum_wage(on)
    limit_row = next(
        row for row in dated_tables("labour/enrolment.toml")["wage"].rows if row["yen"]
    )
    limit = limit_row.whole("yen")
    monthly = wage * weekly_hours * row.whole("weeks") // row.whole("months")
    needed = -(-limit * row.whole("months") // (weekly_hours * row.whole("weeks")))
    formula = f"{weekly_hours}時間×{row['weeks']}週÷{row['months']}か月"
    reached = needed * weekly_hours * row.whole("weeks") // row.whole("months")
    return MootWageTest(
        monthly,
        limit,
        needed,
        (
            by_rule(row, "最低賃金での月額", f"{yen(wage)}×{formula}", yen(monthly)),
            by_rule(limit_row, "要件だった月額", f"{in_words(limit_row.until)}まで", yen(limit)),
            by_rule(row, "届く時給", f"{yen(needed)}×{formula}={yen(reached)}", yen(needed)),
        ),
    )


def may_be_dependant(yearly_income: int, on: date) -> Verdict:
    """Whether the yearly income of the contract is below the limit for 被扶養者 (wages only).

    The other conditions of a dependant are not looked at.
    """
    row = rule("enrolment", "dependant", on)
    holds = yearly_income < row["below"]
    told = "下回る" if holds else "下回らない"
    working = f"{yen(yearly_income)}と{yen(row['below'])}"
    return Verdict(holds, (by_rule(row, "年収の見込み", working, told),))
