"""Reading opening balances (期首残高) from the rows of a table."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from manabiba_subjects import Side
from manabiba_subjects.own_books import OpeningRow

from .cells import Cell, CellError, plain, shown, text_of, yen_of
from .findings import Finding
from .header import Column, Rows, cell_at, find_header, is_blank, is_header_again

LAYOUTS = (
    frozenset({Column.ACCOUNT, Column.AMOUNT}),
    frozenset({Column.ACCOUNT, Column.DEBIT, Column.CREDIT}),
)
_TOTAL = re.compile(r".*(合|小|総)計|計|.*の部|差引.*")


@dataclass(frozen=True)
class OpeningTable:
    """Opening balances that were read; none at all with any problem."""

    rows: tuple[OpeningRow, ...] = ()
    columns: tuple[tuple[str, str], ...] = ()
    notes: tuple[Finding, ...] = ()
    problems: tuple[Finding, ...] = ()


def read_opening(rows: Rows) -> OpeningTable:
    """The opening balances in a table."""
    header = find_header(rows, LAYOUTS)
    if header is None:
        message = (
            "期首残高の見出しが見つかりません。「科目・期首残高」という見出しの行を置いてください。"
        )
        return OpeningTable(problems=(Finding(0, message),))
    found: dict[str, OpeningRow] = {}
    notes: list[Finding] = []
    problems: list[Finding] = []
    columns = (Column.AMOUNT,) if Column.AMOUNT in header.places else (Column.DEBIT, Column.CREDIT)
    for number, row in enumerate(rows[header.row :], start=header.row + 1):
        if is_blank(row) or is_header_again(row, header):
            continue
        account = text_of(cell_at(row, header.places[Column.ACCOUNT]))
        if _TOTAL.fullmatch(plain(account)):
            notes.append(
                Finding(number, "見出しか合計の行なので、読みませんでした。", value=account)
            )
            continue
        amounts: list[int | None] = []
        for column in columns:
            cell = cell_at(row, header.places[column])
            try:
                amounts.append(yen_of(cell))
            except CellError as error:
                amounts.append(None)
                problems.append(Finding(number, str(error), header.title(column), shown(cell)[:60]))
        if not any(amounts):
            continue
        if not account:
            message = "科目がありません。科目を書くか、この行を除いてください。"
            problems.append(Finding(number, message, header.title(Column.ACCOUNT), _written(row)))
            continue
        read = _row(account, amounts)
        if account in found:
            notes.append(
                Finding(number, "同じ科目が上にもあるので、足し合わせました。", value=account)
            )
            read = _row(account, [_signed(found[account]) + _signed(read)], like=read)
        found[account] = read
    if not found and not problems:
        problems.append(Finding(header.row, "見出しの下に残高がありません。"))
    return OpeningTable(
        rows=() if problems else tuple(found.values()),
        columns=tuple((c.value, header.titles[c]) for c in (Column.ACCOUNT, *columns)),
        notes=tuple(notes),
        problems=tuple(problems),
    )


def find_opening(rows: Rows) -> bool:
    """Whether a table looks like opening balances (and not like a journal)."""
    header = find_header(rows, LAYOUTS)
    return header is not None and Column.DATE not in header.places


def _row(
    account: str, amounts: Sequence[int | None], *, like: OpeningRow | None = None
) -> OpeningRow:
    if like is not None:
        signed = amounts[0] or 0
        if like.side is None:
            return replace(like, yen=signed)
        return OpeningRow(account, abs(signed), Side.DEBIT if signed >= 0 else Side.CREDIT)
    if len(amounts) == 1:
        return OpeningRow(account, amounts[0] or 0)
    signed = (amounts[0] or 0) - (amounts[1] or 0)
    return OpeningRow(account, abs(signed), Side.DEBIT if signed >= 0 else Side.CREDIT)


def _signed(row: OpeningRow) -> int:
    return -row.yen if row.side is Side.CREDIT else row.yen


def _written(row: Sequence[Cell]) -> str:
    return "、".join(filter(None, (shown(cell) for cell in row)))[:60]
