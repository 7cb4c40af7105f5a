"""Checks, whatever kind uses them: their share of points, what is told, an author's mistakes."""

from typing import Any

import pytest

from manabiba_widgets import Check, Part
from manabiba_widgets.checks import check_errors, judge_checks

LONG = Check("long", "もう少し書きましょう。", lambda v: len(v["aim"]) > 3, "aim", 3, "長さ")
EMPTY = {"aim": None, "people": None}
WHOLE = Check("whole", "人数も書きましょう。", lambda v: v["people"] > 0)


@pytest.mark.parametrize(
    ("values", "missing", "score", "passed"),
    [
        ({"aim": "居場所づくり", "people": 5}, (), 1.0, [True, True]),
        ({"aim": "居場所", "people": 5}, (), 0.25, [False, True]),
        ({"aim": "居場所づくり", "people": None}, (), 0.75, [True, False]),  # it raises
        ({"aim": "居場所づくり", "people": 5}, {"aim"}, 0.25, [False, True]),
        ({}, (), 0.0, [False, False]),
    ],
)
def test_the_share_of_points(
    values: dict[str, Any], missing: Any, score: float, passed: list[bool]
) -> None:
    found, told = judge_checks([LONG, WHOLE], values, missing)
    assert (found, [part.ok for part in told]) == (score, passed)


def test_what_is_told_names_field_and_check() -> None:
    _, told = judge_checks([LONG, WHOLE], {"aim": "居場所づくり", "people": 0}, ())
    assert told == (
        Part(input="check:aim:long", ok=True, message="長さ"),
        Part(input="check::whole", ok=False, message="人数も書きましょう。"),
    )


def test_all_mistakes_of_an_author() -> None:
    assert check_errors([LONG, WHOLE], EMPTY, EMPTY) == []
    wrong = Check("long", "", lambda v: v["name"] == "", "name", 0)
    assert check_errors([LONG, wrong], EMPTY, EMPTY) == [
        "check 'long' is there 2 times",
        "check long: there is no field name",
        "check long: points must be more than 0",
        "check long: a message is needed",
        "check long: asks for field 'name', which is not there",
    ]
