"""A course's paper (通しの書類): the parts a person wrote in several lessons, as one document."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any, Literal

from sqlalchemy import select
from sqlalchemy.orm import Session

from manabiba_widgets.checks import judge_checks
from manabiba_widgets.document_form import is_empty, read_field
from manabiba_widgets.document_paper import Lines, Span, Table, fill, paper_of
from manabiba_widgets.joint_plan_checks import PART_CHECKS
from manabiba_widgets.plan_table import PlanColumn, read_entries

from .courses import Course, CoursePaper, PaperPart
from .database import Answer
from .japanese import day, in_japan
from .snapshot import ExerciseOnPage

if TYPE_CHECKING:
    from .pages.context import AppContext

PartState = Literal["empty", "begun", "whole"]
Answers = Mapping[str, Mapping[str, Any]]
"""Exercise id → saved answer."""

_log = logging.getLogger(__name__)


@dataclass(frozen=True, kw_only=True)
class Told:
    """What a check says: what is there, or what to do."""

    ok: bool
    message: str


@dataclass(frozen=True, kw_only=True)
class WrittenPart:
    """A part as written: `whole` when all that is required is there and can be read."""

    part: PaperPart
    state: PartState
    blocks: tuple[Lines | Table, ...]
    told: tuple[Told, ...]

    @property
    def is_begun(self) -> bool:
        return self.state != "empty"


@dataclass(frozen=True, kw_only=True)
class AssembledPaper:
    """All parts of one person's paper, in order."""

    title: str
    parts: tuple[WrittenPart, ...]

    @property
    def is_begun(self) -> bool:
        return any(part.is_begun for part in self.parts)

    @property
    def passed(self) -> int:
        """How many checks passed."""
        return sum(told.ok for part in self.parts for told in part.told)

    @property
    def checks(self) -> int:
        """How many checks there are in the parts that are begun."""
        return sum(len(part.told) for part in self.parts)

    def state(self, part: PaperPart) -> PartState:
        """How far a part is; `empty` for one that is left out."""
        return next((one.state for one in self.parts if one.part == part), "empty")

    def blocks(self, *, name: str, now: datetime) -> list[Lines | Table]:
        """The whole as one paper, with whose it is and of which day."""
        written = f"{day(in_japan(now).date())}までに書いた内容です。"
        head = [
            Lines("title", ((Span(self.title),),)),
            Lines("signature", ((Span(written),), (Span(name),))),
        ]
        return [*head, *(block for part in self.parts for block in part.blocks)]


def assemble_paper(
    paper: CoursePaper, exercises: Mapping[str, ExerciseOnPage], answers: Answers
) -> AssembledPaper:
    """One person's paper from the public specs of its exercises and the saved answers.

    Never raises, whatever the answers are. A part whose exercise is not there (the notebook
    changed meanwhile) is left out.
    """
    written: list[WrittenPart] = []
    for part in paper.parts:
        exercise = exercises.get(part.exercise_id)
        if exercise is None or exercise.kind not in _READ:
            _log.error("paper: %s has no document, plan or text to show", part.exercise_id)
            continue
        number = len(written) + 1
        read = _READ[exercise.kind](exercise.spec, answers.get(part.exercise_id, {}))
        heading = Lines("part", ((Span(f"{number} {part.heading}"),),))
        told = [Told(ok=False, message=message) for message in read.unread]
        if part.checks and read.state != "empty":
            _, parts = judge_checks(PART_CHECKS[part.checks](), read.values, read.missing)
            told += [
                Told(ok=found.ok, message=read.place(found.input) + found.message)
                for found in parts
            ]
        written.append(
            WrittenPart(
                part=part, state=read.state, blocks=(heading, *read.blocks), told=tuple(told)
            )
        )
    return AssembledPaper(title=paper.title, parts=tuple(written))


