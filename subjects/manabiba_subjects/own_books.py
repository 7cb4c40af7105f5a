"""An organisation's own books: its account names, what they mean, and the statements from them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from .accounts import ORDINARY_EXPENSES, Account, AccountType, Section
from .allocation import Allocation, Rounding
from .books import SHARED, STANDARD_DEPARTMENTS, Books, CostKind, Department
from .chart import match_account, similar_accounts, standard_accounts
from .journal import Entry, Side
from .notes import RestrictedFund
from .property_list import Item
from .trial_balance import trial_balance

NET_ASSETS = "前期繰越正味財産"
_SHARED_NAMES = frozenset({SHARED, "共通部門", "共通費", "全体", "按分"})
_MANAGEMENT_NAMES = frozenset({"管理", "管理部門", "管理費", "本部", "事務局", "法人", "法人管理"})


@dataclass(frozen=True)
class OpeningRow:
    """An account's opening balance in yen, under the organisation's own name.

    `side` is None where only the amount is known: then it is the side on which the account grows.
    """

    account: str
    yen: int
    side: Side | None = None


@dataclass(frozen=True)
class Place:
    """What one of the organisation's accounts is in the statements: a name and its section."""

    name: str
    section: Section


@dataclass(frozen=True)
class TextNote:
    """A note that is written in words (役員との取引 …)."""

    title: str
    text: str


@dataclass(frozen=True)
class OwnBooks:
    """One year of an organisation, as it came in and as its owner has explained it.

    `places` say what its accounts mean; `departments` and `without_department` where costs belong;
    `weights` by account of the statements and department how common costs are shared out.
    """

    organisation: str
    start: date
    end: date
    opening: tuple[OpeningRow, ...]
    entries: tuple[Entry, ...]
    adjustments: tuple[Entry, ...] = ()
    places: Mapping[str, Place] = field(default_factory=dict)
    departments: tuple[Department, ...] = STANDARD_DEPARTMENTS
    without_department: str = "管理"
    weights: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    funds: tuple[RestrictedFund, ...] = ()
    texts: tuple[TextNote, ...] = ()

    @property
    def account_names(self) -> tuple[str, ...]:
        """The organisation's own account names, opening balances first, in order of appearance."""
        names = [row.account for row in self.opening]
        names += [line.account for e in (*self.entries, *self.adjustments) for line in e.lines]
        return tuple(dict.fromkeys(names))

    @property
    def unplaced(self) -> tuple[str, ...]:
        """The account names whose meaning the owner has not confirmed yet."""
        return tuple(name for name in self.account_names if name not in self.places)

    @property
    def shared_accounts(self) -> tuple[str, ...]:
        """The statements' accounts of 経常費用 that have common costs to be shared out."""
        found = dict.fromkeys(
            self.places[line.account].name
            for entry in (*self.entries, *self.adjustments)
            for line in entry.lines
            if line.department == SHARED
            and line.account in self.places
            and self.places[line.account].section in ORDINARY_EXPENSES
        )
        return tuple(found)


def suggested_place(name: str) -> Place | None:
    """What an account name surely means in the standard chart; None when its owner has to say."""
    found = match_account(name)
    return Place(found.name, found.section) if found and found.section else None


def similar_places(name: str) -> Sequence[Place]:
    """What an account name may mean, likeliest first."""
    return [Place(a.name, a.section) for a in similar_accounts(name) if a.section]


def with_departments(own: OwnBooks) -> OwnBooks:
    """The books with exactly the departments that ordinary costs name, and 管理部門 last.

    Names like 事務局 count as 管理部門, the others as programmes; what the owner has said of a
    department stays. Where no programme is named, there is the standard one.
    """
    places = {name: own.places.get(name) or suggested_place(name) for name in own.account_names}
    flows = {n for n, place in places.items() if not place or place.section in ORDINARY_EXPENSES}
    named = dict.fromkeys(
        line.department
        for entry in (*own.entries, *own.adjustments)
        for line in entry.lines
        if line.account in flows and line.department not in {"", SHARED}
    )
    programme, management = STANDARD_DEPARTMENTS
    known = {department.id: department for department in own.departments}
    ids = [id for id in known if id in named and id != management.id]
    ids += [id for id in named if id not in known and id != management.id]
    found = [known.get(id, Department(id, id, CostKind.PROGRAMME)) for id in ids]
    departments = (*(found or [programme]), known.get(management.id, management))
    without = own.without_department
    return replace(
        own,
        departments=departments,
        without_department=without if without in {d.id for d in departments} else management.id,
    )


