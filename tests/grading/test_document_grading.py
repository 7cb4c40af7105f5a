"""Documents: what checks tell is graded at once, the rest by hand along the rubric."""

from pathlib import Path
from typing import Any

import nbformat
import pytest

from manabiba_grading import grade, scores
from manabiba_grading.check import check_notebook

LESSON = "small-1"
SETUP = "from manabiba_widgets import *"
ASK = """{name} = Document("{name}", title="問", prompt="？", paper="趣旨書",
    fields=[DocumentField("aim", "目的")], blocks=[Paragraph("{{aim}}")])
{name}"""
KEY = """### BEGIN HIDDEN TESTS
plan.key(checks=[Check("a", "書きましょう。", lambda v: "ため" in v["aim"])],
         rubric=[Criterion("つながり", 3)])
### END HIDDEN TESTS
plan.points(2)"""
BY_HAND = """letter.key(
    checks=[],
    rubric=[Criterion("<よさ>", 4)],
)
letter.submission()"""
CELLS: list[tuple[str, str, dict[str, Any]]] = [
    ("setup", SETUP, {}),
    ("plan-ask", ASK.format(name="plan"), {}),
    ("plan", KEY, {"grade": True, "points": 2}),
    ("plan-rubric", "plan.submission()", {"points": 3}),
    ("letter-ask", ASK.format(name="letter"), {}),
    ("letter", BY_HAND, {"points": 4}),
]


def write(path: Path, cells: list[tuple[str, str, dict[str, Any]]] = CELLS) -> Path:
    notebook = nbformat.v4.new_notebook()
    notebook.metadata.kernelspec = {
        "name": "python3",
        "display_name": "Python 3",
        "language": "python",
    }
    for grade_id, source, about in cells:
        cell = nbformat.v4.new_code_cell(source)
        by_hand = source.endswith(".submission()")
        cell.metadata["nbgrader"] = {
            "grade": by_hand,
            "grade_id": grade_id,
            "locked": not by_hand,
            "schema_version": 3,
            "solution": by_hand,
            "task": False,
            **about,
        }
        notebook.cells.append(cell)
    nbformat.write(notebook, path)
    return path


def test_checks_at_once_and_the_rubric_by_hand(run, submit, tmp_path: Path) -> None:
    run.release(LESSON, write(tmp_path / "lesson.ipynb"), due_at=None)
    words = {"fields": {"aim": "<b>こどものため</b>"}}
    submit("p-both", {"plan": words, "letter": words})
    submit("p-one", {"plan": {"fields": {"aim": "居場所"}}, "letter": {"fields": {"aim": " "}}})
    submit("p-none", {})
    rows = {row.participant: row for row in grade(run, LESSON).rows}
    assert {who: (set(row.needs_manual), row.failed) for who, row in rows.items()} == {
        "p-both": ({"letter", "plan-rubric"}, ""),
        "p-one": ({"plan-rubric"}, ""),
        "p-none": (set(), ""),  # nothing was written: nothing to read
    }
    assert {s.exercise_id: s.score for s in scores(run, LESSON) if s.participant == "p-both"} == {
        "plan": 2.0,
        "plan-rubric": 0.0,
        "letter": 0.0,
    }
    graded = nbformat.read(run.path / f"autograded/p-both/{LESSON}/{LESSON}.ipynb", as_version=4)
    shown = {
        cell.metadata.nbgrader.grade_id: output.data["text/html"]
        for cell in graded.cells
        for output in cell.outputs
        if "text/html" in output.get("data", {})
    }
    for name, criterion in (("plan-rubric", "つながり(3点)"), ("letter", "&lt;よさ&gt;(4点)")):
        assert "目的: &lt;b&gt;こどものため&lt;/b&gt;" in shown[name]
        assert criterion in shown[name]


def changed(name: str, **change: Any) -> list[tuple[str, str, dict[str, Any]]]:
    found = []
    for grade_id, source, about in CELLS:
        if grade_id == name:
            grade_id, source = change.get("grade_id", grade_id), change.get("source", source)
        found.append((grade_id, source, about))
    return found


@pytest.mark.parametrize(
    ("cells", "told"),
    [
        (CELLS, ""),
        (changed("plan-rubric", grade_id="other-rubric"), "no cell other-ask before it"),
        (changed("letter", grade_id="letter-rubric"), "is for what letter's own grade cell leaves"),
        (
            changed("letter", source=KEY.replace("plan.points(2)", "letter.submission()")),
            "hidden tests are lost in a cell that is graded by hand",
        ),
        (
            changed("letter", source=BY_HAND.replace("checks=[]", "checks=[Check()]")),
            "outside the hidden tests",
        ),
    ],
)
def test_an_authors_mistake_is_named(tmp_path: Path, cells: Any, told: str) -> None:
    errors = check_notebook(write(tmp_path / "lesson.ipynb", cells))
    assert any(told in error for error in errors) if told else errors == []
