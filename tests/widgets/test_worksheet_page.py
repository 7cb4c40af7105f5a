"""The card of a worksheet in a real browser: keyboard, pasting, messages, a phone."""

import pytest
from playwright.sync_api import Locator, Page, expect

from manabiba_widgets import Column, Row, Worksheet

pytestmark = pytest.mark.browser


@pytest.fixture
def sheet() -> Worksheet:
    worksheet = Worksheet(
        "ws",
        title="問9 試算表",
        prompt="空いている欄に記入してください。",
        columns=[Column("debit", "借方"), Column("credit", "貸方")],
        rows=[
            Row("assets", "資産の部"),
            Row("cash", "現金", given={"debit": 128_200}, ask=("credit",), level=1),
            Row("bank", "普通預金", ask=("debit", "credit"), level=1),
            Row("gear", "什器備品", ask=("debit",), level=1),
            Row("assets_total", "資産合計", given={"debit": 1_500_000}, total=True),
            Row("total", "合計", ask=("debit", "credit"), total=True),
            Row("share", "割合", ask=("debit",), unit="%", decimals=1),
        ],
        corner="勘定科目",
    )
    worksheet.key(
        cells={
            "cash.credit": 0,
            "bank.debit": 1_218_488,
            "bank.credit": 7,
            "gear.debit": 153_312,
            "total.debit": 1_500_000,
            "total.credit": 7,
            "share.debit": 80,
        },
        follow={
            "total.debit": lambda c: c("cash.debit") + c("bank.debit") + c("gear.debit"),
        },
        mistakes={"bank.debit": {1_128_488: "数字の並びを確かめましょう。"}},
    )
    return worksheet


@pytest.fixture
def card(show_card, sheet: Worksheet) -> Page:
    page: Page = show_card(sheet, width=1280)
    return page


def cell(page: Page, name: str) -> Locator:
    return page.get_by_role("textbox", name=name, exact=True)


def copy(page: Page, text: str) -> None:
    """Put a text on the clipboard as another program would."""
    page.evaluate("document.querySelector('h2').outerHTML += '<textarea id=other></textarea>'")
    page.locator("#other").fill(text)
    page.keyboard.press("Control+A")
    page.keyboard.press("Control+C")
    page.evaluate("document.querySelector('#other').remove()")


def cells_of(page: Page) -> dict[str, str]:
    return dict(page.evaluate("model.get('answer').cells || {}"))


def test_the_whole_table_is_filled_in_by_keyboard(card: Page, sheet: Worksheet) -> None:
    keys = card.keyboard
    keys.press("Tab")
    expect(cell(card, "現金 貸方")).to_be_focused()
    for text, key in (
        ("0", "Enter"),
        ("7", "ArrowLeft"),  # the caret, then the cell before
        ("", "ArrowLeft"),
        ("１，２１８，４８８円", "ArrowDown"),
        ("153,312", "Enter"),
        ("1500000", "Tab"),
        ("７", "Shift+Tab"),
        ("", "ArrowDown"),
        ("80.0", "Tab"),
    ):
        if text:
            keys.insert_text(text)
        keys.press(key)
    expect(card.get_by_role("button", name="確かめる")).to_be_focused()
    assert cells_of(card) == {
        "cash.credit": "0",
        "bank.credit": "7",
        "bank.debit": "１，２１８，４８８円",
        "gear.debit": "153,312",
        "total.debit": "1500000",
        "total.credit": "７",
        "share.debit": "80.0",
    }
    assert sheet.judge({"cells": cells_of(card)}, with_key=True).score == 1.0


def test_keys_move_as_in_a_spreadsheet(card: Page) -> None:
    keys = card.keyboard
    cell(card, "普通預金 貸方").focus()
    for key, name in (
        ("Home", "普通預金 借方"),
        ("End", "普通預金 貸方"),
        ("ArrowUp", "現金 貸方"),
        ("ArrowUp", "現金 貸方"),
        ("ArrowLeft", "現金 貸方"),
        ("ArrowDown", "普通預金 貸方"),
        ("ArrowDown", "合計 貸方"),  # 什器備品 asks for no figure there
        ("Enter", "合計 貸方"),
        ("Shift+Enter", "普通預金 貸方"),
        ("Control+End", "割合(%) 借方"),
        ("Control+Home", "現金 貸方"),
    ):
        keys.press(key)
        expect(cell(card, name)).to_be_focused()


def test_typing_replaces_f2_changes_and_escape_takes_back(card: Page) -> None:
    bank, keys = cell(card, "普通預金 借方"), card.keyboard
    bank.fill("1234")
    keys.press("Enter")
    keys.press("ArrowUp")
    keys.press("F2")
    keys.press("ArrowLeft")
    keys.press("Backspace")
    expect(bank).to_have_value("124")
    keys.press("Home")
    keys.press("ArrowLeft")
    expect(bank).to_be_focused()
    keys.type("9")
    expect(bank).to_have_value("9124")
    keys.press("Escape")
    expect(bank).to_have_value("1234")
    keys.type("5")
    expect(bank).to_have_value("5")
    assert cells_of(card)["bank.debit"] == "5"
    keys.press("Control+Z")
    expect(bank).to_have_value("1234")


