"""What instructors see of own books: those that participants show in a run, read-only."""

from __future__ import annotations

from tornado.web import HTTPError

from ..books.store import load_books, shared_books, shared_in_run
from ..database import Person
from .books import BooksHandler, statement_values
from .room import StaffHandler


class SharedBooksList(BooksHandler, StaffHandler):
    """`/room/<run>/books`: the books shown in a run, and by whom."""

    def get(self, run_id: str) -> None:
        with self.context.database.reading() as session:
            run = self.staff_run(session, run_id)
            shown = shared_in_run(session, run)
        self.page("shared_books_list.html.j2", run=run, shown=shown)


class SharedBooks(BooksHandler, StaffHandler):
    """`/room/<run>/books/<id>`: one participant's statements, as long as they are shown."""

    async def get(self, run_id: str, books_id: str) -> None:
        with self.context.database.reading() as session:
            run = self.staff_run(session, run_id)
            row = shared_books(session, run, books_id)
            if row is None:
                raise HTTPError(404)
            owner = session.get_one(Person, row.person_id)
        own = load_books(row)
        closed = await self.close(own)
        self.page(
            "shared_books.html.j2",
            run=run,
            row=row,
            owner=owner,
            own=own,
            **statement_values(closed),
        )
