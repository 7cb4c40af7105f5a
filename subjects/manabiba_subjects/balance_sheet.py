"""The balance sheet (貸借対照表), divided into 流動 and 固定."""

from __future__ import annotations

from dataclasses import dataclass

from .accounts import Section
from .activities import Block, section_block
from .trial_balance import TrialBalance


@dataclass(frozen=True)
class BalanceSheet:
    """The balance sheet; every figure in yen. `change` is 当期正味財産増減額."""

    current_assets: Block
    fixed_assets: Block
    current_liabilities: Block
    fixed_liabilities: Block
    brought_forward: int
    change: int

    @property
    def assets(self) -> int:
        """資産合計."""
        return self.current_assets.total + self.fixed_assets.total

    @property
    def liabilities(self) -> int:
        """負債合計."""
        return self.current_liabilities.total + self.fixed_liabilities.total

    @property
    def net_assets(self) -> int:
        """正味財産合計."""
        return self.brought_forward + self.change

    @property
    def liabilities_and_net_assets(self) -> int:
        """負債及び正味財産合計."""
        return self.liabilities + self.net_assets

    @property
    def blocks(self) -> tuple[Block, Block, Block, Block]:
        """Assets and liabilities, 流動 before 固定."""
        return (
            self.current_assets,
            self.fixed_assets,
            self.current_liabilities,
            self.fixed_liabilities,
        )


def balance_sheet(balances: TrialBalance, change: int) -> BalanceSheet:
    """The balance sheet from an adjusted trial balance and 当期正味財産増減額 in yen."""
    return BalanceSheet(
        current_assets=section_block(Section.CURRENT_ASSETS, balances),
        fixed_assets=section_block(Section.FIXED_ASSETS, balances),
        current_liabilities=section_block(Section.CURRENT_LIABILITIES, balances),
        fixed_liabilities=section_block(Section.FIXED_LIABILITIES, balances),
        brought_forward=section_block(Section.NET_ASSETS, balances).total,
        change=change,
    )
