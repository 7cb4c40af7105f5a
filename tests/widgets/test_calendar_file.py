"""The calendar file of YearCalendar, read back strictly, and its days held to manabiba_subjects."""

import base64
import itertools
import json
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import icalendar
import pytest
from playwright.sync_api import Browser, Page

from manabiba_subjects.npo_law import covered_closings, year_calendar
from manabiba_widgets import ExplorableError, YearCalendar
from manabiba_widgets.exercise import module_source

pytestmark = pytest.mark.browser
ON = date(2026, 11, 23)
AWKWARD = "給与,謝金;「\\」と\r\n改行\n😀" + "長い説明文です。" * 30


@pytest.fixture
def tab(browser: Browser) -> Iterator[Page]:
    page = browser.new_page()
    yield page
    page.close()


def run(tab: Page, module: str, body: str, given: Any) -> Any:
    """What `body` gives with `given` and the module's exports as `m`."""
    source = base64.b64encode(module_source(module).encode()).decode()
    return tab.evaluate(
        f"async (given) => {{ const m = await import('data:text/javascript;base64,{source}');"
        f" {body} }}",
        given,
    )


def test_the_browser_finds_the_same_days_as_python(tab: Page) -> None:
    rules = YearCalendar("x", title="図").spec["rules"]
    asked = [
        (closing, staff, business, special)
        for month in range(1, 13)
        for closing in covered_closings(month, ON)
        for staff, business, special in itertools.product((False, True), repeat=3)
    ]
    found = run(
        tab,
        "year_days",
        "return given.asked.map((one) => m.yearCalendar(given.rules, one)"
        ".map(({ on, rule }) => [on, rule.key]));",
        {
            "rules": rules,
            "asked": [
                {
                    "year": closing.year,
                    "month": closing.month,
                    "hasStaff": staff,
                    "hasProfitBusiness": business,
                    "hasSpecialTerm": special,
                }
                for closing, staff, business, special in asked
            ],
        },
    )
    expected = [
        [
            [entry.on.isoformat(), entry.rule.key]
            for entry in year_calendar(
                closing,
                has_staff=staff,
                has_profit_business=business,
                has_special_term=special,
            )
        ]
        for closing, staff, business, special in asked
    ]
    assert {closing.month for closing, *_ in asked} == set(range(1, 13))
    assert found == expected


def file_of(tab: Page, **given: Any) -> bytes:
    text: str = run(
        tab,
        "calendar_file",
        "return m.calendarFile({ ...given, stamp: new Date(given.stamp) });",
        {"name": "3月決算", "stamp": "2026-11-25T01:02:03Z", **given},
    )
    return text.encode()


def assert_lines_as_rfc_5545_wants_them(raw: bytes) -> None:
    assert raw.endswith(b"\r\n")
    lines = raw.split(b"\r\n")[:-1]
    assert all(b"\n" not in line and b"\r" not in line for line in lines)
    assert max(len(line) for line in lines) <= 75
    for line in lines:
        line.decode()  # a character is never cut in two


def test_a_file_is_read_back_as_it_was_meant(tab: Page) -> None:
    events = [
        {"uid": "a-20280229@x", "on": "2028-02-29", "title": AWKWARD, "text": AWKWARD},
        {"uid": "b-20261231@x", "on": "2026-12-31", "title": "年末調整", "text": "一\n二"},
    ]
    raw = file_of(tab, events=events, alarmDays=7)
    assert_lines_as_rfc_5545_wants_them(raw)
    calendar = icalendar.Calendar.from_ical(raw)
    assert calendar.errors == []
    assert calendar["VERSION"] == "2.0" and calendar["PRODID"]
    assert str(calendar["X-WR-CALNAME"]) == "3月決算"
    read = calendar.walk("VEVENT")
    assert [event.errors for event in read] == [[], []]
    lines = AWKWARD.replace("\r\n", "\n")
    assert [str(event["SUMMARY"]) for event in read] == [lines, "年末調整"]
    assert [str(event["DESCRIPTION"]) for event in read] == [lines, "一\n二"]
    assert [(event["DTSTART"].dt, event["DTEND"].dt) for event in read] == [
        (date(2028, 2, 29), date(2028, 3, 1)),
        (date(2026, 12, 31), date(2027, 1, 1)),
    ]
    assert [event["DTSTART"].params["VALUE"] for event in read] == ["DATE", "DATE"]
    assert read[0]["DTSTAMP"].dt == datetime(2026, 11, 25, 1, 2, 3, tzinfo=UTC)
    alarms = calendar.walk("VALARM")
    assert [alarm["TRIGGER"].dt for alarm in alarms] == [timedelta(days=-7)] * 2
    assert [str(alarm["ACTION"]) for alarm in alarms] == ["DISPLAY"] * 2


