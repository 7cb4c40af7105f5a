"""nbgrader's autograde for a worker process: its own steps, with kernels that start at once.

The converter and its preprocessors are nbgrader's. What is different is where a kernel comes from,
and that the gradebook is written twice for a submission instead of after every grade.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, ClassVar

import psutil
from jupyter_client.kernelspec import NoSuchKernel
from nbclient.client import NotebookClient
from traitlets.config import Config

from manabiba_kernels import Branch, DirectKernelManager

from ._nbgrader import Autograde, CheckCellMetadata, Execute, Gradebook, MissingEntry, capture_log
from .transaction import finish

MOST_FILE = 2_000_000_000
"""Bytes of the largest file that a submission may write."""


class ExecuteInFork(Execute):
    """nbgrader's Execute; a kernel is a fork where that is what its kernelspec would start."""

    forks: ClassVar[Branch | None] = None
    kernel_name: Any

    def create_kernel_manager(self) -> Any:
        name = self.kernel_name or self.nb.metadata.get("kernelspec", {}).get("name")
        if self.forks is not None and "kernel_manager_class" not in self._configured():
            manager = DirectKernelManager(
                forks=self.forks,
                limits=_limits(),
                config=self.config,
                **({"kernel_name": name} if name else {}),
            )
            try:
                if manager.can_start(self.extra_arguments):
                    self.kernel_name = manager.kernel_name
                    self.km = manager
                    return manager
            except NoSuchKernel:
                pass  # nbgrader's own words for it
        return super().create_kernel_manager()

    def _configured(self) -> set[str]:
        sections = (Execute, NotebookClient, type(self))
        return {name for section in sections for name in self.config.get(section.__name__, {})}


class CheckCellMetadataOnce(CheckCellMetadata):
    """nbgrader's check of its metadata; what passed is not checked again.

    The check looks at metadata only, and those of a lesson's submissions are the same.
    """

    passed: ClassVar[set[str]] = set()

    def preprocess(self, nb: Any, resources: Any) -> tuple[Any, Any]:
        looked_at = json.dumps(
            [[cell.cell_type, cell.metadata.get("nbgrader")] for cell in nb.cells]
        )
        if looked_at not in self.passed:
            nb, resources = super().preprocess(nb, resources)
            self.passed.add(looked_at)
        return nb, resources


OURS = {Execute: ExecuteInFork, CheckCellMetadata: CheckCellMetadataOnce}


def _limits() -> dict[str, int]:
    """What a submission may use at most: half of the machine's memory, and files of a size."""
    return {"DATA": psutil.virtual_memory().total // 2, "FSIZE": MOST_FILE}


class AutogradeInWorker(Autograde):
    """nbgrader's Autograde, its steps finished one by one in the gradebook.

    A notebook is validated when it is read and when it is written, not after each preprocessor.
    """

    def __init__(self, **more: Any) -> None:
        super().__init__(**more)
        self.update_config(Config({"Exporter": {"optimistic_validation": True}}))

    def _init_preprocessors(self) -> None:
        finish()
        super()._init_preprocessors()

    def write_single_notebook(self, output: Any, resources: Any) -> None:
        finish()
        super().write_single_notebook(output, resources)


def autograde(api: Any, lesson_id: str, participant: str, *, keep_failed: bool = False) -> str:
    """Autograde one submission; empty, or why it could not be graded.

    What nbgrader wrote about one that failed is taken back unless `keep_failed`. A submission is
    marked as unfinished meanwhile, so that one that was cut short is known.
    """
    root = Path(api.coursedir.root)
    with unfinished(root, lesson_id, participant):
        api.coursedir.assignment_id, api.coursedir.student_id = lesson_id, participant
        app = AutogradeInWorker(coursedir=api.coursedir, parent=api)
        app.sanitize_preprocessors = [OURS.get(s, s) for s in app.sanitize_preprocessors]
        app.autograde_preprocessors = [OURS.get(s, s) for s in app.autograde_preprocessors]
        app.force, app.create_student = True, True
        said = capture_log(app)
        finish()
        reason = failure(root, lesson_id, participant, said)
        if reason and not keep_failed:
            with Gradebook(api.coursedir.db_url, api.coursedir.course_id) as gradebook:
                discard(root, gradebook, lesson_id, participant)
            finish()
    return reason


def mark_of(root: Path, lesson_id: str, participant: str) -> Path:
    """The file that is there while a submission is being graded."""
    return root / "autograded" / participant / f"{lesson_id}.unfinished"


@contextmanager
def unfinished(root: Path, lesson_id: str, participant: str) -> Iterator[None]:
    """Mark a submission while it is being graded; an end by force leaves the mark."""
    mark = mark_of(root, lesson_id, participant)
    mark.parent.mkdir(parents=True, exist_ok=True)
    mark.touch()
    yield
    mark.unlink(missing_ok=True)


def failure(root: Path, lesson_id: str, participant: str, said: Any) -> str:
    """Why a submission could not be graded; empty when it could."""
    graded = root / "autograded" / participant / lesson_id / f"{lesson_id}.ipynb"
    if not said["success"] or not graded.exists():
        log = str(said.get("error") or said.get("log") or "").strip()
        return f"nbgrader: {log.splitlines()[-1] if log else 'no notebook was written'}"
    for cell in json.loads(graded.read_text(encoding="utf-8"))["cells"]:
        for output in cell.get("outputs", []):
            if output["output_type"] == "error":
                name = cell["metadata"].get("nbgrader", {}).get("grade_id", "?")
                return f"{name}: {output['ename']}: {output['evalue']}"
    return ""


def discard(root: Path, gradebook: Gradebook, lesson_id: str, participant: str) -> None:
    """Take back what nbgrader wrote about a submission that did not run."""
    shutil.rmtree(root / "autograded" / participant / lesson_id, ignore_errors=True)
    try:
        gradebook.remove_submission(lesson_id, participant)
    except MissingEntry:
        return
