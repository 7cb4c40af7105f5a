"""Home: the person's runs and lessons, and how far they are."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from ..database import Run, RunLesson
from ..guide import LessonProgress, Suggestion, done, suggestions
from ..runs import STAFF, LessonState, lesson_state, lessons_of, runs_of
from .guide import GuideHandler

_ACTION = {
    LessonState.AHEAD: "はじめる",
    LessonState.STARTED: "続きから",
    LessonState.SUBMITTED: "見直す",
    LessonState.GRADED: "復習する",
}


@dataclass(frozen=True)
class LessonCard:
    """A lesson on the home page."""

    dates: RunLesson
    title: str
    summary: str
    state: LessonState
    action: str
    url: str
    ends_at: datetime


@dataclass(frozen=True)
class RunCard:
    """A run on the home page."""

    run: Run
    is_staff: bool
    has_glossary: bool
    paper: str
    """The title of the course's paper; empty for a course without one."""
    lessons: list[LessonCard]

    @property
    def handed_in(self) -> int:
        """How many of the lessons are handed in."""
        return sum(card.state.is_handed_in for card in self.lessons)

    def coming(self, now: datetime) -> LessonCard | None:
        """The first lesson whose evening is not over; None when all are."""
        return next((card for card in self.lessons if card.ends_at > now), None)

    def has(self, suggestion: Suggestion) -> bool:
        """Whether a lesson of this run is suggested."""
        return suggestion.url.startswith(f"/runs/{self.run.id}/")


class HomePage(GuideHandler):
    """`/home`: of several runs only the one to go on with is opened, and comes first."""

    def get(self) -> None:
        person = self.require_person()
        cards = []
        progress = []
        with self.context.database.reading() as session:
            for run, role in runs_of(session, person.id):
                course = self.context.courses.get(run.course_id)
                lessons = []
                for dates in lessons_of(session, run.id):
                    lesson = course.lesson(dates.lesson_id) if course else None
                    if lesson is None:
                        continue
                    state = lesson_state(session, dates, person.id)
                    lessons.append(
                        LessonCard(
                            dates=dates,
                            title=lesson.title,
                            summary=lesson.summary,
                            state=state,
                            action=_ACTION[state],
                            url=f"/runs/{run.id}/{dates.number}",
                            ends_at=dates.starts_at + timedelta(minutes=lesson.minutes),
                        )
                    )
                    if role not in STAFF:
                        progress.append(_progress(run, lessons[-1]))
                cards.append(
                    RunCard(
                        run=run,
                        is_staff=role in STAFF,
                        has_glossary=bool(course and course.glossary),
                        paper=course.paper.title if course and course.paper else "",
                        lessons=lessons,
                    )
                )
        now = self.context.clock()
        fitting = suggestions(progress, self.guide.follow_ups, now=now)
        first = {card.run.id for card in cards if fitting and card.has(fitting[0])}
        self.page(
            "home.html.j2",
            is_learning=bool(progress),
            cards=sorted(cards, key=lambda card: card.run.id not in first),
            done=done(progress),
            suggestions=fitting,
            open_runs=first if len(cards) > 1 else {card.run.id for card in cards},
            now=now,
        )


def _progress(run: Run, card: LessonCard) -> LessonProgress:
    return LessonProgress(
        run_id=run.id,
        course_id=run.course_id,
        run_title=run.title,
        number=card.dates.number,
        title=card.title,
        state=card.state,
        url=card.url,
        due_at=card.dates.due_at,
        feedback_at=card.dates.feedback_at,
    )
