"""The card of a timeline in a real browser: mouse, finger, keyboard, a phone."""

from datetime import date
from itertools import pairwise

import pytest
from playwright.sync_api import Locator, Page, expect

from manabiba_widgets import Timeline, TimelineStep

pytestmark = pytest.mark.browser


@pytest.fixture
def founding() -> Timeline:
    year = date(2026, 12, 1)
    timeline = Timeline(
        "tl",
        title="問2 設立の流れ",
        prompt="順に並べてください。",
        steps=[
            TimelineStep("view", "縦覧の満了", "2週間です", asks_date=True, year=year),
            TimelineStep("accept", "受理", given=year),
            TimelineStep("meeting", "設立総会"),
            TimelineStep("decide", "決定の期限", asks_date=True, year=year),
        ],
    )
    timeline.key(
        order=["meeting", "accept", "view", "decide"],
        dates={"view": date(2026, 12, 15), "decide": date(2027, 1, 29)},
        order_mistakes={("accept", "meeting"): "総会で決めてから申請します。"},
        date_mistakes={"view": {date(2026, 12, 14): "受理した日は数えません。"}},
    )
    return timeline


@pytest.fixture
def card(show_card, founding: Timeline) -> Page:
    page: Page = show_card(founding, width=1000)
    return page


def step(page: Page, label: str) -> Locator:
    return page.get_by_role("listitem").filter(has=page.get_by_text(label, exact=True))


def labels(page: Page) -> list[str]:
    return page.locator(".mb-step-label").all_inner_texts()


def day_of(page: Page, label: str) -> Locator:
    return page.get_by_role("textbox", name=f"{label} 日付")


def figure(page: Page) -> Locator:
    return page.get_by_role("img", name="手順を日付で並べた線。")


def answer_of(page: Page) -> dict[str, object]:
    return dict(page.evaluate("model.get('answer')"))


def test_order_and_dates_are_entered_by_keyboard_alone(card: Page, founding: Timeline) -> None:
    keys = card.keyboard
    keys.press("Tab")
    expect(card.get_by_role("button", name="「縦覧の満了」を上へ")).to_be_focused()
    keys.press("Enter")
    expect(card.get_by_text("いちばん上です。")).to_be_attached()
    keys.press("Tab")
    keys.press("Enter")
    keys.press("Enter")
    expect(card.get_by_text("「縦覧の満了」を3番目にしました。")).to_be_attached()
    expect(card.get_by_role("button", name="「縦覧の満了」を下へ")).to_be_focused()
    keys.press("Tab")
    expect(day_of(card, "縦覧の満了")).to_be_focused()
    keys.insert_text("１２月１５日")
    for _ in range(3):
        keys.press("Tab")
    expect(day_of(card, "決定の期限")).to_be_focused()
    keys.insert_text("R9.1.29")
    card.get_by_role("button", name="「設立総会」を上へ").press("Space")
    assert labels(card) == ["設立総会", "受理", "縦覧の満了", "決定の期限"]
    assert answer_of(card) == {
        "order": ["meeting", "accept", "view", "decide"],
        "dates": {"view": "１２月１５日", "decide": "R9.1.29"},
    }
    assert founding.judge(answer_of(card), with_key=True).score == 1.0


def test_days_between_the_steps_are_told_in_words_as_one_types(card: Page) -> None:
    gaps = card.locator(".mb-step-gap")
    expect(figure(card)).to_have_accessible_name(
        "手順を日付で並べた線。 1. 縦覧の満了: 日付がまだです。2. 受理: 2026年12月1日(火)。"
        "3. 設立総会: 日付は問いません。4. 決定の期限: 日付がまだです。"
    )
    expect(card.get_by_text("日付が2つ以上入ると、あいだの日数が線になります。")).to_be_visible()
    assert [gap.is_visible() for gap in gaps.all()] == [False] * 4
    day_of(card, "決定の期限").fill("12/31")
    expect(step(card, "決定の期限").locator(".mb-step-gap")).to_have_text("受理から30日")
    day_of(card, "縦覧の満了").fill("12/15")
    expect(step(card, "受理").locator(".mb-step-gap")).to_have_text("縦覧の満了より14日前")
    card.get_by_role("button", name="「縦覧の満了」を下へ").click()
    expect(step(card, "縦覧の満了").locator(".mb-step-gap")).to_have_text("受理から14日")
    expect(step(card, "決定の期限").locator(".mb-step-gap")).to_have_text("縦覧の満了から16日")
    day_of(card, "縦覧の満了").fill("12/1")
    expect(step(card, "縦覧の満了").locator(".mb-step-gap")).to_have_text("受理と同じ日")
    day_of(card, "縦覧の満了").fill("2/30")
    expect(step(card, "縦覧の満了").get_by_text("→ まだ日付として読めません")).to_be_visible()
    expect(step(card, "縦覧の満了").locator(".mb-step-gap")).to_be_hidden()
    expect(figure(card)).to_have_accessible_name(
        "手順を日付で並べた線。 1. 受理: 2026年12月1日(火)。2. 縦覧の満了: 日付が読めません。"
        "3. 設立総会: 日付は問いません。4. 決定の期限: 2026年12月31日(木)、受理から30日。"
    )


