from decimal import Decimal
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from manabiba_subjects.member_list import Member, duplicate_groups
from manabiba_widgets import (
    DataColumn,
    DataRow,
    DataTask,
    ExerciseError,
    Field,
    Judgement,
    Part,
    Pick,
    Solution,
)
from manabiba_widgets.data_table import DataSpec
from manabiba_widgets.data_task import judge
from manabiba_widgets.data_task_key import DataKey

ROWS = (
    DataRow("m1", ["山田 太郎", "090-0000-0001", "納入", "5000"]),
    DataRow("m2", ["鈴木 花子", "9000000002", "未納", "0"]),
    DataRow("m3", ["髙橋 翔", "045-000-0003", "納入", "5,000"]),
    DataRow("m4", ["佐藤 実", "０９０−００００−０００４", "未納", "０"]),
    DataRow("m5", ["高橋　翔", "450000003", "納入", "5000"]),
    DataRow("m6", ["ﾘｰ ﾐﾝ", "080-0000-0006", "", "五千"]),
)
COLUMNS = (
    DataColumn("name", "氏名"),
    DataColumn("phone", "電話番号", "phone"),
    DataColumn("fee", "会費", editable=False, filter=True),
    DataColumn("yen", "金額", "number"),
)
FIELDS = (Field("people", "会員の人数", "人"), Pick("who", "だれが", {"a": "会員", "b": "職員"}))
SPEC = DataSpec(COLUMNS, ROWS, "重複", FIELDS)
KEY = DataKey(
    duplicates=duplicate_groups(Member(row.id, row.cells[0], row.cells[1]) for row in ROWS),
    cells={
        "m2.phone": ("090-0000-0002",),
        "m4.phone": ("090-0000-0004",),
        "m5.phone": ("045-000-0003",),
        "m6.name": ("リー ミン", "リー・ミン"),
        "m6.yen": ("5000",),
    },
    values={"people": Decimal(5), "who": "a"},
    mark_mistakes={"m1": "山田さんは1回だけです。"},
    cell_mistakes={"m2.phone": {"090-0000-0003": "最後のけたを見比べましょう。"}},
    value_mistakes={"people": {Decimal(6): "同じ人を2回数えています。"}},
    explanation="説明",
)
RIGHT = {
    "cells": {
        "m2.phone": "09000000002",
        "m4.phone": "090-0000-0004",
        "m6.name": "リー・ミン",
        "m6.yen": "5,000円",
    },
    "marks": ["m5"],
    "values": {"people": "５人", "who": "a"},
}
TOTAL = 8  # a group, five cells, two fields


def answer(**change: Any) -> dict[str, Any]:
    """A right answer but for cells, values (None takes one away), or all marks."""
    merged: dict[str, Any] = {"marks": change.get("marks", RIGHT["marks"])}
    for part in ("cells", "values"):
        both = {**RIGHT[part], **change.get(part, {})}
        merged[part] = {name: text for name, text in both.items() if text is not None}
    return merged


def told(given_answer: dict[str, Any], key: DataKey | None = KEY) -> dict[str, str]:
    """What is said that is not right."""
    return {
        part.input: part.message for part in judge(SPEC, key, given_answer).parts if not part.ok
    }


def task(**more: Any) -> DataTask:
    public = {"columns": COLUMNS, "rows": ROWS, "mark": "重複", "fields": FIELDS, **more}
    return DataTask("dt", title="問", prompt="？", **public)


def set_key(exercise: DataTask, **more: Any) -> None:
    exercise.key(
        **{
            "duplicates": KEY.duplicates,
            "cells": {**KEY.cells, "m2.phone": "090-0000-0002"},
            "values": {"people": 5, "who": "a"},
            "mark_mistakes": KEY.mark_mistakes,
            "cell_mistakes": KEY.cell_mistakes,
            "value_mistakes": {"people": {6: "同じ人を2回数えています。"}},
            "explanation": "説明",
            **more,
        }
    )


@pytest.mark.parametrize(
    "nothing",
    [
        {},
        {"cells": {}, "marks": [], "values": {"people": " "}},
        {"cells": {"m1.phone": " 090-0000-0001 ", "m1.fee": "未納", "x.phone": "1", "m2.phone": 5}},
        {"cells": "x", "marks": {"m5": True}, "values": ["5"]},
    ],
)
def test_nothing_done_asks_for_a_start(nothing: dict[str, Any]) -> None:
    for key in (KEY, None):
        assert judge(SPEC, key, nothing) == Judgement(
            score=0.0,
            status="incomplete",
            message="まだ何もしていません。表をながめて、気づいたところからでかまいません。",
        )


