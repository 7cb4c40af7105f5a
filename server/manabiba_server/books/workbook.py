"""Own books as an .xlsx workbook: statements with formulas, and the journal to read in again."""

from __future__ import annotations

import io
import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date

from openpyxl import Workbook
from openpyxl.cell import Cell as SheetCell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from manabiba_subjects import TrialBalance
from manabiba_subjects.own_books import OwnBooks

from .cells import Cell
from .closed_books import ClosedBooks, notes_in_order
from .details_sheets import TITLE as DETAILS
from .details_sheets import details_rows
from .fiscal_year import day_text
from .layout import (
    COLUMNS,
    StatementLine,
    Term,
    activities_lines,
    balance_sheet_lines,
    property_lines,
)
from .note_tables import NoteTable
from .tables_out import JOURNAL_HEADER, OPENING_HEADER, RISKY, journal_rows, opening_rows

YEN = "#,##0;▲#,##0;0"
"""Yen with separators, ▲ before what is below 0."""

_BOLD = Font(bold=True)
_TITLE = Font(bold=True, size=14)
_SHADE = PatternFill("solid", fgColor="F2F2F2")
_RULE = Border(top=Side(style="thin"))


def statements_workbook(closed: ClosedBooks) -> bytes:
    """The workbook: 試算表, 活動計算書, 貸借対照表, 財産目録, 注記, and what they are made from."""
    own, made = closed.own, closed.made
    period = f"{day_text(own.start)}から{day_text(own.end)}まで"
    at_end = f"{day_text(own.end)}現在"
    book = _new()
    if own.adjustments:
        sheet = _sheet(book, "試算表(決算整理前)", own.organisation, period, 5)
        _trial_balance(sheet, made.before_adjustment)
    _trial_balance(_sheet(book, "試算表", own.organisation, period, 5), made.after_adjustment)
    for title, when, lines in (
        ("活動計算書", period, activities_lines(made.activities)),
        ("貸借対照表", at_end, balance_sheet_lines(made.balance_sheet)),
        ("財産目録", at_end, property_lines(made.property_list)),
    ):
        _statement(_sheet(book, title, own.organisation, when, 1 + COLUMNS), lines)
    _notes(_sheet(book, "注記", own.organisation, period, 8), closed)
    _figures(book, own)
    return _bytes(book)


def figures_workbook(own: OwnBooks) -> bytes:
    """Opening balances, journal and settings alone, for books that cannot be closed yet."""
    book = _new()
    _figures(book, own)
    return _bytes(book)


def template_workbook(
    journal: tuple[Sequence[str], Sequence[Sequence[Cell]]],
    opening: tuple[Sequence[str], Sequence[Sequence[Cell]]],
    advice: Sequence[str],
    accounts: tuple[Sequence[str], Sequence[Sequence[Cell]]],
) -> bytes:
    """An example to overwrite: headers with rows for both tables, how to, and account names."""
    book = _new()
    for title, (header, rows) in (("仕訳帳", journal), ("期首残高", opening)):
        _table(book.create_sheet(title), header, rows)
    sheet = book.create_sheet("書き方")
    for number, line in enumerate(advice, start=1):
        _put(sheet.cell(number, 1), line).alignment = Alignment(wrap_text=True, vertical="top")
    sheet.column_dimensions["A"].width = 90
    _table(book.create_sheet("科目の一覧"), *accounts)
    return _bytes(book)


def tables_workbook(
    tables: Mapping[str, tuple[Sequence[str], Sequence[Sequence[Cell]]]],
) -> bytes:
    """Plain tables, each a header with rows, on sheets of their own."""
    book = _new()
    for title, (header, rows) in tables.items():
        _table(book.create_sheet(title), header, rows)
    return _bytes(book)


def _new() -> Workbook:
    book = Workbook()
    book.remove(book.worksheets[0])
    book.calculation.fullCalcOnLoad = True
    return book


def _bytes(book: Workbook) -> bytes:
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _put(cell: SheetCell, value: Cell) -> SheetCell:
    """Write a value; a text always stays a text, whatever it begins with."""
    if isinstance(value, str):
        text = "".join(c for c in value if c in "\n\t" or unicodedata.category(c) != "Cc")
        cell.value = text
        cell.data_type = "s"
        if text.startswith(RISKY):
            cell.quotePrefix = True
    elif value is not None:
        cell.value = value
        cell.number_format = "yyyy/mm/dd" if isinstance(value, date) else YEN
    return cell


def _sheet(book: Workbook, title: str, organisation: str, when: str, width: int) -> Worksheet:
    """A sheet for a statement with its heading in rows 1 to 4."""
    sheet = book.create_sheet(title)
    _put(sheet.cell(1, 1), title.partition("(")[0]).font = _TITLE
    _put(sheet.cell(2, 1), when)
    _put(sheet.cell(3, 1), organisation)
    _put(sheet.cell(4, width), "(単位:円)").alignment = Alignment(horizontal="right")
    sheet.column_dimensions["A"].width = 38
    for column in range(2, width + 1):
        sheet.column_dimensions[get_column_letter(column)].width = 15
    return sheet


def _finish(sheet: Worksheet, last_row: int, width: int) -> None:
    """Print exactly what is there on A4, as wide as the paper."""
    sheet.print_area = f"A1:{get_column_letter(width)}{last_row}"
    sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
    sheet.page_setup.orientation = "portrait" if width <= 6 else "landscape"
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.print_options.horizontalCentered = True
    sheet.oddFooter.center.text = "&P / &N"


def _header(sheet: Worksheet, row: int, titles: Iterable[str]) -> None:
    for column, title in enumerate(titles, start=1):
        cell = _put(sheet.cell(row, column), title)
        cell.font, cell.fill = _BOLD, _SHADE
        cell.alignment = Alignment(horizontal="center" if column > 1 else "left")


