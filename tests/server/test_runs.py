from dataclasses import replace
from datetime import timedelta

import pytest

from manabiba_server.answers import save_answer
from manabiba_server.database import Result, RunLesson
from manabiba_server.results import ShownResult, release_results, results_of
from manabiba_server.runs import (
    LessonState,
    RunError,
    add_new_lessons,
    create_run,
    enrol,
    lesson_state,
    lessons_of,
    list_runs,
    move_lesson,
    participants_of,
    place_of,
    role_in,
    run_by_join_code,
    runs_of,
)
from manabiba_server.submissions import latest_submission, receipt, submit


def test_a_join_code_is_easy_to_read_aloud(world) -> None:
    with world.database.reading() as session:
        [run] = list_runs(session)
        assert len(run.join_code) == 8
        assert not set(run.join_code) & set("0o1il")
        assert run_by_join_code(session, f" {run.join_code.upper()} ").id == world.run
        wide = "".join(chr(ord(sign) + 0xFEE0) for sign in run.join_code)
        assert run_by_join_code(session, f"{wide[:4]}　{wide[4:]}").id == world.run
        assert run_by_join_code(session, f"{run.join_code[:4]}-{run.join_code[4:]}").id == world.run
        assert run_by_join_code(session, "nothing") is None


def test_who_is_in_a_run(world) -> None:
    with world.database.session() as session:
        enrol(session, world.run, world.teacher, role="participant", now=world.now)
        assert role_in(session, world.run, world.teacher) == "instructor"
        assert role_in(session, world.run, "nobody") is None
        dates, role = place_of(session, world.run, 1, world.learner)
        assert (dates.lesson_id, role) == (world.lesson, "participant")
        assert place_of(session, world.run, 1, "nobody")[1] is None
        assert place_of(session, world.run, 2, world.learner) == (None, None)
        assert [p.id for p in participants_of(session, world.run)] == [world.learner]
        assert [(r.id, role) for r, role in runs_of(session, world.learner)] == [
            (world.run, "participant")
        ]


@pytest.mark.parametrize("run_id", ["r-1", "Big", "a", "a/b", "../x", "x" * 42])
def test_a_run_that_cannot_be_made_is_refused(world, run_id: str) -> None:
    with world.database.session() as session, pytest.raises(RunError):
        create_run(
            session,
            world.course,
            run_id,
            title="t",
            starts=[world.now],
            now=world.now,
            keep_until=world.now.date(),
        )


@pytest.mark.parametrize("days", [[], [0, 7, 14], [7, 0]])
def test_dates_that_do_not_go_with_the_lessons_are_refused(world, days: list[int]) -> None:
    second = replace(world.course.lessons[0], id="c-2", number=2)
    course = replace(world.course, lessons=(*world.course.lessons, second))
    told = "2 lessons, but" if len(days) != 2 else "cannot follow one on"
    with world.database.session() as session, pytest.raises(RunError, match=told):
        create_run(
            session,
            course,
            "r-2",
            title="t",
            starts=[world.now + timedelta(days=day) for day in days],
            now=world.now,
            keep_until=world.now.date(),
        )


def test_a_course_that_grows_adds_its_lessons_a_week_later(world) -> None:
    second = replace(world.course.lessons[0], id="c-2", number=2)
    grown = replace(world.course, lessons=(*world.course.lessons, second))
    with world.database.session() as session:
        assert add_new_lessons(session, grown, world.run) == ["c-2"]
        assert add_new_lessons(session, grown, world.run) == []
        first, added = lessons_of(session, world.run)
        assert added.starts_at - first.starts_at == timedelta(weeks=1)
        assert added.due_at - first.due_at == timedelta(weeks=1)
        assert (added.number, added.feedback_at) == (2, None)


def test_a_lesson_goes_from_ahead_to_graded(world) -> None:
    def state() -> LessonState:
        with world.database.reading() as session:
            return lesson_state(session, lessons_of(session, world.run)[0], world.learner)

    assert state() == "これから"
    with world.database.session() as session:
        save_answer(
            session,
            run_id=world.run,
            person_id=world.learner,
            lesson_id=world.lesson,
            exercise_id="e1",
            answer={"x": 1},
            hints_opened=0,
            base_revision=0,
            now=world.now,
        )
    assert state() == "途中"
    with world.database.session() as session:
        first = submit(session, world.run, world.learner, world.lesson, now=world.now)
    assert (state(), first.late, first.answers["e1"]["answer"]) == ("提出済み", False, {"x": 1})
    with world.database.session() as session:
        later = world.now + timedelta(days=8)
        submit(session, world.run, world.learner, world.lesson, now=later)
    with world.database.reading() as session:
        newest = latest_submission(session, world.run, world.learner, world.lesson)
    assert (newest.late, receipt(newest.number)) == (True, "M-000002")
    with world.database.session() as session:
        assert results_of(session, world.run, world.learner, world.lesson, now=world.now) == []
        for score in (1.0, 2.0):  # a second release replaces the first
            row = Result(
                run_id=world.run,
                person_id=world.learner,
                lesson_id=world.lesson,
                exercise_id="e1",
                position=0,
                title="問1",
                score=score,
                max_score=3.0,
                comment="",
                solution_answer="370,000円",
                solution_explanation="10,000 × 37",
            )
            release_results(session, world.run, world.lesson, [row], now=world.now)

        def shown(days: float) -> list[ShownResult]:
            moment = world.now + timedelta(days=days)
            return results_of(session, world.run, world.learner, world.lesson, now=moment)

        assert shown(0)[0].solution_answer == "370,000円"  # no date: at once
        session.get_one(RunLesson, (world.run, world.lesson)).solution_at = world.now + timedelta(
            days=3
        )
        assert (shown(2.9)[0].solution_answer, shown(2.9)[0].solution_explanation) == ("", "")
        assert shown(3)[0].solution_explanation == "10,000 × 37"
        rows = shown(3)
    assert [row.score for row in rows] == [2.0]
    assert state() == "採点済み"


