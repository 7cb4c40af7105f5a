"""The table of a worksheet: its rows, columns and cells, and what can be read of an answer."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from .judgement import mapping_of, text_of
from .number_text import NumberTextError, parse_number
from .part_ids import id_errors

MOST = 999_999_999_999


@dataclass(frozen=True)
class Column:
    """A column of figures; its label is what stands at its head."""

    id: str
    label: str


@dataclass(frozen=True)
class Row:
    """A row: figures that are given, and the columns in which a figure is asked for.

    A row with neither is a heading (資産の部). `level` indents the label. `decimals` is how many
    decimal places may be written, `unit` replaces the worksheet's own. A `total` row stands out;
    where its figure is given, the page adds up what has been entered so far. It adds the rows
    above, back to the last total row of the same or an outer level, or exactly the rows named
    (`total=("revenue", "-expense")`, a minus subtracts).
    """

    id: str
    label: str
    given: Mapping[str, int | Decimal] = field(default_factory=dict)
    ask: Sequence[str] = ()
    level: int = 0
    total: bool | Sequence[str] = False
    decimals: int = 0
    unit: str | None = None


@dataclass(frozen=True)
class WorksheetSpec:
    """A table. A cell is named `row.column`."""

    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    unit: str = "円"

    @property
    def asked(self) -> tuple[str, ...]:
        """The cells to be filled in, row by row, in the order of the columns."""
        return tuple(
            f"{row.id}.{column.id}"
            for row in self.rows
            for column in self.columns
            if column.id in row.ask
        )

    @property
    def given(self) -> dict[str, Decimal]:
        """The figures that are there from the start."""
        return {
            f"{row.id}.{name}": Decimal(value)
            for row in self.rows
            for name, value in row.given.items()
        }

    def row_of(self, cell: str) -> Row:
        """The row of a cell of this table."""
        return next(row for row in self.rows if cell.startswith(f"{row.id}."))

    def unit_of(self, row: Row) -> str:
        """What stands behind the figures of a row."""
        return self.unit if row.unit is None else row.unit

    def summed(self, row: Row) -> tuple[tuple[str, int], ...]:
        """The rows a total row adds up, each with its sign."""
        if isinstance(row.total, bool):
            return tuple((one.id, 1) for one in _above(self.rows, row)) if row.total else ()
        return tuple((name.removeprefix("-"), -1 if name[:1] == "-" else 1) for name in row.total)


def _above(rows: Sequence[Row], total: Row) -> list[Row]:
    found: list[Row] = []
    for row in reversed(rows[: rows.index(total)]):
        if row.total and row.level <= total.level:
            break
        if not row.total:
            found.append(row)
    return found[::-1]


@dataclass(frozen=True)
class CellText:
    """A cell as typed, and what could be read of it: a figure or a problem (never both)."""

    cell: str
    typed: str
    value: Decimal | None
    problem: str


def read_cells(spec: WorksheetSpec, answer: Mapping[str, Any]) -> Iterator[CellText]:
    """Every cell that is asked for, in order."""
    given = mapping_of(answer.get("cells"))
    for cell in spec.asked:
        typed = text_of(given.get(cell)).strip()
        row = spec.row_of(cell)
        try:
            value = parse_number(typed, unit=spec.unit_of(row))
        except NumberTextError as error:
            yield CellText(cell, typed, None, str(error))
            continue
        problem = "数字を入れてください。" if value is None else _problem(row, value)
        yield CellText(cell, typed, None if problem else value, problem)


def _problem(row: Row, value: Decimal) -> str:
    if abs(value) > MOST:
        return "数字が大きすぎるようです。けたを確かめてください。"
    if decimals_of(value) <= row.decimals:
        return ""
    if row.decimals:
        return f"小数第{row.decimals}位までで書いてください。"
    return "小数をつけずに書いてください。"


def decimals_of(value: Decimal) -> int:
    """How many decimal places a figure needs.

    >>> decimals_of(Decimal("79.10"))
    1
    """
    return len(f"{value:f}".partition(".")[2].rstrip("0"))


def spec_errors(spec: WorksheetSpec) -> list[str]:
    """All of the author's mistakes in a table."""
    columns = {column.id for column in spec.columns}
    rows = {row.id for row in spec.rows}
    errors = [
        *([] if spec.columns else ["there are no columns"]),
        *id_errors("column", [column.id for column in spec.columns]),
        *([] if spec.rows else ["there are no rows"]),
        *id_errors("row", [row.id for row in spec.rows]),
    ]
    for row in spec.rows:
        for name, value in row.given.items():
            errors += figure_errors(f"{row.id}.{name}", value, row)
        errors += [
            f"cell {row.id}.{name}: there is no column {name}"
            for name in dict.fromkeys((*row.given, *row.ask))
            if name not in columns
        ]
        errors += [
            f"cell {row.id}.{name} is given and asked for" for name in row.ask if name in row.given
        ]
        if not isinstance(row.total, bool):
            errors += [
                f"row {row.id}: its total names {name}, there is no such row"
                for name, _ in spec.summed(row)
                if name not in rows
            ]
    return errors if spec.asked or errors else ["no cell is asked for"]


def figure_errors(cell: str, value: object, row: Row) -> list[str]:
    """What is wrong with an author's figure for a cell."""
    if isinstance(value, bool) or not isinstance(value, int | Decimal):
        return [f"cell {cell}: {value!r} is not an int or a Decimal"]
    figure = Decimal(value)
    if not figure.is_finite() or abs(figure) > MOST:
        return [f"cell {cell}: {value} is too large"]
    if decimals_of(figure) > row.decimals:
        return [f"cell {cell}: {value} has more decimals than the row's decimals={row.decimals}"]
    return []
