import json
import re
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from manabiba_subjects import Entry, Line, Side
from manabiba_widgets import ExerciseError, FindErrors, Part, ShownLine, debit_credit, entry_cells
from manabiba_widgets.find_errors import FindErrorsKey, FindErrorsSpec, judge

LINES = (
    ShownLine("dues", "4月15日 会費", cells=entry_cells(debit_credit("普通預金", "会費", 370_000))),
    ShownLine("gift", "5月12日 寄附", "(借方)受取寄附金/(貸方)普通預金"),
    ShownLine("fee", "8月20日 謝金", "(借方)諸謝金 50,000/(貸方)普通預金 44,895"),
    ShownLine("cash", "2月2日 預け入れ", "(借方)普通預金/(貸方)現金"),
)
CORRECTIONS = {
    "dues": {"swap": "左右を入れかえる"},
    "gift": {"swap": "左右を入れかえる", "cash": "貸方を現金にする"},
    "fee": {"net": "借方を44,895円にする", "withheld": "貸方に預り金を加える"},
    "cash": {"swap": "左右を入れかえる"},
}
SPEC = FindErrorsSpec(LINES, CORRECTIONS)
KEY = FindErrorsKey(
    errors={"gift": "swap", "fee": "withheld"},
    mistakes={
        "fee": {"net": "謝金は支払総額で記帳します。"},
        "dues": {"": "今年度の会費なので、これで正しいです。"},
    },
    explanation="寄附は左右が逆、謝金は預り金がぬけています。",
)
CHOOSE = "どう直すかを選んでください。"


def ask(**changes: object) -> FindErrors:
    given: dict[str, object] = {
        "title": "問",
        "prompt": "まちがいは?",
        "lines": LINES,
        "corrections": CORRECTIONS,
    }
    return FindErrors("find", **{**given, **changes})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "answer", [{}, {"marked": {}}, {"marked": {"nowhere": "swap"}}, {"marked": ["gift"]}]
)
def test_nothing_marked_is_incomplete(answer: dict[str, object]) -> None:
    judgement = judge(SPEC, KEY, answer)
    assert (judgement.status, judgement.score) == ("incomplete", 0.0)
    assert judgement.message == "まちがっていると思う行に、印をつけてください。"


def test_all_errors_put_right() -> None:
    judgement = judge(SPEC, KEY, {"marked": {"gift": "swap", "fee": "withheld"}})
    assert (judgement.status, judgement.score) == ("right", 1.0)
    assert judgement.parts == (Part(input="gift", ok=True), Part(input="fee", ok=True))


def test_an_error_found_and_put_right_wrongly_earns_half() -> None:
    judgement = judge(SPEC, KEY, {"marked": {"gift": "swap", "fee": "net"}})
    assert (judgement.status, judgement.score) == ("partial", 0.75)
    assert judgement.parts[1] == Part(input="fee", ok=False, message="謝金は支払総額で記帳します。")


def test_a_wrong_correction_without_a_message_of_its_own_is_told_too() -> None:
    judgement = judge(SPEC, KEY, {"marked": {"gift": "cash"}})
    assert judgement.parts[0].message == "まちがいは見つかりました。直し方をもう一度考えましょう。"


def test_what_is_missed_is_counted_but_not_named() -> None:
    judgement = judge(SPEC, KEY, {"marked": {"gift": "swap"}})
    assert (judgement.status, judgement.score) == ("partial", 0.5)
    assert judgement.message == "まだ見つかっていないまちがいが1つあります。"
    assert [part.input for part in judgement.parts] == ["gift"]


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("dues", "今年度の会費なので、これで正しいです。"),
        ("cash", "この行は、このままで正しいです。"),
    ],
)
def test_a_good_line_marked_takes_one_away(line: str, message: str) -> None:
    marked = {"gift": "swap", "fee": "withheld", line: "swap"}
    judgement = judge(SPEC, KEY, {"marked": marked})
    assert (judgement.status, judgement.score) == ("partial", 0.5)
    assert Part(input=line, ok=False, message=message) in judgement.parts


def test_marking_everything_earns_nothing() -> None:
    marked = {"dues": "swap", "gift": "swap", "fee": "withheld", "cash": "swap"}
    assert judge(SPEC, KEY, {"marked": marked}).score == 0.0


def test_a_marked_line_without_a_correction_is_asked_for_and_keeps_what_is_found() -> None:
    judgement = judge(SPEC, KEY, {"marked": {"gift": "swap", "fee": ""}})
    assert (judgement.status, judgement.score) == ("incomplete", 0.75)
    assert judgement.message == "印をつけた行について、どう直すかを選んでください。"
    assert judgement.parts == (
        Part(input="fee", ok=False, message=CHOOSE),
        Part(input="gift", ok=True),
    )


def test_whether_a_line_is_good_is_not_told_before_a_correction_is_chosen() -> None:
    said = [judge(SPEC, KEY, {"marked": {line.id: ""}}).parts[0].message for line in LINES]
    assert said == [CHOOSE] * 4


