"""A lesson of the docs' Rewrite and DataTask: answered, saved, checked, graded, told."""

import re

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def lesson_server(serve_docs):
    return serve_docs(rewrite=1, data_task=1)


def answer_everything(page: Page, card) -> None:
    notice, members = card(page, "問3"), card(page, "問1")
    notice.get_by_label("書きかえた文").fill("みなさん、6月7日10時に、市民会館へ来てください。")
    members.get_by_label("並べかえ").select_option("氏名の順")
    members.get_by_role("textbox", name="2 電話番号", exact=True).fill("090-0000-0002")
    members.get_by_role("textbox", name="4 電話番号", exact=True).fill("090-0000-0004")
    members.get_by_role("checkbox", name="5 重複", exact=True).check()
    members.get_by_label("会員の人数").fill("4")
    members.get_by_label("未納の人").fill("2")


def test_both_are_answered_saved_checked_graded_and_told(
    lesson_server, visit, card, hand_in
) -> None:
    [link] = lesson_server.invite("言葉 花子")
    page = visit(link, width=390)
    lesson_server.open_lesson(page)
    answer_everything(page, card)
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
    assert hand_in(lesson_server, page, "言葉 花子") == 8
    expect(page.get_by_text("合計 8点(満点 8点)")).to_be_visible()
    expect(page.get_by_text("2行目 電話番号: 090-0000-0002")).to_be_visible()
    expect(
        page.get_by_text("みなさん、6月7日の午前10時に、市民会館へ来てください。")
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
    expect(page.get_by_label("書きかえた文")).to_be_visible()
    expect(page.get_by_text("書きかえの手がかり")).to_be_hidden()
    expect(page.get_by_label("並べかえ")).to_be_hidden()
    expect(page.get_by_role("textbox", name="4 電話番号", exact=True)).to_be_visible()
