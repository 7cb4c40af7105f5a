import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from manabiba_widgets import ExerciseError, Order
from manabiba_widgets.order import OrderKey, OrderSpec, judge

STEPS = {"b": "仕訳", "a": "証憑", "d": "決算書", "c": "元帳"}
SPEC = OrderSpec(STEPS)
KEY = OrderKey(("a", "b", "c", "d"), {("b", "a"): "証憑が先です。"})


def test_nothing_moved_yet() -> None:
    assert judge(SPEC, KEY, {}).status == "incomplete"
    assert judge(SPEC, KEY, {"order": ["a", "b"]}).status == "incomplete"


def test_the_right_order() -> None:
    assert judge(SPEC, KEY, {"order": ["a", "b", "c", "d"]}).score == 1.0


def test_a_wrong_order_earns_the_neighbours_that_agree() -> None:
    judged = judge(SPEC, KEY, {"order": ["b", "a", "c", "d"]})
    assert judged.score == pytest.approx(2 / 3)
    assert judged.message == "証憑が先です。"
    assert judge(SPEC, KEY, {"order": ["d", "c", "b", "a"]}).score == 0.0
    assert judge(SPEC, KEY, {"order": ["a", "c", "b", "d"]}).message.startswith("順番が")


def test_a_text_for_several_pairs_is_said_once() -> None:
    twice = OrderKey(KEY.order, {("d", step): "決算書は最後です。" for step in "abc"})
    assert judge(SPEC, twice, {"order": list("dabc")}).message == "決算書は最後です。"


@given(st.permutations(list(STEPS)))
def test_only_the_right_order_earns_everything(order: list[str]) -> None:
    assert (judge(SPEC, KEY, {"order": order}).score == 1.0) == (order == ["a", "b", "c", "d"])


def test_points_words_and_solution() -> None:
    exercise = Order("o1", title="問", prompt="？", steps=STEPS)
    exercise.key(order=["a", "b", "c", "d"])
    exercise.answer = {"order": ["a", "b", "c", "d"]}
    assert exercise.points(3) == 3.0
    assert exercise.words(exercise.answer) == "1. 証憑\n2. 仕訳\n3. 元帳\n4. 決算書"
    assert exercise.solution().answer == exercise.words(exercise.answer)


def test_author_errors_name_the_exercise() -> None:
    exercise = Order("o1", title="問", prompt="？", steps=STEPS)
    with pytest.raises(ExerciseError, match="o1: the key's order"):
        exercise.key(order=["a"])
    with pytest.raises(ExerciseError, match="o1: the steps are shown in the right order"):
        exercise.key(order=list(STEPS))
    with pytest.raises(ExerciseError, match="o1: the mistake a before b is the right order"):
        exercise.key(order=["a", "b", "c", "d"], mistakes={("a", "b"): "？"})
    with pytest.raises(ExerciseError, match="o2: an order needs two steps"):
        Order("o2", title="問", prompt="？", steps={"a": "一つ"})


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_a_judge_never_raises(any_json, data) -> None:
    for key in (KEY, None):
        assert 0.0 <= judge(SPEC, key, {"order": data.draw(any_json)}).score <= 1.0
