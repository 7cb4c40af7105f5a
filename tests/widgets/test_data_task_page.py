"""The card of a data task in a real browser: keyboard, pasting, sorting, messages, a phone."""

import pytest
from playwright.sync_api import Locator, Page, expect

from manabiba_widgets import DataColumn, DataRow, DataTask, Field

pytestmark = pytest.mark.browser
MEMBERS = [
    ("山田 太郎", "090-0000-0001", "納入", ""),
    ("鈴木 花子", "9000000002", "未納", ""),
    ("髙橋 翔", "045-000-0003", "納入", "役員"),
    ("佐藤 実", "０９０−００００−０００４", "未納", ""),
    ("髙橋　翔", "450000003", "納入", ""),
]


@pytest.fixture
def members() -> DataTask:
    exercise = DataTask(
        "dt",
        title="問1 会員名簿",
        prompt="整理しましょう。",
        columns=[
            DataColumn("name", "氏名", editable=False),
            DataColumn("phone", "電話番号", "phone"),
            DataColumn("fee", "会費", editable=False, filter=True),
            DataColumn("note", "備考"),
        ],
        rows=[DataRow(f"m{i}", cells) for i, cells in enumerate(MEMBERS, 1)],
        mark="重複",
        fields=[Field("people", "会員の人数", "人")],
    )
    exercise.key(
        duplicates=[["m3", "m5"]],
        cells={"m2.phone": "090-0000-0002", "m4.phone": "090-0000-0004", "m5.phone": "0450000003"},
        values={"people": 4},
        mark_mistakes={"m1": "山田さんは1回だけです。"},
    )
    return exercise


@pytest.fixture
def card(show_card, members: DataTask) -> Page:
    page: Page = show_card(members, width=1280)
    return page


def cell(page: Page, name: str) -> Locator:
    return page.get_by_role("textbox", name=name, exact=True)


def mark(page: Page, row: int) -> Locator:
    return page.get_by_role("checkbox", name=f"{row} 重複", exact=True)


def rows(page: Page) -> list[str]:
    return page.locator("tbody th").all_inner_texts()


def answer_of(page: Page) -> dict[str, object]:
    return dict(page.evaluate("model.get('answer')"))


def copy(page: Page, text: str) -> None:
    """Put a text on the clipboard as another program would."""
    page.evaluate("document.querySelector('h2').outerHTML += '<textarea id=other></textarea>'")
    page.locator("#other").fill(text)
    page.keyboard.press("Control+A")
    page.keyboard.press("Control+C")
    page.evaluate("document.querySelector('#other').remove()")


def test_the_whole_task_is_done_by_keyboard(card: Page, members: DataTask) -> None:
    keys = card.keyboard
    cell(card, "2 電話番号").focus()
    keys.press("Control+A")
    keys.insert_text("090-0000-0002")
    keys.press("ArrowDown")
    expect(cell(card, "3 電話番号")).to_be_focused()
    keys.press("Enter")
    expect(cell(card, "4 電話番号")).to_be_focused()
    keys.type("09000000004")
    keys.press("Tab")
    expect(cell(card, "4 備考")).to_be_focused()
    keys.press("Tab")
    expect(mark(card, 5)).to_be_focused()
    keys.press("Space")
    for _ in range(3):
        keys.press("Tab")
    expect(card.get_by_label("会員の人数")).to_be_focused()
    keys.insert_text("４人")
    assert answer_of(card) == {
        "cells": {"m2.phone": "090-0000-0002", "m4.phone": "09000000004"},
        "marks": ["m5"],
        "values": {"people": "４人"},
    }
    assert members.judge(answer_of(card), with_key=True).score == 1.0


