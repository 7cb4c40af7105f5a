from decimal import Decimal
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from manabiba_widgets import Column, ExerciseError, Judgement, Row, Worksheet
from manabiba_widgets.worksheet import FOLLOWED, judge
from manabiba_widgets.worksheet_key import WorksheetKey
from manabiba_widgets.worksheet_table import WorksheetSpec

# Assets and their total, liabilities, and a share: 資産合計 → 正味財産 → 割合 is a chain.
SPEC = WorksheetSpec(
    columns=(Column("last", "前期"), Column("now", "当期")),
    rows=(
        Row("assets", "資産の部"),
        Row("cash", "現金", given={"last": 100}, ask=("now",), level=1),
        Row("bank", "普通預金", given={"last": 900, "now": 700}, level=1),
        Row("total", "資産合計", ask=("last", "now"), total=True),
        Row("debt", "負債合計", given={"last": 400, "now": 1_000}),
        Row("net", "正味財産", ask=("last", "now"), total=True),
        Row("share", "正味財産の割合", ask=("last",), decimals=1, unit="%"),
    ),
)
RIGHT = {
    "cash.now": 128,
    "total.last": 1_000,
    "total.now": 828,
    "net.last": 600,
    "net.now": -172,
    "share.last": Decimal(60),
}
FOLLOW = {
    "total.last": lambda cell: cell("cash.last") + cell("bank.last"),
    "total.now": lambda cell: cell("cash.now") + cell("bank.now"),
    "net.last": lambda cell: cell("total.last") - cell("debt.last"),
    "net.now": lambda cell: cell("total.now") - cell("debt.now"),
    "share.last": lambda cell: cell("net.last") / cell("total.last") * 100,
}
MISTAKES = {
    "cash.now": {100: "前期の残高です。当期に動いた分を足し引きしましょう。"},
    "net.now": {172: "負債のほうが多いので、正味財産は▲になります。"},
}
OPEN = "まだ入っていない欄や、読めない数字があります。"


def sheet() -> Worksheet:
    return Worksheet("ws", title="問", prompt="？", columns=SPEC.columns, rows=SPEC.rows)


@pytest.fixture
def key() -> WorksheetKey:
    exercise = sheet()
    exercise.key(cells=RIGHT, follow=FOLLOW, mistakes=MISTAKES)
    return exercise._key


def answer(**typed: str) -> dict[str, Any]:
    """The right answer with some cells typed otherwise: `cash_now="…"`."""
    cells = {cell: str(value) for cell, value in RIGHT.items()}
    return {"cells": cells | {name.replace("_", "."): text for name, text in typed.items()}}


def parts_of(judged: Judgement) -> dict[str, tuple[bool, str]]:
    return {part.input: (part.ok, part.message) for part in judged.parts}


def test_nothing_entered_asks_for_every_cell(key: WorksheetKey) -> None:
    judged = judge(SPEC, key, {})
    assert (judged.score, judged.status, judged.message) == (0.0, "incomplete", OPEN)
    assert parts_of(judged) == dict.fromkeys(RIGHT, (False, "数字を入れてください。"))


def test_the_right_figures_in_any_writing(key: WorksheetKey) -> None:
    judged = judge(SPEC, key, answer())
    assert (judged.score, judged.status, judged.message) == (
        1.0,
        "right",
        "すべての欄が合っています。",
    )
    written = answer(
        total_now="８２８円", net_now="▲172", total_last="1,000", share_last="６０．０％"
    )
    assert judge(SPEC, key, written).score == 1.0
    assert judge(SPEC, key, answer(net_now="△１７２円")).score == 1.0


@pytest.mark.parametrize(
    ("cell", "value"), [(cell, value) for cell, found in MISTAKES.items() for value in found]
)
def test_known_mistakes_have_their_message(key: WorksheetKey, cell: str, value: int) -> None:
    judged = judge(SPEC, key, answer(**{cell.replace(".", "_"): str(value)}))
    assert judged.status == "partial"
    assert parts_of(judged)[cell] == (False, MISTAKES[cell][value])


