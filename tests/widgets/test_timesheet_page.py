"""The card of a timesheet in a real browser: bars, keyboard, finger, messages, a phone."""

import json
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from manabiba_widgets import Timesheet, WorkDay
from manabiba_widgets.duration_text import format_duration
from manabiba_widgets.exercise import STATIC

pytestmark = pytest.mark.browser
VECTORS = json.loads(Path(__file__).with_name("duration_vectors.json").read_text(encoding="utf-8"))


@pytest.fixture
def week() -> Timesheet:
    timesheet = Timesheet(
        "ts",
        title="問6 労働時間",
        prompt="分けてください。",
        days=[
            WorkDay("mon", "月曜日", [("9:00", "23:00")], [("12:00", "13:00")]),
            WorkDay("sun", "日曜日", [("18:00", "24:30")], note="法定休日に出勤しました。"),
        ],
    )
    timesheet.key(
        minutes={
            "mon": {"regular": 480, "overtime": 300, "night": 60, "holiday": 0},
            "sun": {"regular": 0, "overtime": 0, "night": 150, "holiday": 390},
        },
        mistakes={"sun": {"night": {120: "24時からの30分も深夜です。"}}},
    )
    return timesheet


@pytest.fixture
def card(show_card, week: Timesheet) -> Page:
    page: Page = show_card(week, width=1100)
    return page


def cell(page: Page, name: str) -> Locator:
    return page.get_by_role("textbox", name=name, exact=True)


def day(page: Page, label: str) -> Locator:
    return page.get_by_role("group", name=label)


def minutes_of(page: Page) -> dict[str, dict[str, str]]:
    return dict(page.evaluate("model.get('answer').minutes || {}"))


def test_the_same_texts_give_the_same_minutes(card: Page) -> None:
    source = (STATIC / "duration_text.js").read_text(encoding="utf-8")
    known = [0, 5, 45, 60, 61, 480, 1470, 2880]
    read, shown = card.evaluate(
        """async ([source, texts, minutes]) => {
            const url = URL.createObjectURL(new Blob([source], { type: "text/javascript" }));
            const { readDuration, showDuration } = await import(url);
            return [texts.map(readDuration), minutes.map(showDuration)];
        }""",
        [source, [vector["text"] for vector in VECTORS], known],
    )
    assert read == [
        {"error": True} if "error" in v else {k: v[k] for k in ("value", "empty") if k in v}
        for v in VECTORS
    ]
    assert shown == [format_duration(minutes) for minutes in known]


def test_the_whole_sheet_is_filled_in_by_keyboard(card: Page, week: Timesheet) -> None:
    keys = card.keyboard
    keys.press("Tab")
    for name, text, key in (
        ("月曜日 所定・法定内", "８：００", "ArrowRight"),
        ("月曜日 時間外", "300", "ArrowRight"),
        ("月曜日 深夜", "1時間", "ArrowDown"),
        ("日曜日 深夜", "2:30", "End"),
        ("日曜日 深夜", "", "ArrowRight"),
        ("日曜日 法定休日", "6時間半", "Shift+Enter"),
        ("月曜日 法定休日", "0", "Enter"),
        ("日曜日 法定休日", "", "Tab"),
    ):
        expect(cell(card, name)).to_be_focused()
        if text:
            keys.insert_text(text)
        keys.press(key)
    expect(card.get_by_role("button", name="確かめる")).to_be_focused()
    assert minutes_of(card) == {
        "mon": {"regular": "８：００", "overtime": "300", "night": "1時間", "holiday": "0"},
        "sun": {"night": "2:30", "holiday": "6時間半"},
    }
    assert week.judge({"minutes": minutes_of(card)}, with_key=True).score == 1.0


def test_escape_takes_back_what_was_typed(card: Page) -> None:
    regular = cell(card, "月曜日 所定・法定内")
    regular.fill("8:00")
    card.keyboard.press("ArrowDown")
    card.keyboard.press("ArrowUp")
    card.keyboard.type("9")
    expect(regular).to_have_value("9")
    card.keyboard.press("Escape")
    expect(regular).to_have_value("8:00")
    assert minutes_of(card)["mon"]["regular"] == "8:00"


