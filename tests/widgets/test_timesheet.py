from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from manabiba_widgets import ExerciseError, Judgement, Part, Timesheet, WorkDay
from manabiba_widgets.timesheet import judge
from manabiba_widgets.timesheet_key import TimesheetKey, TimesheetSpec

MON = WorkDay("mon", "月曜日", [("9:00", "23:00")], [("12:00", "13:00"), ("18:00", "18:30")])
SUN = WorkDay("sun", "日曜日", [("10:00", "15:00")], note="法定休日")
SPEC = TimesheetSpec((MON, SUN))
RIGHT = {
    "mon": {"regular": 480, "overtime": 270, "night": 60, "holiday": 0},
    "sun": {"regular": 0, "overtime": 0, "night": 0, "holiday": 300},
}
KEY = TimesheetKey(RIGHT, {"mon": {"night": {120: "22時からです。21時からではありません。"}}})
TYPED = {
    "mon": {"regular": "8:00", "overtime": "4時間30分", "night": "60分"},
    "sun": {"holiday": "５時間"},
}
OTHER = "この時間ではありません。何時から何時までかを書き出して、数えてみましょう。"


def answer(**mon: str) -> dict[str, Any]:
    return {"minutes": {**TYPED, "mon": {**TYPED["mon"], **mon}}}


def timesheet() -> Timesheet:
    return Timesheet("ts", title="問", prompt="？", days=SPEC.days)


def told(given_answer: dict[str, Any], key: TimesheetKey | None = KEY) -> dict[str, str]:
    """What is said about cells and days that are not right."""
    return {p.input: p.message for p in judge(SPEC, key, given_answer).parts if not p.ok}


def test_nothing_entered_asks_for_every_day() -> None:
    assert judge(SPEC, KEY, {}) == Judgement(
        score=0.0,
        status="incomplete",
        message="まだ入っていない日や、読めない時間があります。",
        parts=(
            Part(input="mon", ok=False, message="この日の時間を入れてください。"),
            Part(input="sun", ok=False, message="この日の時間を入れてください。"),
        ),
    )


def test_the_right_minutes_in_any_writing_and_empty_cells_are_zero() -> None:
    judged = judge(SPEC, KEY, answer())
    assert (judged.score, judged.status) == (1.0, "right")
    assert judged.message == "すべての時間が合っています。"
    assert [part.input for part in judged.parts] == [
        f"{day}.{name}" for day, found in RIGHT.items() for name in found
    ]
    assert judge(SPEC, KEY, answer(holiday="0分")).score == 1.0


def test_a_known_wrong_time_has_its_message_and_the_rest_its_points() -> None:
    judged = judge(SPEC, KEY, answer(night="2:00"))
    assert (judged.score, judged.status) == (7 / 8, "partial")
    assert told(answer(night="2:00")) == {"mon.night": "22時からです。21時からではありません。"}


