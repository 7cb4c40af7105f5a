"""From files to books: all of it or nothing, and back again."""

import io
import os
from dataclasses import replace

import pytest
from openpyxl import Workbook, load_workbook

from manabiba_server.books.cells import text_of
from manabiba_server.books.closed_books import ClosedBooks, close
from manabiba_server.books.owner_forms import read_accounts
from manabiba_server.books.spreadsheet import LARGEST_FILE
from manabiba_server.books.tables_out import (
    JOURNAL_HEADER,
    OPENING_HEADER,
    as_csv,
    journal_rows,
    opening_rows,
)
from manabiba_server.books.templates import case_books, template_csv, template_xlsx
from manabiba_server.books.upload import (
    SentFile,
    accept_suggestions,
    carry_over,
    read_files,
    read_tables,
)
from manabiba_server.books.workbook import statements_workbook
from manabiba_subjects import Section, npo_case
from manabiba_subjects.own_books import Place

JOURNAL = [
    ["日付", "借方科目", "借方金額", "貸方科目", "貸方金額"],
    ["2025/4/1", "会議費", 500, "現金", 500],
]


def closed(own) -> ClosedBooks:
    made = close(own)
    assert isinstance(made, ClosedBooks), made
    return made


def figures(own) -> dict[str, object]:
    made = closed(own).made
    return {
        "trial balance": [(r.account.name, r.balance) for r in made.after_adjustment.rows],
        "activities": [
            made.activities.revenue_total,
            made.activities.programme.total,
            made.activities.management.total,
            made.activities.change,
            made.activities.carried_forward,
        ],
        "balance sheet": [
            [(r.account.name, r.yen) for r in b.rows] for b in made.balance_sheet.blocks
        ],
    }


def test_the_case_as_own_books_is_the_case_to_the_yen() -> None:
    made, expected = closed(case_books()).made, npo_case.statements()
    assert made.activities.carried_forward == 2_096_948
    for ours, theirs in (
        (made.activities.programme, expected.activities.programme),
        (made.activities.management, expected.activities.management),
    ):
        assert {r.account.name: r.yen for r in (*ours.personnel.rows, *ours.other.rows)} == {
            r.account.name: r.yen for r in (*theirs.personnel.rows, *theirs.other.rows)
        }
    assert [b.total for b in made.balance_sheet.blocks] == [
        b.total for b in expected.balance_sheet.blocks
    ]
    assert closed(case_books()).failed_checks == ()


def test_a_workbook_comes_back_as_the_same_books() -> None:
    own = case_books()
    back = read_files([SentFile("決算書.xlsx", statements_workbook(closed(own)))])
    assert back.problem_count == 0
    assert back.books is not None
    assert figures(back.books) == figures(own)
    assert closed(back.books).tables == closed(own).tables
    for part in ("organisation", "start", "end", "places", "departments", "weights", "funds"):
        assert getattr(back.books, part) == getattr(own, part), part
    again = read_files([SentFile("決算書.xlsx", statements_workbook(closed(back.books)))])
    assert again.books == back.books


def test_two_text_files_come_back_as_the_same_figures() -> None:
    own = case_books()
    back = read_files(
        [
            SentFile("a.csv", as_csv(JOURNAL_HEADER, journal_rows(own))),
            SentFile("b.csv", as_csv(OPENING_HEADER, opening_rows(own))),
        ]
    )
    assert back.problem_count == 0
    assert back.books is not None
    assert figures(carry_over(back.books, own)) == figures(own)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp932"])
def test_the_text_templates_are_read_in_every_encoding(encoding: str) -> None:
    files = [
        SentFile(name, template_csv(name).decode("utf-8-sig").encode(encoding))
        for name in ("journal", "opening")
    ]
    reading = read_files(files)
    assert reading.problem_count == 0
    assert reading.books is not None
    assert accept_suggestions(reading.books).unplaced == ()


def test_the_template_makes_statements_as_it_is() -> None:
    reading = read_files([SentFile("ひな形.xlsx", template_xlsx())])
    assert reading.books is not None
    made = closed(accept_suggestions(reading.books))
    assert made.failed_checks == ()
    assert made.made.activities.change == 60_000 + 150_000 - 8_800 - 100_000 - 30_000 - 4_500
    assert len(reading.books.adjustments) == 1


def test_sheets_may_have_any_names_and_others_are_named() -> None:
    reading = read_tables({"Sheet1": JOURNAL, "メモ": [["買い物"]]})
    assert reading.books is not None
    assert "読まなかった表: 「メモ」" in reading.remarks
    assert any("期首残高の表がない" in remark for remark in reading.remarks)