def test_times_are_echoed_and_added_up_beside_the_time_worked(card: Page) -> None:
    total = day(card, "月曜日").locator(".mb-day-sum")
    expect(total).to_have_text("働いた時間 13時間")
    cell(card, "月曜日 所定・法定内").fill("8:00")
    expect(day(card, "月曜日").get_by_text("→ 8時間")).to_be_visible()
    expect(total).to_have_text("働いた時間 13時間 / いまの合計 8時間(5時間 足りない)")
    cell(card, "月曜日 時間外").fill("6時間30分")
    expect(day(card, "月曜日").get_by_text("→ 6時間30分")).to_have_count(0)
    expect(total).to_have_text("働いた時間 13時間 / いまの合計 14時間30分(1時間30分 多い)")
    cell(card, "月曜日 深夜").fill("9:00")
    expect(total).to_have_text("働いた時間 13時間 / いまの合計 14時間30分(1時間30分 多い)")
    cell(card, "月曜日 時間外").fill("５時間")
    expect(total).to_have_text("働いた時間 13時間 / いまの合計 13時間(一致)")
    cell(card, "月曜日 時間外").fill("8.5")
    expect(day(card, "月曜日").get_by_text("→ まだ時間として読めません")).to_be_visible()
    expect(
        card.get_by_text("所定・法定内+時間外+法定休日 = 働いた時間(休憩を除く)。")
    ).to_be_visible()


def test_bars_show_hours_breaks_and_the_night_and_say_so(card: Page) -> None:
    expect(day(card, "月曜日").get_by_text("9:00〜23:00 / 休憩 12:00〜13:00")).to_be_visible()
    sunday = day(card, "日曜日")
    expect(sunday.get_by_text("法定休日に出勤しました。")).to_be_visible()
    expect(sunday.get_by_role("img")).to_have_accessible_name(
        "日曜日 18:00〜24:30(翌日0:30) / 休憩なし。 22時から翌朝5時までに印があります。"
    )

    def boxes(label: str, fill: str) -> list[tuple[float, float]]:
        found = day(card, label).locator(f".mbx-figure svg > rect[fill='{fill}']").all()
        return [(float(r.get_attribute("x")), float(r.get_attribute("width"))) for r in found]

    # Both bars have the same hours, 9:00 to 25:00.
    [(nine, work)] = boxes("月曜日", "#c5d7fb")
    hour = work / 14
    assert boxes("月曜日", "url(#mb-ts-input-mon-bar-hatch)") == [
        (pytest.approx(nine + 3 * hour), pytest.approx(hour))
    ]
    assert boxes("月曜日", "url(#mb-ts-input-mon-bar-dots)") == [
        (pytest.approx(nine + 13 * hour), pytest.approx(3 * hour))
    ]
    assert boxes("日曜日", "#c5d7fb") == [
        (pytest.approx(nine + 9 * hour), pytest.approx(6.5 * hour))
    ]
    for text in ("働いた時間", "休憩", "深夜の時間帯(22時〜翌朝5時)"):
        expect(card.get_by_role("listitem").filter(has_text=text).first).to_be_visible()


