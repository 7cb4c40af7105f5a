"""The instructor's room: who is where, live; a new link for somebody who lost theirs."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session
from tornado.web import HTTPError

from ..database import Answer, Attempt, Enrolment, Person, Run, RunLesson, Submission
from ..people import reissue_token
from ..runs import STAFF, lessons_of, participants_of
from .base import PageHandler
from .qr import qr_svg

_MARKS = {
    "right": ("◯", "正解"),
    "partial": ("△", "部分点"),
    "wrong": ("✕", "まだ正解でない"),
    "incomplete": ("…", "途中"),
    "formal": ("✓", "記入ずみ"),
}


@dataclass(frozen=True)
class Cell:
    """Where one participant is in one exercise."""

    mark: str
    words: str
    attempts: int


@dataclass(frozen=True)
class Row:
    """A participant's line."""

    person: Person
    cells: list[Cell]
    submitted: bool
    last_seen: datetime | None


def room_rows(session: Session, lesson: RunLesson, exercise_ids: list[str]) -> list[Row]:
    """All participants of a run in one lesson."""
    run_id, lesson_id = lesson.run_id, lesson.lesson_id
    answers = {
        (row.person_id, row.exercise_id): row
        for row in session.scalars(
            select(Answer).where(Answer.run_id == run_id, Answer.lesson_id == lesson_id)
        )
    }
    here = (Attempt.run_id == run_id, Attempt.lesson_id == lesson_id)
    counts = {
        (person_id, exercise_id): count
        for person_id, exercise_id, count in session.execute(
            select(Attempt.person_id, Attempt.exercise_id, func.count())
            .where(*here)
            .group_by(Attempt.person_id, Attempt.exercise_id)
        )
    }
    newest = (
        select(func.max(Attempt.id)).where(*here).group_by(Attempt.person_id, Attempt.exercise_id)
    )
    status = {
        (row.person_id, row.exercise_id): row.status
        for row in session.scalars(select(Attempt).where(Attempt.id.in_(newest)))
    }
    submitted = set(
        session.scalars(
            select(Submission.person_id).where(
                Submission.run_id == run_id, Submission.lesson_id == lesson_id
            )
        )
    )
    rows = []
    for person in participants_of(session, run_id):
        cells, seen = [], []
        for exercise_id in exercise_ids:
            key = (person.id, exercise_id)
            if key in answers:
                seen.append(answers[key].saved_at)
            mark, words = _MARKS.get(status.get(key, ""), ("", "まだ"))
            if key in answers and not mark:
                mark, words = "・", "記入あり"
            cells.append(Cell(mark, words, counts.get(key, 0)))
        rows.append(Row(person, cells, person.id in submitted, max(seen, default=None)))
    return rows


class StaffHandler(PageHandler):
    """A page for a run's instructors and coordinators."""

    def staff_run(self, session: Session, run_id: str) -> Run:
        """The run, for its instructors and coordinators alone."""
        return self.own_run(session, run_id, STAFF)


class RoomPage(StaffHandler):
    """`/room/<run>`: the live table and the way to join, for the projector."""

    async def get(self, run_id: str) -> None:
        with self.context.database.reading() as session:
            run = self.staff_run(session, run_id)
            lessons = lessons_of(session, run_id)
        wanted = self.get_query_argument("lesson", "")
        dates = next((d for d in lessons if str(d.number) == wanted), lessons[0])
        course = self.context.courses.get(run.course_id)
        lesson = course.lesson(dates.lesson_id) if course else None
        if course is None or lesson is None:
            raise HTTPError(404)
        snapshot = await self.context.snapshots.of(lesson)
        with self.context.database.reading() as session:
            rows = room_rows(session, dates, list(snapshot.exercise_ids))
        solved = [
            Counter(row.cells[i].mark for row in rows)["◯"] for i in range(len(snapshot.exercises))
        ]
        link = f"{self.context.settings.base_url}/join/{run.join_code}"
        self.page(
            "room.html.j2",
            run=run,
            lesson=lesson,
            lessons=lessons,
            exercises=snapshot.exercises,
            rows=rows,
            solved=solved,
            link=link,
            qr=qr_svg(link, title="参加用QRコード"),
            paper=course.paper.title if course.paper else "",
            now=self.context.clock(),
        )


class RoomLink(StaffHandler):
    """`/room/<run>/link/<person>`: a new personal link for a participant who lost theirs."""

    def _person(self, run_id: str, person_id: str) -> Person:
        with self.context.database.reading() as session:
            self.staff_run(session, run_id)
            enrolment = session.get(Enrolment, (run_id, person_id))
            if enrolment is None or enrolment.role != "participant":
                raise HTTPError(404)
            return session.get_one(Person, person_id)

    def get(self, run_id: str, person_id: str) -> None:
        other = self._person(run_id, person_id)
        self.page("room_link.html.j2", run_id=run_id, other=other, link="", qr="")

    def post(self, run_id: str, person_id: str) -> None:
        other = self._person(run_id, person_id)
        with self.context.database.session() as session:
            token = reissue_token(session, person_id)
        link = f"{self.context.settings.base_url}/me/{token}"
        qr = qr_svg(link, title="受講者用リンクのQRコード")
        self.page("room_link.html.j2", run_id=run_id, other=other, link=link, qr=qr)
