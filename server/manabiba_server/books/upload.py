"""From the files that somebody sends to their books, or to everything that stands in the way."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace

from manabiba_subjects.own_books import (
    OwnBooks,
    suggested_place,
    with_departments,
    with_plain_departments,
)

from .details_sheets import Details, read_details
from .findings import Finding
from .fiscal_year import Year
from .header import Rows
from .journal_table import JournalTable, find_journal, read_journal
from .opening_table import OpeningTable, find_opening, read_opening
from .spreadsheet import LARGEST_FILE, is_spreadsheet, sheets_of
from .text_table import FileError, rows_of_bytes

TOO_LARGE = (
    f"ファイルが大きすぎます({LARGEST_FILE // 1_000_000}MBまで)。"
    "仕訳帳と期首残高のシートだけを残し、1つの事業年度の分にして保存しなおしてください。"
)

_STATEMENTS = ("試算", "貸借", "活動", "目録", "注記", "元帳", "精算", "収支")
"""Sheets with such names have columns like opening balances but are none."""


@dataclass(frozen=True)
class SentFile:
    """A file as it arrived; `name` is for messages only."""

    name: str
    data: bytes


@dataclass(frozen=True)
class TableReport:
    """What one table was taken for, and what was found in it."""

    title: str
    columns: tuple[tuple[str, str], ...] = ()
    notes: tuple[Finding, ...] = ()
    problems: tuple[Finding, ...] = ()


@dataclass(frozen=True)
class Reading:
    """What was understood. `books` is None when anything has to be put right first."""

    books: OwnBooks | None
    tables: tuple[TableReport, ...]
    remarks: tuple[str, ...] = ()
    trouble: str = ""

    @property
    def problem_count(self) -> int:
        """How many things have to be put right."""
        return sum(len(table.problems) for table in self.tables) + bool(self.trouble)


def read_files(
    files: Iterable[SentFile], *, organisation: str = "", year: Year | None = None
) -> Reading:
    """Books from an .xlsx or from one or two .csv files; nothing is ever read in part."""
    tables: dict[str, Rows] = {}
    for file in files:
        if len(file.data) > LARGEST_FILE:
            return _refused(file.name, TOO_LARGE)
        try:
            found = sheets_of(file.data) if is_spreadsheet(file.data) else _single(file)
        except FileError as error:
            return _refused(file.name, str(error))
        tables |= {_free(title, tables): rows for title, rows in found.items()}
    return read_tables(tables, organisation=organisation, year=year)


def read_tables(
    tables: Mapping[str, Rows], *, organisation: str = "", year: Year | None = None
) -> Reading:
    """Books from tables by title: a journal, opening balances and, from our own files, details."""
    journal_title = _choose(tables, ("仕訳",), find_journal)
    if journal_title is None:
        if not tables:
            return Reading(
                None, (), trouble="ファイルが選ばれていません。仕訳帳のファイルを選んでください。"
            )
        # say of the likeliest table why it is none
        title = next((t for t in tables if "仕訳" in t), next(iter(tables)))
        report = TableReport(title, problems=read_journal(tables[title]).problems)
        return Reading(None, (report,))
    others = {title: rows for title, rows in tables.items() if title != journal_title}
    details, used = read_details(others)
    year = year or details.year
    journal = read_journal(tables[journal_title], year=year)
    others = {title: rows for title, rows in others.items() if title not in used}
    candidates = {t: rows for t, rows in others.items() if not any(w in t for w in _STATEMENTS)}
    opening_title = _choose(candidates, ("期首", "開始残高", "前期末"), find_opening)
    reports = [_report(f"仕訳帳({journal_title})", journal)]
    opening = OpeningTable()
    remarks = []
    if opening_title is not None:
        opening = read_opening(others[opening_title])
        reports.append(_report(f"期首残高({opening_title})", opening))
    else:
        remarks.append(
            "期首残高の表がないので、すべて0円から始めます。前の年からの残高があるときは、"
            "期首残高を加えて送りなおしてください。"
        )
    if spare := [title for title in others if title != opening_title and others[title]]:
        remarks.append(f"読まなかった表: 「{'」「'.join(spare)}」")
    if any(report.problems for report in reports) or journal.year is None:
        return Reading(None, tuple(reports), tuple(remarks))
    if year is None:
        remarks.append("事業年度は、仕訳の日付から決めました。違うときは、あとで直せます。")
    entries = tuple(with_plain_departments(entry) for entry in journal.entries)
    adjustments = tuple(with_plain_departments(entry) for entry in journal.adjustments)
    made = OwnBooks(
        organisation=organisation or details.organisation,
        start=journal.year.start,
        end=journal.year.end,
        opening=opening.rows,
        entries=entries,
        adjustments=adjustments,
    )
    return Reading(_with_details(made, details), tuple(reports), tuple(remarks))


def carry_over(new: OwnBooks, old: OwnBooks) -> OwnBooks:
    """New figures with what the owner has explained before: accounts, departments, notes.

    Only accounts that are new to the books get the place that their name suggests.
    """
    explained = replace(
        new,
        organisation=new.organisation or old.organisation,
        places={**old.places, **new.places},
        departments=old.departments,
        without_department=old.without_department,
        weights=new.weights or old.weights,
        funds=new.funds or old.funds,
        texts=new.texts or old.texts,
    )
    return with_departments(accept_suggestions(explained))


def _with_details(made: OwnBooks, details: Details) -> OwnBooks:
    names = set(made.account_names)
    return with_departments(
        replace(
            made,
            places={name: place for name, place in details.places.items() if name in names},
            departments=details.departments or made.departments,
            without_department=details.without_department or made.without_department,
            weights=details.weights,
            funds=details.funds,
            texts=details.texts,
        )
    )


def accept_suggestions(own: OwnBooks) -> OwnBooks:
    """The books with every account placed whose name is in the standard chart itself."""
    sure = {
        name: place
        for name in own.unplaced
        if (place := suggested_place(name)) is not None and place.name == name
    }
    return replace(own, places={**own.places, **sure})


def _report(title: str, table: JournalTable | OpeningTable) -> TableReport:
    return TableReport(title, table.columns, table.notes, table.problems)


def _refused(name: str, message: str) -> Reading:
    return Reading(None, (), trouble=f"「{name[:80]}」: {message}" if name else message)


def _single(file: SentFile) -> Mapping[str, Rows]:
    return {file.name.rpartition(".")[0] or "表": rows_of_bytes(file.data)}


def _free(title: str, taken: Mapping[str, Rows]) -> str:
    while title in taken:
        title += "_2"
    return title


def _choose(
    tables: Mapping[str, Rows], words: tuple[str, ...], fits: Callable[[Rows], bool]
) -> str | None:
    """The table with a fitting name and header, or else the first with a fitting header."""
    fitting = [title for title, rows in tables.items() if fits(rows)]
    named = [title for title in fitting if any(word in title for word in words)]
    return next(iter(named or fitting), None)
