import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from manabiba_widgets import Classify, ExerciseError
from manabiba_widgets.classify import ClassifyKey, ClassifySpec, judge

SPEC = ClassifySpec(
    groups={"asset": "資産", "liability": "負債"},
    items={"prepaid": "前払費用", "advance": "前受会費", "any": "どちらでもよいもの"},
)
KEY = ClassifyKey(
    groups={
        "prepaid": frozenset({"asset"}),
        "advance": frozenset({"liability"}),
        "any": frozenset({"asset", "liability"}),
    },
    mistakes={"prepaid": {"liability": "先に払った家賃は資産です。"}},
)
RIGHT = {"prepaid": "asset", "advance": "liability", "any": "liability"}


def test_nothing_placed_and_some_left() -> None:
    assert judge(SPEC, KEY, {}).message == "まだ分けていないものが3個あります。"
    some = judge(SPEC, KEY, {"placed": {"prepaid": "liability"}})
    assert (some.status, some.score) == ("incomplete", 0.0)
    assert some.message == "まだ分けていないものが2個あります。入れなおすものが1個あります。"
    assert some.parts[0].message == "先に払った家賃は資産です。"


def test_all_right_and_any_of_two_groups() -> None:
    for group in ("asset", "liability"):
        assert judge(SPEC, KEY, {"placed": {**RIGHT, "any": group}}).score == 1.0


def test_a_wrong_place_costs_its_share_and_is_named() -> None:
    judged = judge(SPEC, KEY, {"placed": {**RIGHT, "advance": "asset"}})
    assert judged.score == pytest.approx(2 / 3)
    assert "あと1個" in judged.message
    assert [part.message for part in judged.parts if not part.ok] == ["ここではありません。"]


def test_without_the_key_only_the_form_is_judged() -> None:
    assert judge(SPEC, None, {"placed": dict.fromkeys(RIGHT, "asset")}).status == "formal"
    assert judge(SPEC, None, {"placed": {"any": "asset"}}).status == "incomplete"


def test_points_words_and_solution() -> None:
    exercise = Classify(
        "k1", title="問", prompt="？", groups=SPEC.groups, items={"prepaid": "前払費用"}
    )
    exercise.key(groups={"prepaid": "asset"}, explanation="権利です。")
    exercise.answer = {"placed": {"prepaid": "asset"}}
    assert exercise.points(5) == 5.0
    assert exercise.words(exercise.answer) == "前払費用 → 資産"
    assert exercise.solution().answer == "前払費用 → 資産"


def test_author_errors_name_the_exercise() -> None:
    exercise = Classify(
        "k1", title="問", prompt="？", groups=SPEC.groups, items={"prepaid": "前払費用"}
    )
    with pytest.raises(ExerciseError, match="k1: the key's items"):
        exercise.key(groups={"other": "asset"})
    with pytest.raises(ExerciseError, match="k1: unknown groups"):
        exercise.key(groups={"prepaid": "nowhere"})
    with pytest.raises(ExerciseError, match="k1: item prepaid has no right group"):
        exercise.key(groups={"prepaid": set()})
    with pytest.raises(ExerciseError, match="k1: item prepaid: the group asset is right"):
        exercise.key(groups={"prepaid": "asset"}, mistakes={"prepaid": {"asset": "？"}})


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_a_judge_never_raises(any_json, data) -> None:
    for answer in ({"placed": data.draw(any_json)}, {"placed": {"prepaid": data.draw(any_json)}}):
        for key in (KEY, None):
            assert 0.0 <= judge(SPEC, key, answer).score <= 1.0
