"""The columns of a plan, its arrows, and what can be read of an answer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from .judgement import mapping_of, text_of
from .part_ids import id_errors

MOST_ENTRIES = 8
"""As many as the form has in a column; what is sent beyond is no answer of a person."""

ARROWS = "arrows"


@dataclass(frozen=True)
class PlanColumn:
    """A column of a plan; `help` says what belongs into it."""

    id: str
    label: str
    help: str = ""


LOGIC_MODEL = (
    PlanColumn("inputs", "投入", "使うもの: 人、お金、場所、時間"),
    PlanColumn("activities", "活動", "すること"),
    PlanColumn("outputs", "産出", "活動で生まれる、数えられるもの: 回数、人数、部数"),
    PlanColumn("short", "短期成果", "誰が、どう変わるか"),
    PlanColumn("medium", "中期成果", "その変化から、次に誰がどう変わるか"),
)
"""投入 → 活動 → 産出 → 短期成果 → 中期成果."""

Place = tuple[str, int]
"""An entry: its column and its number there, from 0."""


@dataclass(frozen=True)
class PlanEntries:
    """What is written in each column, and the arrows between neighbouring ones."""

    texts: Mapping[str, list[str]]
    arrows: tuple[tuple[Place, Place], ...]

    @property
    def values(self) -> dict[str, Any]:
        """What a check gets: a list of texts for each column, and `arrows`."""
        return {**self.texts, ARROWS: [*self.arrows]}


def read_entries(columns: Sequence[PlanColumn], answer: Mapping[str, Any]) -> PlanEntries:
    """What an answer says; empty entries and arrows that lead nowhere are left out."""
    given = mapping_of(answer.get("entries"))
    texts: dict[str, list[str]] = {}
    places: dict[str, Place] = {}
    for column in columns:
        texts[column.id] = []
        rows = given.get(column.id)
        for row in rows[:MOST_ENTRIES] if isinstance(rows, list) else []:
            entry = mapping_of(row)
            text, name = text_of(entry.get("text")).strip(), text_of(entry.get("id"))
            if text:
                places.setdefault(name, (column.id, len(texts[column.id])))
                texts[column.id].append(text)
    following = {a.id: b.id for a, b in pairwise(columns)}
    drawn = answer.get(ARROWS)
    arrows: dict[tuple[Place, Place], None] = {}
    for arrow in drawn if isinstance(drawn, list) else []:
        if not (isinstance(arrow, list) and len(arrow) == 2):
            continue
        start, end = (places.get(text_of(name)) for name in arrow)
        if start and end and following.get(start[0]) == end[0]:
            arrows[start, end] = None
    return PlanEntries(texts, tuple(arrows))


def column_errors(columns: Sequence[PlanColumn]) -> list[str]:
    """All of the author's mistakes in the columns."""
    ids = [column.id for column in columns]
    return [
        *([] if len(columns) > 1 else ["a plan needs two columns or more"]),
        *id_errors("column", ids),
        *([f"column id {ARROWS!r}: this name is taken"] if ARROWS in ids else []),
    ]
