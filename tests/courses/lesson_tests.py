"""What is tested of every lesson's keys, and the answers it is tested with.

A lesson's module has `NOTEBOOK`, `POINTS` (of each exercise), `JUDGED` (ids of exercises that a key
judges), `RIGHT` (their right answers) and `MISTAKES` (id, what is changed, points still earned,
words of the message), and imports these tests; `conftest.py` hands the module's values to them.
"""

from itertools import product
from typing import Any

import pytest


def test_the_exercises_stand_in_their_order_with_their_points(lesson, request) -> None:
    """As the module's `POINTS` has them."""
    found = [(name, exercise.spec["points"]) for name, exercise in lesson.items()]
    assert found == [*request.module.POINTS.items()]


def test_the_right_answer_earns_everything_and_is_explained(
    lesson, right, assert_right, judged_id
) -> None:
    assert_right(lesson[judged_id], right[judged_id])


def test_every_message_of_a_key_can_be_reached(
    lesson, right, assert_every_message_reached, judged_id
) -> None:
    assert_every_message_reached(lesson[judged_id], right[judged_id])


def test_a_typical_mistake_is_named_and_the_rest_still_counts(
    lesson, right, points, told, changed, mistake
) -> None:
    exercise_id, change, earned, message = mistake
    answer = changed(right[exercise_id], change)
    assert points(lesson[exercise_id], answer) == pytest.approx(earned)
    assert message in told(lesson[exercise_id].judge(answer, with_key=True))


def test_a_story_ends_as_it_was_told_and_says_where_it_turned(
    lesson, right, points, told, way, request
) -> None:
    """Of a Case, the module's `STORY`; its `WAYS` have path, worth and message of each ending."""
    story, (path, worth, message) = request.module.STORY, request.module.WAYS[way]
    answer = {**right[story], "path": path}
    assert lesson[story]._spec.story.way_of(answer).place.id == way
    whole = request.module.POINTS[story]
    assert points(lesson[story], answer) == pytest.approx(whole * (0.7 * worth + 0.3))
    assert message in told(lesson[story].judge(answer, with_key=True))


def test_no_wrong_group_is_told_only_that_it_is_not_there(lesson, right) -> None:
    """Every item of a Classify in every wrong group is told what to look at."""
    for name, exercise in lesson.items():
        if exercise.kind == "classify" and exercise.spec["check"] == "full":
            for item, group in product(exercise.spec["items"], exercise.spec["groups"]):
                answer = {"placed": {**right[name]["placed"], item: group}}
                parts = exercise.judge(answer, with_key=True).parts
                [part] = [part for part in parts if part.input == item]
                assert part.ok or part.message != "ここではありません。", (name, item, group)


def values(**entered: str) -> dict[str, Any]:
    """Figures and picks of a Number, days of a Dates."""
    return {"values": entered}


def placed(**groups: str) -> dict[str, Any]:
    """Items in other groups of a Classify."""
    return {"placed": groups}


def marked(**corrections: str) -> dict[str, Any]:
    """Lines of a FindErrors that are marked, with their correction."""
    return {"marked": corrections}


def cells(**entered: str) -> dict[str, Any]:
    """Cells of a Worksheet; `dues_yen="1"` is the cell dues.yen."""
    return {"cells": {name.replace("_", "."): text for name, text in entered.items()}}
