"""A lesson of the docs' Rank, Matrix and Plan: answered, checked, printed, graded, told."""

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
title = "優先順位と役割"
summary = "要約"
notebook = "lesson.ipynb"
minutes = 90
points = 16
"""
AXE = files("axe_core_python").joinpath("axe.min.js").read_text(encoding="utf-8")
ENTRIES = {
    "投入 1": "職員2人",
    "活動 1": "居場所を開く",
    "産出 1": "居場所 24回",
    "短期成果 1": "高校生に相談相手ができる",
    "中期成果 1": "孤立する高校生が減る",
}


def cells_of(kind: str) -> list[nbformat.NotebookNode]:
    """The cells that the page of a kind shows, two for each exercise."""
    text = (DOCS / f"{kind}.md").read_text(encoding="utf-8")
    blocks = re.findall(r"```python\n(.*?)```", text, re.DOTALL)
    about = {"locked": True, "schema_version": 3, "solution": False, "task": False}
    cells = []
    for ask, key in zip(blocks[::2], blocks[1::2], strict=True):
        name = re.search(r"^(\w+) = ", ask, re.MULTILINE)[1]
        exercise = re.search(r'^ +"([a-z0-9-]+)",$', ask, re.MULTILINE)[1]
        body, _, points = key.rpartition(f"{name}.points")
        asked = {**about, "grade": False, "grade_id": f"{exercise}-ask"}
        graded = {**about, "grade": True, "grade_id": exercise, "points": int(points.strip("()\n"))}
        key = f"### BEGIN HIDDEN TESTS\n{body}### END HIDDEN TESTS\n{name}.points{points}"
        cells += [
            nbformat.v4.new_code_cell(f"{ask}{name}", metadata={"nbgrader": asked}),
            nbformat.v4.new_code_cell(key, metadata={"nbgrader": graded}),
        ]
    return cells


@pytest.fixture(scope="module")
def lesson_server(serve_courses, tmp_path_factory: pytest.TempPathFactory):
    folder = tmp_path_factory.mktemp("courses") / "courses"
    (folder / "accounting").mkdir(parents=True)
    (folder / "accounting" / "course.toml").write_text(COURSE, encoding="utf-8")
    notebook = nbformat.v4.new_notebook()
    notebook.metadata.kernelspec = {"name": "python3", "display_name": "Python 3"}
    notebook.cells = [
        nbformat.v4.new_markdown_cell("# 優先順位と役割\n\n## 練習"),
        *cells_of("rank"),
        *cells_of("matrix"),
        *cells_of("plan"),
    ]
    nbformat.write(notebook, folder / "accounting" / "lesson.ipynb")
    return serve_courses(folder)


def card(page: Page, title: str) -> Locator:
    return page.locator(".mb-exercise", has=page.get_by_role("heading", name=title))


def answer_everything(page: Page) -> None:
    rank, matrix = card(page, "どれから手伝うか"), card(page, "役割分担表")
    for label, product in (
        ("HPの全面刷新", "15"),
        ("会員名簿の整備", "20"),
        ("リーフレット", "12"),
    ):
        rank.get_by_label(f"{label} かけた数").fill(product)
    rank.get_by_role("button", name="「会員名簿の整備」を上へ").click()
    for cell, option in (
        ("費用 市", "main"),
        ("費用 団体", "help"),
        ("個人情報 市", "none"),
        ("個人情報 団体", "main"),
        ("チラシ 市", "help"),
    ):
        matrix.get_by_role("combobox", name=cell, exact=True).select_option(option)
    plan, sorting = card(page, "あなたの事業のロジックモデル"), card(page, "産出か成果か")
    for name, text in ENTRIES.items():
        plan.get_by_role("textbox", name=name, exact=True).fill(text)
    plan.get_by_role("button", name="「活動」を書き足す").click()
    page.keyboard.type("相談日をつくる")
    for box in plan.get_by_role("checkbox").all():
        box.check()
    for label, column in (("講座24回", "産出"), ("相談相手", "短期成果"), ("職員2人", "投入")):
        sorting.get_by_role("combobox", name=label).select_option(column)


def test_all_are_answered_checked_graded_and_told(lesson_server, visit) -> None:
    [link] = lesson_server.invite("計画 花子")
    page = visit(link, width=390)
    lesson_server.open_lesson(page)
    answer_everything(page)
    for title in ("どれから手伝うか", "役割分担表", "ロジックモデル", "産出か成果か"):
        card(page, title).get_by_role("button", name="確かめる").click()
        expect(card(page, title).get_by_text("正解です")).to_be_visible()
        expect(card(page, title).locator(".mb-saved")).to_contain_text("保存しました")
    page.reload()
    page.wait_for_selector("html[data-ready]")
    rank, plan = card(page, "どれから手伝うか"), card(page, "ロジックモデル")
    expect(rank.locator(".mb-step-label").first).to_have_text("会員名簿の整備")
    expect(page.get_by_role("combobox", name="費用 団体", exact=True)).to_have_value("help")
    expect(plan.get_by_role("textbox", name="活動 2", exact=True)).to_have_value("相談日をつくる")
    expect(plan.get_by_role("img").locator("path[marker-end]")).to_have_count(6)
    page.goto(f"{lesson_server.lesson}/submit")
    page.get_by_role("button", name="提出する").click()

    graded = lesson_server.cli("grade", RUN, "1", "--json")
    assert graded.returncode == 0, graded.stderr
    [row] = [row for row in json.loads(graded.stdout) if row["name"] == "計画 花子"]
    assert row["score"] == 16
    said = lesson_server.cli("feedback", RUN, "1", "--yes", "--json")
    assert said.returncode == 0, said.stderr
    page.goto(f"{lesson_server.lesson}/result")
    expect(page.get_by_text("合計 16点(満点 16点)")).to_be_visible()
    expect(page.get_by_text("1. 会員名簿の整備: 影響4 × 実現性5 = 20")).to_be_visible()
    expect(page.get_by_text("費用: 市 ◎ 責任 または ○ 協力")).to_be_visible()
    expect(page.get_by_text("・短期成果: 誰がどう変わるかを書いている")).to_be_visible()
    expect(page.get_by_text("数えるものは産出、人の変化は成果です。")).to_be_visible()


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
    expect(page.get_by_role("img", name="計画の図。")).to_be_visible()
    expect(page.get_by_label("会員名簿の整備 かけた数")).to_have_value("20")
    expect(page.get_by_role("combobox", name="費用 市", exact=True)).to_be_visible()
    expect(
        page.get_by_role("button", name=re.compile("確かめる|上へ|書き足す|」を消す"))
    ).to_have_count(0)
