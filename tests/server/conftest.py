"""A small world: a database with one course, one run, two people."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from manabiba_server.courses import Course, Lesson
from manabiba_server.database import Database
from manabiba_server.people import create_person
from manabiba_server.runs import create_run, enrol

NOW = datetime(2026, 11, 24, 10, 0, tzinfo=UTC)


@dataclass
class World:
    database: Database
    course: Course
    run: str
    lesson: str
    learner: str
    learner_token: str
    teacher: str
    now: datetime = NOW


@pytest.fixture
def course(tmp_path: Path) -> Course:
    lesson = Lesson(
        id="c-1",
        course_id="c",
        number=1,
        title="はじめ",
        summary="最初の回",
        minutes=90,
        points=3.0,
        notebook=tmp_path / "c-1.ipynb",
    )
    return Course(
        id="c", title="講座", audience="皆さん", summary="要約", lessons=(lesson,), sources=()
    )


@pytest.fixture
def world(tmp_path: Path, course: Course) -> Iterator[World]:
    database = Database(f"sqlite:///{tmp_path / 'test.db'}")
    database.upgrade()
    with database.session() as session:
        create_run(
            session,
            course,
            "r-1",
            title="見本の開催",
            starts=[NOW],
            due=[NOW + timedelta(days=7)],
            now=NOW,
            keep_until=(NOW + timedelta(days=365)).date(),
        )
        learner, token = create_person(session, name="受講 太郎", now=NOW)
        teacher, _ = create_person(session, name="講師 花子", now=NOW)
        enrol(session, "r-1", learner.id, role="participant", now=NOW)
        enrol(session, "r-1", teacher.id, role="instructor", now=NOW)
    yield World(database, course, "r-1", "c-1", learner.id, token, teacher.id)
    database.dispose()
