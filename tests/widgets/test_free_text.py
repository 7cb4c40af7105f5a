import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from manabiba_widgets import Criterion, ExerciseError, FreeText
from manabiba_widgets.free_text import FreeTextSpec, judge

SPEC = FreeTextSpec(min_chars=10, max_chars=20)
RUBRIC = [Criterion("具体的である", 1), Criterion("<時期>を分けている", 3, "2点ずつ")]


def text(exercise_id: str = "t1") -> FreeText:
    return FreeText(exercise_id, title="問", prompt="？", rubric=RUBRIC, max_chars=2000)


@pytest.mark.parametrize(
    ("written", "status", "told"),
    [
        ("", "incomplete", "まだ何も書かれていません"),
        (" \n ", "incomplete", "まだ何も書かれていません"),
        ("八文字の文です。", "incomplete", "あと2文字"),
        ("ちょうどよい長さの文です。", "formal", "記入もれはありません"),
        ("あ" * 23, "incomplete", "3文字多い"),
    ],
)
def test_the_length_is_a_guide(written: str, status: str, told: str) -> None:
    judged = judge(SPEC, {"text": written})
    assert judged.status == status
    assert told in judged.message


def test_a_grader_sees_the_words_and_the_rubric_escaped(monkeypatch) -> None:
    exercise = text()
    exercise.answer = {"text": "<script>alert(1)</script>\n二行目 </textarea> \u202e😀"}
    assert exercise.submission() is None  # nothing to see on a page
    monkeypatch.setenv("NBGRADER_EXECUTION", "autograde")
    shown = exercise.submission().data
    assert "<script>" not in shown
    assert "&lt;script&gt;alert(1)&lt;/script&gt;<br>二行目 &lt;/textarea&gt;" in shown
    assert "&lt;時期&gt;を分けている(3点)" in shown


def test_the_points_are_the_rubrics() -> None:
    assert text().spec["points"] == 4
    assert text("t2").solution() is None


def test_a_rubric_is_needed() -> None:
    with pytest.raises(ExerciseError, match="t1: a rubric"):
        FreeText("t1", title="問", prompt="？", rubric=[])


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_a_judge_never_raises(any_json, data) -> None:
    assert judge(SPEC, {"text": data.draw(any_json)}).score == 0.0
