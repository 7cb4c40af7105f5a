import os
import re
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import nbformat
import pytest

from manabiba_grading import ReleaseError, generate_feedback, grade, scores
from manabiba_widgets.store import read_answers

LESSON = "small-1"
RIGHT = {
    "number": {"values": {"v": "5"}},
    "classify": {"placed": {"x": "a", "y": "b", "z": "a"}},
    "choice": {"chosen": ["a"]},
    "order": {"order": ["a", "b", "c"]},
    "errors": {"marked": {"l1": "f"}},
    "journal": {
        "entries": {
            "t": {
                "debit": [{"account": "普通預金", "amount": "370,000"}],
                "credit": [{"account": "正会員受取会費", "amount": "370,000"}],
            }
        }
    },
    "sheet": {"cells": {"a.yen": "1", "b.yen": "2", "sum.yen": "3"}},
    "dates": {"values": {"due": "令和8年9月10日", "end": "2026/9/30"}},
    "timeline": {"order": ["meet", "accept", "view"], "dates": {"view": "令和8年12月15日"}},
    "timesheet": {"minutes": {"mon": {"regular": "8:00", "overtime": "５時間", "night": "60"}}},
    "document": {"fields": {"aim": "こどものため", "yen": "30,000"}},
    "case": {
        "path": [["start", "ask"]],
        "reasons": {"start": "数字がないので"},
        "consult": ["税理士"],
        "memo": "会議室の料金のこと",
    },
}
PARTLY = {
    "number": {"values": {"v": "4"}},
    "classify": {"placed": {"x": "a", "y": "a", "z": "a"}},
    "choice": {"chosen": ["b"]},
    "order": {"order": ["b", "a", "c"]},
    "errors": {"marked": {"l1": "g"}},
    "journal": {
        "entries": {
            "t": {
                "debit": [{"account": "普通預金", "amount": "370,000"}],
                "credit": [{"account": "受取寄附金", "amount": "370,000"}],
            }
        }
    },
    "sheet": {"cells": {"a.yen": "5", "b.yen": "2", "sum.yen": "7"}},  # the sum follows
    "dates": {"values": {"due": "2026-09-09", "end": "2026-09-30"}},
    "timeline": {"order": ["meet", "accept", "view"], "dates": {"view": "2026-12-14"}},
    "timesheet": {"minutes": {"mon": {"regular": "8:00", "overtime": "6時間", "night": "60"}}},
    "document": {"fields": {"aim": "こども", "yen": "30,000"}},
    "case": {"path": [["start", "now"]], "reasons": {}, "consult": ["弁護士"], "memo": "料金"},
}
PARTLY_POINTS = {
    "number": 0.0,
    "classify": 4 * 2 / 3,
    "choice": 0.0,
    "order": 2 * 0.5,
    "errors": 3 * 0.5,
    "journal": 5 * 0.5,
    "sheet": 3 * 2 / 3,
    "dates": 2 * 0.5,
    "timeline": 4 * 0.5,  # the order
    "timesheet": 4 * 3 / 4,
    "document": 4 * 3 / 4,
    "case": 10 * (0.7 * 0.5 + 0.1 / 2),  # half an ending, and a memo without its reason
}
NASTY = "<script>alert(1)</script></textarea>\u202e😀" + "長い文章です。" * 1430


def by_exercise(run, participant: str) -> dict[str, float]:
    return {s.exercise_id: s.score for s in scores(run, LESSON) if s.participant == participant}


def graded_html(run, participant: str) -> str:
    """What formgrader shows of a submission: the HTML of its outputs."""
    path = run.path / "autograded" / participant / LESSON / f"{LESSON}.ipynb"
    return "".join(
        output.data["text/html"]
        for cell in nbformat.read(path, as_version=4).cells
        for output in cell.outputs
        if "text/html" in output.get("data", {})
    )


def test_every_kinds_points_are_its_judges_score_and_only_new_ones_are_graded(run, submit) -> None:
    submit("p-right", {**RIGHT, "words": {"text": NASTY}}, name="<b>右田</b> 正")
    submit("p-partly", {**PARTLY, "words": {"text": "  "}})
    submit("p-empty", {})
    turns: list[tuple[int, int, str]] = []
    report = grade(run, LESSON, on_progress=lambda *turn: turns.append(turn))
    assert turns[-1] == (3, 3, "")
    rows = {row.participant: row for row in report.rows}
    assert by_exercise(run, "p-right") == {
        "number": 3.0,
        "classify": 4.0,
        "choice": 2.0,
        "order": 2.0,
        "errors": 3.0,
        "journal": 5.0,
        "sheet": 3.0,
        "dates": 2.0,
        "timeline": 4.0,
        "timesheet": 4.0,
        "document": 4.0,
        "case": 10.0,
        "words": 0.0,
    }
    partly = by_exercise(run, "p-partly")
    assert {k: partly[k] for k in PARTLY_POINTS} == pytest.approx(PARTLY_POINTS)
    assert set(by_exercise(run, "p-empty").values()) == {0.0}
    assert rows["p-right"].needs_manual == ("words",)
    assert rows["p-partly"].needs_manual == ()  # nothing was written: nothing to read
    assert rows["p-right"].name == "<b>右田</b> 正"
    assert (rows["p-right"].max_score, rows["p-right"].failed) == (50.0, "")

    shown = graded_html(run, "p-right")
    assert "&lt;script&gt;alert(1)&lt;/script&gt;&lt;/textarea&gt;" in shown
    assert "<script" not in shown
    assert "値: 5" in shown  # the other kinds' words can be read as well

    submit("p-partly", RIGHT, minute=5)
    turns.clear()
    second = grade(run, LESSON, on_progress=lambda *turn: turns.append(turn))
    assert [who for _, _, who in turns] == ["p-partly", ""]
    assert {row.participant for row in second.rows if row.is_new} == {"p-partly"}
    assert by_exercise(run, "p-partly")["number"] == 3.0

    assert generate_feedback(run, LESSON) == []
    page = (run.path / "feedback/p-right" / LESSON / f"{LESSON}.html").read_text()
    for secret in ("SECRET", "HIDDEN TESTS", ".key(", "values={"):
        assert secret not in page
    assert "<script>alert(1)" not in page


