"""Books (帳簿): what the statements of one year are made from, and what is wrong with them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from .accounts import ORDINARY_EXPENSES, Account, AccountType
from .allocation import Allocation
from .journal import Entry, Side

SHARED = "共通"
"""The department of a line whose amount is shared out among the others (按分)."""


class CostKind(StrEnum):
    """The two halves of 経常費用."""

    PROGRAMME = "事業費"
    MANAGEMENT = "管理費"


@dataclass(frozen=True)
class Department:
    """A part of the organisation that costs are shown for (部門): a programme, or 管理部門."""

    id: str
    name: str
    kind: CostKind


STANDARD_DEPARTMENTS = (
    Department("事業", "事業", CostKind.PROGRAMME),
    Department("管理", "管理部門", CostKind.MANAGEMENT),
)
"""For an organisation that does not tell its programmes apart."""


@dataclass(frozen=True)
class Books:
    """One year's books: accounts, opening balances, entries, and how costs are shared out.

    `opening` holds debit-minus-credit yen by account name, as `post` does. `adjustments` are the
    closing adjustments (決算整理). `sharing` says by account how lines of the department 共通
    are shared out; `sharing_otherwise` is for accounts without a rule of their own. Ordinary
    expenses with no department belong to `without_department`.
    """

    accounts: tuple[Account, ...]
    opening: Mapping[str, int]
    entries: tuple[Entry, ...]
    adjustments: tuple[Entry, ...] = ()
    departments: tuple[Department, ...] = STANDARD_DEPARTMENTS
    sharing: Mapping[str, Allocation] = field(default_factory=dict)
    sharing_otherwise: Allocation | None = None
    without_department: str = "管理"
    start: date | None = None
    end: date | None = None

    @property
    def all_entries(self) -> tuple[Entry, ...]:
        """The entries of the year and then the closing adjustments."""
        return self.entries + self.adjustments

    def account(self, name: str) -> Account:
        """An account by its name. Raises KeyError for one the books do not have."""
        for found in self.accounts:
            if found.name == name:
                return found
        raise KeyError(f"the books have no account {name}")


@dataclass(frozen=True)
class Problem:
    """One thing that has to be put right in the books, said in Japanese for their owner.

    `entry` names the entry ("" for the books as a whole), `side` the side that has too much and
    `difference` by how many yen.
    """

    entry: str
    message: str
    side: Side | None = None
    difference: int = 0


class BooksError(ValueError):
    """Books from which no statements can be made; `problems` has everything that is wrong."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        self.problems = problems
        shown = "\n".join(f"- {problem.message}" for problem in problems)
        super().__init__(f"{len(problems)} problems in the books:\n{shown}")


def check_books(books: Books) -> None:
    """Raise BooksError with all problems together when the books have any."""
    if problems := find_problems(books):
        raise BooksError(problems)


def find_problems(books: Books) -> tuple[Problem, ...]:
    """Everything that keeps the books from being closed: accounts, opening balances, entries."""
    known = {account.name: account for account in books.accounts}
    return (
        *_account_problems(books),
        *_opening_problems(books, known),
        *_department_problems(books),
        *(
            problem
            for number, entry in enumerate(books.all_entries, start=1)
            for problem in _entry_problems(entry, entry.name or f"{number}番目の仕訳", books, known)
        ),
        *_sharing_problems(books, known),
    )


def _account_problems(books: Books) -> Iterator[Problem]:
    seen: set[str] = set()
    for account in books.accounts:
        if account.name in seen:
            yield Problem("", f"勘定科目「{account.name}」が2つあります。1つにまとめてください。")
        seen.add(account.name)
        if account.section is None or account.section.type is not account.type:
            place = account.section or "(なし)"
            yield Problem(
                "",
                f"勘定科目「{account.name}」({account.type})の区分が{place}です。"
                "決算書のどこに載せるかを選んでください。",
            )


