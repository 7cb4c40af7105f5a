"""Erasing for good: a run, an expired run, a person; nothing of anybody else."""

from __future__ import annotations

import shutil
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from sqlalchemy import func, select

from manabiba_server.answers import record_attempt, save_answer
from manabiba_server.attempts import AttemptLog
from manabiba_server.cli import main
from manabiba_server.cli.serve import say_what_is_expired
from manabiba_server.cli.workplace import Workplace, open_workplace
from manabiba_server.database import Base, OwnBooksRow, OwnBooksShare, Person, Run
from manabiba_server.erasure import counted, erase_person, erase_run, expired_runs
from manabiba_server.kernels import Seat
from manabiba_server.matching.board import Board, save_board
from manabiba_server.people import create_person
from manabiba_server.runs import create_run, enrol
from manabiba_server.submissions import submit
from manabiba_subjects.teams import Organisation, Participant, TeamTask

ROOT = Path(__file__).parents[2]


def rows(session: Any) -> dict[str, int]:
    """How many rows each table has."""
    return {
        table.name: session.scalar(select(func.count()).select_from(table))
        for table in Base.metadata.sorted_tables
    }


def write(session: Any, run: str, lesson: str, person: str, now: datetime) -> None:
    """An answer, an attempt, a submission, own books that are shown in the run."""
    answer = {"answer": {"values": {"v": "1"}}, "hints_opened": 0}
    where = {"run_id": run, "lesson_id": lesson, "person_id": person, "exercise_id": "e-1"}
    save_answer(session, **where, **answer, base_revision=0, now=now)
    record_attempt(session, **where, **answer, feedback={"status": "right", "score": 1.0}, now=now)
    submit(session, run, person, lesson, now=now)
    books = OwnBooksRow(
        id=f"b-{person}", person_id=person, title="帳簿", content={}, created_at=now, changed_at=now
    )
    session.add(books)
    session.flush()
    session.add(OwnBooksShare(books_id=books.id, run_id=run, shared_at=now))
    session.flush()


@pytest.fixture
def second(world, course) -> str:
    """A second run, in which the first run's teacher is too."""
    with world.database.session() as session:
        create_run(
            session,
            course,
            "r-2",
            title="次の開催",
            starts=[world.now],
            now=world.now,
            keep_until=date(2030, 1, 1),
        )
        enrol(session, "r-2", world.teacher, role="instructor", now=world.now)
        other, _ = create_person(session, name="別の 人", now=world.now)
        enrol(session, "r-2", other.id, role="participant", now=world.now)
        write(session, "r-2", world.lesson, other.id, world.now)
    return other.id


def test_a_run_is_erased_with_those_who_were_in_no_other(world, second) -> None:
    with world.database.reading() as session:
        before = rows(session)
    with world.database.session() as session:
        write(session, world.run, world.lesson, world.learner, world.now)
        assert counted(session, [world.learner]) == (1, 1)
        assert erase_run(session, world.run) == [world.learner]
    with world.database.reading() as session:
        assert [run.id for run in session.scalars(select(Run))] == ["r-2"]
        assert {one.id for one in session.scalars(select(Person))} == {world.teacher, second}
        after = rows(session)
    gone = {name: before[name] - after[name] for name in before if before[name] != after[name]}
    assert gone == {"run": 1, "run_lesson": 1, "enrolment": 2, "person": 1}


def test_a_person_is_erased_and_nobody_else(world, second) -> None:
    with world.database.reading() as session:
        before = rows(session)
    with world.database.session() as session:
        write(session, world.run, world.lesson, world.learner, world.now)
        erase_person(session, world.learner)
    with world.database.reading() as session:
        after = rows(session)
    gone = {name: before[name] - after[name] for name in before if before[name] != after[name]}
    assert gone == {"enrolment": 1, "person": 1}


def test_a_run_expires_the_day_after_its_last_day(world) -> None:
    with world.database.reading() as session:
        last = session.get_one(Run, world.run).keep_until
        assert expired_runs(session, last) == []
        assert [run.id for run in expired_runs(session, last + timedelta(days=1))] == [world.run]


def test_an_attempt_of_somebody_erased_does_not_take_others_along(world) -> None:
    log = AttemptLog(world.database, clock=lambda: world.now, later=lambda _, __: None)
    asked = {"answer": {"values": {"v": "1"}}, "hints_opened": 0}
    for person in ("p-erased", world.learner):
        log.add(
            Seat(world.run, world.lesson, person), "e-1", asked, {"status": "right", "score": 1}
        )
    log.flush()
    with world.database.reading() as session:
        assert rows(session)["attempt"] == 1


# The commands


