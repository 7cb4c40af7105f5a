import json
import re
from pathlib import Path

import pytest

from manabiba_widgets import ExerciseError, Field, Number
from manabiba_widgets.exercise import STATIC, module_source, rehearse, reopen
from manabiba_widgets.store import (
    AnswersFileError,
    FileStore,
    Saved,
    read_answers,
    write_answers,
)

KINDS = sorted(path.stem for path in STATIC.glob("*.js"))


def number(exercise_id: str = "net", **more: object) -> Number:
    return Number(exercise_id, title="問", prompt="？", fields=[Field("v", "値")], **more)


def test_an_answer_is_kept_beside_the_notebook_and_found_again(tmp_path: Path) -> None:
    number().answer = {"values": {"v": "5"}}
    again = number()
    assert again.answer == {"values": {"v": "5"}}
    assert read_answers(tmp_path / "answers.json") == {"net": Saved(answer={"values": {"v": "5"}})}


def test_checking_gives_feedback_for_that_check() -> None:
    exercise = number()
    exercise.key(values={"v": 5})
    exercise.set_state({"answer": {"values": {"v": "5"}}, "check": 7})
    assert (exercise.feedback["check"], exercise.feedback["status"]) == (7, "right")


def test_a_quiz_tells_nothing_before_grading_but_counts_in_grading() -> None:
    exercise = number(check="form")
    exercise.key(values={"v": 5})
    exercise.set_state({"answer": {"values": {"v": "4"}}, "check": 1})
    assert exercise.feedback["status"] == "formal"
    assert exercise.points(2) == 0.0


def test_no_key_is_full_form_points_but_an_error_while_grading(monkeypatch) -> None:
    exercise = number()
    exercise.answer = {"values": {"v": "4"}}
    assert exercise.points(2) == 2.0
    monkeypatch.setenv("NBGRADER_EXECUTION", "autograde")
    with pytest.raises(ExerciseError, match="net: no key"):
        exercise.points(2)


def test_nothing_synced_holds_the_key() -> None:
    exercise = number()
    exercise.key(values={"v": 98_765}, mistakes={"v": {1: "まちがい"}}, explanation="秘密")
    state = json.dumps(exercise.get_state(), default=str, ensure_ascii=False)
    assert not any(secret in state for secret in ("98765", "まちがい", "秘密"))


def test_a_judge_that_breaks_says_so_kindly(monkeypatch, caplog) -> None:
    exercise = number()
    monkeypatch.setattr(Number, "judge", lambda *a, **k: 1 / 0)
    exercise.check = 3
    assert exercise.feedback["status"] == "unavailable"
    assert "解答は消えていません" in exercise.feedback["message"]


def test_ids_on_a_page_are_the_exercises_own_and_used_once(monkeypatch) -> None:
    monkeypatch.setenv("MANABIBA_PAGE", "1")
    monkeypatch.setenv("MANABIBA_STORE", "manabiba_widgets.store:EmptyStore")
    assert number("only-once").model_id == "exercise-only-once"
    with pytest.raises(ExerciseError, match="used twice"):
        number("only-once")


@pytest.mark.parametrize("bad", ["", "A1", "a_1", "-a", "a" * 64, "あ"])
def test_bad_ids_are_refused(bad: str) -> None:
    with pytest.raises(ExerciseError, match="exercise id"):
        number(bad)


def test_a_broken_answers_file_is_named(tmp_path: Path) -> None:
    path = tmp_path / "answers.json"
    for broken in ("", "{", "[]", '{"answers": {"a": 5}}', '{"answers": {"a": {"answer": 5}}}'):
        path.write_text(broken, encoding="utf-8")
        with pytest.raises(AnswersFileError, match="not a file of answers"):
            read_answers(path)


def test_answers_are_written_whole_or_not_at_all(tmp_path: Path, monkeypatch) -> None:
    path = tmp_path / "answers.json"
    write_answers(path, {"a": Saved(answer={"x": "古い"})})
    monkeypatch.setattr(Path, "replace", lambda *a: (_ for _ in ()).throw(OSError("crash")))
    with pytest.raises(OSError, match="crash"):
        FileStore(path).save("a", Saved(answer={"x": "新しい"}))
    assert read_answers(path)["a"].answer == {"x": "古い"}


def test_a_module_for_jupyterlab_has_no_imports_left(kinds) -> None:
    for kind in kinds:
        source = module_source(kind)
        assert not re.search(r"^\s*import\b", source, re.MULTILINE)
        assert 'from "./' not in source
        assert source.count("export default") == 1


def test_in_a_fork_the_exercises_take_the_answers_of_their_new_surroundings(monkeypatch) -> None:
    exercise = number()
    exercise.key(values={"v": 5})
    rehearse()
    assert (exercise.answer, exercise.feedback, exercise.check) == ({}, {}, 0)
    answers = {"net": {"answer": {"values": {"v": "5"}}, "hints_opened": 2}}
    monkeypatch.setenv("MANABIBA_STORE", "manabiba_widgets.store:open_page_store")
    monkeypatch.setenv("MANABIBA_ANSWERS", json.dumps(answers))
    reopen()
    assert (exercise.answer, exercise.hints_opened) == ({"values": {"v": "5"}}, 2)
    assert exercise.points(2) == 2.0
    assert not Path("answers.json").exists()