def test_a_first_zero_is_kept_in_typing_pasting_and_coming_back(card: Page) -> None:
    phone = cell(card, "2 電話番号")
    expect(phone).to_have_value("9000000002")
    phone.fill("0000")
    expect(phone).to_have_accessible_description("元: 9000000002")
    assert answer_of(card)["cells"] == {"m2.phone": "0000"}
    copy(card, '電話番号\t会費\t備考\r\n0901\t済\t-\r\n"0045"\t\t007\r\n')
    phone.focus()
    card.keyboard.press("Control+V")
    assert answer_of(card)["cells"] == {
        "m2.phone": "0901",
        "m2.note": "-",
        "m3.phone": "0045",
        "m3.note": "007",
    }
    expect(
        card.get_by_text("4個の欄に貼り付けました。記入欄でないところの2個は入れていません。")
    ).to_be_visible()
    card.evaluate("model.set('answer', JSON.parse(JSON.stringify(model.get('answer'))))")
    expect(cell(card, "2 電話番号")).to_have_value("0901")
    expect(cell(card, "3 備考")).to_have_value("007")


def test_escape_and_the_given_text_take_a_change_back(card: Page) -> None:
    phone = cell(card, "1 電話番号")
    phone.fill("1")
    phone.fill("090-0000-0001")
    assert answer_of(card)["cells"] == {}
    expect(card.get_by_text("元: ")).to_have_count(0)
    cell(card, "2 電話番号").focus()
    card.keyboard.press("ArrowUp")
    card.keyboard.type("5")
    card.keyboard.press("Escape")
    expect(phone).to_have_value("090-0000-0001")


def test_rows_are_sorted_searched_and_filtered(card: Page) -> None:
    sort = card.get_by_label("並べかえ")
    assert rows(card) == ["1", "2", "3", "4", "5"]
    sort.select_option("氏名の順")
    order = rows(card)
    assert abs(order.index("3") - order.index("5")) == 1
    sort.select_option("電話番号の順")
    assert rows(card) == ["3", "5", "1", "2", "4"]
    card.get_by_label("会費で絞る").select_option("未納")
    assert rows(card) == ["2", "4"]
    expect(card.get_by_text("2行を表示(全部で5行)。「重複」の印は0行")).to_be_visible()
    cell(card, "2 電話番号").focus()
    card.keyboard.press("Enter")
    expect(cell(card, "4 電話番号")).to_be_focused()
    card.get_by_role("button", name="元の順で全部見る").click()
    assert rows(card) == ["1", "2", "3", "4", "5"]
    mark(card, 4).check()
    expect(card.get_by_text("全部で5行。「重複」の印は1行")).to_be_visible()
    card.get_by_label("「重複」の印で絞る").select_option("印のある行")
    assert rows(card) == ["4"]
    card.get_by_role("button", name="元の順で全部見る").press("Enter")
    card.get_by_label("さがす").fill("髙橋翔")
    assert rows(card) == ["3", "5"]
    card.get_by_label("さがす").fill("0900000")
    assert rows(card) == ["1", "4"]
    assert answer_of(card) == {"cells": {}, "marks": ["m4"], "values": {}}


def test_typing_moves_no_row(card: Page) -> None:
    card.get_by_label("さがす").fill("9000000002")
    assert rows(card) == ["2"]
    cell(card, "2 電話番号").fill("090-0000-0002")
    assert rows(card) == ["2"]


