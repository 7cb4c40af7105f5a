"""The page that shows how to add a kind shows code that works."""

import importlib.util
import re
import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

PAGE = Path(__file__).parents[2] / "docs" / "exercises" / "new-kind.md"


@pytest.fixture(scope="module")
def yes_no(tmp_path_factory: pytest.TempPathFactory):
    text = PAGE.read_text(encoding="utf-8")
    folder = tmp_path_factory.mktemp("kind")
    [python] = re.findall(r"```python\n(.*?)```", text, re.DOTALL)
    [script] = re.findall(r"```js\n(.*?)```", text, re.DOTALL)
    (folder / "yes_no.py").write_text(python, encoding="utf-8")
    (folder / "yes_no.js").write_text(script, encoding="utf-8")
    spec = importlib.util.spec_from_file_location("yes_no", folder / "yes_no.py")
    module = importlib.util.module_from_spec(spec)
    sys.modules["yes_no"] = module
    spec.loader.exec_module(module)
    return module


def test_empty_right_wrong_and_form(yes_no) -> None:
    assert yes_no.judge("yes", {}).status == "incomplete"
    assert yes_no.judge("yes", {"said": "yes"}).score == 1.0
    assert yes_no.judge("yes", {"said": "no"}).message == "もう一度、本文を読んでみましょう。"
    assert yes_no.judge(None, {"said": "no"}).status == "formal"


def test_points_words_solution_and_module(yes_no) -> None:
    exercise = yes_no.YesNo("y1", title="問", prompt="NPOは利益を出してはいけない。")
    exercise.key(right="no", explanation="分配できないだけです。")
    exercise.answer = {"said": "no"}
    assert exercise.points(2) == 2.0
    assert exercise.words(exercise.answer) == "いいえ"
    assert exercise.solution().explanation == "分配できないだけです。"
    exercise.set_state({"check": 1})
    assert exercise.feedback["status"] == "right"
    assert "import " not in exercise._esm.split("export default")[0].replace("// ", "")
    assert 'legend", {}, "正しいですか"' in exercise._esm


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_its_judge_never_raises(yes_no, any_json, data) -> None:
    assert 0.0 <= yes_no.judge("yes", {"said": data.draw(any_json)}).score <= 1.0