def with_plain_departments(entry: Entry) -> Entry:
    """An entry whose departments have the names that `Books` knows for 共通 and 管理部門."""
    lines = tuple(replace(line, department=_department(line.department)) for line in entry.lines)
    return replace(entry, lines=lines)


def missing_net_assets(own: OwnBooks) -> int | None:
    """前期繰越正味財産 in yen where the opening balances leave it out; None where they have it.

    It is what assets exceed liabilities by. Raises KeyError for an account without a place.
    """
    sections = [own.places[row.account].section for row in own.opening]
    if not own.opening or Section.NET_ASSETS in sections:
        return None
    return sum(_opening_balance(row, own.places[row.account]) for row in own.opening)


def books_of(own: OwnBooks) -> Books:
    """The books under the statements' names. Raises KeyError for an account without a place."""
    opening: dict[str, int] = {}
    for row in own.opening:
        place = own.places[row.account]
        opening[place.name] = opening.get(place.name, 0) + _opening_balance(row, place)
    places = dict.fromkeys(own.places[name] for name in own.account_names)
    if (missing := missing_net_assets(own)) is not None:
        opening[NET_ASSETS] = opening.get(NET_ASSETS, 0) - missing
        places[Place(NET_ASSETS, Section.NET_ASSETS)] = None
    ids = [department.id for department in own.departments]
    return Books(
        accounts=_accounts(places),
        opening=opening,
        entries=tuple(_placed(entry, own.places) for entry in own.entries),
        adjustments=tuple(_placed(entry, own.places) for entry in own.adjustments),
        departments=own.departments,
        sharing={
            account: _allocation(weights, ids)
            for account, weights in own.weights.items()
            if sum(weights.get(id, 0) for id in ids) > 0
        },
        without_department=own.without_department,
        start=own.start,
        end=own.end,
    )


def items_of(own: OwnBooks) -> dict[str, tuple[Item, ...]]:
    """What stands behind the accounts in 財産目録: the organisation's own accounts by name.

    Only where they tell more than the statement: an own name, or several accounts in one.
    """
    totals = dict.fromkeys(own.account_names, 0)
    for row in own.opening:
        totals[row.account] += _opening_balance(row, own.places[row.account])
    for entry in (*own.entries, *own.adjustments):
        for line in entry.lines:
            totals[line.account] += line.amount if line.side is Side.DEBIT else -line.amount
    found: dict[str, list[Item]] = {}
    for name, signed in totals.items():
        place = own.places[name]
        if place.section.type in {AccountType.ASSET, AccountType.LIABILITY} and signed:
            yen = signed if place.section.type.grows_on_debit else -signed
            found.setdefault(place.name, []).append(Item("" if name == place.name else name, yen))
    balances = {row.account.name: row.balance for row in trial_balance(books_of(own)).rows}
    return {
        account: tuple(items)
        for account, items in found.items()
        if balances.get(account) and any(item.text for item in items)
    }


def _opening_balance(row: OpeningRow, place: Place) -> int:
    """Debit minus credit in yen."""
    side = row.side or (Side.DEBIT if place.section.type.grows_on_debit else Side.CREDIT)
    return row.yen if side is Side.DEBIT else -row.yen


def _accounts(places: Iterable[Place]) -> tuple[Account, ...]:
    """Accounts in the order of the statements; own names after the standard ones of a section."""
    wanted = dict.fromkeys(places)
    standard = {Place(a.name, a.section): a for a in standard_accounts() if a.section}
    natures = {a.name: a.nature for a in standard_accounts()}
    ordered: list[Account] = []
    for section in Section:
        ordered += [a for place, a in standard.items() if place in wanted and a.section is section]
        ordered += [
            Account("", p.name, "", section.type, section, nature=natures.get(p.name))
            for p in wanted
            if p not in standard and p.section is section
        ]
    return tuple(ordered)


def _placed(entry: Entry, places: Mapping[str, Place]) -> Entry:
    lines = tuple(replace(line, account=places[line.account].name) for line in entry.lines)
    return replace(entry, lines=lines)


def _allocation(weights: Mapping[str, int], ids: Sequence[str]) -> Allocation:
    """What does not divide evenly goes to the last department, 管理部門 where there is one."""
    return Allocation(
        {id: weights[id] for id in ids if id in weights},
        remainder_to=next(id for id in reversed(ids) if id in weights),
        rounding=Rounding.REMAINDER_TO_ONE,
    )


def _department(name: str) -> str:
    plain = "".join(name.split())
    if plain in _SHARED_NAMES:
        return SHARED
    return STANDARD_DEPARTMENTS[1].id if plain in _MANAGEMENT_NAMES else name
