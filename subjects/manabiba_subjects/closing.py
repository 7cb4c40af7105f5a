"""The entries of the closing adjustments (決算整理仕訳), and their reversal.

Each function gives an Entry without name and date; `dataclasses.replace` adds them.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from .fixed_assets import FixedAsset
from .journal import Entry, Line, Side


def prepay(expense: str, amount: int, *, department: str = "", asset: str = "前払費用") -> Entry:
    """前払費用: a cost paid in this year that belongs to the next.

    >>> [(line.side.value, line.account) for line in prepay("地代家賃", 62_000).lines]
    [('借方', '前払費用'), ('貸方', '地代家賃')]
    """
    return _entry(Line(Side.DEBIT, asset, amount), Line(Side.CREDIT, expense, amount, department))


def accrue_expense(
    expense: str, amount: int, *, department: str = "", liability: str = "未払金"
) -> Entry:
    """未払金・未払費用: a cost of this year that is paid in the next."""
    return _entry(
        Line(Side.DEBIT, expense, amount, department), Line(Side.CREDIT, liability, amount)
    )


def defer_revenue(revenue: str, amount: int, *, liability: str) -> Entry:
    """前受: revenue received in this year that belongs to the next, or may have to be returned."""
    return _entry(Line(Side.DEBIT, revenue, amount), Line(Side.CREDIT, liability, amount))


def accrue_revenue(revenue: str, amount: int, *, asset: str = "未収金") -> Entry:
    """未収: revenue of this year that is received in the next."""
    return _entry(Line(Side.DEBIT, asset, amount), Line(Side.CREDIT, revenue, amount))


def take_stock(expense: str, amount: int, *, department: str = "", asset: str = "貯蔵品") -> Entry:
    """貯蔵品: what was bought as a cost and is still there at the end of the year."""
    return prepay(expense, amount, department=department, asset=asset)


def depreciate(
    asset: FixedAsset,
    year_end: date,
    *,
    expense: str = "減価償却費",
    contra: str = "",
) -> Entry | None:
    """減価償却 of an asset in the fiscal year that ends on `year_end`; None when there is none.

    Written off the asset itself (直接法), or to `contra` (減価償却累計額) when it is given.
    """
    year = asset.year(year_end)
    if year is None:
        return None
    return _entry(
        Line(Side.DEBIT, expense, year.depreciation, asset.department),
        Line(Side.CREDIT, contra or asset.account, year.depreciation),
    )


def receive_in_kind(
    amount: int,
    *,
    department: str = "",
    expense: str = "施設等評価費用",
    revenue: str = "施設等受入評価益",
) -> Entry:
    """Facilities or work received free of charge: the same amount as cost and as revenue."""
    return _entry(Line(Side.DEBIT, expense, amount, department), Line(Side.CREDIT, revenue, amount))


def reverse(adjustment: Entry, *, on: date | None = None, name: str = "") -> Entry:
    """再振替仕訳: last year's adjustment with its sides exchanged, debits first."""
    lines = sorted(adjustment.swapped.lines, key=lambda line: line.side is Side.CREDIT)
    return replace(adjustment, lines=tuple(lines), on=on, name=name)


def _entry(debit: Line, credit: Line) -> Entry:
    return Entry((debit, credit))
