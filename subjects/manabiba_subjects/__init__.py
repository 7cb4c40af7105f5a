"""The arithmetic and law of the seminars' subjects: plain Python, no Jupyter."""

from .accounts import Account, AccountType, Nature, Section
from .activities import Activities, Amount, Block, Costs
from .allocation import Allocation, Rounding, share
from .balance_sheet import BalanceSheet
from .books import (
    SHARED,
    STANDARD_DEPARTMENTS,
    Books,
    BooksError,
    CostKind,
    Department,
    Problem,
    find_problems,
)
from .chart import match_account, similar_accounts, standard_account, standard_accounts
from .cross_check import Check, cross_checks, three_way_checks
from .dated_table import OutsideTableError
from .indicators import Indicators, indicators
from .journal import Entry, JournalError, Line, Side, balance, post
from .ledger import Ledger, LedgerRow, general_ledger
from .property_list import Item, PropertyList, PropertyRow
from .statements import Statements, statements
from .trial_balance import TrialBalance, TrialBalanceRow, likely_slips, trial_balance
from .work_sheet import WorkSheet, WorkSheetRow, work_sheet

__all__ = [
    "SHARED",
    "STANDARD_DEPARTMENTS",
    "Account",
    "AccountType",
    "Activities",
    "Allocation",
    "Amount",
    "BalanceSheet",
    "Block",
    "Books",
    "BooksError",
    "Check",
    "CostKind",
    "Costs",
    "Department",
    "Entry",
    "Indicators",
    "Item",
    "JournalError",
    "Ledger",
    "LedgerRow",
    "Line",
    "Nature",
    "OutsideTableError",
    "Problem",
    "PropertyList",
    "PropertyRow",
    "Rounding",
    "Section",
    "Side",
    "Statements",
    "TrialBalance",
    "TrialBalanceRow",
    "WorkSheet",
    "WorkSheetRow",
    "balance",
    "cross_checks",
    "find_problems",
    "general_ledger",
    "indicators",
    "likely_slips",
    "match_account",
    "post",
    "share",
    "similar_accounts",
    "standard_account",
    "standard_accounts",
    "statements",
    "three_way_checks",
    "trial_balance",
    "work_sheet",
]
