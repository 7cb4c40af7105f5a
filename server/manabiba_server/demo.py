"""The demo run: one instructor and twelve fictional participants with work in progress."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from .answers import save_answer
from .courses import Lesson
from .database import Run
from .japanese import JST
from .people import create_person
from .runs import add_new_lessons, create_run, enrol
from .secrets_store import read_demo_links, write_demo_links
from .submissions import submit

if TYPE_CHECKING:
    from .cli.workplace import Workplace

DEMO_RUN = "accounting-demo"
COURSE = "accounting"


@dataclass(frozen=True)
class DemoLinks:
    """The tokens of the demo's people, so that every start can print the same links."""

    join_code: str
    participant: str
    instructor: str


def demo_people() -> list[dict[str, Any]]:
    """The fictional participants: name, reading, organisation, answers, whether submitted."""
    text = files("manabiba_server").joinpath("demo_people.json").read_text(encoding="utf-8")
    people: list[dict[str, Any]] = json.loads(text)
    return people


def ensure_demo(work: Workplace) -> DemoLinks:
    """The demo run, made when it is not there; lessons its course got meanwhile are added."""
    with work.database.reading() as session:
        run = session.get(Run, DEMO_RUN)
    links: Mapping[str, str] = read_demo_links(work.settings.home)
    if run is None:
        links = _create(work)
        write_demo_links(work.settings.home, dict(links))
        with work.database.reading() as session:
            run = session.get_one(Run, DEMO_RUN)
    with work.database.session() as session:
        add_new_lessons(session, work.courses[COURSE], DEMO_RUN)
    return DemoLinks(
        join_code=run.join_code,
        participant=links.get("participant", ""),
        instructor=links.get("instructor", ""),
    )


def _create(work: Workplace) -> dict[str, str]:
    course = work.courses[COURSE]
    now = datetime.now(UTC)
    evening = datetime.now(JST).replace(hour=19, minute=0, second=0, microsecond=0)
    starts = [evening + timedelta(weeks=i) for i in range(len(course.lessons))]
    due = [start + timedelta(days=7) for start in starts]
    with work.database.session() as session:
        create_run(
            session,
            course,
            DEMO_RUN,
            title=f"{course.title}(見本)",
            starts=starts,
            due=due,
            solution_at=[None] * len(starts),
            now=now,
            keep_until=(starts[-1] + timedelta(days=365)).date(),
        )
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
