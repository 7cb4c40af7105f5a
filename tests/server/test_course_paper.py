"""A course's paper: assembled from the parts, checked, shown, as a Word file, for whom."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import docx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import event

from manabiba_server.answers import save_answer
from manabiba_server.course_paper import assemble_paper
from manabiba_server.courses import CHECKS, CourseError, CoursePaper, PaperPart, load_courses
from manabiba_server.pages import papers
from manabiba_server.people import create_person
from manabiba_server.runs import enrol
from manabiba_server.snapshot import ExerciseOnPage, LessonError, Snapshot
from manabiba_server.word_file import word_file
from manabiba_widgets import LOGIC_MODEL, DocumentColumn, DocumentField, Heading, Paragraph, Rows
from manabiba_widgets.document_paper import Paper, public_paper
from manabiba_widgets.joint_plan_checks import PART_CHECKS

SHEET = Paper(
    title="課題シート",
    fields=(
        DocumentField("issue", "困っていること", kind="text"),
        DocumentField(
            "evidence",
            "根拠",
            kind="rows",
            columns=(
                DocumentColumn("what", "こと"),
                DocumentColumn("figure", "数字"),
                DocumentColumn("source", "出どころ"),
            ),
        ),
    ),
    blocks=(Heading("困っていること"), Paragraph("{issue}"), Rows("evidence")),
)
EXERCISES = {
    exercise.id: exercise
    for exercise in (
        ExerciseOnPage(id="e-sheet", kind="document", spec=public_paper(SHEET)),
        ExerciseOnPage(
            id="e-model",
            kind="plan",
            spec={"title": "ロジックモデル", "columns": [vars(column) for column in LOGIC_MODEL]},
        ),
        ExerciseOnPage(id="e-words", kind="free_text", spec={}),
        ExerciseOnPage(id="e-number", kind="number", spec={}),
    )
}
PAPER = CoursePaper(
    title="事業プラン",
    parts=(
        PaperPart(lesson_id="c-1", exercise_id="e-sheet", heading="課題", checks="issue"),
        PaperPart(lesson_id="c-1", exercise_id="e-model", heading="しくみ", checks="logic_model"),
        PaperPart(lesson_id="c-1", exercise_id="e-words", heading="ことば"),
    ),
)
ANSWERS: dict[str, dict[str, Any]] = {
    "e-sheet": {
        "fields": {
            "issue": "相談できる人がいない高校生がいます。",
            "evidence": [{"what": "相談相手がいない", "figure": "36/240", "source": "区の調査"}],
        }
    },
    "e-model": {
        "entries": {
            "inputs": [{"id": "a", "text": "職員2人"}],
            "activities": [{"id": "b", "text": "カフェを開く"}],
            "outputs": [{"id": "c", "text": "開催24回"}],
            "short": [{"id": "d", "text": "相談できる人がいる高校生が増える"}],
            "medium": [{"id": "e", "text": "学校を続ける人が増える"}],
        },
        "arrows": [["a", "b"], ["b", "c"], ["c", "d"], ["d", "e"]],
    },
    "e-words": {"text": "よろしくお願いします。\n\n関より"},
}


def test_every_part_is_in_the_word_file_under_its_heading(world) -> None:
    paper = assemble_paper(PAPER, EXERCISES, ANSWERS)
    blocks = paper.blocks(name="受講 太郎", now=world.now)
    document = docx.Document(io.BytesIO(word_file(blocks, title=paper.title, now=world.now)))
    assert [(p.style.name, p.text) for p in document.paragraphs if p.text] == [
        ("Title", "事業プラン"),
        ("Normal", "2026年11月24日(火)までに書いた内容です。"),
        ("Normal", "受講 太郎"),
        ("Heading 1", "1 課題"),
        ("Heading 2", "困っていること"),
        ("Normal", "相談できる人がいない高校生がいます。"),
        ("Heading 1", "2 しくみ"),
        ("Heading 1", "3 ことば"),
        ("Normal", "よろしくお願いします。"),
        ("Normal", "関より"),
    ]
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    assert {"36/240", "区の調査", "・カフェを開く", "・学校を続ける人が増える"} <= {*cells}


def test_checks_tell_of_the_parts_that_are_begun() -> None:
    paper = assemble_paper(PAPER, EXERCISES, ANSWERS)
    assert [part.state for part in paper.parts] == ["whole", "whole", "whole"]
    assert (paper.passed, paper.checks) == (6, 6)

    rows = [{"what": "さみしそう", "figure": "多い", "source": ""}]
    thin = {
        "e-sheet": {"fields": {"evidence": rows}},
        "e-model": {"entries": {"short": [{"id": "d", "text": "参加者のべ480人"}]}},
    }
    paper = assemble_paper(PAPER, EXERCISES, thin)
    assert [part.state for part in paper.parts] == ["begun", "begun", "empty"]
    assert [told.message for part in paper.parts for told in part.told if not told.ok] == [
        "根拠に、数字を1つ以上書いてみましょう。割合でも、聞いた人数でもかまいません。"
        "これから数えるところなら、数えたあとで大丈夫です。",
        "どの根拠にも、出どころ(調査の名前と年、聞いた日など)を書きましょう。",
        "「産出」: 回数・人数・部数など、数を入れてみましょう。",
        "「短期成果」: 回数や人数は産出です。誰がどう変わったかが成果です。",
        "「中期成果」: 回数や人数は産出です。誰がどう変わったかが成果です。",
        "矢印でつながっていないものがあります。「つながる…」で選びましょう。",
    ]


def test_what_cannot_be_read_is_told_and_passes_no_check() -> None:
    sheet = Paper(
        title="プラン",
        fields=(
            DocumentField("grant", "助成額(円)", kind="number", required=False),
            DocumentField("wage", "時給(円)", kind="number", required=False),
        ),
        blocks=(Paragraph("{grant}{wage}"),),
    )
    exercises = {"e-plan": ExerciseOnPage(id="e-plan", kind="document", spec=public_paper(sheet))}
    part = PaperPart(lesson_id="c-1", exercise_id="e-plan", heading="プラン", checks="plan")
    answers = {"e-plan": {"fields": {"grant": "30万円くらい", "wage": "約1,300円"}}}
    [plan] = assemble_paper(replace(PAPER, parts=(part,)), exercises, answers).parts
    assert plan.state == "begun"
    assert [told.message.partition("。")[0] for told in plan.told[:2]] == [
        "「助成額(円)」: 「5万」ではなく「50,000」のように、数字だけで書いてください",
        "「時給(円)」: 数字として読めませんでした",
    ]
    assert not any(
        told.ok for told in plan.told if "助成" in told.message or "時給" in told.message
    )


def test_nothing_written_is_a_form_without_checks(world) -> None:
    paper = assemble_paper(PAPER, EXERCISES, {})
    assert not paper.is_begun and paper.checks == 0
    word_file(paper.blocks(name="", now=world.now), title=paper.title, now=world.now)


def test_a_part_that_is_no_text_or_not_there_is_left_out(caplog) -> None:
    parts = (
        PaperPart(lesson_id="c-1", exercise_id="e-number", heading="数"),
        PaperPart(lesson_id="c-1", exercise_id="e-gone", heading="なし"),
        PAPER.parts[2],
    )
    paper = assemble_paper(replace(PAPER, parts=parts), EXERCISES, ANSWERS)
    assert [part.part.heading for part in paper.parts] == ["ことば"]
    assert paper.state(parts[1]) == "empty"
    assert "e-gone" in caplog.text


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner),
    max_leaves=6,
)


@given(
    answers=st.dictionaries(
        st.sampled_from(list(EXERCISES)),
        st.dictionaries(
            st.sampled_from(["fields", "entries", "arrows", "text"]),
            st.dictionaries(st.sampled_from(["issue", "evidence", "short", "outputs"]), json_values)
            | json_values,
        ),
    )
)
def test_no_answer_stops_the_paper(answers: dict[str, Any]) -> None:
    paper = assemble_paper(PAPER, EXERCISES, answers)
    assert len(paper.parts) == 3
    assert 0 <= paper.passed <= paper.checks


# Pages


class Broken:
    async def of(self, lesson: Any) -> Snapshot:
        raise LessonError(f"{lesson.id} does not run")


class Snapshots:
    async def of(self, lesson: Any) -> Snapshot:
        return Snapshot(
            lesson_id=lesson.id,
            version="v",
            html="",
            sections=(),
            exercises=tuple(EXERCISES.values()),
            other_widgets=False,
            solutions={},
        )


def routes(context: Any) -> list[Any]:
    given = {"context": context}
    return [
        (r"/runs/([a-z0-9-]+)/paper", papers.PaperPage, given),
        (r"/runs/([a-z0-9-]+)/paper\.docx", papers.PaperFile, given),
        (r"/room/([a-z0-9-]+)/papers", papers.PapersList, given),
        (r"/room/([a-z0-9-]+)/papers/(p-[a-z0-9]+)", papers.SeenPaper, given),
        (r"/room/([a-z0-9-]+)/papers/(p-[a-z0-9]+)\.docx", papers.SeenPaperFile, given),
    ]


@pytest.fixture
def visit(world, site) -> Callable[..., Any]:
    course = replace(world.course, paper=PAPER)
    return site(routes, Snapshots(), {"c": course})


def save(world, exercise_id: str) -> None:
    with world.database.session() as session:
        save_answer(
            session,
            run_id=world.run,
            person_id=world.learner,
            lesson_id=world.lesson,
            exercise_id=exercise_id,
            answer=ANSWERS[exercise_id],
            hints_opened=0,
            base_revision=0,
            now=world.now,
        )


def test_ones_own_paper_says_what_is_open_and_leads_there(world, visit) -> None:
    empty = visit("/runs/r-1/paper", world.learner)
    assert "まだ何も書かれていません。" in empty.words and "確かめたこと" not in empty.words
    assert "/runs/r-1/1#mb-e-sheet-title" in empty.links()
    save(world, "e-sheet")
    begun = visit("/runs/r-1/paper", world.learner)
    assert "確かめたこと(2のうち2)" in begun.words
    assert "相談できる人がいない高校生がいます。" in begun.words
    file = visit("/runs/r-1/paper.docx", world.learner)
    assert file.headers["Content-Disposition"].startswith("attachment")
    text = "\n".join(p.text for p in docx.Document(io.BytesIO(file.body)).paragraphs)
    assert "相談できる人がいない高校生がいます。" in text


def test_instructors_see_how_far_everybody_is(world, visit) -> None:
    save(world, "e-sheet")
    shown = visit("/room/r-1/papers", world.teacher)
    [row] = shown.page.xpath("//tbody/tr")
    assert [cell.text_content() for cell in row] == [
        "受講 太郎",
        "書きました",
        "まだ",
        "まだ",
        "2/2",
        "見る",
    ]
    address = f"/room/r-1/papers/{world.learner}"
    assert address in shown.links()
    assert "受講 太郎さんの事業プラン" in visit(address, world.teacher).words
    assert visit(f"{address}.docx", world.teacher).status == 200


def test_a_paper_is_its_owners_and_the_instructors(world, visit) -> None:
    save(world, "e-sheet")
    with world.database.session() as session:
        other, _ = create_person(session, name="別の 人", now=world.now)
        outside, _ = create_person(session, name="外の 人", now=world.now)
        enrol(session, world.run, other.id, role="participant", now=world.now)
    for path in ("/runs/r-1/paper", "/runs/r-1/paper.docx"):
        assert visit(path).status == 401
        assert visit(path, outside.id).status == 403
        assert "高校生".encode() not in visit(path, other.id).body
    for path in ("", f"/{world.learner}", f"/{world.learner}.docx"):
        assert visit(f"/room/r-1/papers{path}").status == 401
        for person in (other.id, outside.id, world.learner):
            assert visit(f"/room/r-1/papers{path}", person).status == 403
    assert visit(f"/room/r-1/papers/{world.teacher}", world.teacher).status == 404
    assert visit("/runs/r-9/paper", world.learner).status == 404


def test_a_lesson_that_does_not_run_is_told_on_every_page_and_logged(world, site, caplog) -> None:
    visit = site(routes, Broken(), {"c": replace(world.course, paper=PAPER)})
    for path, person in [
        ("/runs/r-1/paper", world.learner),
        ("/runs/r-1/paper.docx", world.learner),
        ("/room/r-1/papers", world.teacher),
        (f"/room/r-1/papers/{world.learner}", world.teacher),
    ]:
        reply = visit(path, person)
        assert reply.status == 503 and "うまくいきませんでした" in reply.words
    assert caplog.text.count("does not run") == 4
    assert "Traceback" not in caplog.text


def test_a_list_of_all_papers_asks_the_database_once(world, visit) -> None:
    def asked() -> int:
        statements: list[str] = []

        def count(*given: Any) -> None:
            statements.append(given[2])

        event.listen(world.database.engine, "before_cursor_execute", count)
        assert visit("/room/r-1/papers", world.teacher).status == 200
        event.remove(world.database.engine, "before_cursor_execute", count)
        return len(statements)

    few = asked()
    with world.database.session() as session:
        for number in range(40):
            person, _ = create_person(session, name=f"受講 {number}", now=world.now)
            enrol(session, world.run, person.id, role="participant", now=world.now)
    assert asked() == few


def test_a_course_without_a_paper_has_no_such_pages(world, site) -> None:
    visit = site(routes, Snapshots(), {"c": world.course})
    assert visit("/runs/r-1/paper", world.learner).status == 404
    assert visit("/room/r-1/papers", world.teacher).status == 404


# The course file


def test_a_course_file_knows_the_names_of_all_checks() -> None:
    assert tuple(PART_CHECKS) == CHECKS


COURSE = """id = "c"
title = "講座"
audience = "皆さん"
summary = "要約"
[[lessons]]
id = "c-1"
number = 1
title = "一回"
summary = "はじめ"
notebook = "01.ipynb"
minutes = 90
points = 3
"""


def test_a_course_file_names_its_parts_and_all_mistakes_in_them(tmp_path) -> None:
    folder = tmp_path / "c"
    folder.mkdir()
    (folder / "01.ipynb").touch()
    good = """[paper]
