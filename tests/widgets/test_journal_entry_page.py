"""The card of a journal entry in a real browser, as JupyterLab gets it: one text, no page host."""

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from manabiba_subjects import npo_case
from manabiba_widgets import JournalEntry, Transaction

pytestmark = pytest.mark.browser
DEBIT = "借方(左) 1行目 "
CREDIT = "貸方(右) 1行目 "


@pytest.fixture
def card(show_card) -> Page:
    exercise = JournalEntry(
        "book",
        title="問",
        prompt="仕訳してください。",
        accounts=npo_case.accounts(),
        transactions=[Transaction("t4", "4月15日 会費が振り込まれた")],
    )
    return show_card(exercise, has_touch=True)


def answered(page: Page) -> Any:
    return page.evaluate("model.get('answer').entries?.t4")


def suggestions(page: Page) -> list[str]:
    return page.locator("[role=option]:visible").all_inner_texts()


@pytest.mark.parametrize("typed", ["普通", "ふつう", "フツウ", "ﾌﾂｳ", "よきん"])
def test_an_account_is_found_by_any_part_of_name_or_reading(card: Page, typed: str) -> None:
    card.get_by_label(f"{DEBIT}勘定科目").focus()
    card.keyboard.type(typed)
    assert suggestions(card) == ["普通預金\nふつうよきん"]


def test_paper_has_lines_to_write_on_and_nothing_to_press(card: Page) -> None:
    card.emulate_media(media="print")
    assert card.get_by_label(f"{DEBIT}勘定科目").is_visible()
    assert card.locator("button:visible").count() == 0


def test_what_begins_with_the_typed_text_comes_first(card: Page) -> None:
    card.get_by_label(f"{DEBIT}勘定科目").focus()
    card.keyboard.type("うけとり")
    found = [text.split("\n")[0] for text in suggestions(card)]
    assert found[0].startswith("受取")
    assert found.index("受取利息") < found.index("正会員受取会費")


def test_an_account_is_chosen_by_keyboard_alone(card: Page) -> None:
    account, keys = card.get_by_label(f"{CREDIT}勘定科目"), card.keyboard
    account.focus()
    expect(account).to_have_attribute("aria-expanded", "false")
    keys.type("かいひ")
    expect(account).to_have_attribute("aria-expanded", "true")
    keys.press("ArrowUp")
    active = account.get_attribute("aria-activedescendant")
    expect(card.locator(f"[id='{active}']")).to_have_attribute("aria-selected", "true")
    keys.press("ArrowDown")
    first = card.locator("[role=option][aria-selected=true]").inner_text().split("\n")[0]
    keys.press("Enter")
    expect(account).to_have_value(first)
    expect(account).to_have_attribute("aria-expanded", "false")
    assert answered(card)["credit"] == [{"account": first, "amount": ""}]


def test_escape_closes_the_list_and_keeps_what_was_typed(card: Page) -> None:
    account = card.get_by_label(f"{DEBIT}勘定科目")
    account.focus()
    card.keyboard.type("げん")
    card.keyboard.press("Escape")
    assert suggestions(card) == []
    expect(account).to_have_value("げん")


def test_enter_in_an_empty_field_chooses_nothing(card: Page) -> None:
    account = card.get_by_label(f"{DEBIT}勘定科目")
    account.click()
    assert len(suggestions(card)) == len(npo_case.accounts())
    card.keyboard.press("Enter")
    assert suggestions(card) == []
    expect(account).to_have_value("")


def test_a_whole_reading_becomes_the_account_when_one_goes_on(card: Page) -> None:
    account = card.get_by_label(f"{DEBIT}勘定科目")
    account.focus()
    card.keyboard.type("げんきん")
    card.keyboard.press("Tab")
    expect(account).to_have_value("現金")
    assert answered(card)["debit"][0]["account"] == "現金"


def test_an_unknown_account_is_told_at_once(card: Page) -> None:
    card.get_by_label(f"{DEBIT}勘定科目").fill("ざっぴ")
    expect(card.get_by_text("合う科目がありません")).to_be_visible()


def test_an_account_is_chosen_by_touch(card: Page) -> None:
    account = card.get_by_label(f"{DEBIT}勘定科目")
    account.tap()
    card.get_by_role("option", name="普通預金").tap()
    expect(account).to_have_value("普通預金")
    assert suggestions(card) == []


