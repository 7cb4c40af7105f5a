"""The card of a plan in a real browser: writing, arrows, sorting, a phone."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from manabiba_widgets import Criterion, Plan, logic_model_checks

pytestmark = pytest.mark.browser
ENTRIES = {
    "inputs": [{"id": "e1", "text": "職員2人と会場"}],
    "activities": [{"id": "e2", "text": "居場所を開く"}, {"id": "e6", "text": "相談日をつくる"}],
    "outputs": [{"id": "e3", "text": "居場所 24回"}],
    "short": [{"id": "e4", "text": "参加者 のべ480人"}],
    "medium": [{"id": "e5", "text": "孤立する高校生が減る"}],
}
ARROWS = [["e1", "e2"], ["e2", "e3"], ["e3", "e4"], ["e4", "e5"], ["e1", "e6"]]


@pytest.fixture
def model() -> Plan:
    plan = Plan("pl", title="問4 ロジックモデル", prompt="あなたの事業を書いてください。")
    plan.key(checks=logic_model_checks(), rubric=[Criterion("つながり", 3, "活動から成果へ読める")])
    return plan


@pytest.fixture
def sorting() -> Plan:
    plan = Plan(
        "ps",
        title="問2 産出か成果か",
        prompt="どの列ですか。",
        entries={"a": "講座24回", "b": "相談相手がいる割合 15%→40%", "c": "職員2人"},
    )
    plan.key(
        placed={"a": "outputs", "b": "short", "c": "inputs"},
        mistakes={"a": {"short": "回数や人数は産出です。誰がどう変わったかが成果です。"}},
    )
    return plan


@pytest.fixture
def card(show_card, model: Plan) -> Page:
    page: Page = show_card(model, width=1000)
    return page


def entry(page: Page, name: str) -> Locator:
    return page.get_by_role("textbox", name=name, exact=True)


def arrow(page: Page, start: str, end: str) -> Locator:
    leads = page.get_by_role("listitem").filter(has=entry(page, start))
    return leads.get_by_role("checkbox", name=f"→ {end}", exact=True)


def figure(page: Page) -> Locator:
    return page.get_by_role("img", name="計画の図。")


def answer_of(page: Page) -> dict[str, object]:
    return dict(page.evaluate("model.get('answer')"))


def write(page: Page, arrows: list[list[str]] = ARROWS) -> None:
    page.evaluate("(answer) => model.set('answer', answer)", {"entries": ENTRIES, "arrows": arrows})


def test_a_plan_is_written_and_joined_by_keyboard_alone(card: Page, model: Plan) -> None:
    keys = card.keyboard
    keys.press("Tab")
    expect(entry(card, "投入 1")).to_be_focused()
    keys.type("職員2人")
    keys.press("Tab")
    expect(card.get_by_role("button", name="「投入」を書き足す")).to_be_focused()
    for text in ("開く", "24回", "高校生が話せる", "孤立が減る"):
        keys.press("Tab")
        keys.type(text)
        keys.press("Tab")
    entry(card, "投入 1").focus()
    keys.press("Tab")
    expect(arrow(card, "投入 1", "開く")).to_be_focused()
    keys.press("Space")
    for start, end in (
        ("活動 1", "24回"),
        ("産出 1", "高校生が話せる"),
        ("短期成果 1", "孤立が減る"),
    ):
        arrow(card, start, end).press("Space")
    assert answer_of(card) == {
        "entries": {
            "inputs": [{"id": "e1", "text": "職員2人"}],
            "activities": [{"id": "e2", "text": "開く"}],
            "outputs": [{"id": "e3", "text": "24回"}],
            "short": [{"id": "e4", "text": "高校生が話せる"}],
            "medium": [{"id": "e5", "text": "孤立が減る"}],
        },
        "arrows": [["e1", "e2"], ["e2", "e3"], ["e3", "e4"], ["e4", "e5"]],
    }
    assert model.judge(answer_of(card), with_key=True).score == 1.0


def test_entries_are_added_and_removed_with_their_arrows(card: Page) -> None:
    write(card)
    card.get_by_role("button", name="「活動」を書き足す").click()
    expect(entry(card, "活動 3")).to_be_focused()
    card.keyboard.type("ちらしを配る")
    expect(arrow(card, "投入 1", "ちらしを配る")).not_to_be_checked()
    arrow(card, "投入 1", "ちらしを配る").check()
    assert answer_of(card)["arrows"][:3] == [["e1", "e2"], ["e1", "e6"], ["e1", "e7"]]
    card.get_by_role("button", name="「活動 1」を消す").click()
    expect(card.get_by_text("「活動」を1つ消しました。")).to_be_attached()
    expect(card.get_by_role("button", name="「活動」を書き足す")).to_be_focused()
    expect(entry(card, "活動 1")).to_have_value("相談日をつくる")
    assert answer_of(card)["arrows"] == [["e1", "e6"], ["e1", "e7"], ["e3", "e4"], ["e4", "e5"]]
    card.get_by_role("button", name="「活動 2」を消す").click()
    expect(card.get_by_role("button", name="「活動 1」を消す")).to_be_hidden()
    add = card.get_by_role("button", name="「活動」を書き足す")
    for _ in range(7):
        add.click()
    expect(add).to_be_hidden()


def test_an_arrow_comes_back_with_the_words_it_belongs_to(card: Page) -> None:
    write(card)
    entry(card, "産出 1").fill("")
    assert answer_of(card)["arrows"] == [["e1", "e2"], ["e1", "e6"], ["e4", "e5"]]
    expect(
        card.get_by_role("listitem").filter(has=entry(card, "活動 1")).get_by_role("checkbox")
    ).to_have_count(0)
    entry(card, "産出 1").fill("48回")
    expect(arrow(card, "活動 1", "48回")).to_be_checked()
    assert ["e2", "e3"] in answer_of(card)["arrows"]


def test_the_figure_shows_boxes_in_columns_with_arrows(card: Page) -> None:
    write(card)
    expect(figure(card)).to_have_accessible_name(
        "計画の図。 投入: 職員2人と会場。活動: 居場所を開く、相談日をつくる。産出: 居場所 24回。"
        "短期成果: 参加者 のべ480人。中期成果: 孤立する高校生が減る。"
        "矢印: 職員2人と会場から居場所を開くへ。矢印: 職員2人と会場から相談日をつくるへ。"
        "矢印: 居場所を開くから居場所 24回へ。矢印: 居場所 24回から参加者 のべ480人へ。"
        "矢印: 参加者 のべ480人から孤立する高校生が減るへ。"
    )
    boxes = [box.bounding_box() for box in figure(card).locator("rect[rx]").all()]
    frame = figure(card).bounding_box()
    assert len({round(box["x"]) for box in boxes}) == 5
    assert all(box["y"] + box["height"] <= frame["y"] + frame["height"] for box in boxes)
    expect(figure(card).locator("path[marker-end]")).to_have_count(5)
    arrow(card, "投入 1", "居場所を開く").uncheck()
    expect(figure(card).locator("path[marker-end]")).to_have_count(4)
    entry(card, "中期成果 1").fill("")
    expect(figure(card)).to_have_attribute("aria-label", re.compile("中期成果: まだ空です。"))
    texts = [text.bounding_box() for text in figure(card).locator("text").all()]
    frame = figure(card).bounding_box()
    assert all(box["x"] + box["width"] <= frame["x"] + frame["width"] for box in texts)


def test_a_finger_joins_and_a_phone_has_columns_below_each_other(show_card, model: Plan) -> None:
    phone: Page = show_card(model, has_touch=True, is_mobile=True)
    write(phone, [])
    arrow(phone, "活動 2", "居場所 24回").tap()
    assert answer_of(phone)["arrows"] == [["e6", "e3"]]
    phone.get_by_role("button", name="「産出」を書き足す").tap()
    phone.keyboard.type("相談 60件")
    expect(arrow(phone, "活動 2", "相談 60件")).to_be_visible()
    boxes = [box.bounding_box() for box in figure(phone).locator("rect[rx]").all()]
    assert len({round(box["x"]) for box in boxes}) == 1
    tops = [box["y"] for box in boxes]
    assert tops == sorted(tops)
    drawn = figure(phone).locator("path[marker-end]").bounding_box()
    assert drawn["x"] + drawn["width"] <= 390
    write(phone, [["e1", "e2"], ["e2", "e3"]])
    expect(figure(phone).locator("path[marker-end]")).to_have_count(2)
    there, on = (
        [int(y) for y in re.findall(r"(?:M\d+ |V)(\d+)", path.get_attribute("d"))]
        for path in figure(phone).locator("path[marker-end]").all()
    )
    assert there[1] < on[0]  # what leads to a box does not meet what leads on from it
    assert phone.evaluate("document.documentElement.scrollWidth") <= 390


def test_checks_are_told_and_lead_to_their_column(card: Page, model: Plan, judge_card) -> None:
    expect(card.get_by_text("つながり(3点): 活動から成果へ読める")).to_be_visible()
    write(card)
    entry(card, "中期成果 1").fill("")
    judge_card(card, model)
    medium = entry(card, "中期成果 1")
    expect(medium).to_have_attribute("aria-invalid", "true")
    assert (
        "「中期成果」を1つ書いてみましょう。"
        in card.locator(".mb-message:visible").all_inner_texts()
    )
    told = card.locator(".mb-checks li")
    assert [" ".join(text.split("\n")) for text in told.all_inner_texts()] == [
        "○ 産出: 数がある",
        "まだ 短期成果: 回数や人数は産出です。誰がどう変わったかが成果です。 「短期成果」へ",
        "まだ 矢印でつながっていないものがあります。「つながる…」で選びましょう。",
    ]
    card.get_by_role("link", name="「短期成果」へ").click()
    expect(entry(card, "短期成果 1")).to_be_focused()
    medium.fill("孤立する高校生が減る")
    expect(medium).not_to_have_attribute("aria-invalid", "true")


def test_an_answer_from_another_device_is_shown_whatever_it_holds(card: Page) -> None:
    card.evaluate(
        "model.set('answer', {entries: {inputs: [{id: 'e9', text: '会場'}, 5, {id: 1, text: 'x'}],"
        " outputs: 'x'}, arrows: [['e9', 'e9'], 'x', null]})"
    )
    expect(entry(card, "投入 1")).to_have_value("会場")
    expect(entry(card, "投入 2")).to_have_count(0)
    entry(card, "活動 1").fill("開く")
    assert answer_of(card)["entries"]["activities"] == [{"id": "e10", "text": "開く"}]
    for strange in ("{entries: 'x', arrows: 'y'}", "{entries: null}", "{entries: [1]}"):
        card.evaluate(f"model.set('answer', {strange})")
        expect(entry(card, "投入 1")).to_have_value("")


def test_given_entries_are_sorted_by_list_mouse_and_finger(
    show_card, judge_card, sorting: Plan
) -> None:
    page: Page = show_card(sorting, width=1000)
    expect(page.get_by_text("投入 → 活動 → 産出 → 短期成果 → 中期成果")).to_be_visible()
    page.get_by_label("講座24回").focus()
    for _ in range(4):
        page.keyboard.press("ArrowDown")
    expect(page.get_by_role("group", name="短期成果").get_by_text("講座24回")).to_be_visible()
    page.get_by_text("職員2人", exact=True).hover()
    zone = page.get_by_role("group", name="投入").bounding_box()
    page.mouse.down()
    page.mouse.move(zone["x"] + 30, zone["y"] + 20, steps=5)
    page.mouse.up()
    assert answer_of(page) == {"placed": {"a": "short", "c": "inputs"}}
    page.get_by_label("相談相手がいる割合").select_option("short")
    judge_card(page, sorting)
    expect(page.get_by_label("講座24回")).to_have_accessible_description(
        "✕ 回数や人数は産出です。誰がどう変わったかが成果です。"
    )
    phone: Page = show_card(sorting, has_touch=True, is_mobile=True)
    source = phone.get_by_text("職員2人", exact=True).bounding_box()
    target = phone.get_by_role("group", name="投入").bounding_box()
    finger = phone.context.new_cdp_session(phone)
    x, y = source["x"] + 20, source["y"] + 15
    for kind, part in (
        ("touchStart", 0),
        *(("touchMove", part) for part in range(1, 6)),
        ("touchEnd", 5),
    ):
        at = {"x": x, "y": y + (target["y"] + 20 - y) * part / 5}
        points = [] if kind == "touchEnd" else [at]
        finger.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})
    assert answer_of(phone) == {"placed": {"c": "inputs"}}


@pytest.mark.parametrize("width", [390, 1280])
def test_axe_finds_nothing_and_nothing_is_too_wide(
    show_card, judge_card, violations, model: Plan, sorting: Plan, width: int
) -> None:
    page: Page = show_card(model, width=width)
    write(page)
    entry(page, "中期成果 1").fill("")
    judge_card(page, model)
    shown: Page = show_card(sorting, width=width)
    shown.get_by_label("講座24回").select_option("short")
    judge_card(shown, sorting)
    for one in (page, shown):
        assert violations(one) == []
        assert one.evaluate("document.documentElement.scrollWidth") <= width
        for role in ("button", "combobox", "textbox", "link"):
            for target in one.get_by_role(role).all():
                if target.is_visible():
                    assert target.bounding_box()["height"] >= 44
