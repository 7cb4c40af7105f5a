"""Which form an organisation can take: NPO法人, 一般社団法人, 任意団体."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import Enum

from ..derivation import Step, Verdict, by_rule
from ._rules import rule


class Form(Enum):
    """A form of organisation; its value is the key of its table."""

    NPO = "npo"
    ASSOCIATION = "association"
    VOLUNTARY = "voluntary"

    @property
    def label(self) -> str:
        """Its name in Japanese."""
        return {"npo": "NPO法人", "association": "一般社団法人", "voluntary": "任意団体"}[
            self.value
        ]


@dataclass(frozen=True)
class Group:
    """Who wants to found something: people with a vote, and in how many days it is needed.

    `in_fields` says whether what they do is one of the 20 fields and for many and unspecified.
    """

    people: int
    days: int | None = None
    needs_legal_person: bool = False
    in_fields: bool = True


def can_take(form: Form, group: Group, on: date) -> Verdict:
    """Whether a group can take a form, by people, time, fields; 期間 and 一般社団の人数 are 未確認.

    >>> four = Group(people=4, days=30, needs_legal_person=True)
    >>> [can_take(form, four, date(2026, 11, 24)).holds for form in Form]
    [False, True, False]
    """
    row = rule("forms", form.value, on)
    least = row.whole("people")
    enough = group.people >= least
    told = "足りる" if enough else "足りない"
    steps: list[Step] = [
        by_rule(row, "人数", f"{group.people}人、{form.label}は{least}人以上", told)
    ]
    holds = enough
    if form is Form.VOLUNTARY:
        if group.needs_legal_person:
            holds = False
            steps.append(by_rule(row, "法人格", "必要", "任意団体には法人格がない"))
        return Verdict(holds, tuple(steps))
    if group.days is not None:
        time = rule("forms", f"{form.value}_time", on)
        in_time = group.days >= time.whole("days")
        holds = holds and in_time
        working = f"{group.days}日後に必要、目安は{time.whole('days')}日ほど"
        steps.append(by_rule(time, "期間", working, "間に合う" if in_time else "間に合わない"))
    if form is Form.NPO and not group.in_fields:
        holds = False
        fields = rule("forms", "fields", on)
        steps.append(by_rule(fields, "活動の分野", "", "20の分野に当てはまらない"))
    return Verdict(holds, tuple(steps))
