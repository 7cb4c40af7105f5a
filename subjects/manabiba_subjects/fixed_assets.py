"""The register of fixed assets (固定資産台帳) and the note drawn from it (固定資産の増減内訳)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from .depreciation import DepreciationYear, depreciation_years


@dataclass(frozen=True)
class FixedAsset:
    """One asset. `life` is 耐用年数 in years, None for what is not depreciated (土地, 敷金).

    `department` is the id of the 部門 that bears the depreciation.
    """

    name: str
    account: str
    cost: int
    in_use_from: date
    life: int | None
    department: str = ""
    disposed_on: date | None = None

    def year(self, end: date) -> DepreciationYear | None:
        """Its depreciation in the fiscal year that ends on `end`; None when there is none.

        In the year of its disposal an asset is not depreciated: its opening book value is the loss.
        """
        if self.disposed_on is not None and self.disposed_on <= end:
            return None
        return next((year for year in self._years(end) if year.end == end), None)

    def accumulated(self, end: date) -> int:
        """減価償却累計額 in yen at the end of the fiscal year that ends on `end`."""
        return sum(year.depreciation for year in self._years(end) if year.end <= end)

    def book_value(self, end: date) -> int:
        """帳簿価額 in yen at the end of the fiscal year; 0 when it is not there."""
        if self.in_use_from > end or (self.disposed_on is not None and self.disposed_on <= end):
            return 0
        return self.cost - self.accumulated(end)

    def _years(self, end: date) -> tuple[DepreciationYear, ...]:
        if self.life is None:
            return ()
        return depreciation_years(self.cost, self.life, self.in_use_from, closing_month=end.month)


@dataclass(frozen=True)
class FixedAssetRow:
    """An account's year in the note, in yen: cost at start, acquired, disposed of, at the end."""

    account: str
    opening_cost: int
    acquired: int
    disposed: int
    accumulated: int

    @property
    def closing_cost(self) -> int:
        """期末取得価額."""
        return self.opening_cost + self.acquired - self.disposed

    @property
    def book_value(self) -> int:
        """期末帳簿価額."""
        return self.closing_cost - self.accumulated


def fixed_asset_note(
    assets: Iterable[FixedAsset], *, start: date, end: date
) -> tuple[FixedAssetRow, ...]:
    """固定資産の増減内訳 of the fiscal year from `start` to `end`, by account."""
    by_account: dict[str, list[FixedAsset]] = {}
    for asset in assets:
        gone = asset.disposed_on is not None and asset.disposed_on < start
        if asset.in_use_from <= end and not gone:
            by_account.setdefault(asset.account, []).append(asset)
    return tuple(
        FixedAssetRow(
            account=account,
            opening_cost=sum(a.cost for a in held if a.in_use_from < start),
            acquired=sum(a.cost for a in held if a.in_use_from >= start),
            disposed=sum(a.cost for a in held if a.disposed_on and a.disposed_on <= end),
            accumulated=sum(
                a.accumulated(end) for a in held if not a.disposed_on or a.disposed_on > end
            ),
        )
        for account, held in by_account.items()
    )
