"""The .xlsx that goes home: every formula gives what the statement says."""

import io
import re
from functools import cache

import pytest
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from manabiba_server.books.closed_books import ClosedBooks, close, notes_in_order
from manabiba_server.books.layout import activities_lines, balance_sheet_lines, property_lines
from manabiba_server.books.templates import case_books
from manabiba_server.books.workbook import YEN, figures_workbook, statements_workbook


@cache
def case() -> ClosedBooks:
    made = close(case_books())
    assert isinstance(made, ClosedBooks)
    return made


@pytest.fixture(scope="module")
def book():
    return load_workbook(io.BytesIO(statements_workbook(case())))


def value(sheet: Worksheet, address: str) -> int:
    """A cell as a spreadsheet computes it: sums, MAX, plus and minus."""
    content = sheet[address].value
    if not isinstance(content, str):
        return content or 0
    assert content.startswith("="), (sheet.title, address, content)
    return formula(sheet, content[1:])


def formula(sheet: Worksheet, text: str) -> int:
    if match := re.fullmatch(r"SUM\(([A-Z]+\d+):([A-Z]+\d+)\)", text):
        cells = [cell for row in sheet[f"{match[1]}:{match[2]}"] for cell in row]
        return sum(value(sheet, cell.coordinate) for cell in cells)
    if match := re.fullmatch(r"MAX\((.+),0\)", text):
        return max(formula(sheet, match[1]), 0)
    terms = re.findall(r"([+-]?)([A-Z]+\d+)", text)
    assert "".join(sign + address for sign, address in terms) == text
    return sum((-1 if sign == "-" else 1) * value(sheet, address) for sign, address in terms)


def test_the_sheets_and_their_order(book) -> None:
    assert book.sheetnames == [
        "試算表(決算整理前)",
        "試算表",
        "活動計算書",
        "貸借対照表",
        "財産目録",
        "注記",
        "期首残高",
        "仕訳帳",
        "設定",
    ]


@pytest.mark.parametrize("title", ["活動計算書", "貸借対照表", "財産目録"])
def test_every_total_is_a_formula_that_gives_the_statement(book, title: str) -> None:
    made = case().made
    lines = {
        "活動計算書": activities_lines(made.activities),
        "貸借対照表": balance_sheet_lines(made.balance_sheet),
        "財産目録": property_lines(made.property_list),
    }[title]
    sheet = book[title]
    for number, line in enumerate(lines, start=6):
        address = f"{'BCD'[line.column]}{number}"
        assert sheet[f"A{number}"].value == line.label
        if line.yen is None:
            continue
        assert value(sheet, address) == line.yen, line.label
        assert sheet[address].number_format == YEN
        if line.terms:
            assert str(sheet[address].value).startswith("="), line.label


@pytest.mark.parametrize(
    ("title", "total"), [("試算表(決算整理前)", 7_201_281), ("試算表", 7_980_021)]
)
def test_the_trial_balance_adds_up(book, title: str, total: int) -> None:
    sheet = book[title]
    last = sheet.max_row
    assert sheet[f"A{last}"].value == "合計"
    assert value(sheet, f"D{last}") == value(sheet, f"E{last}") == total


def test_the_notes_add_up(book) -> None:
    sheet = book["注記"]
    sums = {}
    for row in range(1, sheet.max_row + 1):
        if sheet[f"A{row}"].value == "合計":
            columns = [c.coordinate for c in sheet[row][1:] if str(c.value or "").startswith("=")]
            sums[row] = [value(sheet, address) for address in columns]
    tables = [table for _, table, _ in notes_in_order(case()) if table is not None]
    assert list(sums.values()) == [list(table.rows[-1].yen) for table in tables]
    assert [table.title for table in tables] == [
        "事業費の内訳",
        "使途等が制約された寄附金等の内訳",
        "固定資産の増減内訳",
        "借入金の増減内訳",
    ]


def test_every_sheet_prints_what_it_holds(book) -> None:
    for sheet in book.worksheets:
        area = sheet.print_area.rpartition("!")[2].replace("$", "")
        assert area.startswith("A1:"), sheet.title
        assert int(re.sub(r"\D", "", area.partition(":")[2])) == sheet.max_row, sheet.title
        assert sheet.page_setup.fitToWidth == 1


def test_amounts_below_zero_have_their_sign() -> None:
    assert "▲" in YEN


def test_books_that_cannot_be_closed_still_go_home() -> None:
    book = load_workbook(io.BytesIO(figures_workbook(case_books())))
    assert book.sheetnames == ["期首残高", "仕訳帳", "設定"]