def test_a_submission_that_does_not_run_is_told_and_never_scored(run, submit) -> None:
    submit("p-good", {"number": RIGHT["number"]})
    submit("p-broken", {"number": RIGHT["number"]})
    grade(run, LESSON)
    submit("p-broken", {"number": RIGHT["number"]}, minute=3)
    collected = run.path / "submitted/p-broken" / LESSON
    with run.nbgrader() as api:
        api.collect(LESSON, update=True)
    (collected / "answers.json").write_text("{broken", encoding="utf-8")
    report = grade(run, LESSON)
    rows = {row.participant: row for row in report.rows}
    assert rows["p-broken"].score is None
    assert "answers.json: not a file of answers" in rows["p-broken"].failed
    assert rows["p-good"].score == 3.0
    assert by_exercise(run, "p-broken") == {}
    assert not (run.path / "autograded/p-broken" / LESSON).exists()
    submit("p-broken", {"number": RIGHT["number"]}, minute=9)
    assert {row.participant: row.score for row in grade(run, LESSON).rows}["p-broken"] == 3.0


def test_what_is_collected_is_what_was_handed_in(run, submit) -> None:
    submit("p-1", {"number": {"values": {"v": "▲５"}}, "words": {"text": "書きました"}})
    with run.nbgrader() as api:
        assert api.collect(LESSON, update=True)["success"]
    folder = run.path / "submitted/p-1" / LESSON
    assert read_answers(folder / "answers.json")["number"].answer == {"values": {"v": "▲５"}}
    assert (folder / "timestamp.txt").read_text() == "2026-11-24 10:00:00.000000 UTC\n"
    cells = nbformat.read(folder / f"{LESSON}.ipynb", as_version=4).cells
    assert cells[-1].source == "words.submission()\n# 提出 M-000001"
    assert not any("HIDDEN" in c.source or ".key(" in c.source for c in cells)


def test_nbgrader_itself_works_in_the_runs_folder(run, submit) -> None:
    submit("p-1", RIGHT)
    with run.nbgrader() as api:
        api.collect(LESSON, update=True)
    bin_folder = str(Path(sys.executable).parent)
    environment = {**os.environ, "PATH": f"{bin_folder}{os.pathsep}{os.environ['PATH']}"}
    for command in (["autograde", LESSON], ["generate_feedback", LESSON]):
        said = subprocess.run(
            [sys.executable, "-m", "nbgrader", *command],
            cwd=run.path,
            env=environment,
            capture_output=True,
            text=True,
            check=False,
            timeout=120,
        )
        assert said.returncode == 0, said.stderr
    assert by_exercise(run, "p-1")["journal"] == 5.0


def test_lateness_is_nbgraders(run, submit, tmp_path, lesson_file) -> None:
    due = datetime(2026, 11, 24, 10, 2, tzinfo=UTC)
    run.release(LESSON, lesson_file(tmp_path / "lesson.ipynb"), due_at=due)
    submit("p-early", RIGHT, minute=1)
    submit("p-late", RIGHT, minute=3)
    rows = {row.participant: row for row in grade(run, LESSON).rows}
    assert (rows["p-early"].late, rows["p-late"].late) == (False, True)


def test_a_lesson_with_mistakes_is_not_released(run, tmp_path, lesson_file) -> None:
    path = lesson_file(tmp_path / "other.ipynb")
    notebook = nbformat.read(path, as_version=4)
    notebook.cells[2].source = "number.key(values={'v': 5})\nnumber.points(9)"
    nbformat.write(notebook, path)
    with pytest.raises(ReleaseError) as told:
        run.release("other-1", path, due_at=None)
    assert "outside the hidden tests" in str(told.value)
    assert "must be ….points(3)" in str(told.value)
    assert not (run.path / "release/other-1").exists()


def test_the_release_form_validates_except_for_what_is_unanswered(run) -> None:
    released = run.path / "release" / LESSON / f"{LESSON}.ipynb"
    said = subprocess.run(
        [sys.executable, "-m", "nbgrader", "validate", str(released)],
        cwd=run.path,
        capture_output=True,
        text=True,
        check=False,
    )
    errors = re.findall(r"The error was:\n\n(.+)", said.stdout)
    assert len(errors) == len(RIGHT) + 1  # each exercise and the free text are there, and run
    assert {error.strip() for error in errors} == {
        "Partial credit; passed some but not all of the tests"
    }
