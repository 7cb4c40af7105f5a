"""nbgrader's collect: from the submission source to `submitted/<participant>/<lesson>/`."""

from __future__ import annotations

import shutil
from datetime import UTC, datetime
from pathlib import Path

import nbformat
from traitlets import Type

from manabiba_widgets.judgement import is_filled
from manabiba_widgets.store import FILE_NAME, write_answers

from ._nbgrader import ExchangeCollect, Gradebook, parse_utc
from .submission import Submission, SubmissionSource, exercise_of

TIMESTAMP = "%Y-%m-%d %H:%M:%S.%f UTC"


class CollectFromSource(ExchangeCollect):
    """Lays out each participant's newest submission as nbgrader expects it."""

    source_class = Type(
        SubmissionSource, klass=SubmissionSource, help="Where the submissions are."
    ).tag(config=True)

    def init_src(self) -> None:
        source: SubmissionSource = self.source_class(parent=self, run_id=self.coursedir.course_id)
        self.found = source.submissions(self.coursedir.assignment_id)

    def init_dest(self) -> None:
        lesson = self.coursedir.assignment_id
        release = self.coursedir.format_path(self.coursedir.release_directory, ".", lesson)
        self.release = Path(release)
        if not self.release.is_dir():
            self.fail(f"{lesson} is not released in this run; run `manabiba run create` first")

    def copy_files(self) -> None:
        with Gradebook(self.coursedir.db_url, self.coursedir.course_id) as gradebook:
            for submission in self.found:
                gradebook.update_or_create_student(
                    submission.participant, first_name=submission.name
                )
        for submission in self.found:
            target = Path(
                self.coursedir.format_path(
                    self.coursedir.submitted_directory,
                    submission.participant,
                    self.coursedir.assignment_id,
                )
            )
            if self._is_newer(submission, target):
                self._lay_out(submission, target)

    def _is_newer(self, submission: Submission, target: Path) -> bool:
        timestamp = target / "timestamp.txt"
        if not timestamp.exists():
            return True
        here: datetime = parse_utc(timestamp.read_text(encoding="utf-8").strip())
        return submission.submitted_at.astimezone(UTC).replace(tzinfo=None) > here

    def _lay_out(self, submission: Submission, target: Path) -> None:
        """Build the folder beside its place and move it there whole."""
        draft = target.with_name(target.name + ".draft")
        shutil.rmtree(draft, ignore_errors=True)
        draft.parent.mkdir(parents=True, exist_ok=True)
        shutil.copytree(self.release, draft)
        for path in draft.glob("*.ipynb"):
            mark_written_answers(path, submission)
        write_answers(draft / FILE_NAME, submission.answers)
        moment = submission.submitted_at.astimezone(UTC).strftime(TIMESTAMP)
        (draft / "timestamp.txt").write_text(moment + "\n", encoding="utf-8")
        shutil.rmtree(target, ignore_errors=True)
        draft.rename(target)
        self.log.info("collected %s of %s", target.name, submission.participant)


def mark_written_answers(path: Path, submission: Submission) -> None:
    """Change the cells graded by hand that have an answer, as the answer changed them.

    nbgrader gives zero to an unchanged solution cell without asking anybody. That is right
    for an empty answer; one with words in it is marked by its receipt.
    """
    notebook = nbformat.read(path, as_version=4)
    for cell in notebook.cells:
        about = cell.metadata.get("nbgrader", {})
        if not (about.get("grade") and about.get("solution")):
            continue
        saved = submission.answers.get(exercise_of(about["grade_id"]))
        if saved is not None and is_filled(saved.answer):
            cell.source += f"\n# 提出 {submission.receipt}"
    nbformat.write(notebook, path)