def test_a_trial_balance_is_not_taken_for_opening_balances() -> None:
    sheet = [["科目", "借方残高", "貸方残高"], ["現金", 9_999, None]]
    reading = read_tables({"仕訳帳": JOURNAL, "試算表": sheet})
    assert reading.books is not None
    assert reading.books.opening == ()


def test_problems_of_both_tables_are_told_together() -> None:
    journal = [*JOURNAL, ["いつか", "会議費", 1, "現金", 1]]
    reading = read_tables({"仕訳": journal, "期首": [["科目", "残高"], ["現金", "多い"]]})
    assert reading.books is None
    assert [len(table.problems) for table in reading.tables] == [1, 1]
    assert reading.problem_count == 2


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (os.urandom(50_000_000), "大きすぎます"),
        (b"\x00" * (LARGEST_FILE + 1), "大きすぎます"),
        (b"", "何も書かれていません"),
        (b"%PDF-1.4", "PDFファイル"),
        (b"PK\x03\x04rubbish", "開けませんでした"),
    ],
    ids=range(5),
)
def test_rubbish_gets_its_message(data: bytes, words: str) -> None:
    reading = read_files([SentFile("帳簿.xlsx", data)])
    assert reading.books is None
    assert "「帳簿.xlsx」" in reading.trouble
    assert words in reading.trouble


def test_no_file_is_told() -> None:
    assert "ファイルが選ばれていません" in read_files([]).trouble


def test_ten_thousand_rows_are_read_and_closed() -> None:
    book = Workbook()
    sheet = book.active
    sheet.append(JOURNAL[0])
    for number in range(10_000):
        sheet.append([f"2025/{4 + number % 9}/1", "会議費", 500, "現金", 500])
    out = io.BytesIO()
    book.save(out)
    reading = read_files([SentFile("a.xlsx", out.getvalue())])
    assert reading.books is not None
    made = closed(accept_suggestions(reading.books)).made
    assert made.activities.cost_total == 5_000_000


def test_new_figures_keep_what_the_owner_explained() -> None:
    old = case_books()
    new = read_tables({"仕訳帳": JOURNAL}).books
    assert new is not None
    kept = carry_over(new, old)
    assert kept.places["会議費"] == old.places["会議費"]
    assert (kept.funds, kept.texts, kept.organisation) == (old.funds, old.texts, old.organisation)
    assert kept.entries == new.entries


def test_new_figures_do_not_undo_what_the_owner_said_of_a_standard_name() -> None:
    new = read_tables({"仕訳帳": JOURNAL}).books
    assert new is not None
    said = Place("打ち合わせ", Section.OTHER_EXPENSES)
    kept = carry_over(new, replace(case_books(), places={"会議費": said}))
    assert kept.places["会議費"] == said
    assert kept.places["現金"].name == "現金"  # not explained before, known by its name


FORMULA = "=HYPERLINK(0)"


def test_texts_that_look_like_formulas_stay_texts() -> None:
    rows = [*JOURNAL[:1], ["2025/4/1", FORMULA, 500, "@現金", 500]]
    rows[0] = [*rows[0], "摘要"]
    rows[1] = [*rows[1], "+1-2"]
    reading = read_tables({"仕訳帳": rows})
    assert reading.books is not None
    own = reading.books
    places = read_accounts(own, {FORMULA: "k:その他経費", "@現金": "k:流動資産"})
    data = statements_workbook(closed(replace(own, places=places)))
    for sheet in load_workbook(io.BytesIO(data)).worksheets:
        for row in sheet.iter_rows():
            for cell in row:
                if isinstance(cell.value, str) and cell.value in {FORMULA, "@現金", "+1-2"}:
                    assert cell.data_type == "s", (sheet.title, cell.coordinate)
                    assert cell.quotePrefix
    text = as_csv(JOURNAL_HEADER, journal_rows(own)).decode("utf-8-sig")
    assert "'=HYPERLINK(0)" in text
    assert "'@現金" in text
    assert "'+1-2" in text
    assert b"'\xef\xbc\x9d1" in as_csv(["摘要"], [["\uff1d1"]])  # a formula in Japanese
    assert text_of("'\uff1d1") == "\uff1d1"
    back = read_files([SentFile("a.csv", text.encode())])
    assert back.books is not None
    assert back.books.account_names == (FORMULA, "@現金")
