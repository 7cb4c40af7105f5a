"""Where own books are kept: with their owner, for nobody else, until they show or delete them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session, defer

from manabiba_subjects.own_books import OwnBooks

from ..database import Enrolment, OwnBooksRow, OwnBooksShare, Person, Run
from ..people import random_text
from .content import books_from_json, books_to_json, reports_to_json
from .upload import Reading

MOST_BOOKS = 20
"""Books that one person may keep."""


class StoreError(ValueError):
    """Books that cannot be kept; the message says why, in Japanese."""


def add_books(
    session: Session, person_id: str, own: OwnBooks, *, reading: Reading | None, now: datetime
) -> OwnBooksRow:
    """Keep new books for a person. Raises StoreError when they have too many."""
    count = select(func.count()).where(OwnBooksRow.person_id == person_id)
    if (session.scalar(count) or 0) >= MOST_BOOKS:
        raise StoreError(
            f"保存できる帳簿は{MOST_BOOKS}冊までです。使わない帳簿を消してからお試しください。"
        )
    row = OwnBooksRow(
        id=f"b-{random_text(12)}",
        person_id=person_id,
        title=title_of(own),
        content={},
        created_at=now,
        changed_at=now,
    )
    session.add(row)
    change_books(row, own, reading=reading, now=now)
    session.flush()
    return row


def change_books(
    row: OwnBooksRow, own: OwnBooks, *, reading: Reading | None = None, now: datetime
) -> None:
    """Put other contents into kept books; `reading` replaces what was understood of the files."""
    reports: list[dict[str, Any]] = row.content.get("reports", [])
    remarks: list[str] = row.content.get("remarks", [])
    if reading is not None:
        reports, remarks = reports_to_json(reading.tables), list(reading.remarks)
    row.content = {"books": books_to_json(own), "reports": reports, "remarks": remarks}
    row.title = title_of(own)
    row.changed_at = now


def load_books(row: OwnBooksRow) -> OwnBooks:
    """The books in a row."""
    return books_from_json(row.content["books"])


def title_of(own: OwnBooks) -> str:
    """How a list names the books."""
    return f"{own.organisation or '名前のない団体'} {own.start.year}年度"


def books_list(session: Session, person_id: str) -> Sequence[OwnBooksRow]:
    """A person's books, changed last first, without their contents."""
    query = (
        select(OwnBooksRow)
        .options(defer(OwnBooksRow.content, raiseload=True))
        .where(OwnBooksRow.person_id == person_id)
        .order_by(OwnBooksRow.changed_at.desc(), OwnBooksRow.id)
    )
    return session.scalars(query).all()


def books_of_owner(session: Session, books_id: str, person_id: str) -> OwnBooksRow | None:
    """Kept books, for their owner alone: for anybody else they are not there."""
    row = session.get(OwnBooksRow, books_id)
    return row if row is not None and row.person_id == person_id else None


def delete_books(session: Session, row: OwnBooksRow) -> None:
    """Delete books and every sharing of them."""
    session.execute(delete(OwnBooksShare).where(OwnBooksShare.books_id == row.id))
    session.delete(row)


def shares_of(session: Session, books_id: str) -> dict[str, datetime]:
    """Since when the books are shown, by run."""
    query = select(OwnBooksShare).where(OwnBooksShare.books_id == books_id)
    return {share.run_id: share.shared_at for share in session.scalars(query)}


def set_shared(
    session: Session, row: OwnBooksRow, run_id: str, *, is_shared: bool, now: datetime
) -> None:
    """Show the books to a run's instructors, or stop showing them.

    Raises StoreError when the owner takes no part in the run.
    """
    if session.get(Enrolment, (run_id, row.person_id)) is None:
        raise StoreError("参加していない講座の講師には見せられません。")
    share = session.get(OwnBooksShare, (row.id, run_id))
    if is_shared and share is None:
        session.add(OwnBooksShare(books_id=row.id, run_id=run_id, shared_at=now))
    elif not is_shared and share is not None:
        session.delete(share)


def shared_in_run(session: Session, run: Run) -> list[tuple[OwnBooksRow, Person, datetime]]:
    """The books that participants show to the instructors of a run, without their contents."""
    query = (
        select(OwnBooksRow, Person, OwnBooksShare.shared_at)
        .options(defer(OwnBooksRow.content, raiseload=True))
        .join(OwnBooksShare, OwnBooksShare.books_id == OwnBooksRow.id)
        .join(Person, Person.id == OwnBooksRow.person_id)
        .where(OwnBooksShare.run_id == run.id)
        .order_by(OwnBooksShare.shared_at.desc(), OwnBooksRow.id)
    )
    return [(row, person, at) for row, person, at in session.execute(query)]


def shared_books(session: Session, run: Run, books_id: str) -> OwnBooksRow | None:
    """Books that are shown in a run; None for all others."""
    if session.get(OwnBooksShare, (books_id, run.id)) is None:
        return None
    return session.get(OwnBooksRow, books_id)
