"""The demo runs: one instructor and twelve fictional participants with work in progress.

Their work is in the accounting seminar; a run of every other course has the same people. In a
course with a paper, three of them have begun theirs and read one another's.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from manabiba_subjects.team_example import example_task

from .answers import save_answer
from .courses import Course, Lesson
from .database import Enrolment, Run
from .japanese import JST
from .matching.board import save_board, with_task
from .peers.store import agree, send_comment
from .peers.words import read_words
from .people import create_person
from .runs import add_new_lessons, create_run, enrol, participants_of
from .secrets_store import read_demo_links, write_demo_links
from .submissions import submit

if TYPE_CHECKING:
    from .cli.workplace import Workplace

COURSE = "accounting"
DEMO_RUN = f"{COURSE}-demo"
TEAM_COURSE = "collab"
"""The course whose coordinator makes teams: its board has the example's people and groups."""


@dataclass(frozen=True)
class DemoLinks:
    """The tokens of the demo's people, so that every start can print the same links."""

    join_code: str
    participant: str
    instructor: str


def demo_people() -> list[dict[str, Any]]:
    """The fictional participants: name, reading, organisation, answers, whether submitted."""
    return _read("demo_people.json")


def demo_plans() -> list[dict[str, Any]]:
    """Who of them has begun a plan of their own: name, answers, comments on others' plans."""
    return _read("demo_plans.json")


def _read(file: str) -> list[dict[str, Any]]:
    text = files("manabiba_server").joinpath(file).read_text(encoding="utf-8")
    found: list[dict[str, Any]] = json.loads(text)
    return found


def ensure_demo(work: Workplace) -> DemoLinks:
    """The demo runs, made when they are not there; lessons a course got meanwhile are added."""
    with work.database.reading() as session:
        run = session.get(Run, DEMO_RUN)
    links: Mapping[str, str] = read_demo_links(work.settings.home)
    if run is None:
        links = _create(work)
        write_demo_links(work.settings.home, dict(links))
        with work.database.reading() as session:
            run = session.get_one(Run, DEMO_RUN)
    for course in work.courses.values():
        _hold(work, course)
    return DemoLinks(
        join_code=run.join_code,
        participant=links.get("participant", ""),
        instructor=links.get("instructor", ""),
    )


def demo_run(course_id: str) -> str:
    """The id of a course's demo run."""
    return f"{course_id}-demo"


def _hold(work: Workplace, course: Course) -> None:
    """Have a course's demo run there, with all of its lessons and the demo's people."""
    run_id, now = demo_run(course.id), datetime.now(UTC)
    with work.database.session() as session:
        if session.get(Run, run_id) is not None:
            add_new_lessons(session, course, run_id)
            return
        _create_run(session, course, now)
        people = session.scalars(select(Enrolment).where(Enrolment.run_id == DEMO_RUN)).all()
        for person in people:
            enrol(session, run_id, person.person_id, role=person.role, now=person.joined_at)
        _read_plans(session, course, run_id, now)
        if course.id == TEAM_COURSE:
            save_board(session, run_id, with_task(None, example_task()), now=now)


def _read_plans(session: Session, course: Course, run_id: str, now: datetime) -> None:
    """Have the demo's people write in the course's paper, agree, and comment on each other's."""
    lessons = {p.exercise_id: p.lesson_id for p in course.paper.parts} if course.paper else {}
    joined = participants_of(session, run_id)
    people = {person.name: person.id for person in reversed(joined)}  # the demo's joined first
    plans = [
        plan
        for plan in demo_plans()
        if plan["name"] in people and plan["answers"].keys() <= lessons.keys()
    ]
    for plan in plans:
        for exercise_id, answer in plan["answers"].items():
            save_answer(
                session,
                run_id=run_id,
                person_id=people[plan["name"]],
                lesson_id=lessons[exercise_id],
                exercise_id=exercise_id,
                answer=answer,
                hints_opened=0,
                base_revision=0,
                now=now,
            )
        agree(session, run_id, people[plan["name"]], now=now)
    for plan in plans:
        for comment in plan["comments"]:
            send_comment(
                session,
                run_id,
                people[plan["name"]],
                people[comment["to"]],
                read_words(comment),
                base_revision=0,
                now=now,
            )


def _create_run(session: Session, course: Course, now: datetime) -> None:
    evening = datetime.now(JST).replace(hour=19, minute=0, second=0, microsecond=0)
    starts = [evening + timedelta(weeks=i) for i in range(len(course.lessons))]
    create_run(
        session,
        course,
        demo_run(course.id),
        title=f"{course.title}(見本)",
        starts=starts,
        due=[start + timedelta(days=7) for start in starts],
        solution_at=[None] * len(starts),
        now=now,
        keep_until=(starts[-1] + timedelta(days=365)).date(),
    )


def _create(work: Workplace) -> dict[str, str]:
    course = work.courses[COURSE]
    now = datetime.now(UTC)
    with work.database.session() as session:
        _create_run(session, course, now)
        teacher, instructor = create_person(
            session, name="見本 講師", reading="みほん こうし", organisation="見本の講座", now=now
        )
        enrol(session, DEMO_RUN, teacher.id, role="instructor", now=now)
        tokens = []
        for number, entry in enumerate(demo_people()):
            person, token = create_person(
                session,
                name=entry["name"],
                reading=entry["reading"],
                organisation=entry["organisation"],
                now=now,
            )
            joined = now + timedelta(seconds=number)
            enrol(session, DEMO_RUN, person.id, role="participant", now=joined)
            _answer(session, course.lessons[0], person.id, entry, now)
            tokens.append(token)
    return {"participant": tokens[0], "instructor": instructor}


def _answer(
    session: Any, lesson: Lesson, person_id: str, entry: Mapping[str, Any], now: datetime
) -> None:
    for exercise_id, answer in entry["answers"].items():
        save_answer(
            session,
            run_id=DEMO_RUN,
            person_id=person_id,
            lesson_id=lesson.id,
            exercise_id=exercise_id,
            answer=answer,
            hints_opened=0,
            base_revision=0,
            now=now,
        )
    if entry["submitted"]:
        submit(session, DEMO_RUN, person_id, lesson.id, now=now)
