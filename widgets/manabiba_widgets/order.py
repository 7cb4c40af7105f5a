"""Order: steps into their order."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

from .exercise import CheckMode, Exercise, ExerciseError, Solution, refuse
from .judgement import Judgement, Part, formal, incomplete, of_score


@dataclass(frozen=True)
class OrderSpec:
    """The steps (id → text) in the order in which they are first shown."""

    steps: Mapping[str, str]


@dataclass(frozen=True)
class OrderKey:
    """The right order; `mistakes` tells what to say when a step stands before another."""

    order: tuple[str, ...]
    mistakes: Mapping[tuple[str, str], str] = field(default_factory=dict)
    explanation: str = ""


def order_of(spec: OrderSpec, answer: Mapping[str, Any]) -> tuple[str, ...]:
    """The order an answer gives; () unless it has each step exactly once."""
    given = answer.get("order")
    if not isinstance(given, list) or not all(isinstance(step, str) for step in given):
        return ()
    return tuple(given) if sorted(given) == sorted(spec.steps) else ()


def judge(spec: OrderSpec, key: OrderKey | None, answer: Mapping[str, Any]) -> Judgement:
    """The share of neighbours that stand in the right order."""
    order = order_of(spec, answer)
    if not order:
        return incomplete("順番を入れかえるか、「この順番でよい」を押してください。")
    if key is None:
        return formal()
    place = {step: position for position, step in enumerate(key.order)}
    if order == key.order:
        return of_score(1.0, "正しい順番です。", tuple(Part(input=s, ok=True) for s in order))
    right = sum(place[a] < place[b] for a, b in pairwise(order))
    told = dict.fromkeys(  # one text may stand for several pairs
        text
        for (first, second), text in key.mistakes.items()
        if order.index(first) < order.index(second)
    )
    message = "\n\n".join(told) or "順番が入れかわっているところがあります。"
    # A wrong order never earns everything, however many neighbours agree.
    score = min(right / (len(order) - 1), 1 - 1 / len(order))
    return of_score(score, message)


def in_place(given: Sequence[str], right: Sequence[str]) -> set[str]:
    """The most steps that stand in the right order among themselves: the others have to move.

    >>> sorted(in_place("acbde", "abcde"))
    ['a', 'b', 'd', 'e']
    """
    places = [right.index(step) for step in given]
    ends: list[int] = []  # the place at which the best run of each length ends
    length = []
    for place in places:
        at = bisect_left(ends, place)
        ends[at : at + 1] = [place]
        length.append(at + 1)
    kept: set[str] = set()
    wanted, below = len(ends), len(right)
    for step, place, found in reversed(list(zip(given, places, length, strict=True))):
        if found == wanted and place < below:
            kept.add(step)
            wanted, below = wanted - 1, place
    return kept


class Order(Exercise):
    """Steps into order. Answer: `{"order": [step id, …]}`."""

    kind = "order"

    def __init__(
        self,
        exercise_id: str,
        *,
        title: str,
        prompt: str,
        steps: Mapping[str, str],
        hints: Sequence[str] = (),
        check: CheckMode = "full",
    ) -> None:
        if len(steps) < 2:
            raise ExerciseError(f"exercise {exercise_id}: an order needs two steps or more")
        self._spec = OrderSpec(steps=dict(steps))
        super().__init__(
            exercise_id,
            title=title,
            prompt=prompt,
            hints=hints,
            check=check,
            steps=dict(steps),
            start=list(steps),
        )

    def key(
        self,
        *,
        order: Sequence[str],
        mistakes: Mapping[tuple[str, str], str] | None = None,
        explanation: str = "",
    ) -> None:
        """Set the right order and messages for "this one before that one"."""
        key = OrderKey(tuple(order), dict(mistakes or {}), explanation)
        refuse(self.exercise_id, _key_errors(self._spec, key))
        self._key = key

    def judge(self, answer: Mapping[str, Any], *, with_key: bool) -> Judgement:
        return judge(self._spec, self._key if with_key else None, answer)

    def words(self, answer: Mapping[str, Any]) -> str:
        return self._lines(order_of(self._spec, answer))

    def solution(self) -> Solution | None:
        if self._key is None:
            return None
        return Solution(answer=self._lines(self._key.order), explanation=self._key.explanation)

    def _lines(self, order: Sequence[str]) -> str:
        return "\n".join(f"{n}. {self._spec.steps[step]}" for n, step in enumerate(order, 1))


def _key_errors(spec: OrderSpec, key: OrderKey) -> list[str]:
    """All of the author's mistakes in a key."""
    named = {step for pair in key.mistakes for step in pair}
    if sorted(key.order) != sorted(spec.steps) or not named <= set(key.order):
        return ["the key's order must name each step once, and its mistakes only these"]
    errors = (
        ["the steps are shown in the right order already"]
        if list(key.order) == list(spec.steps)
        else []
    )
    errors += [
        f"the mistake {first} before {second} is the right order"
        for first, second in key.mistakes
        if key.order.index(first) <= key.order.index(second)
    ]
    return errors
