"""Submissions as people really hand them in, graded by nbgrader and by us: the same comes out."""

from __future__ import annotations

import json
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import nbformat
import psutil
import pytest

from manabiba_grading import RunDirectory, SubmissionSource, grade
from manabiba_grading.autograde import mark_of
from manabiba_grading.crew import PRELOAD, crew
from manabiba_kernels import ForkServer

LESSON = "awkward-1"
TIMEOUT_S = 4
SETUP, SOLUTION, TEST, WORDS, LAST = range(5)


def about(grade_id: str, **more: Any) -> dict[str, Any]:
    return {
        "grade": False,
        "grade_id": grade_id,
        "locked": True,
        "schema_version": 3,
        "solution": False,
        "task": False,
        **more,
    }


def lesson() -> Any:
    code, text = nbformat.v4.new_code_cell, nbformat.v4.new_markdown_cell
    written = {"grade": True, "solution": True, "locked": False, "points": 4}
    cells = [
        (code("from pathlib import Path"), about("setup")),
        (code("def double(n):\n    return 0"), about("double", solution=True, locked=False)),
        (code("assert double(2) == 4"), about("double-test", grade=True, points=3)),
        (text("ここに書いてください"), about("words", **written)),
        (
            code("float(2 if double(5) == 10 else 0.5)"),
            about("partly-test", grade=True, points=2),
        ),
    ]
    for cell, metadata in cells:
        cell.metadata["nbgrader"] = metadata
    notebook = nbformat.v4.new_notebook(cells=[cell for cell, _ in cells])
    notebook.metadata.kernelspec = {
        "name": "python3",
        "display_name": "Python 3",
        "language": "python",
    }
    return notebook


Change = Callable[[Any, Path], None]


def with_code(source: str) -> Change:
    def change(notebook: Any, folder: Path) -> None:
        notebook.cells[SOLUTION].source = source

    return change


RIGHT = "def double(n):\n    return 2 * n"


def deletes_the_test(notebook: Any, folder: Path) -> None:
    del notebook.cells[TEST]


def cheats(notebook: Any, folder: Path) -> None:
    notebook.cells[TEST].source = "True"
    notebook.cells[LAST].source = "2.0"
    notebook.cells[LAST].metadata.nbgrader["points"] = 100


def copies_a_cell(notebook: Any, folder: Path) -> None:
    with_code(RIGHT)(notebook, folder)
    copy = nbformat.from_dict(json.loads(json.dumps(notebook.cells[TEST])))
    copy.id = "copy"
    notebook.cells.append(copy)


def is_old(notebook: Any, folder: Path) -> None:
    for cell in notebook.cells:
        cell.metadata.nbgrader["schema_version"] = 1


def has_no_kernelspec(notebook: Any, folder: Path) -> None:
    with_code(RIGHT)(notebook, folder)
    del notebook.metadata["kernelspec"]


def brings_a_file(notebook: Any, folder: Path) -> None:
    (folder / "factor.txt").write_text("2", encoding="utf-8")
    with_code(
        "double = lambda n: n * int(Path('factor.txt').read_text())\n"
        "left_open = open('made.txt', 'w')\nleft_open.write('made')\n"
        "import atexit\natexit.register(lambda: Path('at-exit.txt').write_text('x'))\n"
    )(notebook, folder)


def writes_words(notebook: Any, folder: Path) -> None:
    with_code(RIGHT)(notebook, folder)
    notebook.cells[WORDS].source = "わたしの考え"


def is_late(notebook: Any, folder: Path) -> None:
    with_code(RIGHT)(notebook, folder)
    (folder / "timestamp.txt").write_text("2026-11-25 10:00:00 UTC\n", encoding="utf-8")


AWKWARD: dict[str, Change] = {
    "loops": with_code("while True: pass"),  # first: it must not be in anybody's way
    "right": with_code(RIGHT),
    "unchanged": lambda notebook, folder: None,
    "noisy": with_code(
        RIGHT + "\nimport sys, os, subprocess, threading, time, warnings\n"
        "print('out'); warnings.warn('care'); os.write(1, b'fd'); subprocess.run(['echo', 'sub'])\n"
        "time.sleep(0.5)  # what a child wrote comes when ipykernel's own thread has read it\n"
        "t = threading.Thread(target=print, args=('thread',)); t.start(); t.join()\n"
        "import contextvars; v = contextvars.ContextVar('v'); v.set(1); None"
    ),
    "asks": with_code(RIGHT + "\nawait __import__('asyncio').sleep(0.01)\ninput('?')"),
    "leaves": with_code("import sys\nsys.exit(3)"),
    "dies": with_code("import os\nos._exit(1)"),
    "long": with_code(RIGHT + "\nfor n in range(3000): print(n)"),
    "deletes": deletes_the_test,
    "cheats": cheats,
    "copies": copies_a_cell,
    "old": is_old,
    "no-kernelspec": has_no_kernelspec,
    "brings": brings_a_file,
    "words": writes_words,
    "late": is_late,
}


