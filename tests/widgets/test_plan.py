from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from manabiba_widgets import (
    LOGIC_MODEL,
    Check,
    Criterion,
    ExerciseError,
    Judgement,
    Part,
    Plan,
    PlanColumn,
    counts_outputs,
    leads_on,
    logic_model_checks,
)
from manabiba_widgets.plan import PlanKey, judge
from manabiba_widgets.plan_checks import ONLY_COUNTED, has_number, tells_change
from manabiba_widgets.plan_table import read_entries

TEXTS = {
    "inputs": "職員2人と会場",
    "activities": "居場所を開く",
    "outputs": "居場所 24回",
    "short": "高校生に相談相手ができる",
    "medium": "孤立する高校生が減る",
}
KEY = PlanKey(logic_model_checks())
EMPTY = "まだ何も書かれていません。書けるところからでかまいません。"
ITEMS = {"a": "講座24回", "b": "相談相手がいる割合 15%→40%", "c": "職員2人"}


def answer(**texts: str) -> dict[str, object]:
    """An entry in each column, each leading to the next."""
    found = TEXTS | texts
    names = [*found]
    return {
        "entries": {column: [{"id": column, "text": text}] for column, text in found.items()},
        "arrows": [[a, b] for a, b in pairwise(names)],
    }


def plan(**options) -> Plan:
    return Plan("p", title="問", prompt="？", **options)


def messages(judged: Judgement) -> dict[str, str]:
    return {part.input: part.message for part in judged.parts if not part.ok}


def test_nothing_written_asks_for_every_column() -> None:
    assert judge(LOGIC_MODEL, KEY, {}) == Judgement(
        score=0.0,
        status="incomplete",
        message=EMPTY,
        parts=tuple(
            Part(input=c.id, ok=False, message=f"「{c.label}」を1つ書いてみましょう。")
            for c in LOGIC_MODEL
        ),
    )
    blank = {"entries": {"inputs": [{"id": "e1", "text": " \n"}]}}
    assert judge(LOGIC_MODEL, KEY, blank).message == EMPTY


def test_a_whole_plan() -> None:
    assert judge(LOGIC_MODEL, KEY, answer()) == Judgement(
        score=1.0,
        status="right",
        message="計画として、必要なことがそろっています。",
        parts=(
            Part(input="check:outputs:outputs-number", ok=True, message="数がある"),
            Part(
                input="check:short:short-change",
                ok=True,
                message="誰がどう変わるかを書いている",
            ),
            Part(
                input="check:medium:medium-change",
                ok=True,
                message="誰がどう変わるかを書いている",
            ),
            Part(input="check::leads-on", ok=True, message="すべてが矢印でつながっている"),
        ),
    )


def test_counts_are_outputs_and_outputs_are_counted() -> None:
    judged = judge(LOGIC_MODEL, KEY, answer(short="参加者 のべ480人", outputs="居場所を開く"))
    assert (judged.score, judged.status) == (0.5, "partial")
    assert judged.message == "「まだ」の印がついたところを書き足してみましょう。"
    assert messages(judged) == {
        "check:outputs:outputs-number": "回数・人数・部数など、数を入れてみましょう。",
        "check:short:short-change": ONLY_COUNTED,
    }


def test_an_entry_without_arrows_is_told() -> None:
    drawn = answer()
    drawn["arrows"] = drawn["arrows"][:-1]
    judged = judge(LOGIC_MODEL, KEY, drawn)
    assert judged.score == 0.75
    assert [*messages(judged)] == ["check::leads-on"]
    two = answer()
    two["entries"]["activities"].append({"id": "x", "text": "相談日をつくる"})
    assert judge(LOGIC_MODEL, KEY, two).score == 0.75
    two["arrows"] += [["inputs", "x"], ["x", "outputs"]]
    assert judge(LOGIC_MODEL, KEY, two).score == 1.0


def test_an_empty_column_is_asked_for_and_costs_its_checks() -> None:
    judged = judge(LOGIC_MODEL, KEY, answer(medium=""))
    assert (judged.score, judged.status) == (0.5, "incomplete")
    assert judged.message == "まだ書かれていない列が1つあります。"
    assert [*messages(judged)] == ["medium", "check::leads-on"]


def test_without_the_key_or_its_checks_only_the_form_is_judged() -> None:
    by_hand = PlanKey(())
    for key in (None, by_hand):
        assert judge(LOGIC_MODEL, key, answer(short="480人")).status == "formal"
        assert judge(LOGIC_MODEL, key, answer(short="")).parts == (
            Part(input="short", ok=False, message="「短期成果」を1つ書いてみましょう。"),
        )


