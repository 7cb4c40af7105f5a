"""What an NPO may be for and where its money may go: the 20 fields, the limits, 非営利."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from enum import StrEnum

from ..derivation import Verdict, by_rule
from ._rules import rule


class Cause(StrEnum):
    """What an activity is for, as far as 2条2項 and 3条 limit it."""

    POLICY_PROPOSAL = "政策の提言"
    RELIGION = "宗教の教義を広めるなどの宗教活動"
    POLITICS = "政治上の主義の推進・支持・反対"
    CANDIDATE = "特定の公職の候補者・公職者・政党の推薦・支持・反対"
    OTHER = "そのほか"


class Weight(StrEnum):
    """How much of the organisation's purpose it is."""

    NO_AIM = "目的ではない"
    SIDE_AIM = "目的の一つ"
    MAIN_AIM = "主たる目的"


class Use(StrEnum):
    """What is done with the profit of その他の事業."""

    ACTIVITIES = "特定非営利活動のために使う"
    SHARE = "会員や役員で分ける"


def may_pursue(cause: Cause, weight: Weight, on: date) -> Verdict:
    """Whether an NPO may do this: religion and politics never as the main aim, elections at all.

    >>> may_pursue(Cause.CANDIDATE, Weight.SIDE_AIM, date(2026, 11, 24)).holds
    False
    """
    row, limit = {
        Cause.RELIGION: (rule("people", "religion", on), Weight.MAIN_AIM),
        Cause.POLITICS: (rule("people", "politics", on), Weight.MAIN_AIM),
        Cause.CANDIDATE: (rule("people", "candidate", on), Weight.SIDE_AIM),
    }.get(cause, (rule("people", "party", on), None))
    order = list(Weight)
    holds = limit is None or order.index(weight) < order.index(limit)
    result = "できる" if holds else f"できない({row.note})"
    return Verdict(holds, (by_rule(row, str(cause), str(weight), result),))


def may_use_surplus(use: Use, on: date) -> Verdict:
    """Whether the profit of その他の事業 may go there: for the main activities alone (5条1項).

    >>> [may_use_surplus(use, date(2026, 11, 24)).holds for use in Use]
    [True, False]
    """
    row = rule("people", "surplus", on)
    holds = use is Use.ACTIVITIES
    result = "できる" if holds else f"できない({row.note})"
    return Verdict(holds, (by_rule(row, "その他の事業の利益", str(use), result),))


def may_receive_residual(recipient: str, on: date) -> Verdict:
    """Whether the articles may name it as who gets what is left at the end (残余財産、11条3項).

    >>> may_receive_residual("社会福祉法人", date(2026, 11, 24)).holds
    True
    """
    row = rule("procedures", "residual", on)
    allowed = row.words("recipients")
    holds = recipient in allowed
    result = "できる" if holds else f"次のうちから選ぶ: {'、'.join(allowed)}"
    return Verdict(holds, (by_rule(row, "残余財産の帰属先", f"「{recipient}」", result),))


def fields_of_activity(on: date) -> Mapping[int, str]:
    """The 20 fields of 特定非営利活動 (別表) by their numbers.

    >>> fields_of_activity(date(2026, 11, 24))[7]
    '環境の保全'
    """
    return dict(enumerate(rule("forms", "fields", on).words("names"), start=1))
