"""Journal and opening balances as rows that our own reader understands again, without loss."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from itertools import zip_longest

from manabiba_subjects import Entry, Line, Side
from manabiba_subjects.own_books import OwnBooks

from .cells import Cell, shown

JOURNAL_HEADER = [
    "番号",
    "日付",
    "区分",
    "借方科目",
    "借方金額",
    "借方部門",
    "貸方科目",
    "貸方金額",
    "貸方部門",
    "摘要",
]
OPENING_HEADER = ["科目", "借方残高", "貸方残高"]
CLOSING = "決算整理"
RISKY = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")
"""A spreadsheet takes a text that begins so for a formula; in Japanese also at full width."""


def journal_rows(own: OwnBooks) -> list[list[Cell]]:
    """The journal without its header; every entry has a number, an entry's rows share it."""
    rows: list[list[Cell]] = []
    entries = [(entry, "") for entry in own.entries]
    entries += [(entry, CLOSING) for entry in own.adjustments]
    for number, (entry, kind) in enumerate(entries, start=1):
        rows += _entry_rows(entry, number, kind)
    return rows


def opening_rows(own: OwnBooks) -> list[list[Cell]]:
    """The opening balances without their header, on their sides.

    An account whose meaning is not known yet stands on the left with its amount.
    """
    rows: list[list[Cell]] = []
    for row in own.opening:
        place = own.places.get(row.account)
        side = row.side
        if side is None:
            grows_left = place is None or place.section.type.grows_on_debit
            side = Side.DEBIT if grows_left else Side.CREDIT
        if row.yen < 0:
            side = side.other
        yen = abs(row.yen)
        rows.append(
            [row.account, yen if side is Side.DEBIT else None, yen if side is Side.CREDIT else None]
        )
    return rows


def as_csv(header: Sequence[str], rows: Iterable[Sequence[Cell]]) -> bytes:
    """A .csv file in UTF-8 with a mark, which spreadsheets open without garbling.

    Texts that a spreadsheet would take for a formula get an apostrophe before them.
    """
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(header)
    for row in rows:
        writer.writerow([_guarded(cell) for cell in row])
    return text.getvalue().encode("utf-8-sig")


def _guarded(cell: Cell) -> str:
    text = shown(cell)
    return f"'{text}" if isinstance(cell, str) and text.startswith(RISKY) else text


def _entry_rows(entry: Entry, number: int, kind: str) -> list[list[Cell]]:
    left = [line for line in entry.lines if line.side is Side.DEBIT]
    right = [line for line in entry.lines if line.side is Side.CREDIT]
    return [
        [number, entry.on, kind, *_side(debit), *_side(credit), entry.text]
        for debit, credit in zip_longest(left, right)
    ]


def _side(line: Line | None) -> list[Cell]:
    return [line.account, line.amount, line.department] if line else [None, None, None]
