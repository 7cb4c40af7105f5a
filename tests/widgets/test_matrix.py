import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from manabiba_widgets import ExerciseError, Judgement, Matrix, Part, Rule
from manabiba_widgets.matrix import judge
from manabiba_widgets.matrix_key import MatrixKey, MatrixSpec, MatrixTable

TASKS = {"plan": "企画", "money": "費用", "privacy": "個人情報"}
PARTIES = {"city": "市", "npo": "団体"}
MARKS = {"main": "◎ 責任", "help": "○ 協力", "none": "− 関わらない"}
SPEC = MatrixSpec(TASKS, PARTIES, MARKS, {("plan", "npo"): "main"})
ONE = Rule(
    "one-main",
    "責任者がちょうど1人になっていない作業があります。",
    lambda table: all(row.count("main") == 1 for row in table.rows),
    points=2,
    label="どの作業にも責任者がちょうど1人いる",
)
BOTH = Rule("both", "両方に責任を持つ作業を。", lambda table: "main" in table.column("city"))
KEY = MatrixKey(
    cells={
        ("plan", "city"): frozenset({"help", "none"}),
        ("money", "city"): frozenset({"main"}),
        ("money", "npo"): frozenset({"help"}),
    },
    rules=(ONE, BOTH),
    mistakes={("money", "city"): {"none": "費用の分担を決めるのは両者です。"}},
)
RIGHT = {
    "plan.city": "help",
    "money.city": "main",
    "money.npo": "help",
    "privacy.city": "none",
    "privacy.npo": "main",
}


def matrix() -> Matrix:
    return Matrix(
        "m", title="問", prompt="？", rows=TASKS, columns=PARTIES, options=MARKS, given=SPEC.given
    )


def answer(**cells: str) -> dict[str, object]:
    return {"cells": RIGHT | {name.replace("_", "."): option for name, option in cells.items()}}


def test_nothing_chosen_asks_for_every_cell_that_is_not_given() -> None:
    assert judge(SPEC, KEY, {}) == Judgement(
        score=0.0,
        status="incomplete",
        message="まだ選んでいない欄が5個あります。",
        parts=tuple(Part(input=name, ok=False, message="選んでください。") for name in RIGHT),
    )


def test_the_right_cells_and_rules() -> None:
    assert judge(SPEC, KEY, answer()) == Judgement(
        score=1.0,
        status="right",
        message="表はすべて合っています。",
        parts=(
            Part(input="plan.city", ok=True),
            Part(input="money.city", ok=True),
            Part(input="money.npo", ok=True),
            Part(input="rule:one-main", ok=True, message="どの作業にも責任者がちょうど1人いる"),
            Part(input="rule:both", ok=True),
        ),
    )
    # Any option of a set is right, and any in a cell that the key does not name.
    assert judge(SPEC, KEY, answer(plan_city="none", privacy_city="help")).score == 1.0


def test_a_known_wrong_option_is_told_at_its_cell_and_what_the_table_lacks_apart() -> None:
    judged = judge(SPEC, KEY, answer(money_city="none", money_npo="none"))
    assert (judged.score, judged.status) == (pytest.approx(1 / 6), "partial")
    assert judged.message == "見直す欄が2個あります。表の全体で、足りないことがあります。"
    assert judged.parts[1:] == (
        Part(input="money.city", ok=False, message="費用の分担を決めるのは両者です。"),
        Part(input="money.npo", ok=False, message="ここをもう一度考えてみましょう。"),
        Part(input="rule:one-main", ok=False, message=ONE.message),
        Part(input="rule:both", ok=False, message="両方に責任を持つ作業を。"),
    )


def test_a_rule_costs_its_own_points() -> None:
    judged = judge(SPEC, KEY, answer(privacy_city="main"))
    assert judged.score == pytest.approx(4 / 6)
    assert judged.message == "表の全体で、足りないことがあります。"
    only = MatrixKey(rules=(ONE,))
    assert judge(SPEC, only, answer(privacy_city="main")).status == "wrong"
    assert judge(SPEC, only, answer()).score == 1.0


def test_rules_wait_until_every_cell_is_filled_in() -> None:
    judged = judge(SPEC, KEY, {"cells": {"money.city": "main", "money.npo": "main"}})
    assert (judged.score, judged.status) == (pytest.approx(1 / 6), "incomplete")
    assert judged.message == "まだ選んでいない欄が3個あります。"
    assert [part.input for part in judged.parts] == [
        "plan.city",
        "privacy.city",
        "privacy.npo",
        "money.city",
        "money.npo",
    ]


def test_a_rule_that_raises_does_not_hold() -> None:
    strange = Rule("strange", "？", lambda table: 1 / 0 > 1)
    judged = judge(SPEC, MatrixKey(rules=(strange,)), answer())
    assert judged.parts == (Part(input="rule:strange", ok=False, message="？"),)


def test_a_table_is_read_by_cell_row_and_column() -> None:
    table = MatrixTable(("a", "b"), ("x", "y"), {("a", "x"): "main"})
    assert table.rows == (("main", None), (None, None))
    assert table.columns == (("main", None), (None, None))
    assert table["b", "x"] is None
    with pytest.raises(KeyError):
        table["c", "x"]


def test_without_the_key_only_the_form_is_judged() -> None:
    assert judge(SPEC, None, answer(money_city="none")).status == "formal"
    assert judge(SPEC, None, answer(money_city="")).message == "まだ選んでいない欄が1個あります。"
    assert judge(SPEC, None, answer(money_city="x")).status == "incomplete"


