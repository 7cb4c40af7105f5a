"""Runs: a course held once, who is in it, and how far each person is."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from enum import StrEnum
from itertools import pairwise

from sqlalchemy import and_, func, select
from sqlalchemy.orm import Session

from .courses import Course
from .database import Answer, Enrolment, Person, Result, Run, RunLesson, Submission
from .people import random_text

_RUN_ID = re.compile(r"[a-z0-9][a-z0-9-]{1,40}")
STAFF = frozenset({"instructor", "coordinator"})
ROLES = STAFF | {"participant"}


class RunError(ValueError):
    """A run that cannot be made, or changed so; the message says why and what to do."""


class LessonState(StrEnum):
    """How far a person is in a lesson."""

    AHEAD = "これから"
    STARTED = "途中"
    SUBMITTED = "提出済み"
    GRADED = "採点済み"

    @property
    def is_handed_in(self) -> bool:
        """Whether the lesson was submitted, graded or not."""
        return self in (LessonState.SUBMITTED, LessonState.GRADED)


def create_run(
    session: Session,
    course: Course,
    run_id: str,
    *,
    title: str,
    starts: Sequence[datetime],
    now: datetime,
    keep_until: date,
    due: Sequence[datetime | None] = (),
    solution_at: Sequence[datetime | None] = (),
) -> Run:
    """A new run of a course; `starts`, `due` and `solution_at` go with the lessons in order.

    Raises RunError when the id is taken or not usable in a path, when there are not as many dates
    as lessons, or when one is before the date of the lesson before it.
    """
    if not _RUN_ID.fullmatch(run_id):
        raise RunError(
            f"run id {run_id!r}: use 2 to 41 lower-case letters, digits and hyphens, "
            "a letter or digit first"
        )
    if session.get(Run, run_id) is not None:
        raise RunError(f"run {run_id} exists already; choose another id")
    if len(starts) != len(course.lessons):
        raise RunError(
            f"run {run_id}: course {course.id} has {len(course.lessons)} lessons, "
            f"but {len(starts)} dates were given"
        )
    _refuse_disorder(run_id, starts)
    run = Run(
        id=run_id,
        course_id=course.id,
        title=title,
        join_code=random_text(8),
        created_at=now,
        keep_until=keep_until,
    )
    session.add(run)
    session.flush()
    for position, lesson in enumerate(course.lessons):
        session.add(
            RunLesson(
                run_id=run_id,
                lesson_id=lesson.id,
                number=lesson.number,
                starts_at=starts[position],
                due_at=due[position] if position < len(due) else None,
                solution_at=solution_at[position] if position < len(solution_at) else None,
                feedback_at=None,
            )
        )
    session.flush()
    return run


def _refuse_disorder(run_id: str, starts: Sequence[datetime]) -> None:
    for earlier, later in pairwise(starts):
        if later < earlier:
            raise RunError(
                f"run {run_id}: a lesson on {later:%Y-%m-%d %H:%M} cannot follow one on "
                f"{earlier:%Y-%m-%d %H:%M}; give the dates in the lessons' order"
            )


def move_lesson(
    session: Session,
    run_id: str,
    number: int,
    *,
    starts_at: datetime | None = None,
    due_at: datetime | None = None,
    later_too: bool = False,
) -> None:
    """Give lesson `number` another start or deadline; with `later_too` those after it move along.

    A deadline and the day of the solutions move with their lesson; a new deadline carries the
    solutions with it. How long a run is kept was promised to people and stays.

    Raises RunError when there is no such lesson, when a deadline would be before its lesson, or a
    lesson before the one it follows.
    """
    lessons = lessons_of(session, run_id)
    moved = next((lesson for lesson in lessons if lesson.number == number), None)
    if moved is None:
        raise RunError(f"run {run_id} has no lesson {number}; it has 1 to {len(lessons)}")
    if starts_at is not None:
        by = starts_at - moved.starts_at
        for lesson in lessons:
            if lesson is moved or (later_too and lesson.number > number):
                lesson.starts_at += by
                _move_deadline(lesson, by)
    if due_at is not None:
        _move_deadline(moved, due_at - (moved.due_at or due_at))
        moved.due_at = due_at
    if moved.due_at is not None and moved.due_at < moved.starts_at:
        raise RunError(f"run {run_id}: the deadline of lesson {number} is before the lesson itself")
    _refuse_disorder(run_id, [lesson.starts_at for lesson in lessons])
    session.flush()


def _move_deadline(lesson: RunLesson, by: timedelta) -> None:
    if lesson.due_at is not None:
        lesson.due_at += by
    if lesson.solution_at is not None:
        lesson.solution_at += by


def add_new_lessons(session: Session, course: Course, run_id: str) -> list[str]:
    """Add the lessons that the course got after the run was made; their ids.

    Each follows the run's last date a week later; as long before its own deadline as the last
    lesson is.
    """
    known = lessons_of(session, run_id)
    added = []
    for lesson in course.lessons:
        if lesson.id in {dates.lesson_id for dates in known}:
            continue
        last = max(known, key=lambda dates: dates.starts_at)
        week = timedelta(weeks=1)
        known.append(
            RunLesson(
                run_id=run_id,
                lesson_id=lesson.id,
                number=lesson.number,
                starts_at=last.starts_at + week,
                due_at=last.due_at + week if last.due_at else None,
                solution_at=last.solution_at + week if last.solution_at else None,
                feedback_at=None,
            )
        )
        session.add(known[-1])
        added.append(lesson.id)
    session.flush()
    return added


def list_runs(session: Session) -> list[Run]:
    """All runs, the newest first."""
    return list(session.scalars(select(Run).order_by(Run.created_at.desc(), Run.id)))


def run_by_join_code(session: Session, code: str) -> Run | None:
    """The run a join code leads to; case, width, blanks and hyphens do not matter."""
    plain = unicodedata.normalize("NFKC", code).lower()
    kept = "".join(sign for sign in plain if sign.isascii() and sign.isalnum())
    return session.scalar(select(Run).where(Run.join_code == kept))


def enrol(session: Session, run_id: str, person_id: str, *, role: str, now: datetime) -> Enrolment:
    """Put a person into a run; who is in it already stays as they are."""
    enrolment = session.get(Enrolment, (run_id, person_id))
    if enrolment is None:
        enrolment = Enrolment(run_id=run_id, person_id=person_id, role=role, joined_at=now)
        session.add(enrolment)
        session.flush()
    return enrolment


def role_in(session: Session, run_id: str, person_id: str) -> str | None:
    """participant, instructor, coordinator, or None for somebody who is not in the run."""
    enrolment = session.get(Enrolment, (run_id, person_id))
    return enrolment.role if enrolment else None


def lessons_of(session: Session, run_id: str) -> list[RunLesson]:
    """The run's lessons in order."""
    query = select(RunLesson).where(RunLesson.run_id == run_id).order_by(RunLesson.number)
    return list(session.scalars(query))


