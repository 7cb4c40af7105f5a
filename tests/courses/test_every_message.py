"""What the lessons' tests share reaches every message of the kinds with keys of their own."""

import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from manabiba_widgets import (
    Check,
    Exercise,
    Matrix,
    Plan,
    Rank,
    RankItem,
    Rule,
    Scale,
    Timeline,
    TimelineStep,
    Timesheet,
    WorkDay,
    logic_model_checks,
)

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


def test_every_message_of_a_rank(assert_right, assert_every_message_reached) -> None:
    items = [RankItem("a", "甲", (5, 3)), RankItem("b", "乙"), RankItem("c", "丙")]
    rank = Rank(
        "r", title="問", prompt="？", items=items, scales=(Scale("x", "甲"), Scale("y", "乙"))
    )
    rank.key(
        values={"b": (4, 5), "c": (3, 4)},
        mistakes={
            ("a", "b"): "乙が先です。",
            ("c", "a"): "丙は後です。",
            ("a", 53): "並べずにかけます。",
            ("c", "y", 1): "人手があります。",
        },
        explanation="かけます。",
    )
    right = {
        "order": ["b", "a", "c"],
        "products": {"a": "15"},
        "values": {"b": {"x": "4", "y": "5"}, "c": {"x": "3", "y": "4"}},
    }
    assert_right(rank, right)
    assert_every_message_reached(rank, right)


def test_every_message_of_a_matrix(assert_right, assert_every_message_reached) -> None:
    matrix = Matrix(
        "m",
        title="問",
        prompt="？",
        rows={"a": "甲", "b": "乙"},
        columns={"x": "市", "y": "団体"},
        options={"main": "◎", "help": "○"},
    )
    one = Rule("one", "1人にします。", lambda table: all(r.count("main") == 1 for r in table.rows))
    idle = Rule("idle", "だれかが協力します。", lambda table: "help" in table.row("a"))
    matrix.key(
        cells={("a", "x"): "main"},
        rules=[one, idle],
        mistakes={("a", "x"): {"help": "市の責任です。"}},
        explanation="分けます。",
    )
    right = {"cells": {"a.x": "main", "a.y": "help", "b.x": "help", "b.y": "main"}}
    assert_right(matrix, right)
    assert_every_message_reached(matrix, right)
    matrix.key(rules=[Rule("any", "？", lambda table: True)])
    with pytest.raises(AssertionError, match="m: no answer tried misses rule:any"):
        assert_every_message_reached(matrix, right)


def test_every_message_of_a_plan(assert_right, assert_every_message_reached) -> None:
    plan = Plan("p", title="問", prompt="？")
    two = Check("two", "2つ書きます。", lambda v: len(v["activities"]) > 1, field="activities")
    plan.key(checks=[*logic_model_checks(), two], explanation="変化から考えます。")
    right = {
        "entries": {
            "inputs": [{"id": "e1", "text": "職員"}],
            "activities": [{"id": "e2", "text": "開く"}, {"id": "e3", "text": "招く"}],
            "outputs": [{"id": "e4", "text": "24回"}],
            "short": [{"id": "e5", "text": "高校生が話せる"}],
            "medium": [{"id": "e6", "text": "孤立する高校生が減る"}],
        },
        "arrows": [
            *(["e1", "e2"], ["e1", "e3"], ["e2", "e4"], ["e3", "e4"]),
            *(["e4", "e5"], ["e5", "e6"]),
        ],
    }
    assert_right(plan, right)
    assert_every_message_reached(plan, right)


def test_every_message_of_a_sorted_plan(assert_right, assert_every_message_reached) -> None:
    plan = Plan("p", title="問", prompt="？", entries={"a": "24回", "b": "話せる", "c": "職員"})
    plan.key(
        placed={"a": "outputs", "b": {"short", "medium"}, "c": "inputs"},
        mistakes={
            "a": {"short": "回数は産出です。", "inputs": "行ったあとに数えます。"},
            "c": {"activities": "使うものです。"},
        },
        explanation="変化が成果です。",
    )
    right = {"placed": {"a": "outputs", "b": "short", "c": "inputs"}}
    assert_right(plan, right)
    assert_every_message_reached(plan, right)


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
