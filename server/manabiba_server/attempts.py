"""Attempts on their way to the database: who had which answer judged, and what was said."""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy.exc import IntegrityError

from .answers import LONGEST_ANSWER, MOST_HINTS, record_attempt
from .database import Database
from .kernels import Seat

TOGETHER_S = 0.05
"""Seconds that an attempt waits for others, so that a full room costs few transactions."""

UNAVAILABLE = "unavailable"
"""The status of a check that was answered without a judgement."""


MOST_ASKED = 50
"""Checks of one connection that wait for their judgement at once."""


class AskedChecks:
    """What a page has asked to be judged, until its judgement passes."""

    def __init__(self) -> None:
        self._asked: dict[tuple[str, int], dict[str, Any]] = {}

    def note(self, comm_id: str, state: dict[str, Any]) -> None:
        """Remember a check. A number used again keeps its first answer, which is judged first."""
        answer, hints = state.get("answer"), state.get("hints_opened")
        if "check" not in state or not isinstance(answer, dict):
            return
        asked = {
            "answer": answer,
            "hints_opened": min(max(hints, 0), MOST_HINTS) if type(hints) is int else 0,
        }
        self._asked.setdefault((comm_id, state["check"]), asked)
        while len(self._asked) > MOST_ASKED:
            self._asked.pop(next(iter(self._asked)))

    def answered(self, comm_id: str, check: int) -> dict[str, Any] | None:
        """The answer and hints that a judgement is about; None for one nobody waits for."""
        return self._asked.pop((comm_id, check), None)


@dataclass(frozen=True)
class Judged:
    """One 「確かめる」 that was answered: `feedback` as the kernel gave it."""

    seat: Seat
    exercise_id: str
    answer: dict[str, Any]
    hints_opened: int
    feedback: dict[str, Any]
    at: datetime


class AttemptLog:
    """Writes attempts, several in one transaction; `later(seconds, call)` is the loop's timer."""

    def __init__(
        self,
        database: Database,
        *,
        clock: Callable[[], datetime],
        later: Callable[[float, Callable[[], None]], object],
    ) -> None:
        self._database = database
        self._clock = clock
        self._later = later
        self._waiting: list[Judged] = []

    def add(
        self,
        seat: Seat,
        exercise_id: str,
        asked: dict[str, Any],
        feedback: dict[str, Any],
    ) -> None:
        """Keep an attempt: what the page `asked` (answer, hints_opened) and what it was told."""
        if feedback.get("status") == UNAVAILABLE:
            return
        if len(json.dumps(asked["answer"], ensure_ascii=False)) > LONGEST_ANSWER:
            return  # could not be saved as an answer either
        judged = Judged(
            seat=seat,
            exercise_id=exercise_id,
            answer=asked["answer"],
            hints_opened=asked["hints_opened"],
            feedback={name: value for name, value in feedback.items() if name != "check"},
            at=self._clock(),
        )
        self._waiting.append(judged)
        if len(self._waiting) == 1:
            self._later(TOGETHER_S, self.flush)

    def flush(self) -> None:
        """Write what is waiting."""
        waiting, self._waiting = self._waiting, []
        if not waiting:
            return
        try:
            self._write(waiting)
        except IntegrityError:  # somebody was erased meanwhile; the others keep theirs
            for judged in waiting:
                with suppress(IntegrityError):
                    self._write([judged])

    def _write(self, attempts: list[Judged]) -> None:
        with self._database.session() as session:
            for judged in attempts:
                record_attempt(
                    session,
                    run_id=judged.seat.run_id,
                    person_id=judged.seat.person_id,
                    lesson_id=judged.seat.lesson_id,
                    exercise_id=judged.exercise_id,
                    answer=judged.answer,
                    hints_opened=judged.hints_opened,
                    feedback=judged.feedback,
                    now=judged.at,
                )
