from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from manabiba_widgets import ExerciseError, Field, Judgement, Number, Part, Pick
from manabiba_widgets.number import NumberKey, NumberSpec, judge

SPEC = NumberSpec((Field("paid", "支払額"), Pick("why", "理由", {"a": "前払い", "b": "値上げ"})))
KEY = NumberKey(
    values={"paid": Decimal(722_000), "why": "a"},
    mistakes={
        "paid": {Decimal(720_000): "費用のほうです。"},
        "why": {"b": "値上げではありません。"},
    },
)


def answer(paid: str = "", why: str = "") -> dict[str, object]:
    return {"values": {"paid": paid, "why": why}}


def test_nothing_entered_asks_for_everything() -> None:
    assert judge(SPEC, KEY, {}) == Judgement(
        score=0.0,
        status="incomplete",
        message="まだ入っていない欄や、読めない数字があります。",
        parts=(
            Part(input="paid", ok=False, message="数字を入れてください。"),
            Part(input="why", ok=False, message="選んでください。"),
        ),
    )


def test_the_right_answer_in_any_writing() -> None:
    for written in ("722000", "722,000", "７２２，０００円", "￥722,000", " 722000 円"):
        judged = judge(SPEC, KEY, answer(written, "a"))
        assert (judged.score, judged.status) == (1.0, "right"), written


def test_known_mistakes_have_their_message_and_earn_their_part() -> None:
    judged = judge(SPEC, KEY, answer("720,000", "a"))
    assert (judged.score, judged.status) == (0.5, "partial")
    assert judged.parts[0] == Part(input="paid", ok=False, message="費用のほうです。")
    assert judge(SPEC, KEY, answer("722000", "b")).parts[1].message == "値上げではありません。"


@pytest.mark.parametrize(
    ("written", "told"),
    [("-722000", "プラスとマイナスが逆"), ("72200", "けたがずれている"), ("5", "この数字では")],
)
def test_other_wrong_numbers_have_a_general_message(written: str, told: str) -> None:
    assert told in judge(SPEC, KEY, answer(written, "a")).parts[0].message


@pytest.mark.parametrize(
    ("paid", "again"), [("1", "計算をもう一度見直して"), ("722000", "もう一度考えて")]
)
def test_only_figures_are_reckoned_again(paid: str, again: str) -> None:
    assert judge(SPEC, KEY, answer(paid, "b")).message.startswith(again)


def test_half_an_answer_earns_its_half_and_says_what_is_missing() -> None:
    judged = judge(SPEC, KEY, answer("722000"))
    assert (judged.score, judged.status) == (0.5, "incomplete")


def test_without_the_key_only_the_form_is_judged() -> None:
    assert judge(SPEC, None, answer("1", "b")).status == "formal"
    assert judge(SPEC, None, answer("many", "b")).status == "incomplete"


def test_a_tolerance_is_kept_exactly() -> None:
    spec = NumberSpec((Field("rate", "割合", "%"),))
    key = NumberKey(values={"rate": Decimal("15.0")}, tolerance={"rate": Decimal("0.1")})
    assert judge(spec, key, {"values": {"rate": "15.1%"}}).score == 1.0
    assert judge(spec, key, {"values": {"rate": "15.11"}}).score == 0.0


def test_points_words_and_solution() -> None:
    net = Number("net", title="問", prompt="？", fields=[Field("v", "正味財産")])
    assert net.points(3) == 0.0
    net.key(values={"v": 2_053_561}, explanation="引き算です。")
    net.answer = {"values": {"v": "2,053,561"}}
    assert (net.points(3), type(net.points(3))) == (3.0, float)
    assert net.words(net.answer) == "正味財産: 2,053,561"
    assert net.solution().answer == "正味財産: 2,053,561円"


def test_a_key_for_other_fields_is_an_author_error() -> None:
    net = Number("net", title="問", prompt="？", fields=[Field("v", "正味財産")])
    for key in ({"values": {"w": 1}}, {"values": {"v": 1}, "tolerance": {"w": 1}}):
        with pytest.raises(ExerciseError, match="exercise net: the key names"):
            net.key(**key)


def test_all_mistakes_in_a_key_are_told_together() -> None:
    net = Number("net", title="問", prompt="？", fields=SPEC.fields)
    with pytest.raises(ExerciseError) as told:
        net.key(
            values={"paid": 722_000, "why": "c"},
            mistakes={"paid": {722_000: "？", "many": "？"}, "why": {"d": "？"}},
        )
    assert str(told.value).split("; ") == [
        "exercise net: field paid: 'many' is not a number",
        "field paid: the mistake 722000 is right",
        "field why: there is no option 'c'",
        "field why: there is no option 'd'",
    ]
    with pytest.raises(ExerciseError, match=r"field paid: 0\.5 is a float"):
        net.key(values={"paid": 0.5, "why": "a"})
    assert net.solution() is None


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_a_judge_never_raises(any_json, data) -> None:
    given_answer = {"values": data.draw(any_json)}
    for key in (KEY, None):
        assert 0.0 <= judge(SPEC, key, given_answer).score <= 1.0
