"""What holds for every lesson of every course: its text, its figures, its exercises."""

import re
from pathlib import Path
from xml.etree import ElementTree

import nbformat
import pytest

from manabiba_server.courses import load_courses

COURSES = Path(__file__).parents[2] / "courses"
LESSONS = sorted(COURSES.glob("*/*.ipynb"))
PREFIXES = {
    "accounting": "a",
    "npo-intro": "n",
    "labor": "l",
    "skill-up": "s",
    "trial": "t",
    "collab": "p",
}
SVG = re.compile(r"<svg ([^>]*)>(.*?)</svg>", re.DOTALL)


@pytest.fixture(scope="module", params=LESSONS, ids=lambda path: f"{path.parent.name}-{path.stem}")
def notebook(request: pytest.FixtureRequest) -> Path:
    return request.param


@pytest.fixture(scope="module")
def entry(notebook):
    """The lesson as the course lists it."""
    course = load_courses(COURSES)[notebook.parent.name]
    [found] = [listed for listed in course.lessons if listed.notebook == notebook]
    return found


@pytest.mark.parametrize("course", PREFIXES)
def test_a_course_lists_its_notebooks_in_their_order(course: str) -> None:
    listed = [lesson.notebook for lesson in load_courses(COURSES)[course].lessons]
    assert listed == sorted((COURSES / course).glob("*.ipynb"))


def test_the_exercises_are_numbered_in_their_order_and_sum_to_the_lessons_points(
    lesson, entry, code_cells
) -> None:
    numbers = [found.spec["title"].split()[0] for found in lesson.values()]
    assert numbers == [f"問{number}" for number in range(1, len(lesson) + 1)]
    assert sum(cell.metadata.nbgrader.get("points", 0) for cell in code_cells) == entry.points
    prefix = PREFIXES[entry.course_id]
    assert all(re.match(rf"{prefix}{entry.number}-", name) for name in lesson)


def test_every_exercise_has_two_or_three_hints(lesson) -> None:
    hints = {name: len(found.spec["hints"]) for name, found in lesson.items()}
    assert {name: count for name, count in hints.items() if count not in {2, 3}} == {}


def test_only_what_is_called_a_test_is_not_judged_at_once(lesson) -> None:
    for found in lesson.values():
        is_late = found.solution() is None or "(確認テスト)" in found.spec["title"]
        assert (found.spec["check"] == "form") == is_late


def test_an_empty_answer_is_incomplete_and_earns_nothing(lesson) -> None:
    for name, exercise in lesson.items():
        for with_key in (True, False):
            judgement = exercise.judge({}, with_key=with_key)
            assert (judgement.status, judgement.score) == ("incomplete", 0.0), name
            assert judgement.message, name


def test_the_last_exercise_is_a_free_text_with_a_length_and_a_rubric_of_four_points(lesson) -> None:
    name, reflection = list(lesson.items())[-1]
    assert name.endswith("-reflection") and reflection.kind == "free_text"
    assert "自分の団体" in reflection.spec["title"]
    assert sum(criterion["points"] for criterion in reflection.spec["rubric"]) == 4
    short = reflection.judge({"text": "3月に保険料を払いました。"}, with_key=False)
    assert (short.status, short.score) == ("incomplete", 0.0)
    assert "書き足して" in short.message
    assert reflection.judge({"text": "保険" * 40}, with_key=False).status == "formal"


def test_the_text_has_one_title_and_sections_whose_minutes_make_the_evening(text, entry) -> None:
    assert len(re.findall(r"^# ", text, re.MULTILINE)) == 1
    sections = re.findall(r"^## (.+)$", text, re.MULTILINE)
    timed = [re.search(r"\(目安 (\d+)分\)$", section) for section in sections[:-2]]
    assert sum(int(found[1]) for found in timed) == entry.minutes == 90
    assert sections[-2] == "用語集"
    assert sections[-1].endswith("と、この回の資料")


def test_the_text_has_no_styles_no_exercise_ids_and_nothing_from_outside(text, entry) -> None:
    assert not re.search(r"style\s*=|<style|<script|https?://|!\[", text)
    assert not re.search(rf"\b{PREFIXES[entry.course_id]}{entry.number}-", text)


def test_every_figure_says_what_it_shows_and_its_text_is_large_on_a_phone(text) -> None:
    found = SVG.findall(text)
    captions = [int(one) for one in re.findall(r"<figcaption>図(\d) ", text)]
    assert captions == list(range(1, len(found) + 1))
    assert len(found) >= 2
    for attributes, inside in found:
        ElementTree.fromstring(f"<svg>{inside}</svg>")
        labels = re.search(r'aria-labelledby="(\S+) (\S+)"', attributes)
        assert 'role="img"' in attributes and 'width="100%"' in attributes
        assert re.search(rf'<title id="{labels[1]}">[^<]+</title>', inside)
        assert re.search(rf'<desc id="{labels[2]}">[^<]{{20,}}</desc>', inside)
        width = float(re.search(r'viewBox="0 0 (\d+) \d+"', attributes)[1])
        sizes = [float(size) for size in re.findall(r'font-size="(\d+)"', attributes + inside)]
        assert min(sizes) * (390 - 2 * 16) / width >= 12


def test_the_glossary_and_the_table_of_terms_are_the_same(text, entry, table_of) -> None:
    terms = load_courses(COURSES)[entry.course_id].glossary
    mine = [[term.term, term.reading, term.meaning] for term in terms if term.lesson_id == entry.id]
    assert table_of(text, "用語") == mine
    assert len(mine) > 20


def test_the_lesson_ends_in_the_same_order_as_the_others(notebook) -> None:
    cells = nbformat.read(notebook, as_version=4).cells
    source = "\n\n".join(cell.source for cell in cells)
    parts = (
        r"^## まとめとふりかえり\(",
        r'^<div class="one-page">\n\n### 今日の1枚 .+\(印刷して、手もとに\)$',
        r"チェックリスト.*\*\*\n\n- □ ",
        r"^最後に、ご自分の団体のことを考えてみましょう。$",
        r"^reflection = FreeText\(",
        r"^### もう一度練習したい方へ$",
        r"^## 用語集$",
    )
    at = [re.search(part, source, re.MULTILINE) for part in parts]
    assert None not in at
    starts = [found.start() for found in at]
    assert starts == sorted(starts)
