"""Courses as folders: `course.toml`, `glossary.toml` and one notebook for each lesson."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from .glossary import Term, load_glossary

CHECKS = ("issue", "logic_model", "plan")
"""The names of `joint_plan_checks.PART_CHECKS`; importing them takes half a second."""


class CourseError(ValueError):
    """Author's mistakes in course files, all of them, a line each."""


@dataclass(frozen=True, kw_only=True)
class Lesson:
    """One meeting of a course: one notebook, one nbgrader assignment."""

    id: str
    course_id: str
    number: int
    title: str
    summary: str
    minutes: int
    points: float
    notebook: Path


@dataclass(frozen=True, kw_only=True)
class Source:
    """Where the course's facts come from, with the date they were read."""

    id: str
    title: str
    date: str


@dataclass(frozen=True, kw_only=True)
class PaperPart:
    """A part of a course's paper: what a participant writes in one exercise.

    `checks` names those of `joint_plan_checks.PART_CHECKS` that go with it.
    """

    lesson_id: str
    exercise_id: str
    heading: str
    checks: str = ""


@dataclass(frozen=True, kw_only=True)
class CoursePaper:
    """One document of one's own that grows over a course's lessons (通しの書類)."""

    title: str
    parts: tuple[PaperPart, ...]


@dataclass(frozen=True, kw_only=True)
class Course:
    """A seminar: its lessons in order, its terms in the order of their file."""

    id: str
    title: str
    audience: str
    summary: str
    lessons: tuple[Lesson, ...]
    sources: tuple[Source, ...]
    glossary: tuple[Term, ...] = ()
    paper: CoursePaper | None = None

    def lesson(self, lesson_id: str) -> Lesson | None:
        """The lesson with this id."""
        return next((lesson for lesson in self.lessons if lesson.id == lesson_id), None)


def load_courses(folder: Path) -> dict[str, Course]:
    """The courses below a folder by id.

    Raises CourseError with every mistake found, each naming its file and entry.
    """
    if not folder.is_dir():
        raise CourseError(f"{folder}: no such folder; name the folder with the courses")
    errors: list[str] = []
    courses = {}
    for path in sorted(folder.glob("*/course.toml")):
        course = _load_course(path, errors)
        if course is not None:
            courses[course.id] = course
    if not courses and not errors:
        errors.append(f"{folder}: no course.toml in any folder below it; add a course")
    if errors:
        raise CourseError("\n".join(errors))
    return courses


def _load_course(path: Path, errors: list[str]) -> Course | None:
    where = f"{path.parent.parent.name}/{path.parent.name}/{path.name}"
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        errors.append(f"{where}: not readable as TOML: {error}")
        return None
    found = len(errors)
    for name in ("id", "title", "audience", "summary"):
        if not isinstance(data.get(name), str) or not data[name]:
            errors.append(f'{where}: {name} is missing; add {name} = "…"')
    lessons = [
        lesson
        for number, entry in enumerate(data.get("lessons", []), start=1)
        if (lesson := _lesson(path, where, data, number, entry, errors)) is not None
    ]
    ids = [lesson.id for lesson in lessons]
    errors.extend(f"{where}: lesson id {i} is used twice" for i in set(ids) if ids.count(i) > 1)
    if not data.get("lessons"):
        errors.append(f"{where}: no [[lessons]]; add one for each notebook")
    glossary = load_glossary(
        path.with_name("glossary.toml"),
        where.replace(path.name, "glossary.toml"),
        _named_lessons(data),
        errors,
    )
    paper = _paper(where, data, errors)
    if len(errors) > found:
        return None
    return Course(
        id=data["id"],
        title=data["title"],
        audience=data["audience"],
        summary=data["summary"],
        lessons=tuple(lessons),
        sources=tuple(
            Source(id=str(s.get("id")), title=str(s.get("title")), date=str(s.get("date")))
            for s in data.get("sources", [])
        ),
        glossary=glossary,
        paper=paper,
    )


def _paper(where: str, data: Any, errors: list[str]) -> CoursePaper | None:
    """The course's paper, None when it has none; author's mistakes go to `errors`."""
    paper = data.get("paper")
    if paper is None:
        return None
    if not isinstance(paper, dict) or not isinstance(paper.get("title"), str):
        errors.append(f'{where}: paper: title is missing; add title = "…" below [paper]')
        return None
    parts = []
    for number, entry in enumerate(paper.get("parts", []), start=1):
        at = f"{where}: paper part {number}"
        missing = [
            n for n in ("lesson", "exercise", "heading") if not isinstance(entry.get(n), str)
        ]
        if missing:
            errors.append(f"{at}: {', '.join(missing)} missing or of a wrong kind")
            continue
        if entry["lesson"] not in _named_lessons(data):
            errors.append(f"{at}: there is no lesson {entry['lesson']}; use an id of [[lessons]]")
        checks = entry.get("checks", "")
        if checks and checks not in CHECKS:
            errors.append(f"{at}: there are no checks {checks!r}; use {', '.join(CHECKS)}")
        parts.append(
            PaperPart(
                lesson_id=entry["lesson"],
                exercise_id=entry["exercise"],
                heading=entry["heading"],
                checks=str(checks),
            )
        )
    if not parts:
        errors.append(f"{where}: paper: no [[paper.parts]]; add one for each exercise of the paper")
    return CoursePaper(title=paper["title"], parts=tuple(parts))


def _named_lessons(data: Any) -> set[str]:
    """The lesson ids in the file, whatever else is wrong with those lessons."""
    return {str(entry["id"]) for entry in data.get("lessons", []) if "id" in entry}


def _lesson(
    path: Path, where: str, data: Any, number: int, entry: Any, errors: list[str]
) -> Lesson | None:
    missing = [
        name
        for name, kind in (
            ("id", str),
            ("number", int),
            ("title", str),
            ("summary", str),
            ("notebook", str),
            ("minutes", int),
            ("points", int),
        )
        if not isinstance(entry.get(name), kind)
    ]
    if missing:
        errors.append(f"{where}: lesson {number}: {', '.join(missing)} missing or of a wrong kind")
        return None
    notebook = path.parent / entry["notebook"]
    if not notebook.is_file():
        errors.append(
            f"{where}: lesson {entry['number']} names {entry['notebook']}, which does not exist; "
            "create it or correct the name"
        )
        return None
    return Lesson(
        id=entry["id"],
        course_id=str(data.get("id", "")),
        number=entry["number"],
        title=entry["title"],
        summary=entry["summary"],
        minutes=entry["minutes"],
        points=float(entry["points"]),
        notebook=notebook,
    )