def test_keys_belong_to_the_conversion_of_kana(card: Page) -> None:
    bank = cell(card, "普通預金 借方")
    bank.focus()
    bank.dispatch_event("keydown", {"key": "Enter", "isComposing": True})
    expect(bank).to_be_focused()


def test_figures_are_echoed_as_read(card: Page) -> None:
    bank = cell(card, "普通預金 借方")
    bank.fill("△１２３４円")
    expect(card.get_by_text("→ ▲1,234", exact=True)).to_be_visible()
    bank.fill("▲1,234")
    expect(card.get_by_text("→ ▲1,234", exact=True)).to_be_hidden()
    bank.fill("5万")
    expect(card.get_by_text("→ 読めません")).to_be_visible()
    cell(card, "割合(%) 借方").fill("79.1%")
    expect(card.get_by_text("→ 79.1", exact=True)).to_be_visible()


def test_a_given_total_adds_up_what_was_entered(card: Page) -> None:
    running = card.locator(".mb-running")
    expect(running).to_have_count(1)
    expect(running).to_have_text("")
    cell(card, "普通預金 借方").fill("1,218,488")
    expect(running).to_have_text("いまの計 1,346,688(153,312 足りない)")
    cell(card, "什器備品 借方").fill("153,313")
    expect(running).to_have_text("いまの計 1,500,001(1 多い)")
    cell(card, "什器備品 借方").fill("１５３３１２円")
    expect(running).to_have_text("いまの計 1,500,000(一致)")
    cell(card, "合計 借方").fill("5")
    expect(running).to_have_text("いまの計 1,500,000(一致)")


def test_a_block_from_excel_fills_the_cells_below_and_beside(card: Page) -> None:
    copy(card, " 1,218,488 \t７円\r\n▲153,312\t-\r\n")
    cell(card, "普通預金 借方").focus()
    card.keyboard.press("Control+V")
    assert cells_of(card) == {
        "bank.debit": "1,218,488",
        "bank.credit": "７円",
        "gear.debit": "▲153,312",
    }
    expect(cell(card, "普通預金 借方")).to_be_focused()
    expect(
        card.get_by_text("3個の欄に貼り付けました。記入欄でないところの1個は入れていません。")
    ).to_be_visible()
    for _ in range(3):
        card.keyboard.press("Control+Z")
    assert set(cells_of(card).values()) == {""}


def test_a_table_with_its_labels_is_pasted_by_them(card: Page) -> None:
    copy(
        card,
        "勘定科目\t借方\t貸方\n合　計\t1500000\t7\n普通預金\t1218488\t7\n"
        "その他\t\t\n現金\t128200\t-\n",
    )
    cell(card, "現金 貸方").focus()
    card.keyboard.press("Control+V")
    assert cells_of(card) == {
        "total.debit": "1500000",
        "total.credit": "7",
        "bank.debit": "1218488",
        "bank.credit": "7",
        "cash.credit": "0",
    }


def test_one_cell_from_excel_goes_where_the_caret_is(card: Page) -> None:
    copy(card, "488\n")
    cell(card, "普通預金 借方").fill("1,218,")
    card.keyboard.press("Control+V")
    expect(cell(card, "普通預金 借方")).to_have_value("1,218,488")


def test_marked_rows_are_copied_with_their_figures(card: Page) -> None:
    cell(card, "普通預金 借方").fill("12")
    card.get_by_text("単位: 円").click()
    card.evaluate("getSelection().selectAllChildren(document.querySelector('.mb-sheet tbody'))")
    card.keyboard.press("Control+C")
    card.evaluate("document.querySelector('h2').outerHTML += '<textarea id=other></textarea>'")
    card.locator("#other").focus()
    card.keyboard.press("Control+V")
    assert card.locator("#other").input_value().split("\n")[:4] == [
        "資産の部\t\t",
        "現金\t128,200\t",
        "普通預金\t12\t",
        "什器備品\t\t",
    ]