def test_messages_stand_at_their_fields_until_they_are_changed(
    card: Page, judge_card, week: Timesheet
) -> None:
    night, overtime = cell(card, "日曜日 深夜"), cell(card, "月曜日 時間外")
    night.fill("2:00")
    cell(card, "日曜日 法定休日").fill("6:30")
    cell(card, "月曜日 所定・法定内").fill("8:00")
    overtime.fill("6:00")
    judge_card(card, week)
    expect(night).to_have_attribute("aria-invalid", "true")
    expect(night).to_have_accessible_description(
        "書き方の例: 8:00、1時間30分、90分。0分の欄は空けておけます。 24時からの30分も深夜です。"
    )
    expect(overtime).to_have_accessible_description(
        "書き方の例: 8:00、1時間30分、90分。0分の欄は空けておけます。 "
        "働いた時間 13時間 / いまの合計 14時間(1時間 多い) "
        "休憩の1時間が入ったままのようです。休憩は、働いた時間に数えません。"
    )
    expect(cell(card, "月曜日 深夜")).to_have_attribute("aria-invalid", "true")
    expect(day(card, "月曜日").get_by_text("空いているので0分と数えました。")).to_be_visible()
    whole = card.get_by_text("所定・法定内・時間外・法定休日の合計が、働いた時間(13時間)より")
    expect(whole).to_be_visible()
    expect(day(card, "日曜日").get_by_text("◯ 0分で合っています。")).to_have_count(2)
    overtime.fill("5:00")
    expect(overtime).not_to_have_attribute("aria-invalid", "true")
    expect(whole).to_be_hidden()
    expect(night).to_have_attribute("aria-invalid", "true")


def test_a_day_without_an_entry_asks_for_one(card: Page, judge_card, week: Timesheet) -> None:
    cell(card, "月曜日 所定・法定内").fill("8:00")
    judge_card(card, week)
    expect(day(card, "日曜日").get_by_text("この日の時間を入れてください。")).to_be_visible()
    cell(card, "日曜日 深夜").fill("1")
    expect(day(card, "日曜日").get_by_text("この日の時間を入れてください。")).to_be_hidden()


def test_an_answer_from_another_device_is_shown_whatever_it_holds(card: Page) -> None:
    card.evaluate("model.set('answer', {minutes: {mon: {night: '60', regular: 8}, sun: 'x'}})")
    expect(cell(card, "月曜日 深夜")).to_have_value("60")
    expect(cell(card, "月曜日 所定・法定内")).to_have_value("")
    card.evaluate("model.set('answer', {minutes: null})")
    expect(cell(card, "月曜日 深夜")).to_have_value("")


def test_a_phone_stacks_the_fields_and_enter_goes_down(show_card, week: Timesheet) -> None:
    phone: Page = show_card(week, has_touch=True, is_mobile=True)
    assert phone.evaluate("document.documentElement.scrollWidth") <= 390
    first, second = cell(phone, "月曜日 所定・法定内"), cell(phone, "月曜日 時間外")
    first.tap()
    phone.keyboard.type("8:00")
    phone.keyboard.press("Enter")
    expect(second).to_be_focused()
    above, below = first.bounding_box(), second.bounding_box()
    assert above["x"] == below["x"]
    assert above["y"] + above["height"] <= below["y"]
    for text in phone.locator(".mbx-figure text").all():
        box = text.bounding_box()
        assert 0 <= box["x"] <= box["x"] + box["width"] <= 390
    for _ in range(3):
        phone.keyboard.press("Enter")
    expect(cell(phone, "日曜日 所定・法定内")).to_be_focused()


def test_without_regular_nothing_is_added_up(show_card) -> None:
    days = [WorkDay("d", "平日", [("9:00", "18:00")])]
    sheet = Timesheet("s", title="問", prompt="？", days=days, categories=["overtime"])
    page: Page = show_card(sheet)
    cell(page, "平日 時間外").fill("60")
    expect(page.get_by_text("→ 1時間")).to_be_visible()
    expect(page.locator(".mb-day-sum")).to_have_count(0)
    expect(page.get_by_text("= 働いた時間")).to_have_count(0)


@pytest.mark.parametrize("width", [390, 1280])
def test_axe_finds_nothing_and_nothing_is_too_wide(
    show_card, judge_card, violations, week: Timesheet, width: int
) -> None:
    page: Page = show_card(week, width=width)
    cell(page, "月曜日 時間外").fill("6:00")
    cell(page, "日曜日 深夜").fill("たくさん")
    judge_card(page, week)
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    for target in (*page.get_by_role("button").all(), *page.get_by_role("textbox").all()):
        size = target.bounding_box()
        assert size is not None
        assert size["height"] >= 44
