"""A lesson with explorables: they move without a kernel, and count for nothing."""

import re
import shutil
from pathlib import Path

import nbformat
import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser
ROOT = Path(__file__).parents[2]
LOCKED = {"grade": False, "locked": True, "solution": False, "task": False, "schema_version": 3}


@pytest.fixture(scope="module")
def explorable_server(serve_courses, tmp_path_factory: pytest.TempPathFactory):
    """Lesson 1 with the examples of the docs behind its first section."""
    courses = tmp_path_factory.mktemp("courses") / "courses"
    shutil.copytree(ROOT / "courses", courses)
    text = (ROOT / "docs" / "exercises" / "explorables.md").read_text(encoding="utf-8")
    path = courses / "accounting" / "01-overview.ipynb"
    notebook = nbformat.read(path, as_version=4)
    notebook.cells = [cell for cell in notebook.cells if "JournalExplorer(" not in cell.source]
    notebook.cells[2:2] = [
        nbformat.v4.new_code_cell(
            block, metadata={"nbgrader": {**LOCKED, "grade_id": f"explorable-{number}"}}
        )
        for number, block in enumerate(re.findall(r"```python\n(.*?)```", text, re.DOTALL))
    ]
    nbformat.write(notebook, path)
    return serve_courses(courses)


def test_they_move_without_a_kernel_and_count_for_nothing(explorable_server, visit) -> None:
    page = visit(explorable_server.link("participant"), width=390)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(f"{request.method} {request.url}"))
    page.on("websocket", lambda socket: asked.append(f"socket {socket.url}"))
    explorable_server.open_lesson(page)
    expect(page.locator(".mb-explorable")).to_have_count(9)
    progress = page.locator("#progress").inner_text()
    count = len(page.locator(".mb-exercise:not(.mb-explorable)").all())
    assert f"{count}問中" in progress
    page.get_by_role("button", name="記帳する").click()
    expect(page.locator(".mbx-told").first).to_contain_text("普通預金が370,000円増えて")
    page.get_by_label("使い始めた月").select_option("4")
    page.get_by_label("金額", exact=True).fill("100")
    page.get_by_role("button", name="次の理由を足す").click()
    expect(page.locator(".mbx-cash_versus_income .mbx-told")).to_contain_text("理由1")
    with page.expect_download() as download:
        page.get_by_role("button", name="カレンダーに入れるファイルを保存する").click()
    assert Path(download.value.path()).read_bytes().startswith(b"BEGIN:VCALENDAR\r\n")
    assert page.locator("#progress").inner_text() == progress
    page.evaluate("dispatchEvent(new Event('pagehide'))")  # what is unsaved would be sent now
    page.wait_for_timeout(1_000)
    assert [line for line in asked if not line.startswith("GET ")] == []
    expect(page.locator(".exercise-slot > h3, .exercise-slot > table")).to_have_count(0)
    page.goto(f"{explorable_server.lesson}/submit")
    assert "仕訳が決算書を動かす" not in page.locator("main").inner_text()


def test_they_go_on_when_the_server_is_gone(explorable_server, visit) -> None:
    page = visit(explorable_server.link("participant"))
    explorable_server.open_lesson(page)
    page.context.set_offline(True)
    page.get_by_role("button", name="記帳する").click()
    expect(page.locator(".mbx-told").first).to_contain_text("記帳しました。")


def test_without_scripts_a_table_stands_in_their_place(explorable_server, visit, browser) -> None:
    context = browser.new_context(java_script_enabled=False, viewport={"width": 390, "height": 900})
    page = visit(explorable_server.link("participant"), context=context)
    page.goto(explorable_server.lesson)
    slot = page.locator("[data-model=explorable-x-depreciation]")
    expect(slot.get_by_role("heading")).to_have_text("ノートパソコンの減価償却")
    expect(slot.get_by_role("row", name=re.compile("^5年目"))).to_contain_text("29,999")
    context.close()


@pytest.mark.parametrize("width", [390, 1280])
def test_the_lesson_is_accessible_and_not_too_wide(
    explorable_server, visit, violations, width: int
) -> None:
    page = visit(explorable_server.link("participant"), width=width)
    explorable_server.open_lesson(page)
    for summary in page.locator(".mb-explorable summary").all():
        summary.click()
    page.get_by_role("button", name="次の理由を足す").click()
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_nothing_of_them_is_an_answer(explorable_server, visit) -> None:
    page = visit(explorable_server.link("participant"))
    explorable_server.open_lesson(page)
    status = page.evaluate(
        """async () => {
            const { urls, xsrf } = JSON.parse(document.getElementById("lesson-data").textContent);
            const sent = await fetch(`${urls.answers}/x-journal`, {
                method: "PUT", headers: { "X-XSRFToken": xsrf, "Content-Type": "application/json" },
                body: JSON.stringify({ answer: { a: 1 }, base_revision: 0 }),
            });
            return sent.status;
        }"""
    )
    assert status == 404