@pytest.mark.parametrize(
    ("typed", "messages"),
    [
        (
            {"overtime": "6:00"},
            {
                "mon.overtime": "休憩の1時間30分が入ったままのようです。"
                "休憩は、働いた時間に数えません。",
                "mon": "所定・法定内・時間外・法定休日の合計が、"
                "働いた時間(12時間30分)より1時間30分 多いようです。",
            },
        ),
        (
            {"overtime": "5:00"},
            {
                "mon.overtime": "休憩の30分が入ったままのようです。"
                "休憩は、働いた時間に数えません。",
                "mon": "所定・法定内・時間外・法定休日の合計が、"
                "働いた時間(12時間30分)より30分 多いようです。",
            },
        ),
        (
            {"overtime": "3:30"},
            {
                "mon.overtime": "深夜の時間は、ほかの欄から引きません。"
                "深夜の欄にも重ねて入れます。",
                "mon": "所定・法定内・時間外・法定休日の合計が、"
                "働いた時間(12時間30分)より1時間 足りないようです。",
            },
        ),
        (
            {"regular": "8", "overtime": "12:22"},
            {
                "mon.regular": "8分と読みました。8時間なら「8:00」か「8時間」と書きます。",
                "mon.overtime": "この日の時間外は、働いた時間のうち8時間を超えたところです。",
            },
        ),
        (
            {"regular": "4:30", "overtime": "8:00"},
            {
                "mon.regular": "時間は合っていますが、入れる欄が違うようです。",
                "mon.overtime": "時間は合っていますが、入れる欄が違うようです。",
            },
        ),
        (
            {"night": "3:00"},
            {"mon.night": "深夜は、22時から翌朝5時までに働いた時間だけを数えます。"},
        ),
        ({"regular": "7:30", "holiday": "0:30"}, {"mon.regular": OTHER, "mon.holiday": OTHER}),
    ],
)
def test_other_wrong_times_have_a_general_message(
    typed: dict[str, str], messages: dict[str, str]
) -> None:
    assert told(answer(**typed)) == messages


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ("7:00", "休憩の1時間が入ったままのようです。休憩は、働いた時間に数えません。"),
        ("6:30", "深夜は、22時から翌朝5時までに働いた時間だけを数えます。"),
        ("9:00", "深夜は、22時から翌朝5時までに働いた時間だけを数えます。"),
    ],
)
def test_only_a_break_at_night_is_left_in_the_night(typed: str, message: str) -> None:
    day = WorkDay("d", "日", [("20:00", "30:00")], [("20:30", "21:00"), ("24:00", "25:00")])
    spec = TimesheetSpec((day,), ("night",))
    key = TimesheetKey({"d": {"night": 360}})
    judged = judge(spec, key, {"minutes": {"d": {"night": typed}}})
    assert judged.parts == (Part(input="d.night", ok=False, message=message),)


def test_night_and_overtime_are_explained_only_where_the_key_counts_them_by_the_day() -> None:
    minutes = {"mon": {"regular": 720, "overtime": 30, "night": 0, "holiday": 0}}
    key = TimesheetKey({**RIGHT, **minutes})
    assert told(answer(regular="11:50", overtime="40", night="10"), key) == {
        "mon.regular": OTHER,
        "mon.overtime": OTHER,
        "mon.night": OTHER,
    }


def test_half_an_answer_earns_its_half_and_says_what_is_missing() -> None:
    judged = judge(SPEC, KEY, {"minutes": {"sun": {"holiday": "5:00", "night": "なし"}}})
    assert (judged.score, judged.status) == (3 / 8, "incomplete")
    assert told({"minutes": {"sun": {"holiday": "5:00", "night": "なし"}}}) == {
        "mon": "この日の時間を入れてください。",
        "sun.night": "時間として読めませんでした。"
        "「1:30」「1時間30分」「90分」のように書いてください。",
    }


def test_without_the_key_only_the_form_is_judged() -> None:
    assert judge(SPEC, None, answer(night="5:00")).status == "formal"
    judged = judge(SPEC, None, answer(night="8.5"))
    assert (judged.status, judged.score) == ("incomplete", 0.0)
    assert [part.input for part in judged.parts] == ["mon.night"]
    assert judge(SPEC, None, {"minutes": {"mon": {"regular": "8:00"}}}).status == "incomplete"


def test_without_regular_nothing_has_to_add_up() -> None:
    spec = TimesheetSpec((MON,), ("overtime", "night"))
    key = TimesheetKey({"mon": {"overtime": 270, "night": 60}})
    assert judge(spec, key, {"minutes": {"mon": {"overtime": "4:30", "night": "1:00"}}}).score == 1
    wrong = judge(spec, key, {"minutes": {"mon": {"overtime": "4:00", "night": "1:00"}}})
    assert [part.input for part in wrong.parts] == ["mon.overtime", "mon.night"]


def test_points_words_and_solution() -> None:
    exercise = timesheet()
    assert exercise.solution() is None
    exercise.key(minutes=RIGHT, explanation="8時間を超えたところが時間外です。")
    exercise.answer = answer(night="2:00", overtime="たくさん")
    assert (exercise.points(8), type(exercise.points(8))) == (6.0, float)
    assert exercise.words(exercise.answer) == (
        "月曜日: 所定・法定内 8時間・時間外 たくさん・深夜 2時間\n日曜日: 法定休日 5時間"
    )
    assert exercise.words({}) == ""
    solution = exercise.solution()
    assert solution is not None
    assert solution.answer == (
        "月曜日: 所定・法定内 8時間・時間外 4時間30分・深夜 1時間・法定休日 0分\n"
        "日曜日: 所定・法定内 0分・時間外 0分・深夜 0分・法定休日 5時間"
    )
    assert solution.explanation == "8時間を超えたところが時間外です。"


