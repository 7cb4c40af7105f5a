"""A run directory on a small lesson, and submissions that are made in the test."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any, ClassVar

import nbformat
import pytest

from manabiba_grading import RunDirectory, Submission, SubmissionSource
from manabiba_widgets.store import Saved

LESSON = "small-1"
KEYED = """### BEGIN HIDDEN TESTS
{key}
### END HIDDEN TESTS
{name}.points({points})"""
EXERCISES: dict[str, tuple[str, str, int]] = {
    # exercise id: (definition, key, points)
    "number": (
        'number = Number("number", title="問1", prompt="？", fields=[Field("v", "値")])',
        'number.key(values={"v": 5}, explanation="SECRET")',
        3,
    ),
    "classify": (
        'classify = Classify("classify", title="問2", prompt="？", groups={"a": "A", "b": "B"}, '
        'items={"x": "X", "y": "Y", "z": "Z"})',
        'classify.key(groups={"x": "a", "y": "b", "z": "a"})',
        4,
    ),
    "choice": (
        'choice = Choice("choice", title="問3", prompt="？", options={"a": "A", "b": "B"})',
        'choice.key(right="a")',
        2,
    ),
    "order": (
        'order = Order("order", title="問4", prompt="？", steps={"b": "B", "a": "A", "c": "C"})',
        'order.key(order=["a", "b", "c"])',
        2,
    ),
    "errors": (
        'errors = FindErrors("errors", title="問5", prompt="？", '
        'lines=[ShownLine("l1", "1", "x"), ShownLine("l2", "2", "y")], '
        'corrections={"l1": {"f": "F", "g": "G"}, "l2": {"f": "F"}})',
        'errors.key(errors={"l1": "f"})',
        3,
    ),
    "journal": (
        'journal = JournalEntry("journal", title="問6", prompt="？", '
        'accounts=npo_case.accounts(), transactions=[Transaction("t", "会費")])',
        'journal.key(entries={"t": debit_credit("普通預金", "正会員受取会費", 370000)})',
        5,
    ),
    "sheet": (
        'sheet = Worksheet("sheet", title="問8", prompt="？", columns=[Column("yen", "円")], '
        'rows=[Row("a", "A", ask=["yen"]), Row("b", "B", ask=["yen"]), '
        'Row("sum", "計", ask=["yen"], total=True)])',
        'sheet.key(cells={"a.yen": 1, "b.yen": 2, "sum.yen": 3}, '
        'follow={"sum.yen": lambda cell: cell("a.yen") + cell("b.yen")})',
        3,
    ),
    "dates": (
        'from datetime import date\ndates = Dates("dates", title="問9", prompt="？", '
        'fields=[DateField("due", "期限"), DateField("end", "終わり")])',
        'dates.key(values={"due": date(2026, 9, 10), "end": date(2026, 9, 30)})',
        2,
    ),
    "timeline": (
        'timeline = Timeline("timeline", title="問10", prompt="？", steps=['
        'TimelineStep("view", "縦覧", asks_date=True), '
        'TimelineStep("accept", "受理", given=date(2026, 12, 1)), TimelineStep("meet", "総会")])',
        'timeline.key(order=["meet", "accept", "view"], dates={"view": date(2026, 12, 15)})',
        4,
    ),
    "timesheet": (
        'timesheet = Timesheet("timesheet", title="問11", prompt="？", '
        'days=[WorkDay("mon", "月", [("9:00", "23:00")], [("12:00", "13:00")])])',
        'timesheet.key(minutes={"mon": '
        '{"regular": 480, "overtime": 300, "night": 60, "holiday": 0}})',
        4,
    ),
    "document": (
        'document = Document("document", title="問12", prompt="？", paper="趣旨書", '
        'fields=[DocumentField("aim", "目的"), DocumentField("yen", "予算", kind="number")], '
        'blocks=[Paragraph("{aim} {yen}")])',
        'document.key(checks=[Check("whom", "だれのためか", lambda v: "ため" in v["aim"], "aim"), '
        'Check("yen", "0より多く", lambda v: v["yen"] > 0, "yen", points=3)])',
        4,
    ),
    "case": (
        'case = Case("case", title="問13", prompt="？", scenes=[Scene("start", "相談です。", '
        '[Option("ask", "聞く", "good"), Option("now", "決める", "bad")], reason="理由は?")], '
        'endings=[Ending("good", "よかった。"), Ending("bad", "困った。")])',
        'case.key(endings={"good": 1, "bad": 0.5}, consult=["税理士"])',
        10,
    ),
}


def cell(source: str, grade_id: str, **about: Any) -> nbformat.NotebookNode:
    made = nbformat.v4.new_code_cell(source)
    made.metadata["nbgrader"] = {
        "grade": False,
        "grade_id": grade_id,
        "locked": True,
        "schema_version": 3,
        "solution": False,
        "task": False,
        **about,
    }
    return made


def write_lesson(path: Path, *, exercises: list[str] | None = None) -> Path:
    cells = [
        cell("from manabiba_subjects import npo_case\nfrom manabiba_widgets import *", "setup")
    ]
    for name in EXERCISES if exercises is None else exercises:
        definition, key, points = EXERCISES[name]
        cells.append(cell(f"{definition}\n{name}", f"{name}-ask"))
        source = KEYED.format(key=key, name=name, points=points)
        cells.append(cell(source, name, grade=True, points=points))
    cells.append(
        cell(
            'words = FreeText("words", title="問7", prompt="？", rubric=[Criterion("観点", 4)])'
            "\nwords",
            "words-ask",
        )
    )
    cells.append(
        cell("words.submission()", "words", grade=True, solution=True, locked=False, points=4)
    )
    notebook = nbformat.v4.new_notebook(cells=cells)
    notebook.metadata.kernelspec = {
        "name": "python3",
        "display_name": "Python 3",
        "language": "python",
    }
    nbformat.write(notebook, path)
    return path


class FakeSource(SubmissionSource):
    """Submissions that a test puts here."""

    waiting: ClassVar[list[Submission]] = []

    def submissions(self, lesson_id: str) -> list[Submission]:
        return list(FakeSource.waiting)


def hand_in(
    participant: str, answers: dict[str, dict[str, Any]], *, minute: int = 0, name: str = ""
) -> None:
    FakeSource.waiting = [s for s in FakeSource.waiting if s.participant != participant]
    FakeSource.waiting.append(
        Submission(
            participant=participant,
            name=name or f"名前{participant}",
            answers={key: Saved(answer=answer) for key, answer in answers.items()},
            submitted_at=datetime(2026, 11, 24, 10, minute, tzinfo=UTC),
            receipt="M-000001",
        )
    )


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> RunDirectory:
    """A released run whose submissions come from `hand_in`."""
    FakeSource.waiting = []
    directory = RunDirectory.create(
        tmp_path / "run",
        run_id="run",
        source_class="manabiba_grading.SubmissionSource",
        database_url="unused",
    )
    monkeypatch.setattr(
        "manabiba_grading.collect.SubmissionSource.submissions", FakeSource.submissions
    )
    directory.release(LESSON, write_lesson(tmp_path / "lesson.ipynb"), due_at=None)
    return directory


@pytest.fixture
def submit() -> Any:
    return hand_in


@pytest.fixture
def lesson_file() -> Any:
    return write_lesson