@pytest.mark.parametrize(
    ("cell", "typed", "told"),
    [
        ("cash_now", "▲128", "プラスとマイナスが逆"),
        ("cash_now", "1280", "けたがずれている"),
        ("cash_now", "5", "この数字ではありません"),
        ("total_last", "828", "入れる欄(左右)が違う"),
        ("cash_now", "828", "この数字ではありません"),
    ],
)
def test_other_wrong_figures_have_a_general_message(
    key: WorksheetKey, cell: str, typed: str, told: str
) -> None:
    judged = judge(SPEC, key, answer(**{cell: typed}))
    assert told in parts_of(judged)[cell.replace("_", ".")][1]


def test_a_figure_of_the_next_row_is_told() -> None:
    spec = WorksheetSpec(
        (Column("c", "金額"),), (Row("a", "あ", ask=("c",)), Row("b", "い", ask=("c",)))
    )
    key = WorksheetKey(cells={"a.c": Decimal(1), "b.c": Decimal(2)})
    judged = judge(spec, key, {"cells": {"a.c": "2", "b.c": "1"}})
    assert [part.message for part in judged.parts] == [
        "となりの行の数字のようです。行がずれていないか確かめましょう。"
    ] * 2


def test_a_chain_of_figures_that_follow_from_one_mistake_earns_its_points(
    key: WorksheetKey,
) -> None:
    judged = judge(SPEC, key, answer(cash_now="100", total_now="800", net_now="▲200"))
    assert judged.score == pytest.approx(5 / 6)
    assert parts_of(judged) == {
        "cash.now": (False, MISTAKES["cash.now"][100]),
        "total.last": (True, ""),
        "total.now": (True, FOLLOWED),
        "net.last": (True, ""),
        "net.now": (True, FOLLOWED),
        "share.last": (True, ""),
    }
    assert judged.message == (
        "印のついた欄を、上から順に見直してみましょう。"
        "計算のしかたが合っている欄は、もとの数字が違っていても点になっています。"
    )


def test_the_chain_ends_where_a_second_mistake_is_made(key: WorksheetKey) -> None:
    judged = judge(SPEC, key, answer(cash_now="100", total_now="801", net_now="▲199"))
    told = parts_of(judged)
    assert [told[cell][0] for cell in ("cash.now", "total.now", "net.now")] == [False, False, True]
    # Worked out with the right total, which is not what was entered: wrong, with its own message.
    other = parts_of(judge(SPEC, key, answer(cash_now="100", total_now="800", net_now="172")))
    assert other["net.now"] == (False, MISTAKES["net.now"][172])


def test_a_figure_does_not_follow_from_right_ones(key: WorksheetKey) -> None:
    judged = judge(SPEC, key, answer(total_now="829"))
    assert parts_of(judged)["total.now"][0] is False


def test_a_right_figure_stays_right_whatever_stands_before_it(key: WorksheetKey) -> None:
    assert parts_of(judge(SPEC, key, answer(cash_now="1")))["total.now"] == (True, "")


def test_nothing_follows_from_an_empty_or_unreadable_cell(key: WorksheetKey) -> None:
    for typed in ("", "百円"):
        judged = judge(SPEC, key, answer(total_now=typed, net_now="▲200"))
        assert (judged.status, parts_of(judged)["net.now"][0]) == ("incomplete", False)
        assert judged.score == pytest.approx(4 / 6)


def test_a_share_that_follows_is_rounded_as_its_row_is_written(key: WorksheetKey) -> None:
    judged = judge(SPEC, key, answer(total_last="1001", net_last="601", share_last="60.0"))
    assert parts_of(judged)["share.last"] == (True, "")
    judged = judge(SPEC, key, answer(total_last="1003", net_last="603", share_last="60.1"))
    assert parts_of(judged)["share.last"] == (True, FOLLOWED)


def test_a_formula_that_fails_on_odd_figures_leaves_the_cell_wrong(key: WorksheetKey) -> None:
    judged = judge(SPEC, key, answer(total_last="0", share_last="5"))
    assert parts_of(judged)["share.last"][0] is False


def test_a_figure_may_not_follow_from_itself() -> None:
    spec = WorksheetSpec((Column("c", "金額"),), (Row("a", "あ", ask=("c",)),))
    key = WorksheetKey(cells={"a.c": Decimal(1)}, follow={"a.c": lambda cell: cell("a.c")})
    assert judge(spec, key, {"cells": {"a.c": "7"}}).score == 0.0


