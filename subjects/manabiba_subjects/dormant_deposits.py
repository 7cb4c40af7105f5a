"""Dormant deposits (休眠預金等): when a deposit becomes one, and a group's own part of a grant."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from math import ceil

from .dated_table import dated_tables
from .derivation import Figure, Step, by_convention, by_rule, yen
from .periods import LAW, in_words, months_after


@dataclass(frozen=True)
class GrantFunding:
    """A project's yen: the group's own funds (自己資金) and the grant (助成)."""

    own_funds: int
    grant: int
    steps: tuple[Step, ...]


def ten_years_end(last_moved_on: date) -> Figure[date]:
    """The day with whose end ten years have passed since a deposit last moved (2条6項).

    From the next day on it is a dormant deposit; its owner can still claim its money from the
    預金保険機構 (7条2項). Raises OutsideTableError for a movement before 2009-01-01.

    >>> ten_years_end(date(2016, 5, 10)).value
    datetime.date(2026, 5, 10)
    """
    row = dated_tables("dormant_deposits.toml")["dormancy"].at(last_moved_on)
    years = row.whole("years")
    last = months_after(last_moved_on, 12 * years)
    working = f"最後の異動{in_words(last_moved_on)}の翌日から{years}年(初日不算入、{LAW})"
    return Figure(last, (by_rule(row, "10年の経過", working, f"{in_words(last)}の経過後"),))


def share_funding(total: int, *, own_rate: Fraction) -> GrantFunding:
    """Own funds and grant of a project of `total` yen; own funds are rounded up to the yen.

    `own_rate` is always the caller's: how much a call (公募要領) asks for is not a fixed rule.
    Raises ValueError for a rate outside 0 … 1.

    >>> funding = share_funding(15_000_000, own_rate=Fraction(20, 100))
    >>> funding.own_funds, funding.grant
    (3000000, 12000000)
    """
    if total < 0:
        raise ValueError(f"事業費が{total:,}円です。0円以上にしてください。")
    if not 0 <= own_rate <= 1:
        raise ValueError("自己資金の割合は、0から1までにしてください。")
    own = ceil(total * own_rate)
    rule = "割合は仮定。募集のたびに公募要領で確かめる"
    steps = (
        by_convention("自己資金", f"{yen(total)}×{own_rate}(円未満切上げ)", yen(own), rule),
        by_convention("助成", f"{yen(total)}-{yen(own)}", yen(total - own), rule),
    )
    return GrantFunding(own, total - own, steps)
