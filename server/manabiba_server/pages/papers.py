"""The paper of a course: one's own in one piece, and what instructors see of all."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Mapping

from tornado.web import HTTPError

from ..course_paper import Answers, AssembledPaper, answers_of, assemble_paper, exercises_of
from ..courses import Course, CoursePaper
from ..database import Enrolment, Person, Run
from ..runs import lessons_of, participants_of
from ..snapshot import LessonError
from ..word_file import WORD, word_file
from .base import PageHandler
from .room import StaffHandler

STATES = {"empty": "まだ", "begun": "途中", "whole": "書きました"}

_log = logging.getLogger(__name__)


class PaperHandler(PageHandler):
    """What the pages of a paper share."""

    def course_of(self, run: Run) -> tuple[Course, CoursePaper]:
        """The run's course and its paper; 404 for a course without one."""
        course = self.context.courses.get(run.course_id)
        if course is None or course.paper is None:
            raise HTTPError(404)
        return course, course.paper

    async def papers(
        self, course: Course, about: CoursePaper, answers: Mapping[str, Answers]
    ) -> dict[str, AssembledPaper]:
        """Person id → paper, from their answers; 503 for a lesson that does not run."""
        try:
            exercises = await exercises_of(self.context, course)
        except LessonError as error:
            _log.error("%s", error)
            raise HTTPError(503) from error
        return {
            person_id: assemble_paper(about, exercises, given)
            for person_id, given in answers.items()
        }

    async def paper_of(self, run: Run, person_id: str) -> AssembledPaper:
        """A person's paper, 404 for a course without one, 503 for a lesson that does not run."""
        course, about = self.course_of(run)
        with self.context.database.reading() as session:
            answers = answers_of(session, about, run.id, [person_id])
        return (await self.papers(course, about, answers))[person_id]

    def show(
        self, run: Run, owner: Person, paper: AssembledPaper, *, is_own: bool, file: str
    ) -> None:
        """The page of one person's paper; `file` is the address of its Word file."""
        with self.context.database.reading() as session:
            numbers = {dates.lesson_id: dates.number for dates in lessons_of(session, run.id)}
        self.page(
            "paper.html.j2",
            run=run,
            owner=owner,
            paper=paper,
            blocks=paper.blocks(name=owner.name, now=self.context.clock()),
            numbers=numbers,
            states=STATES,
            is_own=is_own,
            file=file,
        )

    async def send_paper(self, owner: Person, paper: AssembledPaper) -> None:
        """The paper as .docx."""
        now = self.context.clock()
        blocks = paper.blocks(name=owner.name, now=now)
        data = await asyncio.to_thread(word_file, blocks, title=paper.title, now=now)
        self.send_file(data, f"{paper.title}_{owner.name}.docx", WORD)


class PaperPage(PaperHandler):
    """`/runs/<run>/paper`: one's own paper, what is open in it, to be printed."""

    async def get(self, run_id: str) -> None:
        person = self.require_person()
        with self.context.database.reading() as session:
            run = self.own_run(session, run_id)
        paper = await self.paper_of(run, person.id)
        self.show(run, person, paper, is_own=True, file=f"/runs/{run.id}/paper.docx")


class PaperFile(PaperHandler):
    """`/runs/<run>/paper.docx`."""

    async def get(self, run_id: str) -> None:
        person = self.require_person()
        with self.context.database.reading() as session:
            run = self.own_run(session, run_id)
        await self.send_paper(person, await self.paper_of(run, person.id))


class PapersList(PaperHandler, StaffHandler):
    """`/room/<run>/papers`: how far each participant's paper is."""

    async def get(self, run_id: str) -> None:
        with self.context.database.reading() as session:
            run = self.staff_run(session, run_id)
        course, about = self.course_of(run)
        with self.context.database.reading() as session:
            people = participants_of(session, run_id)
            answers = answers_of(session, about, run_id, [person.id for person in people])
        papers = await self.papers(course, about, answers)
        rows = [(person, papers[person.id]) for person in people]
        self.page("papers.html.j2", run=run, paper=about, rows=rows, states=STATES)


class SeenHandler(PaperHandler, StaffHandler):
    """What the instructors' pages of one participant's paper share."""

    def participant(self, run_id: str, person_id: str) -> tuple[Run, Person]:
        """The run and the participant, for instructors and coordinators alone."""
        with self.context.database.reading() as session:
            run = self.staff_run(session, run_id)
            enrolment = session.get(Enrolment, (run_id, person_id))
            if enrolment is None or enrolment.role != "participant":
                raise HTTPError(404)
            return run, session.get_one(Person, person_id)


class SeenPaper(SeenHandler):
    """`/room/<run>/papers/<person>`: a participant's paper, read-only."""

    async def get(self, run_id: str, person_id: str) -> None:
        run, owner = self.participant(run_id, person_id)
        paper = await self.paper_of(run, owner.id)
        self.show(run, owner, paper, is_own=False, file=f"/room/{run.id}/papers/{owner.id}.docx")


class SeenPaperFile(SeenHandler):
    """`/room/<run>/papers/<person>.docx`."""

    async def get(self, run_id: str, person_id: str) -> None:
        run, owner = self.participant(run_id, person_id)
        await self.send_paper(owner, await self.paper_of(run, owner.id))
