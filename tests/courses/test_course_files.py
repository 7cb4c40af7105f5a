"""The files of the courses: they load, agree with each other, and run."""

import re
from datetime import date
from pathlib import Path

import jupytext
import nbformat
import pytest
from markdown_it import MarkdownIt
from nbclient import NotebookClient

from manabiba_grading.check import check_notebook, check_pair
from manabiba_server.courses import load_courses

COURSES = Path(__file__).parents[2] / "courses"
NOTEBOOKS = sorted(COURSES.glob("*/*.ipynb"))


def test_the_accounting_course_loads_with_what_its_pages_show() -> None:
    course = load_courses(COURSES)["accounting"]
    assert course.title == "よこはまNPO会計セミナー"
    assert course.audience
    lesson = course.lessons[0]
    assert (lesson.id, lesson.number, lesson.minutes, lesson.points) == ("accounting-1", 1, 90, 40)
    assert lesson.notebook == COURSES / "accounting" / "01-overview.ipynb"


def test_sources_have_a_title_and_a_date_and_no_id_twice() -> None:
    for course in load_courses(COURSES).values():
        ids = [source.id for source in course.sources]
        assert ids and len(set(ids)) == len(ids)
        for source in course.sources:
            assert source.title
            assert date.fromisoformat(source.date) <= date(2026, 11, 25)


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_is_well_formed_and_says_what_its_twin_says(path: Path) -> None:
    assert [*check_notebook(path), *check_pair(path)] == []
    notebook = nbformat.read(path, as_version=4)
    twin = path.with_suffix(".md").read_text(encoding="utf-8")
    assert jupytext.writes(notebook, fmt="md:myst") == twin
    code = [cell for cell in notebook.cells if cell.cell_type == "code"]
    assert code[0].metadata.nbgrader.grade_id == "setup"
    assert all(cell.execution_count is None and not cell.outputs for cell in code)
    assert len({cell.id for cell in notebook.cells}) == len(notebook.cells)


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_released_notebook_runs_from_end_to_end(path: Path, tmp_path: Path) -> None:
    """Without its keys, as participants have it; with them nbval runs it."""
    notebook = nbformat.read(path, as_version=4)
    hidden = re.compile(r"### BEGIN HIDDEN TESTS.*?### END HIDDEN TESTS\n", re.DOTALL)
    for cell in notebook.cells:
        cell.source = hidden.sub("", cell.source)
    resources = {"metadata": {"path": str(tmp_path)}}
    NotebookClient(notebook, timeout=60, kernel_name="python3", resources=resources).execute()
    graded = [c for c in notebook.cells if c.metadata.get("nbgrader", {}).get("grade")]
    by_machine = [cell for cell in graded if not cell.metadata.nbgrader.solution]
    assert by_machine
    for cell in by_machine:
        assert [output.data["text/plain"] for output in cell.outputs] == ["0.0"]


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_no_emphasis_is_left_as_asterisks(path: Path) -> None:
    markdown = MarkdownIt("commonmark").enable("table")
    for cell in nbformat.read(path, as_version=4).cells:
        if cell.cell_type == "markdown":
            assert "**" not in markdown.render(cell.source)


def test_a_term_stands_once_in_the_glossary_with_its_reading_and_its_lesson() -> None:
    course = load_courses(COURSES)["accounting"]
    assert all(re.fullmatch(r"[ぁ-ん・]+", term.reading) for term in course.glossary)
    terms = [term.term for term in course.glossary]
    assert len(set(terms)) == len(terms)
    taught = {term.lesson_id for term in course.glossary}
    assert taught == {lesson.id for lesson in course.lessons}
