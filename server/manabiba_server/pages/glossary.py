"""The terms of a run's course."""

from __future__ import annotations

from ..glossary import in_rows
from ..runs import lessons_of
from .base import PageHandler


class GlossaryPage(PageHandler):
    """`/runs/<run>/glossary`; `?q=` shows what contains a word."""

    def get(self, run_id: str) -> None:
        with self.context.database.reading() as session:
            run = self.own_run(session, run_id)
            numbers = {dates.lesson_id: dates.number for dates in lessons_of(session, run_id)}
        course = self.context.courses.get(run.course_id)
        terms = course.glossary if course else ()
        query = self.get_query_argument("q", "")[:100]
        self.page(
            "glossary.html.j2",
            title=run.title,
            url=f"/runs/{run_id}",
            rows=in_rows(terms),
            count=len(terms),
            query=query,
            shown={term for term in terms if term.matches(query)},
            numbers=numbers,
        )
