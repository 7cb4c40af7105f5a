"""A lesson of the docs' Rewrite and DataTask: answered, saved, checked, graded, told."""

import json
import re
from importlib.resources import files
from pathlib import Path

import nbformat
import pytest
from playwright.sync_api import Locator, Page, expect

pytestmark = pytest.mark.browser
DOCS = Path(__file__).parents[2] / "docs" / "exercises"
RUN = "accounting-demo"
COURSE = """
id = "accounting"
title = "小さな講座"
audience = "皆さん"
summary = "要約"
[[lessons]]
id = "accounting-1"
number = 1
title = "言葉とデータ"
summary = "要約"
notebook = "lesson.ipynb"
minutes = 90
points = 8
"""
AXE = files("axe_core_python").joinpath("axe.min.js").read_text(encoding="utf-8")


def cells_of(kind: str, points: int) -> list[nbformat.NotebookNode]:
    """The two cells that the page of a kind shows first."""
    text = (DOCS / f"{kind}.md").read_text(encoding="utf-8")
    ask, key, *_ = re.findall(r"```python\n(.*?)```", text, re.DOTALL)
    exercise = re.search(r'^ +"([a-z0-9-]+)",$', ask, re.MULTILINE)[1]
    about = {"locked": True, "schema_version": 3, "solution": False, "task": False}
    asked = {**about, "grade": False, "grade_id": f"{exercise}-ask"}
    graded = {**about, "grade": True, "grade_id": exercise, "points": points}
    *hidden, last = key.strip().split("\n")
    key = "\n".join(["### BEGIN HIDDEN TESTS", *hidden, "### END HIDDEN TESTS", last])
    return [
        nbformat.v4.new_code_cell(ask, metadata={"nbgrader": asked}),
        nbformat.v4.new_code_cell(key, metadata={"nbgrader": graded}),
    ]


@pytest.fixture(scope="module")
def lesson_server(serve_courses, tmp_path_factory: pytest.TempPathFactory):
    folder = tmp_path_factory.mktemp("courses") / "courses"
    (folder / "accounting").mkdir(parents=True)
    (folder / "accounting" / "course.toml").write_text(COURSE, encoding="utf-8")
    notebook = nbformat.v4.new_notebook()
    notebook.metadata.kernelspec = {"name": "python3", "display_name": "Python 3"}
    notebook.cells = [
        nbformat.v4.new_markdown_cell("# 言葉とデータ\n\n## 練習"),
        *cells_of("rewrite", 3),
        *cells_of("data_task", 5),
    ]
    nbformat.write(notebook, folder / "accounting" / "lesson.ipynb")
    return serve_courses(folder)


def card(page: Page, title: str) -> Locator:
    return page.locator(".mb-exercise", has=page.get_by_role("heading", name=title))


def answer_everything(page: Page) -> None:
    notice, members = card(page, "問3"), card(page, "問1")
    notice.get_by_label("書きかえた文").fill("みなさん、6月7日10時に、市民会館へ来てください。")
    members.get_by_label("並べかえ").select_option("氏名の順")
    members.get_by_role("textbox", name="2 電話番号", exact=True).fill("090-0000-0002")
    members.get_by_role("textbox", name="4 電話番号", exact=True).fill("090-0000-0004")
    members.get_by_role("checkbox", name="5 重複", exact=True).check()
    members.get_by_label("会員の人数").fill("4")
    members.get_by_label("未納の人").fill("2")


def test_both_are_answered_saved_checked_graded_and_told(lesson_server, visit) -> None:
    [link] = lesson_server.invite("言葉 花子")
    page = visit(link, width=390)
    lesson_server.open_lesson(page)
    answer_everything(page)
    for title in ("問3", "問1"):
        card(page, title).get_by_role("button", name="確かめる").click()
        expect(card(page, title).get_by_text("正解です")).to_be_visible()
        expect(card(page, title).locator(".mb-saved")).to_contain_text("保存しました")
    page.reload()
    page.wait_for_selector("html[data-ready]")
    expect(card(page, "問3").get_by_label("書きかえた文")).to_have_value(re.compile("^みなさん"))
    phone = card(page, "問1").get_by_role("textbox", name="2 電話番号", exact=True)
    expect(phone).to_have_value("090-0000-0002")
    expect(card(page, "問1").get_by_role("checkbox", name="5 重複", exact=True)).to_be_checked()
    page.goto(f"{lesson_server.lesson}/submit")
    page.get_by_role("button", name="提出する").click()

    graded = lesson_server.cli("grade", RUN, "1", "--json")
    assert graded.returncode == 0, graded.stderr
    [row] = [row for row in json.loads(graded.stdout) if row["name"] == "言葉 花子"]
    assert row["score"] == 8
    said = lesson_server.cli("feedback", RUN, "1", "--yes", "--json")
    assert said.returncode == 0, said.stderr
    page.goto(f"{lesson_server.lesson}/result")
    expect(page.get_by_text("合計 8点(満点 8点)")).to_be_visible()
    expect(page.get_by_text("2行目 電話番号: 090-0000-0002")).to_be_visible()
    expect(
        page.get_by_text("みなさん、6月7日の午前10時に、市民会館へ来てください。")
    ).to_be_visible()


@pytest.mark.parametrize("width", [390, 1280])
def test_the_lesson_is_accessible_not_too_wide_and_printed(
    lesson_server, visit, width: int
) -> None:
    page = visit(lesson_server.link("participant"), width=width)
    lesson_server.open_lesson(page)
    answer_everything(page)
    page.evaluate(AXE)
    assert page.evaluate("async () => (await axe.run()).violations.map((v) => v.id)") == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.emulate_media(media="print")
    expect(page.get_by_label("書きかえた文")).to_be_visible()
    expect(page.get_by_text("書きかえの手がかり")).to_be_hidden()
    expect(page.get_by_label("並べかえ")).to_be_hidden()
    expect(page.get_by_role("textbox", name="4 電話番号", exact=True)).to_be_visible()
