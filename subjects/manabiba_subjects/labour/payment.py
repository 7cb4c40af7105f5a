"""賃金の支払い (24条): `payment_principles(on)`, and `may_deduct(name, has_agreement=…, on=…)`."""

from __future__ import annotations

from datetime import date

from ..derivation import Step, Verdict, by_rule
from ._rules import rule


def payment_principles(on: date) -> dict[str, Step]:
    """The five principles, each with its rule.

    >>> len(payment_principles(date(2026, 11, 24)))
    5
    """
    row = rule("duties", "payment", on)
    return {name: by_rule(row, "原則", "", name) for name in row.words("principles")}


def may_deduct(name: str, *, has_agreement: bool, on: date) -> Verdict:
    """Whether something may be taken off the wages: what law names, else by a written agreement.

    >>> may_deduct("弁当代", has_agreement=False, on=date(2026, 11, 24)).holds
    False
    """
    row = rule("duties", "payment", on)
    if name in row.words("by_law"):
        return Verdict(True, (by_rule(row, name, "法令で決まっている", "差し引ける"),))
    working = "書面の協定がある" if has_agreement else "書面の協定がない"
    told = "差し引ける" if has_agreement else f"差し引けない({row.note})"
    return Verdict(has_agreement, (by_rule(row, name, working, told),))