def test_a_clean_table_and_right_numbers() -> None:
    judged = judge(SPEC, KEY, answer())
    assert (judged.score, judged.status) == (1.0, "right")
    assert judged.message == "表がきれいになりました。数も合っています。"
    assert judged.parts == (
        Part(input="row.m5", ok=True),
        *(Part(input=f"cell.{cell}", ok=True) for cell in RIGHT["cells"]),
        Part(input="value.people", ok=True),
        Part(input="value.who", ok=True),
    )


def test_whichever_row_stays_has_to_be_clean() -> None:
    """m3 is marked and m5 stays, so its telephone number is to be corrected."""
    assert told(answer(marks=["m3"])) == {"cells": "先頭の0が消えた電話番号が、まだ1か所あります。"}
    fixed = answer(marks=["m3"], cells={"m5.phone": "045-000-0003"})
    assert judge(SPEC, KEY, fixed).score == 1.0


@pytest.mark.parametrize(
    ("marks", "lost", "messages"),
    [
        (
            [],
            2,  # the group, and the cell of m5 that stays
            {
                "marks": "同じ人の行が、まだ1組あります。並べかえると見つけやすくなります。",
                "cells": "先頭の0が消えた電話番号が、まだ1か所あります。",
            },
        ),
        (
            ["m3", "m5"],
            2,
            {
                "row.m3": "同じ人の行の全部に印がついています。1つは残しましょう。",
                "row.m5": "同じ人の行の全部に印がついています。1つは残しましょう。",
                "cells": "先頭の0が消えた電話番号が、まだ1か所あります。",
            },
        ),
        (["m5", "m1"], 1, {"row.m1": "山田さんは1回だけです。"}),
        (
            ["m5", "m2", "nobody"],
            1,
            {
                "row.m2": "氏名と電話番号の両方が同じ行は、ほかにありません。"
                "氏名だけでは、別の人かもしれません。"
            },
        ),
    ],
)
def test_marks(marks: list[str], lost: int, messages: dict[str, str]) -> None:
    assert judge(SPEC, KEY, answer(marks=marks)).score == (TOTAL - lost) / TOTAL
    assert told(answer(marks=marks)) == messages


@pytest.mark.parametrize(
    ("cell", "text", "message"),
    [
        ("m2.phone", "090-0000-0003", "最後のけたを見比べましょう。"),
        ("m2.phone", "90-0000-0002", "先頭の0がありません。電話番号は0から始まります。"),
        (
            "m2.phone",
            "０９００００００００２",
            "全角と半角が違うようです。ほかの行とそろえましょう。",
        ),
        ("m2.phone", "", "もう一度、元の値やほかの行と見比べてみましょう。"),
        ("m6.name", "リーミン", "空白(スペース)の入れ方が違うようです。ほかの行とそろえましょう。"),
        ("m6.yen", "500", "もう一度、元の値やほかの行と見比べてみましょう。"),
        ("m1.phone", "090-0000-0009", "ここは、元の「090-0000-0001」のままで合っています。"),
    ],
)
def test_a_wrong_cell_is_told_why(cell: str, text: str, message: str) -> None:
    wrong = answer(cells={cell: text})
    assert told(wrong) == {f"cell.{cell}": message}
    assert judge(SPEC, KEY, wrong).score == (TOTAL - 1) / TOTAL


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        ("m2.phone", "090 0000 0002"),
        ("m6.name", "リー ミン"),
        ("m6.yen", "５０００"),
        ("m1.phone", "09000000001"),  # without need, and still right
        ("m5.phone", "どこか"),  # of a row that is dropped
    ],
)
def test_other_writings_are_right_too(cell: str, text: str) -> None:
    assert judge(SPEC, KEY, answer(cells={cell: text})).score == 1.0


