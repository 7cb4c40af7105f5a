"""The card of dates in a real browser."""

import json
from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from manabiba_widgets import DateField, Dates
from manabiba_widgets.date_text import format_date
from manabiba_widgets.exercise import STATIC

pytestmark = pytest.mark.browser
VECTORS = json.loads(Path(__file__).with_name("date_vectors.json").read_text(encoding="utf-8"))


@pytest.fixture
def due() -> Dates:
    dates = Dates(
        "due",
        title="問4 期限",
        prompt="いつまでですか。",
        fields=[DateField("due", "納付の期限", year=2026), DateField("end", "満了日")],
    )
    dates.key(
        values={"due": date(2026, 9, 10), "end": date(2026, 12, 15)},
        mistakes={"end": {date(2026, 12, 14): "受理した日は数えません。"}},
    )
    return dates


def test_the_same_texts_give_the_same_dates(show_card, due: Dates) -> None:
    page: Page = show_card(due)
    source = (STATIC / "date_text.js").read_text(encoding="utf-8")
    known = [date(2019, 5, 1), date(2019, 4, 30), date(1873, 1, 1), date(1872, 12, 31)]
    known += [date.fromisoformat(v["value"]) for v in VECTORS if "value" in v]
    read, shown = page.evaluate(
        """async ([source, vectors, days]) => {
            const url = URL.createObjectURL(new Blob([source], { type: "text/javascript" }));
            const { readDate, showDate } = await import(url);
            const read = vectors.map(({ text, year }) => readDate(text, year ?? null));
            return [read, days.map(showDate)];
        }""",
        [source, VECTORS, [day.isoformat() for day in known]],
    )
    expected = [
        {"error": True} if "error" in v else {k: v[k] for k in ("value", "empty") if k in v}
        for v in VECTORS
    ]
    assert read == expected
    assert shown == [format_date(day) for day in known]


def test_dates_are_entered_by_keyboard_and_echoed(show_card, due: Dates) -> None:
    page: Page = show_card(due)
    keys = page.keyboard
    keys.press("Tab")
    expect(page.get_by_label("納付の期限")).to_be_focused()
    keys.insert_text("９月１０日")
    expect(page.get_by_text("→ 2026年9月10日(令和8年・木)")).to_be_visible()
    keys.press("Tab")
    keys.insert_text("12/15")
    expect(page.get_by_text("→ まだ日付として読めません")).to_be_visible()
    keys.press("Control+A")
    keys.insert_text("R8.12.15")
    expect(page.get_by_text("→ 2026年12月15日(令和8年・火)")).to_be_visible()
    keys.press("Tab")
    expect(page.get_by_role("button", name="確かめる")).to_be_focused()
    answer = page.evaluate("model.get('answer')")
    assert answer == {"values": {"due": "９月１０日", "end": "R8.12.15"}}
    assert due.judge(answer, with_key=True).score == 1.0


def test_a_message_stands_at_its_field_until_it_is_changed(
    show_card, judge_card, due: Dates
) -> None:
    page: Page = show_card(due)
    end = page.get_by_label("満了日")
    page.get_by_label("納付の期限").fill("9/10")
    end.fill("2026/12/14")
    judge_card(page, due)
    expect(end).to_have_attribute("aria-invalid", "true")
    expect(end).to_have_accessible_description(
        "例: 2025/4/1、令和7年4月1日 受理した日は数えません。"
    )
    expect(page.get_by_text("◯ 合っています。")).to_be_visible()
    end.fill("2026/12/15")
    expect(end).to_have_accessible_description("例: 2025/4/1、令和7年4月1日")
    expect(end).not_to_have_attribute("aria-invalid", "true")


def test_an_answer_from_another_device_is_shown_whatever_it_holds(show_card, due: Dates) -> None:
    page: Page = show_card(due)
    page.evaluate("model.set('answer', {values: {due: 5, end: '2026/12/15'}})")
    expect(page.get_by_label("満了日")).to_have_value("2026/12/15")
    expect(page.get_by_label("納付の期限")).to_have_value("")


@pytest.mark.parametrize("width", [390, 1280])
def test_axe_finds_nothing_and_nothing_is_too_wide(
    show_card, judge_card, violations, due: Dates, width: int
) -> None:
    page: Page = show_card(due, width=width)
    page.get_by_label("納付の期限").fill("2026年2月30日")
    judge_card(page, due)
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    for target in (*page.get_by_role("button").all(), *page.get_by_role("textbox").all()):
        size = target.bounding_box()
        assert size is not None
        assert size["height"] >= 44
