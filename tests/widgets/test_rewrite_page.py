"""The card of a rewriting in a real browser: hints, checks, keyboard, a phone, and the twin."""

import json
from dataclasses import asdict

import pytest
from playwright.sync_api import Locator, Page, expect

from manabiba_subjects.plain_japanese import measure, rules
from manabiba_widgets import Criterion, Fact, Rewrite
from manabiba_widgets.exercise import module_source

pytestmark = pytest.mark.browser
TEXT = (
    "参加者各位におかれましては、6月7日に市民文化会館大会議室へご参集くださいますようお願い申し上げます。\n"
    "中止せざるを得ない場合は、前日までにご連絡いたします。"
)
TEXTS = [
    "",
    " 　\n",
    TEXT,
    "漢漢あ",
    "々𠮟あa",
    "あ い　う\r\nえおかき！？く。",
    "ないわけではないし、なくもない。雨が降らないとは限りません",
    "ご持参ください。持参",
    "，。！",
    "😀漢👨‍👩‍👧",
    *rules()["words"],
]


@pytest.fixture
def notice() -> Rewrite:
    exercise = Rewrite(
        "rw", title="問3 やさしい日本語で", prompt="書きかえましょう。", text=TEXT, limit=40
    )
    exercise.key(
        facts=[Fact("day", "日にち", ["6月7日"]), Fact("place", "場所", ["市民文化会館"])],
        rubric=[Criterion("言葉がやさしい", 2)],
    )
    return exercise


@pytest.fixture
def card(show_card, notice: Rewrite) -> Page:
    page: Page = show_card(notice)
    return page


def field(page: Page) -> Locator:
    return page.get_by_role("textbox", name="書きかえた文")


def hint(page: Page, name: str) -> Locator:
    """What is said behind the name of a hint."""
    return page.locator("dt", has_text=name).locator("xpath=following-sibling::dd[1]")


def test_the_browser_counts_as_python_does(card: Page) -> None:
    source = module_source("plain_japanese")
    found = card.evaluate(
        """async ([source, rules, texts]) => {
            const url = URL.createObjectURL(new Blob([source], { type: "text/javascript" }));
            const { plainJapanese } = await import(url);
            return texts.map(plainJapanese(rules));
        }""",
        [source, rules(), TEXTS],
    )
    for text, counted in zip(TEXTS, found, strict=True):
        assert counted == json.loads(json.dumps(asdict(measure(text)))), text


def test_hints_follow_what_is_typed(card: Page) -> None:
    expect(card.get_by_text("元の文(78字)")).to_be_visible()
    expect(hint(card, "いちばん長い文")).to_have_text("まだありません")
    expect(hint(card, "むずかしいかもしれない言葉")).to_have_text("なし")
    card.get_by_role("button", name="元の文を欄に写す").press("Enter")
    expect(field(card)).to_be_focused()
    expect(field(card)).to_have_value(TEXT)
    expect(card.get_by_role("button", name="元の文を欄に写す")).to_be_hidden()
    expect(field(card)).to_have_accessible_description(
        "78字(40字まで。38字多い。空白と改行は数えません)"
    )
    expect(hint(card, "いちばん長い文")).to_contain_text("50字(めやす 40字まで)「参加者各位に")
    expect(hint(card, "漢字の割合")).to_have_text("40%(元の文 40%)")
    expect(hint(card, "むずかしいかもしれない言葉").get_by_role("listitem")).to_have_text(
        [
            "各位 → みなさん",
            "におかれましては → は",
            "ご参集 → 来てください",
            "申し上げます → 言います",
            "中止 → やめること",
        ]
    )
    expect(hint(card, "漢字が長くつながる言葉").get_by_role("listitem")).to_have_text(
        ["参加者各位", "市民文化会館大会議室"]
    )
    expect(hint(card, "「ない」が重なる言い方")).to_have_text("ざるを得ない")
    field(card).fill("6月7日に　来て\nください。")
    expect(field(card)).to_have_accessible_description(
        "12字(40字まで。あと28字。空白と改行は数えません)"
    )
    for name in ("むずかしいかもしれない言葉", "漢字が長くつながる言葉", "「ない」が重なる言い方"):
        expect(hint(card, name)).to_have_text("なし")
    assert card.evaluate("model.get('answer')") == {"text": "6月7日に　来て\nください。"}


def test_checks_are_told_and_hints_are_not_judged(card: Page, judge_card, notice: Rewrite) -> None:
    expect(card.get_by_text("講師は次の観点で読みます。")).to_be_visible()
    expect(card.get_by_text("数えて出した目安です。点数にはなりません。")).to_be_visible()
    card.keyboard.press("Tab")
    expect(field(card)).to_be_focused()
    card.keyboard.insert_text("各位、6月7日にご参集ください。")
    judge_card(card, notice)
    expect(card.get_by_text("あと少しです")).to_be_visible()
    checks = card.locator(".mb-checks li")
    expect(checks).to_have_text(
        [
            "○40字以内で書けている",
            "○日にちが残っている",
            "まだ場所も、読む人に伝わるように残しましょう。",
        ]
    )
    card.keyboard.insert_text("市民文化会館です。")
    judge_card(card, notice)
    expect(card.get_by_text("正解です")).to_be_visible()
    expect(hint(card, "むずかしいかもしれない言葉").get_by_role("listitem")).to_have_count(2)


def test_the_given_text_is_told_to_be_changed(card: Page, judge_card, notice: Rewrite) -> None:
    card.get_by_role("button", name="元の文を欄に写す").click()
    judge_card(card, notice)
    expect(card.get_by_text("まだ元の文と同じです。")).to_be_visible()
    expect(card.locator(".mb-checks")).to_be_hidden()


def test_an_answer_from_another_device_is_shown_whatever_it_holds(card: Page) -> None:
    card.evaluate("model.set('answer', {text: '来て'})")
    expect(field(card)).to_have_value("来て")
    card.evaluate("model.set('answer', {text: 5})")
    expect(field(card)).to_have_value("")


def test_without_a_limit_the_length_is_only_told(show_card) -> None:
    page: Page = show_card(Rewrite("rw", title="問", prompt="？", text="地域がさみしい"))
    field(page).fill("駅前の空き家が20軒ある")
    expect(field(page)).to_have_accessible_description("12字(空白と改行は数えません)")


@pytest.mark.parametrize("width", [390, 1280])
def test_axe_finds_nothing_and_nothing_is_too_wide(
    show_card, judge_card, violations, notice: Rewrite, width: int
) -> None:
    page: Page = show_card(notice, width=width)
    assert violations(page) == []
    page.get_by_role("button", name="元の文を欄に写す").click()
    field(page).press_sequentially("長い")
    judge_card(page, notice)
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.locator("[style]").count() == 0
    for target in page.get_by_role("button").all():
        size = target.bounding_box()
        assert size is not None
        assert size["height"] >= 44