@pytest.mark.parametrize(
    ("text", "is_change"),
    [
        ("高校生に相談相手ができる", True),
        ("相談相手がいると答える人の割合 15%→40%", True),
        ("親が安心して働ける時間が増える", True),
        ("住民どうしがつながる", True),
        ("ひとりで過ごす人がへる", True),
        ("近所に顔見知りがふえる", True),
        ("親の不安がやわらぐ", True),
        ("高校生が友だちをつくる", True),
        ("参加した人の満足度 90%", True),
        ("参加者数を増やす", False),
        ("来場者数 480人→600人", False),
        ("講座の回数が増える", False),
        ("講座 24回", False),
        ("参加者 のべ４８０人", False),
        ("チラシ3,000枚を配布", False),
        ("高校生30人が参加", False),
        ("変わる", False),
        ("一人で買い物に行く高齢者の数", True),
        ("週１回以上、外に出る80代の方の人数", True),
        ("名前を呼び合う近所の人の数", True),
        ("転んだ人の数", True),
        ("学校を休む子の数", True),
        ("参加者が増え、知り合いができる", True),
        ("会員になる住民が増える", True),
        ("来た家族が、逃げる場所を家族で決める。", True),
        ("親が自分で病院に電話する", True),
        ("高校生が、毎月カフェに来る", False),
        ("動画を1000人が見る", False),
        ("スタッフがちらしを配る", False),
        ("参加者が増える", False),
        ("利用者を増やす", False),
        ("来場者が500人になる", False),
        ("フォロワーが増える", False),
        ("延べ480人になる", False),
        ("たくさんの人が来る", False),
        ("カフェに来る高校生の人数", False),
        ("サロンを利用する親の数", False),
        ("ちらしを受け取った人の数", False),
    ],
)
def test_what_tells_of_a_change(text: str, is_change: bool) -> None:
    assert tells_change(text) == is_change


@pytest.mark.parametrize(
    ("text", "is_counted"),
    [
        ("２４回", True),
        ("月に三回", True),
        ("三人", True),
        ("十数回", True),
        ("一部", False),
        ("一緒に開く", False),
        ("", False),
    ],
)
def test_what_has_a_number(text: str, is_counted: bool) -> None:
    assert has_number(text) == is_counted


def test_an_answer_is_read_without_what_leads_nowhere() -> None:
    read = read_entries(
        LOGIC_MODEL,
        {
            "entries": {
                "inputs": [{"id": "a", "text": " 職員 "}, {"id": "b", "text": ""}, 5],
                "activities": [{"id": "c", "text": "開く"}, {"id": "c", "text": "招く"}],
                "outputs": [{"id": "d", "text": "3回"}],
                "other": [{"id": "e", "text": "？"}],
            },
            "arrows": [
                *(["a", "c"], ["a", "c"], ["b", "c"], ["a", "d"], ["c", "a"], ["c", "d"]),
                *(["a"], "ac", ["a", ["c"]], None),
            ],
        },
    )
    assert read.texts == {
        "inputs": ["職員"],
        "activities": ["開く", "招く"],
        "outputs": ["3回"],
        "short": [],
        "medium": [],
    }
    assert read.arrows == (
        (("inputs", 0), ("activities", 0)),
        (("activities", 0), ("outputs", 0)),
    )
    many = {"entries": {"inputs": [{"id": f"e{n}", "text": "職員"} for n in range(20)]}}
    assert len(read_entries(LOGIC_MODEL, many).texts["inputs"]) == 8


def test_points_words_and_solution() -> None:
    exercise = plan()
    assert exercise.solution() is None
    exercise.key(checks=logic_model_checks(), explanation="変化から考えます。")
    exercise.answer = answer(short="480人")
    assert (exercise.points(4), type(exercise.points(4))) == (3.0, float)
    assert exercise.words(exercise.answer).split("\n") == [
        "投入: 職員2人と会場",
        "活動: 居場所を開く",
        "産出: 居場所 24回",
        "短期成果: 480人",
        "中期成果: 孤立する高校生が減る",
        "矢印: 職員2人と会場 → 居場所を開く",
        "矢印: 居場所を開く → 居場所 24回",
        "矢印: 居場所 24回 → 480人",
        "矢印: 480人 → 孤立する高校生が減る",
    ]
    assert exercise.words({}) == ""
    solution = exercise.solution()
    assert solution is not None
    assert solution.answer.split("\n") == [
        "次のことがそろった計画です。",
        "・産出: 数がある",
        "・短期成果: 誰がどう変わるかを書いている",
        "・中期成果: 誰がどう変わるかを書いている",
        "・すべてが矢印でつながっている",
    ]
    assert solution.explanation == "変化から考えます。"


def test_a_rubric_is_for_the_one_who_grades(monkeypatch: pytest.MonkeyPatch) -> None:
    exercise = plan()
    exercise.key(rubric=[Criterion("つながり <3>", 3, "活動から成果へ")])
    assert (exercise.spec["check"], exercise.spec["points"]) == ("form", 3)
    assert exercise.spec["rubric"][0]["label"] == "つながり <3>"
    assert exercise.solution() is None
    assert exercise.submission() is None
    exercise.answer = answer()
    monkeypatch.setenv("NBGRADER_EXECUTION", "autograde")
    shown = exercise.submission().data
    assert "居場所を開く" in shown
    assert "<li>つながり &lt;3&gt;(3点)活動から成果へ</li>" in shown
    exercise.key(checks=[counts_outputs()])
    with pytest.raises(ExerciseError, match="graded by hand, but its key has no rubric"):
        exercise.submission()


