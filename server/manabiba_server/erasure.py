"""Erasing for good what was promised to be kept only until a date: a run, a person."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import delete, exists, func, select
from sqlalchemy.orm import Session

from .database import Answer, Base, Enrolment, OwnBooksRow, Person, Run


def expired_runs(session: Session, today: date) -> list[Run]:
    """The runs whose day of keeping (保存の期限) is over, the oldest first."""
    query = select(Run).where(Run.keep_until < today).order_by(Run.keep_until, Run.id)
    return list(session.scalars(query))


def erase_run(session: Session, run_id: str) -> list[str]:
    """Erase a run with everything written in it; the ids of those whose only run it was.

    They are erased with it: nobody asked them to be kept longer.
    """
    others = select(Enrolment.run_id).where(
        Enrolment.person_id == Person.id, Enrolment.run_id != run_id
    )
    here = select(Enrolment.run_id).where(
        Enrolment.person_id == Person.id, Enrolment.run_id == run_id
    )
    query = select(Person.id).where(exists(here), ~exists(others)).order_by(Person.id)
    only_here = list(session.scalars(query))
    _erase(session, Run.__table__, Run.id == run_id)
    for person_id in only_here:
        erase_person(session, person_id)
    return only_here


def erase_person(session: Session, person_id: str) -> None:
    """Erase a person with everything of theirs: answers, results, own books."""
    _erase(session, Person.__table__, Person.id == person_id)


def counted(session: Session, person_ids: list[str]) -> tuple[int, int]:
    """How many answers and own books people have, to be told before they are erased."""
    answers, books = (
        session.scalar(
            select(func.count()).select_from(table).where(table.person_id.in_(person_ids))
        )
        for table in (Answer, OwnBooksRow)
    )
    return answers or 0, books or 0


def _erase(session: Session, table: Any, condition: Any) -> None:
    """Erase rows, before them whatever points to them."""
    for other in reversed(Base.metadata.sorted_tables):
        for key in other.foreign_keys:
            if key.column.table is table:
                theirs = select(key.column).where(condition)
                _erase(session, other, other.c[key.parent.name].in_(theirs))
    session.execute(delete(table).where(condition))