@dataclass(frozen=True, kw_only=True)
class _Read:
    """An answer as read: `missing` is what no check can pass, `unread` says why (Japanese).

    `columns` are the labels of a plan's columns: its checks do not name theirs.
    """

    state: PartState
    values: Mapping[str, Any]
    blocks: list[Lines | Table]
    missing: set[str] = field(default_factory=set)
    unread: tuple[str, ...] = ()
    columns: Mapping[str, str] = field(default_factory=dict)

    def place(self, check: str) -> str:
        """Where on a plan a check (`check:<column>:<id>`) looks; empty for the whole."""
        label = self.columns.get(check.split(":")[1])
        return f"「{label}」: " if label else ""


def _document(spec: Mapping[str, Any], answer: Mapping[str, Any]) -> _Read:
    paper = paper_of(spec)
    found = answer.get("fields")
    given = found if isinstance(found, Mapping) else {}
    read = {one.id: read_field(one, given.get(one.id)) for one in paper.fields}
    is_begun = any(not is_empty(one, given.get(one.id)) for one in paper.fields)
    missing = {
        one.id
        for one in paper.fields
        if read[one.id][1] or (one.required and read[one.id][0] is None)
    }
    return _Read(
        state="empty" if not is_begun else "begun" if missing else "whole",
        values={name: value for name, (value, _) in read.items()},
        blocks=fill(paper, answer)[1:],
        missing=missing,
        unread=tuple(
            f"「{one.label}」: {problem}" for one in paper.fields if (problem := read[one.id][1])
        ),
    )


def _plan(spec: Mapping[str, Any], answer: Mapping[str, Any]) -> _Read:
    columns = [PlanColumn(**column) for column in spec["columns"]]
    entries = read_entries(columns, answer)
    filled = [column for column in columns if entries.texts[column.id]]
    table = Table(
        title=str(spec["title"]),
        heads=("段階", "書いたこと"),
        numeric=(False, False),
        rows=tuple(
            (column.label, "\n".join(f"・{text}" for text in entries.texts[column.id]))
            for column in columns
        ),
    )
    return _Read(
        state="empty" if not filled else "whole" if len(filled) == len(columns) else "begun",
        values=entries.values,
        blocks=[table],
        missing={column.id for column in columns} - {column.id for column in filled},
        columns={column.id: column.label for column in columns},
    )


def _free_text(spec: Mapping[str, Any], answer: Mapping[str, Any]) -> _Read:
    text = answer.get("text")
    words = text.strip() if isinstance(text, str) else ""
    lines = tuple((Span(line),) if line else () for line in words.splitlines())
    return _Read(
        state="whole" if words else "empty",
        values={"text": words},
        blocks=[Lines("paragraph", lines)],
    )


_READ = {"document": _document, "plan": _plan, "free_text": _free_text}


async def exercises_of(context: AppContext, course: Course) -> dict[str, ExerciseOnPage]:
    """The exercises of the lessons of a course's paper by id. Raises LessonError."""
    parts = course.paper.parts if course.paper else ()
    lessons = dict.fromkeys(part.lesson_id for part in parts)
    found: dict[str, ExerciseOnPage] = {}
    for lesson_id in lessons:
        lesson = course.lesson(lesson_id)
        if lesson is not None:
            snapshot = await context.snapshots.of(lesson)
            found |= {exercise.id: exercise for exercise in snapshot.exercises}
    return found


def answers_of(
    session: Session, paper: CoursePaper, run_id: str, person_ids: list[str]
) -> dict[str, dict[str, dict[str, Any]]]:
    """What is saved for a paper's parts: person id → exercise id → answer."""
    query = select(Answer.person_id, Answer.exercise_id, Answer.answer).where(
        Answer.run_id == run_id,
        Answer.person_id.in_(person_ids),
        Answer.exercise_id.in_([part.exercise_id for part in paper.parts]),
    )
    answers: dict[str, dict[str, dict[str, Any]]] = {person_id: {} for person_id in person_ids}
    for person_id, exercise_id, answer in session.execute(query):
        answers[person_id][exercise_id] = answer
    return answers
