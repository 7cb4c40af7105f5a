import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from manabiba_widgets import Choice, ExerciseError, Part
from manabiba_widgets.choice import ChoiceKey, ChoiceSpec, judge

OPTIONS = {"a": "収益", "b": "費用", "c": "資産", "d": "負債"}
ONE = ChoiceSpec(OPTIONS)
SEVERAL = ChoiceSpec(OPTIONS, multiple=True)
KEY_ONE = ChoiceKey(frozenset("a"), {"b": "増えています。"})
KEY_SEVERAL = ChoiceKey(frozenset("ac"), {"b": "費用は左です。"})


def test_nothing_chosen() -> None:
    assert judge(ONE, KEY_ONE, {}).message == "1つ選んでください。"
    assert judge(SEVERAL, KEY_SEVERAL, {"chosen": []}).status == "incomplete"


def test_one_choice_right_and_wrong() -> None:
    assert judge(ONE, KEY_ONE, {"chosen": ["a"]}).score == 1.0
    wrong = judge(ONE, KEY_ONE, {"chosen": ["b"]})
    assert (wrong.score, wrong.message) == (0.0, "増えています。")
    assert wrong.parts == (Part(input="b", ok=False, message="増えています。"),)
    assert judge(ONE, KEY_ONE, {"chosen": ["c"]}).message == "もう一度考えてみましょう。"


@pytest.mark.parametrize(
    ("chosen", "score", "told"),
    [
        (["a", "c"], 1.0, "そのとおり"),
        (["a"], 0.5, "ほかにもあります"),
        (["a", "c", "b"], 0.5, "費用は左です。"),
        (["b"], 0.0, "費用は左です。"),
        (["a", "b", "c", "d"], 0.0, "費用は左です。"),
    ],
)
def test_several_choices_are_right_less_wrong(chosen, score, told) -> None:
    judged = judge(SEVERAL, KEY_SEVERAL, {"chosen": chosen})
    assert judged.score == score
    assert told in judged.message


def test_without_the_key_only_the_form_is_judged() -> None:
    assert judge(ONE, None, {"chosen": ["b"]}).status == "formal"


def test_points_words_and_solution() -> None:
    choice = Choice("c1", title="問", prompt="？", options=OPTIONS, reason="理由")
    choice.key(right="a", messages={"b": "増えています。"}, explanation="会費だからです。")
    choice.answer = {"chosen": ["a"], "reason": "会費なので"}
    assert choice.points(2) == 2.0
    assert choice.words(choice.answer) == "収益\n理由: 会費なので"
    assert (choice.solution().answer, choice.solution().explanation) == ("収益", "会費だからです。")


def test_a_key_for_unknown_options_is_an_author_error() -> None:
    choice = Choice("c1", title="問", prompt="？", options=OPTIONS)
    with pytest.raises(ExerciseError, match=r"exercise c1: .*\['z'\]"):
        choice.key(right="z")
    with pytest.raises(ExerciseError, match="no right option"):
        choice.key(right=set())
    with pytest.raises(ExerciseError, match=r"only one option .* option a is right and has a"):
        choice.key(right={"a", "b"}, messages={"a": "？"})


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_a_judge_never_raises(any_json, data) -> None:
    answer = {"chosen": data.draw(any_json), "reason": data.draw(any_json)}
    for key in (KEY_SEVERAL, None):
        assert 0.0 <= judge(SEVERAL, key, answer).score <= 1.0
