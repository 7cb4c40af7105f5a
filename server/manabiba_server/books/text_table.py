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
    try:
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter):
            if len(rows) >= MOST_ROWS and any(cell.strip() for cell in row):
                raise too_many_rows()
            if any(len(cell) > LONGEST_CELL for cell in row):
                raise FileError(
                    f"{len(rows) + 1}行目に長すぎる項目があります。"
                    '二重引用符(")が閉じているか確かめてください。'
                )
            rows.append(row[:MOST_COLUMNS])
    except csv.Error:
        raise FileError(
            f"{len(rows) + 1}行目を、表の行として読めませんでした。"
            "Excelなどで開き、「CSV UTF-8」か「Excelブック(.xlsx)」で保存しなおしてください。"
        ) from None
    return rows


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
