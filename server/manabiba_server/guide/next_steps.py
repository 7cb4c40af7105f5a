"""A person's learning path: what is done, and what fits next and why."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from ..japanese import date_and_time
from ..runs import LessonState
from .records import Record

MOST = 3
"""Suggestions, at most: more than that is a list, not advice."""

FRESH = timedelta(days=14)
"""How long after its release a result is worth a suggestion."""


@dataclass(frozen=True, kw_only=True)
class LessonProgress:
    """How far a person is in a lesson of a run they learn in."""

    run_id: str
    course_id: str
    run_title: str
    number: int
    title: str
    state: LessonState
    url: str
    due_at: datetime | None
    feedback_at: datetime | None


@dataclass(frozen=True, kw_only=True)
class Suggestion:
    """Something that fits next: what, why, and the link to it."""

    title: str
    why: str
    action: str
    url: str


@dataclass(frozen=True, kw_only=True)
class FollowUp:
    """A course that fits after another one, with the reason."""

    after: str
    then: str
    because: str


def read_follow_ups(records: list[Record]) -> tuple[FollowUp, ...]:
    """The follow-ups in the order of their file."""
    return tuple(
        FollowUp(
            after=record.text("after"), then=record.text("then"), because=record.text("because")
        )
        for record in records
    )


def done(lessons: Sequence[LessonProgress]) -> list[tuple[str, int, int]]:
    """Title, lessons handed in and lessons there are, of each run with something handed in."""
    counted = []
    for run_id in dict.fromkeys(lesson.run_id for lesson in lessons):
        here = [lesson for lesson in lessons if lesson.run_id == run_id]
        finished = sum(lesson.state.is_handed_in for lesson in here)
        if finished:
            counted.append((here[0].run_title, finished, len(here)))
    return counted


def suggestions(
    lessons: Sequence[LessonProgress], follow_ups: Sequence[FollowUp], *, now: datetime
) -> list[Suggestion]:
    """What fits next, the best first; never more than three, at most one for each lesson.

    What was begun comes first (the nearest deadline before others), then results that have just
    come, then what was begun and is too late (one lesson of a run, so that an old run leaves room),
    then the next lesson of a course under way, then the course that fits after a finished one,
    then a course not begun yet.
    """
    begun = [lesson for lesson in lessons if lesson.state is LessonState.STARTED]
    late = {lesson.run_id: lesson for lesson in reversed(begun) if _is_late(lesson, now)}
    in_time = [lesson for lesson in begun if not _is_late(lesson, now)]
    found = [
        *_go_on(sorted(in_time, key=_urgency), now),
        *_results(lessons, now),
        *_go_on(reversed(late.values()), now),
        *_next_lessons(lessons, follow_ups),
    ]
    by_url: dict[str, Suggestion] = {}
    for suggestion in found:
        by_url.setdefault(suggestion.url, suggestion)
    return list(by_url.values())[:MOST]


def _go_on(begun: Iterable[LessonProgress], now: datetime) -> list[Suggestion]:
    return [
        Suggestion(
            title=_name(lesson),
            why="書きかけの解答が残っています。" + _deadline(lesson, now),
            action="つづける",
            url=lesson.url,
        )
        for lesson in begun
    ]


def _is_late(lesson: LessonProgress, now: datetime) -> bool:
    return lesson.due_at is not None and lesson.due_at < now


def _urgency(lesson: LessonProgress) -> tuple[bool, float]:
    """Deadlines by their nearness; no deadline after them."""
    if lesson.due_at is None:
        return True, 0.0
    return False, lesson.due_at.timestamp()


def _deadline(lesson: LessonProgress, now: datetime) -> str:
    if lesson.due_at is None:
        return ""
    if _is_late(lesson, now):
        return "期限は過ぎましたが、学びなおしに使えます。"
    return f"提出期限は{date_and_time(lesson.due_at)}です。"


def _results(lessons: Sequence[LessonProgress], now: datetime) -> list[Suggestion]:
    fresh = [
        (lesson.feedback_at, lesson)
        for lesson in lessons
        if lesson.state is LessonState.GRADED
        and lesson.feedback_at is not None
        and now - lesson.feedback_at <= FRESH
    ]
    return [
        Suggestion(
            title=f"{_name(lesson)}の結果",
            why="講師からの結果とコメントが届いています。忘れないうちに読むと、身につきます。",
            action="結果を読む",
            url=f"{lesson.url}/result",
        )
        for _, lesson in sorted(fresh, key=lambda pair: pair[0], reverse=True)
    ]


def _next_lessons(
    lessons: Sequence[LessonProgress], follow_ups: Sequence[FollowUp]
) -> list[Suggestion]:
    under_way, fitting, others = [], [], []
    finished = _finished_courses(lessons)
    for run_id in dict.fromkeys(lesson.run_id for lesson in lessons):
        here = [lesson for lesson in lessons if lesson.run_id == run_id]
        ahead = next((lesson for lesson in here if lesson.state is LessonState.AHEAD), None)
        if ahead is None or any(lesson.state is LessonState.STARTED for lesson in here):
            continue  # one lesson of a course at a time
        last = max((x.number for x in here if x.state.is_handed_in), default=None)
        reason = _follow_up(ahead.course_id, finished, follow_ups)
        if last is not None:
            told = f"第{last}回まで提出しました。その次に学ぶ回です。"
            earlier = "この講座で、まだ解答を書いていない回です。"
            under_way.append(_open(ahead, told if ahead.number > last else earlier))
        elif reason:
            fitting.append(_open(ahead, reason))
        else:
            others.append(_open(ahead, "参加している講座の、はじめの回です。"))
    return [*under_way, *fitting, *others]


def _finished_courses(lessons: Sequence[LessonProgress]) -> set[str]:
    states: dict[str, list[LessonState]] = {}
    for lesson in lessons:
        states.setdefault(lesson.run_id, []).append(lesson.state)
    return {
        lesson.course_id
        for lesson in lessons
        if all(state.is_handed_in for state in states[lesson.run_id])
    }


def _follow_up(course_id: str, finished: set[str], follow_ups: Sequence[FollowUp]) -> str:
    fits = (f.because for f in follow_ups if f.then == course_id and f.after in finished)
    return next(fits, "")


def _open(lesson: LessonProgress, why: str) -> Suggestion:
    return Suggestion(title=_name(lesson), why=why, action="この回を開く", url=lesson.url)


def _name(lesson: LessonProgress) -> str:
    return f"{lesson.run_title} 第{lesson.number}回 {lesson.title}"
