"""A document on the real page: saved first, then taken home as a Word file or printed."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Iterator
from pathlib import Path

import docx
import nbformat
import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser

COURSE = """
id = "accounting"
title = "小さな講座"
audience = "皆さん"
summary = "要約"
[[lessons]]
id = "accounting-1"
number = 1
title = "書類をつくる"
summary = "要約"
notebook = "lesson.ipynb"
minutes = 90
points = 2
"""
CELLS = {
    "setup": "from manabiba_widgets import *",
    "x-1-ask": """
paper = Document("x-1", title="問1 趣旨書", prompt="書いてみましょう。", paper="設立趣旨書",
    fields=[
        DocumentField("name", "名称"),
        DocumentField("aim", "趣旨", kind="text"),
        DocumentField("costs", "支出", kind="rows",
            columns=[DocumentColumn("item", "使いみち"), DocumentColumn("yen", "金額", "number")]),
    ],
    blocks=[Heading("第1条 {name}の趣旨"), Paragraph("{aim}"), Rows("costs", total="yen")])
paper
""",
    "x-1": """
### BEGIN HIDDEN TESTS
paper.key(checks=[Check("whom", "だれのためかを書く。", lambda v: "ため" in v["aim"], "aim")],
          rubric=[Criterion("つながりがある", 3)], explanation="つながりが大切です。")
### END HIDDEN TESTS
paper.points(2)
""",
}


@pytest.fixture(scope="module")
def served_document(tmp_path_factory: pytest.TempPathFactory, make_server) -> Iterator:
    """A server of one small lesson with a document."""
    folder = tmp_path_factory.mktemp("documents")
    course = folder / "courses" / "accounting"
    course.mkdir(parents=True)
    (course / "course.toml").write_text(COURSE, encoding="utf-8")
    notebook = nbformat.v4.new_notebook()
    notebook.metadata.kernelspec = {"name": "python3", "display_name": "Python 3"}
    notebook.cells.append(
        nbformat.v4.new_markdown_cell("# 書類をつくる\n\n## 趣旨書\n\n本文です。")
    )
    for grade_id, source in CELLS.items():
        cell = nbformat.v4.new_code_cell(source.strip())
        grade = ".points(" in source
        cell.metadata.nbgrader = {
            "grade": grade,
            "grade_id": grade_id,
            "locked": True,
            "schema_version": 3,
            "solution": False,
            "task": False,
            **({"points": 2} if grade else {}),
        }
        notebook.cells.append(cell)
    nbformat.write(notebook, course / "lesson.ipynb")
    yield from make_server(folder / "home", folder / "courses")


def check_page(page: Page, width: int, violations) -> None:
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("width", [390, 1280])
def test_what_is_typed_last_is_in_the_word_file_and_on_the_printed_page(
    served_document, visit, violations, width: int
) -> None:
    [link] = served_document.invite(f"書類 {width}")
    page = visit(link, width=width)
    served_document.open_lesson(page)
    check_page(page, width, violations)
    expect(page.get_by_text("講師は次の観点で読みます。")).to_be_visible()
    page.get_by_label("名称").fill("みなとの会")
    page.get_by_role("textbox", name="趣旨").fill("<b>こども</b>のため")
    page.get_by_label("使いみち").fill("家賃")
    page.get_by_label("金額").fill("３万")
    page.get_by_label("金額").fill("30,000")
    with page.expect_download() as download:  # at once, long before it would be saved by itself
        page.get_by_role("link", name="Word文書(.docx)でダウンロード").click()
    assert download.value.suggested_filename == "設立趣旨書.docx"
    document = docx.Document(io.BytesIO(Path(download.value.path()).read_bytes()))
    assert [p.text for p in document.paragraphs[:3]] == [
        "設立趣旨書",
        "第1条 みなとの会の趣旨",
        "<b>こども</b>のため",
    ]
    assert [cell.text for cell in document.tables[0].rows[-1].cells] == ["合計", "30,000"]
    expect(page.get_by_text("保存しました")).to_be_visible()

    page.get_by_role("button", name="確かめる").click()
    expect(page.get_by_role("heading", name="できているか")).to_be_visible()
    expect(page.get_by_text("正解です")).to_be_visible()

    page.get_by_label("名称").fill("みなと会")
    page.get_by_role("link", name="印刷用に開く").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/runs/*/1/documents/x-1")
    expect(page.get_by_role("heading", level=1)).to_have_text("設立趣旨書")
    expect(page.get_by_role("heading", level=2)).to_have_text("第1条 みなと会の趣旨")
    expect(page.get_by_text("<b>こども</b>のため")).to_be_visible()
    expect(page.get_by_role("table", name="支出").get_by_role("row").last).to_have_text(
        "合計30,000"
    )
    check_page(page, width, violations)
    expect(page.get_by_role("button", name="印刷する")).to_be_visible()
    page.emulate_media(media="print")
    expect(page.get_by_role("button", name="印刷する")).to_be_hidden()
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    page.emulate_media(media="screen")
    page.get_by_role("link", name="第1回 書類をつくるへ戻る").click()
    expect(page.get_by_label("名称")).to_have_value("みなと会")


def test_without_a_connection_it_says_what_to_wait_for(served_document, visit) -> None:
    [link] = served_document.invite("電波の ない人")
    page = visit(link, width=390)
    served_document.open_lesson(page)
    page.context.set_offline(True)
    page.get_by_label("名称").fill("みなとの会")
    page.get_by_role("link", name="印刷用に開く").click()
    expect(page.get_by_text("まだ保存できていません。「保存しました」と出てから")).to_be_visible()
    assert page.url == served_document.lesson
    page.context.set_offline(False)
    expect(page.get_by_text(re.compile(r"^保存しました \d")).first).to_be_visible()
    page.get_by_role("link", name="印刷用に開く").click()
    expect(page.get_by_role("heading", level=2)).to_have_text("第1条 みなとの会の趣旨")


def test_nothing_of_the_checks_is_in_the_page(served_document, visit) -> None:
    [link] = served_document.invite("調べる 人")
    page = visit(link, width=390)
    served_document.open_lesson(page)
    data = page.locator("#lesson-exercises").text_content()
    source = page.content()
    assert "だれのため" not in source
    assert "つながりが大切" not in source
    assert json.loads(data)["exercises"][0]["spec"]["paper"] == "設立趣旨書"
