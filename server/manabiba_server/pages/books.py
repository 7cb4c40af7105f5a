"""自分の団体の数字で: a participant's own books, from the file to the printed statements."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from sqlalchemy.orm import Session
from tornado.ioloop import IOLoop
from tornado.web import HTTPError

from manabiba_subjects import Section
from manabiba_subjects.own_books import OwnBooks, with_departments
from manabiba_widgets.date_text import format_date
from manabiba_widgets.number_text import format_number

from ..books.closed_books import ClosedBooks, close, notes_in_order
from ..books.content import reports_from_json
from ..books.fiscal_year import day_text
from ..books.layout import activities_lines, balance_sheet_lines, property_lines
from ..books.owner_forms import (
    NOTE_TITLES,
    FormError,
    account_choices,
    read_accounts,
    read_notes,
    read_settings,
    settings_values,
    standard_by_section,
)
from ..books.store import (
    StoreError,
    add_books,
    books_list,
    books_of_owner,
    change_books,
    delete_books,
    load_books,
    set_shared,
    shares_of,
)
from ..books.tables_out import JOURNAL_HEADER, OPENING_HEADER, as_csv, journal_rows, opening_rows
from ..books.templates import case_books, template_csv, template_xlsx
from ..books.upload import Reading
from ..books.workbook import figures_workbook, statements_workbook
from ..database import OwnBooksRow
from ..runs import runs_of
from .base import PageHandler

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CSV = "text/csv; charset=utf-8"


class BooksHandler(PageHandler):
    """What the pages of own books share. Books of somebody else are simply not there (404)."""

    def row_of_owner(self, session: Session, books_id: str) -> OwnBooksRow:
        """The signed-in person's books."""
        row = books_of_owner(session, books_id, self.require_person().id)
        if row is None:
            raise HTTPError(404)
        return row

    def read_books(self, books_id: str) -> tuple[OwnBooksRow, OwnBooks]:
        """The signed-in person's books with what is in them."""
        with self.context.database.reading() as session:
            row = self.row_of_owner(session, books_id)
        return row, load_books(row)

    def change(self, books_id: str, make: Callable[[OwnBooks], OwnBooks]) -> None:
        """Change the books in one transaction."""
        self.require_person()
        with self.context.database.session() as session:
            row = self.row_of_owner(session, books_id)
            change_books(row, make(load_books(row)), now=self.context.clock())

    def page(self, template: str, **values: Any) -> None:
        super().page(template, yen=format_number, day_text=day_text, full_day=format_date, **values)

    def show_list(self, reading: Reading | None = None) -> None:
        """The person's books and the ways to begin; `reading` tells why an upload was refused."""
        person = self.require_person()
        with self.context.database.reading() as session:
            rows = books_list(session, person.id)
            shared = {row.id: bool(shares_of(session, row.id)) for row in rows}
        self.page(
            "books.html.j2",
            rows=rows,
            shared=shared,
            reading=reading,
            target=None,
            typed=self.typed(),
        )

    def typed(self) -> dict[str, str]:
        """What was typed into the form of an upload: nobody has to type it again."""
        names = ("organisation", "journal_text", "opening_text")
        return {name: self.get_body_argument(name, "", strip=False) for name in names}

    async def close(self, own: OwnBooks) -> ClosedBooks | tuple[str, ...]:
        """Close the books without holding up everybody else."""
        return await IOLoop.current().run_in_executor(None, close, own)


def statement_values(closed: ClosedBooks | tuple[str, ...]) -> dict[str, Any]:
    """What the template of the statements needs; without statements their obstacles."""
    if isinstance(closed, tuple):
        return {"closed": None, "obstacles": closed}
    made = closed.made
    return {
        "closed": closed,
        "obstacles": (),
        "lines": {
            "活動計算書": activities_lines(made.activities),
            "貸借対照表": balance_sheet_lines(made.balance_sheet),
            "財産目録": property_lines(made.property_list),
        },
        "notes": notes_in_order(closed),
    }


