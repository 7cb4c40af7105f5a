"""A lesson of the docs' Rank, Matrix and Plan: answered, checked, printed, graded, told."""

import re

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser
ENTRIES = {
    "投入 1": "職員2人",
    "活動 1": "居場所を開く",
    "産出 1": "居場所 24回",
    "短期成果 1": "高校生に相談相手ができる",
    "中期成果 1": "孤立する高校生が減る",
}


@pytest.fixture(scope="module")
def lesson_server(serve_docs):
    return serve_docs(rank=1, matrix=1, plan=2)


def answer_everything(page: Page, card) -> None:
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


def test_all_are_answered_checked_graded_and_told(lesson_server, visit, card, hand_in) -> None:
    [link] = lesson_server.invite("計画 花子")
    page = visit(link, width=390)
    lesson_server.open_lesson(page)
    answer_everything(page, card)
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
    assert hand_in(lesson_server, page, "計画 花子") == 16
    expect(page.get_by_text("合計 16点(満点 16点)")).to_be_visible()
    expect(page.get_by_text("1. 会員名簿の整備: 影響4 × 実現性5 = 20")).to_be_visible()
    expect(page.get_by_text("費用: 市 ◎ 責任 または ○ 協力")).to_be_visible()
    expect(page.get_by_text("・短期成果: 誰がどう変わるかを書いている")).to_be_visible()
    expect(page.get_by_text("数えるものは産出、人の変化は成果です。")).to_be_visible()


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
    expect(page.get_by_role("img", name="計画の図。")).to_be_visible()
    expect(page.get_by_label("会員名簿の整備 かけた数")).to_have_value("20")
    expect(page.get_by_role("combobox", name="費用 市", exact=True)).to_be_visible()
    expect(
        page.get_by_role("button", name=re.compile("確かめる|上へ|書き足す|」を消す"))
    ).to_have_count(0)
