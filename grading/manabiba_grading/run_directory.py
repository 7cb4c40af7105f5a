"""A run on disk: an ordinary nbgrader course directory."""

from __future__ import annotations

import os
import shutil
import sys
import warnings
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import nbformat
from traitlets.config import Config, PyFileConfigLoader

from ._nbgrader import Gradebook, MissingEntry, NbGraderAPI
from .check import check_notebook
from .keys import shows_key

CONFIG = '''"""nbgrader's configuration of this run; written by まなびば, safe to edit."""

import os
from pathlib import Path

from manabiba_grading.collect import CollectFromSource
from manabiba_grading.hide_keys import HideKeys
from nbconvert.preprocessors import CSSHTMLHeaderPreprocessor
from nbgrader import preprocessors as steps

os.environ.setdefault("MANABIBA_DATABASE", {database!r})

c = get_config()  # noqa: F821
c.CourseDirectory.root = str(Path(__file__).resolve().parent)
c.CourseDirectory.course_id = {run!r}
c.CourseDirectory.db_url = "sqlite:///" + str(Path(__file__).resolve().parent / "gradebook.db")
c.ExchangeFactory.collect = CollectFromSource
c.CollectFromSource.source_class = {source!r}
c.Exchange.timezone = "Asia/Tokyo"
c.Exchange.root = str(Path(__file__).resolve().parent / "exchange")
c.Execute.timeout = 60
c.Execute.store_widget_state = False  # the words are in the outputs; nobody needs it twice
c.Execute.extra_arguments = ["--HistoryManager.hist_file=:memory:", "--log-level=40"]
c.GenerateFeedback.preprocessors = [steps.GetGrades, HideKeys, CSSHTMLHeaderPreprocessor]
# nbgrader's own list without ClearSolutions: a cell for words has no solution to be cleared.
c.GenerateAssignment.preprocessors = [
    steps.LockCells,
    steps.ClearOutput,
    steps.CheckCellMetadata,
    steps.ComputeChecksums,
    steps.SaveCells,
    steps.ClearHiddenTests,
    steps.ComputeChecksums,
    steps.CheckCellMetadata,
]
'''


class ReleaseError(RuntimeError):
    """A lesson that cannot be released; the message says why and what to do."""


@dataclass(frozen=True)
class RunDirectory:
    """The folder of a run; nbgrader alone can work in it too."""

    path: Path

    @classmethod
    def create(
        cls, path: Path, *, run_id: str, source_class: str, database_url: str
    ) -> RunDirectory:
        """Make the folder and its configuration; one that is there is left alone."""
        (path / "exchange").mkdir(parents=True, exist_ok=True)  # nbgrader wants it to be there
        config = path / "nbgrader_config.py"
        if not config.exists():
            text = CONFIG.format(run=run_id, source=source_class, database=database_url)
            config.write_text(text, encoding="utf-8")
        return cls(path)

    @contextmanager
    def nbgrader(self) -> Iterator[NbGraderAPI]:
        """nbgrader's API on this run, in its environment (restored afterwards)."""
        with _environment():
            loader = PyFileConfigLoader("nbgrader_config.py", path=str(self.path))
            config: Config = loader.load_config()
            api: Any = NbGraderAPI(config=config)
            yield api

    @contextmanager
    def gradebook(self) -> Iterator[Gradebook]:
        """The run's gradebook."""
        with (
            _environment(),
            Gradebook(f"sqlite:///{self.path / 'gradebook.db'}", self.path.name) as gradebook,
        ):
            yield gradebook

    def release(self, lesson_id: str, notebook: Path, *, due_at: datetime | None) -> bool:
        """Put a lesson into the run and make the version without keys; whether it changed.

        Raises ReleaseError with all of the author's mistakes, or what nbgrader said.
        """
        errors = check_notebook(notebook)
        if errors:
            raise ReleaseError("\n".join(errors))
        source = self.path / "source" / lesson_id / f"{lesson_id}.ipynb"
        released = self.path / "release" / lesson_id / f"{lesson_id}.ipynb"
        due = due_at.astimezone(UTC).replace(tzinfo=None) if due_at else None
        changed = not (
            source.exists() and released.exists() and source.read_bytes() == notebook.read_bytes()
        )
        if changed:
            source.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(notebook, source)
            with self.nbgrader() as api:
                said = api.generate_assignment(lesson_id, force=True, create=True)
            if not said["success"]:
                source.unlink()
                raise ReleaseError(f"{lesson_id}: nbgrader: {said['log']}{said.get('error', '')}")
            _raise_if_key_is_left(released)
        with self.gradebook() as gradebook:
            gradebook.update_or_create_assignment(lesson_id, duedate=due)
        return changed

    def erase_participant(self, participant: str) -> None:
        """Erase what nbgrader has of somebody: submissions, marks, feedback.

        Raises OSError for a folder that cannot be removed.
        """
        for step in ("submitted", "autograded", "feedback"):
            folder = self.path / step / participant
            if folder.exists():
                shutil.rmtree(folder)
        with self.gradebook() as gradebook, suppress(MissingEntry):
            gradebook.remove_student(participant)


@contextmanager
def _environment() -> Iterator[None]:
    """Surroundings in which nbgrader works, put back afterwards.

    It runs the bare command `alembic` for a new gradebook, so our own must be found first;
    and a kernel that warns would lose its marks.
    """
    before, folder = dict(os.environ), Path.cwd()
    try:
        os.environ["PATH"] = f"{Path(sys.executable).parent}{os.pathsep}{before.get('PATH', '')}"
        os.environ["PYTHONWARNINGS"] = "ignore"
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # nbgrader's own use of SQLAlchemy
            yield
    finally:
        os.chdir(folder)
        os.environ.clear()
        os.environ.update(before)


def _raise_if_key_is_left(released: Path) -> None:
    for cell in nbformat.read(released, as_version=4).cells:
        if cell.cell_type == "code" and (shows_key(cell) or "HIDDEN TESTS" in cell.source):
            released.unlink()
            raise ReleaseError(
                f"{released.name}: a key is left in the released version; put it between "
                "### BEGIN HIDDEN TESTS and ### END HIDDEN TESTS"
            )
