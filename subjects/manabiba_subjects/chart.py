"""The standard chart of accounts (標準の勘定科目) that any books can be mapped to."""

from __future__ import annotations

import tomllib
import unicodedata
from collections.abc import Sequence
from difflib import SequenceMatcher
from functools import cache
from importlib.resources import files
from typing import Any

from .accounts import Account, Nature, Section

LEAST_LIKENESS = 0.55
"""Share of common signs from which a name is worth offering; 事業主貸 and 事業収益 have 0.5."""


@cache
def standard_accounts() -> tuple[Account, ...]:
    """All standard accounts, in the order of the NPO法人会計基準's statements.

    Enough for an ordinary small NPO; an organisation may add accounts of its own to a section.
    Source and status of the names: `standard_accounts.toml`.
    """
    return tuple(_account(row) for row in _rows())


def standard_account(name: str) -> Account:
    """A standard account by its name. Raises KeyError for one the chart does not have.

    >>> standard_account("前受助成金").section
    <Section.CURRENT_LIABILITIES: '流動負債'>
    """
    for account in standard_accounts():
        if account.name == name:
            return account
    raise KeyError(f"the standard chart has no account {name}")


def match_account(name: str) -> Account | None:
    """The standard account that people mean by a name, or None when that is not certain.

    Names, readings and the other names in `standard_accounts.toml` count; width, spaces and
    寄付/寄附 do not matter.

    >>> [found.name for name in ("寄付金収入", "電 話 代") if (found := match_account(name))]
    ['受取寄附金', '通信運搬費']
    >>> match_account("なぞの科目")
    """
    return _by_any_name().get(_plain(name))


def similar_accounts(name: str, *, limit: int = 3) -> Sequence[Account]:
    """The standard accounts whose names look most like a name, best first; to choose from.

    A name that is unlike all of them gets none: a wrong suggestion is worse than a list to read.
    A name that ends with a standard one is like it: what an account is stands last in Japanese.

    >>> [account.name for account in similar_accounts("未収の補助金", limit=1)]
    ['未収補助金']
    """
    plain = _plain(name)
    likeness: dict[str, float] = {}
    for known, account in _by_any_name().items():
        ratio = SequenceMatcher(None, plain, known).ratio()
        if ratio >= LEAST_LIKENESS or plain.endswith(known):
            likeness[account.name] = max(ratio, likeness.get(account.name, 0.0))
    found = [account for account in standard_accounts() if account.name in likeness]
    return sorted(found, key=lambda account: likeness[account.name], reverse=True)[:limit]


@cache
def _rows() -> list[dict[str, Any]]:
    text = files("manabiba_subjects").joinpath("standard_accounts.toml").read_text("utf-8")
    rows: list[dict[str, Any]] = tomllib.loads(text)["account"]
    return rows


@cache
def _by_any_name() -> dict[str, Account]:
    """Accounts by plain name, reading and alias; an account's own name goes before the others."""
    found: dict[str, Account] = {}
    for row in _rows():
        for name in (row["reading"], *row.get("aliases", ())):
            found[_plain(name)] = standard_account(row["name"])
    for account in standard_accounts():
        found[_plain(account.name)] = account
    return found


def _plain(name: str) -> str:
    return "".join(unicodedata.normalize("NFKC", name).split()).replace("寄付", "寄附")


def _account(row: dict[str, Any]) -> Account:
    section = Section(row["section"])
    return Account(
        code=row["code"],
        name=row["name"],
        reading=row["reading"],
        type=section.type,
        section=section,
        english=row["english"],
        nature=Nature(row["nature"]) if "nature" in row else None,
    )
