"""Comparing the statements with each other (三点照合 and more)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from .accounts import Section
from .balance_sheet import BalanceSheet
from .books import Books
from .fixed_assets import FixedAssetRow
from .notes import LoanRow, RestrictedNote
from .statements import Statements


@dataclass(frozen=True)
class Check:
    """Two figures that have to be the same, in yen, with the places where they stand."""

    name: str
    left: str
    left_yen: int
    right: str
    right_yen: int

    @property
    def difference(self) -> int:
        """Left less right; 0 when they agree."""
        return self.left_yen - self.right_yen

    @property
    def agrees(self) -> bool:
        """Whether the two figures are the same."""
        return self.difference == 0

    @property
    def message(self) -> str:
        """The result in Japanese, with both figures and the difference."""
        figures = f"{self.left} {self.left_yen:,}円、{self.right} {self.right_yen:,}円"
        if self.agrees:
            return f"{self.name}: 一致しています({figures})。"
        more = self.left if self.difference > 0 else self.right
        return f"{self.name}: {more}が{abs(self.difference):,}円多くなっています({figures})。"


def three_way_checks(
    *, carried_forward: int, net_assets: int, property_net_assets: int
) -> tuple[Check, Check]:
    """三点照合: 活動計算書, 貸借対照表 and 財産目録 show the same net assets (yen).

    >>> checks = three_way_checks(
    ...     carried_forward=2_096_948, net_assets=2_596_948, property_net_assets=2_096_948
    ... )
    >>> [check.difference for check in checks]
    [-500000, 500000]
    """
    return (
        Check(
            "活動計算書と貸借対照表",
            "次期繰越正味財産額",
            carried_forward,
            "正味財産合計",
            net_assets,
        ),
        Check(
            "貸借対照表と財産目録",
            "正味財産合計",
            net_assets,
            "財産目録の正味財産",
            property_net_assets,
        ),
    )


def cross_checks(
    books: Books,
    made: Statements,
    *,
    restricted: RestrictedNote | None = None,
    fixed_assets: Sequence[FixedAssetRow] = (),
    loans: Sequence[LoanRow] = (),
) -> tuple[Check, ...]:
    """Everything in the statements and the notes given that has to agree."""
    sheet, activities, listed = made.balance_sheet, made.activities, made.property_list
    opening = sum(
        -books.opening.get(account.name, 0)
        for account in books.accounts
        if account.section is Section.NET_ASSETS
    )
    balances = {row.account.name: row.yen for block in sheet.blocks for row in block.rows}
    departments = sum(costs.total for costs in activities.departments.values())
    after = made.after_adjustment
    checks = [
        Check("試算表の左右", "借方残高", after.debit_balance, "貸方残高", after.credit_balance),
        *three_way_checks(
            carried_forward=activities.carried_forward,
            net_assets=sheet.net_assets,
            property_net_assets=listed.net_assets,
        ),
        Check(
            "貸借対照表の左右",
            "資産合計",
            sheet.assets,
            "負債及び正味財産合計",
            sheet.liabilities_and_net_assets,
        ),
        Check(
            "前期とのつながり",
            "前期繰越正味財産額",
            activities.brought_forward,
            "期首の正味財産",
            opening,
        ),
        Check("部門別の費用", "経常費用計", activities.cost_total, "部門別の合計", departments),
        *(
            Check(f"財産目録の{name}", "貸借対照表", yen, "財産目録", listed.yen(name))
            for name, yen in balances.items()
        ),
        *(
            Check(
                f"固定資産の注記の{row.account}",
                "貸借対照表",
                balances.get(row.account, 0),
                "期末帳簿価額",
                row.book_value,
            )
            for row in fixed_assets
        ),
        *(
            Check(
                f"借入金の注記の{row.account}",
                "貸借対照表",
                balances.get(row.account, 0),
                "期末残高",
                row.closing,
            )
            for row in loans
        ),
    ]
    if restricted is not None:
        checks.append(
            Check(
                "使途等が制約された寄附金等の注記",
                "貸借対照表の正味財産合計",
                sheet.net_assets,
                "注記の正味財産合計",
                restricted.net_assets,
            )
        )
    return tuple(checks)


def suspects(sheet: BalanceSheet, difference: int) -> tuple[str, ...]:
    """The accounts whose balance is the difference: booked twice, or left out."""
    return tuple(
        row.account.name
        for block in sheet.blocks
        for row in block.rows
        if abs(row.yen) == abs(difference)
    )
