"""The card of a matrix in a real browser: keyboard, mouse, finger, messages, a phone."""

import pytest
from playwright.sync_api import Locator, Page, expect

from manabiba_widgets import Matrix, Rule

pytestmark = pytest.mark.browser


@pytest.fixture
def rights() -> Matrix:
    matrix = Matrix(
        "mx",
        title="問3 会員名簿の権限",
        prompt="だれが、どこまでできるようにしますか。",
        rows={"chair": "理事長", "office": "事務局", "helper": "ボランティア"},
        columns={"list": "会員名簿", "diary": "活動日誌", "books": "会計"},
        options={"edit": "編集", "view": "閲覧", "none": "なし"},
        given={("chair", "diary"): "view"},
        corner="役割",
    )
    matrix.key(
        cells={
            ("chair", "list"): "view",
            ("office", "list"): "edit",
            ("helper", "list"): "none",
            ("helper", "books"): "none",
        },
        rules=[
            Rule(
                "one-editor",
                "会計を編集できる人は1人にします。",
                lambda table: table.column("books").count("edit") == 1,
                label="会計を編集できる人が1人",
            )
        ],
        mistakes={("helper", "list"): {"edit": "名簿は、仕事に要る人だけにします。"}},
    )
    return matrix


RIGHT = {
    "chair.list": "view",
    "chair.books": "view",
    "office.list": "edit",
    "office.diary": "edit",
    "office.books": "edit",
    "helper.list": "none",
    "helper.diary": "edit",
    "helper.books": "none",
}


@pytest.fixture
def card(show_card, rights: Matrix) -> Page:
    page: Page = show_card(rights, width=1000)
    return page


def cell(page: Page, name: str) -> Locator:
    return page.get_by_role("combobox", name=name, exact=True)


def cells_of(page: Page) -> dict[str, str]:
    return dict(page.evaluate("model.get('answer').cells || {}"))


def test_the_whole_table_is_filled_in_by_keyboard(card: Page, rights: Matrix) -> None:
    keys = card.keyboard
    how = card.get_by_text("スペースで一覧が開きます")
    assert how.evaluate("e => e.nextElementSibling.querySelector('table') !== null")  # told before
    keys.press("Tab")
    expect(cell(card, "理事長 会員名簿")).to_be_focused()
    for key in (
        *("2", "ArrowRight", "2", "ArrowDown", "1", "ArrowLeft", "1", "Home", "1", "Enter"),
        *("3", "ArrowRight", "1", "End", "３"),
    ):
        if key == "３":  # as an input method may give it
            cell(card, "ボランティア 会計").dispatch_event("keydown", {"key": key})
        else:
            keys.press(key)
    assert cells_of(card) == RIGHT
    assert rights.judge({"cells": cells_of(card)}, with_key=True).score == 1.0
    keys.press("Tab")
    expect(card.get_by_role("button", name="確かめる")).to_be_focused()


def test_keys_move_as_in_a_spreadsheet(card: Page) -> None:
    cell(card, "事務局 活動日誌").focus()
    for key, name in (
        ("ArrowUp", "事務局 活動日誌"),  # what is given is passed over
        ("ArrowLeft", "事務局 会員名簿"),
        ("ArrowUp", "理事長 会員名簿"),
        ("ArrowRight", "理事長 会計"),
        ("End", "理事長 会計"),
        ("Enter", "事務局 会計"),
        ("Shift+Enter", "理事長 会計"),
        ("Control+End", "ボランティア 会計"),
        ("Control+Home", "理事長 会員名簿"),
    ):
        card.keyboard.press(key)
        expect(cell(card, name)).to_be_focused()
    assert cells_of(card) == {}


def test_digits_choose_zero_clears_and_escape_takes_back(card: Page) -> None:
    office, keys = cell(card, "事務局 会員名簿"), card.keyboard
    office.select_option("view")
    office.focus()
    keys.press("1")
    expect(office).to_have_value("edit")
    keys.press("9")
    expect(office).to_have_value("edit")
    keys.press("0")
    assert "office.list" not in cells_of(card)
    keys.press("Tab")
    keys.press("Shift+Tab")
    keys.press("3")
    keys.press("Escape")
    expect(office).to_have_value("")
    assert cells_of(card) == {}


def test_an_open_list_keeps_its_arrows_until_something_is_chosen(card: Page) -> None:
    office, keys = cell(card, "事務局 会員名簿"), card.keyboard
    for opener in ("F2", "Space", "Alt+ArrowDown"):
        office.select_option("")
        office.focus()
        keys.press(opener)
        keys.press("ArrowDown")
        expect(office).to_be_focused()
        keys.press("ArrowDown")
        keys.press("Enter")
        expect(office).to_have_value("view")
        keys.press("ArrowDown")
        expect(cell(card, "ボランティア 会員名簿")).to_be_focused()


def test_a_list_opened_with_the_mouse_is_chosen_from(card: Page) -> None:
    office = cell(card, "事務局 会員名簿")
    office.click()
    card.keyboard.press("ArrowDown")
    card.keyboard.press("Enter")
    expect(office).to_have_value("edit")
    assert cells_of(card) == {"office.list": "edit"}


