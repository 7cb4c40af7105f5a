from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from manabiba_widgets import ExerciseError, Judgement, Part, Timeline, TimelineStep
from manabiba_widgets.timeline import judge
from manabiba_widgets.timeline_key import TimelineKey, TimelineSpec

SPEC = TimelineSpec(
    (
        TimelineStep("view", "縦覧の満了", asks_date=True, year=date(2026, 12, 1)),
        TimelineStep("accept", "受理", "市の窓口に出す", given=date(2026, 12, 1)),
        TimelineStep("meeting", "設立総会"),
        TimelineStep("decide", "決定の期限", asks_date=True, year=date(2026, 12, 1)),
    )
)
RIGHT = ("meeting", "accept", "view", "decide")
KEY = TimelineKey(
    order=RIGHT,
    dates={"view": date(2026, 12, 15), "decide": date(2027, 1, 29)},
    order_mistakes={("accept", "meeting"): "総会で決めてから申請します。"},
    date_mistakes={"view": {date(2026, 12, 14): "受理した日は数えません。"}},
)
DATED = {"view": "12/15", "decide": "1/29"}
NO_ORDER = "順番を入れかえるか、「この順番でよい」を押してください。"
NO_DATE = "まだ入っていない欄や、読めない日付があります。"


def timeline() -> Timeline:
    return Timeline("t", title="問", prompt="？", steps=SPEC.steps)


def answer(order: tuple[str, ...] = RIGHT, **dates: str) -> dict[str, object]:
    return {"order": [*order], "dates": {**DATED, **dates}}


def test_nothing_entered_asks_for_order_and_dates() -> None:
    assert judge(SPEC, KEY, {}) == Judgement(
        score=0.0,
        status="incomplete",
        message=f"{NO_ORDER}\n\n{NO_DATE}",
        parts=(
            Part(input="view", ok=False, message="日付を入れてください。"),
            Part(input="decide", ok=False, message="日付を入れてください。"),
        ),
    )


def test_the_right_order_and_dates() -> None:
    assert judge(SPEC, KEY, answer(decide="令和９年１月２９日")) == Judgement(
        score=1.0,
        status="right",
        message="順番も日付も正しいです。",
        parts=(
            *(Part(input=f"order.{step}", ok=True) for step in RIGHT),
            Part(input="view", ok=True),
            Part(input="decide", ok=True),
        ),
    )


def test_a_known_wrong_order_costs_its_half_and_is_told_at_its_step() -> None:
    judged = judge(SPEC, KEY, answer(("accept", "meeting", "view", "decide")))
    assert judged.score == pytest.approx((2 / 3 + 1) / 2)
    assert judged.message == "総会で決めてから申請します。\n\n日付は合っています。"
    assert judged.parts[:4] == (
        Part(input="order.accept", ok=False, message="総会で決めてから申請します。"),
        Part(input="order.meeting", ok=True),
        Part(input="order.view", ok=True),
        Part(input="order.decide", ok=True),
    )


def test_other_steps_out_of_place_are_marked_the_fewest_that_have_to_move() -> None:
    judged = judge(SPEC, KEY, answer(("decide", "meeting", "accept", "view")))
    places = {part.input: (part.ok, part.message) for part in judged.parts[:4]}
    assert places == {
        "order.decide": (False, "この手順の場所を見直しましょう。"),
        "order.meeting": (True, ""),
        "order.accept": (True, ""),
        "order.view": (True, ""),
    }
    assert "順番が入れかわっているところがあります。" in judged.message


def test_a_text_for_several_pairs_is_said_once() -> None:
    last = dict.fromkeys((("decide", "meeting"), ("decide", "view")), "決定は最後です。")
    key = TimelineKey(order=RIGHT, dates=KEY.dates, order_mistakes=last)
    judged = judge(SPEC, key, answer(("decide", "meeting", "accept", "view")))
    assert judged.parts[0] == Part(input="order.decide", ok=False, message="決定は最後です。")
    assert judged.message.count("決定は最後です。") == 1


def test_a_known_wrong_date_and_one_that_is_a_day_off() -> None:
    judged = judge(SPEC, KEY, answer(view="2026/12/14", decide="2027/1/28"))
    assert (judged.score, judged.status) == (0.5, "partial")
    assert [part.message for part in judged.parts[4:]] == [
        "受理した日は数えません。",
        "1日ずれています。最初の日を数えるかどうかを確かめましょう。",
    ]
    assert judged.message.startswith("順番は合っています。\n\n数え方をもう一度確かめましょう。")


@pytest.mark.parametrize(
    ("given_answer", "score", "message"),
    [
        ({"dates": DATED}, 0.5, NO_ORDER),
        ({"order": [*RIGHT]}, 0.5, NO_DATE),
        ({"order": [*RIGHT], "dates": {"view": "12/15", "decide": "2/30"}}, 0.75, NO_DATE),
        ({"order": ["accept"], "dates": DATED}, 0.5, NO_ORDER),
    ],
)
def test_half_an_answer_earns_its_half_and_says_what_is_missing(
    given_answer: dict[str, object], score: float, message: str
) -> None:
    judged = judge(SPEC, KEY, given_answer)
    assert (judged.score, judged.status, judged.message) == (score, "incomplete", message)


def test_without_the_key_only_the_form_is_judged() -> None:
    assert judge(SPEC, None, answer(RIGHT[::-1])).status == "formal"
    assert judge(SPEC, None, {"order": [*RIGHT]}).message == NO_DATE
    assert judge(SPEC, None, {"dates": DATED}).message == NO_ORDER
    told = judge(SPEC, None, answer(view="2/30"))
    assert told.parts[0].message == "2月30日という日はありません。2027年2月は28日までです。"


