"""Handing in: a frozen copy of a lesson's answers."""

from __future__ import annotations

import os
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

import manabiba_grading
from manabiba_widgets.store import Saved

from .database import Answer, Database, Person, RunLesson, Submission


def receipt(number: int) -> str:
    """A submission's number as people read it aloud.

    >>> receipt(123)
    'M-000123'
    """
    return f"M-{number:06d}"


def submit(
    session: Session, run_id: str, person_id: str, lesson_id: str, *, now: datetime
) -> Submission:
    """Freeze all answers of a lesson; the newest submission is the one that counts.

    After the deadline it is marked late.
    """
    lesson = session.get_one(RunLesson, (run_id, lesson_id))
    rows = session.scalars(
        select(Answer).where(
            Answer.run_id == run_id, Answer.person_id == person_id, Answer.lesson_id == lesson_id
        )
    )
    submission = Submission(
        run_id=run_id,
        person_id=person_id,
        lesson_id=lesson_id,
        answers={
            row.exercise_id: {"answer": row.answer, "hints_opened": row.hints_opened}
            for row in rows
        },
        submitted_at=now,
        late=lesson.due_at is not None and now > lesson.due_at,
    )
    session.add(submission)
    session.flush()
    return submission


def latest_submission(
    session: Session, run_id: str, person_id: str, lesson_id: str
) -> Submission | None:
    """The submission that counts, None before the first."""
    return session.scalar(
        select(Submission)
        .where(
            Submission.run_id == run_id,
            Submission.person_id == person_id,
            Submission.lesson_id == lesson_id,
        )
        .order_by(Submission.number.desc())
        .limit(1)
    )


class DatabaseSource(manabiba_grading.SubmissionSource):
    """Where nbgrader's collect finds a run's submissions: the server's database."""

    def submissions(self, lesson_id: str) -> list[manabiba_grading.Submission]:
        database = Database(os.environ["MANABIBA_DATABASE"], pooled=False)
        newest = (
            select(func.max(Submission.number))
            .where(Submission.run_id == self.run_id, Submission.lesson_id == lesson_id)
            .group_by(Submission.person_id)
        )
        query = (
            select(Submission, Person.name)
            .join(Person, Person.id == Submission.person_id)
            .where(Submission.number.in_(newest))
            .order_by(Submission.number)
        )
        with database.reading() as session:
            return [
                manabiba_grading.Submission(
                    participant=row.person_id,
                    name=name,
                    answers={
                        exercise: Saved(answer=item["answer"], hints_opened=item["hints_opened"])
                        for exercise, item in row.answers.items()
                    },
                    submitted_at=row.submitted_at,
                    receipt=receipt(row.number),
                )
                for row, name in session.execute(query)
            ]
