"""就業規則: `work_rules_duty(workplaces, on)` by workplace, its steps, and two wrong beliefs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from ..derivation import Step, Verdict, by_rule
from ._rules import rule


@dataclass(frozen=True)
class Workplace:
    """A workplace (事業場) and the people who usually work there; part-timers count alike."""

    name: str
    full_time: int
    part_time: int = 0


def work_rules_duty(workplaces: Sequence[Workplace], on: date) -> Verdict:
    """Whether work rules have to be made and handed in for one of the workplaces (89条).

    >>> places = [Workplace("本部", 6), Workplace("放課後教室", 5)]
    >>> work_rules_duty(places, date(2026, 11, 24)).holds
    False
    """
    row = rule("leaving", "work_rules", on)
    steps = []
    found = False
    for place in workplaces:
        people = place.full_time + place.part_time
        duty = people >= row["people"]
        found = found or duty
        working = f"{place.full_time}人+パート{place.part_time}人={people}人"
        told = "作成と届出の義務がある" if duty else "義務はない(作っておくのはよいこと)"
        steps.append(by_rule(row, place.name, working, told))
    return Verdict(found, tuple(steps))


def work_rules_steps(on: date) -> tuple[str, ...]:
    """What is done with work rules, in its order."""
    return rule("duties", "work_rules_steps", on).words("steps")


def need_consent(on: date) -> Verdict:
    """Whether work rules need the workers' consent: their opinion is heard (90条)."""
    return _denied("work_rules_opinion", "労働者の同意", on)


def may_be_locked_away(on: date) -> Verdict:
    """Whether work rules may lie in a safe: they are made known (106条)."""
    return _denied("work_rules_known", "金庫にしまう", on)


def _denied(key: str, label: str, on: date) -> Verdict:
    row = rule("duties", key, on)
    step: Step = by_rule(row, label, "", row.note)
    return Verdict(False, (step,))
