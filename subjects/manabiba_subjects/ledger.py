"""The general ledger (総勘定元帳): every account's lines with a running balance."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from .accounts import Account
from .books import Books, check_books
from .journal import Entry, Side

SEVERAL = "諸口"
"""The counter account (相手科目) of a line that has more than one on the other side."""


@dataclass(frozen=True)
class LedgerRow:
    """One line of an account. Amounts in yen; `balance` on the side on which the account grows."""

    entry: str
    on: date | None
    text: str
    counter: str
    department: str
    debit: int
    credit: int
    balance: int


@dataclass(frozen=True)
class Ledger:
    """One account's year: opening balance (前期繰越), its lines, closing balance; in yen."""

    account: Account
    opening: int
    rows: tuple[LedgerRow, ...]

    @property
    def closing(self) -> int:
        """The balance at the end, on the side on which the account grows."""
        return self.rows[-1].balance if self.rows else self.opening

    @property
    def first_below_zero(self) -> LedgerRow | None:
        """The first line that leaves less than nothing: for cash, a sign that one is missing."""
        return next((row for row in self.rows if row.balance < 0), None)


def general_ledger(books: Books, *, is_adjusted: bool = True) -> Mapping[str, Ledger]:
    """The ledgers of all accounts that were used, by name, in the order of the chart.

    Raises BooksError with all problems when the books cannot be closed.
    """
    check_books(books)
    signs = {a.name: 1 if a.type.grows_on_debit else -1 for a in books.accounts}
    opening = {name: sign * books.opening.get(name, 0) for name, sign in signs.items()}
    balances = dict(opening)
    rows: dict[str, list[LedgerRow]] = {name: [] for name in signs}
    for entry in books.all_entries if is_adjusted else books.entries:
        counters = {side: _counter(entry, side) for side in Side}
        for line in entry.lines:
            is_debit = line.side is Side.DEBIT
            signed = line.amount if is_debit else -line.amount
            balances[line.account] += signs[line.account] * signed
            rows[line.account].append(
                LedgerRow(
                    entry=entry.name,
                    on=entry.on,
                    text=entry.text,
                    counter=counters[line.side],
                    department=line.department,
                    debit=line.amount if is_debit else 0,
                    credit=0 if is_debit else line.amount,
                    balance=balances[line.account],
                )
            )
    return {
        account.name: Ledger(account, opening[account.name], tuple(rows[account.name]))
        for account in books.accounts
        if rows[account.name] or opening[account.name]
    }


def _counter(entry: Entry, side: Side) -> str:
    """The account on the other side of `side`, or 諸口."""
    others = {line.account for line in entry.lines if line.side is side.other}
    return others.pop() if len(others) == 1 else SEVERAL