def test_without_an_alarm_there_is_none_and_names_stay_the_same(tab: Page) -> None:
    events = [{"uid": "a-20261210@x", "on": "2026-12-10", "title": "納付", "text": "説明"}]
    first = icalendar.Calendar.from_ical(file_of(tab, events=events))
    later = icalendar.Calendar.from_ical(file_of(tab, events=events, stamp="2027-01-01T00:00:00Z"))
    assert first.walk("VALARM") == []
    assert [str(e["UID"]) for e in first.walk("VEVENT")] == ["a-20261210@x"]
    assert [e["UID"] for e in later.walk("VEVENT")] == [e["UID"] for e in first.walk("VEVENT")]


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """YearCalendar as a page shows it, on 25 November 2026, under a strict policy."""
    errors: list[str] = []
    shown = YearCalendar("x-year", title="わたしたちの1年", fiscal_year_end_month=3)
    context = browser.new_context(viewport={"width": 390, "height": 900}, accept_downloads=True)
    page = context.new_page()
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.clock.set_fixed_time(datetime(2026, 11, 25, 3, tzinfo=UTC))
    state = json.dumps({n: getattr(shown, n) for n in ("explorable_id", "explorable_kind", "spec")})
    module = module_source(shown.kind).replace("export default", "const widget =")
    page.set_content(
        "<!doctype html><html lang=ja><title>図</title>"
        "<meta http-equiv=Content-Security-Policy"
        " content=\"default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'\">"
        f"<style>{shown._css}</style><main><h1>回</h1><h2>節</h2><div id=here></div></main>"
        f'<script type="module">const state = {state};'
        "const model = { get: (name) => state[name] };"
        f'{module} widget.render({{ model, el: document.querySelector("#here") }});</script>'
    )
    page.get_by_role("button", name="保存する").wait_for()
    yield page
    context.close()
    assert errors == []


def saved(page: Page) -> bytes:
    with page.expect_download() as download:
        page.get_by_role("button", name="カレンダーに入れるファイルを保存する").click()
    assert download.value.suggested_filename.endswith(".ics")
    return Path(download.value.path()).read_bytes()


def read_back(raw: bytes) -> list[tuple[date, str]]:
    calendar = icalendar.Calendar.from_ical(raw)
    events = calendar.walk("VEVENT")
    assert calendar.errors == [] and all(event.errors == [] for event in events)
    names = [str(event["UID"]) for event in events]
    assert len(set(names)) == len(names)
    return [(e["DTSTART"].dt, str(e["UID"]).split("@")[0].rsplit("-", 1)[0]) for e in events]


