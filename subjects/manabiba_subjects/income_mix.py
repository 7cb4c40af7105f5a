"""Where a group's income comes from (収入の構成): the shares of a year's 経常収益."""

from __future__ import annotations

from .proportion import RoundedShares, rounded_shares
from .statements import Statements


def income_parts(made: Statements) -> dict[str, int]:
    """会費, 寄附, 助成, 事業 and その他 in yen, by the headings of the 活動計算書."""
    return {block.title: block.total for block in made.activities.revenues}


def income_shares(made: Statements, *, places: int = 1) -> RoundedShares:
    """Each source's share of 経常収益計 in per cent, with a remark when they miss 100."""
    return rounded_shares(income_parts(made), places=places)
