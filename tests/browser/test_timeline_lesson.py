"""A lesson of the docs' Timeline and Timesheet: answered, checked, printed, graded, told."""

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
title = "手順と時間"
summary = "要約"
notebook = "lesson.ipynb"
minutes = 90
points = 8
"""
AXE = files("axe_core_python").joinpath("axe.min.js").read_text(encoding="utf-8")


def cells_of(kind: str) -> list[nbformat.NotebookNode]:
    """The two cells that the page of a kind shows."""
    text = (DOCS / f"{kind}.md").read_text(encoding="utf-8")
    ask, key = re.findall(r"```python\n(.*?)```", text, re.DOTALL)
    name = re.search(r"^(\w+) = ", ask, re.MULTILINE)[1]
    exercise = re.search(r'^ +"([a-z0-9-]+)",$', ask, re.MULTILINE)[1]
    about = {"locked": True, "schema_version": 3, "solution": False, "task": False}
    asked = {**about, "grade": False, "grade_id": f"{exercise}-ask"}
    graded = {**about, "grade": True, "grade_id": exercise, "points": 4}
    body, _, points = key.rpartition(f"{name}.points")
    key = f"### BEGIN HIDDEN TESTS\n{body}### END HIDDEN TESTS\n{name}.points{points}"
    return [
        nbformat.v4.new_code_cell(f"{ask}{name}", metadata={"nbgrader": asked}),
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
        nbformat.v4.new_markdown_cell("# 手順と時間\n\n## 練習"),
        *cells_of("timeline"),
        *cells_of("timesheet"),
    ]
    nbformat.write(notebook, folder / "accounting" / "lesson.ipynb")
    return serve_courses(folder)


def card(page: Page, title: str) -> Locator:
    return page.locator(".mb-exercise", has=page.get_by_role("heading", name=title))


def answer_everything(page: Page) -> None:
    timeline, sheet = card(page, "問2"), card(page, "問6")
    timeline.get_by_role("button", name="「設立総会」を上へ").click()
    timeline.get_by_role("button", name="「設立総会」を上へ").click()
    timeline.get_by_role("button", name="「申請書の受理」を上へ").click()
    timeline.get_by_label("縦覧の満了 日付").fill("12/15")
    sheet.get_by_label("月曜日 所定・法定内").fill("8:00")
    sheet.get_by_label("月曜日 時間外").fill("5時間")
    sheet.get_by_label("月曜日 深夜").fill("60")
    sheet.get_by_label("日曜日 深夜").fill("2:30")
    sheet.get_by_label("日曜日 法定休日").fill("6時間30分")


def test_both_are_answered_checked_graded_and_told(
    lesson_server, visit, tmp_path, monkeypatch
) -> None:
    [link] = lesson_server.invite("手順 花子")
    page = visit(link, width=390)
    lesson_server.open_lesson(page)
    answer_everything(page)
    for title in ("問2", "問6"):
        card(page, title).get_by_role("button", name="確かめる").click()
        expect(card(page, title).get_by_text("正解です")).to_be_visible()
        expect(card(page, title).locator(".mb-saved")).to_contain_text("保存しました")
    page.reload()
    page.wait_for_selector("html[data-ready]")
    expect(card(page, "問2").locator(".mb-step-label").first).to_have_text("設立総会")
    expect(card(page, "問2").get_by_text("申請書の受理から14日")).to_have_count(2)
    expect(card(page, "問6").get_by_label("日曜日 法定休日")).to_have_value("6時間30分")
    page.goto(f"{lesson_server.lesson}/submit")
    page.get_by_role("button", name="提出する").click()

    graded = lesson_server.cli("grade", RUN, "1", "--json")
    assert graded.returncode == 0, graded.stderr
    [row] = [row for row in json.loads(graded.stdout) if row["name"] == "手順 花子"]
    assert row["score"] == 8
    said = lesson_server.cli("feedback", RUN, "1", "--yes", "--json")
    assert said.returncode == 0, said.stderr
    page.goto(f"{lesson_server.lesson}/result")
    expect(page.get_by_text("合計 8点(満点 8点)")).to_be_visible()
    expect(page.get_by_text("3. 縦覧の満了: 2026年12月15日(令和8年・火)")).to_be_visible()
    expect(page.get_by_text("縦覧は受理の翌日から数えて2週間です。")).to_be_visible()
    expect(
        page.get_by_text("月曜日: 所定・法定内 8時間・時間外 5時間・深夜 1時間・法定休日 0分")
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
    assert page.get_by_role("img").count() == 3
    for figure in page.get_by_role("img").all():
        expect(figure).to_be_visible()
    expect(page.get_by_label("縦覧の満了 日付")).to_have_value("12/15")
    expect(page.get_by_role("button", name=re.compile("確かめる|上へ|順番"))).to_have_count(0)
