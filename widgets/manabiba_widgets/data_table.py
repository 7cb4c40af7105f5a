"""The table of a data task: its columns and rows, and what somebody has changed in it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Literal

from .document_form import clean
from .judgement import mapping_of
from .number import Field, Pick
from .number_text import NumberTextError, parse_number
from .part_ids import id_errors

DataKind = Literal["text", "phone", "number"]
MOST_ROWS = 60
MOST_CHARACTERS = 200

_BETWEEN = re.compile(r"[-\s]")


@dataclass(frozen=True)
class DataColumn:
    """A column. All cells are texts, whatever its `kind`: a first 0 is never lost.

    The kind says when two cells are the same: `phone` whatever hyphens and blanks stand in it,
    `number` by its value, `text` by each character. Where `filter` is set, the rows can be
    filtered by the values of the column.
    """

    id: str
    label: str
    kind: DataKind = "text"
    editable: bool = True
    filter: bool = False

    def same(self, one: str, other: str) -> bool:
        """Whether two cells of this column say the same, full width not being half width."""
        if self.kind == "number":
            values = [number_in(text) for text in (one, other)]
            if None not in values:
                return values[0] == values[1]
        if self.kind == "phone":
            one, other = _BETWEEN.sub("", one), _BETWEEN.sub("", other)
        return one.strip() == other.strip()


@dataclass(frozen=True)
class DataRow:
    """A row: its texts in the order of the columns."""

    id: str
    cells: Sequence[str]


@dataclass(frozen=True)
class DataSpec:
    """What is given and asked. A cell is named `row.column`; `mark` is the head of the marks."""

    columns: tuple[DataColumn, ...]
    rows: tuple[DataRow, ...]
    mark: str = ""
    fields: tuple[Field | Pick, ...] = ()

    @property
    def given(self) -> dict[str, str]:
        """Every cell as it is at the beginning."""
        return {
            f"{row.id}.{column.id}": text
            for row in self.rows
            for column, text in zip(self.columns, row.cells, strict=False)
        }

    def column_of(self, cell: str) -> DataColumn:
        """The column of a cell of this table."""
        return next(one for one in self.columns if one.id == cell.rpartition(".")[2])

    def label_of(self, cell: str) -> str:
        """A cell as people name it: 「5行目 電話番号」."""
        row = cell.rpartition(".")[0]
        return f"{self.number_of(row)}行目 {self.column_of(cell).label}"

    def number_of(self, row: str) -> int:
        """Which row of the table it is, from 1."""
        return next(i for i, one in enumerate(self.rows, 1) if one.id == row)


@dataclass(frozen=True)
class DataAnswer:
    """What was changed, marked and answered, as typed; `cells` only those that differ."""

    cells: Mapping[str, str]
    marks: tuple[str, ...]
    values: Mapping[str, Any]

    @property
    def is_empty(self) -> bool:
        """Whether nothing was done yet."""
        filled = any(isinstance(v, str) and v.strip() for v in self.values.values())
        return not (self.cells or self.marks or filled)


def read_answer(spec: DataSpec, answer: Mapping[str, Any]) -> DataAnswer:
    """What can be read of an answer; anything that is not of this table is left out."""
    typed = mapping_of(answer.get("cells"))
    editable = {column.id for column in spec.columns if column.editable}
    cells = {
        cell: text
        for cell, given in spec.given.items()
        if cell.rpartition(".")[2] in editable
        and isinstance(typed.get(cell), str)
        and (text := clean(typed[cell])[:MOST_CHARACTERS]) != given.strip()
    }
    marked = answer.get("marks")
    names = {one for one in marked if isinstance(one, str)} if isinstance(marked, list) else set()
    marks = tuple(row.id for row in spec.rows if spec.mark and row.id in names)
    fields = {field.id for field in spec.fields}
    values = mapping_of(answer.get("values"))
    return DataAnswer(cells, marks, {name: v for name, v in values.items() if name in fields})


def spec_errors(spec: DataSpec) -> list[str]:
    """All of the author's mistakes in a table."""
    errors = [
        *([] if spec.columns else ["there are no columns"]),
        *id_errors("column", [column.id for column in spec.columns]),
        *([] if spec.rows else ["there are no rows"]),
        *id_errors("row", [row.id for row in spec.rows]),
        *id_errors("field", [field.id for field in spec.fields]),
    ]
    if len(spec.rows) > MOST_ROWS:
        errors.append(f"{len(spec.rows)} rows; write {MOST_ROWS} at most")
    errors += [
        f"row {row.id}: {len(row.cells)} cells for {len(spec.columns)} columns"
        for row in spec.rows
        if len(row.cells) != len(spec.columns)
    ]
    errors += [
        f"cell {cell}: {text!r} is not a text; write its digits as a text"
        for cell, text in spec.given.items()
        if not isinstance(text, str)
    ]
    asked = spec.mark or spec.fields or any(column.editable for column in spec.columns)
    return errors if asked else [*errors, "nothing is asked: no marks, no fields, nothing editable"]


def number_in(text: str, unit: str = "") -> Decimal | None:
    """The number in a text; None where there is none or it cannot be read."""
    try:
        return parse_number(text, unit=unit)
    except NumberTextError:
        return None