def _opening_problems(books: Books, known: Mapping[str, Account]) -> Iterator[Problem]:
    for name, amount in books.opening.items():
        if name not in known:
            yield Problem("", f"期首残高の「{name}」は勘定科目の一覧にありません。")
        elif amount and known[name].type in {AccountType.REVENUE, AccountType.EXPENSE}:
            yield Problem(
                "",
                f"期首残高に{known[name].type}の「{name}」{abs(amount):,}円があります。"
                "期首残高に書けるのは資産・負債・正味財産だけです。",
            )
    if difference := sum(books.opening.values()):
        side = Side.DEBIT if difference > 0 else Side.CREDIT
        yield Problem(
            "",
            f"期首残高の{side}が{abs(difference):,}円多く、左右が合いません。"
            "資産の合計と、負債と正味財産の合計を比べてください。",
            side,
            abs(difference),
        )


def _department_problems(books: Books) -> Iterator[Problem]:
    ids = [department.id for department in books.departments]
    for id in dict.fromkeys(ids):
        if ids.count(id) > 1:
            yield Problem("", f"部門「{id}」が2つあります。1つにまとめてください。")
    if SHARED in ids:
        yield Problem(
            "",
            f"「{SHARED}」は按分する費用の印なので、部門の名前には使えません。別の名前にしてください。",
        )
    if books.without_department not in ids:
        yield Problem(
            "",
            f"部門のない費用を入れる部門「{books.without_department}」が部門の一覧にありません。",
        )
    rules = dict(books.sharing)
    if books.sharing_otherwise:
        rules[SHARED] = books.sharing_otherwise
    for account, rule in rules.items():
        if unknown := [id for id in rule.weights if id not in ids]:
            yield Problem(
                "",
                f"「{account}」の按分の部門「{'」「'.join(unknown)}」が部門の一覧にありません。",
            )


def _entry_problems(
    entry: Entry, name: str, books: Books, known: Mapping[str, Account]
) -> Iterator[Problem]:
    if not entry.lines:
        yield Problem(name, f"{name}: 行がありません。借方と貸方を1行ずつ書いてください。")
    if entry.on and (
        (books.start and entry.on < books.start) or (books.end and entry.on > books.end)
    ):
        day = f"{entry.on.year}年{entry.on.month}月{entry.on.day}日"
        yield Problem(
            name,
            f"{name}: 日付の{day}はこの事業年度の外です。日付を直すか、この行を除いてください。",
        )
    departments = {"", SHARED, *(department.id for department in books.departments)}
    for line in entry.lines:
        if line.account not in known:
            yield Problem(
                name,
                f"{name}: {line.side}の「{line.account}」は勘定科目の一覧にありません。",
                line.side,
            )
        elif line.department not in departments and _is_ordinary_expense(known[line.account]):
            yield Problem(
                name,
                f"{name}: {line.side}「{line.account}」の部門「{line.department}」は"
                "部門の一覧にありません。",
                line.side,
            )
        if line.amount <= 0:
            yield Problem(
                name,
                f"{name}: {line.side}「{line.account}」の金額が{line.amount:,}円です。"
                "0より大きい金額にし、減らすときは反対側に書いてください。",
                line.side,
            )
    if difference := entry.difference:
        side = Side.DEBIT if difference > 0 else Side.CREDIT
        yield Problem(
            name,
            f"{name}: {side}が{abs(difference):,}円多く、左右が合いません"
            f"(借方{entry.total(Side.DEBIT):,}円、貸方{entry.total(Side.CREDIT):,}円)。",
            side,
            abs(difference),
        )


def _sharing_problems(books: Books, known: Mapping[str, Account]) -> Iterator[Problem]:
    if books.sharing_otherwise:
        return
    shared = {
        line.account: entry.name
        for entry in books.all_entries
        for line in entry.lines
        if line.department == SHARED
        and line.account in known
        and _is_ordinary_expense(known[line.account])
    }
    for account, entry in shared.items():
        if account not in books.sharing:
            yield Problem(
                entry,
                f"共通の費用「{account}」の按分の割合が決まっていません。割合を入れてください。",
            )


def _is_ordinary_expense(account: Account) -> bool:
    return account.section is not None and account.section in ORDINARY_EXPENSES
