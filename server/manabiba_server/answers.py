"""The answer store: every change of an answer is one transaction."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from .database import Answer, Attempt

LONGEST_ANSWER = 100_000
"""Characters of an answer's JSON."""

MOST_HINTS = 100
"""More opened hints than any exercise has."""


class AnswerTooLarge(ValueError):
    """An answer over 100,000 characters."""


@dataclass(frozen=True, kw_only=True)
class StoredAnswer:
    """A saved answer; `feedback` is the last judgement when it still is about this answer."""

    answer: dict[str, Any]
    hints_opened: int
    revision: int
    saved_at: datetime
    feedback: dict[str, Any] | None = None


class AnswerConflict(Exception):
    """Another page saved this answer meanwhile; `current` is what it saved."""

    def __init__(self, current: StoredAnswer) -> None:
        super().__init__(f"the answer is at revision {current.revision}")
        self.current = current


def load_answers(
    session: Session, run_id: str, person_id: str, lesson_id: str
) -> dict[str, StoredAnswer]:
    """A person's answers in a lesson: exercise id → what is saved."""
    rows = session.scalars(
        select(Answer).where(
            Answer.run_id == run_id, Answer.person_id == person_id, Answer.lesson_id == lesson_id
        )
    ).all()
    if not rows:
        return {}
    mine = (
        Attempt.run_id == run_id,
        Attempt.person_id == person_id,
        Attempt.lesson_id == lesson_id,
    )
    newest = select(func.max(Attempt.id)).where(*mine).group_by(Attempt.exercise_id)
    attempts = {
        attempt.exercise_id: attempt
        for attempt in session.scalars(select(Attempt).where(Attempt.id.in_(newest)))
    }
    stored = {}
    for row in rows:
        attempt = attempts.get(row.exercise_id)
        feedback = attempt.feedback if attempt and attempt.answer == row.answer else None
        stored[row.exercise_id] = _stored(row, feedback)
    return stored


def saved_answers(
    session: Session, run_id: str, person_id: str, lesson_id: str
) -> dict[str, dict[str, Any]]:
    """A person's answers in a lesson, without times and feedback: exercise id → answer, hints."""
    query = select(Answer.exercise_id, Answer.answer, Answer.hints_opened).where(
        Answer.run_id == run_id, Answer.person_id == person_id, Answer.lesson_id == lesson_id
    )
    return {
        exercise_id: {"answer": answer, "hints_opened": hints}
        for exercise_id, answer, hints in session.execute(query)
    }


def _stored(row: Answer, feedback: dict[str, Any] | None = None) -> StoredAnswer:
    return StoredAnswer(
        answer=row.answer,
        hints_opened=row.hints_opened,
        revision=row.revision,
        saved_at=row.saved_at,
        feedback=feedback,
    )


def save_answer(
    session: Session,
    *,
    run_id: str,
    person_id: str,
    lesson_id: str,
    exercise_id: str,
    answer: dict[str, Any],
    hints_opened: int,
    base_revision: int,
    now: datetime,
) -> StoredAnswer:
    """Save an answer that was made from revision `base_revision` (0: from nothing).

    The same content again is what is stored already. Raises AnswerConflict when somebody else
    changed it meanwhile, AnswerTooLarge over 100,000 characters.
    """
    text = json.dumps(answer, ensure_ascii=False)
    if len(text) > LONGEST_ANSWER:
        raise AnswerTooLarge(f"{len(text)} characters")
    answer = json.loads(text.replace("\\u0000", ""))  # PostgreSQL has no place for NUL
    row = session.get(Answer, (run_id, person_id, exercise_id))
    if row is None:
        row = Answer(
            run_id=run_id,
            person_id=person_id,
            exercise_id=exercise_id,
            lesson_id=lesson_id,
            answer=answer,
            hints_opened=hints_opened,
            revision=1,
            saved_at=now,
        )
        session.add(row)
        session.flush()
        return _stored(row)
    if row.answer == answer and row.hints_opened >= hints_opened:
        return _stored(row)
    if row.revision != base_revision and row.answer != answer:
        raise AnswerConflict(_stored(row))
    changed = session.execute(
        update(Answer)
        .where(
            Answer.run_id == run_id,
            Answer.person_id == person_id,
            Answer.exercise_id == exercise_id,
            Answer.revision == row.revision,
        )
        .values(
            answer=answer,
            hints_opened=max(hints_opened, row.hints_opened),
            revision=row.revision + 1,
            saved_at=now,
        )
        .execution_options(synchronize_session=False)
    )
    session.refresh(row)
    if changed.rowcount != 1:  # type: ignore[attr-defined]
        raise AnswerConflict(_stored(row))
    return _stored(row)


def record_attempt(
    session: Session,
    *,
    run_id: str,
    person_id: str,
    lesson_id: str,
    exercise_id: str,
    answer: dict[str, Any],
    hints_opened: int,
    feedback: dict[str, Any],
    now: datetime,
) -> None:
    """Keep that an answer was checked and what the judge said (a public judgement)."""
    session.add(
        Attempt(
            run_id=run_id,
            person_id=person_id,
            lesson_id=lesson_id,
            exercise_id=exercise_id,
            answer=json.loads(json.dumps(answer).replace("\\u0000", "")),
            hints_opened=hints_opened,
            score=feedback["score"],
            status=feedback["status"],
            feedback=feedback,
            at=now,
        )
    )
