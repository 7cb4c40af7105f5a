"""Four things people say about leaving that are wrong (L2-11): `examine_claim(claim, on)`."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from ..derivation import Verdict, by_rule
from ._rules import rule


class Claim(StrEnum):
    """What people say, in their words."""

    TRIAL = "試用期間中は社会保険に入れない"
    TAX_SLIP = "退職者の源泉徴収票は年明けに渡す"
    ALLOWANCE = "予告手当は基本給の30日分"
    WORK_RULES = "パート10人だが常勤2人なので就業規則は不要"


def examine_claim(claim: Claim, on: date) -> Verdict:
    """Whether a claim holds, and the rule it is measured by. None of the four does.

    >>> [examine_claim(claim, date(2026, 11, 24)).holds for claim in Claim]
    [False, False, False, False]
    """
    if claim is Claim.TRIAL:
        row = rule("leaving", "trial_insurance", on)
        told = row.note
    elif claim is Claim.TAX_SLIP:
        row = rule("leaving", "tax_slip", on)
        told = f"退職の後{row['months']}か月以内に渡す"
    elif claim is Claim.ALLOWANCE:
        row = rule("leaving", "notice", on)
        told = f"平均賃金の{row['days']}日分以上"
    else:
        row = rule("leaving", "work_rules", on)
        told = f"パートも数える。常時{row['people']}人以上なら作成と届出の義務がある"
    return Verdict(False, (by_rule(row, "正しくは", str(claim), told),))