def test_given_entries_are_sorted_and_judged_exactly() -> None:
    exercise = plan(entries=ITEMS)
    assert exercise.judge({"placed": {}}, with_key=True).status == "incomplete"
    exercise.key(
        placed={"a": "outputs", "b": {"short", "medium"}, "c": "inputs"},
        mistakes={"a": {"short": ONLY_COUNTED}},
        explanation="数えるものは産出です。",
    )
    right = {"placed": {"a": "outputs", "b": "medium", "c": "inputs"}}
    assert exercise.judge(right, with_key=True).score == 1.0
    assert exercise.judge(right, with_key=False).status == "formal"
    wrong = exercise.judge({"placed": {**right["placed"], "a": "short"}}, with_key=True)
    assert wrong.score == pytest.approx(2 / 3)
    assert messages(wrong) == {"a": ONLY_COUNTED}
    assert exercise.words(right) == (
        "投入: 職員2人\n産出: 講座24回\n中期成果: 相談相手がいる割合 15%→40%"
    )
    assert exercise.words({}) == ""
    assert exercise.solution().answer == (
        "投入: 職員2人\n産出: 講座24回\n"
        "短期成果: 相談相手がいる割合 15%→40%\n中期成果: 相談相手がいる割合 15%→40%"
    )


def test_the_browser_gets_the_columns_and_nothing_of_the_key() -> None:
    exercise = plan(entries=ITEMS)
    exercise.key(placed={"a": "outputs", "b": "short", "c": "inputs"}, explanation="秘密")
    assert exercise.spec["entries"] == ITEMS
    assert exercise.spec["columns"][2]["label"] == "産出"
    assert "秘密" not in str(exercise.get_state())
    written = plan()
    written.key(checks=logic_model_checks(), explanation="秘密")
    assert not any(word in str(written.get_state()) for word in ("秘密", ONLY_COUNTED))


def test_an_authors_mistakes_are_told_together() -> None:
    with pytest.raises(ExerciseError) as told:
        plan(columns=[PlanColumn("A", "甲"), PlanColumn("A", "乙"), PlanColumn("arrows", "丙")])
    assert str(told.value) == (
        "exercise p: column id 'A': use lower-case letters, digits, - and _; "
        "column id 'A' is used 2 times; column id 'arrows': this name is taken"
    )
    with pytest.raises(ExerciseError, match="a plan needs two columns or more"):
        plan(columns=[PlanColumn("a", "甲")])
    with pytest.raises(ExerciseError, match="there are no entries"):
        plan(entries={})
    with pytest.raises(ExerciseError) as told:
        plan().key(placed={"a": "inputs"})
    assert str(told.value) == (
        "exercise p: checks or a rubric are needed; "
        "placed and mistakes are for entries that are given to be sorted"
    )
    with pytest.raises(ExerciseError) as told:
        plan().key(
            checks=[
                Check("x", "", lambda v: len(v["goal"]) > 1, field="goal", points=0),
                Check("x", "？", lambda v: v["inputs"][0] == "職員"),
            ]
        )
    assert str(told.value) == (
        "exercise p: check 'x' is there 2 times; check x: there is no field goal; "
        "check x: points must be more than 0; check x: a message is needed; "
        "check x: asks for field 'goal', which is not there"
    )
    with pytest.raises(ExerciseError, match="there is no field outputs"):
        plan(columns=[PlanColumn("a", "甲"), PlanColumn("b", "乙")]).key(checks=[counts_outputs()])
    with pytest.raises(ExerciseError, match="checks and rubric are for plans in own words"):
        plan(entries=ITEMS).key(checks=[leads_on()])
    with pytest.raises(ExerciseError, match=r"not the exercise's items: .*; unknown groups"):
        plan(entries=ITEMS).key(placed={"a": "goal", "x": "short"})


def test_a_check_that_raises_has_not_passed() -> None:
    key = PlanKey((Check("x", "2つ目を。", lambda v: v["inputs"][1] != ""),))
    assert messages(judge(LOGIC_MODEL, key, answer())) == {"check::x": "2つ目を。"}


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_a_judge_never_raises(any_json, data) -> None:
    names = st.sampled_from([column.id for column in LOGIC_MODEL])
    entry = st.fixed_dictionaries({"id": names | any_json, "text": st.text() | any_json})
    entries = data.draw(any_json | st.dictionaries(names, st.lists(entry | any_json) | any_json))
    arrows = data.draw(any_json | st.lists(st.lists(names | any_json, max_size=3) | any_json))
    placed = data.draw(any_json | st.dictionaries(st.sampled_from("abc"), names | any_json))
    given_answer = {"entries": entries, "arrows": arrows, "placed": placed}
    for key in (KEY, None):
        assert 0.0 <= judge(LOGIC_MODEL, key, given_answer).score <= 1.0
    sorting = plan(entries=ITEMS)
    sorting.key(placed={"a": "outputs", "b": "short", "c": "inputs"})
    for exercise in (plan(), sorting):
        assert 0.0 <= exercise.judge(given_answer, with_key=True).score <= 1.0
        assert isinstance(exercise.words(given_answer), str)
