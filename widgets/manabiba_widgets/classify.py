"""Classify: items into groups."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from .exercise import CheckMode, Exercise, Solution, refuse
from .judgement import Judgement, Part, formal, incomplete, mapping_of, of_score, text_of


@dataclass(frozen=True)
class ClassifySpec:
    """Groups and items: id → text, each in the order shown."""

    groups: Mapping[str, str]
    items: Mapping[str, str]


@dataclass(frozen=True)
class ClassifyKey:
    """The groups in which each item is right, and messages: item → wrong group → text."""

    groups: Mapping[str, frozenset[str]]
    mistakes: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    explanation: str = ""


def placed_of(spec: ClassifySpec, answer: Mapping[str, Any]) -> dict[str, str]:
    """Where an answer puts each item; items and groups that do not exist are left out."""
    given = mapping_of(answer.get("placed"))
    placed = {item: text_of(given.get(item)) for item in spec.items}
    return {item: group for item, group in placed.items() if group in spec.groups}


def judge(spec: ClassifySpec, key: ClassifyKey | None, answer: Mapping[str, Any]) -> Judgement:
    """The share of items in a right group."""
    placed = placed_of(spec, answer)
    left = len(spec.items) - len(placed)
    if not placed or (left and key is None):
        return incomplete(f"まだ分けていないものが{left}個あります。")
    if key is None:
        return formal()
    parts = tuple(
        Part(
            input=item,
            ok=group in key.groups[item],
            message=""
            if group in key.groups[item]
            else key.mistakes.get(item, {}).get(group, "ここではありません。"),
        )
        for item, group in placed.items()
    )
    score = sum(part.ok for part in parts) / len(spec.items)
    wrong = sum(not part.ok for part in parts)
    if left:
        told = f"まだ分けていないものが{left}個あります。"
        if wrong:
            told += f"入れなおすものが{wrong}個あります。"
        return Judgement(score=score, status="incomplete", message=told, parts=parts)
    if score == 1.0:
        return of_score(1.0, "すべて正しく分けられました。", parts)
    return of_score(score, f"あと{wrong}個です。印のついたものを入れなおしてみましょう。", parts)


class Classify(Exercise):
    """Items into groups. Answer: `{"placed": {item id: group id}}`."""

    kind = "classify"

    def __init__(
        self,
        exercise_id: str,
        *,
        title: str,
        prompt: str,
        groups: Mapping[str, str],
        items: Mapping[str, str],
        hints: Sequence[str] = (),
        check: CheckMode = "full",
    ) -> None:
        self._spec = ClassifySpec(groups=dict(groups), items=dict(items))
        super().__init__(
            exercise_id,
            title=title,
            prompt=prompt,
            hints=hints,
            check=check,
            groups=dict(groups),
            items=dict(items),
        )

    def key(
        self,
        *,
        groups: Mapping[str, str | set[str]],
        mistakes: Mapping[str, Mapping[str, str]] | None = None,
        explanation: str = "",
    ) -> None:
        """Set the right group (or groups) of every item, and messages for known mistakes."""
        rights = {
            item: frozenset({right} if isinstance(right, str) else right)
            for item, right in groups.items()
        }
        key = ClassifyKey(rights, dict(mistakes or {}), explanation)
        refuse(self.exercise_id, key_errors(self._spec, key))
        self._key = key

    def judge(self, answer: Mapping[str, Any], *, with_key: bool) -> Judgement:
        return judge(self._spec, self._key if with_key else None, answer)

    def words(self, answer: Mapping[str, Any]) -> str:
        placed = placed_of(self._spec, answer)
        return "\n".join(
            f"{self._spec.items[item]} → {self._spec.groups[group]}"
            for item, group in placed.items()
        )

    def solution(self) -> Solution | None:
        if self._key is None:
            return None
        lines = []
        for item, text in self._spec.items.items():
            right = [n for g, n in self._spec.groups.items() if g in self._key.groups[item]]
            lines.append(f"{text} → {' または '.join(right)}")
        return Solution(answer="\n".join(lines), explanation=self._key.explanation)


def key_errors(spec: ClassifySpec, key: ClassifyKey) -> list[str]:
    """All of the author's mistakes in a key."""
    items = set(spec.items)
    others = sorted((items ^ set(key.groups)) | (set(key.mistakes) - items))
    errors = [f"the key's items are not the exercise's items: {others}"] if others else []
    named = {group for groups in (*key.groups.values(), *key.mistakes.values()) for group in groups}
    unknown = sorted(named - set(spec.groups))
    errors += [f"unknown groups {unknown}"] if unknown else []
    errors += [f"item {item} has no right group" for item, right in key.groups.items() if not right]
    errors += [
        f"item {item}: the group {group} is right and has a mistake's message"
        for item, known in key.mistakes.items()
        for group in known
        if group in key.groups.get(item, ())
    ]
    return errors
