"""Members with a vote (社員): who counts, and whether there are enough."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from ..derivation import Step, Verdict, by_rule
from ._rules import rule


class Person(StrEnum):
    """Who belongs to an organisation, as far as the count of 社員 depends on it."""

    VOTING_MEMBER = "表決権のある会員(正会員)"
    SUPPORTING_MEMBER = "表決権のない賛助会員"
    EMPLOYEE = "職員"
    VOLUNTEER = "ボランティア"
    DONOR = "寄附者"


@dataclass(frozen=True)
class MemberTest(Verdict):
    """Whether there are enough 社員: how many they are, and how many more are needed."""

    members: int
    missing: int


def count_members(people: Mapping[Person, int], on: date) -> MemberTest:
    """Whether these people make enough members; only those with a vote count (12条1項4号).

    >>> test = count_members({Person.VOTING_MEMBER: 8, Person.EMPLOYEE: 5}, date(2026, 11, 24))
    >>> test.holds, test.missing
    (False, 2)
    """
    row = rule("people", "members", on)
    votes = rule("meetings", "votes", on)
    minimum = row.whole("minimum")
    members = people.get(Person.VOTING_MEMBER, 0)
    others = [f"{who}{count}人" for who, count in people.items() if who != Person.VOTING_MEMBER]
    missing = max(0, minimum - members)
    steps: list[Step] = [
        by_rule(
            votes,
            "社員に数える人",
            f"数えない人: {'、'.join(others)}" if others else "",
            f"総会で表決権を持つ会員{members}人",
        ),
        by_rule(
            row,
            "社員の数",
            f"{members}人、必要な数{minimum}人以上",
            f"あと{missing}人必要" if missing else "足りている",
        ),
    ]
    return MemberTest(not missing, tuple(steps), members, missing)
