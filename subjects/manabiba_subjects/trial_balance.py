"""The trial balance (合計残高試算表), before or after the closing adjustments."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from .accounts import Account
from .books import Books, check_books
from .journal import Side

Slip = Literal["転記漏れ", "貸借逆", "桁違い・数字の入替え"]
"""What a difference between the two sides may come from."""


@dataclass(frozen=True)
class TrialBalanceRow:
    """One account: the totals of both sides in yen, opening balance included."""

    account: Account
    debit_total: int
    credit_total: int

    @property
    def debit_balance(self) -> int:
        """What is left on the left, in yen; 0 when the right is larger."""
        return max(self.debit_total - self.credit_total, 0)

    @property
    def credit_balance(self) -> int:
        """What is left on the right, in yen; 0 when the left is larger."""
        return max(self.credit_total - self.debit_total, 0)

    @property
    def balance(self) -> int:
        """The balance in yen on the side on which the account grows."""
        signed = self.debit_total - self.credit_total
        return signed if self.account.type.grows_on_debit else -signed


@dataclass(frozen=True)
class TrialBalance:
    """All accounts that were used, in the order of the chart."""

    rows: tuple[TrialBalanceRow, ...]

    @property
    def debit_total(self) -> int:
        """The sum of the left totals, in yen."""
        return sum(row.debit_total for row in self.rows)

    @property
    def credit_total(self) -> int:
        """The sum of the right totals, in yen."""
        return sum(row.credit_total for row in self.rows)

    @property
    def debit_balance(self) -> int:
        """The sum of the left balances, in yen."""
        return sum(row.debit_balance for row in self.rows)

    @property
    def credit_balance(self) -> int:
        """The sum of the right balances, in yen."""
        return sum(row.credit_balance for row in self.rows)

    def row(self, name: str) -> TrialBalanceRow:
        """The row of an account. Raises KeyError for one that was not used."""
        for found in self.rows:
            if found.account.name == name:
                return found
        raise KeyError(f"the trial balance has no row for {name}")


def trial_balance(books: Books, *, is_adjusted: bool = True) -> TrialBalance:
    """The trial balance after the closing adjustments, or before them.

    Raises BooksError with all problems when the books cannot be closed.
    """
    check_books(books)
    debit = {name: max(amount, 0) for name, amount in books.opening.items()}
    credit = {name: max(-amount, 0) for name, amount in books.opening.items()}
    for entry in books.all_entries if is_adjusted else books.entries:
        for line in entry.lines:
            totals = debit if line.side is Side.DEBIT else credit
            totals[line.account] = totals.get(line.account, 0) + line.amount
    rows = (
        TrialBalanceRow(account, debit.get(account.name, 0), credit.get(account.name, 0))
        for account in books.accounts
    )
    return TrialBalance(tuple(row for row in rows if row.debit_total or row.credit_total))


def likely_slips(debit: int, credit: int, amounts: Iterable[int] = ()) -> tuple[Slip, ...]:
    """What may have gone wrong when the two sides of a trial balance differ, likeliest first.

    `amounts` are the amounts in the books, when they are at hand: then an omission needs an
    amount equal to the difference and a wrong side needs one equal to half of it.

    >>> likely_slips(7_201_281, 7_200_281, [1_000, 8_800])
    ('転記漏れ',)
    >>> likely_slips(540, 450)
    ('転記漏れ', '貸借逆', '桁違い・数字の入替え')
    """
    difference = abs(debit - credit)
    if not difference:
        return ()
    known = set(amounts)
    slips: list[Slip] = []
    if not known or difference in known:
        slips.append("転記漏れ")
    if difference % 2 == 0 and (not known or difference // 2 in known):
        slips.append("貸借逆")
    if difference % 9 == 0:
        slips.append("桁違い・数字の入替え")
    return tuple(slips)
