"""The statement of activities (活動計算書) and the costs by programme (事業費の内訳)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from .accounts import ORDINARY_EXPENSES, ORDINARY_REVENUES, Account, Section
from .allocation import share
from .books import SHARED, Books, CostKind
from .journal import Side
from .trial_balance import TrialBalance


@dataclass(frozen=True)
class Amount:
    """An account and its yen in a statement; below 0 is shown with ▲."""

    account: Account
    yen: int


@dataclass(frozen=True)
class Block:
    """A heading of a statement with its accounts; accounts at 0 yen are left out."""

    title: str
    rows: tuple[Amount, ...]

    @property
    def total(self) -> int:
        """The sum in yen."""
        return sum(row.yen for row in self.rows)

    def yen(self, name: str) -> int:
        """An account's yen; 0 when it is not there."""
        return sum(row.yen for row in self.rows if row.account.name == name)


@dataclass(frozen=True)
class Costs:
    """人件費 and その他経費 of 事業費, of 管理費, or of one department."""

    title: str
    personnel: Block
    other: Block

    @property
    def total(self) -> int:
        """The sum in yen."""
        return self.personnel.total + self.other.total

    def yen(self, name: str) -> int:
        """An account's yen; 0 when it is not there."""
        return self.personnel.yen(name) + self.other.yen(name)


@dataclass(frozen=True)
class Activities:
    """The statement of activities; every figure in yen.

    `revenues` has the five sections in order, also those without any. `departments` splits the
    same costs by department in the order of the books. `without_department` are the ordinary
    expenses that had no department and were put into the books' `without_department`.
    """

    revenues: tuple[Block, ...]
    programme: Costs
    management: Costs
    extraordinary_revenues: Block
    extraordinary_expenses: Block
    taxes: int
    brought_forward: int
    departments: Mapping[str, Costs]
    shared: Mapping[str, Mapping[str, int]]
    without_department: Block

    @property
    def revenue_total(self) -> int:
        """経常収益計."""
        return sum(block.total for block in self.revenues)

    @property
    def cost_total(self) -> int:
        """経常費用計."""
        return self.programme.total + self.management.total

    @property
    def ordinary_change(self) -> int:
        """当期経常増減額."""
        return self.revenue_total - self.cost_total

    @property
    def change_before_tax(self) -> int:
        """税引前当期正味財産増減額."""
        extraordinary = self.extraordinary_revenues.total - self.extraordinary_expenses.total
        return self.ordinary_change + extraordinary

    @property
    def change(self) -> int:
        """当期正味財産増減額."""
        return self.change_before_tax - self.taxes

    @property
    def carried_forward(self) -> int:
        """次期繰越正味財産額."""
        return self.brought_forward + self.change


def statement_of_activities(books: Books, balances: TrialBalance) -> Activities:
    """The statement of activities from the books and their adjusted trial balance.

    前期繰越正味財産額 is the closing balance of the net-asset accounts, so that the statement
    ties out even when an entry touches them directly; `cross_checks` tells of such an entry.
    """
    costs, shared, without = _costs_by_department(books)
    by_section = {section: section_block(section, balances) for section in Section}
    kinds = {kind: [costs[d.id] for d in books.departments if d.kind is kind] for kind in CostKind}
    return Activities(
        revenues=tuple(by_section[section] for section in ORDINARY_REVENUES),
        programme=_costs(books, CostKind.PROGRAMME, kinds[CostKind.PROGRAMME]),
        management=_costs(books, CostKind.MANAGEMENT, kinds[CostKind.MANAGEMENT]),
        extraordinary_revenues=by_section[Section.EXTRAORDINARY_REVENUE],
        extraordinary_expenses=by_section[Section.EXTRAORDINARY_EXPENSES],
        taxes=by_section[Section.TAXES].total,
        brought_forward=by_section[Section.NET_ASSETS].total,
        departments={d.id: _costs(books, d.name, [costs[d.id]]) for d in books.departments},
        shared=shared,
        without_department=Block("部門のない費用", _amounts(ordinary_expenses(books), without)),
    )


def ordinary_expenses(books: Books) -> tuple[Account, ...]:
    """The accounts of 経常費用 in the order of the chart."""
    return tuple(account for account in books.accounts if account.section in ORDINARY_EXPENSES)


def _costs_by_department(
    books: Books,
) -> tuple[dict[str, dict[str, int]], dict[str, dict[str, int]], dict[str, int]]:
    """Yen by department and account; the shares of shared accounts; yen without a department."""
    ordinary = {account.name for account in ordinary_expenses(books)}
    costs: dict[str, dict[str, int]] = {department.id: {} for department in books.departments}
    shared: dict[str, int] = {}
    without: dict[str, int] = {}
    for entry in books.all_entries:
        for line in entry.lines:
            if line.account not in ordinary:
                continue
            signed = line.amount if line.side is Side.DEBIT else -line.amount
            if line.department == SHARED:
                _add(shared, line.account, signed)
                continue
            if not line.department:
                _add(without, line.account, signed)
            _add(costs[line.department or books.without_department], line.account, signed)
    shares = {}
    for account in (a.name for a in ordinary_expenses(books) if a.name in shared):
        rule = books.sharing.get(account) or books.sharing_otherwise
        assert rule is not None  # check_books has seen to it
        shares[account] = share(shared[account], rule)
        for id, part in shares[account].items():
            _add(costs[id], account, part)
    return costs, shares, without


def _add(totals: dict[str, int], name: str, amount: int) -> None:
    totals[name] = totals.get(name, 0) + amount


def _costs(books: Books, title: str, parts: Iterable[Mapping[str, int]]) -> Costs:
    totals: dict[str, int] = {}
    for part in parts:
        for name, amount in part.items():
            _add(totals, name, amount)
    blocks = {
        section: Block(
            section,
            _amounts([a for a in ordinary_expenses(books) if a.section is section], totals),
        )
        for section in ORDINARY_EXPENSES
    }
    return Costs(title, blocks[Section.PERSONNEL], blocks[Section.OTHER_EXPENSES])


def _amounts(accounts: Iterable[Account], totals: Mapping[str, int]) -> tuple[Amount, ...]:
    return tuple(Amount(a, totals[a.name]) for a in accounts if totals.get(a.name))


def section_block(section: Section, balances: TrialBalance) -> Block:
    """The accounts of one section with their balances."""
    rows = (row for row in balances.rows if row.account.section is section)
    return Block(section, tuple(Amount(row.account, row.balance) for row in rows if row.balance))
