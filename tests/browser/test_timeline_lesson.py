"""A lesson of the docs' Timeline and Timesheet: answered, checked, printed, graded, told."""

import re

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def lesson_server(serve_docs):
    return serve_docs(timeline=1, timesheet=1)


def answer_everything(page: Page, card) -> None:
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


def test_both_are_answered_checked_graded_and_told(lesson_server, visit, card, hand_in) -> None:
    [link] = lesson_server.invite("手順 花子")
    page = visit(link, width=390)
    lesson_server.open_lesson(page)
    answer_everything(page, card)
    for title in ("問2", "問6"):
        card(page, title).get_by_role("button", name="確かめる").click()
        expect(card(page, title).get_by_text("正解です")).to_be_visible()
        expect(card(page, title).locator(".mb-saved")).to_contain_text("保存しました")
    page.reload()
    page.wait_for_selector("html[data-ready]")
    expect(card(page, "問2").locator(".mb-step-label").first).to_have_text("設立総会")
    expect(card(page, "問2").get_by_text("申請書の受理から14日")).to_have_count(2)
    expect(card(page, "問6").get_by_label("日曜日 法定休日")).to_have_value("6時間30分")
    assert hand_in(lesson_server, page, "手順 花子") == 8
    expect(page.get_by_text("合計 8点(満点 8点)")).to_be_visible()
    expect(page.get_by_text("3. 縦覧の満了: 2026年12月15日(令和8年・火)")).to_be_visible()
    expect(page.get_by_text("縦覧は受理の翌日から数えて2週間です。")).to_be_visible()
    expect(
        page.get_by_text("月曜日: 所定・法定内 8時間・時間外 5時間・深夜 1時間・法定休日 0分")
    ).to_be_visible()


@pytest.mark.parametrize("width", [390, 1280])
def test_the_lesson_is_accessible_not_too_wide_and_printed(
    lesson_server, visit, card, violations, width: int
) -> None:
    page = visit(lesson_server.link("participant"), width=width)
    lesson_server.open_lesson(page)
    answer_everything(page, card)
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.emulate_media(media="print")
    expect(page.get_by_role("img")).to_have_count(3)
    for figure in page.get_by_role("img").all():
        expect(figure).to_be_visible()
    expect(page.get_by_label("縦覧の満了 日付")).to_have_value("12/15")
    expect(page.get_by_role("button", name=re.compile("確かめる|上へ|順番"))).to_have_count(0)
