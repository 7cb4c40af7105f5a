"""A participant's released grades."""

from __future__ import annotations

from tornado.web import HTTPError

from ..database import RunLesson
from ..results import results_of
from ..runs import lessons_of, role_in
from ..submissions import latest_submission, receipt
from .base import PageHandler


class ResultPage(PageHandler):
    """`/runs/<run>/<number>/result`."""

    def get(self, run_id: str, number: str) -> None:
        person = self.require_person()
        with self.context.database.reading() as session:
            dates: RunLesson | None = next(
                (d for d in lessons_of(session, run_id) if d.number == int(number)), None
            )
            if dates is None:
                raise HTTPError(404)
            if role_in(session, run_id, person.id) is None:
                raise HTTPError(403)
            now = self.context.clock()
            rows = results_of(session, run_id, person.id, dates.lesson_id, now=now)
            submission = latest_submission(session, run_id, person.id, dates.lesson_id)
        graded = rows[0].submitted_at or dates.feedback_at if rows else None
        is_newer = bool(submission and graded and submission.submitted_at > graded)
        self.page(
            "result.html.j2",
            is_newer=is_newer,
            dates=dates,
            url=f"/runs/{run_id}/{number}",
            rows=rows,
            solutions_later=dates.solution_at is not None and now < dates.solution_at,
            total=sum(row.score for row in rows),
            maximum=sum(row.max_score for row in rows),
            submission=submission,
            receipt=receipt(submission.number) if submission else "",
        )
