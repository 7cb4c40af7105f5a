"""Matrix: a choice in each cell of a table (役割分担表, 権限表)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from .exercise import CheckMode, Exercise, Solution, refuse
from .judgement import Judgement, Part, formal, incomplete, mapping_of, of_score, text_of
from .matrix_key import Cell, MatrixKey, MatrixSpec, Rule, key_errors, spec_errors

_AGAIN = "ここをもう一度考えてみましょう。"


def chosen_of(spec: MatrixSpec, answer: Mapping[str, Any]) -> dict[Cell, str]:
    """What an answer chooses in each asked cell; options that do not exist are left out."""
    given = mapping_of(answer.get("cells"))
    chosen = {cell: text_of(given.get(_input(cell))) for cell in spec.asked}
    return {cell: option for cell, option in chosen.items() if option in spec.options}


def judge(spec: MatrixSpec, key: MatrixKey | None, answer: Mapping[str, Any]) -> Judgement:
    """The share of points: one for each cell of the key, and those of each rule that holds.

    Rules are looked at once every cell is filled in. A cell is told at the input `row.column`, a
    rule at `rule:<id>`.
    """
    chosen = chosen_of(spec, answer)
    gaps = tuple(
        Part(input=_input(cell), ok=False, message="選んでください。")
        for cell in spec.asked
        if cell not in chosen
    )
    left = f"まだ選んでいない欄が{len(gaps)}か所あります。"
    if gaps and (key is None or not chosen):
        return incomplete(left, gaps)
    if key is None:
        return formal()
    cells = tuple(_judge_cell(key, cell, chosen[cell]) for cell in key.cells if cell in chosen)
    table = spec.table(chosen)
    held = {rule.id: not gaps and rule.holds(table) for rule in key.rules}
    earned = sum(part.ok for part in cells) + sum(r.points for r in key.rules if held[r.id])
    score = earned / (len(key.cells) + sum(rule.points for rule in key.rules))
    if gaps:
        return Judgement(score=score, status="incomplete", message=left, parts=(*gaps, *cells))
    rules = tuple(
        Part(
            input=f"rule:{rule.id}",
            ok=held[rule.id],
            message=rule.label if held[rule.id] else rule.message,
        )
        for rule in key.rules
    )
    parts = (*cells, *rules)
    if all(part.ok for part in parts):
        return of_score(1.0, "表はすべて合っています。", parts)
    wrong = sum(not part.ok for part in cells)
    told = [
        *([f"見直す欄が{wrong}か所あります。"] if wrong else []),
        *(["表の全体で、足りないことがあります。"] if not all(held.values()) else []),
    ]
    return of_score(score, "".join(told), parts)


def _judge_cell(key: MatrixKey, cell: Cell, option: str) -> Part:
    if option in key.cells[cell]:
        return Part(input=_input(cell), ok=True)
    message = key.mistakes.get(cell, {}).get(option, _AGAIN)
    return Part(input=_input(cell), ok=False, message=message)


def _input(cell: Cell) -> str:
    return ".".join(cell)


class Matrix(Exercise):
    """A choice in each cell. Answer: `{"cells": {"row.column": option}}`."""

    kind = "matrix"

    def __init__(
        self,
        exercise_id: str,
        *,
        title: str,
        prompt: str,
        rows: Mapping[str, str],
        columns: Mapping[str, str],
        options: Mapping[str, str],
        given: Mapping[Cell, str] | None = None,
        corner: str = "",
        hints: Sequence[str] = (),
        check: CheckMode = "full",
    ) -> None:
        self._spec = MatrixSpec(dict(rows), dict(columns), dict(options), dict(given or {}))
        refuse(exercise_id, spec_errors(self._spec))
        super().__init__(
            exercise_id,
            title=title,
            prompt=prompt,
            hints=hints,
            check=check,
            rows=dict(rows),
            columns=dict(columns),
            options=dict(options),
            given={_input(cell): option for cell, option in self._spec.given.items()},
            corner=corner,
        )

    def key(
        self,
        *,
        cells: Mapping[Cell, str | set[str]] | None = None,
        rules: Sequence[Rule] = (),
        mistakes: Mapping[Cell, Mapping[str, str]] | None = None,
        explanation: str = "",
    ) -> None:
        """Set the right option (or options) of cells, and rules for the whole table.

        A cell that is not named may hold anything the rules allow. Cells and rules are tried on
        each other at once.
        """
        key = MatrixKey(
            cells={
                cell: frozenset({right} if isinstance(right, str) else right)
                for cell, right in (cells or {}).items()
            },
            rules=tuple(rules),
            mistakes={cell: dict(known) for cell, known in (mistakes or {}).items()},
            explanation=explanation,
        )
        refuse(self.exercise_id, key_errors(self._spec, key))
        self._key = key

    def judge(self, answer: Mapping[str, Any], *, with_key: bool) -> Judgement:
        return judge(self._spec, self._key if with_key else None, answer)

    def words(self, answer: Mapping[str, Any]) -> str:
        chosen = chosen_of(self._spec, answer)
        return self._lines({cell: [option] for cell, option in chosen.items()})

    def solution(self) -> Solution | None:
        if self._key is None:
            return None
        key = self._key
        lines = [self._lines({cell: sorted(right) for cell, right in key.cells.items()})]
        lines += [f"・{rule.label or rule.message}" for rule in key.rules]
        return Solution("\n".join(line for line in lines if line), key.explanation)

    def _lines(self, shown: Mapping[Cell, Sequence[str]]) -> str:
        """A line for each row in which something stands."""
        spec, lines = self._spec, []
        for row, label in spec.rows.items():
            found = [
                f"{column_label} {' または '.join(self._labels(shown[row, column]))}"
                for column, column_label in spec.columns.items()
                if (row, column) in shown
            ]
            if found:
                lines.append(f"{label}: {'・'.join(found)}")
        return "\n".join(lines)

    def _labels(self, options: Sequence[str]) -> list[str]:
        return [label for option, label in self._spec.options.items() if option in options]
