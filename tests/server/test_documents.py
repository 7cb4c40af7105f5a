"""Documents as Word files and as pages to print: what is in them, and who gets to see them."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any
from urllib.parse import unquote

import docx
import pytest
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from manabiba_server.answers import save_answer
from manabiba_server.document_pages import handlers
from manabiba_server.people import create_person
from manabiba_server.runs import enrol
from manabiba_server.snapshot import ExerciseOnPage, Snapshot
from manabiba_server.word_file import FONT, word_file
from manabiba_widgets import DocumentColumn, DocumentField, Heading, Paragraph, Rows, Signature
from manabiba_widgets.document_paper import Paper, fill, public_paper

PAPER = Paper(
    title="設立趣旨書/案",
    fields=(
        DocumentField("name", "名称"),
        DocumentField("aim", "趣旨", kind="text"),
        DocumentField("start", "日", kind="date"),
        DocumentField("people", "人数", kind="number"),
        DocumentField("place", "場所", kind="choice", options=("会館", "学校")),
        DocumentField(
            "costs",
            "支出",
            kind="rows",
            columns=(DocumentColumn("item", "使いみち"), DocumentColumn("yen", "金額", "number")),
        ),
    ),
    blocks=(
        Heading("第1条 {name}の趣旨"),
        Paragraph("{aim}"),
        Paragraph("{start}から{place}で{people}人。"),
        Rows("costs", total="yen"),
        Signature("横浜市\n代表 {name}"),
    ),
)
ANSWER: dict[str, Any] = {
    "fields": {
        "name": "みなとの会",
        "aim": "こどもの居場所をつくります。\n\n第2条もあります。",
        "start": "R9.4.1",
        "people": "１２００",
        "place": "学校",
        "costs": [{"item": "家賃", "yen": "30,000"}, {"item": "もどり", "yen": "▲500"}],
    }
}
NASTY = (
    "<script>alert(1)</script>&amp;]]>\x00\x08\x0b\x1b\ufffe\uffff\ud800\u202e\u2066逆\u200f"
    "😀</w:t>{{ 7 * 7 }}" + "長い文章です。" * 1430
)


def opened(data: bytes) -> Any:
    """The file as python-docx reads it, after every part was found to be XML."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert archive.testzip() is None
        for name in archive.namelist():
            if name.endswith((".xml", ".rels")):
                etree.fromstring(archive.read(name))
    return docx.Document(io.BytesIO(data))


def word(answer: dict[str, Any], now: Any) -> Any:
    return opened(word_file(fill(PAPER, answer), title=PAPER.title, now=now))


def test_everything_entered_is_in_the_word_file(world) -> None:
    document = word(ANSWER, world.now)
    assert [(p.style.name, p.text) for p in document.paragraphs] == [
        ("Title", "設立趣旨書/案"),
        ("Heading 1", "第1条 みなとの会の趣旨"),
        ("Normal", "こどもの居場所をつくります。"),
        ("Normal", ""),
        ("Normal", "第2条もあります。"),
        ("Normal", "2027年4月1日から学校で1,200人。"),
        ("Normal", ""),  # below the table
        ("Normal", "横浜市"),
        ("Normal", "代表 みなとの会"),
    ]
    [table] = document.tables
    assert [[cell.text for cell in row.cells] for row in table.rows] == [
        ["使いみち", "金額"],
        ["家賃", "30,000"],
        ["もどり", "▲500"],
        ["合計", "29,500"],
    ]
    assert table.style.name == "Table Grid"  # the one with borders
    assert table.rows[1].cells[1].paragraphs[0].alignment == WD_ALIGN_PARAGRAPH.RIGHT
    assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None


def test_it_is_a_japanese_a4_paper_with_page_numbers(world) -> None:
    document = word(ANSWER, world.now)
    section = document.sections[0]
    assert (round(section.page_width.mm), round(section.page_height.mm)) == (210, 297)
    footer = section.footer.paragraphs[0]._p
    assert [f.get(qn("w:instr")) for f in footer.iter(qn("w:fldSimple"))] == ["PAGE", "NUMPAGES"]
    for style in ("Normal", "Title", "Heading 1"):
        fonts = document.styles[style].element.rPr.rFonts
        assert fonts.get(qn("w:eastAsia")) == FONT == "游明朝"
        assert not any("Theme" in name for name in fonts.attrib)
    table = document.part.part_related_by(docx.opc.constants.RELATIONSHIP_TYPE.FONT_TABLE)
    assert "ＭＳ 明朝" in table.blob.decode()
    about = document.core_properties
    assert (about.title, about.author, about.comments) == ("設立趣旨書/案", "", "")
    assert about.language == "ja-JP"
    names = [part.partname for part in document.part.package.iter_parts()]
    assert not any("thumbnail" in name for name in names)


def test_an_empty_answer_is_a_form_to_fill_in_by_hand(world) -> None:
    document = word({}, world.now)
    text = "\n".join(p.text for p in document.paragraphs)
    assert "第1条 ＿＿＿＿＿＿＿＿＿＿＿＿の趣旨" in text
    assert "＿＿＿＿年＿＿月＿＿日から" in text
    rows = [[cell.text for cell in row.cells] for row in document.tables[0].rows]
    assert rows == [["使いみち", "金額"], *[["", ""]] * 3, ["合計", "＿" * 6]]


