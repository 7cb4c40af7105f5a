"""Collect and autograde: only what is new, one bad submission never in another's way."""

from __future__ import annotations

import os
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from manabiba_kernels import ForkServer

from ._nbgrader import Gradebook
from .autograde import mark_of
from .crew import PRELOAD, crew
from .run_directory import RunDirectory

Progress = Callable[[int, int, str], None]
"""Called with how many are done, of how many, and whose turn it is."""


@dataclass(frozen=True, kw_only=True)
class GradeRow:
    """What became of one participant's submission. Scores are None when it failed."""

    participant: str
    name: str
    score: float | None
    max_score: float
    needs_manual: tuple[str, ...]
    failed: str
    late: bool
    is_new: bool


@dataclass(frozen=True)
class GradeReport:
    """All submissions of a lesson."""

    rows: tuple[GradeRow, ...]

    @property
    def failed(self) -> tuple[GradeRow, ...]:
        return tuple(row for row in self.rows if row.failed)


def grade(
    run: RunDirectory, lesson_id: str, *, on_progress: Progress = lambda done, of, who: None
) -> GradeReport:
    """Collect the submissions of a lesson and autograde those that are new.

    A submission whose notebook does not run is reported with its reason and has no score; it is
    tried again next time.
    """
    failures: dict[str, str] = {}
    fresh: list[str] = []
    done = 0
    with closing(ForkServer(PRELOAD)) as forks:
        forks.begin()  # meanwhile
        folders = _collected(run, lesson_id)
        waiting = [folder.parent.name for folder in folders if not _is_graded(run, folder)]
        size = min(cores(), len(waiting))
        with crew(run, size=size, forks=forks) as workers:
            for participant, reason in workers.grade(lesson_id, waiting):
                if reason is None:
                    on_progress(done, len(waiting), participant)
                    continue
                done += 1
                if reason:
                    failures[participant] = reason
                else:
                    fresh.append(participant)
    on_progress(done, len(waiting), "")
    with run.gradebook() as gradebook:
        rows = tuple(
            _row(gradebook, lesson_id, folder.parent.name, failures, fresh) for folder in folders
        )
    return GradeReport(rows)


def _collected(run: RunDirectory, lesson_id: str) -> list[Path]:
    """The folders of a lesson's submissions, after collecting."""
    with run.nbgrader() as api:
        said = api.collect(lesson_id, update=True)
        if not said["success"]:
            raise RuntimeError(f"{lesson_id}: collect: {said.get('error') or said['log']}")
        return sorted((run.path / "submitted").glob(f"*/{lesson_id}"))


def _is_graded(run: RunDirectory, submitted: Path) -> bool:
    graded = run.path / "autograded" / submitted.parent.name / submitted.name
    stamp = graded / "timestamp.txt"
    return (
        (graded / f"{submitted.name}.ipynb").exists()
        and stamp.exists()
        and not mark_of(run.path, submitted.name, submitted.parent.name).exists()
        and stamp.read_bytes() == (submitted / "timestamp.txt").read_bytes()
    )


def cores() -> int:
    """The processor cores this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _row(
    gradebook: Gradebook,
    lesson_id: str,
    participant: str,
    failures: dict[str, str],
    fresh: list[str],
) -> GradeRow:
    name = gradebook.find_student(participant).first_name or participant
    assignment = gradebook.find_assignment(lesson_id)
    if participant in failures:
        return GradeRow(
            participant=participant,
            name=name,
            score=None,
            max_score=assignment.max_score,
            needs_manual=(),
            failed=failures[participant],
            late=False,
            is_new=False,
        )
    submission = gradebook.find_submission(lesson_id, participant)
    return GradeRow(
        participant=participant,
        name=name,
        score=submission.score,
        max_score=submission.max_score,
        needs_manual=tuple(
            grade.name
            for notebook in submission.notebooks
            for grade in notebook.grades
            if grade.needs_manual_grade
        ),
        failed="",
        late=submission.total_seconds_late > 0,
        is_new=participant in fresh,
    )
