"""Cash in and out against income and expenses (現金の出入りと収益・費用), and why they differ."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from .accounts import Account, AccountType, Nature, Section
from .books import Books
from .journal import Entry, Line, Side


class Reason(StrEnum):
    """Why cash and income of a time differ, in the order in which it is easiest to tell."""

    LOAN = "借入と返済"
    BOUGHT = "固定資産の購入"
    WRITTEN_OFF = "減価償却・除却"
    RECEIVABLE = "未収"
    ADVANCE = "前受"
    PAYABLE = "未払"
    PREPAID = "前払"
    STOCK = "貯蔵品・商品"
    WITHHELD = "預り金"
    OTHER = "そのほか"


_BY_NAME = {
    "未収": Reason.RECEIVABLE,
    "売掛": Reason.RECEIVABLE,
    "前受": Reason.ADVANCE,
    "未払": Reason.PAYABLE,
    "買掛": Reason.PAYABLE,
    "前払": Reason.PREPAID,
    "貯蔵": Reason.STOCK,
    "商品": Reason.STOCK,
    "棚卸": Reason.STOCK,
    "預り": Reason.WITHHELD,
}


@dataclass(frozen=True)
class Gap:
    """What one entry does to income but not to cash, or to cash but not to income.

    `yen` is what has to be added to the cash that came in to arrive at the income.
    """

    reason: Reason
    entry: Entry
    yen: int


@dataclass(frozen=True)
class CashMonth:
    """A month's cash in and out and its revenue and expenses in yen, and why they differ.

    `income - cash == sum of the gaps`, always.
    """

    month: date
    cash_in: int
    cash_out: int
    revenue: int
    expense: int
    gaps: tuple[Gap, ...]

    @property
    def cash(self) -> int:
        """What cash and deposits grew by."""
        return self.cash_in - self.cash_out

    @property
    def income(self) -> int:
        """Revenue minus expenses."""
        return self.revenue - self.expense

    def by_reason(self) -> dict[Reason, int]:
        """The yen of each reason that occurs, in the order of Reason."""
        found = {
            reason: [gap.yen for gap in self.gaps if gap.reason is reason] for reason in Reason
        }
        return {reason: sum(yen) for reason, yen in found.items() if yen}


def cash_months(books: Books) -> tuple[CashMonth, ...]:
    """The months of the books' year in order, adjustments included.

    Raises ValueError when the books have no first and last day, or an entry has no date within
    them; KeyError for an account the books do not have.
    """
    if books.start is None or books.end is None:
        raise ValueError("the books need start and end to be shown by month")
    months = [
        date(number // 12, number % 12 + 1, 1)
        for number in range(_number(books.start), _number(books.end) + 1)
    ]
    accounts = {account.name: account for account in books.accounts}
    by_month: dict[date, list[Entry]] = {month: [] for month in months}
    for entry in books.all_entries:
        month = entry.on.replace(day=1) if entry.on else None
        if month not in by_month:
            raise ValueError(
                f"{entry.name or 'entry'}: dated {entry.on}, which is not between "
                f"{books.start} and {books.end}"
            )
        by_month[month].append(entry)
    return tuple(_month(month, entries, accounts) for month, entries in by_month.items())


def walk(months: Iterable[CashMonth], reasons: Iterable[Reason] = ()) -> tuple[int, ...]:
    """Cash since the beginning at each month's end, with the gaps of `reasons` added.

    With every reason this is the income since the beginning.
    """
    wanted = set(reasons)
    total, found = 0, []
    for month in months:
        total += month.cash + sum(gap.yen for gap in month.gaps if gap.reason in wanted)
        found.append(total)
    return tuple(found)


def _number(day: date) -> int:
    return day.year * 12 + day.month - 1


def _month(month: date, entries: Iterable[Entry], accounts: Mapping[str, Account]) -> CashMonth:
    cash_in = cash_out = revenue = expense = 0
    gaps: list[Gap] = []
    for entry in entries:
        cash = 0
        by_reason: dict[Reason, int] = {}
        for line in entry.lines:
            account = accounts[line.account]
            yen = line.amount if line.side is Side.DEBIT else -line.amount
            if account.nature is Nature.CASH:
                cash += yen
            elif account.type is AccountType.REVENUE:
                revenue -= yen
            elif account.type is AccountType.EXPENSE:
                expense += yen
            else:
                reason = _reason(account, line)
                by_reason[reason] = by_reason.get(reason, 0) + yen
        cash_in += max(cash, 0)
        cash_out += max(-cash, 0)
        gaps += [Gap(reason, entry, yen) for reason, yen in by_reason.items() if yen]
    return CashMonth(month, cash_in, cash_out, revenue, expense, tuple(gaps))


def _reason(account: Account, line: Line) -> Reason:
    if account.nature is Nature.LOAN:
        return Reason.LOAN
    if account.nature in {Nature.TANGIBLE, Nature.INTANGIBLE}:
        return Reason.BOUGHT if line.side is Side.DEBIT else Reason.WRITTEN_OFF
    if account.section is Section.NET_ASSETS:
        return Reason.OTHER
    return next((reason for part, reason in _BY_NAME.items() if part in account.name), Reason.OTHER)
