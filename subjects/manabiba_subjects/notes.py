"""The notes to the statements (注記) that are lists of figures."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from .accounts import Nature
from .books import Books
from .ledger import general_ledger


@dataclass(frozen=True)
class RestrictedFund:
    """Money given for a purpose (使途等が制約された寄附金等): one line of the note, in yen.

    `increase` is what was booked as revenue in the year, `decrease` what was used for the purpose.
    """

    purpose: str
    opening: int
    increase: int
    decrease: int
    remark: str = ""

    @property
    def closing(self) -> int:
        """期末残高: what is still to be used for the purpose."""
        return self.opening + self.increase - self.decrease


@dataclass(frozen=True)
class RestrictedNote:
    """使途等が制約された寄附金等の内訳, and what it leaves of the net assets, in yen."""

    funds: tuple[RestrictedFund, ...]
    net_assets: int

    @property
    def closing(self) -> int:
        """期末残高合計."""
        return sum(fund.closing for fund in self.funds)

    @property
    def unrestricted(self) -> int:
        """正味財産 that is free for any purpose."""
        return self.net_assets - self.closing


@dataclass(frozen=True)
class GrantUse:
    """A grant whose unspent part has to be returned: what came in and what it was spent on."""

    received: int
    spent: Mapping[str, int] = field(default_factory=dict)

    @property
    def used(self) -> int:
        """What was spent; the revenue of the year, in yen."""
        return sum(self.spent.values())

    @property
    def unspent(self) -> int:
        """What is deferred to the next year (前受助成金), in yen."""
        return self.received - self.used


@dataclass(frozen=True)
class LoanRow:
    """借入金の増減内訳: one account, in yen."""

    account: str
    opening: int
    borrowed: int
    repaid: int

    @property
    def closing(self) -> int:
        """期末残高."""
        return self.opening + self.borrowed - self.repaid


@dataclass(frozen=True)
class Valued:
    """Work or facilities received free of charge (ボランティアの受入, 施設の提供等).

    `quantity` hours or times at `unit_price` yen; `basis` says where the price comes from.
    """

    text: str
    quantity: int
    unit_price: int
    basis: str = ""

    @property
    def yen(self) -> int:
        """The value in yen."""
        return self.quantity * self.unit_price


def loan_note(books: Books) -> tuple[LoanRow, ...]:
    """借入金の増減内訳 of all accounts that are loans, from the ledger.

    Raises BooksError with all problems when the books cannot be closed.
    """
    return tuple(
        LoanRow(
            account=name,
            opening=ledger.opening,
            borrowed=sum(row.credit for row in ledger.rows),
            repaid=sum(row.debit for row in ledger.rows),
        )
        for name, ledger in general_ledger(books).items()
        if ledger.account.nature is Nature.LOAN
    )


def value_in_kind(received: Iterable[Valued]) -> int:
    """The value of all that was received free of charge, in yen."""
    return sum(one.yen for one in received)
