"""The same answer in two places: two tabs of one browser, two devices, and drafts left behind."""

import re

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser
TOLD = "この問は、別の画面で書きかえられています"


def words(page: Page):
    return page.get_by_role("region", name=re.compile(r"^問10( |$)"))


def write(page: Page, text: str) -> None:
    words(page).get_by_label("あなたの文章").fill(text)


def expect_words(page: Page, text: str) -> None:
    expect(words(page).get_by_label("あなたの文章")).to_have_value(text)


def expect_saved(page: Page) -> None:
    expect(words(page).locator(".mb-saved")).to_contain_text("保存しました")


def reload(page: Page) -> None:
    page.reload()
    page.wait_for_selector("html[data-ready]")


def wait_until_nothing_is_kept(page: Page) -> None:
    """Wait until the server has everything, so that the browser keeps no draft."""
    for _ in range(200):
        if "manabiba p-" not in page.evaluate("Object.keys(localStorage).join()"):
            return
        page.wait_for_timeout(100)
    raise AssertionError("a draft is still kept")


def two_tabs(server, visit, name: str) -> tuple[Page, Page]:
    [link] = server.invite(name)
    one = visit(link, width=390)
    server.open_lesson(one)
    two = visit(server.lesson, context=one.context)
    two.wait_for_selector("html[data-ready]")
    return one, two


def test_tabs_of_one_browser_do_not_overwrite_each_others_drafts(server, visit) -> None:
    one, two = two_tabs(server, visit, "二枚 一")
    write(one, "一枚目で書いた文。")
    expect_saved(one)
    write(two, "二枚目で書いた、ちがう文。")
    expect(two.get_by_text(TOLD)).to_be_visible()
    write(one, "一枚目で書いた文。続き。")
    expect_saved(one)

    reload(two)
    expect(two.get_by_text(TOLD)).to_be_visible()
    expect_words(two, "二枚目で書いた、ちがう文。")
    reload(two)  # and once more: a choice is never made by reloading
    expect(two.get_by_text(TOLD)).to_be_visible()
    expect_words(two, "二枚目で書いた、ちがう文。")
    write(two, "二枚目で書いた、ちがう文。さらに。")
    reload(two)
    expect_words(two, "二枚目で書いた、ちがう文。さらに。")

    two.get_by_text("別の画面の解答を見る").click()
    other = two.get_by_role("region", name="別の画面の解答")
    expect(other.get_by_label("あなたの文章")).to_have_value("一枚目で書いた文。続き。")
    expect(other.get_by_label("あなたの文章")).to_be_disabled()
    assert two.evaluate("document.documentElement.scrollWidth") <= 390
    two.get_by_role("button", name="この画面の解答を使う").click()
    expect(two.get_by_text(TOLD)).to_have_count(0)
    wait_until_nothing_is_kept(two)
    reload(one)
    expect_words(one, "二枚目で書いた、ちがう文。さらに。")


def test_two_drafts_that_tabs_left_behind_are_both_offered(server, visit) -> None:
    one, two = two_tabs(server, visit, "二枚 二")
    context = one.context
    for page in (one, two):  # not even what a page sends while it is closed gets through
        page.evaluate("() => { window.fetch = async () => { throw new TypeError('no line'); }; }")
    write(one, "先に書いた文。")
    expect(one.locator("#notice")).to_contain_text("接続が切れました。入力は続けられます")
    two.wait_for_timeout(50)
    write(two, "後に書いた文。")
    expect(two.locator("#notice")).to_contain_text("接続が切れました。入力は続けられます")
    one.close()
    two.close()
    again = visit(server.lesson, context=context)
    again.wait_for_selector("html[data-ready]")
    expect(again.get_by_text(TOLD)).to_be_visible()
    expect_words(again, "後に書いた文。")
    again.get_by_role("button", name="この端末に残っていた解答を使う").click()
    expect_words(again, "先に書いた文。")
    expect_saved(again)
    reload(again)
    expect_words(again, "先に書いた文。")
    expect(again.get_by_text(TOLD)).to_have_count(0)


def test_a_second_tab_leaves_a_living_tabs_draft_alone(server, visit) -> None:
    [link] = server.invite("二枚 三")
    one = visit(link)
    server.open_lesson(one)
    one.route("**/answers/**", lambda route: route.abort())
    write(one, "書きかけ")
    expect(one.locator("#notice")).to_contain_text("接続が切れました。入力は続けられます")
    two = visit(server.lesson, context=one.context)
    two.wait_for_selector("html[data-ready]")
    expect_words(two, "")
    one.unroute("**/answers/**")
    expect(one.locator("#notice")).to_contain_text("つながりました", timeout=40_000)
    reload(two)
    expect_words(two, "書きかけ")
