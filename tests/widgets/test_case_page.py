"""The card of a case in a real browser."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from manabiba_widgets import Case, Ending, Option, Scene

pytestmark = pytest.mark.browser
MEMO = "いま困っていること: \n経緯と数字: \n聞きたいこと: \n持っていく資料: "
STAY = "書いた理由とメモは残ります。"


@pytest.fixture
def case() -> Case:
    made = Case(
        "case",
        title="問5 会議室の料金",
        prompt="理事から相談がありました。どう進めますか。",
        scenes=[
            Scene(
                "start",
                "夕方の事務所です。\n\n理事: 会議室の料金を取りたいのですが。\n\nあなた: はい。",
                [
                    Option("collect", "これまでの回数と費用を集める", "numbers"),
                    Option("now", "すぐに料金を決める", "price"),
                ],
                reason="そう考えた理由は?",
            ),
            Scene(
                "numbers",
                "会計担当: 去年は12回、無料で貸しました。",
                [Option("expert", "資料を持って相談に行く", "asked")],
            ),
            Scene(
                "price",
                "理事: 1回3,000円でどうでしょう。",
                [Option("go", "そのまま始める", "trouble")],
                reason="始めるのはなぜですか?",
            ),
        ],
        endings=[
            Ending("asked", "始める前に相談できました。"),
            Ending("trouble", "料金を受け取ったあとで、申告が必要かもしれないと分かりました。"),
        ],
    )
    made.key(
        endings={"asked": 1, "trouble": 0},
        messages={("start", "now"): "料金より先に、回数と費用を集めましょう。"},
        ending_messages={"trouble": "始める前に相談すると、選べることが多くなります。"},
        consult=["税理士"],
        consult_messages={"建築士": "建物のことの相談先です。"},
    )
    return made


def choose(page: Page, label: str) -> None:
    page.get_by_role("radio", name=label).check()
    page.get_by_role("button", name="この選択で進む").click()


def test_a_case_is_walked_by_keyboard_alone(
    show_card: Callable[..., Page], judge_card: Callable[..., None], case: Case
) -> None:
    page = show_card(case)
    keys = page.keyboard
    expect(page.get_by_text("理事", exact=True)).to_be_visible()
    expect(page.get_by_role("textbox", name="相談に持っていくメモ")).to_be_hidden()
    expect(page.get_by_role("button", name="一つ戻る")).to_be_hidden()
    keys.press("Tab")
    keys.press("Space")
    expect(page.get_by_role("radio", name="これまでの回数")).to_be_checked()
    keys.press("Tab")
    keys.insert_text("数字がいるので")
    keys.press("Tab")
    keys.press("Enter")
    expect(page.get_by_role("heading", name="場面2")).to_be_focused()
    expect(page.get_by_text("場面2に進みました。")).to_have_count(1)
    way = page.get_by_role("list").filter(has_text="これまでの回数")
    expect(way).to_contain_text("理由: 数字がいるので")
    keys.press("Tab")
    keys.press("Space")
    keys.press("Tab")
    keys.press("Enter")
    expect(page.get_by_role("heading", name="結末")).to_be_focused()
    for _ in range(3):  # 一つ戻る, 最初から, the first consultant
        keys.press("Tab")
    expect(page.get_by_role("checkbox", name="税理士")).to_be_focused()
    keys.press("Space")
    for _ in range(4):
        keys.press("Tab")
    memo = page.get_by_role("textbox", name="相談に持っていくメモ")
    expect(memo).to_be_focused()
    expect(memo).to_have_value(MEMO)
    keys.press("Control+End")
    keys.insert_text("決算書")
    answer = page.evaluate("model.get('answer')")
    assert answer == {
        "path": [["start", "collect"], ["numbers", "expert"]],
        "reasons": {"start": "数字がいるので"},
        "consult": ["税理士"],
        "memo": f"{MEMO}決算書",
    }
    judge_card(page, case)
    expect(page.get_by_text("正解です")).to_be_visible()
    expect(page.get_by_text("◯ 合っています。")).to_be_visible()


def test_nothing_chosen_says_what_to_do(show_card: Callable[..., Page], case: Case) -> None:
    page = show_card(case)
    page.get_by_role("button", name="この選択で進む").click()
    expect(page.get_by_text("1つ選ぶと進めます。")).to_be_visible()
    first = page.get_by_role("radio", name="これまでの回数")
    expect(first).to_be_focused()
    expect(first).to_have_accessible_description(re.compile("1つ選ぶと進めます。"))
    first.check()
    expect(page.get_by_text("1つ選ぶと進めます。")).to_be_hidden()
    assert page.evaluate("model.get('answer')") == {}


def test_going_back_keeps_what_was_written_and_asks_at_the_start(
    show_card: Callable[..., Page], case: Case
) -> None:
    page = show_card(case)
    page.get_by_label("そう考えた理由は?").fill("急ぐので")
    choose(page, "すぐに料金")
    page.get_by_label("始めるのはなぜですか?").fill("もう決めたので")
    page.get_by_role("button", name="一つ戻る").click()
    expect(page.get_by_role("heading", name="場面1")).to_be_focused()
    expect(page.get_by_role("radio", name="すぐに料金")).to_be_checked()
    expect(page.get_by_label("そう考えた理由は?")).to_have_value("急ぐので")
    choose(page, "これまでの回数")
    reasons = {"start": "急ぐので", "price": "もう決めたので"}
    assert page.evaluate("model.get('answer').reasons") == reasons
    restart = page.get_by_role("button", name="最初から")
    restart.click()
    expect(page.get_by_text(STAY)).to_be_visible()
    page.get_by_role("button", name="このまま続ける").click()
    expect(page.get_by_text(STAY)).to_be_hidden()
    expect(restart).to_be_focused()
    restart.click()
    page.get_by_role("button", name="最初の場面に戻る").click()
    expect(page.get_by_role("heading", name="場面1")).to_be_focused()
    assert page.evaluate("model.get('answer').path") == []
    choose(page, "すぐに料金")
    expect(page.get_by_label("始めるのはなぜですか?")).to_have_value("もう決めたので")


def test_messages_stand_at_the_steps_and_a_forgotten_reason_is_written_there(
    show_card: Callable[..., Page], judge_card: Callable[..., None], case: Case
) -> None:
    page = show_card(case)
    choose(page, "すぐに料金")
    page.get_by_label("始めるのはなぜですか?").fill("もう決めたので")
    choose(page, "そのまま始める")
    page.get_by_role("checkbox", name="弁護士").check()
    page.get_by_role("checkbox", name="建築士").check()
    judge_card(page, case)
    expect(page.get_by_text("✕ 建物のことの相談先です。")).to_be_visible()
    first = page.get_by_role("listitem").filter(has_text="すぐに料金を決める")
    expect(first).to_contain_text("△ 料金より先に、回数と費用を集めましょう。")
    expect(first).to_contain_text("場面1の理由を、ひとことで書いておきましょう。")
    expect(page.get_by_text("✕ この件の相談先ではありません。")).to_be_visible()
    expect(page.get_by_role("checkbox", name="弁護士")).to_have_accessible_description(
        "✕ この件の相談先ではありません。"
    )
    memo = page.get_by_role("textbox", name="相談に持っていくメモ")
    expect(memo).to_have_attribute("aria-invalid", "true")
    first.get_by_role("button", name="理由を書く").click()
    reason = page.get_by_label("そう考えた理由は?")
    expect(reason).to_be_focused()
    reason.fill("急いでいたので")
    assert page.evaluate("model.get('answer').reasons.start") == "急いでいたので"
    first.get_by_text("場面1を読み返す").click()
    expect(first.get_by_text("会議室の料金を取りたいのですが。")).to_be_visible()
    page.get_by_role("button", name="一つ戻る").click()
    expect(page.get_by_text("△ 料金より先に")).to_be_hidden()
    expect(memo).not_to_have_attribute("aria-invalid", "true")
    expect(page.get_by_role("checkbox", name="弁護士")).to_be_checked()


def test_an_answer_from_another_device_is_shown_whatever_it_holds(
    show_card: Callable[..., Page], case: Case
) -> None:
    page = show_card(case)
    saved: dict[str, Any] = {"path": [["start", "now"], ["numbers", "x"], 5], "reasons": 7}
    page.evaluate("(saved) => model.set('answer', saved)", {**saved, "memo": "決算書"})
    expect(page.get_by_role("heading", name="場面2")).to_be_visible()
    expect(page.get_by_role("textbox", name="相談に持っていくメモ")).to_have_value("決算書")
    page.evaluate("model.set('answer', { path: 'start', consult: 'x', memo: 3 })")
    expect(page.get_by_role("heading", name="場面1")).to_be_visible()


def test_the_memo_is_printed_alone(show_card: Callable[..., Page], case: Case) -> None:
    page = show_card(case)
    choose(page, "これまでの回数")
    choose(page, "資料を持って")
    page.get_by_role("checkbox", name="税理士").check()
    page.get_by_role("textbox", name="相談に持っていくメモ").fill("聞きたいこと: 料金のこと")
    page.evaluate("globalThis.print = () => { globalThis.printed = true; }")
    page.get_by_role("button", name="メモだけを印刷する").click()
    assert page.evaluate("globalThis.printed") is True
    page.emulate_media(media="print")
    text = page.evaluate("document.body.innerText").split("\n")
    assert [line for line in text if line.strip()] == [
        "相談に持っていくメモ",
        "相談先: 税理士",
        "聞きたいこと: 料金のこと",
    ]
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    expect(page.get_by_role("heading", name="結末")).to_be_visible()
    assert page.locator("button:visible, textarea:visible").count() == 0
    expect(page.get_by_text("聞きたいこと: 料金のこと")).to_be_visible()


@pytest.mark.parametrize("width", [390, 1280])
def test_axe_finds_nothing_and_nothing_is_too_wide(
    show_card: Callable[..., Page],
    judge_card: Callable[..., None],
    violations: Callable[[Page], list[str]],
    case: Case,
    width: int,
) -> None:
    page = show_card(case, width=width)
    assert violations(page) == []
    choose(page, "すぐに料金")
    page.get_by_role("button", name="最初から").click()
    assert violations(page) == []
    choose(page, "そのまま始める")
    page.get_by_role("checkbox", name="弁護士").check()
    judge_card(page, case)
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    for target in (
        *page.get_by_role("button").all(),
        *page.locator("summary, .mb-case-option, .mb-case-consult .mb-option > label").all(),
    ):
        size = target.bounding_box()
        assert size is not None
        assert size["height"] >= 44
