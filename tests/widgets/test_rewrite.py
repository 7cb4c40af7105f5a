from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from manabiba_widgets import (
    Check,
    Criterion,
    ExerciseError,
    Fact,
    Judgement,
    Part,
    Rewrite,
    Solution,
)
from manabiba_widgets.rewrite import judge
from manabiba_widgets.rewrite_key import RewriteKey, RewriteSpec, make_key

TEXT = "参加者各位におかれましては、6月7日午前10時に市民会館へご参集ください。"
RIGHT = "みなさん、6月7日の10時に、市民会館へ来てください。"
SPEC = RewriteSpec(TEXT, 30)
FACTS = [
    Fact("day", "日にち", ["6月7日", "6/7"]),
    Fact("place", "場所", ["市民会館"], message="どこへ行くのかも書きましょう。", points=2),
]
PLAIN = Check(
    "plain",
    "「ご参集」を言いかえてみましょう。",
    lambda v: "ご参集" not in v["text"],
    label="「ご参集」を言いかえている",
)
RUBRIC = [Criterion("やさしい", 2, "むずかしい言葉がない")]
KEY = make_key(SPEC, FACTS, [PLAIN], RIGHT, "説明")


def rewrite(**more: Any) -> Rewrite:
    return Rewrite("rw", title="問", prompt="？", text=TEXT, limit=30, **more)


def told(text: str, key: RewriteKey | None = KEY) -> dict[str, str]:
    """What is said about checks that did not pass."""
    parts = judge(SPEC, key, {"text": text}).parts
    return {part.input: part.message for part in parts if not part.ok}


@pytest.mark.parametrize("empty", [{}, {"text": ""}, {"text": " 　\n"}, {"text": 5}, {"other": 1}])
def test_an_empty_answer_asks_for_a_first_sentence(empty: dict[str, Any]) -> None:
    for key in (KEY, None):
        judged = judge(SPEC, key, empty)
        assert (judged.status, judged.score, judged.parts) == ("incomplete", 0.0, ())
        assert judged.message == "まだ何も書かれていません。短い文からでかまいません。"


@pytest.mark.parametrize("same", [TEXT, f" {TEXT}\n", TEXT.replace("6", "６").replace("、", "、 ")])
def test_the_given_text_is_no_rewriting(same: str) -> None:
    judged = judge(SPEC, KEY, {"text": same})
    assert (judged.status, judged.score) == ("incomplete", 0.0)
    assert judged.message.startswith("まだ元の文と同じです。")


def test_a_right_rewriting_and_what_is_told_of_it() -> None:
    assert judge(SPEC, KEY, {"text": RIGHT}) == Judgement(
        score=1.0,
        status="right",
        message="必要なことを残して、書きかえられています。",
        parts=(
            Part(input="check::limit", ok=True, message="30字以内で書けている"),
            Part(input="check::day", ok=True, message="日にちが残っている"),
            Part(input="check::place", ok=True, message="場所が残っている"),
            Part(input="check::plain", ok=True, message="「ご参集」を言いかえている"),
        ),
    )


@pytest.mark.parametrize(
    ("text", "score", "messages"),
    [
        ("６／７に市民会館へ来てください", 1.0, {}),
        (
            "市民会館へ来てください",
            4 / 5,
            {"check::day": "日にちも、読む人に伝わるように残しましょう。"},
        ),
        ("6月7日に来てください", 3 / 5, {"check::place": "どこへ行くのかも書きましょう。"}),
        (
            "6月7日に市民会館へご参集ください",
            4 / 5,
            {"check::plain": "「ご参集」を言いかえてみましょう。"},
        ),
        (
            "6月7日に市民会館へ来てください。" * 2,
            4 / 5,
            {"check::limit": "30字以内に縮めてみましょう。なくても伝わる言葉から取ります。"},
        ),
        ("16月7日に、市 民\n会館へ", 4 / 5, {"check::day": told("市民会館へ")["check::day"]}),
    ],
)
def test_each_mistake_costs_its_points(text: str, score: float, messages: dict[str, str]) -> None:
    judged = judge(SPEC, KEY, {"text": text})
    assert judged.score == pytest.approx(score)
    assert told(text) == messages


def test_a_number_counts_only_as_a_whole() -> None:
    hour = Fact("hour", "時刻", ["10時", "10:00"])
    assert hour.stands_in("午前１０：００から")
    assert hour.stands_in("10 時に")
    assert not hour.stands_in("110時")
    assert not Fact("yen", "費用", ["300"]).stands_in("3000円")
    assert not Fact("nothing", "なし", ["", " "]).stands_in("なにか")


def test_without_a_key_form_alone_is_judged() -> None:
    assert judge(SPEC, None, {"text": "来てください"}).status == "formal"
    assert judge(SPEC, None, {"text": "長" * 33}).message == "3文字多いので、短くしてみましょう。"
    assert judge(SPEC, None, {"text": "長 \n" * 30}).status == "formal"  # blanks do not count
    assert judge(RewriteSpec(TEXT), None, {"text": "長" * 9999}).status == "formal"


