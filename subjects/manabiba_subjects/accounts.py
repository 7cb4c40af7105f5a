"""Accounts (勘定科目): the five groups they belong to and their places in the statements."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class AccountType(StrEnum):
    """The five groups. Source: general bookkeeping; NPO法人会計基準 names of statements."""

    ASSET = "資産"
    LIABILITY = "負債"
    NET_ASSETS = "正味財産"
    REVENUE = "収益"
    EXPENSE = "費用"

    @property
    def grows_on_debit(self) -> bool:
        """Whether an increase is written on the left (借方)."""
        return self in {AccountType.ASSET, AccountType.EXPENSE}


class Section(StrEnum):
    """Where an account stands in 貸借対照表 or 活動計算書, in the order of the NPO法人会計基準."""

    CURRENT_ASSETS = "流動資産"
    FIXED_ASSETS = "固定資産"
    CURRENT_LIABILITIES = "流動負債"
    FIXED_LIABILITIES = "固定負債"
    NET_ASSETS = "正味財産"
    FEES = "1.受取会費"
    DONATIONS = "2.受取寄附金"
    GRANTS = "3.受取助成金等"
    PROGRAMME_REVENUE = "4.事業収益"
    OTHER_REVENUE = "5.その他収益"
    EXTRAORDINARY_REVENUE = "経常外収益"
    PERSONNEL = "人件費"
    OTHER_EXPENSES = "その他経費"
    EXTRAORDINARY_EXPENSES = "経常外費用"
    TAXES = "法人税等"

    @property
    def type(self) -> AccountType:
        """The group of the accounts that stand here."""
        return _TYPES[self]


ORDINARY_REVENUES = (
    Section.FEES,
    Section.DONATIONS,
    Section.GRANTS,
    Section.PROGRAMME_REVENUE,
    Section.OTHER_REVENUE,
)
"""The five sections of 経常収益 in order."""

ORDINARY_EXPENSES = (Section.PERSONNEL, Section.OTHER_EXPENSES)
"""What 事業費 and 管理費 are divided into."""

_TYPES = {
    Section.CURRENT_ASSETS: AccountType.ASSET,
    Section.FIXED_ASSETS: AccountType.ASSET,
    Section.CURRENT_LIABILITIES: AccountType.LIABILITY,
    Section.FIXED_LIABILITIES: AccountType.LIABILITY,
    Section.NET_ASSETS: AccountType.NET_ASSETS,
    **dict.fromkeys(ORDINARY_REVENUES, AccountType.REVENUE),
    Section.EXTRAORDINARY_REVENUE: AccountType.REVENUE,
    **dict.fromkeys(ORDINARY_EXPENSES, AccountType.EXPENSE),
    Section.EXTRAORDINARY_EXPENSES: AccountType.EXPENSE,
    Section.TAXES: AccountType.EXPENSE,
}


class Nature(StrEnum):
    """What notes and indicators have to know of an account beyond its section."""

    CASH = "現金預金"
    TANGIBLE = "有形固定資産"
    INTANGIBLE = "無形固定資産"
    INVESTMENT = "投資その他の資産"
    LOAN = "借入金"
    NON_CASH = "支出を伴わない費用"


@dataclass(frozen=True)
class Account:
    """An account with its kana reading, its place in the statements and its English name."""

    code: str
    name: str
    reading: str
    type: AccountType
    section: Section | None = None
    english: str = ""
    nature: Nature | None = None
