"""Finding the header of a table and what its columns mean, whatever they are called."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from .cells import Cell, is_empty, plain, text_of

SEARCHED_ROWS = 30
"""A header is looked for in so many rows from the top."""

Rows = Sequence[Sequence[Cell]]


class Column(StrEnum):
    """What a column means; the value is what we call it."""

    DATE = "日付"
    NUMBER = "番号"
    KIND = "区分"
    DEBIT_ACCOUNT = "借方科目"
    DEBIT = "借方金額"
    DEBIT_DEPARTMENT = "借方部門"
    CREDIT_ACCOUNT = "貸方科目"
    CREDIT = "貸方金額"
    CREDIT_DEPARTMENT = "貸方部門"
    TEXT = "摘要"
    DEPARTMENT = "部門"
    ACCOUNT = "科目"
    AMOUNT = "金額"
    LEFT = "借方"
    RIGHT = "貸方"


_NAMES: Mapping[Column, str] = {
    Column.DATE: "日付 取引日 取引日付 取引年月日 年月日 伝票日付 仕訳日付 計上日 発生日 月日",
    Column.NUMBER: "番号 no 伝票番号 伝票no 仕訳番号 仕訳no 取引番号 取引no",
    Column.KIND: "区分 種別 決算 決算整理 決算整理仕訳 仕訳区分",
    Column.DEBIT_ACCOUNT: "借方科目 借方勘定科目 借方勘定 借方科目名 借方勘定科目名",
    Column.DEBIT: "借方金額 借方額 借方残高 借方税込金額",
    Column.DEBIT_DEPARTMENT: "借方部門 借方部門名",
    Column.CREDIT_ACCOUNT: "貸方科目 貸方勘定科目 貸方勘定 貸方科目名 貸方勘定科目名",
    Column.CREDIT: "貸方金額 貸方額 貸方残高 貸方税込金額",
    Column.CREDIT_DEPARTMENT: "貸方部門 貸方部門名",
    Column.TEXT: "摘要 適要 内容 取引内容 備考 メモ 摘要文",
    Column.DEPARTMENT: "部門 部門名 事業 事業名 事業部門 プロジェクト",
    Column.ACCOUNT: "科目 勘定科目 科目名 勘定科目名 項目",
    Column.AMOUNT: "金額 期首残高 残高 期首金額 開始残高 前期末残高 前期繰越 取引金額",
    Column.LEFT: "借方",
    Column.RIGHT: "貸方",
}
_MEANING = {plain(name): column for column, names in _NAMES.items() for name in names.split()}


@dataclass(frozen=True)
class Header:
    """A table's header: its last row (counted from 1), and the place and title of each column.

    `unread` are the titles of columns whose meaning is not needed or not known.
    """

    row: int
    places: Mapping[Column, int]
    titles: Mapping[Column, str]
    unread: tuple[str, ...] = ()

    def title(self, column: Column) -> str:
        """What the table itself calls a column."""
        return self.titles.get(column, column.value)


def find_header(rows: Rows, required: Iterable[frozenset[Column]]) -> Header | None:
    """The first header, in one row or two, that has every column of one of the `required` sets."""
    wanted = tuple(required)
    for index in range(min(len(rows), SEARCHED_ROWS)):
        singles = [text_of(cell) for cell in rows[index]]
        candidates = [(index + 1, singles)]
        if index + 1 < len(rows):
            candidates.append((index + 2, _joined(singles, [text_of(c) for c in rows[index + 1]])))
        for last, titles in candidates:
            header = _header(last, titles)
            if any(need <= header.places.keys() for need in wanted):
                return header
    return None


def cell_at(row: Sequence[Cell], place: int | None) -> Cell:
    """A row's cell at a place; None where the row is too short or there is no such column."""
    return row[place] if place is not None and place < len(row) else None


def is_blank(row: Sequence[Cell]) -> bool:
    """Whether a row has nothing in it."""
    return all(is_empty(cell) for cell in row)


def is_header_again(row: Sequence[Cell], header: Header) -> bool:
    """Whether a row repeats the header, as at the top of each printed page."""
    texts = [plain(cell_at(row, place)) for place in header.places.values()]
    known = [text for text in texts if text]
    return len(known) >= 2 and all(text in _MEANING for text in known)


def _joined(upper: Sequence[str], lower: Sequence[str]) -> list[str]:
    """Two header rows as one; a cell merged over several columns counts for all of them."""
    width = max(len(upper), len(lower))
    above = [*upper, *[""] * (width - len(upper))]
    below = [*lower, *[""] * (width - len(lower))]
    titles, last = [], ""
    for over, under in zip(above, below, strict=True):
        last = over or last
        if not under:
            titles.append(over)
        elif plain(last + under) in _MEANING or plain(under) not in _MEANING:
            titles.append(last + under)
        else:
            titles.append(under)
    return titles


def _header(row: int, titles: Sequence[str]) -> Header:
    found: dict[Column, int] = {}
    unread: list[str] = []
    several: dict[Column, list[int]] = {Column.ACCOUNT: [], Column.AMOUNT: []}
    for place, title in enumerate(titles):
        meaning = _MEANING.get(plain(title))
        if meaning in several:
            several[meaning].append(place)
        elif meaning is not None and meaning not in found:
            found[meaning] = place
        elif title:
            unread.append(title)
    _settle_sides(found, several)
    for meaning, places in several.items():
        if places and meaning not in found:
            found[meaning] = places[0]
    return Header(
        row=row,
        places=found,
        titles={meaning: titles[place] for meaning, place in found.items()},
        unread=tuple(unread),
    )


def _settle_sides(found: dict[Column, int], several: dict[Column, list[int]]) -> None:
    """借方 and 貸方 alone are amounts beside one 科目, otherwise accounts before their 金額."""
    if several[Column.ACCOUNT] and len(several[Column.ACCOUNT]) == 1:
        pairs = ((Column.LEFT, Column.DEBIT), (Column.RIGHT, Column.CREDIT))
    else:
        pairs = ((Column.LEFT, Column.DEBIT_ACCOUNT), (Column.RIGHT, Column.CREDIT_ACCOUNT))
    for side, meaning in pairs:
        if side in found and meaning not in found:
            found[meaning] = found.pop(side)
    for meaning, (left, right) in (
        (Column.ACCOUNT, (Column.DEBIT_ACCOUNT, Column.CREDIT_ACCOUNT)),
        (Column.AMOUNT, (Column.DEBIT, Column.CREDIT)),
    ):
        places = several[meaning]
        if len(places) == 2 and left not in found and right not in found:
            found[left], found[right] = places
            places.clear()