def test_the_file_has_what_python_says_for_the_readers_year(page: Page) -> None:
    raw = saved(page)
    assert_lines_as_rfc_5545_wants_them(raw)
    expected = [(e.on, e.rule.key) for e in year_calendar(date(2026, 3, 31))]
    assert read_back(raw) == expected
    page.get_by_label("決算の月").select_option("12月")
    page.get_by_label("いつの1年か").select_option("2028年1月から2028年12月まで")
    page.get_by_label("職員がいる(給与を払っている)").check()
    page.get_by_label("納期の特例の承認を受けている").check()
    page.get_by_label("収益事業をしている").check()
    page.get_by_label("7日前に知らせる").check()
    raw = saved(page)
    assert raw.count(b"BEGIN:VALARM") == raw.count(b"BEGIN:VEVENT")
    expected = [
        (e.on, e.rule.key)
        for e in year_calendar(
            date(2027, 12, 31), has_staff=True, has_special_term=True, has_profit_business=True
        )
    ]
    assert read_back(raw) == expected
    titles = [str(e["SUMMARY"]) for e in icalendar.Calendar.from_ical(raw).walk("VEVENT")]
    assert "法人税などの申告と納付(収益事業)(未確認)" in titles


def test_the_running_year_is_shown_first_with_what_comes_next(page: Page) -> None:
    told = page.locator(".mbx-told:not([aria-busy])").inner_text()
    assert "3月決算の1年に、18件の予定があります。" in told
    assert "2026年12月10日(木)の「源泉所得税の納付" in told
    assert page.get_by_label("いつの1年か").input_value() == "2026"
    page.get_by_label("決算の月").select_option("9月")
    assert page.get_by_label("いつの1年か").input_value() == "2026"
    page.get_by_label("決算の月").select_option("1月")  # the tables begin in April 2026
    assert page.get_by_label("いつの1年か").input_value() == "2027"


def test_what_is_not_verified_is_marked_and_closed_days_are_to_be_asked(page: Page) -> None:
    item = page.get_by_role("listitem")
    slips = item.filter(has_text="支払調書").inner_text()
    assert "未確認" in slips and "日曜日です。提出先に確認してください。" in slips
    report = item.filter(has_text="事業報告書等の所轄庁への提出").inner_text()
    assert report.startswith("30日(火) 事業報告書等の所轄庁への提出")
    assert "特定非営利活動促進法28条1項・29条" in report and "未確認" not in report
    audit = item.filter(has_text="監事の監査").inner_text()
    assert audit.startswith("31日(日)")
    assert "日付は目安" in audit and "日曜日です" not in audit
    assert page.get_by_text("休日にあたるときは提出先に確認してください。").count() == 1


def test_the_same_can_be_copied_as_text(page: Page) -> None:
    page.get_by_label("職員がいる(給与を払っている)").check()
    page.get_by_text("ファイルを使わずに、文字で写す").click()
    text = page.get_by_label("1年の予定(文字)").input_value()
    assert "2026年7月10日(金) 算定基礎届(二次資料で確認)\n" in text
    assert "5日以内 社会保険に入る人・やめる人がいる(届出)" in text
    assert len([line for line in text.split("\n") if line.startswith("202")]) == len(
        year_calendar(date(2026, 3, 31), has_staff=True)
    )


def test_it_is_moved_and_saved_by_keyboard_alone(page: Page) -> None:
    keys = page.keyboard
    keys.press("Tab")
    keys.type("8")
    keys.press("Tab")
    keys.press("Tab")
    keys.press("Space")  # 職員がいる
    keys.press("Tab")
    keys.press("Space")  # 納期の特例
    for _ in range(3):  # 収益事業, 7日前, 保存する
        keys.press("Tab")
    with page.expect_download() as download:
        keys.press("Enter")
    expected = year_calendar(date(2026, 8, 31), has_staff=True, has_special_term=True)
    assert read_back(Path(download.value.path()).read_bytes()) == [
        (e.on, e.rule.key) for e in expected
    ]
    assert (
        page.locator(".mbx-told:not([aria-busy])")
        .inner_text()
        .startswith(f"{len(expected)}件の予定を")
    )


def test_a_month_that_is_none_is_an_authors_mistake() -> None:
    with pytest.raises(ExplorableError, match="x: closing month 13 is not 1 to 12"):
        YearCalendar("x", title="図", fiscal_year_end_month=13)
