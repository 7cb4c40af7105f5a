"""What the gradebook says, exercise by exercise."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from .run_directory import RunDirectory


@dataclass(frozen=True, kw_only=True)
class ExerciseScore:
    """One exercise of one participant; `submitted_at` is when what was graded was handed in."""

    participant: str
    exercise_id: str
    score: float
    max_score: float
    needs_manual: bool
    comment: str
    submitted_at: datetime


def scores(run: RunDirectory, lesson_id: str) -> list[ExerciseScore]:
    """The scores of all graded participants."""
    with run.gradebook() as gradebook:
        return [
            ExerciseScore(
                participant=submission.student.id,
                exercise_id=grade.name,
                score=float(grade.score),
                max_score=float(grade.max_score),
                needs_manual=bool(grade.needs_manual_grade),
                comment=next(
                    (c.comment or "" for c in notebook.comments if c.name == grade.name), ""
                ),
                submitted_at=submission.timestamp.replace(tzinfo=UTC),
            )
            for submission in gradebook.assignment_submissions(lesson_id)
            for notebook in submission.notebooks
            for grade in notebook.grades
        ]