class BooksPage(BooksHandler):
    """`/books`: the person's books, and the ways to begin."""

    def get(self) -> None:
        self.show_list()


class BooksFromCase(BooksHandler):
    """`/books/case`: the teaching case as books of one's own, to try everything on."""

    def post(self) -> None:
        person = self.require_person()
        now = self.context.clock()
        try:
            with self.context.database.session() as session:
                row = add_books(session, person.id, case_books(), reading=None, now=now)
        except StoreError as error:
            self.set_status(409)
            self.page("books_refused.html.j2", message=str(error))
            return
        self.redirect(f"/books/{row.id}")


class BooksTemplate(BooksHandler):
    """`/books/template/…`: what can be filled in."""

    def get(self, name: str) -> None:
        self.require_person()
        if name == "xlsx":
            self.send_file(template_xlsx(), "まなびば_帳簿のひな形.xlsx", XLSX)
        else:
            title = {"journal": "仕訳帳", "opening": "期首残高"}[name]
            self.send_file(template_csv(name), f"まなびば_{title}のひな形.csv", CSV)


class OneBooks(BooksHandler):
    """`/books/<id>`: what was understood, what is still to do, and the statements."""

    async def get(self, books_id: str) -> None:
        row, own = self.read_books(books_id)
        with self.context.database.reading() as session:
            runs = [run for run, role in runs_of(session, row.person_id) if role == "participant"]
            shares = shares_of(session, books_id)
        closed = await self.close(own)
        self.page(
            "books_one.html.j2",
            row=row,
            own=own,
            reports=reports_from_json(row.content.get("reports", [])),
            remarks=row.content.get("remarks", []),
            runs=runs,
            shares=shares,
            **statement_values(closed),
        )


class BooksPrint(BooksHandler):
    """`/books/<id>/print`: every statement on a sheet of its own."""

    async def get(self, books_id: str) -> None:
        row, own = self.read_books(books_id)
        closed = await self.close(own)
        if isinstance(closed, tuple):
            self.redirect(f"/books/{books_id}")
            return
        self.page("books_print.html.j2", row=row, own=own, **statement_values(closed))


class BooksDownload(BooksHandler):
    """`/books/<id>/download/…`: everything that is kept, as files."""

    async def get(self, books_id: str, name: str) -> None:
        _, own = self.read_books(books_id)
        title = f"{own.organisation or '帳簿'}_{own.start.year}年度"
        run = IOLoop.current().run_in_executor
        if name == "xlsx":
            closed = await self.close(own)
            data = await (
                run(None, figures_workbook, own)
                if isinstance(closed, tuple)
                else run(None, statements_workbook, closed)
            )
            self.send_file(data, f"{title}_決算書.xlsx", XLSX)
        elif name == "journal":
            rows = journal_rows(own)
            self.send_file(as_csv(JOURNAL_HEADER, rows), f"{title}_仕訳帳.csv", CSV)
        else:
            rows = opening_rows(own)
            self.send_file(as_csv(OPENING_HEADER, rows), f"{title}_期首残高.csv", CSV)


class BooksAccounts(BooksHandler):
    """`/books/<id>/accounts`: what the organisation's accounts are in the statements."""

    def get(self, books_id: str) -> None:
        row, own = self.read_books(books_id)
        self._show(row, own, {}, {})

    def post(self, books_id: str) -> None:
        row, own = self.read_books(books_id)
        given = self._given(own)
        try:
            places = read_accounts(own, given)
        except FormError as error:
            self.set_status(422)
            self._show(row, own, given, error.messages)
            return
        self.change(
            books_id,
            lambda now: with_departments(replace(now, places={**now.places, **places})),
        )
        self.redirect(f"/books/{books_id}")

    def _given(self, own: OwnBooks) -> dict[str, str]:
        """The choice by account name; a field's own hidden name guards against older forms."""
        found = {}
        for number in range(len(own.account_names)):
            name = self.get_body_argument(f"name{number}", "")
            if name in own.account_names:
                found[name] = self.get_body_argument(f"place{number}", "")
        return found

    def _show(
        self, row: OwnBooksRow, own: OwnBooks, given: dict[str, str], errors: dict[str, str]
    ) -> None:
        everything = self.get_query_argument("all", "") == "1" or not own.unplaced
        self.page(
            "books_accounts.html.j2",
            row=row,
            own=own,
            choices=account_choices(own, given, everything=everything),
            everything=everything,
            errors=errors,
            sections=list(Section),
            standard=standard_by_section(),
        )


