"""Timeline: the steps of a procedure in their order, each with its date."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import pairwise
from typing import Any

from . import dates, order
from .date_text import format_date
from .dates import DateField, DatesKey, DatesSpec
from .exercise import CheckMode, Exercise, Solution, refuse
from .judgement import Judgement, Part, formal, mapping_of, of_score, text_of
from .order import OrderKey, OrderSpec, order_of

_ID = re.compile(r"[a-z0-9][a-z0-9_-]*")
_MOVE = "この手順の場所を見直しましょう。"


@dataclass(frozen=True)
class TimelineStep:
    """A step of a procedure.

    `given` is its date, shown from the start; with `asks_date` the date is to be worked out. A step
    with neither has no date. `year` is as in `DateField`.
    """

    id: str
    label: str
    note: str = ""
    given: date | None = None
    asks_date: bool = False
    year: int | date | None = None


@dataclass(frozen=True)
class TimelineSpec:
    """The steps in the order in which they are first shown."""

    steps: tuple[TimelineStep, ...]

    @property
    def order(self) -> OrderSpec:
        """What is asked of the order."""
        return OrderSpec({step.id: step.label for step in self.steps})

    @property
    def dates(self) -> DatesSpec:
        """What is asked of the dates."""
        asked = [step for step in self.steps if step.asks_date]
        return DatesSpec(tuple(DateField(step.id, step.label, step.year) for step in asked))

    @property
    def given(self) -> dict[str, date]:
        """The dates that are there from the start."""
        return {step.id: step.given for step in self.steps if step.given is not None}


@dataclass(frozen=True)
class TimelineKey:
    """The right order, others that are right too, and the right date of each asked step."""

    order: tuple[str, ...]
    also: tuple[tuple[str, ...], ...] = ()
    dates: Mapping[str, date] = field(default_factory=dict)
    order_mistakes: Mapping[tuple[str, str], str] = field(default_factory=dict)
    date_mistakes: Mapping[str, Mapping[date, str]] = field(default_factory=dict)
    explanation: str = ""

    @property
    def orders(self) -> tuple[tuple[str, ...], ...]:
        """All orders that are right."""
        return (self.order, *self.also)


def judge(spec: TimelineSpec, key: TimelineKey | None, answer: Mapping[str, Any]) -> Judgement:
    """Half of the score by the order and half by the dates; by the order alone without dates.

    A step's place is told at the input `order.<step id>`, its date at `<step id>`.
    """
    placed = _judge_order(spec, key, answer)
    if not spec.dates.fields:
        return placed
    dated = dates.judge(
        spec.dates,
        DatesKey(key.dates, key.date_mistakes) if key else None,
        {"values": answer.get("dates")},
    )
    parts = (*placed.parts, *dated.parts)
    judged = (placed, dated)
    score = sum(one.score for one in judged) / 2
    gaps = [one.message for one in judged if one.status == "incomplete"]
    if gaps:
        return Judgement(score=score, status="incomplete", message="\n\n".join(gaps), parts=parts)
    if key is None:
        return formal()
    if score == 1.0:
        return of_score(1.0, "順番も日付も正しいです。", parts)
    told = (
        "順番は合っています。" if placed.score == 1.0 else placed.message,
        "日付は合っています。" if dated.score == 1.0 else dated.message,
    )
    return of_score(score, "\n\n".join(told), parts)


def _judge_order(
    spec: TimelineSpec, key: TimelineKey | None, answer: Mapping[str, Any]
) -> Judgement:
    """What the nearest of the right orders says, with a part for each step."""
    if key is None:
        return order.judge(spec.order, None, answer)
    nearest, judgement = max(
        (
            (right, order.judge(spec.order, OrderKey(right, key.order_mistakes), answer))
            for right in key.orders
        ),
        key=lambda found: found[1].score,
    )
    given = order_of(spec.order, answer)
    kept = _in_place(given, nearest)
    told: dict[str, list[str]] = {step: [] for step in given if step not in kept}
    if judgement.score < 1.0 and given:
        for (first, second), message in key.order_mistakes.items():
            if given.index(first) < given.index(second):
                told.setdefault(first, []).append(message)
    parts = tuple(
        Part(
            input=f"order.{step}",
            ok=step not in told,
            message="\n".join(told[step] or [_MOVE]) if step in told else "",
        )
        for step in given
    )
    return Judgement(
        score=judgement.score, status=judgement.status, message=judgement.message, parts=parts
    )


def _in_place(given: Sequence[str], right: Sequence[str]) -> set[str]:
    """The most steps that stand in the right order among themselves: the others have to move.

    >>> sorted(_in_place("acbde", "abcde"))
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


