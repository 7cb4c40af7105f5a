"""The guide's pages, open to everybody: どこから始める？, 横浜の協働のあゆみ, 協働のエッセンス.

Answers are in the address, so that the browser's own back button works; what somebody writes in
a memo stays in the browser (`static/memo.js`).
"""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode

from ..guide import (
    ASKED,
    Contact,
    Conversation,
    Destination,
    Guide,
    Kind,
    MemoField,
    Reference,
    Side,
    chosen,
    figure,
    follow,
    leads,
)
from ..guide.history import AXIS, WIDTH
from ..japanese import in_japan
from ..runs import lessons_of, runs_of
from .base import PageHandler
from .context import AppContext


@dataclass(frozen=True)
class LessonLead:
    """A lesson that fits; `url` is "" for who is in no run that has it."""

    course: str
    audience: str
    number: int
    title: str
    summary: str
    url: str


@dataclass(frozen=True)
class StepShown:
    """A question that was answered, and the address that asks it again."""

    question: str
    answer: str
    again: str


class GuideHandler(PageHandler):
    """What the three pages share."""

    def initialize(self, context: AppContext, guide: Guide) -> None:  # type: ignore[override]
        super().initialize(context)
        self.guide = guide


class GuidePage(GuideHandler):
    """`/guide?<question>=<answer>&…`: the next question, or where the answers lead."""

    def get(self) -> None:
        given = {name: self.get_query_argument(name) for name in self.request.query_arguments}
        talk = follow(self.guide.questions, given)
        steps = [
            StepShown(step.question.text, step.answer.label, address(talk.given[:position]))
            for position, step in enumerate(talk.steps)
        ]
        if talk.question is not None:
            self.page(
                "guide_question.html.j2",
                question=talk.question,
                number=len(steps) + 1,
                given=talk.given,
                steps=steps,
                again=talk.question.id in given,
            )
        else:
            self._end(talk, steps)

    def _end(self, talk: Conversation, steps: list[StepShown]) -> None:
        destinations, lessons = leads(talk.steps)
        groups: dict[Kind, list[tuple[Destination, str]]] = {}
        contacts: dict[str, Contact] = {}
        sources: dict[Reference, list[str]] = {}
        found_places = [
            (self.guide.destinations[name], told) for name, told in destinations.items()
        ]
        # Whom to ask comes before what to read.
        found_places.sort(key=lambda place: place[0].kind is Kind.PAGE)
        for found, because in found_places:
            groups.setdefault(found.kind, []).append((found, found.because or because))
            sources.setdefault(found.reference, []).append(found.title)
            if found.contact is not None:
                contacts[found.contact.id] = found.contact
        for contact in contacts.values():
            sources.setdefault(contact.reference, []).append(f"{contact.name}の連絡先")
        self.page(
            "guide_end.html.j2",
            steps=steps,
            groups=groups,
            asked=[place for kind in ASKED for place, _ in groups.get(kind, [])],
            contacts=list(contacts.values()),
            sources=sources,
            lessons=self._lessons(lessons),
            memo=self.guide.memo,
            kinds=Kind,
            today=in_japan(self.context.clock()).date(),
        )

    def _lessons(self, wanted: dict[str, str]) -> list[tuple[LessonLead, str]]:
        """The lessons that the courses here have, with the reason and the way to each."""
        urls = {}
        if self.current_user is not None:
            with self.context.database.reading() as session:
                for run, _ in reversed(runs_of(session, self.current_user.id)):
                    for dates in lessons_of(session, run.id):
                        urls[dates.lesson_id] = f"/runs/{run.id}/{dates.number}"
        return [
            (
                LessonLead(
                    course=course.title,
                    audience=course.audience,
                    number=lesson.number,
                    title=lesson.title,
                    summary=lesson.summary,
                    url=urls.get(lesson_id, ""),
                ),
                because,
            )
            for lesson_id, because in wanted.items()
            for course in self.context.courses.values()
            if (lesson := course.lesson(lesson_id)) is not None
        ]


def address(given: tuple[tuple[str, str], ...]) -> str:
    """The guide's address after these answers.

    >>> address((("stage", "npo"), ("worry", "money"))), address(())
    ('/guide?stage=npo&worry=money', '/guide')
    """
    return f"/guide?{urlencode(given)}" if given else "/guide"


class HistoryPage(GuideHandler):
    """`/guide/history?side=&from=&to=`: the chronology, all of it or a part."""

    def get(self) -> None:
        entries = self.guide.history
        years = list(dict.fromkeys(entry.year for entry in entries))
        asked = self.get_query_argument("side", "")
        side = next((side for side in Side if side.name.lower() == asked), None)
        first = self._year("from", years, years[0])
        last = self._year("to", years, years[-1])
        self.page(
            "guide_history.html.j2",
            entries=entries,
            shown=chosen(entries, side=side, first=first, last=last),
            figure=figure(entries),
            width=WIDTH,
            axis=AXIS,
            sides=Side,
            side=side,
            years=years,
            first=first,
            last=last,
        )

    def _year(self, name: str, years: list[int], otherwise: int) -> int:
        asked = self.get_query_argument(name, "")
        return next((year for year in years if str(year) == asked), otherwise)


class EssencePage(GuideHandler):
    """`/guide/essence`: the three essentials and the reader's own example."""

    def get(self) -> None:
        essence = self.guide.essence
        fields = [MemoField(id=e.id, label=e.question, short=e.title, help=e.help) for e in essence]
        self.page("guide_essence.html.j2", essence=essence, fields=fields)