def test_bars_are_as_long_as_their_days(card: Page) -> None:
    card.get_by_role("button", name="「縦覧の満了」を下へ").click()
    day_of(card, "縦覧の満了").fill("12/11")
    day_of(card, "決定の期限").fill("12/31")
    bars = [bar.bounding_box() for bar in figure(card).locator("rect[stroke]").all()]
    assert len(bars) == 2
    assert bars[1]["width"] == pytest.approx(2 * bars[0]["width"], rel=0.05)
    assert bars[1]["x"] == pytest.approx(bars[0]["x"] + bars[0]["width"], abs=2)
    day_of(card, "決定の期限").fill("2026/12/6")
    back = figure(card).locator("rect[stroke-dasharray]")
    expect(back).to_have_count(1)
    expect(step(card, "決定の期限").locator(".mb-step-gap")).to_have_text("縦覧の満了より5日前")


@pytest.mark.parametrize(
    ("to", "named"),
    [
        ("2026/12/20", []),
        ("2027/3/1", ["2027年", "2月", "3月"]),
        ("2031/1/1", ["2027年", "2028年", "2029年", "2030年", "2031年"]),
        ("9999/12/31", ["4000年", "6000年", "8000年"]),
    ],
)
def test_months_and_years_are_named_as_there_is_room(card: Page, to: str, named: list[str]) -> None:
    day_of(card, "決定の期限").fill(to)
    texts = figure(card).locator("text[text-anchor=middle]")
    assert texts.all_text_contents() == named


def test_a_phone_has_a_line_downwards_in_proportion(show_card, founding: Timeline) -> None:
    phone: Page = show_card(founding, has_touch=True, is_mobile=True)
    phone.get_by_role("button", name="「縦覧の満了」を下へ").tap()
    day_of(phone, "縦覧の満了").fill("12/11")
    day_of(phone, "決定の期限").fill("12/31")
    dots = [dot.bounding_box() for dot in figure(phone).locator("circle[stroke]").all()]
    assert len(dots) == 3
    assert len({dot["x"] for dot in dots}) == 1
    first, second = dots[1]["y"] - dots[0]["y"], dots[2]["y"] - dots[1]["y"]
    assert second == pytest.approx(2 * first, rel=0.05)
    texts = [text.bounding_box() for text in figure(phone).locator("text").all()]
    assert all(box["x"] + box["width"] <= 390 for box in texts)
    tops = [box["y"] for box in texts]
    assert tops == sorted(tops)
    assert all(later - earlier > 14 for earlier, later in pairwise(tops))
    assert phone.evaluate("document.documentElement.scrollWidth") <= 390


def test_a_step_is_dragged_with_the_mouse(card: Page) -> None:
    below = step(card, "決定の期限").bounding_box()
    card.locator(".mb-step-label", has_text="縦覧の満了").hover()
    card.mouse.down()
    card.mouse.move(below["x"] + 50, below["y"] + below["height"] - 5, steps=5)
    card.mouse.up()
    assert labels(card) == ["受理", "設立総会", "決定の期限", "縦覧の満了"]
    assert answer_of(card)["order"] == ["accept", "meeting", "decide", "view"]