def test_messages_are_tied_to_their_cells_and_lead_there(
    card: Page, sheet: Worksheet, judge_card
) -> None:
    bank, total = cell(card, "普通預金 借方"), cell(card, "合計 借方")
    bank.fill("1128488")
    cell(card, "什器備品 借方").fill("153312")
    total.fill("1410000")
    cell(card, "合計 貸方").fill("七")
    judge_card(card, sheet)
    expect(bank).to_have_attribute("aria-invalid", "true")
    expect(bank).to_have_accessible_description("見直しましょう 数字の並びを確かめましょう。")
    expect(cell(card, "什器備品 借方")).to_have_accessible_description("合っています")
    expect(total).not_to_have_attribute("aria-invalid", "true")
    expect(total).to_have_accessible_description(
        "合っています 前の数字をもとにすると合っています。もとの数字を直すと、ここも変わります。"
    )
    items = card.locator(".mb-sheet-messages li")
    assert [text.split("\n")[0] for text in items.all_inner_texts()] == [
        "最初の空欄へ",
        "普通預金 借方",
        "合計 借方",
        "合計 貸方",
    ]
    empty = cell(card, "現金 貸方")
    expect(empty).to_have_accessible_description("まだ入っていない欄が3個あります。")
    card.get_by_role("link", name="最初の空欄へ").click()
    expect(empty).to_be_focused()
    card.get_by_role("link", name="普通預金 借方").press("Enter")
    expect(bank).to_be_focused()
    card.keyboard.type("1218488")
    expect(bank).not_to_have_attribute("aria-invalid", "true")
    expect(items).to_have_count(3)
    empty.fill("0")
    expect(empty).not_to_have_attribute("aria-describedby", "mb-ws-input-empty")


def test_an_answer_from_another_device_is_shown_whatever_it_holds(card: Page) -> None:
    card.evaluate("model.set('answer', {cells: {'bank.debit': '5', 'total.debit': 3, x: null}})")
    expect(cell(card, "普通預金 借方")).to_have_value("5")
    expect(cell(card, "合計 借方")).to_have_value("")
    card.evaluate("model.set('answer', {cells: 'x'})")
    expect(cell(card, "普通預金 借方")).to_have_value("")


def test_headers_are_headers(card: Page) -> None:
    for name in ("勘定科目", "借方", "貸方"):
        expect(card.get_by_role("columnheader", name=name, exact=True)).to_be_visible()
    expect(card.get_by_role("rowheader", name="割合(%)")).to_have_attribute("scope", "row")
    expect(card.get_by_role("rowheader", name="資産の部")).to_have_attribute("scope", "rowgroup")


@pytest.mark.parametrize("width", [390, 1280])
def test_axe_finds_nothing(show_card, judge_card, violations, sheet: Worksheet, width: int) -> None:
    page = show_card(sheet, width=width)
    cell(page, "普通預金 借方").fill("1128488")
    judge_card(page, sheet)
    assert violations(page) == []


def test_a_phone_scrolls_the_table_beside_its_labels(show_card, sheet: Worksheet) -> None:
    phone: Page = show_card(sheet, has_touch=True, is_mobile=True)
    assert phone.evaluate("document.documentElement.scrollWidth") <= 390
    expect(phone.get_by_text("表は横に動かせます。")).to_be_visible()
    last = cell(phone, "普通預金 貸方")
    expect(last).to_have_attribute("inputmode", "numeric")
    last.tap()
    label = phone.get_by_role("rowheader", name="普通預金").bounding_box()
    cell(phone, "普通預金 借方").focus()
    label_after = phone.get_by_role("rowheader", name="普通預金").bounding_box()
    box = cell(phone, "普通預金 借方").bounding_box()
    assert label is not None
    assert label_after is not None
    assert box is not None
    assert label["x"] == label_after["x"] >= 0
    assert box["x"] >= label_after["x"] + label_after["width"]
    for target in (*phone.get_by_role("button").all(), *phone.get_by_role("textbox").all()):
        size = target.bounding_box()
        assert size is not None
        assert size["height"] >= 44


@pytest.mark.parametrize("names", [["金額"], ["借方", "貸方"]])
def test_a_long_table_scrolls_by_itself_only_below_the_heads_of_columns(
    show_card, names: list[str]
) -> None:
    long = Worksheet(
        "ws",
        title="問6 給与明細",
        prompt="空いている欄に書いてください。",
        columns=[Column(f"c{n}", name) for n, name in enumerate(names)],
        rows=[Row(f"r{n}", f"項目{n}", ask=("c0",)) for n in range(20)],
    )
    table = show_card(long).get_by_role("table")
    box = table.evaluate("({ parentElement: e }) => [e.clientHeight, e.scrollHeight]")
    assert (box[0] < box[1]) == (len(names) > 1)


def test_a_phone_without_a_minus_key_has_a_button(show_card, sheet: Worksheet) -> None:
    phone: Page = show_card(sheet, has_touch=True, is_mobile=True)
    minus = phone.get_by_role("button", name="▲をつける・外す")
    minus.tap()
    expect(phone.get_by_text("先に、▲をつける欄を選んでください。")).to_be_visible()
    bank = cell(phone, "普通預金 借方")
    bank.tap()
    phone.keyboard.type("500")
    minus.tap()
    expect(bank).to_have_value("▲500")
    expect(bank).to_be_focused()
    minus.tap()
    expect(bank).to_have_value("500")