def test_what_was_not_found_is_counted_by_its_sort_and_not_shown() -> None:
    begun = {"cells": {}, "marks": ["m5"], "values": RIGHT["values"]}
    assert [part.message for part in judge(SPEC, KEY, begun).parts if part.input == "cells"] == [
        "先頭の0が消えた電話番号が、まだ1か所あります。",
        "全角と半角がそろっていない欄が、まだ2か所あります。",
        "ほかに直すところが、まだ1か所あります。",
    ]
    assert judge(SPEC, KEY, begun).score == 4 / TOTAL


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({"people": "6"}, "同じ人を2回数えています。"),
        (
            {"people": "50人"},
            "この数ではありません。表を並べかえたり絞ったりして、もう一度数えてみましょう。",
        ),
    ],
)
def test_wrong_counts(values: dict[str, str], message: str) -> None:
    judged = judge(SPEC, KEY, answer(values=values))
    assert (judged.score, judged.status) == ((TOTAL - 1) / TOTAL, "partial")
    assert told(answer(values=values)) == {"value.people": message}


def test_an_open_number_is_asked_for_and_the_rest_keeps_its_score() -> None:
    for people, message in ((None, "数字を入れてください。"), ("五人", "数字として読めません")):
        judged = judge(SPEC, KEY, answer(values={"people": people}))
        assert (judged.status, judged.score) == ("incomplete", (TOTAL - 1) / TOTAL)
        assert told(answer(values={"people": people}))["value.people"].startswith(message)


def test_without_a_key_form_alone_is_judged() -> None:
    assert judge(SPEC, None, answer(cells={"m1.phone": "x"}, marks=["m1"])).status == "formal"
    open_one = answer(values={"who": None})
    assert judge(SPEC, None, open_one).status == "incomplete"
    assert told(open_one, None) == {"value.who": "選んでください。"}
    plain = DataSpec(COLUMNS, ROWS)
    assert judge(plain, None, {"cells": {"m1.phone": "1"}}).status == "formal"


def test_a_table_without_fields_and_marks() -> None:
    spec = DataSpec(COLUMNS, ROWS)
    key = DataKey(cells={"m2.phone": ("090-0000-0002",)})
    assert judge(spec, key, {"cells": {"m2.phone": "09000000002"}}).score == 1.0
    assert judge(spec, key, {"cells": {"m2.phone": "1", "m1.phone": "1"}}).score == 0.0
    assert judge(spec, key, {"marks": ["m1"]}).status == "incomplete"  # nothing to mark with


def test_a_first_zero_lives_through_saving_and_reading(tmp_path) -> None:
    exercise = task()
    exercise.answer = {"cells": {"m2.phone": "090-0000-0002", "m1.name": "007"}}
    assert task().answer == {"cells": {"m2.phone": "090-0000-0002", "m1.name": "007"}}
    assert exercise.spec["rows"][0]["cells"][1] == "090-0000-0001"


def test_points_words_and_solution() -> None:
    exercise = task()
    assert exercise.solution() is None
    set_key(exercise)
    assert exercise.points(8) == 0.0
    exercise.answer = answer(marks=["m5", "m1"], cells={"m1.phone": ""})
    assert exercise.points(8) == 6.0
    assert exercise.words(exercise.answer) == (
        "1行目 電話番号: 090-0000-0001 → (空)\n"
        "2行目 電話番号: 9000000002 → 09000000002\n"
        "4行目 電話番号: ０９０−００００−０００４ → 090-0000-0004\n"
        "6行目 氏名: ﾘｰ ﾐﾝ → リー・ミン\n"
        "6行目 金額: 五千 → 5,000円\n"
        "「重複」の印: 1行目、5行目\n"
        "会員の人数: ５人\n"
        "だれが: 会員"
    )
    assert exercise.words({}) == ""
    assert exercise.solution() == Solution(
        "2行目 電話番号: 090-0000-0002\n4行目 電話番号: 090-0000-0004\n"
        "5行目 電話番号: 045-000-0003\n6行目 氏名: リー ミン\n6行目 金額: 5000\n"
        "同じ人: 3行目・5行目(1つを残して印をつけます)\n会員の人数: 5人\nだれが: 会員",
        "説明",
    )


def test_the_key_is_not_in_what_is_synced() -> None:
    exercise = task()
    before = exercise.spec
    set_key(exercise)
    assert exercise.spec == before
    assert "090-0000-0002" not in str(exercise.spec)


