"""Each exercise of the two seminars has its answer reproduced here, from its inputs."""

import re
from pathlib import Path

import pytest

EXERCISES = {"n1": 8, "n2": 8, "n3": 9, "l1": 10, "l2": 11}
WITHOUT_AN_ANSWER = {
    "n1_8": "a sentence about words: what may be distributed",
    "n2_8": "a rubric: 設立趣旨書",
    "n3_9": "a rubric: つながりマップ",
}
NAMES = "\n".join(
    name
    for file in Path(__file__).parent.glob("test_*.py")
    for name in re.findall(r"^def (test_\w+)", file.read_text(encoding="utf-8"), re.MULTILINE)
)


@pytest.mark.parametrize(
    "exercise",
    [
        f"{lesson}_{number}"
        for lesson, count in EXERCISES.items()
        for number in range(1, count + 1)
        if f"{lesson}_{number}" not in WITHOUT_AN_ANSWER
    ],
)
def test_an_exercise_is_reproduced_by_a_test_that_names_it(exercise: str) -> None:
    assert re.search(rf"_{exercise}(_|$)", NAMES, re.MULTILINE)
