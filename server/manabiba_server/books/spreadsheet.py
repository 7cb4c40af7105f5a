"""Reading .xlsx files that anybody may send: only the cells, and only so much of them."""

from __future__ import annotations

import io
import warnings
import zipfile
from collections.abc import Mapping
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from openpyxl import load_workbook

from .cells import Cell
from .header import Rows
from .text_table import LONGEST_CELL, MOST_COLUMNS, MOST_ROWS, FileError, too_many_rows

LARGEST_FILE = 5_000_000
"""Bytes of a file that we read; 20,000 rows take about one million."""

LARGEST_UNPACKED = 60_000_000
MOST_PARTS = 500
MOST_SHEETS = 20

_OLD_OR_LOCKED = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_DAMAGED = (
    "Excelファイルを開けませんでした。壊れているかもしれません。"
    "Excelで開きなおし、「Excelブック(.xlsx)」で保存してから、もう一度お試しください。"
)
_KNOWN_OTHERS = {
    b"%PDF": "PDFファイルです。",
    b"\x89PNG": "画像ファイルです。",
    b"\xff\xd8\xff": "画像ファイルです。",
    b"GIF8": "画像ファイルです。",
    b"{\\rtf": "文書ファイルです。",
    b"\x1f\x8b": "圧縮されたファイルです。",
}
_ADVICE = "表を書いた .xlsx か .csv のファイルを選んでください。"


def is_spreadsheet(data: bytes) -> bool:
    """Whether the bytes are an .xlsx file (by content: names lie). Raises FileError for a file
    that is neither that nor text."""
    if data.startswith(_OLD_OR_LOCKED):
        raise FileError(
            "古い形式(.xls)か、パスワードのかかったExcelファイルです。Excelで開いてパスワードを外し、"
            "「Excelブック(.xlsx)」で保存しなおしてください。"
        )
    for start, kind in _KNOWN_OTHERS.items():
        if data.startswith(start):
            raise FileError(kind + _ADVICE)
    return data.startswith(b"PK\x03\x04")


def sheets_of(data: bytes) -> Mapping[str, Rows]:
    """The rows of every visible sheet by its name, with the values that were last computed.

    Raises FileError for what is no spreadsheet, is damaged or too large when unpacked.
    """
    _check_package(data)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # what openpyxl does not keep matters to writers only
            book = load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
            return {
                sheet.title: _rows(sheet)
                for sheet in book.worksheets[:MOST_SHEETS]
                if sheet.sheet_state == "visible"
            }
    except FileError:
        raise
    except Exception as error:  # openpyxl raises whatever a broken file makes it stumble over
        raise FileError(_DAMAGED) from error


def _check_package(data: bytes) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            parts = package.infolist()
            if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > LARGEST_UNPACKED:
                raise FileError(
                    "ファイルの中身が大きすぎます。要らないシートを消して保存しなおしてください。"
                )
            names = {part.filename for part in parts}
            if "EncryptedPackage" in names:
                raise FileError("パスワードのかかったファイルです。パスワードを外してください。")
            if "xl/workbook.xml" not in names:
                raise FileError("Excelの表ではないファイルです。" + _ADVICE)
            for part in parts:
                if part.filename.endswith((".xml", ".rels")):
                    with package.open(part) as file:
                        if b"<!DOCTYPE" in file.read(4096):
                            raise FileError(_DAMAGED)
    except FileError:
        raise
    # zipfile's RuntimeError: a password; its NotImplementedError: a compression it does not know
    except (zipfile.BadZipFile, RuntimeError, NotImplementedError, OSError, EOFError) as error:
        raise FileError(_DAMAGED) from error


def _rows(sheet: Any) -> Rows:
    sheet.reset_dimensions()  # what a file says of its own size may be wrong
    rows: list[list[Cell]] = []
    last_used = 0
    for number, row in enumerate(
        sheet.iter_rows(max_row=MOST_ROWS + 1, max_col=MOST_COLUMNS, values_only=True), start=1
    ):
        used = len(row)
        while used and row[used - 1] in {None, ""}:
            used -= 1
        rows.append([_cell(value) for value in row[:used]])
        if used:
            last_used = number
    if last_used > MOST_ROWS:
        raise too_many_rows()
    return rows[:last_used]


def _cell(value: Any) -> Cell:
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date) or value is None:
        return value
    if isinstance(value, bool | time):
        return str(value)
    if isinstance(value, float):
        return int(value) if value.is_integer() else Decimal(str(value))
    if isinstance(value, int):
        return value
    return str(value)[:LONGEST_CELL]
