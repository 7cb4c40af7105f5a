"""The demo's people answer the exercises that are there."""

from collections import Counter
from pathlib import Path

import pytest

from manabiba_server.courses import load_courses
from manabiba_server.demo import demo_people
from manabiba_server.snapshot import code_cells
from manabiba_widgets import exercises

ROOT = Path(__file__).parents[2]


def test_twelve_people_three_of_them_half_way() -> None:
    people = demo_people()
    kinds = Counter((bool(p["answers"]), p["submitted"]) for p in people)
    assert len(people) == 12
    assert kinds == {(True, False): 3, (True, True): 6, (False, False): 3}
    assert all("架空" in person["organisation"] for person in people)


def test_their_answers_fit_the_exercises(monkeypatch, tmp_path: Path) -> None:
    import nbformat

    monkeypatch.chdir(tmp_path)
    lesson = load_courses(ROOT / "courses")["accounting"].lessons[0]
    namespace: dict[str, object] = {}
    for source in code_cells(nbformat.read(lesson.notebook, as_version=4)):
        exec(source, namespace)
    here = {exercise.exercise_id: exercise for exercise in exercises()}
    right = next(p for p in demo_people() if p["name"] == "鶴見 一郎")
    for person in demo_people():
        for exercise_id, answer in person["answers"].items():
            assert here[exercise_id].words(answer), (person["name"], exercise_id)
    for exercise_id, answer in right["answers"].items():
        if exercise_id != "a1-reflection":
            judged = here[exercise_id].judge(answer, with_key=True)
            assert judged.score == pytest.approx(1.0), exercise_id
