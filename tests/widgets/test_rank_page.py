"""The card of a ranking in a real browser: mouse, finger, keyboard, a phone."""

import pytest
from playwright.sync_api import Locator, Page, expect

from manabiba_widgets import Rank, RankItem, Scale

pytestmark = pytest.mark.browser
LEVELS = ("ほとんどない", "少し", "ある程度", "大きい", "とても大きい")


@pytest.fixture
def needs() -> Rank:
    rank = Rank(
        "rk",
        title="問3 どれから手伝うか",
        prompt="2つの点をかけて、順番を決めてください。",
        items=[
            RankItem("site", "HPの刷新", (5, 3)),
            RankItem("list", "名簿の整備", note="紙の台帳が3冊"),
            RankItem("leaflet", "リーフレット"),
        ],
        scales=(Scale("impact", "影響", LEVELS), Scale("doable", "実現性")),
    )
    rank.key(
        values={"list": (4, 5), "leaflet": (3, 4)},
        mistakes={("site", "list"): "影響だけで決めず、実現性もかけます。"},
    )
    return rank


@pytest.fixture
def card(show_card, needs: Rank) -> Page:
    page: Page = show_card(needs, width=1000)
    return page


def item(page: Page, label: str) -> Locator:
    return page.get_by_role("listitem").filter(has=page.get_by_text(label, exact=True))


def labels(page: Page) -> list[str]:
    return page.locator(".mb-step-label").all_inner_texts()


def answer_of(page: Page) -> dict[str, object]:
    return dict(page.evaluate("model.get('answer')"))


def choose(page: Page, label: str, impact: str, doable: str) -> None:
    page.get_by_label(f"{label} 影響").select_option(impact)
    page.get_by_label(f"{label} 実現性").select_option(doable)


def test_the_first_and_the_last_go_no_further(card: Page) -> None:
    card.get_by_role("button", name="「HPの刷新」を上へ").click()
    expect(card.get_by_text("いちばん上です。")).to_be_attached()
    card.get_by_role("button", name="「リーフレット」を下へ").click()
    expect(card.get_by_text("いちばん下です。")).to_be_attached()
    assert answer_of(card) == {}


def test_an_order_that_nobody_chose_is_no_answer(card: Page) -> None:
    choose(card, "名簿の整備", "4", "5")
    assert "order" not in answer_of(card)
    card.get_by_role("button", name="この順番でよい").click()
    assert answer_of(card)["order"] == ["site", "list", "leaflet"]


def test_values_products_and_order_are_entered_by_keyboard_alone(card: Page, needs: Rank) -> None:
    keys = card.keyboard
    for _ in range(3):
        keys.press("Tab")
    expect(card.get_by_role("textbox", name="HPの刷新 かけた数")).to_be_focused()
    keys.insert_text("１５")
    for _ in range(2):
        keys.press("Tab")
    expect(card.get_by_role("button", name="「名簿の整備」を下へ")).to_be_focused()
    keys.press("Shift+Tab")
    keys.press("Enter")
    expect(card.get_by_text("「名簿の整備」を1番目にしました。")).to_be_attached()
    expect(card.get_by_role("button", name="「名簿の整備」を上へ")).to_be_focused()
    for _ in range(2):
        keys.press("Tab")
    keys.type("4")
    keys.press("Tab")
    expect(card.get_by_role("combobox", name="名簿の整備 実現性")).to_be_focused()
    for _ in range(5):
        keys.press("ArrowDown")
    choose(card, "リーフレット", "3", "4")
    assert labels(card) == ["名簿の整備", "HPの刷新", "リーフレット"]
    assert answer_of(card) == {
        "order": ["list", "site", "leaflet"],
        "values": {
            "list": {"impact": "4", "doable": "5"},
            "leaflet": {"impact": "3", "doable": "4"},
        },
        "products": {"site": "１５"},
    }
    assert needs.judge(answer_of(card), with_key=True).score == 1.0


def test_the_product_is_shown_as_one_chooses(card: Page) -> None:
    listed = item(card, "名簿の整備")
    bar = listed.locator("rect").nth(1)
    expect(listed.get_by_text("2つの点を選ぶと、かけた数が出ます。")).to_be_visible()
    choose(card, "名簿の整備", "4", "5")
    expect(listed.locator("output")).to_have_text("4 × 5 = 20")
    expect(bar).to_have_attribute("width", "120")
    choose(card, "名簿の整備", "4", "")
    expect(listed.locator("output")).to_have_text("2つの点を選ぶと、かけた数が出ます。")
    expect(bar).to_be_hidden()
    expect(item(card, "HPの刷新").get_by_text("影響 5(とても大きい) × 実現性 3")).to_be_visible()
    expect(card.get_by_text("影響: 1 ほとんどない、2 少し、3 ある程度")).to_be_visible()
    assert "2 少し" in card.get_by_label("名簿の整備 影響").inner_text()