def test_points_words_and_solution() -> None:
    exercise = matrix()
    assert exercise.solution() is None
    exercise.key(
        cells={cell: set(right) for cell, right in KEY.cells.items()},
        rules=KEY.rules,
        explanation="責任は分けて決めます。",
    )
    exercise.answer = answer(privacy_city="main")
    assert (exercise.points(6), type(exercise.points(6))) == (pytest.approx(4.0), float)
    assert exercise.words(exercise.answer) == (
        "企画: 市 ○ 協力\n費用: 市 ◎ 責任・団体 ○ 協力\n個人情報: 市 ◎ 責任・団体 ◎ 責任"
    )
    assert exercise.words({}) == ""
    solution = exercise.solution()
    assert solution is not None
    assert solution.answer == (
        "企画: 市 ○ 協力 または − 関わらない\n"
        "費用: 市 ◎ 責任・団体 ○ 協力\n"
        "・どの作業にも責任者がちょうど1人いる\n"
        "・両方に責任を持つ作業を。"
    )
    assert solution.explanation == "責任は分けて決めます。"


def test_the_browser_gets_the_table_and_nothing_of_the_key() -> None:
    exercise = matrix()
    exercise.key(cells={("money", "city"): "main"}, rules=[ONE], explanation="秘密")
    assert exercise.spec["given"] == {"plan.npo": "main"}
    assert exercise.spec["rows"] == TASKS
    assert not any(word in str(exercise.get_state()) for word in ("秘密", "ちょうど1人"))


def test_an_authors_mistakes_are_told_together() -> None:
    with pytest.raises(ExerciseError) as told:
        Matrix(
            "m",
            title="問",
            prompt="？",
            rows={"A": "甲"},
            columns={},
            options={"main": "◎"},
            given={("x", "y"): "no"},
        )
    assert str(told.value) == (
        "exercise m: row id 'A': use lower-case letters, digits, - and _; "
        "there are 0 columns; 1 or more are needed; there are 1 options; 2 or more are needed; "
        "given (x, y): there is no row x; given (x, y): there is no column y; "
        "given (x, y): there is no option no"
    )
    with pytest.raises(ExerciseError, match="there are 10 options; 9 at most"):
        Matrix(
            "m",
            title="問",
            prompt="？",
            rows={"a": "甲"},
            columns={"b": "乙"},
            options={str(n): "x" for n in range(10)},
        )
    with pytest.raises(ExerciseError, match="no cell is asked for"):
        Matrix(
            "m",
            title="問",
            prompt="？",
            rows={"a": "甲"},
            columns={"b": "乙"},
            options=MARKS,
            given={("a", "b"): "main"},
        )
    with pytest.raises(ExerciseError, match="cells or rules are needed"):
        matrix().key()
    with pytest.raises(ExerciseError) as told:
        matrix().key(
            cells={
                ("plan", "npo"): "main",
                ("plan", "you"): "main",
                ("plan", "city"): {"main", "all"},
                ("money", "city"): set(MARKS),
                ("money", "npo"): set(),
            },
            mistakes={
                ("plan", "city"): {"main": "？", "x": "？"},
                ("privacy", "npo"): {"main": "？"},
            },
            rules=[
                ONE,
                Rule("one-main", "", lambda table: table.row("place").count("main") == 1, 0),
            ],
        )
    assert str(told.value) == (
        "exercise m: cells (plan, npo): it is given; cells (plan, you): there is no column you; "
        "cells (plan, city): there is no option all; "
        "cells (money, city): every option is right; leave the cell out; "
        "cells (money, npo): no option is right; "
        "mistakes (plan, city): the option main is right; "
        "mistakes (plan, city): there is no option x; "
        "mistakes (privacy, npo): the key has no right option for this cell; "
        "rule id 'one-main' is used 2 times; rule one-main: points must be more than 0; "
        "rule one-main: a message is needed; "
        "rule one-main: there is no ('place', 'city') in the table"
    )
    with pytest.raises(ExerciseError, match=r"cells 'plan.city': a cell is named \(row, column\)"):
        matrix().key(cells={"plan.city": "main"})
    with pytest.raises(ExerciseError, match="no table with the right cells passes all rules"):
        matrix().key(cells={("plan", "city"): "main"}, rules=[ONE])


@given(st.fixed_dictionaries({name: st.sampled_from([*MARKS]) for name in RIGHT}))
def test_everything_is_earned_exactly_when_cells_and_rules_are_right(
    cells: dict[str, str],
) -> None:
    judged = judge(SPEC, KEY, {"cells": cells})
    is_right = (
        cells["plan.city"] != "main"
        and cells["money.city"] == "main"
        and cells["money.npo"] == "help"
        and (cells["privacy.city"] == "main") != (cells["privacy.npo"] == "main")
    )
    assert (judged.score == 1.0, judged.status == "right") == (is_right, is_right)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_a_judge_never_raises(any_json, data) -> None:
    cell = st.sampled_from([*MARKS]) | any_json
    cells = data.draw(any_json | st.dictionaries(st.sampled_from([*RIGHT]) | st.text(), cell))
    for key in (KEY, None):
        assert 0.0 <= judge(SPEC, key, {"cells": cells}).score <= 1.0
    assert isinstance(matrix().words({"cells": cells}), str)