def test_with_a_rubric_alone_it_is_graded_by_hand(monkeypatch: pytest.MonkeyPatch) -> None:
    exercise = rewrite()
    exercise.key(rubric=RUBRIC, example="来てください。")
    assert (exercise.spec["check"], exercise.spec["points"]) == ("form", 2)
    assert exercise.spec["rubric"] == [
        {"label": "やさしい", "points": 2, "description": "むずかしい言葉がない"}
    ]
    assert exercise.judge({"text": RIGHT}, with_key=True).status == "formal"
    assert exercise.solution() == Solution("書きかえの例:\n来てください。", "")
    assert exercise.submission() is None
    monkeypatch.setenv("NBGRADER_EXECUTION", "autograde")
    exercise.answer = {"text": "<b>来て"}
    shown = exercise.submission().data
    assert "&lt;b&gt;来て" in shown
    assert "やさしい(2点)むずかしい言葉がない" in shown
    assert "5字(元の文 37字)、漢字 20%(元の文 43%)" in shown


def test_without_a_rubric_there_is_nothing_to_grade_by_hand(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    exercise = rewrite()
    exercise.key(facts=FACTS)
    assert exercise.spec["check"] == "full"
    monkeypatch.setenv("NBGRADER_EXECUTION", "autograde")
    with pytest.raises(ExerciseError, match="rw: graded by hand, but its key has no rubric"):
        exercise.submission()


def test_points_words_and_solution() -> None:
    exercise = rewrite()
    assert exercise.solution() is None
    exercise.key(facts=FACTS, checks=[PLAIN], example=RIGHT, explanation="説明")
    assert exercise.points(5) == 0.0
    exercise.answer = {"text": " 6月7日に来てください\x00 "}
    assert exercise.points(5) == 3.0
    assert exercise.words(exercise.answer) == "6月7日に来てください"
    assert exercise.words({"text": None}) == ""
    assert exercise.solution() == Solution(
        f"書きかえの例:\n{RIGHT}\n次のことがそろった文です。\n・30字以内で書けている\n"
        "・日にちが残っている\n・場所が残っている\n・「ご参集」を言いかえている",
        "説明",
    )


def test_the_key_is_not_in_what_is_synced() -> None:
    exercise = rewrite()
    exercise.key(facts=FACTS, checks=[PLAIN], example=RIGHT)
    assert set(exercise.spec) == {
        "title",
        "prompt",
        "hints",
        "check",
        "text",
        "limit",
        "rules",
        "rubric",
    }
    assert RIGHT not in str(exercise.spec)


def test_all_mistakes_of_an_author_are_told_at_once() -> None:
    with pytest.raises(ExerciseError) as caught:
        Rewrite("rw", title="問", prompt="？", text=" ", limit=0)
    assert str(caught.value) == (
        "exercise rw: there is no text to rewrite; limit 0: write at least 1 character or None"
    )
    exercise = rewrite()
    with pytest.raises(ExerciseError, match="rw: facts, checks or a rubric are needed"):
        exercise.key()
    with pytest.raises(ExerciseError) as caught:
        exercise.key(
            facts=[
                Fact("fee", "費用", ["300円"]),
                Fact("none", "なし", [" "], points=0),
                Fact("limit", "日", ["6月7日"]),
            ],
            checks=[Check("x", "", lambda v: v["title"], field="title")],
        )
    assert str(caught.value) == (
        "exercise rw: fact fee: none of its writings stands in the text to rewrite; "
        "fact none: there is no writing; check 'limit' is there 2 times; "
        "check none: points must be more than 0; check x: there is no field title; "
        "check x: a message is needed; check x: asks for field 'title', which is not there; "
        "check x: a label is needed"
    )


@pytest.mark.parametrize(
    ("example", "told"),
    [
        (
            TEXT,
            "the example is the text to rewrite; the example does not pass check limit; "
            "the example does not pass check plain",
        ),
        ("市民会館へ", "the example does not pass check day"),
    ],
)
def test_an_example_has_to_pass(example: str, told: str) -> None:
    with pytest.raises(ExerciseError) as caught:
        rewrite().key(facts=FACTS, checks=[PLAIN], example=example)
    assert str(caught.value) == f"exercise rw: {told}"


def test_an_example_for_the_grader_keeps_the_limit_too() -> None:
    with pytest.raises(ExerciseError, match="rw: the example has more than 30 characters"):
        rewrite().key(rubric=RUBRIC, example="長" * 31)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_the_judge_never_raises_and_stays_within_bounds(any_json, data: st.DataObject) -> None:
    given_answer = data.draw(
        st.dictionaries(st.sampled_from(["text", "fields", ""]), any_json, max_size=3)
        | st.builds(lambda text: {"text": text}, st.text(alphabet="6月7日市民会館 ご参集６/x"))
    )
    for key in (KEY, None):
        judged = judge(SPEC, key, given_answer)
        assert 0.0 <= judged.score <= 1.0
