import json
import threading
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from manabiba_server.answers import (
    LONGEST_ANSWER,
    MOST_HINTS,
    AnswerConflict,
    AnswerTooLarge,
    load_answers,
    save_answer,
    saved_answers,
)
from manabiba_server.attempts import MOST_ASKED, AskedChecks, AttemptLog
from manabiba_server.database import Attempt, Database
from manabiba_server.kernels import Seat
from manabiba_widgets.judgement import of_score
from manabiba_widgets.store import Saved, open_page_store


def save(world, answer, *, base: int = 0, hints: int = 0, exercise: str = "e1", database=None):
    with (database or world.database).session() as session:
        return save_answer(
            session,
            run_id=world.run,
            person_id=world.learner,
            lesson_id=world.lesson,
            exercise_id=exercise,
            answer=answer,
            hints_opened=hints,
            base_revision=base,
            now=world.now,
        )


def load(world):
    with world.database.reading() as session:
        return load_answers(session, world.run, world.learner, world.lesson)


def test_a_saved_answer_is_there_for_the_next_connection(world) -> None:
    assert save(world, {"text": "あ"}).revision == 1
    second = Database(world.database.url, pooled=False)
    with second.reading() as session:
        found = load_answers(session, world.run, world.learner, world.lesson)
    assert found["e1"].answer == {"text": "あ"}


def test_revisions_grow_and_the_same_content_again_changes_nothing(world) -> None:
    save(world, {"text": "1"})
    assert save(world, {"text": "2"}, base=1).revision == 2
    assert save(world, {"text": "2"}, base=1).revision == 2  # a retry after a lost answer
    assert save(world, {"text": "2"}, base=0).revision == 2


def test_a_change_from_an_old_revision_is_a_conflict_and_loses_nothing(world) -> None:
    save(world, {"text": "1"})
    save(world, {"text": "2"}, base=1)
    with pytest.raises(AnswerConflict) as conflict:
        save(world, {"text": "other"}, base=1)
    assert conflict.value.current.answer == {"text": "2"}
    assert load(world)["e1"].answer == {"text": "2"}
    assert save(world, {"text": "other"}, base=2).revision == 3


def test_opened_hints_never_close_again(world) -> None:
    save(world, {"text": "1"}, hints=2)
    assert save(world, {"text": "2"}, base=1, hints=0).hints_opened == 2
    assert save(world, {"text": "2"}, base=2, hints=3).hints_opened == 3


def test_too_long_is_refused_and_nul_is_left_out(world) -> None:
    with pytest.raises(AnswerTooLarge):
        save(world, {"text": "あ" * LONGEST_ANSWER})
    assert save(world, {"text": "a\x00b"}).answer == {"text": "ab"}


def test_feedback_is_shown_as_long_as_it_is_about_this_answer(world) -> None:
    save(world, {"text": "1"})
    log = AttemptLog(world.database, clock=lambda: world.now, later=lambda seconds, call: None)
    seat = Seat(run_id=world.run, lesson_id=world.lesson, person_id=world.learner)
    told = {**of_score(1.0, "正解").public(), "check": 3}
    log.add(seat, "e1", {"answer": {"text": "1"}, "hints_opened": 0}, told)
    log.add(seat, "e1", {"answer": {"text": "1"}, "hints_opened": 0}, {"status": "unavailable"})
    assert load(world)["e1"].feedback is None
    log.flush()
    assert load(world)["e1"].feedback == of_score(1.0, "正解").public()
    save(world, {"text": "2"}, base=1)
    assert load(world)["e1"].feedback is None


def test_attempts_of_a_moment_are_written_together(world) -> None:
    timers = []
    log = AttemptLog(
        world.database, clock=lambda: world.now, later=lambda s, call: timers.append(call)
    )
    seat = Seat(run_id=world.run, lesson_id=world.lesson, person_id=world.learner)
    for number in range(3):
        asked = {"answer": {"text": f"{number}\0"}, "hints_opened": number}
        log.add(seat, "e1", asked, of_score(0.5, "あと少し").public())
    [write] = timers
    write()
    write()
    with world.database.reading() as session:
        found = list(session.scalars(select(Attempt).order_by(Attempt.id)))
        assert [(a.answer, a.hints_opened, a.score) for a in found] == [
            ({"text": str(number)}, number, 0.5) for number in range(3)
        ]


def test_an_attempt_that_could_not_be_saved_is_not_kept(world) -> None:
    log = AttemptLog(world.database, clock=lambda: world.now, later=lambda seconds, call: None)
    seat = Seat(run_id=world.run, lesson_id=world.lesson, person_id=world.learner)
    asked = {"answer": {"text": "あ" * LONGEST_ANSWER}, "hints_opened": 0}
    log.add(seat, "e1", asked, of_score(1.0, "正解").public())
    log.flush()
    with world.database.reading() as session:
        assert session.scalars(select(Attempt)).all() == []


def test_a_check_number_used_again_keeps_the_answer_that_was_judged() -> None:
    asked = AskedChecks()
    asked.note("exercise-e1", {"answer": {"text": "right"}, "check": 7, "hints_opened": 10**30})
    asked.note("exercise-e1", {"answer": {"text": "other"}, "check": 7})
    asked.note("exercise-e1", {"answer": {"text": "typing"}})
    right = {"answer": {"text": "right"}, "hints_opened": MOST_HINTS}
    assert asked.answered("exercise-e2", 7) is None
    assert asked.answered("exercise-e1", 7) == right
    assert asked.answered("exercise-e1", 7) is None


def test_checks_that_nobody_answers_are_not_kept_for_ever() -> None:
    asked = AskedChecks()
    for number in range(MOST_ASKED + 1):
        asked.note("exercise-e1", {"answer": {}, "check": number})
    assert asked.answered("exercise-e1", 0) is None
    assert asked.answered("exercise-e1", MOST_ASKED) == {"answer": {}, "hints_opened": 0}


def test_a_kernel_begins_with_what_is_saved(world, monkeypatch) -> None:
    save(world, {"text": "1"}, hints=2)
    with world.database.reading() as session:
        answers = saved_answers(session, world.run, world.learner, world.lesson)
    monkeypatch.setenv("MANABIBA_ANSWERS", json.dumps(answers))
    store = open_page_store()
    assert store.load("e1") == Saved(answer={"text": "1"}, hints_opened=2)
    assert store.load("e2") is None
    assert store.save("e1", Saved(answer={"text": "9"})) is None


def test_of_two_writers_at_once_one_is_told(world) -> None:
    save(world, {"text": "start"})
    outcomes: list[str] = []
    gate = threading.Barrier(8)

    def write(number: int) -> None:
        own = Database(world.database.url, pooled=False)
        gate.wait()
        try:
            save(world, {"text": str(number)}, base=1, database=own)
            outcomes.append("saved")
        except AnswerConflict:
            outcomes.append("conflict")

    threads = [threading.Thread(target=write, args=(n,)) for n in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["conflict"] * 7 + ["saved"]
    assert load(world)["e1"].revision == 2


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.text(max_size=200))
def test_any_text_comes_back_as_it_was(world, text: str) -> None:
    base = load(world)["e2"].revision if "e2" in load(world) else 0
    if any(0xD800 <= ord(c) <= 0xDFFF for c in text):
        return
    save(world, {"text": text}, base=base, exercise="e2")
    assert load(world)["e2"].answer == {"text": text.replace("\x00", "")}


def test_times_are_utc_and_aware(world) -> None:
    save(world, {"text": "1"})
    assert load(world)["e1"].saved_at == world.now
    assert load(world)["e1"].saved_at.utcoffset() == timedelta(0)
