"""The lesson page: the rendered notebook with the person's own answers in it."""

from __future__ import annotations

import json
import logging
from functools import cache
from typing import Any

from tornado.web import HTTPError

from manabiba_widgets.judgement import is_filled

from ._voila import front_end_config
from .answers import (
    MOST_HINTS,
    AnswerConflict,
    AnswerTooLarge,
    StoredAnswer,
    load_answers,
    save_answer,
)
from .courses import Lesson
from .database import RunLesson
from .glossary import Term
from .japanese import time_of_day
from .kernels import KernelUnavailable, Seat
from .page_kernels import PageKernels
from .pages import NUMBER, RUN, AppContext, PageHandler
from .pages.base import SECURITY_HEADERS
from .runs import STAFF, lessons_of, place_of
from .snapshot import LessonError, Snapshot
from .static_files import front_end_roots
from .submissions import latest_submission, receipt, submit

VOILA_POLICY = SECURITY_HEADERS["Content-Security-Policy"].replace(
    "style-src 'self'", "style-src 'self' 'unsafe-inline'"
)
"""For pages with Voilà's front end, which writes its styles into the page."""

_log = logging.getLogger(__name__)


class LessonHandler(PageHandler):
    """What all addresses below `/runs/<run>/<number>` share."""

    dates: RunLesson
    lesson: Lesson
    seat: Seat
    role: str

    @property
    def page_kernels(self) -> PageKernels:
        kernels: PageKernels = self.settings["manabiba_page_kernels"]
        return kernels

    def find(self, run_id: str, number: str) -> None:
        """Find lesson and seat; 401, 403 and 404 in plain Japanese."""
        person = self.require_person()
        with self.context.database.reading() as session:
            dates, role = place_of(session, run_id, int(number), person.id)
        if dates is None:
            raise HTTPError(404)
        if role is None:
            raise HTTPError(403)
        lesson = next(
            (
                lesson
                for course in self.context.courses.values()
                if (lesson := course.lesson(dates.lesson_id)) is not None
            ),
            None,
        )
        if lesson is None:
            raise HTTPError(404)
        self.dates, self.lesson, self.role = dates, lesson, role
        self.seat = Seat(run_id=run_id, lesson_id=lesson.id, person_id=person.id)

    def answers(self) -> dict[str, StoredAnswer]:
        """The person's saved answers."""
        with self.context.database.reading() as session:
            return load_answers(session, self.seat.run_id, self.seat.person_id, self.seat.lesson_id)

    def body(self) -> dict[str, Any]:
        """The request's JSON object; 400 for anything else."""
        try:
            data = json.loads(self.request.body)
        except (ValueError, RecursionError) as error:
            raise HTTPError(400) from error
        if not isinstance(data, dict):
            raise HTTPError(400)
        return data


def _saved(stored: StoredAnswer) -> dict[str, Any]:
    return {
        "answer": stored.answer,
        "hints_opened": stored.hints_opened,
        "revision": stored.revision,
        "saved_at": time_of_day(stored.saved_at),
        "feedback": stored.feedback,
    }


_EXERCISE_GONE = (
    "教材が新しくなり、この問はなくなりました。書いた内容はこの端末に残っています。"
    "ページを読み直すと、書き写せる形で表示します。"
)


class LessonPage(LessonHandler):
    """`/runs/<run>/<number>`."""

    async def get(self, run_id: str, number: str) -> None:
        self.find(run_id, number)
        try:
            snapshot = await self.context.snapshots.of(self.lesson)
        except LessonError as error:
            _log.error("%s", error)
            self.set_status(503)
            self.page(
                "error.html.j2",
                heading="この回のページを準備できませんでした",
                advice=str(error)
                if self.role in STAFF
                else "講師にお知らせください。これまでの解答は保存されています。",
            )
            return
        if snapshot.other_widgets:
            self.set_header("Content-Security-Policy", VOILA_POLICY)
        url = f"/runs/{run_id}/{number}"
        mine = (run_id, self.seat.person_id, self.seat.lesson_id)
        with self.context.database.reading() as session:
            answers = load_answers(session, *mine)
            submission = latest_submission(session, *mine)
            numbers = {dates.lesson_id: dates.number for dates in lessons_of(session, run_id)}
        self.page(
            "lesson.html.j2",
            lesson=self.lesson,
            dates=self.dates,
            snapshot=snapshot,
            text=snapshot.shared_html,
            exercises=snapshot.shared_exercises,
            has_glossary=bool(self.context.courses[self.lesson.course_id].glossary),
            kinds=snapshot.kinds,
            url=url,
            data=self._data(url, snapshot, answers, numbers),
            voila=_voila_config() if snapshot.other_widgets else None,
            submission=submission,
            receipt=receipt(submission.number) if submission else "",
            answered=sum(1 for stored in answers.values() if stored.answer),
        )

    def _term(self, term: Term, numbers: dict[str, int], url: str) -> dict[str, Any]:
        """A term for the page; `url` leads to the lesson that teaches it when that is another."""
        number = numbers.get(term.lesson_id, 0)
        is_other = term.lesson_id != self.lesson.id
        return {
            "anchor": term.anchor,
            "term": term.term,
            "reading": term.reading,
            "meaning": term.meaning,
            "lesson": number,
            "url": f"{url.rpartition('/')[0]}/{number}" if is_other and number else "",
        }

    def _data(
        self,
        url: str,
        snapshot: Snapshot,
        answers: dict[str, StoredAnswer],
        numbers: dict[str, int],
    ) -> dict[str, Any]:
        widgets = self.context.static["widgets"]
        return {
            "person": self.seat.person_id,
            "run": self.seat.run_id,
            "lesson": self.seat.lesson_id,
            "version": snapshot.version,
            "xsrf": self.xsrf_token.decode(),
            "urls": {
                "answers": f"{url}/answers",
                "kernel": f"{url}/kernel",
                "documents": f"{url}/documents",
            },
            "modules": {kind: widgets.url(f"{kind}.js") for kind in snapshot.kinds},
            "terms": [self._term(term, numbers, url) for term in snapshot.terms],
            "former": [
                {"id": exercise_id, "answer": stored.answer}
                for exercise_id, stored in answers.items()
                if exercise_id not in snapshot.exercise_ids and is_filled(stored.answer)
            ],
            "saved": {
                exercise_id: _saved(answers[exercise_id])
                for exercise_id in snapshot.exercise_ids
                if exercise_id in answers
            },
        }