def test_decimals_and_size_are_told(key: WorksheetKey) -> None:
    told = parts_of(judge(SPEC, key, answer(cash_now="1.5", share_last="60.05", net_now="9" * 13)))
    assert told["cash.now"] == (False, "小数をつけずに書いてください。")
    assert told["share.last"] == (False, "小数第1位までで書いてください。")
    assert told["net.now"][1] == "数字が大きすぎるようです。けたを確かめてください。"


def test_a_tolerance_is_kept_exactly() -> None:
    exercise = Worksheet(
        "r",
        title="問",
        prompt="？",
        columns=[Column("c", "割合")],
        rows=[Row("a", "割合", ask=["c"], decimals=2)],
    )
    exercise.key(cells={"a.c": Decimal("79.1")}, tolerance={"a.c": Decimal("0.05")})
    assert exercise.judge({"cells": {"a.c": "79.15"}}, with_key=True).score == 1.0
    assert exercise.judge({"cells": {"a.c": "79.16"}}, with_key=True).score == 0.0


def test_without_the_key_only_the_form_is_judged() -> None:
    assert judge(SPEC, None, answer(net_now="5")).status == "formal"
    judged = judge(SPEC, None, answer(net_now="五"))
    assert (judged.status, [part.input for part in judged.parts]) == ("incomplete", ["net.now"])


def test_points_words_and_solution() -> None:
    exercise = sheet()
    assert exercise.points(3) == 0.0
    exercise.key(cells=RIGHT, follow=FOLLOW, explanation="資産−負債です。")
    exercise.answer = answer(net_now="▲173")
    assert (exercise.points(6), type(exercise.points(6))) == (5.0, float)
    assert exercise.words({"cells": {"cash.now": "128円", "net.last": " 5", "net.now": "6"}}) == (
        "現金: 当期 128円\n正味財産: 前期 5・当期 6"
    )
    solution = exercise.solution()
    assert solution is not None
    assert solution.answer == (
        "現金: 当期 128円\n資産合計: 前期 1,000円・当期 828円\n"
        "正味財産: 前期 600円・当期 ▲172円\n正味財産の割合: 前期 60%"
    )


def test_the_browser_gets_the_table_and_nothing_of_the_key() -> None:
    exercise = sheet()
    exercise.key(cells=RIGHT, follow=FOLLOW, mistakes=MISTAKES)
    assert exercise.spec["rows"][1] == {
        "id": "cash",
        "label": "現金",
        "given": {"last": "100"},
        "ask": ["now"],
        "level": 1,
        "total": False,
        "sum": [],
        "decimals": 0,
        "unit": "円",
    }
    state = exercise.get_state()
    del state["layout"]  # a random id, in which any three digits may stand
    assert not any(secret in str(state) for secret in ("172", "828", "lambda", "動いた分"))


def test_a_given_total_tells_the_page_which_rows_it_adds() -> None:
    rows = [
        Row("cash", "現金", ask=["c"], level=2),
        Row("current", "流動資産合計", given={"c": 3}, level=1, total=True),
        Row("land", "土地", ask=["c"], level=2),
        Row("fixed", "固定資産合計", given={"c": 4}, level=1, total=True),
        Row("assets", "資産合計", given={"c": 7}, total=True),
        Row("net", "正味財産", given={"c": -4}, total=("cash", "-assets")),
    ]
    exercise = Worksheet("t", title="問", prompt="？", columns=[Column("c", "金額")], rows=rows)
    assert [row["sum"] for row in exercise.spec["rows"]] == [
        [],
        [["cash", 1]],
        [],
        [["land", 1]],
        [["cash", 1], ["land", 1]],
        [["cash", 1], ["assets", -1]],
    ]
    exercise.key(cells={"cash.c": 3, "land.c": 4})
    with pytest.raises(ExerciseError, match=r"exercise t: cell current\.c: its rows add up to 2"):
        exercise.key(cells={"cash.c": 2, "land.c": 4})


