"""A document as a paper: to be printed, and as a Word file. Made from the saved answer."""

from __future__ import annotations

import asyncio

from tornado.web import HTTPError

from manabiba_widgets.document_paper import Lines, Table, fill, paper_of

from .lesson_page import LessonHandler
from .pages import NUMBER, RUN, AppContext
from .word_file import WORD, word_file


class DocumentHandler(LessonHandler):
    """What both share: only the signed-in person's own answer is ever read."""

    async def paper(self, exercise_id: str) -> tuple[str, list[Lines | Table]]:
        """The title and the filled paper; 404 for what is no document of this lesson."""
        snapshot = await self.context.snapshots.of(self.lesson)
        for exercise in snapshot.exercises:
            if exercise.id == exercise_id and exercise.kind == "document":
                stored = self.answers().get(exercise_id)
                paper = paper_of(exercise.spec)
                return paper.title, fill(paper, stored.answer if stored else {})
        raise HTTPError(404)


class DocumentPrint(DocumentHandler):
    """`…/documents/<exercise>`: the paper, to be printed."""

    async def get(self, run_id: str, number: str, exercise_id: str) -> None:
        self.find(run_id, number)
        title, paper = await self.paper(exercise_id)
        url = f"/runs/{run_id}/{number}"
        self.page(
            "document.html.j2",
            lesson=self.lesson,
            url=url,
            file=f"{url}/documents/{exercise_id}.docx",
            paper_title=title,
            paper=paper,
        )


class DocumentFile(DocumentHandler):
    """`…/documents/<exercise>.docx`."""

    async def get(self, run_id: str, number: str, exercise_id: str) -> None:
        self.find(run_id, number)
        title, paper = await self.paper(exercise_id)
        now = self.context.clock()
        data = await asyncio.to_thread(word_file, paper, title=title, now=now)
        self.send_file(data, f"{title}.docx", WORD)


def handlers(context: AppContext) -> list[tuple[str, type[DocumentHandler], dict[str, AppContext]]]:
    """The addresses of a lesson's documents."""
    given = {"context": context}
    document = rf"/runs/{RUN}/{NUMBER}/documents/([a-z0-9-]{{1,63}})"
    return [(document, DocumentPrint, given), (rf"{document}\.docx", DocumentFile, given)]