def hand_in(run: RunDirectory, who: str, change: Change) -> None:
    folder = run.path / "submitted" / who / LESSON
    shutil.copytree(run.path / "release" / LESSON, folder)
    (folder / "timestamp.txt").write_text("2026-11-24 10:00:00 UTC\n", encoding="utf-8")
    path = folder / f"{LESSON}.ipynb"
    notebook = nbformat.read(path, as_version=4)
    change(notebook, folder)
    nbformat.write(notebook, path)


def made(run: RunDirectory, who: str) -> dict[str, Any]:
    """Everything that grading made of a submission, without times and process ids."""
    folder = run.path / "autograded" / who / LESSON
    path = folder / f"{LESSON}.ipynb"
    cells = None
    if path.exists():
        text = re.sub(r"ipykernel_\d+", "ipykernel", path.read_text(encoding="utf-8"))
        text = re.sub(r"\b0x[0-9a-f]{6,}", "0x", text)  # where an object lies in memory
        cells = json.loads(text)
        for cell in cells["cells"]:
            cell["metadata"].pop("execution", None)
            cell["outputs"] = [*streams(cell), *results(cell)] if "outputs" in cell else None
    with run.gradebook() as gradebook:
        submission = gradebook.find_submission(LESSON, who)
        [notebook] = submission.notebooks
        return {
            "notebook": cells,
            "files": {str(p.relative_to(folder)): oct(p.stat().st_mode) for p in folder.rglob("*")},
            "late": submission.total_seconds_late,
            "penalty": notebook.late_submission_penalty,
            "grades": sorted(
                (g.name, g.auto_score, g.manual_score, g.needs_manual_grade, g.max_score)
                for g in notebook.grades
            ),
            "comments": sorted((c.name, c.auto_comment) for c in notebook.comments),
        }


def streams(cell: dict[str, Any]) -> list[tuple[str, list[str]]]:
    """What was printed, each stream's lines in order of letters.

    When a line of a child process arrives among the cell's own is a race in ipykernel itself.
    """
    texts: dict[str, str] = {}
    for output in cell["outputs"]:
        if output["output_type"] == "stream":
            texts[output["name"]] = texts.get(output["name"], "") + "".join(output["text"])
    return [(name, sorted(text.replace("\n", "\n\0").split("\0"))) for name, text in texts.items()]


def results(cell: dict[str, Any]) -> list[dict[str, Any]]:
    """What was shown beside it, in order."""
    return [output for output in cell["outputs"] if output["output_type"] != "stream"]


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> RunDirectory:
    folder = tmp_path_factory.mktemp("awkward")
    run = RunDirectory.create(
        folder / "run",
        run_id="run",
        source_class="manabiba_grading.SubmissionSource",
        database_url="unused",
    )
    with (run.path / "nbgrader_config.py").open("a", encoding="utf-8") as config:
        config.write(f"c.Execute.timeout = {TIMEOUT_S}\n")
    source = run.path / "source" / LESSON
    source.mkdir(parents=True)
    nbformat.write(lesson(), source / f"{LESSON}.ipynb")
    with run.nbgrader() as api:
        said = api.generate_assignment(LESSON, force=True, create=True)
    assert said["success"], said
    with run.gradebook() as gradebook:
        due = datetime(2026, 11, 24, 12, tzinfo=UTC).replace(tzinfo=None)
        gradebook.update_or_create_assignment(LESSON, duedate=due)
    return run