def test_an_authors_mistakes_in_a_table_are_told_together() -> None:
    with pytest.raises(ExerciseError) as told:
        Worksheet(
            "ws",
            title="問",
            prompt="？",
            columns=[Column("now", "当期")],
            rows=[
                Row("A", "あ", given={"now": 1}, ask=["now", "then"]),
                Row("b", "い", given={"now": 1.5}),  # type: ignore[dict-item]
                Row("b", "う", given={"now": Decimal("1.5")}, total=("-c",)),
            ],
        )
    assert str(told.value) == (
        "exercise ws: row id 'A': use lower-case letters, digits, - and _; "
        "row id 'b' is used 2 times; cell A.then: there is no column then; "
        "cell A.now is given and asked for; cell b.now: 1.5 is not an int or a Decimal; "
        "cell b.now: 1.5 has more decimals than the row's decimals=0; "
        "row b: its total names c, there is no such row"
    )
    with pytest.raises(ExerciseError, match="exercise ws: no cell is asked for"):
        Worksheet("ws", title="問", prompt="？", columns=SPEC.columns, rows=[Row("a", "あ")])


def test_an_authors_mistakes_in_a_key_are_told_together() -> None:
    wrong = {cell: value for cell, value in RIGHT.items() if cell != "net.last"}
    with pytest.raises(ExerciseError) as told:
        sheet().key(
            cells=wrong | {"cash.last": 100},
            follow={"net": lambda cell: cell("x")},
            mistakes={"share.last": {1.5: "？"}},  # type: ignore[dict-item]
            tolerance={"bank.now": 1},
        )
    assert str(told.value) == (
        "exercise ws: no right figure for cell net.last; "
        "cells names cell cash.last, which is not asked for; "
        "follow names cell net, which is not asked for; "
        "tolerance names cell bank.now, which is not asked for; "
        "cell share.last: 1.5 is not an int or a Decimal"
    )


def test_a_formula_never_gives_a_float() -> None:
    with pytest.raises(ExerciseError, match=r"net\.last: its follow gives TypeError\('a float"):
        sheet().key(cells=RIGHT, follow={"net.last": lambda cell: float(cell("total.last")) - 400})


def test_formulas_are_tried_on_the_right_figures() -> None:
    with pytest.raises(ExerciseError) as told:
        sheet().key(
            cells=RIGHT,
            follow={
                "total.last": lambda cell: cell("net.last") + 400,
                "net.last": lambda cell: cell("total.last") - 400,
                "total.now": lambda cell: cell("assets.now") + cell("money.now"),
                "net.now": lambda cell: cell("total.now") - 999,
                "share.last": lambda cell: 1 / (cell("net.last") - 600),
            },
            mistakes={"cash.now": {128: "？"}},
        )
    assert str(told.value) == (
        "exercise ws: cell cash.now: the mistake 128 is a right figure; "
        "cell total.now: its follow uses assets.now, which is neither given nor asked for; "
        "cell total.now: its follow uses money.now, which is neither given nor asked for; "
        "cell net.now: its follow gives -171 on the right figures, the key says -172; "
        "cell share.last: its follow gives "
        "DivisionByZero([<class 'decimal.DivisionByZero'>]) on the right figures, "
        "the key says 60; "
        "cell total.last: its follow leads back to itself; "
        "cell net.last: its follow leads back to itself"
    )


TYPED = st.text(max_size=12) | st.decimals(allow_nan=False).map(lambda value: f"{value:f}"[:40])


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_a_judge_never_raises(any_json, key, data) -> None:
    cells = st.fixed_dictionaries({}, optional=dict.fromkeys(RIGHT, TYPED))
    given_answer = {"cells": data.draw(any_json | cells)}
    for one in (key, None):
        assert 0.0 <= judge(SPEC, one, given_answer).score <= 1.0


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(cash=st.integers(-(10**9), 10**9))
def test_one_mistake_never_costs_more_than_its_own_cell(key, cash: int) -> None:
    typed = {"cash_now": cash, "total_now": cash + 700, "net_now": cash - 300}
    judged = judge(SPEC, key, answer(**{name: str(value) for name, value in typed.items()}))
    assert judged.score == pytest.approx(1.0 if cash == 128 else 5 / 6)