@cache
def _voila_config() -> dict[str, Any]:
    """What Voilà's front end needs; `kernelId` is added in the browser."""
    return front_end_config(
        {name: f"/static/{name}/{root.digest}" for name, root in front_end_roots().items()}
    )


class AnswerHandler(LessonHandler):
    """`PUT …/answers/<exercise>`: save one answer, then say so."""

    async def put(self, run_id: str, number: str, exercise_id: str) -> None:
        self.find(run_id, number)
        snapshot = await self.context.snapshots.of(self.lesson)
        if exercise_id not in snapshot.exercise_ids:
            self.set_status(404)
            self.finish({"message": _EXERCISE_GONE, "version": snapshot.version})
            return
        body = self.body()
        answer, hints, base = (
            body.get("answer"),
            body.get("hints_opened", 0),
            body.get("base_revision", 0),
        )
        if not isinstance(answer, dict) or type(hints) is not int or type(base) is not int:
            raise HTTPError(400)
        try:
            with self.context.database.session() as session:
                stored = save_answer(
                    session,
                    run_id=run_id,
                    person_id=self.seat.person_id,
                    lesson_id=self.seat.lesson_id,
                    exercise_id=exercise_id,
                    answer=answer,
                    hints_opened=min(max(hints, 0), MOST_HINTS),
                    base_revision=base,
                    now=self.context.clock(),
                )
        except AnswerConflict as conflict:
            self.set_status(409)
            self.finish({"current": _saved(conflict.current)})
        except AnswerTooLarge:
            self.set_status(413)
            self.finish(
                {"message": "文章が長すぎて保存できません。短くすると、また自動で保存します。"}
            )
        else:
            self.finish(
                {
                    "revision": stored.revision,
                    "saved_at": time_of_day(stored.saved_at),
                    "version": snapshot.version,
                }
            )


class KernelAttach(LessonHandler):
    """`POST …/kernel`: a kernel of one's own for this lesson."""

    async def post(self, run_id: str, number: str) -> None:
        self.find(run_id, number)
        try:
            snapshot = await self.context.snapshots.of(self.lesson)
            kernel_id = await self.page_kernels.attach(self.lesson, self.seat, snapshot)
        except (KernelUnavailable, LessonError) as error:
            _log.error("%s", error)
            self.set_status(503)
            self.finish({"message": "いまは確かめられません。少し待ってからお試しください。"})
            return
        self.finish({"kernel": kernel_id, "version": snapshot.version})


class SubmitPage(LessonHandler):
    """`…/submit`: what is still empty, one question, and the receipt."""

    async def get(self, run_id: str, number: str) -> None:
        self.find(run_id, number)
        snapshot = await self.context.snapshots.of(self.lesson)
        answers = self.answers()
        empty = [
            exercise
            for exercise in snapshot.exercises
            if not is_filled(answers[exercise.id].answer if exercise.id in answers else {})
        ]
        with self.context.database.reading() as session:
            earlier = latest_submission(session, run_id, self.seat.person_id, self.seat.lesson_id)
        due = self.dates.due_at
        self.page(
            "submit.html.j2",
            lesson=self.lesson,
            url=f"/runs/{run_id}/{number}",
            empty=empty,
            count=len(snapshot.exercises),
            earlier=earlier,
            due=due,
            is_late=due is not None and self.context.clock() > due,
        )

    def post(self, run_id: str, number: str) -> None:
        self.find(run_id, number)
        with self.context.database.session() as session:
            submission = submit(
                session,
                run_id,
                self.seat.person_id,
                self.seat.lesson_id,
                now=self.context.clock(),
            )
        self.redirect(f"/runs/{run_id}/{number}/submitted#{receipt(submission.number)}")


class SubmittedPage(LessonHandler):
    """`…/submitted`: the receipt; may be opened again at any time."""

    def get(self, run_id: str, number: str) -> None:
        self.find(run_id, number)
        with self.context.database.reading() as session:
            submission = latest_submission(
                session, run_id, self.seat.person_id, self.seat.lesson_id
            )
        if submission is None:
            self.redirect(f"/runs/{run_id}/{number}/submit")
            return
        self.page(
            "submitted.html.j2",
            lesson=self.lesson,
            url=f"/runs/{run_id}/{number}",
            submission=submission,
            receipt=receipt(submission.number),
            due=self.dates.due_at,
        )


def handlers(context: AppContext) -> list[Any]:
    """The addresses of a lesson."""
    given = {"context": context}
    lesson = rf"/runs/{RUN}/{NUMBER}"
    return [
        (lesson, LessonPage, given),
        (rf"{lesson}/answers/([a-z0-9-]{{1,63}})", AnswerHandler, given),
        (rf"{lesson}/kernel", KernelAttach, given),
        (rf"{lesson}/submit", SubmitPage, given),
        (rf"{lesson}/submitted", SubmittedPage, given),
    ]
