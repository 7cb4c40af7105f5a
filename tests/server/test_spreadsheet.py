"""Files that anybody may send."""

import io
import os
import zipfile
from datetime import date, datetime
from decimal import Decimal

import pytest
from openpyxl import Workbook

from manabiba_server.books.spreadsheet import is_spreadsheet, sheets_of
from manabiba_server.books.text_table import MOST_ROWS, FileError


def workbook(*rows: list, title: str = "仕訳帳") -> bytes:
    book = Workbook()
    sheet = book.active
    sheet.title = title
    for row in rows:
        sheet.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def package(parts: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        for name, data in parts.items():
            file.writestr(name, data)
    return out.getvalue()


def test_cells_come_as_text_whole_numbers_decimals_and_days() -> None:
    row = [
        "会議費",
        500,
        500.0,
        1.5,
        datetime.fromisoformat("2025-04-01T09:30"),
        date(2025, 4, 2),
        None,
        True,
    ]
    assert sheets_of(workbook(row)) == {
        "仕訳帳": [
            ["会議費", 500, 500, Decimal("1.5"), date(2025, 4, 1), date(2025, 4, 2), None, "True"]
        ]
    }


def test_hidden_sheets_are_left_alone() -> None:
    book = Workbook()
    book.active.title = "見える"
    book.create_sheet("隠れた").sheet_state = "hidden"
    out = io.BytesIO()
    book.save(out)
    assert list(sheets_of(out.getvalue())) == ["見える"]


def test_formulas_come_as_their_last_value() -> None:
    data = workbook(["会議費", "=1+1"])
    assert sheets_of(data) == {"仕訳帳": [["会議費"]]}  # nothing has computed it yet


def test_a_far_away_cell_does_not_make_a_huge_table() -> None:
    book = Workbook()
    book.active["A1"] = "日付"
    book.active["XFD5"] = "遠い"
    out = io.BytesIO()
    book.save(out)
    [rows] = sheets_of(out.getvalue()).values()
    assert rows[0][0] == "日付"
    assert max(map(len, rows)) <= 60


def test_too_many_rows_are_refused() -> None:
    data = workbook(*([["x", 1]] * (MOST_ROWS + 1)))
    with pytest.raises(FileError, match="行が多すぎます"):
        sheets_of(data)


def test_kinds_are_told_by_content() -> None:
    assert is_spreadsheet(workbook(["x"]))
    assert not is_spreadsheet("日付,借方科目".encode("cp932"))


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600, "パスワード"),
        (b"%PDF-1.7 ...", "PDFファイルです"),
        (b"\x89PNG\r\n\x1a\n", "画像ファイルです"),
        (b"\xff\xd8\xff\xe0", "画像ファイルです"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_other_kinds_of_files_are_named(data: bytes, words: str) -> None:
    with pytest.raises(FileError, match=words):
        is_spreadsheet(data)


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"PK\x03\x04" + os.urandom(2000), "開けませんでした"),
        (workbook(["x"])[:-200], "開けませんでした"),
        (package({"word/document.xml": b"<w/>"}), "Excelの表ではない"),
        (package({"EncryptedPackage": b"x"}), "パスワード"),
        (package({"xl/workbook.xml": b"<not a workbook"}), "開けませんでした"),
        (
            package({"xl/workbook.xml": b'<!DOCTYPE a [<!ENTITY b "c">]><workbook/>'}),
            "開けませんでした",
        ),
        (package({"xl/workbook.xml": b"", "bomb": b"\0" * 61_000_000}), "中身が大きすぎます"),
        (
            package({"xl/workbook.xml": b"", **{f"part{n}": b"" for n in range(501)}}),
            "中身が大きすぎます",
        ),
    ],
    ids=range(8),
)
def test_damaged_and_hostile_files_are_refused_with_words(data: bytes, words: str) -> None:
    with pytest.raises(FileError, match=words):
        sheets_of(data)
