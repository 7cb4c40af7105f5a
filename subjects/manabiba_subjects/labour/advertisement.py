"""求人票: `find_advertisement_errors(advertisement, on)` names what no advertisement may say."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from ..derivation import Step, by_rule, yen
from ..minimum_wage import minimum_wage
from ._rules import rule


@dataclass(frozen=True)
class Advertisement:
    """What a job advertisement says; `hourly_wage` is the lowest, also for a time of training."""

    hourly_wage: int | None = None
    pays_overtime_by_hours: bool = True
    gives_part_timers_leave: bool = True


def find_advertisement_errors(advertisement: Advertisement, on: date) -> tuple[Step, ...]:
    """Each thing that the law does not allow, with its article.

    >>> [step.label for step in find_advertisement_errors(Advertisement(1_278), date(2026, 10, 1))]
    ['賃金']
    """
    errors: list[Step] = []
    wage = minimum_wage(on)
    if advertisement.hourly_wage is not None and advertisement.hourly_wage < wage:
        row = rule("hiring", "advertised_wage", on)
        lacking = wage - advertisement.hourly_wage
        working = f"{yen(advertisement.hourly_wage)}と最低賃金{yen(wage)}"
        errors.append(by_rule(row, "賃金", working, f"{yen(lacking)}不足({row.note})"))
    if not advertisement.pays_overtime_by_hours:
        row = rule("hiring", "advertised_premium", on)
        errors.append(by_rule(row, "残業代", "", row.note))
    if not advertisement.gives_part_timers_leave:
        row = rule("hiring", "advertised_leave", on)
        errors.append(by_rule(row, "有給休暇", "", row.note))
    return tuple(errors)
