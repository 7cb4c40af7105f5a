"""The work sheet (精算表): from the first trial balance to both statements in one table."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from .accounts import Account, AccountType
from .books import Books
from .journal import Side
from .trial_balance import TrialBalanceRow, trial_balance

_FLOWS = frozenset({AccountType.REVENUE, AccountType.EXPENSE})


@dataclass(frozen=True)
class Pair:
    """Left (借方) and right (貸方), in yen."""

    debit: int
    credit: int


@dataclass(frozen=True)
class WorkSheetRow:
    """One account: 残高試算表, 整理記入, and what goes to 活動計算書 or to 貸借対照表."""

    account: Account
    before: Pair
    adjustments: Pair
    activities: Pair
    balance_sheet: Pair


@dataclass(frozen=True)
class WorkSheet:
    """All accounts that were used, the totals, and 当期正味財産増減額 in yen.

    The two statements' totals differ by `change`; added to the smaller sides (借方 of 活動計算書,
    貸方 of 貸借対照表 when it is above 0), it closes the table.
    """

    rows: tuple[WorkSheetRow, ...]
    before: Pair
    adjustments: Pair
    activities: Pair
    balance_sheet: Pair

    @property
    def change(self) -> int:
        """当期正味財産増減額: revenues less expenses."""
        return self.activities.credit - self.activities.debit


def work_sheet(books: Books) -> WorkSheet:
    """The work sheet of the books. Raises BooksError when they cannot be closed."""
    before = {row.account.name: row for row in trial_balance(books, is_adjusted=False).rows}
    moved: dict[tuple[str, Side], int] = {}
    for entry in books.adjustments:
        for line in entry.lines:
            place = (line.account, line.side)
            moved[place] = moved.get(place, 0) + line.amount
    rows = tuple(
        WorkSheetRow(
            account=row.account,
            before=_balances(before.get(row.account.name)),
            adjustments=Pair(
                moved.get((row.account.name, Side.DEBIT), 0),
                moved.get((row.account.name, Side.CREDIT), 0),
            ),
            activities=_balances(row if row.account.type in _FLOWS else None),
            balance_sheet=_balances(None if row.account.type in _FLOWS else row),
        )
        for row in trial_balance(books).rows
    )
    return WorkSheet(
        rows,
        before=_sum(row.before for row in rows),
        adjustments=_sum(row.adjustments for row in rows),
        activities=_sum(row.activities for row in rows),
        balance_sheet=_sum(row.balance_sheet for row in rows),
    )


def _balances(row: TrialBalanceRow | None) -> Pair:
    return Pair(row.debit_balance, row.credit_balance) if row else Pair(0, 0)


def _sum(pairs: Iterable[Pair]) -> Pair:
    listed = tuple(pairs)
    return Pair(sum(pair.debit for pair in listed), sum(pair.credit for pair in listed))