class BooksSettings(BooksHandler):
    """`/books/<id>/settings`: name, fiscal year, departments, shares of common costs."""

    def get(self, books_id: str) -> None:
        row, own = self.read_books(books_id)
        self._show(row, own, settings_values(own), {})

    def post(self, books_id: str) -> None:
        row, own = self.read_books(books_id)
        given = {key: self.get_body_argument(key, "") for key in settings_values(own)}
        try:
            changed = read_settings(own, given)
        except FormError as error:
            self.set_status(422)
            self._show(row, own, given, error.messages)
            return
        self.change(
            books_id,
            lambda now: replace(
                now,
                organisation=changed.organisation,
                start=changed.start,
                end=changed.end,
                departments=changed.departments,
                without_department=changed.without_department,
                weights=changed.weights,
            ),
        )
        self.redirect(f"/books/{books_id}")

    def _show(
        self, row: OwnBooksRow, own: OwnBooks, values: dict[str, str], errors: dict[str, str]
    ) -> None:
        self.page("books_settings.html.j2", row=row, own=own, values=values, errors=errors)


class BooksNotes(BooksHandler):
    """`/books/<id>/notes`: the notes that only the organisation itself can write."""

    def get(self, books_id: str) -> None:
        row, own = self.read_books(books_id)
        texts = {note.title: note.text for note in own.texts}
        values = {f"text{i}": texts.get(title, "") for i, title in enumerate(NOTE_TITLES)}
        for i, fund in enumerate(own.funds):
            values |= {
                f"purpose{i}": fund.purpose,
                f"opening{i}": f"{fund.opening:,}",
                f"increase{i}": f"{fund.increase:,}",
                f"decrease{i}": f"{fund.decrease:,}",
                f"remark{i}": fund.remark,
            }
        self._show(row, own, values, {})

    def post(self, books_id: str) -> None:
        row, own = self.read_books(books_id)
        given = {
            key: self.get_body_argument(key, "", strip=False) for key in self.request.body_arguments
        }
        try:
            funds, texts = read_notes(given)
        except FormError as error:
            self.set_status(422)
            self._show(row, own, given, error.messages)
            return
        self.change(books_id, lambda now: replace(now, funds=funds, texts=texts))
        self.redirect(f"/books/{books_id}#notes")

    def _show(
        self, row: OwnBooksRow, own: OwnBooks, values: dict[str, str], errors: dict[str, str]
    ) -> None:
        self.page(
            "books_notes.html.j2",
            row=row,
            own=own,
            titles=NOTE_TITLES,
            fund_rows=max(len(own.funds) + 1, 3),
            values=values,
            errors=errors,
        )


class BooksDelete(BooksHandler):
    """`/books/<id>/delete`: gone for good, after a question."""

    def get(self, books_id: str) -> None:
        row, own = self.read_books(books_id)
        self.page("books_delete.html.j2", row=row, own=own)

    def post(self, books_id: str) -> None:
        self.require_person()
        with self.context.database.session() as session:
            delete_books(session, self.row_of_owner(session, books_id))
        self.redirect("/books")


class BooksShare(BooksHandler):
    """`/books/<id>/share/<run>`: show the books to a run's instructors, or take them back."""

    def post(self, books_id: str, run_id: str) -> None:
        self.require_person()
        is_shared = self.get_body_argument("show", "") == "1"
        try:
            with self.context.database.session() as session:
                row = self.row_of_owner(session, books_id)
                now = self.context.clock()
                set_shared(session, row, run_id, is_shared=is_shared, now=now)
        except StoreError:
            raise HTTPError(404) from None
        self.redirect(f"/books/{books_id}#share")
