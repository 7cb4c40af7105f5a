"""Number: one number or a list of labelled numbers with units, and picks between them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from decimal import Decimal
from typing import Any

from .exercise import CheckMode, Exercise, Solution, refuse
from .judgement import Judgement, Part, formal, incomplete, mapping_of, of_score, text_of
from .number_text import NumberTextError, format_number, parse_number


@dataclass(frozen=True)
class Field:
    """A labelled number; `unit` is what stands behind it (円, 人, %)."""

    id: str
    label: str
    unit: str = "円"


@dataclass(frozen=True)
class Pick:
    """A choice beside the numbers: option id → text."""

    id: str
    label: str
    options: Mapping[str, str]


@dataclass(frozen=True)
class NumberSpec:
    """What is asked: the fields in their order."""

    fields: tuple[Field | Pick, ...]


@dataclass(frozen=True)
class NumberKey:
    """What is right: values (a number, or an option id for a pick), tolerance and mistakes.

    `mistakes` maps a field to its known wrong values and what to say about each.
    """

    values: Mapping[str, Decimal | str]
    tolerance: Mapping[str, Decimal] = field(default_factory=dict)
    mistakes: Mapping[str, Mapping[Decimal | str, str]] = field(default_factory=dict)
    explanation: str = ""


def judge(spec: NumberSpec, key: NumberKey | None, answer: Mapping[str, Any]) -> Judgement:
    """Score by field: each right field earns the same share."""
    given = mapping_of(answer.get("values"))
    read: dict[str, Decimal | str] = {}
    gaps: list[Part] = []
    for item in spec.fields:
        text = text_of(given.get(item.id))
        try:
            value = _read(item, text)
        except NumberTextError as error:
            gaps.append(Part(input=item.id, ok=False, message=str(error)))
            continue
        if value is None:
            asked = "選んでください。" if isinstance(item, Pick) else "数字を入れてください。"
            gaps.append(Part(input=item.id, ok=False, message=asked))
        else:
            read[item.id] = value
    if gaps and (key is None or not read):
        return incomplete("まだ入っていない欄や、読めない数字があります。", tuple(gaps))
    if key is None:
        return formal()
    parts = [*gaps, *(_judge_field(item, key, read[item.id]) for item in _given(spec, read))]
    right = sum(part.ok for part in parts)
    if right == len(spec.fields):
        return of_score(1.0, "そのとおりです。", tuple(parts))
    if gaps:
        return Judgement(
            score=right / len(spec.fields),
            status="incomplete",
            message="まだ入っていない欄や、読めない数字があります。",
            parts=tuple(parts),
        )
    wrong = {part.input for part in parts if not part.ok}
    is_reckoned = any(item.id in wrong and isinstance(item, Field) for item in spec.fields)
    again = "計算をもう一度見直してみましょう。" if is_reckoned else "もう一度考えてみましょう。"
    message = f"{again}印のついた欄のメッセージが手がかりです。"
    return of_score(right / len(spec.fields), message, tuple(parts))


def _given(spec: NumberSpec, read: Mapping[str, Decimal | str]) -> list[Field | Pick]:
    return [item for item in spec.fields if item.id in read]


def _read(item: Field | Pick, text: str) -> Decimal | str | None:
    if isinstance(item, Pick):
        return text if text in item.options else None
    return parse_number(text, unit=item.unit)


def _judge_field(item: Field | Pick, key: NumberKey, value: Decimal | str) -> Part:
    if _is_right(item, key, value):
        return Part(input=item.id, ok=True)
    right = key.values[item.id]
    message = key.mistakes.get(item.id, {}).get(value, "")
    if not message and isinstance(value, Decimal) and isinstance(right, Decimal):
        message = general_hint(value, right)
    return Part(input=item.id, ok=False, message=message or "もう一度考えてみましょう。")


def _is_right(item: Field | Pick, key: NumberKey, value: Decimal | str) -> bool:
    right = key.values[item.id]
    if isinstance(value, Decimal) and isinstance(right, Decimal):
        return abs(value - right) <= key.tolerance.get(item.id, Decimal(0))
    return value == right


def general_hint(value: Decimal, right: Decimal) -> str:
    """What to say about a wrong number the author has no message for."""
    if value == -right:
        return "数字は合っています。プラスとマイナスが逆です。"
    if right and value and (value / right in _SHIFTS or right / value in _SHIFTS):
        return "けたがずれているようです。0の数を確かめてください。"
    return "この数字ではありません。使う数と計算のしかたを、もう一度書き出してみましょう。"


_SHIFTS = (Decimal(10), Decimal(100), Decimal(1000))


class Number(Exercise):
    """Numbers to work out. Answer: `{"values": {field id: text as typed}}`."""

    kind = "number"

    def __init__(
        self,
        exercise_id: str,
        *,
        title: str,
        prompt: str,
        fields: Sequence[Field | Pick],
        hints: Sequence[str] = (),
        check: CheckMode = "full",
    ) -> None:
        self._spec = NumberSpec(fields=tuple(fields))
        public = [{**asdict(item), "pick": isinstance(item, Pick)} for item in self._spec.fields]
        super().__init__(
            exercise_id, title=title, prompt=prompt, hints=hints, check=check, fields=public
        )

    def key(
        self,
        *,
        values: Mapping[str, int | Decimal | str],
        tolerance: Mapping[str, int | Decimal] | None = None,
        mistakes: Mapping[str, Mapping[int | Decimal | str, str]] | None = None,
        explanation: str = "",
    ) -> None:
        """Set what is right; numbers are int or Decimal, never float."""
        refuse(self.exercise_id, _floats(values, tolerance or {}, mistakes or {}))
        key = NumberKey(
            values={name: _exact(value) for name, value in values.items()},
            tolerance={name: Decimal(value) for name, value in (tolerance or {}).items()},
            mistakes={
                name: {_exact(value): text for value, text in known.items()}
                for name, known in (mistakes or {}).items()
            },
            explanation=explanation,
        )
        refuse(self.exercise_id, _key_errors(self._spec, key))
        self._key = key

    def judge(self, answer: Mapping[str, Any], *, with_key: bool) -> Judgement:
        return judge(self._spec, self._key if with_key else None, answer)

    def words(self, answer: Mapping[str, Any]) -> str:
        given = mapping_of(answer.get("values"))
        lines = []
        for item in self._spec.fields:
            text = text_of(given.get(item.id))
            if isinstance(item, Pick):
                text = item.options.get(text, "")
            if text:
                lines.append(f"{item.label}: {text}")
        return "\n".join(lines)

    def solution(self) -> Solution | None:
        if self._key is None:
            return None
        lines = [f"{item.label}: {_words(item, self._key)}" for item in self._spec.fields]
        return Solution(answer="\n".join(lines), explanation=self._key.explanation)


def _floats(
    values: Mapping[str, object],
    tolerance: Mapping[str, object],
    mistakes: Mapping[str, Mapping[Any, str]],
) -> list[str]:
    found = [*values.items(), *tolerance.items()]
    found += [(name, value) for name, known in mistakes.items() for value in known]
    return [
        f"field {name}: {value!r} is a float; write an int or Decimal"
        for name, value in found
        if isinstance(value, float)
    ]


def _key_errors(spec: NumberSpec, key: NumberKey) -> list[str]:
    """All of the author's mistakes in a key."""
    asked = {item.id for item in spec.fields}
    named = set(key.values) | set(key.mistakes) | set(key.tolerance)
    if asked != set(key.values) or not named <= asked:
        return [f"the key names {sorted(named)}, the fields are {sorted(asked)}"]
    errors = []
    for item in spec.fields:
        known = key.mistakes.get(item.id, {})
        for value in (key.values[item.id], *known):
            if isinstance(item, Pick) and value not in item.options:
                errors.append(f"field {item.id}: there is no option {value!r}")
            elif isinstance(item, Field) and isinstance(value, str):
                errors.append(f"field {item.id}: {value!r} is not a number")
        errors += [
            f"field {item.id}: the mistake {value} is right"
            for value in known
            if _is_right(item, key, value)
        ]
    return errors


def _exact(value: int | Decimal | str) -> Decimal | str:
    return value if isinstance(value, str) else Decimal(value)


def _words(item: Field | Pick, key: NumberKey) -> str:
    value = key.values[item.id]
    if isinstance(item, Pick):
        return item.options[str(value)]
    return format_number(Decimal(value), unit=item.unit)