title = "事業プラン"
[[paper.parts]]
lesson = "c-1"
exercise = "e-sheet"
heading = "課題"
checks = "issue"
"""
    (folder / "course.toml").write_text(COURSE + good, encoding="utf-8")
    assert load_courses(tmp_path)["c"].paper == replace(PAPER, parts=PAPER.parts[:1])

    bad = good.replace("c-1", "c-2").replace('"issue"', '"none"') + "[[paper.parts]]\nlesson = 1\n"
    (folder / "course.toml").write_text(COURSE + bad, encoding="utf-8")
    with pytest.raises(CourseError) as told:
        load_courses(tmp_path)
    assert [line.partition("/")[2] for line in str(told.value).splitlines()] == [
        "c/course.toml: paper part 1: there is no lesson c-2; use an id of [[lessons]]",
        "c/course.toml: paper part 1: there are no checks 'none'; use issue, logic_model, plan",
        "c/course.toml: paper part 2: lesson, exercise, heading missing or of a wrong kind",
    ]
    for paper in ("[paper]\n", '[paper]\ntitle = "事業プラン"\n'):
        (folder / "course.toml").write_text(COURSE + paper, encoding="utf-8")
        with pytest.raises(CourseError, match=r"c/course\.toml: paper: "):
            load_courses(tmp_path)
