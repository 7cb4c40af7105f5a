"""What is handed in, and where nbgrader's collect finds it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from traitlets import Unicode
from traitlets.config import LoggingConfigurable

from manabiba_widgets.store import Saved

RUBRIC = "-rubric"
"""The end of the grade id of a cell in which the rest of an exercise is graded by hand."""


def exercise_of(grade_id: str) -> str:
    """The id of the exercise whose answer a grade cell is about.

    >>> exercise_of("e1-5-rubric"), exercise_of("e1-5")
    ('e1-5', 'e1-5')
    """
    return grade_id.removesuffix(RUBRIC)


@dataclass(frozen=True, kw_only=True)
class Submission:
    """One participant's newest submission of a lesson; `submitted_at` is aware."""

    participant: str
    name: str
    answers: Mapping[str, Saved]
    submitted_at: datetime
    receipt: str


class SubmissionSource(LoggingConfigurable):
    """Where a run's submissions are; a run's `nbgrader_config.py` names the class."""

    run_id = Unicode(help="The run whose submissions these are.").tag(config=True)

    def submissions(self, lesson_id: str) -> list[Submission]:
        """The newest submission of each participant."""
        raise NotImplementedError