def test_nothing_that_is_typed_breaks_the_file(world) -> None:
    fields = dict.fromkeys(("name", "aim", "start", "people"), NASTY)
    costs = [{"item": NASTY, "yen": NASTY}] * 60
    document = word({"fields": {**fields, "costs": costs}}, world.now)
    shown = "<script>alert(1)</script>&amp;]]>"
    assert document.paragraphs[1].text.startswith(f"第1条 {shown}")
    assert "逆\u200f😀</w:t>{{ 7 * 7 }}長い文章です。" in document.paragraphs[1].text
    assert document.tables[0].rows[1].cells[0].text.startswith(shown)
    assert len(document.tables[0].rows) == 1 + 50 + 1


@given(typed=st.text(alphabet=st.characters(), max_size=60))
def test_any_text_can_be_opened_again(typed: str) -> None:
    fields = {"name": typed, "aim": typed, "costs": [{"item": typed, "yen": typed}]}
    word({"fields": fields}, datetime(2026, 11, 24, tzinfo=UTC))


# Over HTTP

Visit = Callable[..., Any]


class OneSnapshot:
    """Snapshots of a course whose one lesson has a document and a number."""

    async def of(self, lesson: Any) -> Snapshot:
        document = ExerciseOnPage(id="e-1", kind="document", spec=public_paper(PAPER))
        number = ExerciseOnPage(id="e-2", kind="number", spec={})
        return Snapshot(
            lesson_id=lesson.id,
            version="v",
            html="",
            sections=(),
            exercises=(document, number),
            other_widgets=False,
            solutions={},
        )


@pytest.fixture
def visit(world, site) -> Visit:
    """`visit(path, person_id)`: a reply of the pages below a lesson, as that person gets it."""
    get = site(handlers, OneSnapshot(), {"c": world.course})
    return lambda path, person_id=None: get(f"/runs/r-1/1/documents/{path}", person_id)


def save(world, answer: dict[str, Any]) -> None:
    with world.database.session() as session:
        save_answer(
            session,
            run_id=world.run,
            person_id=world.learner,
            lesson_id=world.lesson,
            exercise_id="e-1",
            answer=answer,
            hints_opened=0,
            base_revision=0,
            now=world.now,
        )


def test_the_word_file_is_made_from_the_saved_answer(world, visit: Visit) -> None:
    save(world, ANSWER)
    reply = visit("e-1.docx", world.learner)
    assert reply.status == 200
    assert reply.headers["Content-Type"].endswith("wordprocessingml.document")
    assert reply.headers["Cache-Control"] == "no-store"
    found = re.fullmatch(
        r"attachment; filename\*=UTF-8''([\w%.-]+)",
        reply.headers["Content-Disposition"],
    )
    assert found is not None
    assert unquote(found[1]) == "設立趣旨書/案.docx"
    assert "代表 みなとの会" in [p.text for p in opened(reply.body).paragraphs]


def test_the_page_to_print_shows_everything_escaped(world, visit: Visit) -> None:
    typed = NASTY.replace("\ud800", "")
    save(world, {"fields": {**ANSWER["fields"], "aim": typed, "costs": [{"item": typed}]}})
    reply = visit("e-1", world.learner)
    page = reply.body.decode()
    assert reply.status == 200
    assert "script-src 'self'" in reply.headers["Content-Security-Policy"]
    assert page.count("&lt;script&gt;alert(1)&lt;/script&gt;&amp;amp;]]&gt;") == 2
    assert "<script>alert" not in page
    assert not re.search("[\x00-\x08\x0b\x1b\ufffe\u202e\u2066]", page)
    assert ">設立趣旨書/案</h1>" in page
    assert ">第1条 みなとの会の趣旨</h2>" in page
    assert "2027年4月1日から学校で1,200人。" in page
    assert '<a href="/runs/r-1/1">第1回 はじめへ戻る</a>' in page
    assert 'href="/runs/r-1/1/documents/e-1.docx"' in page


def test_everybody_gets_their_own_paper_alone(world, visit: Visit) -> None:
    save(world, ANSWER)
    with world.database.session() as session:
        other, _ = create_person(session, name="別の 人", now=world.now)
        outside, _ = create_person(session, name="外の 人", now=world.now)
        enrol(session, world.run, other.id, role="participant", now=world.now)
    for path in ("e-1", "e-1.docx"):
        assert visit(path).status == 401
        assert visit(path, outside.id).status == 403
        for somebody in (other.id, world.teacher):
            reply = visit(path, somebody)
            assert reply.status == 200
            read = (
                reply.body.decode()
                if path == "e-1"
                else "\n".join(p.text for p in opened(reply.body).paragraphs)
            )
            assert "みなとの会" not in read
            assert "＿＿＿＿年＿＿月＿＿日から" in read


@pytest.mark.parametrize("path", ["e-2", "e-2.docx", "e-9", "e-1.doc", "E-1", "../answers/e-1"])
def test_there_is_no_paper_of_anything_else(world, visit: Visit, path: str) -> None:
    assert visit(path, world.learner).status == 404
