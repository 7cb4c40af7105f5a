"""DataTask (データの整理): a small table to clean, to mark and to count, as in a spreadsheet."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from typing import Any

from .data_table import (
    DataAnswer,
    DataColumn,
    DataRow,
    DataSpec,
    number_in,
    read_answer,
    spec_errors,
)
from .data_task_key import DataKey, Value, is_full_width, key_errors, zero_is_lost
from .exercise import CheckMode, Exercise, Solution, refuse
from .judgement import Judgement, Part, formal, incomplete, of_score, text_of
from .number import Field, NumberKey, Pick, exact, floats, given_lines, right_lines
from .number import judge as judge_numbers

_NOTHING = "まだ何もしていません。表をながめて、気づいたところからでかまいません。"
_OPEN = "まだ入っていない数や、読めない数があります。"
_ZERO = "先頭の0がありません。電話番号は0から始まります。"
_WIDTH = "全角と半角が違うようです。ほかの行とそろえましょう。"
_BLANKS = "空白(スペース)の入れ方が違うようです。ほかの行とそろえましょう。"
_OTHER = "もう一度、元の値やほかの行と見比べてみましょう。"
_COUNT = "この数ではありません。表を並べかえたり絞ったりして、もう一度数えてみましょう。"
_ALL = "同じ人の行の全部に印がついています。1つは残しましょう。"
_NOT_TWICE = (
    "氏名と電話番号の両方が同じ行は、ほかにありません。氏名だけでは、別の人かもしれません。"
)


def judge(spec: DataSpec, key: DataKey | None, answer: Mapping[str, Any]) -> Judgement:
    """Score by things to do: each group of duplicates, cell to correct and value has one share.

    A share is lost for each row marked and each cell changed without need. A row that is rightly
    marked need not be corrected. Parts name a cell (`cell.row.column`), a row (`row.id`), a
    field (`value.id`), all marks (`marks`) or all cells (`cells`).
    """
    read = read_answer(spec, answer)
    if read.is_empty:
        return incomplete(_NOTHING)
    numbers = judge_numbers(spec.numbers, _numbers(spec, key, read), {"values": read.values})
    gaps = bool(spec.fields) and numbers.status == "incomplete"
    told = [
        Part(input=f"value.{part.input}", ok=part.ok, message=part.message)
        for part in (numbers.parts if spec.fields else ())
    ]
    if key is None:
        return incomplete(_OPEN, tuple(told)) if gaps else formal()
    groups, dropped, group_parts, wrong_marks = _judge_marks(spec, key, read)
    cells, cell_parts, wrong_cells = _judge_cells(spec, key, read, dropped)
    parts = (*group_parts, *cell_parts, *told)
    values = sum(part.ok for part in told)
    total = len(key.duplicates) + len(key.cells) + len(spec.fields)
    score = max(0, groups + cells + values - wrong_marks - wrong_cells) / total
    if gaps:
        return Judgement(score=score, status="incomplete", message=_OPEN, parts=parts)
    if score == 1.0:
        return of_score(1.0, "表がきれいになりました。数も合っています。", parts)
    return of_score(score, "表の下のメッセージを手がかりに、見直してみましょう。", parts)


def _numbers(spec: DataSpec, key: DataKey | None, read: DataAnswer) -> NumberKey | None:
    """The key as Number judges it, with a word about counting for a number nobody foresaw."""
    if key is None:
        return None
    known = {name: dict(found) for name, found in key.value_mistakes.items()}
    for item in spec.fields:
        if isinstance(item, Field):
            value = number_in(text_of(read.values.get(item.id)), item.unit)
            if value is not None and value != key.values[item.id]:
                known.setdefault(item.id, {}).setdefault(value, _COUNT)
    return NumberKey(values=key.values, mistakes=known)


def _judge_marks(
    spec: DataSpec, key: DataKey, read: DataAnswer
) -> tuple[int, set[str], list[Part], int]:
    """Groups that are right, rows that are rightly dropped, what is told, marks without need."""
    marks = set(read.marks)
    parts: list[Part] = []
    dropped: set[str] = set()
    right = missing = 0
    for group in key.duplicates:
        marked = [row for row in group if row in marks]
        if len(marked) == len(group):
            parts += [Part(input=f"row.{row}", ok=False, message=_ALL) for row in marked]
            continue
        dropped |= set(marked)
        parts += [Part(input=f"row.{row}", ok=True) for row in marked]
        right += len(marked) == len(group) - 1
        missing += len(marked) < len(group) - 1
    named = {row for group in key.duplicates for row in group}
    wrong = [row for row in read.marks if row not in named]
    parts += [
        Part(input=f"row.{row}", ok=False, message=key.mark_mistakes.get(row, _NOT_TWICE))
        for row in wrong
    ]
    if missing:
        message = f"同じ人の行が、まだ{missing}組あります。並べかえると見つけやすくなります。"
        parts.append(Part(input="marks", ok=False, message=message))
    return right, dropped, parts, len(wrong)


def _judge_cells(
    spec: DataSpec, key: DataKey, read: DataAnswer, dropped: set[str]
) -> tuple[int, list[Part], int]:
    """Cells that are right now, what is told, cells changed without need.

    Where a cell to correct was not touched, only how many of its sort there are is told.
    """
    parts: list[Part] = []
    left: list[str] = []
    right = wrong = 0
    for cell, given in spec.given.items():
        text = read.cells.get(cell)
        if cell.rpartition(".")[0] in dropped:
            right += cell in key.cells
        elif cell in key.cells and text is None:
            left.append(cell)
        elif text is not None and key.is_right(spec, cell, text):
            right += cell in key.cells
            parts.append(Part(input=f"cell.{cell}", ok=True))
        elif text is not None:
            wrong += cell not in key.cells
            message = _about(spec, key, cell, text, given)
            parts.append(Part(input=f"cell.{cell}", ok=False, message=message))
    return right, [*parts, *_still_there(spec, key, left)], wrong


def _about(spec: DataSpec, key: DataKey, cell: str, text: str, given: str) -> str:
    """What to say about a wrong text: the first that fits."""
    column = spec.column_of(cell)
    for known, message in key.cell_mistakes.get(cell, {}).items():
        if column.same(text, known):
            return message
    if cell not in key.cells:
        return (
            f"ここは、元の「{given}」のままで合っています。"
            if given
            else "ここは、空のままで合っています。"
        )
    wanted = key.cells[cell]
    if zero_is_lost(column, text, wanted):
        return _ZERO
    if is_full_width(column, text, wanted):
        return _WIDTH
    if "".join(text.split()) in ["".join(one.split()) for one in wanted]:
        return _BLANKS
    return _OTHER


def _still_there(spec: DataSpec, key: DataKey, left: Iterable[str]) -> list[Part]:
    """How many cells are still to be corrected, by what is wrong with them."""
    counts = {"zero": 0, "width": 0, "other": 0}
    for cell in left:
        given, wanted = spec.given[cell], key.cells[cell]
        column = spec.column_of(cell)
        is_zero = zero_is_lost(column, given, wanted)
        sort = "zero" if is_zero else "width" if is_full_width(column, given, wanted) else "other"
        counts[sort] += 1
    messages = {
        "zero": "先頭の0が消えた電話番号が、まだ{}か所あります。",
        "width": "全角と半角がそろっていない欄が、まだ{}か所あります。",
        "other": "ほかに直すところが、まだ{}か所あります。",
    }
    return [
        Part(input="cells", ok=False, message=messages[sort].format(count))
        for sort, count in counts.items()
        if count
    ]


class DataTask(Exercise):
    """A table to clean and to count.

    Answer: `{"cells": {"row.column": text}, "marks": [row ids], "values": {field: text}}`; cells
    are those that were changed, as typed.
    """

    kind = "data_task"

    def __init__(
        self,
        exercise_id: str,
        *,
        title: str,
        prompt: str,
        columns: Sequence[DataColumn],
        rows: Sequence[DataRow],
        mark: str = "",
        fields: Sequence[Field | Pick] = (),
        hints: Sequence[str] = (),
        check: CheckMode = "full",
    ) -> None:
        self._spec = DataSpec(tuple(columns), tuple(rows), mark, tuple(fields))
        refuse(exercise_id, spec_errors(self._spec))
        super().__init__(
            exercise_id,
            title=title,
            prompt=prompt,
            hints=hints,
            check=check,
            columns=[asdict(column) for column in columns],
            rows=[{"id": row.id, "cells": list(row.cells)} for row in rows],
            mark=mark,
            fields=[{**asdict(item), "pick": isinstance(item, Pick)} for item in fields],
        )

    def key(
        self,
        *,
        duplicates: Sequence[Sequence[str]] = (),
        cells: Mapping[str, str | Sequence[str]] | None = None,
        values: Mapping[str, Value] | None = None,
        mark_mistakes: Mapping[str, str] | None = None,
        cell_mistakes: Mapping[str, Mapping[str, str]] | None = None,
        value_mistakes: Mapping[str, Mapping[Value, str]] | None = None,
        explanation: str = "",
    ) -> None:
        """Set groups of rows that are the same person, right cells, and right values.

        `duplicates` may come from `manabiba_subjects.member_list.duplicate_groups`. Values are int,
        Decimal or an option's id, never float.
        """
        known = value_mistakes or {}
        refuse(self.exercise_id, floats(values or {}, {}, known))
        key = DataKey(
            duplicates=tuple(tuple(group) for group in duplicates),
            cells={
                cell: (wanted,) if isinstance(wanted, str) else tuple(wanted)
                for cell, wanted in (cells or {}).items()
            },
            values={name: exact(value) for name, value in (values or {}).items()},
            mark_mistakes=dict(mark_mistakes or {}),
            cell_mistakes={cell: dict(found) for cell, found in (cell_mistakes or {}).items()},
            value_mistakes={
                name: {exact(value): text for value, text in found.items()}
                for name, found in known.items()
            },
            explanation=explanation,
        )
        refuse(self.exercise_id, key_errors(self._spec, key))
        self._key = key

    def judge(self, answer: Mapping[str, Any], *, with_key: bool) -> Judgement:
        return judge(self._spec, self._key if with_key else None, answer)

    def words(self, answer: Mapping[str, Any]) -> str:
        spec, read = self._spec, read_answer(self._spec, answer)
        lines = [
            f"{spec.label_of(cell)}: {spec.given[cell]} → {text or '(空)'}"
            for cell, text in read.cells.items()
        ]
        if read.marks:
            rows = "、".join(f"{spec.number_of(row)}行目" for row in read.marks)
            lines.append(f"「{spec.mark}」の印: {rows}")
        return "\n".join([*lines, *given_lines(spec.numbers, read.values)])

    def solution(self) -> Solution | None:
        if self._key is None:
            return None
        spec, key = self._spec, self._key
        lines = [f"{spec.label_of(cell)}: {wanted[0]}" for cell, wanted in key.cells.items()]
        for group in key.duplicates:
            rows = "・".join(f"{spec.number_of(row)}行目" for row in group)
            lines.append(f"同じ人: {rows}(1つを残して印をつけます)")
        lines += right_lines(spec.numbers, key.values)
        return Solution("\n".join(lines), key.explanation)
