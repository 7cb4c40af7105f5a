"""The paper of the trial seminar: all of its parts, from the real lessons, in one document."""

from __future__ import annotations

import io
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import docx
import nbformat
import pytest

from manabiba_server.course_paper import AssembledPaper, assemble_paper
from manabiba_server.courses import Course, load_courses
from manabiba_server.demo import demo_plans
from manabiba_server.snapshot import ExerciseOnPage
from manabiba_server.word_file import word_file
from manabiba_widgets import Exercise

NOW = datetime(2026, 11, 25, tzinfo=UTC)
COURSES = load_courses(Path(__file__).parents[2] / "courses")
TYPED = {"number": "{n}", "date": "2027年4月1日", "line": "言葉{n}", "text": "文章{n}"}


@pytest.fixture(scope="module")
def exercises(tmp_path_factory: pytest.TempPathFactory) -> dict[str, ExerciseOnPage]:
    """The public exercises of all lessons of the course."""
    found: dict[str, ExerciseOnPage] = {}
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(tmp_path_factory.mktemp("lessons"))
        for lesson in COURSES["trial"].lessons:
            names: dict[str, Any] = {}
            for cell in nbformat.read(lesson.notebook, as_version=4).cells:
                if cell.cell_type == "code":
                    exec(compile(cell.source, lesson.notebook.name, "exec"), names)
            for one in names.values():
                if isinstance(one, Exercise):
                    found[one.exercise_id] = ExerciseOnPage(
                        id=one.exercise_id, kind=one.kind, spec=dict(one.spec)
                    )
    return found


def filled(exercise: ExerciseOnPage) -> tuple[dict[str, Any], set[str]]:
    """An answer with something of its own in every place, and what has to be found again."""
    words: set[str] = set()

    def typed(kind: str) -> str:
        text = TYPED[kind].format(n=f"{len(words) + 101}")
        words.add(text)
        return text

    if exercise.kind == "plan":
        entries = {
            column["id"]: [{"id": f"e{n}", "text": typed("line")}]
            for n, column in enumerate(exercise.spec["columns"])
        }
        return {"entries": entries, "arrows": []}, words
    fields: dict[str, Any] = {}
    for field in exercise.spec["fields"]:
        if field["kind"] == "choice":
            fields[field["id"]] = field["options"][0]
            words.add(field["options"][0])
        elif field["kind"] == "rows":
            fields[field["id"]] = [
                {column["id"]: typed(column["kind"]) for column in field["columns"]}
            ]
        else:
            fields[field["id"]] = typed(field["kind"])
    return {"fields": fields}, words


def words_of(paper: AssembledPaper) -> str:
    """All that a reader of Word files finds in it."""
    data = word_file(paper.blocks(name="関", now=NOW), title=paper.title, now=NOW)
    document = docx.Document(io.BytesIO(data))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(p.text for p in document.paragraphs), *cells])


@pytest.mark.parametrize("course", [c for c in COURSES.values() if c.paper], ids=lambda c: c.id)
def test_a_part_comes_from_every_lesson(course: Course) -> None:
    assert course.paper is not None
    assert {part.lesson_id for part in course.paper.parts} == {one.id for one in course.lessons}


def test_every_word_of_every_part_is_in_the_document(exercises) -> None:
    paper = COURSES["trial"].paper
    answers, expected = {}, set()
    for part in paper.parts:
        answers[part.exercise_id], words = filled(exercises[part.exercise_id])
        expected |= words
    assembled = assemble_paper(paper, exercises, answers)
    assert [part.state for part in assembled.parts] == ["whole"] * len(paper.parts)
    text = words_of(assembled)
    for number, part in enumerate(paper.parts, 1):
        assert f"{number} {part.heading}" in text
    assert {word for word in expected if word not in text} == set()


def test_what_is_filled_in_for_show_fits_the_lessons_and_passes_their_checks(exercises) -> None:
    paper = COURSES["trial"].paper
    for plan in demo_plans():
        assembled = assemble_paper(paper, exercises, plan["answers"])
        shown = words_of(assembled)
        assert assembled.is_begun
        for exercise_id, answer in plan["answers"].items():
            known = {field["id"] for field in exercises[exercise_id].spec["fields"]}
            assert set(answer["fields"]) <= known
            assert all(text in shown for text in answer["fields"].values() if isinstance(text, str))