def test_any_of_several_orders_is_right_and_the_nearest_is_compared() -> None:
    other = ("accept", "meeting", "decide", "view")
    key = TimelineKey(RIGHT, also=(other,), dates=KEY.dates)
    assert judge(SPEC, key, answer(other)).score == 1.0
    assert judge(SPEC, key, answer()).score == 1.0
    near = judge(SPEC, key, answer(("decide", "accept", "meeting", "view")))
    assert [p.input for p in near.parts if not p.ok] == ["order.decide"]


def test_without_dates_the_order_is_everything() -> None:
    spec = TimelineSpec((TimelineStep("b", "後", given=date(2026, 1, 2)), TimelineStep("a", "前")))
    key = TimelineKey(("a", "b"))
    assert judge(spec, key, {"order": ["a", "b"]}).message == "正しい順番です。"
    assert judge(spec, key, {"order": ["b", "a"]}).score == 0.0
    assert judge(spec, key, {}).message == NO_ORDER
    assert judge(spec, None, {"order": ["b", "a"]}).status == "formal"


def test_points_words_and_solution() -> None:
    exercise = timeline()
    assert exercise.solution() is None
    exercise.key(order=RIGHT, dates=KEY.dates, explanation="翌日から数えます。")
    exercise.answer = answer(view="12/14", decide="一月")
    assert (exercise.points(4), type(exercise.points(4))) == (2.0, float)
    assert exercise.words(exercise.answer) == (
        "1. 設立総会\n"
        "2. 受理: 2026年12月1日(令和8年・火)\n"
        "3. 縦覧の満了: 2026年12月14日(令和8年・月)\n"
        "4. 決定の期限: 一月"
    )
    assert exercise.words({"dates": {"view": "12/14", "decide": " "}}) == (
        "縦覧の満了: 2026年12月14日(令和8年・月)"
    )
    assert exercise.words({}) == ""
    solution = exercise.solution()
    assert solution is not None
    assert solution.answer.endswith("\n4. 決定の期限: 2027年1月29日(令和9年・金)")
    assert solution.explanation == "翌日から数えます。"


def test_the_browser_gets_the_steps_and_nothing_of_the_key() -> None:
    exercise = timeline()
    exercise.key(order=RIGHT, dates=KEY.dates, date_mistakes=KEY.date_mistakes)
    assert exercise.spec["steps"][:2] == [
        {
            "id": "view",
            "label": "縦覧の満了",
            "note": "",
            "given": None,
            "asks_date": True,
            "year": "2026-12-01",
        },
        {
            "id": "accept",
            "label": "受理",
            "note": "市の窓口に出す",
            "given": "2026-12-01",
            "asks_date": False,
            "year": None,
        },
    ]
    state = exercise.get_state()
    assert "2026-12-15" not in str(state)
    assert "受理した日は数えません" not in str(state)


def test_an_authors_mistakes_are_told_together() -> None:
    with pytest.raises(ExerciseError) as told:
        timeline().key(order=["accept"], dates={"meeting": date(2026, 1, 1)})
    assert str(told.value) == (
        "exercise t: the order accept must name each step once; no date for field decide; "
        "no date for field view; there is no field meeting"
    )
    shown = [step.id for step in SPEC.steps]
    with pytest.raises(ExerciseError) as told:
        timeline().key(
            order=RIGHT,
            also=[shown, RIGHT],
            dates={"view": date(2026, 11, 15), "decide": date(2027, 1, 29)},
            order_mistakes={("meeting", "decide"): "？", ("decide", "meeting"): "？"},
        )
    assert str(told.value) == (
        "exercise t: the steps are shown in a right order already; "
        "the order meeting, accept, view, decide is listed 2 times; "
        "the order mistake meeting before decide is a right order; "
        "the order puts accept (2026-12-01) before view (2026-11-15); "
        "the order puts accept (2026-12-01) before view (2026-11-15)"
    )
    with pytest.raises(ExerciseError, match=r"order_mistakes names x, there is no such step"):
        timeline().key(order=RIGHT, dates=KEY.dates, order_mistakes={("x", "view"): "？"})
    with pytest.raises(ExerciseError, match="the mistake 2026-12-15 is the right date"):
        timeline().key(
            order=RIGHT, dates=KEY.dates, date_mistakes={"view": {date(2026, 12, 15): "？"}}
        )
    with pytest.raises(ExerciseError) as told:
        Timeline(
            "t",
            title="問",
            prompt="？",
            steps=[TimelineStep("A", "あ", given=date(2026, 1, 1), asks_date=True)],
        )
    assert str(told.value) == (
        "exercise t: a timeline needs two steps or more; "
        "step id 'A': use lower-case letters, digits, - and _; "
        "step A: its date is given and asked for"
    )


@given(st.permutations([*RIGHT]))
def test_only_the_right_order_earns_everything(order: list[str]) -> None:
    judged = judge(SPEC, KEY, answer(tuple(order)))
    assert (judged.score == 1.0) == (tuple(order) == RIGHT)
    assert all(part.ok for part in judged.parts) == (tuple(order) == RIGHT)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_a_judge_never_raises(any_json, data) -> None:
    order = data.draw(any_json | st.permutations([*RIGHT]))
    days = data.draw(any_json | st.fixed_dictionaries({"view": st.text(), "decide": any_json}))
    exercise = timeline()
    for key in (KEY, None):
        assert 0.0 <= judge(SPEC, key, {"order": order, "dates": days}).score <= 1.0
    assert isinstance(exercise.words({"order": order, "dates": days}), str)