def place_of(
    session: Session, run_id: str, number: int, person_id: str
) -> tuple[RunLesson | None, str | None]:
    """A run's lesson by its number, and the role a person has in the run; None for what is not."""
    query = (
        select(RunLesson, Enrolment.role)
        .outerjoin(
            Enrolment,
            and_(Enrolment.run_id == RunLesson.run_id, Enrolment.person_id == person_id),
        )
        .where(RunLesson.run_id == run_id, RunLesson.number == number)
    )
    found = session.execute(query).first()
    return (found[0], found[1]) if found else (None, None)


def runs_of(session: Session, person_id: str) -> list[tuple[Run, str]]:
    """The runs a person is in, with their role, the newest first."""
    query = (
        select(Run, Enrolment.role)
        .join(Enrolment, Enrolment.run_id == Run.id)
        .where(Enrolment.person_id == person_id)
        .order_by(Run.created_at.desc())
    )
    return [(run, role) for run, role in session.execute(query)]


def participants_of(session: Session, run_id: str) -> list[Person]:
    """The run's participants in the order in which they joined."""
    query = (
        select(Person)
        .join(Enrolment, Enrolment.person_id == Person.id)
        .where(Enrolment.run_id == run_id, Enrolment.role == "participant")
        .order_by(Enrolment.joined_at, Person.id)
    )
    return list(session.scalars(query))


def staff_of(session: Session, run_id: str) -> list[tuple[Person, str]]:
    """The run's instructors and coordinators with their role, in the order in which they joined."""
    query = (
        select(Person, Enrolment.role)
        .join(Enrolment, Enrolment.person_id == Person.id)
        .where(Enrolment.run_id == run_id, Enrolment.role.in_(STAFF))
        .order_by(Enrolment.joined_at, Person.id)
    )
    return [(person, role) for person, role in session.execute(query)]


def lesson_state(session: Session, lesson: RunLesson, person_id: str) -> LessonState:
    """How far a person is in a lesson of a run."""
    submitted = session.scalar(
        select(func.count())
        .select_from(Submission)
        .where(
            Submission.run_id == lesson.run_id,
            Submission.person_id == person_id,
            Submission.lesson_id == lesson.lesson_id,
        )
    )
    if submitted:
        graded = session.scalar(
            select(func.count())
            .select_from(Result)
            .where(
                Result.run_id == lesson.run_id,
                Result.person_id == person_id,
                Result.lesson_id == lesson.lesson_id,
            )
        )
        return LessonState.GRADED if graded else LessonState.SUBMITTED
    started = session.scalar(
        select(func.count())
        .select_from(Answer)
        .where(
            Answer.run_id == lesson.run_id,
            Answer.person_id == person_id,
            Answer.lesson_id == lesson.lesson_id,
        )
    )
    return LessonState.STARTED if started else LessonState.AHEAD