def test_days_with_the_same_label_each_have_their_line() -> None:
    days = [WorkDay(name, "平日", [("9:00", "12:00")]) for name in ("a", "b")]
    exercise = Timesheet("ts", title="問", prompt="？", days=days, categories=["regular"])
    words = exercise.words({"minutes": {"a": {"regular": "3:00"}, "b": {"regular": "3"}}})
    assert words == "平日: 所定・法定内 3時間\n平日: 所定・法定内 3分"


def test_the_browser_gets_the_days_and_nothing_of_the_key() -> None:
    exercise = timesheet()
    exercise.key(minutes=RIGHT, mistakes=KEY.mistakes)
    assert exercise.spec["days"][0] == {
        "id": "mon",
        "label": "月曜日",
        "note": "",
        "spans": [[540, 1380]],
        "breaks": [[720, 780], [1080, 1110]],
        "worked": 750,
    }
    assert exercise.spec["categories"][2] == {"id": "night", "label": "深夜"}
    assert exercise.spec["summed"] == ["regular", "overtime", "holiday"]
    assert "22時からです" not in str(exercise.get_state())
    assert "270" not in str(exercise.spec)


def test_an_authors_mistakes_are_told_together() -> None:
    with pytest.raises(ExerciseError) as told:
        timesheet().key(
            minutes={"mon": {**RIGHT["mon"], "night": 1.5}, "tue": {"regular": 1}},
            mistakes={"mon": {"regular": {480: "？", -1: "？"}}},
        )
    assert str(told.value) == (
        "exercise ts: no minutes for cell sun.regular; no minutes for cell sun.overtime; "
        "no minutes for cell sun.night; no minutes for cell sun.holiday; "
        "minutes names cell tue.regular, which is not asked for; "
        "cell mon.regular: -1 is not a whole number of minutes from 0 to 2880; "
        "cell mon.regular: the mistake 480 is right; "
        "cell mon.night: 1.5 is not a whole number of minutes from 0 to 2880"
    )
    with pytest.raises(ExerciseError) as told:
        timesheet().key(
            minutes={
                "mon": {"regular": 480, "overtime": 360, "night": 60, "holiday": 0},
                "sun": {"regular": 0, "overtime": 0, "night": 301, "holiday": 300},
            }
        )
    assert str(told.value) == (
        "exercise ts: day mon: regular + overtime + holiday are 840 minutes, "
        "its spans without breaks are 750; "
        "cell sun.night: 301 minutes are more than the day's 300"
    )
    with pytest.raises(ExerciseError) as told:
        Timesheet(
            "ts",
            title="問",
            prompt="？",
            days=[WorkDay("A", "あ", [("9:00", "8:00")]), MON, MON],
            categories=["regular", "regular", "tea"],
        )
    assert str(told.value) == (
        "exercise ts: day id 'A': use lower-case letters, digits, - and _; "
        "day id 'mon' is used 2 times; "
        "there is no category tea; use regular, overtime, night, holiday; "
        "category regular is listed 2 times; "
        "day A: the span 9:00 to 8:00 does not end after its beginning"
    )
    with pytest.raises(ExerciseError, match="there are no days; there are no categories"):
        Timesheet("ts", title="問", prompt="？", days=[], categories=[])


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_a_judge_never_raises(any_json, data) -> None:
    cells = st.fixed_dictionaries({"regular": st.text(), "night": any_json})
    minutes = data.draw(any_json | st.fixed_dictionaries({"mon": cells | any_json}))
    exercise = timesheet()
    for key in (KEY, None):
        assert 0.0 <= judge(SPEC, key, {"minutes": minutes}).score <= 1.0
    assert isinstance(exercise.words({"minutes": minutes}), str)