def test_messages_lead_to_their_cells_even_through_a_filter(
    card: Page, judge_card, members: DataTask
) -> None:
    cell(card, "2 電話番号").fill("90-0000-0002")
    cell(card, "4 電話番号").fill("090-0000-0004")
    mark(card, 1).check()
    card.get_by_label("会員の人数").fill("5")
    judge_card(card, members)
    expect(cell(card, "2 電話番号")).to_have_accessible_description(
        "元: 9000000002 見直しましょう 先頭の0がありません。電話番号は0から始まります。"
    )
    expect(cell(card, "4 電話番号")).to_have_accessible_description(
        "元: ０９０−００００−０００４ 合っています"
    )
    expect(mark(card, 1)).to_have_accessible_description("見直しましょう 山田さんは1回だけです。")
    expect(card.get_by_label("会員の人数")).to_have_accessible_description(
        "この数ではありません。表を並べかえたり絞ったりして、もう一度数えてみましょう。"
    )
    items = card.locator(".mb-sheet-messages li")
    assert [text.split("\n")[0] for text in items.all_inner_texts()] == [
        "1行目の「重複」",
        "同じ人の行が、まだ1組あります。並べかえると見つけやすくなります。",
        "2行目 電話番号",
        "先頭の0が消えた電話番号が、まだ1か所あります。",
    ]
    card.get_by_label("さがす").fill("佐藤")
    card.get_by_role("link", name="2行目 電話番号").press("Enter")
    expect(cell(card, "2 電話番号")).to_be_focused()
    cell(card, "2 電話番号").fill("090-0000-0002")
    expect(items).to_have_count(3)
    mark(card, 1).uncheck()
    expect(items).to_have_count(2)
    expect(mark(card, 1)).not_to_have_attribute("aria-invalid", "true")


def test_an_answer_from_another_device_is_shown_whatever_it_holds(card: Page) -> None:
    card.evaluate(
        "model.set('answer', {cells: {'m2.phone': '0', 'm1.phone': 3, x: null}, marks: ['m5', 7]})"
    )
    expect(cell(card, "2 電話番号")).to_have_value("0")
    expect(cell(card, "1 電話番号")).to_have_value("090-0000-0001")
    expect(mark(card, 5)).to_be_checked()
    card.evaluate("model.set('answer', {cells: [1], marks: 'm5', values: 'x'})")
    expect(mark(card, 5)).not_to_be_checked()


def test_a_table_to_count_alone_has_no_marks_and_no_fields_to_type(show_card) -> None:
    page: Page = show_card(
        DataTask(
            "dt",
            title="問",
            prompt="？",
            columns=[DataColumn("fee", "会費", editable=False, filter=True)],
            rows=[DataRow("a", ["納入"]), DataRow("b", [""])],
            fields=[Field("n", "人数", "人")],
        )
    )
    expect(page.get_by_role("checkbox")).to_have_count(0)
    expect(page.get_by_text("矢印キー")).to_have_count(0)
    page.get_by_label("会費で絞る").select_option("(空)")
    assert rows(page) == ["2"]


@pytest.mark.parametrize("width", [390, 1280])
def test_axe_finds_nothing_and_nothing_is_too_wide(
    show_card, judge_card, violations, members: DataTask, width: int
) -> None:
    page: Page = show_card(members, width=width)
    cell(page, "2 電話番号").fill("90-0000-0002")
    mark(page, 1).check()
    judge_card(page, members)
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.locator("[style]").count() == 0


def test_a_phone_scrolls_the_table_and_has_room_for_fingers(show_card, members: DataTask) -> None:
    phone: Page = show_card(members, has_touch=True, is_mobile=True)
    expect(phone.get_by_text("表は横に動かせます。")).to_be_visible()
    number = cell(phone, "2 電話番号")
    expect(number).to_have_attribute("inputmode", "tel")
    number.tap()
    phone.keyboard.press("End")
    phone.keyboard.type("9")
    assert answer_of(phone)["cells"] == {"m2.phone": "90000000029"}
    label = phone.get_by_role("rowheader", name="2", exact=True).bounding_box()
    box = number.bounding_box()
    assert label is not None
    assert box is not None
    assert 0 <= label["x"] < label["x"] + label["width"] <= box["x"]
    mark(phone, 5).tap()
    assert answer_of(phone)["marks"] == ["m5"]
    targets = [
        *phone.get_by_role("button").all(),
        *phone.get_by_role("textbox").all(),
        *phone.get_by_role("combobox").all(),
        *phone.locator(".mb-data-mark label").all(),
    ]
    for target in targets:
        size = target.bounding_box()
        assert size is not None
        assert size["height"] >= 44