def test_all_mistakes_in_a_table_are_told_at_once() -> None:
    with pytest.raises(ExerciseError) as caught:
        DataTask(
            "dt",
            title="問",
            prompt="？",
            columns=[
                DataColumn("a.b", "甲", editable=False),
                DataColumn("c", "乙", editable=False),
            ],
            rows=[DataRow("r", ["1", 90]), DataRow("r", ["2"])],  # type: ignore[list-item]
        )
    assert str(caught.value) == (
        "exercise dt: column id 'a.b': use lower-case letters, digits, - and _; "
        "row id 'r' is used 2 times; row r: 1 cells for 2 columns; "
        "cell r.c: 90 is not a text; write its digits as a text; "
        "nothing is asked: no marks, no fields, nothing editable"
    )
    with pytest.raises(ExerciseError, match="dt: there are no columns; there are no rows"):
        task(columns=(), rows=())
    with pytest.raises(ExerciseError, match="dt: 61 rows; write 60 at most"):
        task(rows=[DataRow(f"r{i}", ROWS[0].cells) for i in range(61)])


def test_all_mistakes_in_a_key_are_told_at_once() -> None:
    with pytest.raises(ExerciseError) as caught:
        set_key(
            task(),
            duplicates=[["m3", "m5"], ["m5", "m9"], ["m1"]],
            cells={
                "m1.phone": "09000000001",
                "m1.fee": "未納",
                "m2.phone": ["090-0000-0002"],
                "m6.name": [],
                "x.y": "1",
            },
            values={"people": "五", "who": "c"},
            mark_mistakes={"m3": "？", "m8": "？"},
            cell_mistakes={
                "m2.phone": {"090 0000 0002": "？", "9000000002": "？"},
                "m4.phone": {"０９０−００００−０００４": "？"},
                "m9.phone": {"1": "？"},
            },
            value_mistakes={"who": {"c": "？"}},
        )
    assert str(caught.value) == (
        "exercise dt: duplicates name row m9, which is not there; row m5 is in two groups; "
        "the group ['m1'] has fewer than 2 rows; mark_mistakes name row m3, which is a duplicate; "
        "mark_mistakes name row m8, which is not there; "
        "cells name m1.fee, which cannot be changed; cells name x.y, which is not there; "
        "cell_mistakes name m9.phone, which is not there; "
        "cell m1.phone: '090-0000-0001' is right as it is given; cell m6.name: no right text; "
        "cell m2.phone: the mistake '090 0000 0002' is right; "
        "cell m2.phone: the mistake '9000000002' is what is given, nobody types it; "
        "cell m4.phone: the mistake '０９０−００００−０００４' is right; "
        "field people: '五' is not a number; field who: there is no option 'c'; "
        "field who: there is no option 'c'; field who: the mistake c is right"
    )
    with pytest.raises(ExerciseError, match=r"the key names \['people'\], the fields are"):
        set_key(task(), values={"people": 5})
    with pytest.raises(ExerciseError, match=r"field people: 5\.0 is a float"):
        set_key(task(), values={"people": 5.0, "who": "a"})
    with pytest.raises(ExerciseError) as caught:
        DataTask("dt", title="問", prompt="？", columns=COLUMNS, rows=ROWS).key(
            duplicates=[["m3", "m5"]], mark_mistakes={"m1": "？"}
        )
    assert str(caught.value) == (
        'exercise dt: duplicates need marks; write mark="重複"; mark_mistakes need marks'
    )
    with pytest.raises(ExerciseError, match="dt: nothing is judged"):
        DataTask("dt", title="問", prompt="？", columns=COLUMNS, rows=ROWS).key()


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_the_judge_never_raises_and_stays_within_bounds(any_json, data: st.DataObject) -> None:
    cells = st.dictionaries(st.sampled_from(sorted(SPEC.given)), any_json | st.text(max_size=9))
    marks = st.lists(st.sampled_from([row.id for row in ROWS]) | any_json, max_size=6)
    values = st.dictionaries(st.sampled_from(["people", "who", "x"]), any_json | st.just("5"))
    given_answer = data.draw(
        st.fixed_dictionaries(
            {}, optional={"cells": cells | any_json, "marks": marks | any_json, "values": values}
        )
    )
    for key in (KEY, None):
        assert 0.0 <= judge(SPEC, key, given_answer).score <= 1.0
    task().words(given_answer)