def test_without_a_key_only_the_form_is_judged() -> None:
    assert judge(SPEC, None, {"marked": {"dues": "swap"}}).status == "formal"
    half = judge(SPEC, None, {"marked": {"dues": "swap", "gift": "unknown"}})
    assert half.status == "incomplete"
    assert half.parts == (Part(input="gift", ok=False, message=CHOOSE),)


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner),
    max_leaves=5,
)
near_answers = st.fixed_dictionaries(
    {
        "marked": st.dictionaries(
            st.sampled_from([*CORRECTIONS, "nowhere"]),
            st.sampled_from(["swap", "withheld", "net", "cash", ""]) | json_values,
        )
    }
)


@given(near_answers | st.dictionaries(st.text(max_size=6), json_values), st.booleans())
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_the_judge_never_raises_and_only_the_solution_is_right(
    answer: dict[str, object], with_key: bool
) -> None:
    judgement = judge(SPEC, KEY if with_key else None, answer)
    assert 0.0 <= judgement.score <= 1.0
    assert judgement.message
    if judgement.score == 1.0:
        assert answer["marked"] == {**answer["marked"], **KEY.errors}  # type: ignore[dict-item]


def test_points_words_and_solution() -> None:
    exercise = ask()
    exercise.answer = {"marked": {"dues": "swap", "gift": ""}}
    assert exercise.solution() is None
    exercise.key(errors=KEY.errors, mistakes=KEY.mistakes, explanation=KEY.explanation)
    assert exercise.words(exercise.answer) == (
        "4月15日 会費: 借方(左) 普通預金 370,000円　貸方(右) 会費 370,000円 → 左右を入れかえる\n"
        "5月12日 寄附: (借方)受取寄附金/(貸方)普通預金 → (直し方は未記入)"
    )
    assert exercise.words({}) == ""
    solution = exercise.solution()
    assert solution is not None
    assert solution.answer == (
        "5月12日 寄附: (借方)受取寄附金/(貸方)普通預金 → 左右を入れかえる\n"
        "8月20日 謝金: (借方)諸謝金 50,000/(貸方)普通預金 44,895 → 貸方に預り金を加える"
    )
    assert solution.explanation == KEY.explanation
    assert exercise.points(4) == 0.0
    exercise.answer = {"marked": {"gift": "swap"}}
    assert exercise.points(4) == 2.0


def test_the_page_gets_lines_and_corrections_and_no_key() -> None:
    exercise = ask()
    exercise.key(errors=KEY.errors, mistakes=KEY.mistakes, explanation=KEY.explanation)
    assert exercise.spec["lines"][0] == {
        "id": "dues",
        "heading": "4月15日 会費",
        "text": "",
        "cells": {"借方(左)": "普通預金 370,000円", "貸方(右)": "会費 370,000円"},
        "corrections": {"swap": "左右を入れかえる"},
    }
    shown = str(exercise.get_state())
    assert KEY.explanation not in shown
    assert "支払総額で記帳" not in shown


def test_an_entry_shows_several_rows_and_an_empty_side() -> None:
    entry = Entry(
        (
            Line(Side.CREDIT, "普通預金", 44_895),
            Line(Side.CREDIT, "預り金", 5_105),
        )
    )
    assert entry_cells(entry) == {
        "借方(左)": "なし",
        "貸方(右)": "普通預金 44,895円\n預り金 5,105円",
    }


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"lines": (), "corrections": {}}, "there are no lines"),
        ({"lines": (*LINES, LINES[0])}, "line id 'dues' is used 2 times"),
        ({"corrections": {**CORRECTIONS, "cash": {}}}, "line cash has no corrections"),
        ({"corrections": {**CORRECTIONS, "more": {"a": "b"}}}, "a line more that is not there"),
        ({"corrections": {**CORRECTIONS, "cash": {"": "x"}}}, 'line cash: "" is no id'),
        ({"lines": (*LINES[:3], ShownLine("cash", "2月2日"))}, "neither text nor cells"),
    ],
)
def test_an_author_is_told_what_is_wrong_with_the_lines(
    changes: dict[str, object], told: str
) -> None:
    with pytest.raises(ExerciseError, match=f"exercise find: .*{told}"):
        ask(**changes)


def test_an_author_is_told_all_that_is_wrong_with_the_key() -> None:
    exercise = ask()
    with pytest.raises(ExerciseError) as raised:
        exercise.key(
            errors={"gift": "nothing", "nowhere": "swap", "fee": "withheld"},
            mistakes={"fee": {"withheld": "x", "odd": "y"}, "lost": {"": "z"}},
        )
    assert str(raised.value) == (
        "exercise find: line gift has no correction 'nothing'; "
        "line nowhere has no correction 'swap'; "
        "message for line fee: no correction 'odd'; "
        "line fee: 'withheld' is right and has a mistake's message; "
        "messages for a line lost that is not there"
    )
    with pytest.raises(ExerciseError, match="exercise find: the key names no error"):
        exercise.key(errors={})


def test_the_example_in_the_docs_runs() -> None:
    page = Path(__file__).parents[2] / "docs" / "exercises" / "find_errors.md"
    blocks = re.findall(r"```(python|json)\n(.*?)```", page.read_text(encoding="utf-8"), re.DOTALL)
    names: dict[str, object] = {}
    exec("\n".join(text for language, text in blocks if language == "python"), names)
    [example] = [json.loads(text) for language, text in blocks if language == "json"]
    exercise = names["find"]
    assert isinstance(exercise, FindErrors)
    assert exercise.judge(example, with_key=True).score == 0.75
