"""Timeline: the steps of a procedure in their order, each with its date."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from . import dates, order
from .date_text import format_date
from .dates import DatesKey
from .exercise import CheckMode, Exercise, Solution, refuse
from .judgement import Judgement, Part, formal, mapping_of, of_score, text_of
from .order import OrderKey, in_place, order_of
from .timeline_key import TimelineKey, TimelineSpec, TimelineStep, key_errors, spec_errors

_MOVE = "この手順の場所を見直しましょう。"


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
    kept = in_place(given, nearest)
    told: dict[str, list[str]] = {step: [] for step in given if step not in kept}
    if judgement.score < 1.0 and given:
        for (first, second), message in key.order_mistakes.items():
            if given.index(first) < given.index(second):
                told.setdefault(first, []).append(message)
    parts = tuple(
        Part(
            input=f"order.{step}",
            ok=step not in told,
            message="\n".join(dict.fromkeys(told[step]) or [_MOVE]) if step in told else "",
        )
        for step in given
    )
    return Judgement(
        score=judgement.score, status=judgement.status, message=judgement.message, parts=parts
    )


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
        refuse(exercise_id, spec_errors(self._spec))
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
        refuse(self.exercise_id, key_errors(self._spec, key))
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