def test_who_hands_in_after_the_results_is_not_called_graded(world) -> None:
    with world.database.session() as session:
        release_results(session, world.run, world.lesson, [], now=world.now)
        submit(session, world.run, world.learner, world.lesson, now=world.now)
    with world.database.reading() as session:
        lesson = lessons_of(session, world.run)[0]
        assert lesson_state(session, lesson, world.learner) == "提出済み"


def in_days(world, **days: float) -> dict:
    """Moments so many days after `world.now`; flags as they are."""
    return {
        name: value if isinstance(value, bool) else world.now + timedelta(days=value)
        for name, value in days.items()
    }


def dates_of(world) -> list[tuple[float, float, float]]:
    """Start, deadline and solutions of each lesson, in days after `world.now`."""
    with world.database.reading() as session:
        return [
            tuple(
                (moment - world.now) / timedelta(days=1)
                for moment in (lesson.starts_at, lesson.due_at, lesson.solution_at)
            )
            for lesson in lessons_of(session, "r-3")
        ]


@pytest.fixture
def weekly(world) -> None:
    """Run r-3: three lessons, one each week, each with a week's time."""
    days = (timedelta(days=7 * n) for n in (0, 1, 2))
    starts = [world.now + passed for passed in days]
    due = [start + timedelta(days=7) for start in starts]
    lessons = tuple(replace(world.course.lessons[0], id=f"c-{n}", number=n) for n in (1, 2, 3))
    course = replace(world.course, lessons=lessons)
    with world.database.session() as session:
        create_run(
            session,
            course,
            "r-3",
            title="3回",
            starts=starts,
            due=due,
            solution_at=due,
            now=world.now,
            keep_until=world.now.date(),
        )


@pytest.mark.usefixtures("weekly")
@pytest.mark.parametrize(
    ("change", "dates"),
    [
        ({"starts_at": 10}, [(0, 7, 7), (10, 17, 17), (14, 21, 21)]),
        ({"starts_at": 21, "later_too": True}, [(0, 7, 7), (21, 28, 28), (28, 35, 35)]),
        ({"due_at": 15}, [(0, 7, 7), (7, 15, 15), (14, 21, 21)]),
        ({"starts_at": 8, "due_at": 9}, [(0, 7, 7), (8, 9, 9), (14, 21, 21)]),
    ],
)
def test_a_lesson_is_moved_with_its_deadline(world, change, dates) -> None:
    with world.database.session() as session:
        move_lesson(session, "r-3", 2, **in_days(world, **change))
    assert dates_of(world) == dates


@pytest.mark.usefixtures("weekly")
@pytest.mark.parametrize(
    ("number", "change", "told"),
    [
        (4, {"starts_at": 10}, "has no lesson 4; it has 1 to 3"),
        (2, {"starts_at": 15}, "give the dates in the lessons' order"),
        (1, {"starts_at": 8, "later_too": False}, "give the dates in the lessons' order"),
        (2, {"due_at": 6}, "the deadline of lesson 2 is before the lesson itself"),
    ],
)
def test_dates_that_do_not_go_together_change_nothing(world, number, change, told) -> None:
    before = dates_of(world)
    with pytest.raises(RunError, match=told), world.database.session() as session:
        move_lesson(session, "r-3", number, **in_days(world, **change))
    assert dates_of(world) == before


@pytest.mark.usefixtures("weekly")
def test_a_lesson_without_a_deadline_gets_one(world) -> None:
    with world.database.session() as session:
        lesson = lessons_of(session, "r-3")[1]
        lesson.due_at = lesson.solution_at = None
    with world.database.session() as session:
        move_lesson(session, "r-3", 2, due_at=world.now + timedelta(days=9))
        lesson = lessons_of(session, "r-3")[1]
        assert (lesson.due_at, lesson.solution_at) == (world.now + timedelta(days=9), None)