def _formula(cell: SheetCell, text: str) -> None:
    cell.value, cell.number_format, cell.font, cell.border = text, YEN, _BOLD, _RULE


def _trial_balance(sheet: Worksheet, balance: TrialBalance) -> None:
    _header(sheet, 5, ("科目", "借方合計", "貸方合計", "借方残高", "貸方残高"))
    first = row = 6
    for row, line in enumerate(balance.rows, start=first):
        _put(sheet.cell(row, 1), line.account.name)
        _put(sheet.cell(row, 2), line.debit_total)
        _put(sheet.cell(row, 3), line.credit_total)
        for column, formula in ((4, f"=MAX(B{row}-C{row},0)"), (5, f"=MAX(C{row}-B{row},0)")):
            sheet.cell(row, column, formula).number_format = YEN
    last = row + 1
    _put(sheet.cell(last, 1), "合計").font = _BOLD
    for letter in "BCDE":
        _formula(sheet[f"{letter}{last}"], f"=SUM({letter}{first}:{letter}{last - 1})")
    sheet.print_title_rows = "5:5"
    sheet.freeze_panes = "B6"
    _finish(sheet, last, 5)


def _statement(sheet: Worksheet, lines: Sequence[StatementLine]) -> None:
    _header(sheet, 5, ("科目", "金額", "小計", "合計"))
    top = 6

    def address(term: Term) -> str:
        column = get_column_letter(2 + lines[term.line].column)
        return f"{column}{top + term.line}"

    for number, line in enumerate(lines):
        label = _put(sheet.cell(top + number, 1), line.label)
        label.alignment = Alignment(indent=line.level, wrap_text=True, vertical="top")
        if line.yen is None:
            continue
        cell = sheet.cell(top + number, 2 + line.column)
        if line.terms:
            _formula(cell, _sum(line.terms, address))
            label.font = _BOLD
        else:
            _put(cell, line.yen)
    sheet.print_title_rows = "5:5"
    sheet.freeze_panes = "B6"
    _finish(sheet, top + len(lines) - 1, 1 + COLUMNS)


def _sum(terms: Sequence[Term], address: Callable[[Term], str]) -> str:
    """SUM over neighbours, otherwise plus and minus.

    A heading between two lines is an empty cell, so only true neighbours are taken together.
    """
    first, last = terms[0], terms[-1]
    is_run = all(t.sign == 1 and t.line == first.line + i for i, t in enumerate(terms))
    if is_run and address(first)[0] == address(last)[0]:
        return f"=SUM({address(first)}:{address(last)})"
    signed = "".join(f"{'+' if term.sign > 0 else '-'}{address(term)}" for term in terms)
    return "=" + signed.removeprefix("+")


def _notes(sheet: Worksheet, closed: ClosedBooks) -> None:
    row, width = 5, 5
    for number, (title, table, text) in enumerate(notes_in_order(closed), start=1):
        _put(sheet.cell(row, 1), f"{number}. {title}").font = _BOLD
        row += 1
        if table is not None:
            width = max(width, len(table.columns) + 1 + table.has_remarks)
            row = _note_table(sheet, row, table)
        if text:
            for line in text.splitlines():
                _put(sheet.cell(row, 1), line)
                row += 1
        row += 1
    _finish(sheet, sheet.max_row, max(width, 8))


def _note_table(sheet: Worksheet, row: int, table: NoteTable) -> int:
    """Write a table from `row` on; the next free row."""
    remarks = ("備考",) if table.has_remarks else ()
    _header(sheet, row, ("内容", *table.columns, *remarks))
    first = row + 1
    for row, line in enumerate(table.rows, start=first):
        _put(sheet.cell(row, 1), line.label)
        last = len(line.yen) + 1
        for column, yen in enumerate(line.yen, start=2):
            cell, letter = sheet.cell(row, column), get_column_letter(column)
            if line.sums:
                _formula(cell, f"=SUM({letter}{first}:{letter}{row - 1})")
            elif column == last and table.across == "sum":
                _formula(cell, f"=SUM(B{row}:{get_column_letter(last - 1)}{row})")
            elif column == last:
                _formula(cell, f"=B{row}+C{row}-D{row}")
            else:
                _put(cell, yen)
        _put(sheet.cell(row, last + 1), line.remark or None)
    return row + 1


def _figures(book: Workbook, own: OwnBooks) -> None:
    _table(book.create_sheet("期首残高"), OPENING_HEADER, opening_rows(own))
    _table(book.create_sheet("仕訳帳"), JOURNAL_HEADER, journal_rows(own))
    sheet = book.create_sheet(DETAILS)
    for number, row in enumerate(details_rows(own), start=1):
        for column, value in enumerate(row, start=1):
            _put(sheet.cell(number, column), value)
    sheet.column_dimensions["A"].width = 28
    _finish(sheet, sheet.max_row, 6)


def _table(sheet: Worksheet, header: Sequence[str], rows: Sequence[Sequence[Cell]]) -> None:
    _header(sheet, 1, header)
    for number, row in enumerate(rows, start=2):
        for column, value in enumerate(row, start=1):
            if value is not None and value != "":
                _put(sheet.cell(number, column), value)
    for column, title in enumerate(header, start=1):
        wide = {"摘要": 40, "科目": 26, "借方科目": 20, "貸方科目": 20}
        sheet.column_dimensions[get_column_letter(column)].width = wide.get(title, 13)
    sheet.freeze_panes = "A2"
    sheet.print_title_rows = "1:1"
    _finish(sheet, len(rows) + 1, len(header))