def test_an_item_is_dragged_with_the_mouse_and_keeps_its_values(card: Page) -> None:
    choose(card, "リーフレット", "3", "4")
    above = item(card, "HPの刷新").bounding_box()
    card.locator(".mb-step-label", has_text="リーフレット").hover()
    card.mouse.down()
    card.mouse.move(above["x"] + 50, above["y"] + 2, steps=5)
    card.mouse.up()
    assert labels(card) == ["リーフレット", "HPの刷新", "名簿の整備"]
    expect(card.get_by_label("リーフレット 実現性")).to_have_value("4")


def test_a_finger_chooses_and_drags(show_card, needs: Rank) -> None:
    phone: Page = show_card(needs, has_touch=True, is_mobile=True)
    field = phone.get_by_role("textbox", name="HPの刷新 かけた数")
    expect(field).to_have_attribute("inputmode", "numeric")
    field.tap()
    phone.keyboard.type("15")
    phone.get_by_label("名簿の整備 影響").tap()
    phone.keyboard.press("Escape")
    choose(phone, "名簿の整備", "4", "5")
    source = phone.locator(".mb-step-label", has_text="名簿の整備").bounding_box()
    target = item(phone, "HPの刷新").bounding_box()
    finger = phone.context.new_cdp_session(phone)
    x, y = source["x"] + 30, source["y"] + 15
    for kind, at in (
        ("touchStart", y),
        *(("touchMove", y + (target["y"] + 2 - y) * part / 5) for part in range(1, 6)),
        ("touchEnd", 0),
    ):
        points = [] if kind == "touchEnd" else [{"x": x, "y": at}]
        finger.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})
    assert labels(phone)[0] == "名簿の整備"
    assert answer_of(phone)["order"] == ["list", "site", "leaflet"]
    assert phone.evaluate("document.documentElement.scrollWidth") <= 390


def test_messages_stand_at_items_and_figures_until_they_are_changed(
    card: Page, needs: Rank, judge_card
) -> None:
    product = card.get_by_role("textbox", name="HPの刷新 かけた数")
    product.fill("8")
    choose(card, "名簿の整備", "4", "5")
    choose(card, "リーフレット", "3", "5")
    card.get_by_role("button", name="この順番でよい").click()
    judge_card(card, needs)
    expect(product).to_have_accessible_description("足すのではなく、2つの点をかけます。")
    wrong = card.get_by_label("リーフレット 実現性")
    expect(wrong).to_have_attribute("aria-invalid", "true")
    expect(card.get_by_label("リーフレット 影響")).to_have_accessible_description(
        "◯ 合っています。"
    )
    expect(item(card, "HPの刷新").get_by_text("✕ 順番: 影響だけで決めず")).to_be_visible()
    product.fill("15")
    expect(product).not_to_have_attribute("aria-invalid", "true")
    wrong.select_option("4")
    expect(wrong).not_to_have_attribute("aria-invalid", "true")
    card.get_by_role("button", name="「名簿の整備」を上へ").click()
    expect(item(card, "HPの刷新").get_by_text("✕")).to_have_count(0)
    judge_card(card, needs)
    expect(card.get_by_text("◯ 順番は合っています。")).to_have_count(3)
    expect(card.get_by_text("点も順番も合っています。")).to_be_visible()


def test_an_answer_from_another_device_is_shown_whatever_it_holds(card: Page) -> None:
    card.evaluate(
        "model.set('answer', {order: ['leaflet', 'list', 'site'], products: {site: 5},"
        " values: {list: {impact: '4', doable: 7}, leaflet: null}})"
    )
    assert labels(card) == ["リーフレット", "名簿の整備", "HPの刷新"]
    expect(card.get_by_label("名簿の整備 影響")).to_have_value("4")
    expect(card.get_by_label("名簿の整備 実現性")).to_have_value("")
    expect(card.get_by_role("textbox")).to_have_value("")
    for strange in ("{order: ['list'], values: 'x', products: []}", "{order: 'x', values: null}"):
        card.evaluate(f"model.set('answer', {strange})")
        assert labels(card) == ["HPの刷新", "名簿の整備", "リーフレット"]


@pytest.mark.parametrize("width", [390, 1280])
def test_axe_finds_nothing_and_nothing_is_too_wide(
    show_card, judge_card, violations, needs: Rank, width: int
) -> None:
    page: Page = show_card(needs, width=width)
    choose(page, "名簿の整備", "1", "5")
    page.get_by_role("button", name="この順番でよい").click()
    judge_card(page, needs)
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    for target in (*page.get_by_role("button").all(), *page.get_by_role("combobox").all()):
        size = target.bounding_box()
        assert size is not None
        assert size["height"] >= 44