def test_a_step_is_dragged_with_a_finger(show_card, founding: Timeline) -> None:
    phone: Page = show_card(founding, has_touch=True, is_mobile=True)
    source = phone.get_by_text("設立総会", exact=True).bounding_box()
    target = step(phone, "縦覧の満了").bounding_box()
    finger = phone.context.new_cdp_session(phone)
    x, y = source["x"] + 30, source["y"] + 15

    def touch(kind: str, at: float) -> None:
        points = [] if kind == "touchEnd" else [{"x": x, "y": at}]
        finger.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})

    touch("touchStart", y)
    for part in range(1, 6):
        touch("touchMove", y + (target["y"] + 2 - y) * part / 5)
    touch("touchEnd", 0)
    assert labels(phone)[0] == "設立総会"
    assert answer_of(phone)["order"] == ["meeting", "view", "accept", "decide"]


def test_the_order_shown_can_be_taken_and_a_date_alone_is_no_order(card: Page) -> None:
    day_of(card, "縦覧の満了").fill("12/15")
    assert answer_of(card) == {"dates": {"view": "12/15"}}
    keep = card.get_by_role("button", name="この順番でよい")
    keep.click()
    expect(keep).to_be_hidden()
    assert answer_of(card)["order"] == ["view", "accept", "meeting", "decide"]


def test_messages_stand_at_the_step_and_its_date_until_they_are_changed(
    card: Page, judge_card, founding: Timeline
) -> None:
    order = ["accept", "meeting", "view", "decide"]
    dates = {"view": "12/14", "decide": "1/29"}
    card.evaluate("(answer) => model.set('answer', answer)", {"order": order, "dates": dates})
    judge_card(card, founding)
    accept, view = step(card, "受理"), day_of(card, "縦覧の満了")
    expect(accept.get_by_text("✕ 順番: 総会で決めてから申請します。")).to_be_visible()
    expect(card.get_by_text("◯ 順番は合っています。")).to_have_count(0)
    expect(view).to_have_attribute("aria-invalid", "true")
    expect(view).to_have_accessible_description(
        "日付の書き方: 4/1、2025/4/1、令和7年4月1日 受理した日は数えません。"
    )
    expect(step(card, "決定の期限").get_by_text("◯ 日付は合っています。")).to_be_visible()
    view.fill("12/15")
    expect(view).not_to_have_attribute("aria-invalid", "true")
    card.get_by_role("button", name="「設立総会」を上へ").click()
    expect(accept.get_by_text("✕")).to_have_count(0)
    judge_card(card, founding)
    expect(card.get_by_text("◯ 順番は合っています。")).to_have_count(4)
    expect(card.get_by_text("順番も日付も正しいです。")).to_be_visible()


def test_an_answer_from_another_device_is_shown_whatever_it_holds(card: Page) -> None:
    card.evaluate(
        "model.set('answer', {order: ['decide', 'view', 'accept', 'meeting'], dates: {view: 5}})"
    )
    assert labels(card) == ["決定の期限", "縦覧の満了", "受理", "設立総会"]
    expect(day_of(card, "縦覧の満了")).to_have_value("")
    for strange in ("{order: ['view'], dates: 'x'}", "{order: 'view', dates: null}"):
        card.evaluate(f"model.set('answer', {strange})")
        assert labels(card) == ["縦覧の満了", "受理", "設立総会", "決定の期限"]


def test_without_any_date_there_is_no_figure(show_card) -> None:
    steps = [TimelineStep("b", "後"), TimelineStep("a", "前")]
    page: Page = show_card(Timeline("t", title="問", prompt="？", steps=steps))
    page.get_by_role("button", name="「後」を下へ").click()
    assert labels(page) == ["前", "後"]
    expect(page.locator("svg")).to_have_count(0)


@pytest.mark.parametrize("width", [390, 1280])
def test_axe_finds_nothing_and_nothing_is_too_wide(
    show_card, judge_card, violations, founding: Timeline, width: int
) -> None:
    page: Page = show_card(founding, width=width)
    day_of(page, "縦覧の満了").fill("12/14")
    page.get_by_role("button", name="この順番でよい").click()
    judge_card(page, founding)
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    for target in (*page.get_by_role("button").all(), *page.get_by_role("textbox").all()):
        size = target.bounding_box()
        assert size is not None
        assert size["height"] >= 44