def test_amounts_are_echoed_and_totals_follow(card: Page) -> None:
    totals = card.locator(".mb-totals")
    expect(totals).to_have_text("借方合計 0円 / 貸方合計 0円 / 差額 0円")
    card.get_by_label(f"{DEBIT}金額").fill("３７０，０００円")
    expect(card.get_by_text("→ 370,000円")).to_be_visible()
    expect(totals).to_have_text("借方合計 370,000円 / 貸方合計 0円 / 差額 370,000円")
    card.get_by_label(f"{CREDIT}金額").fill("¥370,000")
    expect(totals).to_have_text(
        "借方合計 370,000円 / 貸方合計 370,000円 / 差額 0円(左右が一致しています)"
    )
    card.get_by_label(f"{CREDIT}金額").fill("37万")
    expect(card.get_by_text("→ 数字として読めません")).to_be_visible()
    card.get_by_label(f"{CREDIT}金額").fill("▲370000")
    expect(totals).to_have_text("借方合計 370,000円 / 貸方合計 0円 / 差額 370,000円")


def test_rows_are_added_and_taken_away(card: Page) -> None:
    side = card.get_by_role("group", name="貸方(右)")
    card.get_by_label(f"{CREDIT}金額").fill("100")
    side.get_by_role("button", name="行を足す").click()
    expect(card.get_by_label("貸方(右) 2行目 勘定科目")).to_be_focused()
    card.get_by_label("貸方(右) 2行目 金額").fill("20")
    side.get_by_role("button", name="貸方(右) 1行目を消す").click()
    expect(card.get_by_label(f"{CREDIT}勘定科目")).to_be_focused()
    expect(side.get_by_role("button", name="消す")).to_have_count(0)
    assert answered(card)["credit"] == [{"account": "", "amount": "20"}]
    for _ in range(11):
        side.get_by_role("button", name="行を足す").click()
    expect(side.get_by_role("button", name="行を足す")).to_have_count(0)


def test_a_message_stands_at_the_field_it_is_about(card: Page) -> None:
    card.get_by_label(f"{DEBIT}勘定科目").fill("現金")
    card.get_by_label(f"{CREDIT}勘定科目").fill("雑費")
    card.evaluate(
        """model.set("feedback", {check: 1, status: "incomplete", score: 0, message: "途中です。",
        parts: [{input: "t4-debit-0", ok: false, message: "金額を入れてください。"},
                {input: "t4-credit-0", ok: false, message: "一覧にない科目です。"},
                {input: "t4", ok: false, message: "全体の話です。"}]})"""
    )
    amount = card.get_by_label(f"{DEBIT}金額")
    expect(amount).to_have_attribute("aria-invalid", "true")
    expect(amount).to_have_accessible_description("金額を入れてください。")
    account = card.get_by_label(f"{CREDIT}勘定科目")
    expect(account).to_have_accessible_description("一覧にない科目です。")
    side = card.get_by_role("group", name="貸方(右)")
    expect(side).to_have_accessible_description("全体の話です。")
    account.fill("正会員受取会費")
    expect(account).not_to_have_attribute("aria-invalid", "true")
    expect(card.get_by_text("全体の話です。")).to_be_hidden()


def test_an_answer_from_another_device_is_shown_whatever_it_holds(card: Page) -> None:
    card.evaluate(
        """model.set("answer", {entries: {t4: {debit: [{account: "現金", amount: "5"}, null, 3],
        credit: "x"}}})"""
    )
    expect(card.get_by_label(f"{DEBIT}勘定科目")).to_have_value("現金")
    expect(card.get_by_label("借方(左) 3行目 勘定科目")).to_have_value("")
    expect(card.locator(".mb-totals")).to_have_text("借方合計 5円 / 貸方合計 0円 / 差額 5円")


def test_the_card_is_not_wider_than_a_phone(card: Page) -> None:
    card.get_by_label(f"{DEBIT}勘定科目").click()
    assert card.evaluate("document.documentElement.scrollWidth") <= 390
    for button in card.get_by_role("button").all():
        box = button.bounding_box()
        assert box is not None
        assert box["height"] >= 44


def test_axe_finds_nothing(card: Page, violations) -> None:
    card.get_by_label(f"{DEBIT}金額").fill("37万")
    card.get_by_label(f"{CREDIT}勘定科目").click()
    assert violations(card) == []
