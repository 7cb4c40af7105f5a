"""The instructor's view of the room."""

import re

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser


@pytest.fixture
def room(server, visit):
    page = visit(server.link("instructor"), width=390)
    page.goto(f"{server.url}/room/accounting-demo")
    return page


def test_names_stay_readable_on_a_phone(room) -> None:
    names = room.locator(".room-table tbody th")
    widths = names.evaluate_all("cells => cells.map((cell) => cell.clientWidth)")
    assert min(widths) >= 120
    table = room.locator(".table-scroll")
    table.evaluate("e => { e.scrollLeft = 300; }")
    edge = table.bounding_box()["x"]
    assert names.first.bounding_box()["x"] - edge < 5  # still in sight


def test_only_the_table_is_wider_than_a_phone(room) -> None:
    assert room.evaluate("document.documentElement.scrollWidth") == 390
    heads = room.locator(".room-table thead th")
    heights = heads.evaluate_all("cells => cells.map((cell) => cell.clientHeight)")
    assert max(heights) < 60  # one line


def test_the_table_stays_where_it_was_moved_when_it_is_renewed(room) -> None:
    table = room.locator(".table-scroll")
    table.evaluate("e => { e.scrollLeft = 200; e.dataset.old = 'yes'; }")
    expect(table).not_to_have_attribute("data-old", "yes", timeout=15_000)
    assert table.evaluate("e => e.scrollLeft") == 200


def test_a_table_that_is_no_longer_renewed_says_so(room) -> None:
    room.context.set_offline(True)
    status = room.locator("#room [role=status]")
    expect(status).to_contain_text("いまつながりません", timeout=15_000)
    assert room.get_by_role("row", name=re.compile("見本 花子")).is_visible()
    room.context.set_offline(False)
    expect(status).to_contain_text("5秒ごとに新しくなります", timeout=15_000)
