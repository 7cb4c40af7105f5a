"""How many members a meeting needs (会議の定足数): 定款変更, 解散, 臨時総会の請求."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from math import ceil

from ..dated_table import DatedRow
from ..derivation import Figure, Verdict, by_rule
from ._rules import rule


def needed_attendance(members: int, on: date) -> Figure[int]:
    """How many of all members have to attend when the articles are to be changed (25条)."""
    row = rule("meetings", "amendment", on)
    return _least(row, "定款変更に要る出席", members, row.share("attending"), "社員総数")


def needed_agreement(attending: int, on: date) -> Figure[int]:
    """How many of those who attend have to agree to a change of the articles (25条)."""
    row = rule("meetings", "amendment", on)
    return _least(row, "定款変更に要る賛成", attending, row.share("agreeing"), "出席者")


def can_amend(members: int, attending: int, agreeing: int, on: date) -> Verdict:
    """Whether a meeting changed the articles. Raises ValueError for impossible numbers."""
    if not 0 <= agreeing <= attending <= members:
        raise ValueError(
            f"社員{members}人、出席{attending}人、賛成{agreeing}人とあります。"
            "賛成は出席以下、出席は社員の数以下にしてください。"
        )
    attendance, agreement = needed_attendance(members, on), needed_agreement(attending, on)
    return Verdict(
        attending >= attendance.value and agreeing >= agreement.value,
        (*attendance.steps, *agreement.steps),
    )


def needed_for_dissolution(members: int, on: date) -> Figure[int]:
    """How many of all members have to agree to the end of the organisation (31条の2)."""
    row = rule("meetings", "dissolution", on)
    return _least(row, "解散に要る賛成", members, row.share("agreeing"), "総社員")


def needed_for_request(members: int, on: date) -> Figure[int]:
    """How many members together may ask for an extraordinary meeting (臨時総会の請求)."""
    row = rule("meetings", "request", on)
    return _least(row, "臨時総会を請求できる人数", members, row.share("share"), "社員総数")


def _least(row: DatedRow, label: str, of: int, share: Fraction, whole: str) -> Figure[int]:
    least = ceil(of * share)
    parts = f"{share.denominator}分の{share.numerator}"
    step = by_rule(row, label, f"{whole}{of}人の{parts}以上(端数は切り上げ)", f"{least}人以上")
    return Figure(least, (step,))