class Timeline(Exercise):
    """Steps into order, with dates. Answer: `{"order": [ids], "dates": {id: text as typed}}`."""

    kind = "timeline"

    def __init__(
        self,
        exercise_id: str,
        *,
        title: str,
        prompt: str,
        steps: Sequence[TimelineStep],
        hints: Sequence[str] = (),
        check: CheckMode = "full",
    ) -> None:
        self._spec = TimelineSpec(tuple(steps))
        refuse(exercise_id, _spec_errors(self._spec))
        super().__init__(
            exercise_id,
            title=title,
            prompt=prompt,
            hints=hints,
            check=check,
            steps=[_public(step) for step in steps],
        )

    def key(
        self,
        *,
        order: Sequence[str],
        also: Sequence[Sequence[str]] = (),
        dates: Mapping[str, date] | None = None,
        order_mistakes: Mapping[tuple[str, str], str] | None = None,
        date_mistakes: Mapping[str, Mapping[date, str]] | None = None,
        explanation: str = "",
    ) -> None:
        """Set the right order and dates.

        `also` lists further right orders. `order_mistakes` tells what to say when the first of two
        steps was put before the second one although it belongs behind it; `date_mistakes` what to
        say about a known wrong date of a step.
        """
        key = TimelineKey(
            order=tuple(order),
            also=tuple(tuple(other) for other in also),
            dates=dict(dates or {}),
            order_mistakes=dict(order_mistakes or {}),
            date_mistakes={step: dict(found) for step, found in (date_mistakes or {}).items()},
            explanation=explanation,
        )
        refuse(self.exercise_id, _key_errors(self._spec, key))
        self._key = key

    def judge(self, answer: Mapping[str, Any], *, with_key: bool) -> Judgement:
        return judge(self._spec, self._key if with_key else None, answer)

    def words(self, answer: Mapping[str, Any]) -> str:
        typed = {
            step: text.strip()
            for step, text in mapping_of(answer.get("dates")).items()
            if text_of(text).strip()
        }
        shown = {}
        for item in self._spec.dates.fields:
            if item.id in typed:
                value, _ = dates.read_date(item, typed[item.id])
                shown[item.id] = format_date(value) if value else typed[item.id]
        placed = order_of(self._spec.order, answer)
        if placed:
            return self._lines(placed, shown)
        labels = self._spec.order.steps
        return "\n".join(f"{labels[step]}: {text}" for step, text in shown.items())

    def solution(self) -> Solution | None:
        if self._key is None:
            return None
        shown = {step: format_date(day) for step, day in self._key.dates.items()}
        return Solution(self._lines(self._key.order, shown), self._key.explanation)

    def _lines(self, placed: Sequence[str], shown: Mapping[str, str]) -> str:
        """A line for each step; the given dates stand there too."""
        days = {step: format_date(day) for step, day in self._spec.given.items()} | dict(shown)
        labels = self._spec.order.steps
        return "\n".join(
            f"{n}. {labels[step]}{f': {days[step]}' if step in days else ''}"
            for n, step in enumerate(placed, 1)
        )


def _public(step: TimelineStep) -> dict[str, Any]:
    return {
        "id": step.id,
        "label": step.label,
        "note": step.note,
        "given": step.given.isoformat() if step.given else None,
        "asks_date": step.asks_date,
        "year": step.year.isoformat() if isinstance(step.year, date) else step.year,
    }


def _spec_errors(spec: TimelineSpec) -> list[str]:
    """All of the author's mistakes in the steps."""
    ids = Counter(step.id for step in spec.steps)
    return [
        *([] if len(spec.steps) > 1 else ["a timeline needs two steps or more"]),
        *(
            f"step id {i!r}: use lower-case letters, digits, - and _"
            for i in ids
            if not _ID.fullmatch(i)
        ),
        *(f"step id {i!r} is used {n} times" for i, n in ids.items() if n > 1),
        *(
            f"step {step.id}: its date is given and asked for"
            for step in spec.steps
            if step.given is not None and step.asks_date
        ),
    ]


def _key_errors(spec: TimelineSpec, key: TimelineKey) -> list[str]:
    """All of the author's mistakes in a key."""
    shown = tuple(step.id for step in spec.steps)
    errors = [
        f"the order {', '.join(right)} must name each step once"
        for right in key.orders
        if sorted(right) != sorted(shown)
    ]
    named = {step for pair in key.order_mistakes for step in pair}
    errors += [f"order_mistakes names {step}, there is no such step" for step in named - {*shown}]
    errors += dates.key_errors(spec.dates, DatesKey(key.dates, key.date_mistakes))
    if errors:
        return errors
    if shown in key.orders:
        errors.append("the steps are shown in a right order already")
    errors += [
        f"the order {', '.join(right)} is listed {n} times"
        for right, n in Counter(key.orders).items()
        if n > 1
    ]
    errors += [
        f"the order mistake {first} before {second} is a right order"
        for first, second in key.order_mistakes
        if any(right.index(first) <= right.index(second) for right in key.orders)
    ]
    days = {**spec.given, **key.dates}
    for right in key.orders:
        errors += [
            f"the order puts {first} ({days[first]}) before {second} ({days[second]})"
            for first, second in pairwise(step for step in right if step in days)
            if days[first] > days[second]
        ]
    return errors
