"""Timesheet: days of work, their minutes split into 所定, 時間外, 深夜 and 法定休日."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from .duration_text import DurationTextError, format_duration, parse_duration
from .exercise import CheckMode, Exercise, Solution, refuse
from .judgement import Judgement, Part, formal, incomplete, mapping_of, of_score, text_of
from .timesheet_key import CATEGORIES, TimesheetKey, TimesheetSpec, key_errors, spec_errors
from .work_day import WorkDay, at_night

_OPEN = "まだ入っていない日や、読めない時間があります。"
_BREAK = "休憩の{}が入ったままのようです。休憩は、働いた時間に数えません。"
_NIGHT = "深夜は、22時から翌朝5時までに働いた時間だけを数えます。"
_UNIT = "{minutes}分と読みました。{minutes}時間なら「{minutes}:00」か「{minutes}時間」と書きます。"
_OVERTIME = "この日の時間外は、働いた時間のうち8時間を超えたところです。"
_ON_TOP = "深夜の時間は、ほかの欄から引きません。深夜の欄にも重ねて入れます。"
_COLUMN = "時間は合っていますが、入れる欄が違うようです。"
_OTHER = "この時間ではありません。何時から何時までかを書き出して、数えてみましょう。"
_FULL_DAY = 8 * 60  # 労働基準法32条2項, as in force on 2026-06-24


@dataclass(frozen=True)
class DayText:
    """What could be read of a day: minutes (0 where nothing stands) and problems by category."""

    day: WorkDay
    typed: Mapping[str, str]
    minutes: Mapping[str, int]
    problems: Mapping[str, str]


def read_days(spec: TimesheetSpec, answer: Mapping[str, Any]) -> Iterator[DayText]:
    """Every day. As soon as something stands in one, its empty categories are 0 minutes."""
    given = mapping_of(answer.get("minutes"))
    for day in spec.days:
        cells = mapping_of(given.get(day.id))
        typed = {name: text_of(cells.get(name)).strip() for name in spec.categories}
        minutes: dict[str, int] = {}
        problems: dict[str, str] = {}
        for name, text in typed.items():
            try:
                minutes[name] = parse_duration(text) or 0
            except DurationTextError as error:
                problems[name] = str(error)
        yield DayText(day, typed, minutes if any(typed.values()) else {}, problems)


def judge(spec: TimesheetSpec, key: TimesheetKey | None, answer: Mapping[str, Any]) -> Judgement:
    """Score by cell: each right number of minutes earns the same share.

    A part names a cell (`day.category`), or the whole day (`day`).
    """
    parts: list[Part] = []
    right = gaps = 0
    days = list(read_days(spec, answer))
    for one in days:
        if not any(one.typed.values()):
            gaps += 1
            message = "この日の時間を入れてください。"
            parts.append(Part(input=one.day.id, ok=False, message=message))
            continue
        gaps += len(one.problems)
        for name in spec.categories:
            cell = f"{one.day.id}.{name}"
            if name in one.problems:
                parts.append(Part(input=cell, ok=False, message=one.problems[name]))
            elif key is not None:
                parts.append(_judge_cell(key, one, name))
                right += parts[-1].ok
        parts += _sum_part(spec, one)
    is_empty = not any(any(one.typed.values()) for one in days)
    if is_empty or (gaps and key is None):
        return incomplete(_OPEN, tuple(parts))
    if key is None:
        return formal()
    score = right / (len(spec.days) * len(spec.categories))
    if gaps:
        return Judgement(score=score, status="incomplete", message=_OPEN, parts=tuple(parts))
    if score == 1.0:
        return of_score(1.0, "すべての時間が合っています。", tuple(parts))
    return of_score(score, "印のついた欄を、上から順に見直してみましょう。", tuple(parts))


def _sum_part(spec: TimesheetSpec, one: DayText) -> list[Part]:
    """Whether the categories add up to the minutes worked, told of the whole day."""
    if not spec.summed or not {*spec.summed} <= {*one.minutes}:
        return []
    rest = sum(one.minutes[name] for name in spec.summed) - one.day.worked
    if not rest:
        return []
    told = f"{format_duration(abs(rest))} {'多い' if rest > 0 else '足りない'}"
    labels = "・".join(CATEGORIES[name] for name in spec.summed)
    what = f"{labels}の合計" if len(spec.summed) > 1 else labels
    message = f"{what}が、働いた時間({format_duration(one.day.worked)})より{told}ようです。"
    return [Part(input=one.day.id, ok=False, message=message)]


def _judge_cell(key: TimesheetKey, one: DayText, name: str) -> Part:
    value, right = one.minutes[name], key.minutes[one.day.id]
    cell = f"{one.day.id}.{name}"
    if value == right[name]:
        return Part(input=cell, ok=True)
    known = key.mistakes.get(one.day.id, {}).get(name, {})
    message = known.get(value) or _general_hint(one, name, right)
    return Part(input=cell, ok=False, message=message)


def _general_hint(one: DayText, name: str, right: Mapping[str, int]) -> str:
    """The first that fits: unit, break, night taken away, column, what 深夜 and 時間外 are.

    深夜 and 時間外 are explained only where the key counts them by the day alone.
    """
    value, wanted, day = one.minutes[name], right[name], one.day
    breaks = _breaks(day, name) if wanted or name != "holiday" else []
    if value and value * 60 == wanted:
        return _UNIT.format(minutes=value)
    if value - wanted in {*breaks, sum(breaks)} - {0}:
        return _BREAK.format(format_duration(value - wanted))
    if name != "night" and right.get("night") and value == wanted - right["night"]:
        return _ON_TOP
    if value and value in (minutes for other, minutes in right.items() if other != name):
        return _COLUMN
    if name == "night":
        return _NIGHT if wanted == day.worked_at_night else _OTHER
    if name == "overtime" and wanted == max(0, day.worked - _FULL_DAY):
        return _OVERTIME
    return _OTHER


def _breaks(day: WorkDay, name: str) -> list[int]:
    """How long the breaks are that may have been left in a category."""
    if name == "night":
        return [at_night([one]) for one in day.break_minutes]
    return [end - start for start, end in day.break_minutes]


class Timesheet(Exercise):
    """Working time split into categories. Answer: `{"minutes": {day: {category: text}}}`."""

    kind = "timesheet"

    def __init__(
        self,
        exercise_id: str,
        *,
        title: str,
        prompt: str,
        days: Sequence[WorkDay],
        categories: Sequence[str] = tuple(CATEGORIES),
        hints: Sequence[str] = (),
        check: CheckMode = "full",
    ) -> None:
        self._spec = TimesheetSpec(tuple(days), tuple(categories))
        refuse(exercise_id, spec_errors(self._spec))
        super().__init__(
            exercise_id,
            title=title,
            prompt=prompt,
            hints=hints,
            check=check,
            days=[_public(day) for day in days],
            categories=[{"id": name, "label": CATEGORIES[name]} for name in categories],
            summed=list(self._spec.summed),
        )

    def key(
        self,
        *,
        minutes: Mapping[str, Mapping[str, int]],
        mistakes: Mapping[str, Mapping[str, Mapping[int, str]]] | None = None,
        explanation: str = "",
    ) -> None:
        """Set the right minutes of each day and category, zeros too."""
        key = TimesheetKey(
            minutes={day: dict(found) for day, found in minutes.items()},
            mistakes={
                day: {name: dict(known) for name, known in found.items()}
                for day, found in (mistakes or {}).items()
            },
            explanation=explanation,
        )
        refuse(self.exercise_id, key_errors(self._spec, key))
        self._key = key

    def judge(self, answer: Mapping[str, Any], *, with_key: bool) -> Judgement:
        return judge(self._spec, self._key if with_key else None, answer)

    def words(self, answer: Mapping[str, Any]) -> str:
        return _words(
            (
                one.day.label,
                {
                    name: format_duration(one.minutes[name]) if name in one.minutes else text
                    for name, text in one.typed.items()
                    if text
                },
            )
            for one in read_days(self._spec, answer)
        )

    def solution(self) -> Solution | None:
        if self._key is None:
            return None
        right, categories = self._key.minutes, self._spec.categories
        shown = [
            (day.label, {name: format_duration(right[day.id][name]) for name in categories})
            for day in self._spec.days
        ]
        return Solution(_words(shown), self._key.explanation)


def _public(day: WorkDay) -> dict[str, Any]:
    return {
        "id": day.id,
        "label": day.label,
        "note": day.note,
        "spans": [list(span) for span in day.span_minutes],
        "breaks": [list(one) for one in day.break_minutes],
        "worked": day.worked,
    }


def _words(days: Iterable[tuple[str, Mapping[str, str]]]) -> str:
    """A line for each day in which something stands."""
    return "\n".join(
        f"{label}: {'・'.join(f'{CATEGORIES[name]} {text}' for name, text in texts.items())}"
        for label, texts in days
        if texts
    )
