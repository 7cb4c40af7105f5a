"""Released grades: what a participant sees after feedback."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from manabiba_grading import exercise_of

from .database import Result, RunLesson


def release_results(
    session: Session, run_id: str, lesson_id: str, rows: Iterable[Result], *, now: datetime
) -> None:
    """Publish a lesson's grades; those of an earlier release are replaced."""
    session.execute(delete(Result).where(Result.run_id == run_id, Result.lesson_id == lesson_id))
    session.add_all(rows)
    session.get_one(RunLesson, (run_id, lesson_id)).feedback_at = now


def place_in(titles: Mapping[str, str], grade_id: str) -> tuple[int, str]:
    """Position and title of a grade among a lesson's exercises (id → title, in their order).

    What is graded by hand of an exercise stands behind what is graded at once.

    >>> place_in({"a": "問1", "b": "問2"}, "b"), place_in({"a": "問1", "b": "問2"}, "a-rubric")
    ((2, '問2'), (1, '問1(講師が読んで採点)'))
    """
    exercise = exercise_of(grade_id)
    position = list(titles).index(exercise) if exercise in titles else len(titles)
    if exercise == grade_id:
        return 2 * position, titles.get(exercise, grade_id)
    return 2 * position + 1, f"{titles.get(exercise, exercise)}(講師が読んで採点)"


@dataclass(frozen=True, kw_only=True)
class ShownResult:
    """What a participant may read now of one exercise's result."""

    title: str
    score: float
    max_score: float
    comment: str
    solution_answer: str = ""
    solution_explanation: str = ""
    submitted_at: datetime | None = None


def results_of(
    session: Session, run_id: str, person_id: str, lesson_id: str, *, now: datetime
) -> list[ShownResult]:
    """A person's released grades in the lesson's order; empty before release.

    Before the lesson's solution date they come without solutions.
    """
    dates = session.get_one(RunLesson, (run_id, lesson_id))
    reveal = dates.solution_at is None or now >= dates.solution_at
    rows = session.scalars(
        select(Result)
        .where(
            Result.run_id == run_id,
            Result.person_id == person_id,
            Result.lesson_id == lesson_id,
        )
        .order_by(Result.position)
    )
    return [
        ShownResult(
            title=row.title,
            score=row.score,
            max_score=row.max_score,
            comment=row.comment,
            solution_answer=row.solution_answer if reveal else "",
            solution_explanation=row.solution_explanation if reveal else "",
            submitted_at=row.submitted_at,
        )
        for row in rows
    ]
