"""The financial statements (決算書) of one year's books, together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from .activities import Activities, statement_of_activities
from .balance_sheet import BalanceSheet, balance_sheet
from .books import Books
from .property_list import Item, PropertyList, property_list
from .trial_balance import TrialBalance, trial_balance


@dataclass(frozen=True)
class Statements:
    """試算表 before and after the adjustments, 活動計算書, 貸借対照表 and 財産目録."""

    before_adjustment: TrialBalance
    after_adjustment: TrialBalance
    activities: Activities
    balance_sheet: BalanceSheet
    property_list: PropertyList


def statements(books: Books, items: Mapping[str, Sequence[Item]] | None = None) -> Statements:
    """All statements of the books; `items` say what stands behind an account in 財産目録.

    Raises BooksError with all problems together when the books cannot be closed.
    """
    after = trial_balance(books)
    activities = statement_of_activities(books, after)
    sheet = balance_sheet(after, activities.change)
    return Statements(
        before_adjustment=trial_balance(books, is_adjusted=False),
        after_adjustment=after,
        activities=activities,
        balance_sheet=sheet,
        property_list=property_list(sheet, items),
    )
