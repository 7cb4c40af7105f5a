"""Worksheet: a table with given and empty cells (試算表, 精算表, 活動計算書, 貸借対照表)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from .exercise import CheckMode, Exercise, Solution, refuse
from .judgement import Judgement, Part, formal, incomplete, of_score
from .number import general_hint
from .number_text import format_number
from .worksheet_key import Follow, WorksheetKey, cell_errors, key_errors, rounded
from .worksheet_table import Column, Row, WorksheetSpec, read_cells, spec_errors

FOLLOWED = "前の数字をもとにすると合っています。もとの数字を直すと、ここも変わります。"
_OPEN = "まだ入っていない欄や、読めない数字があります。"


def judge(spec: WorksheetSpec, key: WorksheetKey | None, answer: Mapping[str, Any]) -> Judgement:
    """Score by cell: a right figure, or one that follows from wrong ones, earns its share."""
    cells = list(read_cells(spec, answer))
    own = {cell.cell: cell.value for cell in cells if cell.value is not None}
    gaps = tuple(
        Part(input=one.cell, ok=False, message=one.problem) for one in cells if one.problem
    )
    if not own or (gaps and key is None):
        return incomplete(_OPEN, gaps)
    if key is None:
        return formal()
    parts = tuple(
        Part(input=one.cell, ok=False, message=one.problem)
        if one.value is None
        else _judge_cell(spec, key, own, one.cell)
        for one in cells
    )
    score = sum(part.ok for part in parts) / len(parts)
    if gaps:
        return Judgement(score=score, status="incomplete", message=_OPEN, parts=parts)
    if score == 1.0:
        return of_score(1.0, "すべての欄が合っています。", parts)
    message = "印のついた欄を、上から順に見直してみましょう。"
    if any(part.message == FOLLOWED for part in parts):
        message += "計算のしかたが合っている欄は、もとの数字が違っていても点になっています。"
    return of_score(score, message, parts)


def _judge_cell(
    spec: WorksheetSpec, key: WorksheetKey, own: Mapping[str, Decimal], cell: str
) -> Part:
    value = own[cell]
    if key.is_right(cell, value):
        return Part(input=cell, ok=True)
    if _follows(spec, key, own, cell):
        return Part(input=cell, ok=True, message=FOLLOWED)
    message = key.mistakes.get(cell, {}).get(value) or _misplaced(spec, key, cell, value)
    return Part(input=cell, ok=False, message=message or general_hint(value, key.cells[cell]))


def _follows(spec: WorksheetSpec, key: WorksheetKey, own: Mapping[str, Decimal], cell: str) -> bool:
    """Whether a figure is what the participant's own figures, one of them wrong, lead to."""
    if cell not in key.follow:
        return False
    figures = {**spec.given, **own}
    used: set[str] = set()

    def look(name: str) -> Decimal:
        used.add(name)
        return figures[name]

    try:
        result = rounded(Decimal(key.follow[cell](look)), spec.row_of(cell))
        reached = abs(own[cell] - result) <= key.tolerance.get(cell, 0)
    except Exception:  # a missing figure, or one the author's formula was not written for
        return False
    wrong = {name for name in used & set(own) if not key.is_right(name, own[name])}
    return reached and cell not in used and bool(wrong)


def _misplaced(spec: WorksheetSpec, key: WorksheetKey, cell: str, value: Decimal) -> str:
    """Whether the figure belongs to a cell beside, above or below."""
    if not value:
        return ""
    row, column = cell.split(".")
    if any(key.cells.get(f"{row}.{c.id}") == value for c in spec.columns if c.id != column):
        return "数字は合っていますが、入れる欄(左右)が違うようです。"
    ids = [one.id for one in spec.rows]
    here = ids.index(row)
    near = [*ids[max(here - 1, 0) : here], *ids[here + 1 : here + 2]]
    if any(key.cells.get(f"{name}.{column}") == value for name in near):
        return "となりの行の数字のようです。行がずれていないか確かめましょう。"
    return ""


class Worksheet(Exercise):
    """A table to fill in. Answer: `{"cells": {"row.column": text as typed}}`."""

    kind = "worksheet"

    def __init__(
        self,
        exercise_id: str,
        *,
        title: str,
        prompt: str,
        columns: Sequence[Column],
        rows: Sequence[Row],
        corner: str = "",
        unit: str = "円",
        hints: Sequence[str] = (),
        check: CheckMode = "full",
    ) -> None:
        self._spec = WorksheetSpec(tuple(columns), tuple(rows), unit)
        refuse(exercise_id, spec_errors(self._spec))
        super().__init__(
            exercise_id,
            title=title,
            prompt=prompt,
            hints=hints,
            check=check,
            columns=[{"id": column.id, "label": column.label} for column in columns],
            rows=[_public(self._spec, row) for row in rows],
            corner=corner,
            unit=unit,
        )

    def key(
        self,
        *,
        cells: Mapping[str, int | Decimal],
        follow: Mapping[str, Follow] | None = None,
        mistakes: Mapping[str, Mapping[int | Decimal, str]] | None = None,
        tolerance: Mapping[str, int | Decimal] | None = None,
        explanation: str = "",
    ) -> None:
        """Set the right figure of each asked cell; figures are int or Decimal, never float.

        `follow` gives a cell's formula, `lambda cell: cell("cash.debit") + cell("bank.debit")`:
        a wrong figure that equals it, worked out with the participant's own figures of which one
        is wrong, earns its points. It is tried on the right figures at once.
        """
        known = {cell: dict(found) for cell, found in (mistakes or {}).items()}
        refuse(
            self.exercise_id,
            cell_errors(self._spec, cells, follow or {}, known, tolerance or {}),
        )
        key = WorksheetKey(
            cells={cell: Decimal(value) for cell, value in cells.items()},
            follow=dict(follow or {}),
            mistakes={
                cell: {Decimal(value): text for value, text in found.items()}
                for cell, found in known.items()
            },
            tolerance={cell: Decimal(value) for cell, value in (tolerance or {}).items()},
            explanation=explanation,
        )
        refuse(self.exercise_id, key_errors(self._spec, key))
        self._key = key

    def judge(self, answer: Mapping[str, Any], *, with_key: bool) -> Judgement:
        return judge(self._spec, self._key if with_key else None, answer)

    def words(self, answer: Mapping[str, Any]) -> str:
        return _words(
            self._spec, {one.cell: one.typed for one in read_cells(self._spec, answer) if one.typed}
        )

    def solution(self) -> Solution | None:
        if self._key is None:
            return None
        shown = {
            cell: format_number(value, unit=self._spec.unit_of(self._spec.row_of(cell)))
            for cell, value in self._key.cells.items()
        }
        return Solution(_words(self._spec, shown), self._key.explanation)


def _public(spec: WorksheetSpec, row: Row) -> dict[str, Any]:
    return {
        "id": row.id,
        "label": row.label,
        "given": {name: f"{Decimal(value):f}" for name, value in row.given.items()},
        "ask": list(row.ask),
        "level": row.level,
        "total": bool(row.total),
        "sum": [list(one) for one in spec.summed(row)] if row.given else [],
        "decimals": row.decimals,
        "unit": spec.unit_of(row),
    }


def _words(spec: WorksheetSpec, texts: Mapping[str, str]) -> str:
    """A line for each row in which something stands."""
    lines = []
    for row in spec.rows:
        found = [
            f"{column.label} {texts[cell]}"
            for column in spec.columns
            if (cell := f"{row.id}.{column.id}") in texts
        ]
        if found:
            lines.append(f"{row.label}: {'・'.join(found)}")
    return "\n".join(lines)