def test_messages_are_tied_to_their_cells_and_lead_there(
    card: Page, rights: Matrix, judge_card
) -> None:
    wrong = {**RIGHT, "helper.list": "edit", "chair.books": "edit"}
    del wrong["office.diary"], wrong["helper.diary"]
    card.evaluate("(cells) => model.set('answer', {cells})", wrong)
    judge_card(card, rights)
    helper, empty = cell(card, "ボランティア 会員名簿"), cell(card, "事務局 活動日誌")
    expect(helper).to_have_attribute("aria-invalid", "true")
    expect(helper).to_have_accessible_description(
        "見直しましょう 名簿は、仕事に要る人だけにします。"
    )
    expect(cell(card, "事務局 会員名簿")).to_have_accessible_description("合っています")
    expect(empty).to_have_accessible_description("まだ選んでいない欄が2か所あります。")
    expect(card.get_by_role("heading", name="表の全体")).to_be_hidden()
    card.get_by_role("link", name="最初の空欄へ").click()
    expect(empty).to_be_focused()
    card.keyboard.press("1")
    card.get_by_role("link", name="ボランティア 会員名簿").press("Enter")
    expect(helper).to_be_focused()
    card.keyboard.press("3")
    expect(helper).not_to_have_attribute("aria-invalid", "true")
    cell(card, "ボランティア 活動日誌").select_option("edit")
    judge_card(card, rights)
    expect(card.get_by_role("heading", name="表の全体")).to_be_visible()
    expect(card.get_by_text("✕ 会計を編集できる人は1人にします。")).to_be_visible()
    cell(card, "理事長 会計").select_option("view")
    expect(card.get_by_role("heading", name="表の全体")).to_be_hidden()
    judge_card(card, rights)
    expect(card.get_by_text("◯ 会計を編集できる人が1人")).to_be_visible()
    expect(card.get_by_text("表はすべて合っています。")).to_be_visible()


def test_an_answer_from_another_device_is_shown_whatever_it_holds(card: Page) -> None:
    card.evaluate("model.set('answer', {cells: {'office.list': 'view', 'helper.list': 3, x: 'y'}})")
    expect(cell(card, "事務局 会員名簿")).to_have_value("view")
    expect(cell(card, "ボランティア 会員名簿")).to_have_value("")
    cell(card, "ボランティア 会員名簿").select_option("none")
    assert cells_of(card) == {"office.list": "view", "helper.list": "none"}
    for strange in ("'x'", "null", "[1]"):
        card.evaluate(f"model.set('answer', {{cells: {strange}}})")
        expect(cell(card, "事務局 会員名簿")).to_have_value("")


@pytest.mark.parametrize("width", [390, 1000])
def test_heads_are_heads_at_every_width(show_card, rights: Matrix, width: int) -> None:
    page: Page = show_card(rights, width=width)
    for name in ("役割", "会員名簿", "活動日誌", "会計"):
        expect(page.get_by_role("columnheader", name=name, exact=True)).to_be_attached()
    expect(page.get_by_role("rowheader", name="事務局")).to_be_visible()
    expect(page.get_by_role("cell").filter(has_text="閲覧").first).to_be_visible()
    expect(page.get_by_role("table", name="問3 会員名簿の権限")).to_be_visible()


def test_a_phone_has_the_cells_of_a_row_below_each_other(show_card, rights: Matrix) -> None:
    phone: Page = show_card(rights, has_touch=True, is_mobile=True)
    boxes = [cell(phone, f"事務局 {column}").bounding_box() for column in ("会員名簿", "会計")]
    assert boxes[0]["x"] == boxes[1]["x"]
    assert boxes[1]["y"] > boxes[0]["y"] + boxes[0]["height"]
    expect(phone.locator(".mb-matrix-column", has_text="会計").first).to_be_visible()
    expect(phone.get_by_text("矢印キーとEnter")).to_be_hidden()
    first = cell(phone, "事務局 会員名簿")
    first.tap()
    expect(first).to_be_focused()
    first.select_option("edit")
    assert cells_of(phone) == {"office.list": "edit"}
    assert phone.evaluate("document.documentElement.scrollWidth") <= 390


CUT_OFF = """() => [...document.querySelectorAll("select")].flatMap((list) => {
    const style = getComputedStyle(list);
    const pen = document.createElement("canvas").getContext("2d");
    pen.font = style.font;
    const arrow = 18;
    const room = list.clientWidth - arrow - parseFloat(style.paddingLeft) * 2;
    const texts = [...list.options].map((option) => option.text);
    return texts.filter((text) => pen.measureText(text).width > room);
})"""


def test_a_phone_shows_the_chosen_words_whole_beside_a_short_name(show_card) -> None:
    matrix = Matrix(
        "mx",
        title="問1 役割",
        prompt="だれがしますか。",
        rows={"door": "会場"},
        columns={"group": "団体", "city": "市"},
        options={"main": "◎ 責任を持つ", "help": "○ 協力・知らせを受ける"},
    )
    phone: Page = show_card(matrix, has_touch=True, is_mobile=True)
    assert phone.evaluate(CUT_OFF) == []


@pytest.mark.parametrize("width", [390, 1280])
def test_axe_finds_nothing_and_nothing_is_too_wide(
    show_card, judge_card, violations, rights: Matrix, width: int
) -> None:
    page: Page = show_card(rights, width=width)
    page.evaluate(
        "(cells) => model.set('answer', {cells})",
        {**RIGHT, "helper.list": "edit", "chair.books": "edit"},
    )
    judge_card(page, rights)
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    for target in (*page.get_by_role("button").all(), *page.get_by_role("combobox").all()):
        size = target.bounding_box()
        assert size is not None
        assert size["height"] >= 44
