"""Lesson 3's work sheet as participants meet it: by keyboard alone, on a phone and at a desk."""

import re
from pathlib import Path

import nbformat
import pytest
from playwright.sync_api import expect

from manabiba_widgets import Worksheet

pytestmark = pytest.mark.browser
NOTEBOOK = Path(__file__).parents[2] / "courses" / "accounting" / "03-closing.ipynb"
MOST_TABS = 80


@pytest.fixture(scope="module")
def figures(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """The right figures of the work sheet, cell after cell as Tab goes through them."""
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(tmp_path_factory.mktemp("lesson"))
        names: dict[str, object] = {}
        for cell in nbformat.read(NOTEBOOK, as_version=4).cells:
            if cell.cell_type == "code":
                exec(compile(cell.source, "lesson 3", "exec"), names)
    [sheet] = [s for s in names.values() if isinstance(s, Worksheet) and s.exercise_id == "a3-9"]
    order = [column["id"] for column in sheet.spec["columns"]]
    return [
        str(int(sheet._key.cells[".".join((row["id"], column))]))
        for row in sheet.spec["rows"]
        for column in order
        if column in row["ask"]
    ]


@pytest.mark.parametrize("width", [390, 1280])
def test_the_work_sheet_is_filled_in_by_keyboard(
    server, visit, violations, figures: list[str], width: int
) -> None:
    page = visit(server.invite("精算 表子")[0], width=width)
    page.goto(server.lesson.replace("/1", "/3"))
    page.wait_for_selector("html[data-ready]")
    sheet = page.get_by_role("region", name=re.compile("^問14 "))
    page.goto(page.url + "#" + page.get_by_text("9 試算表と精算表").first.get_attribute("href")[1:])
    inside = "(e) => e.contains(document.activeElement) && document.activeElement.matches('input')"
    for _ in range(MOST_TABS):
        if sheet.evaluate(inside):
            break
        page.keyboard.press("Tab")
    for number, figure in enumerate(figures):
        assert sheet.evaluate(inside), f"the focus left the table before figure {number}"
        page.keyboard.type(figure)
        page.keyboard.press("Tab")
    expect(sheet.get_by_role("button", name="確かめる")).to_be_focused()
    page.keyboard.press("Enter")
    expect(sheet.locator(".mb-status-right")).to_contain_text("10点中 10点", timeout=30_000)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert violations(page, "[data-model=exercise-a3-9]") == []