@pytest.fixture(scope="module")
def both(prepared: RunDirectory) -> tuple[RunDirectory, RunDirectory, list[tuple[str, str | None]]]:
    """The run graded by nbgrader, its copy graded by us, and what our workers said."""
    for who, change in AWKWARD.items():
        hand_in(prepared, who, change)
    ours = RunDirectory(prepared.path.with_name("ours") / "run")
    shutil.copytree(prepared.path, ours.path)
    with pytest.MonkeyPatch.context() as patch:
        patch.delenv("PYTEST_CURRENT_TEST")  # ipykernel looks for it and lets fds alone
        with closing(ForkServer(PRELOAD)) as forks, crew(ours, size=2, forks=forks) as workers:
            events = list(workers.grade(LESSON, list(AWKWARD), keep_failed=True))
        with prepared.nbgrader() as api:
            for who in AWKWARD:
                api.autograde(LESSON, who)
    return prepared, ours, events


@pytest.mark.parametrize("who", AWKWARD)
def test_the_same_comes_out_as_with_nbgrader(both: Any, who: str) -> None:
    stock, ours, _ = both
    assert made(ours, who) == made(stock, who)  # in this order: ours, nbgrader's


def test_a_hang_costs_nobody_else_anything(both: Any) -> None:
    _, _, events = both
    finished = [who for who, reason in events if reason is not None]
    loops = finished.index("loops")
    assert sorted(finished) == sorted(AWKWARD)
    assert {"right", "unchanged"} <= set(finished[:loops])  # how many more is the machine's matter


def test_what_failed_is_told(both: Any) -> None:
    _, _, events = both
    told = {who: reason for who, reason in events if reason}
    assert told["loops"] == "double: KeyboardInterrupt: "
    assert told["unchanged"] == "double-test: AssertionError: "
    assert told["dies"].endswith(
        "NbGraderException: Please see the the above traceback for details "
        "on the specific errors on the above failures."
    )
    assert "right" not in told
    assert not list(both[1].path.glob("autograded/*/*.unfinished"))


def test_endless_output_ends_with_the_timeout(prepared: RunDirectory, tmp_path: Path) -> None:
    run = RunDirectory(tmp_path / "run")
    shutil.copytree(prepared.path, run.path, ignore=shutil.ignore_patterns("submitted"))
    hand_in(run, "floods", with_code("while True: print('x' * 99)"))
    with closing(ForkServer(PRELOAD)) as forks, crew(run, size=1, forks=forks) as workers:
        list(workers.grade(LESSON, ["floods"], keep_failed=True))
    result = made(run, "floods")
    (_, printed), *_, error = result["notebook"]["cells"][SOLUTION]["outputs"]
    assert len(printed) <= 1001
    assert error["ename"] == "CellTimeoutError"
    assert [grade[1] for grade in result["grades"]] == [0.0, 0.0, 0.0]


CUT_SHORT = f"""
import sys
from pathlib import Path
from manabiba_grading import RunDirectory, SubmissionSource, grade
SubmissionSource.submissions = lambda self, lesson: []
def say(done, of, who):
    print(done, flush=True)
grade(RunDirectory(Path(sys.argv[1])), {LESSON!r}, on_progress=say)
"""


def test_killed_and_started_again_it_finishes(
    prepared: RunDirectory, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = RunDirectory(tmp_path / "run")
    shutil.copytree(prepared.path, run.path, ignore=shutil.ignore_patterns("submitted"))
    people = [f"p-{n}" for n in range(6)]
    for who in people:
        hand_in(run, who, with_code(RIGHT + "\nimport time; time.sleep(0.5)"))
    process = subprocess.Popen(
        [sys.executable, "-c", CUT_SHORT, str(run.path)], stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    for line in process.stdout:
        if int(line) == 2:
            break
    family = psutil.Process(process.pid).children(recursive=True)
    time.sleep(0.3)
    process.send_signal(signal.SIGKILL)
    process.wait()
    process.stdout.close()
    assert psutil.wait_procs(family, timeout=10)[1] == []
    assert [who for who in people if mark_of(run.path, LESSON, who).exists()]

    monkeypatch.setattr(SubmissionSource, "submissions", lambda self, lesson: [])
    turns: list[str] = []
    report = grade(run, LESSON, on_progress=lambda done, of, who: turns.append(who))
    assert [(row.participant, row.score, row.failed) for row in report.rows] == [
        (who, 5.0, "") for who in people
    ]
    assert len(turns) <= len(people) - 2 + 1
    with run.gradebook() as gradebook:
        graded = [s.student_id for s in gradebook.assignment_submissions(LESSON)]
    assert sorted(who for who in graded if who in people) == people
    assert not list(run.path.glob("autograded/*/*.unfinished"))
