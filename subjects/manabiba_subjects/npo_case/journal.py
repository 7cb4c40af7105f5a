"""The case as it is told: its chart, its transactions, its entries, its books."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any, Literal

from ..accounts import Account, AccountType, Section
from ..allocation import Allocation
from ..books import Books, CostKind, Department
from ..chart import standard_accounts
from ..journal import Entry, Line, Side

Kind = Literal["期中", "決算整理"]
"""During the year, or an adjustment at its end."""


@dataclass(frozen=True)
class Transaction:
    """One transaction of the year: what happened, what proves it, and its entry."""

    number: int
    on: date
    kind: Kind
    text: str
    evidence: str
    entry: Entry


@cache
def case() -> dict[str, Any]:
    """The whole case as it stands in `case.json` (yen; fictional; verified to balance)."""
    text = files("manabiba_subjects.npo_case").joinpath("case.json").read_text(encoding="utf-8")
    data: dict[str, Any] = json.loads(text)
    return data


@cache
def accounts() -> tuple[Account, ...]:
    """The chart of accounts in the order of the statements."""
    natures = {standard.name: standard.nature for standard in standard_accounts()}
    return tuple(
        Account(
            code=entry["code"],
            name=entry["name"],
            reading=entry["reading"],
            type=AccountType(entry["type"]),
            section=Section(entry["section"]),
            english=entry["english"],
            nature=natures.get(entry["name"]),
        )
        for entry in case()["accounts"]
    )


def account(name: str) -> Account:
    """An account by its name. Raises KeyError for one the case does not have."""
    for found in accounts():
        if found.name == name:
            return found
    raise KeyError(f"the case has no account {name}")


def opening_balances() -> dict[str, int]:
    """Balances at the beginning of the year, debit minus credit, in yen."""
    return {
        name: amount if account(name).type.grows_on_debit else -amount
        for name, amount in case()["opening_balance"].items()
    }


@cache
def transactions() -> tuple[Transaction, ...]:
    """All transactions by number: those of the year first, then the adjustments."""
    return tuple(_transaction(found) for found in case()["transactions"])


def transaction(number: int) -> Transaction:
    """A transaction by its number. Raises KeyError for one the case does not have."""
    for found in transactions():
        if found.number == number:
            return found
    raise KeyError(f"the case has no transaction {number}")


def transaction_text(number: int) -> str:
    """What happened in transaction `number`, as the books say it."""
    return transaction(number).text


def entry(number: int) -> Entry:
    """The journal entry of transaction `number`, in the order in which the case has it."""
    return transaction(number).entry


def entries(*, kind: Kind | None = "期中") -> tuple[Entry, ...]:
    """The entries of the year; `kind` 決算整理, or None for all with the closing adjustments."""
    return tuple(found.entry for found in transactions() if kind in {None, found.kind})


def fiscal_year() -> tuple[date, date]:
    """The first and the last day of the year."""
    first, last = case()["organization"]["fiscal_year"].split("〜")
    return date.fromisoformat(first), date.fromisoformat(last)


def departments() -> tuple[Department, ...]:
    """The two programmes and 管理部門, under the ids that the entries' lines carry."""
    programmes = case()["organization"]["programmes"]
    return (
        *(
            Department(id, name.partition("(")[0], CostKind.PROGRAMME)
            for id, name in programmes.items()
        ),
        Department("管理", "管理部門", CostKind.MANAGEMENT),
    )


def sharing() -> dict[str, Allocation]:
    """How each common cost is shared out (percent); the remainder goes to 管理部門."""
    return {
        account: Allocation(rule["ratio_percent"], remainder_to="管理")
        for account, rule in case()["allocation"].items()
    }


@cache
def books() -> Books:
    """The year's books: opening balances, the 42 entries and the 9 adjustments, dated."""
    dated = {
        kind: tuple(
            replace(found.entry, on=found.on, text=found.text)
            for found in transactions()
            if found.kind == kind
        )
        for kind in ("期中", "決算整理")
    }
    start, end = fiscal_year()
    return Books(
        accounts=accounts(),
        opening=opening_balances(),
        entries=dated["期中"],
        adjustments=dated["決算整理"],
        departments=departments(),
        sharing=sharing(),
        start=start,
        end=end,
    )


def _transaction(found: dict[str, Any]) -> Transaction:
    lines = tuple(
        Line(Side.DEBIT, line["account"], line["debit"], line["dept"])
        if line["debit"]
        else Line(Side.CREDIT, line["account"], line["credit"], line["dept"])
        for line in found["journal"]
    )
    return Transaction(
        number=found["no"],
        on=date.fromisoformat(found["date"]),
        kind=found["kind"],
        text=found["text"],
        evidence=found["evidence"],
        entry=Entry(lines, f"#{found['no']}"),
    )
