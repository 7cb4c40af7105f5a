"""Plans: what checks tell is graded at once, the rest by hand along the rubric."""

from itertools import pairwise
from pathlib import Path

import nbformat

from manabiba_grading import grade, scores
from manabiba_grading.check import check_notebook

LESSON = "small-1"
ASK = '{name} = Plan("{name}", title="問", prompt="？")\n{name}'
KEY = """### BEGIN HIDDEN TESTS
plan.key(checks=logic_model_checks(), rubric=[Criterion("つながり", 3)])
### END HIDDEN TESTS
plan.points(4)"""
BY_HAND = 'idea.key(checks=[], rubric=[Criterion("<よさ>", 2)])\nidea.submission()'
CELLS = [
    ("setup", "from manabiba_widgets import *", {}),
    ("plan-ask", ASK.format(name="plan"), {}),
    ("plan", KEY, {"grade": True, "points": 4}),
    ("plan-rubric", "plan.submission()", {"points": 3}),
    ("idea-ask", ASK.format(name="idea"), {}),
    ("idea", BY_HAND, {"points": 2}),
]
TEXTS = {
    "inputs": "職員2人",
    "activities": "<b>開く</b>",
    "outputs": "24回",
    "short": "高校生が話せる",
    "medium": "参加者 480人",
}


def write(path: Path) -> Path:
    notebook = nbformat.v4.new_notebook()
    language = {"name": "python3", "display_name": "Python 3", "language": "python"}
    notebook.metadata.kernelspec = language
    for grade_id, source, about in CELLS:
        by_hand = source.endswith(".submission()")
        nbgrader = {
            "grade": by_hand,
            "grade_id": grade_id,
            "locked": not by_hand,
            "schema_version": 3,
            "solution": by_hand,
            "task": False,
            **about,
        }
        notebook.cells.append(nbformat.v4.new_code_cell(source, metadata={"nbgrader": nbgrader}))
    nbformat.write(notebook, path)
    return path


def test_checks_at_once_and_the_rubric_by_hand(run, submit, tmp_path: Path) -> None:
    notebook = write(tmp_path / "lesson.ipynb")
    assert check_notebook(notebook) == []
    run.release(LESSON, notebook, due_at=None)
    whole = {
        "entries": {column: [{"id": column, "text": text}] for column, text in TEXTS.items()},
        "arrows": [[a, b] for a, b in pairwise(TEXTS)],
    }
    submit("p-both", {"plan": whole, "idea": whole})
    submit("p-empty", {"plan": {"entries": {"inputs": []}, "arrows": []}})
    rows = {row.participant: row for row in grade(run, LESSON).rows}
    assert {who: (set(row.needs_manual), row.failed) for who, row in rows.items()} == {
        "p-both": ({"plan-rubric", "idea"}, ""),
        "p-empty": (set(), ""),  # nothing was written: nothing to read
    }
    assert {s.exercise_id: s.score for s in scores(run, LESSON) if s.participant == "p-both"} == {
        "plan": 3.0,  # 中期成果 only counts
        "plan-rubric": 0.0,
        "idea": 0.0,
    }
    graded = nbformat.read(run.path / f"autograded/p-both/{LESSON}/{LESSON}.ipynb", as_version=4)
    shown = {
        cell.metadata.nbgrader.grade_id: output.data["text/html"]
        for cell in graded.cells
        for output in cell.outputs
        if "text/html" in output.get("data", {})
    }
    for name, criterion in (("plan-rubric", "つながり(3点)"), ("idea", "&lt;よさ&gt;(2点)")):
        assert "活動: &lt;b&gt;開く&lt;/b&gt;<br>産出: 24回" in shown[name]
        assert criterion in shown[name]
