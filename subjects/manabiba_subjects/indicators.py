"""Indicators (指標) that help to read the statements."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from .accounts import Nature
from .statements import Statements


@dataclass(frozen=True)
class Indicators:
    """Unrounded ratios; None where there is nothing to divide by."""

    programme_ratio: Decimal | None
    management_ratio: Decimal | None
    current_ratio: Decimal | None
    net_assets_ratio: Decimal | None
    months_of_cash: Decimal | None


def indicators(made: Statements) -> Indicators:
    """The indicators of a year.

    事業費比率 and 管理費比率 (of 経常費用計), 流動比率 (流動資産 ÷ 流動負債), 正味財産比率
    (of 資産合計); 手元資金の月数: cash and deposits ÷ a month's costs, less those not paid
    (減価償却費, 施設等評価費用 …; see Nature.NON_CASH).
    """
    activities, sheet = made.activities, made.balance_sheet
    costs = activities.cost_total
    return Indicators(
        programme_ratio=_ratio(activities.programme.total, costs),
        management_ratio=_ratio(activities.management.total, costs),
        current_ratio=_ratio(sheet.current_assets.total, sheet.current_liabilities.total),
        net_assets_ratio=_ratio(sheet.net_assets, sheet.assets),
        months_of_cash=_ratio(12 * cash_and_deposits(made), paid_costs(made)),
    )


def cash_and_deposits(made: Statements) -> int:
    """現金預金 at the end of the year, in yen."""
    rows = made.balance_sheet.current_assets.rows + made.balance_sheet.fixed_assets.rows
    return sum(row.yen for row in rows if row.account.nature is Nature.CASH)


def paid_costs(made: Statements) -> int:
    """経常費用計 without what is not paid in money, in yen."""
    costs = (made.activities.programme, made.activities.management)
    rows = [row for part in costs for row in part.personnel.rows + part.other.rows]
    return sum(row.yen for row in rows if row.account.nature is not Nature.NON_CASH)


def rounded(value: Decimal, places: int) -> Decimal:
    """A value rounded half up (四捨五入) to a number of decimal places.

    >>> rounded(Decimal("0.79102"), 3)
    Decimal('0.791')
    """
    return value.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)


def _ratio(part: int, whole: int) -> Decimal | None:
    return Decimal(part) / Decimal(whole) if whole else None
