"""A case: the story's mistakes, the way through it, and what is said at its end."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from manabiba_widgets import Case, Ending, ExerciseError, Option, Part, Scene
from manabiba_widgets.case import MEMO_TEMPLATE, is_memo_written
from manabiba_widgets.case_story import spoken_lines

SCENES = (
    Scene(
        "start",
        "夕方の事務所。\n\n理事: 会議室の料金を取りたい。",
        [
            Option("ask", "まず、いままでの経緯と数字を集める", "numbers"),
            Option("now", "すぐに料金を決める", "price"),
        ],
        reason="そう考えた理由は?",
    ),
    Scene(
        "numbers",
        "会計担当: 去年は12回、無料で貸しました。",
        [
            Option("expert", "資料をそろえて相談に行く", "asked"),
            Option("board", "理事会に出してから相談に行く", "board"),
        ],
    ),
    Scene(
        "price",
        "理事: 1回3,000円でどうでしょう。",
        [
            Option("stop", "いったん止めて、資料を集める", "late"),
            Option("go", "そのまま始める", "trouble"),
        ],
        reason="なぜですか?",
    ),
)
ENDINGS = (
    Ending("asked", "税理士に、収益事業にあたるかを相談しました。"),
    Ending("board", "理事会で話し合い、相談に行くことにしました。"),
    Ending("late", "相談はできましたが、申込みが先に来ていました。"),
    Ending("trouble", "料金を受け取ったあとで、申告が必要かもしれないと分かりました。"),
)
KEY: dict[str, Any] = {
    "endings": {"asked": 1, "board": 1, "late": 0.5, "trouble": 0},
    "messages": {
        ("start", "now"): "料金より先に、これまでの回数と費用を集めましょう。",
        ("numbers", "board"): "会議で共有しておくと、あとの手続きが進みます。",
    },
    "ending_messages": {"trouble": "始める前に相談すると、選べることが多くなります。"},
    "consult": ["税理士"],
    "explanation": "収益事業にあたるかは、料金や貸し方で変わります。",
}
RIGHT: dict[str, Any] = {
    "path": [["start", "ask"], ["numbers", "expert"]],
    "reasons": {"start": "数字がないと相談できないので"},
    "consult": ["税理士"],
    "memo": "聞きたいこと: 収益事業にあたりますか",
}


def ask(**changes: Any) -> Case:
    given: dict[str, Any] = {"title": "問", "prompt": "？", "scenes": SCENES, "endings": ENDINGS}
    return Case("case", **{**given, **changes})


@pytest.fixture
def case() -> Case:
    made = ask()
    made.key(**KEY)
    return made


@pytest.mark.parametrize(
    ("answer", "told"),
    [
        ({}, "はじめの場面"),
        ({"path": [["numbers", "expert"]]}, "はじめの場面"),
        ({"path": [["start", "ask"], ["price", "go"]]}, "まだ相談の途中"),
        ({"path": [["start", "ask"], ["numbers", ["expert"]]]}, "まだ相談の途中"),
    ],
)
def test_a_way_without_an_end_is_incomplete(case: Case, answer: dict[str, Any], told: str) -> None:
    for with_key in (True, False):
        judgement = case.judge(answer, with_key=with_key)
        assert (judgement.status, judgement.score) == ("incomplete", 0.0)
        assert told in judgement.message


def test_a_right_answer_earns_everything_and_hears_of_other_ways(case: Case) -> None:
    judgement = case.judge(RIGHT, with_key=True)
    assert (judgement.status, judgement.score) == ("right", 1.0)
    assert judgement.message == (
        "よい進め方です。\n\n相談先は合っています。\n\nこの相談には、よい進め方がいくつかあります。"
    )
    assert judgement.parts == (Part(input="consult:税理士", ok=True),)
    assert case.judge(RIGHT, with_key=False).status == "formal"


def test_another_right_way_with_a_message_that_praises(case: Case) -> None:
    way = [["start", "ask"], ["numbers", "board"]]
    judgement = case.judge({**RIGHT, "path": way}, with_key=True)
    assert judgement.score == 1.0
    praise = KEY["messages"]["numbers", "board"]
    assert judgement.parts[0] == Part(input="step:numbers", ok=True, message=praise)


def test_a_way_that_ends_badly_hears_the_ending_and_the_step_that_led_there(case: Case) -> None:
    answer = {
        **RIGHT,
        "path": [["start", "now"], ["price", "go"]],
        "reasons": {"start": "急ぐので", "price": "もう決めたので"},
    }
    judgement = case.judge(answer, with_key=True)
    assert (judgement.status, judgement.score) == ("partial", pytest.approx(0.3))
    assert judgement.message.startswith(KEY["ending_messages"]["trouble"])
    assert "「ここまでの道すじ」" in judgement.message
    wrong = KEY["messages"]["start", "now"]
    assert judgement.parts[0] == Part(input="step:start", ok=False, message=wrong)


@pytest.mark.parametrize(
    ("consult", "score", "told"),
    [
        (["弁護士"], 0.8, "合わないところがあります。相談先をもう一度"),
        (["税理士", "弁護士"], 0.8, "合わないところがあります。"),
        (["占い師"], 0.8, "だれに相談するか"),
        ([], 0.8, "だれに相談するか"),
    ],
)
def test_whom_to_ask_is_a_fifth_right_ones_less_wrong_ones(
    case: Case, consult: list[str], score: float, told: str
) -> None:
    judgement = case.judge({**RIGHT, "consult": consult}, with_key=True)
    assert judgement.score == pytest.approx(score)
    assert told in judgement.message


def test_who_is_not_to_be_asked_may_have_a_reason() -> None:
    case = ask()
    case.key(**KEY, consult_messages={"弁護士": "争いになったときの相談先です。"})
    judgement = case.judge({**RIGHT, "consult": ["税理士", "弁護士", "建築士"]}, with_key=True)
    assert judgement.parts == (
        Part(input="consult:税理士", ok=True),
        Part(input="consult:弁護士", ok=False, message="争いになったときの相談先です。"),
        Part(input="consult:建築士", ok=False),
    )
    with pytest.raises(ValueError, match="a message for the consultant 税理士"):
        case.key(**KEY, consult_messages={"税理士": "？"})


def test_one_of_two_to_ask_is_half_of_it() -> None:
    case = ask()
    case.key(**{**KEY, "consult": ["税理士", "弁護士"]})
    judgement = case.judge(RIGHT, with_key=True)
    assert judgement.score == pytest.approx(0.9)
    assert "相談先は、ほかにもあります。" in judgement.message


def test_nobody_is_asked_where_there_is_nobody_to_ask() -> None:
    case = ask(consultants=())
    case.key(**{**KEY, "consult": ()})
    assert case.judge({**RIGHT, "consult": []}, with_key=True).score == 1.0
    assert case.judge({**RIGHT, "consult": []}, with_key=False).status == "formal"


def test_reasons_and_memo_count_a_tenth_when_written_whatever_they_say(case: Case) -> None:
    bare = {**RIGHT, "reasons": {"price": "別の道の理由"}, "memo": MEMO_TEMPLATE}
    judgement = case.judge(bare, with_key=True)
    assert judgement.score == pytest.approx(0.9)
    assert {part.input for part in judgement.parts if not part.ok} == {"reason:start", "memo"}
    half = case.judge({**RIGHT, "memo": ""}, with_key=True)
    assert half.score == pytest.approx(0.95)
    assert "メモを、ご自分のことばで" in half.message
    assert case.judge({**RIGHT, "reasons": {"start": "なんとなく"}}, with_key=True).score == 1.0


def test_without_the_key_whatever_is_missing_is_told(case: Case) -> None:
    path = RIGHT["path"]
    judgement = case.judge({"path": path}, with_key=False)
    assert judgement.status == "incomplete"
    assert [part.input for part in judgement.parts] == ["consult", "reason:start", "memo"]


def test_the_memo_is_written_when_more_than_the_template_is_there() -> None:
    assert not is_memo_written(MEMO_TEMPLATE.replace(": ", "："))
    assert not is_memo_written(None)
    assert is_memo_written(f"{MEMO_TEMPLATE}決算書")


def test_words_solution_and_points(case: Case) -> None:
    case.answer = RIGHT
    assert case.points(5) == 5.0
    assert case.words(RIGHT) == (
        "場面1: まず、いままでの経緯と数字を集める\n理由: 数字がないと相談できないので\n"
        "場面2: 資料をそろえて相談に行く\n結末: 税理士に、収益事業にあたるかを相談しました。\n"
        "相談先: 税理士\nメモ:\n聞きたいこと: 収益事業にあたりますか"
    )
    assert case.words({}) == ""
    solution = case.solution()
    assert solution.answer.count("進め方の例: ") == 2
    assert solution.answer.endswith("相談先: 税理士")
    assert solution.explanation == KEY["explanation"]
    assert ask().solution() is None


def test_who_says_what() -> None:
    assert spoken_lines("10:30に集まりました。\n\nあなた： どうしますか。\n続きです。") == [
        {"who": "", "text": "10:30に集まりました。"},
        {"who": "あなた", "text": "どうしますか。\n続きです。"},
    ]


def test_all_mistakes_in_a_story_are_told_at_once() -> None:
    scenes = [
        Scene("a", "あ", [Option("x", "えい", "b"), Option("x", "びい", "nowhere")]),
        Scene("b", "い", [Option("back", "もどる", "a")]),
        Scene("c", "う", []),
        Scene("c", " ", [Option("end", "おわる", "e")]),
    ]
    with pytest.raises(ExerciseError) as told:
        ask(scenes=scenes, endings=[Ending("e", "おわり")], consultants=["税理士", "税理士"])
    for mistake in (
        "exercise case: ",
        "the id 'c' is used 2 times",
        "c has no text",
        "scene a: the option id 'x' is used 2 times",
        "option x leads to 'nowhere', which is not there",
        "scene c is a dead end",
        "no way leads to the scene c",
        "no way leads to the ending e",
        "scenes ['a', 'b'] lead back to themselves",
        "the consultant 税理士 is named 2 times",
    ):
        assert mistake in str(told.value)
    with pytest.raises(ExerciseError, match="at least one scene and one ending"):
        ask(scenes=[])


def test_all_mistakes_in_a_key_are_told_at_once() -> None:
    with pytest.raises(ExerciseError) as told:
        ask().key(
            endings={"asked": 1.5, "late": 0.5, "heaven": 1.2},
            messages={("start", "fly"): "…", ("sky", "ask"): "…"},
            ending_messages={"hell": "…"},
            consult=["占い師"],
        )
    for mistake in (
        "a score for an ending 'heaven'",
        "the ending board has no score",
        "the ending trouble has no score",
        "ending asked: the score 1.5 is outside",
        "no ending has the score 1",
        "a message for an ending 'hell'",
        "a message for scene start, option 'fly'",
        "a message for scene sky, option 'ask'",
        "unknown consultant 占い師",
    ):
        assert mistake in str(told.value)
    with pytest.raises(ExerciseError, match="names nobody to ask"):
        ask().key(**{**KEY, "consult": []})


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_the_judge_never_raises(case: Case, any_json: Any, data: st.DataObject) -> None:
    step = st.sampled_from([[s.id, o.id] for s in SCENES for o in s.options]) | any_json
    path = st.lists(step, max_size=4) | st.just(RIGHT["path"]) | any_json
    answer = {
        "path": data.draw(path),
        "reasons": data.draw(any_json),
        "consult": data.draw(st.lists(st.sampled_from(["税理士", "弁護士"])) | any_json),
        "memo": data.draw(any_json),
    }
    for with_key in (True, False):
        assert 0.0 <= case.judge(answer, with_key=with_key).score <= 1.0
    assert isinstance(case.words(answer), str)


def test_the_page_of_this_kind_works_as_it_stands() -> None:
    page = Path(__file__).parents[2] / "docs" / "exercises" / "case.md"
    blocks = re.findall(r"```(python|json)\n(.*?)```", page.read_text(encoding="utf-8"), re.DOTALL)
    names: dict[str, Any] = {}
    exec("\n".join(text for language, text in blocks if language == "python"), names)
    [example] = [json.loads(text) for language, text in blocks if language == "json"]
    assert names["rent"].judge(example, with_key=True).score == 1.0
