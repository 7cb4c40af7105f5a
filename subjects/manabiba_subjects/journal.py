"""Journal entries (仕訳): lines on two sides that have to agree."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from .accounts import Account


class Side(StrEnum):
    """Left and right; the words mean nothing more."""

    DEBIT = "借方"
    CREDIT = "貸方"

    @property
    def other(self) -> Side:
        """The opposite side."""
        return Side.CREDIT if self is Side.DEBIT else Side.DEBIT


class JournalError(ValueError):
    """An entry that cannot be posted; the message names the entry, the side, the difference."""


@dataclass(frozen=True)
class Line:
    """One account on one side; `amount` is whole yen, more than 0.

    `department` is the id of the 部門 (a programme, 管理, or 共通) that an expense belongs to.
    """

    side: Side
    account: str
    amount: int
    department: str = ""


@dataclass(frozen=True)
class Entry:
    """A journal entry. `name` says which one in messages; `text` is its 摘要."""

    lines: tuple[Line, ...]
    name: str = ""
    on: date | None = None
    text: str = ""

    def total(self, side: Side) -> int:
        """The sum of one side in yen."""
        return sum(line.amount for line in self.lines if line.side == side)

    @property
    def difference(self) -> int:
        """Debit minus credit in yen; 0 for an entry that agrees."""
        return self.total(Side.DEBIT) - self.total(Side.CREDIT)

    @property
    def is_balanced(self) -> bool:
        """Whether both sides have the same total."""
        return self.difference == 0

    @property
    def swapped(self) -> Entry:
        """The same entry with its sides exchanged."""
        return replace(
            self, lines=tuple(replace(line, side=line.side.other) for line in self.lines)
        )

    def check(self) -> None:
        """Raise JournalError when the entry cannot be posted.

        >>> Entry((Line(Side.DEBIT, "現金", 500), Line(Side.CREDIT, "普通預金", 50)), "#8").check()
        Traceback (most recent call last):
        manabiba_subjects.journal.JournalError: #8: 借方 is 450 yen too much (500 against 50)
        """
        if not self.lines:
            raise JournalError(f"{self.name or 'entry'}: no lines; write at least one on each side")
        for line in self.lines:
            if line.amount <= 0:
                raise JournalError(
                    f"{self.name or 'entry'}: {line.side} {line.account}: {line.amount} yen; "
                    "write an amount above 0 and use the other side instead"
                )
        if not self.is_balanced:
            side = Side.DEBIT if self.difference > 0 else Side.CREDIT
            raise JournalError(
                f"{self.name or 'entry'}: {side} is {abs(self.difference)} yen too much "
                f"({self.total(Side.DEBIT)} against {self.total(Side.CREDIT)})"
            )


def post(opening: Mapping[str, int], entries: Iterable[Entry]) -> dict[str, int]:
    """Debit-minus-credit balances in yen by account after posting all entries.

    `opening` has the same form. Raises JournalError for an entry that does not agree.
    """
    balances = dict(opening)
    for entry in entries:
        entry.check()
        for line in entry.lines:
            signed = line.amount if line.side is Side.DEBIT else -line.amount
            balances[line.account] = balances.get(line.account, 0) + signed
    return balances


def balance(account: Account, balances: Mapping[str, int]) -> int:
    """An account's balance in yen on the side on which it grows; `balances` as `post` gives them.

    >>> from manabiba_subjects import AccountType
    >>> cash = Account("101", "現金", "げんきん", AccountType.ASSET)
    >>> bought = Entry((Line(Side.DEBIT, "会議費", 8_800), Line(Side.CREDIT, "現金", 8_800)))
    >>> balance(cash, post({"現金": 45_000}, [bought]))
    36200
    """
    signed = balances.get(account.name, 0)
    return signed if account.type.grows_on_debit else -signed
