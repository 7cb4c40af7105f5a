"""Dates: one or more labelled dates, in 西暦 or 和暦."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from .date_text import DateTextError, format_date, parse_date
from .exercise import CheckMode, Exercise, Solution, refuse
from .judgement import Judgement, Part, formal, incomplete, mapping_of, of_score, text_of
from .part_ids import id_errors

_OPEN = "まだ入っていない欄や、読めない日付があります。"


@dataclass(frozen=True)
class DateField:
    """A labelled date.

    `year` allows a date without its year (9/10): an int is the year meant; a date means the
    first such day from then on; with None the year has to be written.
    """

    id: str
    label: str
    year: int | date | None = None


@dataclass(frozen=True)
class DatesSpec:
    """What is asked: the fields in their order."""

    fields: tuple[DateField, ...]


@dataclass(frozen=True)
class DatesKey:
    """What is right, and known wrong dates with what to say about each."""

    values: Mapping[str, date]
    mistakes: Mapping[str, Mapping[date, str]] = field(default_factory=dict)
    explanation: str = ""


def judge(spec: DatesSpec, key: DatesKey | None, answer: Mapping[str, Any]) -> Judgement:
    """Score by field: each right date earns the same share."""
    given = mapping_of(answer.get("values"))
    parts: list[Part] = []
    gaps = 0
    for item in spec.fields:
        value, problem = read_date(item, text_of(given.get(item.id)))
        if value is None:
            gaps += 1
            parts.append(Part(input=item.id, ok=False, message=problem))
        elif key is not None:
            parts.append(_judge_field(item, key, value))
    if gaps == len(spec.fields) or (gaps and key is None):
        return incomplete(_OPEN, tuple(parts))
    if key is None:
        return formal()
    score = sum(part.ok for part in parts) / len(parts)
    if gaps:
        return Judgement(score=score, status="incomplete", message=_OPEN, parts=tuple(parts))
    if score == 1.0:
        return of_score(1.0, "そのとおりです。", tuple(parts))
    message = "数え方をもう一度確かめましょう。印のついた欄のメッセージが手がかりです。"
    return of_score(score, message, tuple(parts))


def read_date(item: DateField, text: str) -> tuple[date | None, str]:
    """A date, or what keeps it from being read."""
    try:
        value = parse_date(text, year=item.year)
    except DateTextError as error:
        return None, str(error)
    return value, "" if value else "日付を入れてください。"


def _judge_field(item: DateField, key: DatesKey, value: date) -> Part:
    right = key.values[item.id]
    if value == right:
        return Part(input=item.id, ok=True)
    message = key.mistakes.get(item.id, {}).get(value) or _general_hint(value, right)
    return Part(input=item.id, ok=False, message=message)


def _general_hint(value: date, right: date) -> str:
    if abs(value - right) == timedelta(days=1):
        return "1日ずれています。最初の日を数えるかどうかを確かめましょう。"
    if (value.month, value.day) == (right.month, right.day):
        return "月と日は合っています。年を確かめましょう。"
    if (value.year, value.month) == (right.year, right.month):
        return "年と月は合っています。日を確かめましょう。"
    return "この日ではありません。いつから数えて、どれだけあとかを書き出してみましょう。"


class Dates(Exercise):
    """Dates to work out. Answer: `{"values": {field id: text as typed}}`."""

    kind = "dates"

    def __init__(
        self,
        exercise_id: str,
        *,
        title: str,
        prompt: str,
        fields: Sequence[DateField],
        hints: Sequence[str] = (),
        check: CheckMode = "full",
    ) -> None:
        self._spec = DatesSpec(tuple(fields))
        refuse(exercise_id, _spec_errors(self._spec))
        super().__init__(
            exercise_id,
            title=title,
            prompt=prompt,
            hints=hints,
            check=check,
            fields=[
                {
                    "id": item.id,
                    "label": item.label,
                    "year": item.year.isoformat() if isinstance(item.year, date) else item.year,
                }
                for item in fields
            ],
        )

    def key(
        self,
        *,
        values: Mapping[str, date],
        mistakes: Mapping[str, Mapping[date, str]] | None = None,
        explanation: str = "",
    ) -> None:
        """Set the right date of each field."""
        known = {name: dict(found) for name, found in (mistakes or {}).items()}
        key = DatesKey(dict(values), known, explanation)
        refuse(self.exercise_id, key_errors(self._spec, key))
        self._key = key

    def judge(self, answer: Mapping[str, Any], *, with_key: bool) -> Judgement:
        return judge(self._spec, self._key if with_key else None, answer)

    def words(self, answer: Mapping[str, Any]) -> str:
        given = mapping_of(answer.get("values"))
        lines = []
        for item in self._spec.fields:
            text = text_of(given.get(item.id)).strip()
            value, _ = read_date(item, text)
            if text:
                lines.append(f"{item.label}: {format_date(value) if value else text}")
        return "\n".join(lines)

    def solution(self) -> Solution | None:
        if self._key is None:
            return None
        lines = [
            f"{item.label}: {format_date(self._key.values[item.id])}" for item in self._spec.fields
        ]
        return Solution("\n".join(lines), self._key.explanation)


def _spec_errors(spec: DatesSpec) -> list[str]:
    ids = [item.id for item in spec.fields]
    return id_errors("field", ids) if ids else ["there are no fields"]


def key_errors(spec: DatesSpec, key: DatesKey) -> list[str]:
    """All of the author's mistakes in a key."""
    asked = {item.id for item in spec.fields}
    named = set(key.values) | set(key.mistakes)
    errors = [f"no date for field {name}" for name in sorted(asked - set(key.values))]
    errors += [f"there is no field {name}" for name in sorted(named - asked)]
    for name in sorted(named):
        known = key.mistakes.get(name, {})
        found = [*([key.values[name]] if name in key.values else []), *known]
        errors += [
            f"field {name}: {value!r} is not a date"
            for value in found
            if isinstance(value, datetime) or not isinstance(value, date)
        ]
        if key.values.get(name) in known:
            errors.append(f"field {name}: the mistake {key.values[name]} is the right date")
    return errors
