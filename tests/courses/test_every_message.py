"""What the lessons' tests share reaches every message of kinds with messages of their own."""

import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from manabiba_widgets import Exercise, Timeline, TimelineStep, Timesheet, WorkDay

DOCS = Path(__file__).parents[2] / "docs" / "exercises"


def from_docs(kind: str) -> Exercise:
    """The exercise that the page of a kind shows, with its key."""
    names: dict[str, Any] = {}
    text = (DOCS / f"{kind}.md").read_text(encoding="utf-8")
    for block in re.findall(r"```python\n(.*?)```", text, re.DOTALL)[:2]:
        exec(block, names)
    [exercise] = [found for found in names.values() if isinstance(found, Exercise)]
    return exercise


@pytest.fixture(autouse=True)
def workplace(tmp_path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def test_every_message_of_a_timeline(assert_right, assert_every_message_reached) -> None:
    steps = [TimelineStep("b", "後", asks_date=True), TimelineStep("a", "前", asks_date=True)]
    timeline = Timeline("t", title="問", prompt="？", steps=steps)
    timeline.key(
        order=["a", "b"],
        dates={"a": date(2026, 4, 1), "b": date(2026, 5, 1)},
        order_mistakes={("b", "a"): "前が先です。"},
        date_mistakes={
            "a": {date(2026, 4, 2): "初日です。"},
            "b": {date(2026, 6, 1): "5月です。", date(2025, 5, 1): "次の年です。"},
        },
        explanation="順です。",
    )
    right = {"order": ["a", "b"], "dates": {"a": "2026/4/1", "b": "R8.5.1"}}
    assert_right(timeline, right)
    assert_every_message_reached(timeline, right)


def test_every_message_of_a_timesheet(assert_right, assert_every_message_reached) -> None:
    days = [WorkDay(name, "日", [("9:00", "19:00")]) for name in ("mon", "tue")]
    timesheet = Timesheet(
        "s", title="問", prompt="？", days=days, categories=["regular", "overtime"]
    )
    timesheet.key(
        minutes={day.id: {"regular": 480, "overtime": 120} for day in days},
        mistakes={
            "mon": {"regular": {600: "8時間までです。"}, "overtime": {0: "8時間を超えています。"}},
            "tue": {"overtime": {60: "もう一度。"}},
        },
        explanation="8時間です。",
    )
    cells = {"regular": "8:00", "overtime": "120"}
    right = {"minutes": {"mon": cells, "tue": cells}}
    assert_right(timesheet, right)
    assert_every_message_reached(timesheet, right)


def test_every_message_of_a_rewriting(assert_right, assert_every_message_reached) -> None:
    notice = from_docs("rewrite")
    right = {"text": "みなさん、6/7の10:00に、市民会館に来てください。"}
    assert_right(notice, right)
    assert_every_message_reached(notice, right)


def test_every_message_of_a_data_task(assert_right, assert_every_message_reached) -> None:
    members = from_docs("data_task")
    right = {
        "cells": {"m2.phone": "09000000002", "m4.phone": "090-0000-0004"},
        "marks": ["m5"],
        "values": {"people": "4", "open": "2人"},
    }
    assert_right(members, right)
    assert_every_message_reached(members, right)
