"""The inventory of property (財産目録): the balance sheet's accounts, item by item."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from .activities import Block
from .balance_sheet import BalanceSheet


@dataclass(frozen=True)
class Item:
    """What exactly stands behind an account's balance (現金 手許有高); `yen` is its value."""

    text: str
    yen: int


@dataclass(frozen=True)
class PropertyRow:
    """One line of 財産目録."""

    account: str
    text: str
    yen: int

    @property
    def words(self) -> str:
        """Account and item in one."""
        return f"{self.account} {self.text}".rstrip()


@dataclass(frozen=True)
class PropertyList:
    """財産目録; every figure in yen."""

    assets: tuple[PropertyRow, ...]
    liabilities: tuple[PropertyRow, ...]

    @property
    def asset_total(self) -> int:
        """資産合計."""
        return sum(row.yen for row in self.assets)

    @property
    def liability_total(self) -> int:
        """負債合計."""
        return sum(row.yen for row in self.liabilities)

    @property
    def net_assets(self) -> int:
        """正味財産: assets less liabilities."""
        return self.asset_total - self.liability_total

    def yen(self, account: str) -> int:
        """The sum of an account's items."""
        return sum(row.yen for row in self.assets + self.liabilities if row.account == account)


def property_list(
    sheet: BalanceSheet, items: Mapping[str, Sequence[Item]] | None = None
) -> PropertyList:
    """財産目録 from the balance sheet, with `items` by account where they are known.

    An account without items is one line with its whole balance. Items are taken as they are:
    whether they add up to the balance is one of the `cross_checks`. Raises ValueError for
    items of an account that has no balance.
    """
    known = items or {}
    listed = {row.account.name for block in sheet.blocks for row in block.rows}
    if lost := [account for account in known if account not in listed]:
        raise ValueError(f"items for {', '.join(lost)}, which the balance sheet does not have")
    return PropertyList(
        assets=_rows((sheet.current_assets, sheet.fixed_assets), known),
        liabilities=_rows((sheet.current_liabilities, sheet.fixed_liabilities), known),
    )


def _rows(blocks: Sequence[Block], items: Mapping[str, Sequence[Item]]) -> tuple[PropertyRow, ...]:
    return tuple(
        PropertyRow(row.account.name, item.text, item.yen)
        for block in blocks
        for row in block.rows
        for item in items.get(row.account.name) or (Item("", row.yen),)
    )
