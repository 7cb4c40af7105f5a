"""The demo's people answer the exercises that are there."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from manabiba_server.cli.workplace import Workplace, open_workplace
from manabiba_server.courses import CoursePaper, PaperPart, load_courses
from manabiba_server.database import Base
from manabiba_server.demo import demo_people, demo_plans, demo_run, ensure_demo
from manabiba_server.matching.board import load_board
from manabiba_server.peers.circle import Standing
from manabiba_server.peers.store import load_circle
from manabiba_server.peers.words import problems_of_comment, read_words
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


@pytest.fixture
def work(tmp_path: Path) -> Iterator[Workplace]:
    made = open_workplace(tmp_path / "home", ROOT / "courses")
    yield made
    made.database.dispose()


def everything(work: Workplace) -> dict[str, list[Any]]:
    """The rows of every table."""
    with work.database.reading() as session:
        return {
            name: sorted(map(repr, session.execute(select(table)).all()))
            for name, table in Base.metadata.tables.items()
        }


def test_every_course_has_its_demo_run_with_all_lessons_and_the_same_people(work) -> None:
    ensure_demo(work)
    tables = Base.metadata.tables
    with work.database.reading() as session:
        lessons = session.execute(select(tables["run_lesson"])).mappings().all()
        enrolled = session.execute(select(tables["enrolment"])).mappings().all()
    assert Counter(row["run_id"] for row in lessons) == {
        demo_run(course.id): len(course.lessons) for course in work.courses.values()
    }
    people = {
        demo_run(course): {
            (row["person_id"], row["role"]) for row in enrolled if row["run_id"] == demo_run(course)
        }
        for course in work.courses
    }
    assert len(work.courses) >= 3
    assert {len(them) for them in people.values()} == {1 + len(demo_people())}
    assert len(set(map(frozenset, people.values()))) == 1


def test_a_second_start_adds_nothing_and_has_the_same_links(work) -> None:
    links, before = ensure_demo(work), everything(work)
    assert ensure_demo(work) == links
    assert everything(work) == before


def test_a_course_that_comes_later_gets_its_run_and_leaves_the_others_alone(work) -> None:
    later = work.courses.pop("labor")
    ensure_demo(work)
    before = everything(work)
    work.courses["labor"] = later
    ensure_demo(work)
    after = everything(work)
    for name, rows in after.items():
        added = set(rows) - set(before[name])
        assert set(before[name]) <= set(rows), name
        assert all("labor" in row for row in added), name
    assert len(after["run"]) == len(before["run"]) + 1
    assert after["person"] == before["person"]


def test_where_a_course_has_a_paper_three_read_one_anothers_plans(work) -> None:
    labor = work.courses["labor"]
    part = PaperPart(
        lesson_id=labor.lessons[0].id, exercise_id="t1-issue-sheet", heading="課題シート"
    )
    work.courses["labor"] = replace(labor, paper=CoursePaper(title="事業プラン", parts=(part,)))
    ensure_demo(work)
    with work.database.reading() as session:
        circle = load_circle(session, demo_run("labor"))
        assert load_circle(session, demo_run("accounting")).peers == {}
    names = {peer.person_id: peer.name for peer in circle.agreeing()}
    assert set(names.values()) == {plan["name"] for plan in demo_plans()}
    told = [
        (names[v.comment.writer_id], names[v.comment.receiver_id], v.standings)
        for v in circle.for_staff()
    ]
    assert sorted(told) == [
        ("港 さくら", "青葉 太郎", (Standing.SHOWN,)),
        ("青葉 太郎", "港 さくら", (Standing.SHOWN,)),
        ("鶴見 一郎", "港 さくら", (Standing.SHOWN,)),
    ]
    before = everything(work)
    ensure_demo(work)
    assert everything(work) == before


def test_the_demos_comments_could_be_sent() -> None:
    for plan in demo_plans():
        for comment in plan["comments"]:
            assert problems_of_comment(read_words(comment)) == {}


def test_the_coordinator_of_the_demo_has_nineteen_people_and_six_groups(work) -> None:
    ensure_demo(work)
    with work.database.reading() as session:
        boards = {run: load_board(session, demo_run(run)) for run in work.courses}
    task = boards.pop("collab").task
    assert (len(task.participants), len(task.organisations)) == (19, 6)
    assert set(boards.values()) == {None}
