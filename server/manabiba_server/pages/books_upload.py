"""The upload of own books: read to its end whatever its size, so that its sender gets an answer."""

from __future__ import annotations

from typing import Any

from tornado.httputil import HTTPFile, parse_body_arguments
from tornado.ioloop import IOLoop
from tornado.web import HTTPError, stream_request_body

from ..books.store import (
    StoreError,
    add_books,
    change_books,
    load_books,
)
from ..books.text_table import FileError, rows_of_text
from ..books.upload import (
    TOO_LARGE,
    Reading,
    SentFile,
    accept_suggestions,
    carry_over,
    read_files,
    read_tables,
)
from .books import BooksHandler
from .context import AppContext

LARGEST_KEPT = 12_000_000
"""Bytes of an upload that we keep while it comes in: two files and their form."""

LARGEST_READ = 100_000_000
"""Bytes that we let come in and drop, so that a message can be shown; above, we hang up."""


TOO_OFTEN = (
    "短い時間に何度も送られたので、いったん止めました。1分ほど待ってから、もう一度送ってください。"
)


@stream_request_body
class BooksUpload(BooksHandler):
    """`/books/upload` and `/books/<id>/replace`: all of it is taken, or nothing and why."""

    def initialize(self, context: AppContext) -> None:
        super().initialize(context)
        self.chunks: list[bytes] = []
        self.size = 0
        self.is_parsed = False

    def check_xsrf_cookie(self) -> None:
        """The token is in the body: it is checked as soon as that is there."""
        if self.is_parsed:
            super().check_xsrf_cookie()

    def prepare(self) -> None:
        super().prepare()
        connection: Any = self.request.connection
        connection.set_max_body_size(LARGEST_READ)

    def data_received(self, chunk: bytes) -> None:
        self.size += len(chunk)
        if self.size <= LARGEST_KEPT and self.current_user is not None:
            self.chunks.append(chunk)
        else:
            self.chunks.clear()

    def get(self, books_id: str = "") -> None:
        if not books_id:
            self.redirect("/books")
            return
        self._show_replace(books_id)

    async def post(self, books_id: str = "") -> None:
        person = self.require_person()
        if books_id:
            self.read_books(books_id)
        if self.size > LARGEST_KEPT:
            self._refuse(books_id, Reading(None, (), trouble=TOO_LARGE), status=413)
            return
        self._parse()
        if not self.is_within("upload", person.id):
            self._refuse(books_id, Reading(None, (), trouble=TOO_OFTEN), status=429)
            return
        files = [
            SentFile(label + file["filename"], file["body"])
            for field, label in (("journal", ""), ("opening", "期首残高 "))
            for file in self.request.files.get(field, [])
            if file["body"]
        ]
        reading = await IOLoop.current().run_in_executor(None, self._read, files)
        if reading.books is None:
            self._refuse(books_id, reading)
            return
        now = self.context.clock()
        try:
            with self.context.database.session() as session:
                if books_id:
                    row = self.row_of_owner(session, books_id)
                    own = carry_over(reading.books, load_books(row))
                    change_books(row, own, reading=reading, now=now)
                else:
                    own = accept_suggestions(reading.books)
                    row = add_books(session, person.id, own, reading=reading, now=now)
        except StoreError as error:
            self._refuse(books_id, Reading(None, (), trouble=str(error)))
            return
        self.redirect(f"/books/{row.id}")

    def _parse(self) -> None:
        """Read the form; what is no form has no token either and is refused."""
        arguments: dict[str, list[bytes]] = {}
        files: dict[str, list[HTTPFile]] = {}
        kind = self.request.headers.get("Content-Type", "")
        try:
            parse_body_arguments(kind, b"".join(self.chunks), arguments, files)
        except Exception as error:
            raise HTTPError(400, "unreadable form") from error
        self.request.body_arguments = arguments
        for name, values in arguments.items():
            self.request.arguments.setdefault(name, []).extend(values)
        self.request.files = files
        self.is_parsed = True
        self.check_xsrf_cookie()

    def _read(self, files: list[SentFile]) -> Reading:
        organisation = " ".join(self.get_body_argument("organisation", "").split())[:60]
        pasted = {
            title: text
            for field, title in (("journal_text", "仕訳帳"), ("opening_text", "期首残高"))
            if (text := self.get_body_argument(field, "", strip=False)).strip()
        }
        if files or not pasted:
            return read_files(files, organisation=organisation)
        try:
            tables = {title: rows_of_text(text) for title, text in pasted.items()}
        except FileError as error:
            return Reading(None, (), trouble=str(error))
        return read_tables(tables, organisation=organisation)

    def _refuse(self, books_id: str, reading: Reading, *, status: int = 422) -> None:
        """Show everything that stands in the way, and the form again."""
        self.set_status(status)
        if books_id:
            self._show_replace(books_id, reading)
        else:
            self.show_list(reading)

    def _show_replace(self, books_id: str, reading: Reading | None = None) -> None:
        row, _ = self.read_books(books_id)
        self.page("books_replace.html.j2", target=row, reading=reading, typed=self.typed())
