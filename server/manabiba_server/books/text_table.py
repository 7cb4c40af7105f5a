"""Text files of rows: .csv as Japanese programs write it, or cells pasted from a spreadsheet."""

from __future__ import annotations

import codecs
import csv
import io
import unicodedata
from collections.abc import Sequence

from .header import Rows

MOST_ROWS = 20_000
MOST_COLUMNS = 60
LONGEST_CELL = 2_000
FEWEST_COLUMNS = 5
"""Columns of a journal: date, two accounts, two amounts."""

_END = "--- end of the table ---"
"""A last row of our own, to see whether a quotation mark was closed before it."""


class FileError(ValueError):
    """A file that cannot be read at all; the message says what to do, in Japanese."""


def rows_of_bytes(data: bytes) -> Rows:
    """The rows of a text file in UTF-8, marked UTF-16 or Shift_JIS (cp932). Raises FileError."""
    return rows_of_text(_decoded(data))


def rows_of_text(text: str) -> Rows:
    """The rows of a text, separated by tabs where its first lines have any, otherwise by commas."""
    if not text.strip():
        raise FileError("ファイルに何も書かれていません。")
    head = text[:4000]
    delimiter = "\t" if "\t" in head else (";" if ";" in head and "," not in head else ",")
    rows: list[Sequence[str]] = []
    whole = text if text.endswith(("\n", "\r")) else f"{text}\n"
    reader = csv.reader(io.StringIO(whole + _END, newline=""), delimiter=delimiter)
    line = 1
    try:
        for row in reader:
            if row == [_END]:
                break
            if len(rows) >= MOST_ROWS and any(cell.strip() for cell in row):
                raise too_many_rows()
            if any(len(cell) > LONGEST_CELL for cell in row):
                raise FileError(
                    f"{len(rows) + 1}行目に長すぎる項目があります。"
                    '二重引用符(")が閉じているか確かめてください。'
                )
            if any(_swallows_rows(cell, delimiter) for cell in row):
                raise FileError(
                    f'{line}行目から、二重引用符(")が閉じていないようです。閉じるか消して、'
                    "もう一度お試しください。"
                )
            rows.append(row[:MOST_COLUMNS])
            line = reader.line_num + 1
    except csv.Error:
        raise FileError(
            f"{len(rows) + 1}行目を、表の行として読めませんでした。"
            "Excelなどで開き、「CSV UTF-8」か「Excelブック(.xlsx)」で保存しなおしてください。"
        ) from None
    return rows


def _swallows_rows(cell: str, delimiter: str) -> bool:
    """Whether a quotation mark that is not closed has made rows of the table into one cell."""
    later = cell.splitlines()[1:]
    return _END in later or any(line.count(delimiter) >= FEWEST_COLUMNS - 1 for line in later)


def too_many_rows() -> FileError:
    """What to say about a table with more rows than we read."""
    return FileError(
        f"行が多すぎます(読めるのは{MOST_ROWS:,}行まで)。1つの事業年度の分だけにしてください。"
    )


def _decoded(data: bytes) -> str:
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        encodings = ["utf-16"]
    else:
        encodings = ["utf-8-sig", "cp932"]
    for encoding in encodings:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if any(
            unicodedata.category(c) == "Cc" and c not in "\t\r\n\x0b\x1a" for c in text[:100_000]
        ):
            break
        return text.rstrip("\x1a")
    raise FileError(
        "文字を読みとれませんでした。表計算ソフトで開き、「Excelブック(.xlsx)」か"
        "「CSV UTF-8」で保存しなおしてください。"
    )
