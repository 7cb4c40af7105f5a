"""The rows of a journal entry as a participant types them, and what can be read of them."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from manabiba_subjects import Account, Line, Side

from .judgement import mapping_of, text_of
from .number_text import NumberTextError, parse_number

SIDES = {"debit": Side.DEBIT, "credit": Side.CREDIT}
MOST_ROWS = 12
MOST_YEN = 999_999_999_999


@dataclass(frozen=True)
class Transaction:
    """A transaction to be entered: what happened, in words.

    `id` is lower-case letters and digits.
    """

    id: str
    text: str


@dataclass(frozen=True)
class JournalSpec:
    """The transactions and the accounts one may choose from."""

    transactions: tuple[Transaction, ...]
    accounts: tuple[Account, ...]

    def account(self, text: str) -> Account | None:
        """The account somebody means by its name or its reading."""
        wanted = _plain(text)
        for account in self.accounts:
            if wanted in {_plain(account.name), _plain(account.reading)}:
                return account
        return None


def _plain(text: str) -> str:
    folded = unicodedata.normalize("NFKC", text).strip()
    return "".join(chr(ord(c) - 0x60) if "ァ" <= c <= "ヶ" else c for c in folded)


@dataclass(frozen=True)
class Row:
    """A row as typed, and what could be read of it: a line or a problem (never both).

    `input` names the row on the page.
    """

    input: str
    side: Side
    typed: str
    line: Line | None
    problem: str


def read_rows(spec: JournalSpec, transaction: str, answer: Mapping[str, Any]) -> Iterator[Row]:
    """The rows of one transaction in which something stands."""
    given = mapping_of(mapping_of(answer.get("entries")).get(transaction))
    for name, side in SIDES.items():
        rows = given.get(name)
        for number, row in enumerate(rows[:MOST_ROWS] if isinstance(rows, list) else []):
            account = text_of(mapping_of(row).get("account")).strip()
            amount = text_of(mapping_of(row).get("amount")).strip()
            if account or amount:
                problem, line = _read_row(spec, side, account, amount)
                typed = f"{account or '(科目なし)'} {amount or '(金額なし)'}"
                yield Row(f"{transaction}-{name}-{number}", side, typed, line, problem)


def _read_row(
    spec: JournalSpec, side: Side, account_text: str, amount_text: str
) -> tuple[str, Line | None]:
    account = spec.account(account_text)
    if not account_text:
        return "勘定科目を選んでください。", None
    if account is None:
        return f"「{account_text[:20]}」は一覧にない科目です。候補から選びなおしてください。", None
    try:
        amount = parse_number(amount_text)
    except NumberTextError as error:
        return str(error), None
    if amount is None:
        return "金額を入れてください。", None
    if amount <= 0:
        return "金額は0より大きい数で書きます。減らすときは反対側に書きましょう。", None
    if amount != int(amount):
        return "金額は円の単位まで(小数なし)で書いてください。", None
    if amount > MOST_YEN:
        return "金額が大きすぎるようです。けたを確かめてください。", None
    return "", Line(side, account.name, int(amount))
