"""The card of a document in a real browser: form, preview, checks."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from manabiba_widgets import (
    Check,
    Document,
    DocumentColumn,
    DocumentField,
    Heading,
    Paragraph,
    Rows,
    Signature,
)
from manabiba_widgets.document_paper import fill, paper_of
from manabiba_widgets.exercise import module_source

pytestmark = pytest.mark.browser


@pytest.fixture
def plan() -> Document:
    plan = Document(
        "plan",
        title="問5 計画書の下書き",
        prompt="はじめる事業を1つ決めて、計画書にしてみましょう。",
        paper="事業計画書",
        fields=[
            DocumentField("name", "事業の名前", example="放課後の学習支援"),
            DocumentField("aim", "目的", kind="text", length=(10, 60), help="だれのためですか。"),
            DocumentField("start", "はじめる日", kind="date"),
            DocumentField("people", "人数", kind="number"),
            DocumentField("place", "場所", kind="choice", options=["会館", "学校"]),
            DocumentField(
                "costs",
                "かかるお金",
                kind="rows",
                columns=[
                    DocumentColumn("item", "使いみち"),
                    DocumentColumn("yen", "金額(円)", "number"),
                ],
            ),
            DocumentField("note", "そのほか", required=False),
            DocumentField("wage", "時給(円)", kind="number", required=False),
            DocumentField("until", "終わる日", kind="date", required=False),
        ],
        blocks=[
            Heading("1 {name}の目的"),
            Paragraph("{aim}\n\n{start}から、{place}で、{people}人を対象に行います。{note}"),
            Heading("2 かかるお金"),
            Rows("costs", total="yen"),
            Paragraph("時給(円): {wage}\n終わる日: {until}"),
            Signature("計画した人 ＿＿＿＿＿＿"),
        ],
    )
    plan.key(
        checks=[
            Check("whom", "「だれのために」を書きましょう。", lambda v: "ため" in v["aim"], "aim"),
            Check("costs", "お金を2つ以上に分けましょう。", lambda v: len(v["costs"]) >= 2),
        ]
    )
    return plan


ANSWERS: list[Any] = [
    {},
    {"name": 5, "aim": None, "costs": "x", "place": "公園"},
    {
        "name": " <b>\x00名\u202e前\ud800 ",
        "aim": "一\r\n\r\n二\u2028三\x85四\t五",
        "note": "😀" * 9,
    },
    {"start": "R8.4.1", "people": "▲１，２３４．５０", "place": "会館"},
    {"start": "4/1", "people": "２０　人", "place": "学校 ", "note": "\ufeff\x1f　x　"},
    {
        "costs": [
            None,
            {},
            {"item": "a"},
            {"yen": "1,000"},
            {"item": "b\nc", "yen": "▲0.25", "x": 1},
        ]
    },
    {"costs": [{"yen": "9" * 40}, {"yen": "0.1"}, {"yen": "3万"}, {"yen": "9" * 41}]},
    {"costs": [{"yen": "-1"}, {"yen": "1.0"}, {"yen": "5㎡"}], "people": "二十人"},
    {"costs": [{"yen": "-0.5"}, {"yen": ""}], "people": "1234567890123456789012345678901234567.89"},
    {"wage": "１，２００円／時", "people": "30/回"},
    {"wage": "なし", "until": "－"},
    {"until": "2027/3/31", "people": "なし"},
    {"costs": [[], "x", {"item": 5, "yen": []}, {"item": "　", "yen": "\u3000"}]},
]


def test_the_preview_and_the_printed_paper_are_the_same(show_card, plan: Document) -> None:
    page: Page = show_card(plan)
    module = module_source("document_paper")
    shown = page.evaluate(
        """async ([source, spec, answers]) => {
            const url = URL.createObjectURL(new Blob([source], { type: "text/javascript" }));
            const { fillPaper } = await import(url);
            return answers.map((fields) => JSON.stringify(fillPaper(spec, JSON.parse(fields))));
        }""",
        [module, plan.spec, [json.dumps(fields) for fields in ANSWERS]],
    )
    paper = paper_of(plan.spec)
    for fields, found in zip(ANSWERS, shown, strict=True):
        mine = [asdict(block) for block in fill(paper, {"fields": fields})]
        assert json.loads(found) == json.loads(json.dumps(mine)), fields


def test_from_an_empty_form_to_a_whole_paper_with_the_mouse(
    show_card, judge_card, plan: Document
) -> None:
    page: Page = show_card(plan, width=1280)
    sheet = page.get_by_role("group", name="「事業計画書」の下書き")
    expect(sheet).to_be_visible()  # beside the form
    expect(sheet).to_contain_text("＿＿＿＿年＿＿月＿＿日(まだ空いています)から")
    page.get_by_text("例を見る(事業の名前)").click()
    expect(page.get_by_text("放課後の学習支援")).to_be_visible()
    expect(page.get_by_label("事業の名前")).to_have_value("")
    page.get_by_label("事業の名前").fill("学習支援")
    page.get_by_label("目的").fill("こどもの居場所です。")
    expect(page.get_by_text("10字(めやす 10〜60字)")).to_be_visible()
    page.get_by_label("はじめる日").fill("R9.4.1")
    expect(page.get_by_text("→ 2027年4月1日(令和9年・木)")).to_be_visible()
    page.get_by_label("人数").fill("１２００")
    page.get_by_label("場所").select_option("学校")
    row = page.get_by_role("group", name="かかるお金 1行目")
    row.get_by_label("使いみち").fill("家賃")
    row.get_by_label("金額").fill("30,000")
    expect(sheet).to_contain_text("2027年4月1日から、学校で、1,200人を対象に行います。")
    expect(sheet.get_by_role("row").last).to_have_text("合計30,000")
    judge_card(page, plan)
    told = page.get_by_role("listitem")
    expect(page.get_by_role("heading", name="できているか")).to_be_visible()
    expect(told.filter(has_text="まだ")).to_have_text(
        ["まだ「だれのために」を書きましょう。「目的」へ", "まだお金を2つ以上に分けましょう。"]
    )
    page.get_by_role("link", name="「目的」へ").click()
    expect(page.get_by_label("目的")).to_be_focused()
    page.keyboard.insert_text("こどものためです。")
    page.get_by_role("button", name="「かかるお金」に行を足す").click()
    second = page.get_by_role("group", name="かかるお金 2行目")
    expect(second.get_by_label("使いみち")).to_be_focused()
    second.get_by_label("使いみち").fill("教材")
    second.get_by_label("金額").fill("５００円")
    expect(page.get_by_text("金額(円)の合計 30,500")).to_be_visible()
    judge_card(page, plan)
    expect(page.get_by_text("正解です")).to_be_visible()
    expect(told.filter(has_text="○")).to_have_text(["○目的", "○書類の全体"])
    assert plan.judge(page.evaluate("model.get('answer')"), with_key=True).score == 1.0


def test_by_keyboard_alone(show_card, judge_card, plan: Document) -> None:
    page: Page = show_card(plan)
    keys = page.keyboard

    def tab_to(name: str) -> None:
        for _ in range(12):
            keys.press("Tab")
            if page.evaluate("document.activeElement.labels?.[0]?.textContent || ''") == name:
                return
            said = page.evaluate("document.activeElement.getAttribute('aria-label') || ''")
            if said == name or page.evaluate("document.activeElement.textContent") == name:
                return
        raise AssertionError(name)

    tab_to("例を見る(事業の名前)")
    keys.press("Enter")
    expect(page.get_by_text("放課後の学習支援")).to_be_visible()
    tab_to("事業の名前")
    keys.insert_text("学習支援")
    tab_to("目的")
    keys.insert_text("こどものためです。")
    tab_to("はじめる日")
    keys.insert_text("2027/4/1")
    tab_to("人数")
    keys.insert_text("20")
    tab_to("場所")
    keys.press("ArrowDown")
    for number, (item, yen) in enumerate([("家賃", "30000"), ("教材", "500")]):
        if number:
            tab_to("「かかるお金」に行を足す")
            keys.press("Enter")  # the new row's first box has the focus
        else:
            tab_to("使いみち")
        keys.insert_text(item)
        tab_to("金額(円)")
        keys.insert_text(yen)
    tab_to("「かかるお金」に行を足す")
    keys.press("Enter")
    tab_to("かかるお金 3行目を消す")
    keys.press("Enter")
    expect(
        page.get_by_role("group", name="かかるお金 2行目").get_by_label("使いみち")
    ).to_be_focused()
    sheet = page.get_by_role("group", name="「事業計画書」の下書き")
    expect(sheet).to_be_hidden()  # on a phone the paper is opened by whoever wants to see it
    tab_to("書類のかたちで見る")
    keys.press("Enter")
    expect(sheet).to_contain_text("2027年4月1日から、会館で、20人を対象に行います。")
    tab_to("確かめる")
    assert page.evaluate("model.get('answer')") == {
        "fields": {
            "name": "学習支援",
            "aim": "こどものためです。",
            "start": "2027/4/1",
            "people": "20",
            "place": "会館",
            "costs": [{"item": "家賃", "yen": "30000"}, {"item": "教材", "yen": "500"}],
        }
    }


def test_a_message_stands_at_its_field_until_it_is_changed(
    show_card, judge_card, plan: Document
) -> None:
    page: Page = show_card(plan)
    page.get_by_label("人数").fill("二十人")
    expect(page.get_by_text("→ まだ数字として読めません")).to_be_visible()
    judge_card(page, plan)
    people, aim = page.get_by_label("人数"), page.get_by_label("目的")
    expect(people).to_have_attribute("aria-invalid", "true")
    expect(aim).to_have_accessible_description(
        "だれのためですか。 0字(めやす 10〜60字) ここを書いてみましょう。"
    )
    add = page.get_by_role("button", name="「かかるお金」に行を足す")
    expect(add).to_have_accessible_description("1行めを書いてみましょう。")
    expect(page.get_by_label("そのほか")).not_to_have_attribute("aria-invalid", "true")
    people.fill("20人")
    expect(page.get_by_text("→ 20", exact=True)).to_be_visible()
    expect(people).not_to_have_attribute("aria-invalid", "true")
    page.get_by_role("group", name="かかるお金 1行目").get_by_label("使いみち").fill("家賃")
    expect(add).not_to_have_attribute("aria-invalid", "true")


def test_an_answer_from_another_device_is_shown_whatever_it_holds(
    show_card, plan: Document
) -> None:
    page: Page = show_card(plan)
    page.evaluate(
        "model.set('answer', {fields: {name: 5, aim: '<img src=x onerror=alert(1)>', place: 'x',"
        " costs: [null, {item: '家賃', yen: 7}, 'x']}})"
    )
    expect(page.get_by_label("事業の名前")).to_have_value("")
    expect(page.get_by_label("目的")).to_have_value("<img src=x onerror=alert(1)>")
    expect(page.get_by_label("場所")).to_have_value("")
    row = page.get_by_role("group", name="かかるお金 1行目")
    expect(row.get_by_label("使いみち")).to_have_value("家賃")
    expect(page.locator("img")).to_have_count(0)
    page.evaluate("model.set('answer', {fields: 5})")
    expect(page.get_by_label("目的")).to_have_value("")


def test_outside_our_page_there_are_no_links_to_one(show_card, plan: Document) -> None:
    page: Page = show_card(plan)
    expect(page.get_by_role("link")).to_have_count(0)


@pytest.mark.parametrize("width", [390, 1280])
def test_axe_finds_nothing_and_nothing_is_too_wide(
    show_card, judge_card, violations, plan: Document, width: int
) -> None:
    page: Page = show_card(plan, width=width)
    page.get_by_label("事業の名前").fill("あ" * 300)
    page.get_by_label("人数").fill("9" * 40)
    judge_card(page, plan)
    for summary in page.locator("summary").all():
        if not summary.evaluate("e => e.parentElement.open"):
            summary.click()
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    targets = [*page.get_by_role("button").all(), *page.get_by_role("textbox").all()]
    for target in (*targets, *page.get_by_role("link").all(), *page.locator("summary").all()):
        size = target.bounding_box()
        assert size is not None
        assert size["height"] >= 44