@pytest.fixture
def manabiba(tmp_path: Path) -> Any:
    options = ["--home", str(tmp_path / "home"), "--courses", str(ROOT / "courses")]

    def run(*arguments: str, typed: str = "") -> Result:
        return CliRunner().invoke(main, [*arguments, *options], input=typed)

    return run


@pytest.fixture
def work(manabiba, tmp_path: Path) -> Workplace:
    """A run of three people, one of whom nbgrader knows."""
    assert manabiba("run", "create", "my-run", "labor").exit_code == 0
    assert manabiba("invite", "my-run", "山田 花子", "鈴木 一郎").exit_code == 0
    return open_workplace(tmp_path / "home", ROOT / "courses")


def test_a_run_is_deleted_only_when_its_id_is_typed(manabiba, work) -> None:
    folder = work.settings.run_folder("my-run")
    refused = manabiba("run", "delete", "my-run", typed="my-ran\n")
    assert refused.exit_code == 1 and "nothing was erased" in refused.output
    assert folder.exists()
    done = manabiba("run", "delete", "my-run", typed="my-run\n")
    assert done.exit_code == 0 and "2 participants" in done.output
    assert "with 2 people who were in no other run" in done.output
    assert not folder.exists()
    assert "no run 'my-run'" in manabiba("run", "delete", "my-run", "--yes").output


def test_expired_runs_are_told_at_the_start_and_erased(manabiba, work, capsys) -> None:
    say_what_is_expired(work)
    assert capsys.readouterr().out == ""
    assert "No run is past" in manabiba("run", "expire", "--yes").output
    with work.database.session() as session:
        session.get_one(Run, "my-run").keep_until = date(2020, 1, 1)
    say_what_is_expired(work)
    assert "Past their date of keeping: my-run; erase" in capsys.readouterr().out
    kept = manabiba("run", "expire", typed="n\n")
    assert kept.exit_code == 1 and "保存 2020年1月1日(水)まで" in kept.output
    assert manabiba("run", "show", "my-run").exit_code == 0
    assert "my-run was erased" in manabiba("run", "expire", "--yes").output
    assert manabiba("run", "show", "my-run").exit_code == 2


def test_a_person_is_deleted_with_what_nbgrader_has(manabiba, work) -> None:
    with work.database.reading() as session:
        person = session.scalars(select(Person).order_by(Person.created_at)).first().id
        run = session.get_one(Run, "my-run")
    directory = work.directory(run)
    submitted = directory.path / "submitted" / person / "labor-1"
    submitted.mkdir(parents=True)
    with directory.gradebook() as gradebook:
        gradebook.add_student(person)
        gradebook.add_submission("labor-1", person, timestamp=datetime.now(UTC))
    assert manabiba("person", "delete", person, typed="n\n").exit_code == 1
    assert submitted.exists()
    done = manabiba("person", "delete", person, typed="y\n")
    assert "was erased" in done.output, done.output
    assert not submitted.parent.exists()
    with directory.gradebook() as gradebook:
        assert gradebook.students == [] and gradebook.assignment_submissions("labor-1") == []
    assert "team board" not in done.output
    assert "no person" in manabiba("person", "delete", person, "--yes").output


def test_who_is_erased_may_stand_on_a_team_board(manabiba, work) -> None:
    with work.database.session() as session:
        person = session.scalars(select(Person.id)).first()
        people = (Participant("山田 花子"), Participant("鈴木 一郎"))
        board = Board(TeamTask(people, (Organisation("はまべ食堂"),)))
        save_board(session, "my-run", board, now=datetime.now(UTC))
    done = manabiba("person", "delete", person, "--yes")
    assert "may still stand on the team board (チーム分け) of my-run" in done.output, done.output


@pytest.mark.parametrize("command", ["person", "run"])
def test_a_file_that_stays_is_told_and_the_command_can_be_given_again(
    manabiba, work, monkeypatch, command
) -> None:
    with work.database.reading() as session:
        person = session.scalars(select(Person.id)).first()
    folder = work.settings.run_folder("my-run")
    (folder / "submitted" / person).mkdir(parents=True)
    what = (command, "delete", {"person": person, "run": "my-run"}[command], "--yes")

    def refuse(path: Path) -> None:
        raise PermissionError(13, "Permission denied", str(path))

    with monkeypatch.context() as patch:
        patch.setattr(shutil, "rmtree", refuse)
        failed = manabiba(*what)
    assert failed.exit_code == 1 and "cannot be removed (Permission denied)" in failed.output
    with work.database.reading() as session:
        assert session.get(Person, person) is not None and session.get(Run, "my-run") is not None
    assert manabiba(*what).exit_code == 0
    assert not (folder / "submitted" / person).exists()
