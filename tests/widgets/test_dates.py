from datetime import date, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from manabiba_widgets import DateField, Dates, ExerciseError, Judgement, Part
from manabiba_widgets.dates import DatesKey, DatesSpec, judge

SPEC = DatesSpec((DateField("due", "納付の期限", year=2026), DateField("end", "満了日")))
KEY = DatesKey(
    values={"due": date(2026, 9, 10), "end": date(2026, 12, 15)},
    mistakes={
        "due": {date(2026, 7, 10): "納期の特例があるのは給与などです。"},
        "end": {date(2026, 12, 14): "受理した日は数えず、翌日から数えます(初日不算入)。"},
    },
)


def answer(due: str = "", end: str = "") -> dict[str, object]:
    return {"values": {"due": due, "end": end}}


def dates() -> Dates:
    return Dates("due", title="問", prompt="？", fields=SPEC.fields)


def test_nothing_entered_asks_for_everything() -> None:
    assert judge(SPEC, KEY, {}) == Judgement(
        score=0.0,
        status="incomplete",
        message="まだ入っていない欄や、読めない日付があります。",
        parts=(
            Part(input="due", ok=False, message="日付を入れてください。"),
            Part(input="end", ok=False, message="日付を入れてください。"),
        ),
    )


@pytest.mark.parametrize(
    "due", ["2026/9/10", "9/10", "9月10日(木)", "R8.9.10", "令和８年９月１０日"]
)
def test_the_right_dates_in_any_writing(due: str) -> None:
    judged = judge(SPEC, KEY, answer(due, "2026-12-15"))
    assert (judged.score, judged.status, judged.message) == (1.0, "right", "そのとおりです。")


@pytest.mark.parametrize(
    ("item", "day"), [(item, day) for item, found in KEY.mistakes.items() for day in found]
)
def test_known_mistakes_have_their_message_and_earn_their_part(item: str, day: date) -> None:
    given_answer = {"values": {"due": "9/10", "end": "2026/12/15", item: day.isoformat()}}
    judged = judge(SPEC, KEY, given_answer)
    assert (judged.score, judged.status) == (0.5, "partial")
    assert Part(input=item, ok=False, message=KEY.mistakes[item][day]) in judged.parts


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("2026/9/11", "1日ずれています"),
        ("2026/9/9", "1日ずれています"),
        ("2025/9/10", "年を確かめましょう"),
        ("2026/9/30", "日を確かめましょう"),
        ("2026/3/31", "この日ではありません"),
    ],
)
def test_other_wrong_dates_have_a_general_message(written: str, told: str) -> None:
    assert told in judge(SPEC, KEY, answer(written, "2026/12/15")).parts[0].message


def test_half_an_answer_earns_its_half_and_says_what_is_missing() -> None:
    judged = judge(SPEC, KEY, answer("9/10", "2026年2月30日"))
    assert (judged.score, judged.status) == (0.5, "incomplete")
    assert judged.parts[1].message == "2月30日という日はありません。2026年2月は28日までです。"


def test_without_the_key_only_the_form_is_judged() -> None:
    assert judge(SPEC, None, answer("1/1", "2026/1/1")).status == "formal"
    assert judge(SPEC, None, answer("1/1", "1/1")) == Judgement(
        score=0.0,
        status="incomplete",
        message="まだ入っていない欄や、読めない日付があります。",
        parts=(
            Part(
                input="end",
                ok=False,
                message="年も書いてください。「2025年4月1日」「2025/4/1」「令和7年4月1日」"
                "のように書きます。",
            ),
        ),
    )


def test_points_words_and_solution() -> None:
    exercise = dates()
    assert exercise.points(3) == 0.0
    exercise.key(values=KEY.values, mistakes=KEY.mistakes, explanation="翌月10日です。")
    exercise.answer = answer("9/10", "12月")
    assert (exercise.points(3), type(exercise.points(3))) == (1.5, float)
    assert exercise.words(exercise.answer) == "納付の期限: 2026年9月10日(令和8年・木)\n満了日: 12月"
    solution = exercise.solution()
    assert solution is not None
    assert solution.answer.endswith("満了日: 2026年12月15日(令和8年・火)")


def test_the_browser_gets_the_fields_and_nothing_of_the_key() -> None:
    fields = [DateField("a", "あ", year=2026), DateField("b", "い", year=date(2026, 8, 20))]
    exercise = Dates("d", title="問", prompt="？", fields=fields)
    exercise.key(values={"a": date(2031, 1, 1), "b": date(2031, 2, 2)})
    assert exercise.spec["fields"] == [
        {"id": "a", "label": "あ", "year": 2026},
        {"id": "b", "label": "い", "year": "2026-08-20"},
    ]
    state = exercise.get_state()
    del state["layout"]  # a random id, in which any digits may stand
    assert "2031" not in str(state)


def test_an_authors_mistakes_are_told_together() -> None:
    with pytest.raises(ExerciseError) as told:
        dates().key(
            values={"due": datetime(2026, 9, 10), "to": date(2026, 1, 1)},  # noqa: DTZ001
            mistakes={"to": {date(2026, 1, 1): "？"}},
        )
    assert str(told.value) == (
        "exercise due: no date for field end; there is no field to; "
        "field due: datetime.datetime(2026, 9, 10, 0, 0) is not a date; "
        "field to: the mistake 2026-01-01 is the right date"
    )
    with pytest.raises(ExerciseError, match=r"field id 'A': use lower-case .* 'b' is used 2 times"):
        Dates(
            "d",
            title="問",
            prompt="？",
            fields=[DateField("A", "a"), DateField("b", "b"), DateField("b", "c")],
        )


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_a_judge_never_raises(any_json, data) -> None:
    values = data.draw(any_json | st.fixed_dictionaries({"due": st.text(), "end": st.text()}))
    for key in (KEY, None):
        assert 0.0 <= judge(SPEC, key, {"values": values}).score <= 1.0
