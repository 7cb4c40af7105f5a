"""The cells of a matrix, what is right about them, and an author's mistakes in both."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from itertools import product
from math import prod

from .part_ids import id_errors

Cell = tuple[str, str]
"""The row and the column of a cell."""

MOST_OPTIONS = 9
_TRIED = 2000


@dataclass(frozen=True)
class MatrixTable:
    """What stands in every cell, None where nothing does.

    >>> table = MatrixTable(("a", "b"), ("x", "y"), {("a", "x"): "main", ("b", "x"): "help"})
    >>> table.row("a"), table.column("x"), table["b", "y"]
    (('main', None), ('main', 'help'), None)
    """

    row_ids: tuple[str, ...]
    column_ids: tuple[str, ...]
    cells: Mapping[Cell, str]

    def __getitem__(self, cell: Cell) -> str | None:
        row, column = cell
        if row not in self.row_ids or column not in self.column_ids:
            raise KeyError(cell)
        return self.cells.get(cell)

    def row(self, row: str) -> tuple[str | None, ...]:
        """A row, from left to right."""
        return tuple(self[row, column] for column in self.column_ids)

    def column(self, column: str) -> tuple[str | None, ...]:
        """A column, from above."""
        return tuple(self[row, column] for row in self.row_ids)

    @property
    def rows(self) -> tuple[tuple[str | None, ...], ...]:
        """All rows."""
        return tuple(self.row(row) for row in self.row_ids)

    @property
    def columns(self) -> tuple[tuple[str | None, ...], ...]:
        """All columns."""
        return tuple(self.column(column) for column in self.column_ids)


@dataclass(frozen=True)
class Rule:
    """Something that holds for the whole table (どの作業にも責任者がちょうど1人).

    `passes` gets the table once every cell is filled in. `message` says what to do when it does
    not hold, `label` what was looked at when it does.
    """

    id: str
    message: str
    passes: Callable[[MatrixTable], bool]
    points: float = 1
    label: str = ""

    def holds(self, table: MatrixTable) -> bool:
        """Whether the rule holds; one that raises does not."""
        try:
            return bool(self.passes(table))
        except Exception:
            return False


@dataclass(frozen=True)
class MatrixSpec:
    """Rows, columns and options (id → text), and the cells that are given."""

    rows: Mapping[str, str]
    columns: Mapping[str, str]
    options: Mapping[str, str]
    given: Mapping[Cell, str] = field(default_factory=dict)

    @property
    def asked(self) -> tuple[Cell, ...]:
        """The cells to be filled in, row by row."""
        return tuple(cell for cell in product(self.rows, self.columns) if cell not in self.given)

    def table(self, chosen: Mapping[Cell, str]) -> MatrixTable:
        """The given cells and these."""
        return MatrixTable(tuple(self.rows), tuple(self.columns), {**chosen, **self.given})


@dataclass(frozen=True)
class MatrixKey:
    """The right options of cells, and rules of the whole table.

    A cell that is in neither `cells` nor given may hold anything the rules allow. `mistakes` maps
    a cell to its known wrong options and what to say about each.
    """

    cells: Mapping[Cell, frozenset[str]] = field(default_factory=dict)
    rules: tuple[Rule, ...] = ()
    mistakes: Mapping[Cell, Mapping[str, str]] = field(default_factory=dict)
    explanation: str = ""

    def is_solvable(self, spec: MatrixSpec) -> bool:
        """Whether a table with the right cells passes all rules, as far as that can be tried."""
        ways = [sorted(self.cells.get(cell, spec.options)) for cell in spec.asked]
        return prod(len(way) for way in ways) > _TRIED or any(
            all(rule.holds(table) for rule in self.rules)
            for way in product(*ways)
            for table in [spec.table(dict(zip(spec.asked, way, strict=True)))]
        )


def spec_errors(spec: MatrixSpec) -> list[str]:
    """All of the author's mistakes in a table."""
    errors = []
    for what, ids in (("row", spec.rows), ("column", spec.columns), ("option", spec.options)):
        least = 2 if what == "option" else 1
        if len(ids) < least:
            errors.append(f"there are {len(ids)} {what}s; {least} or more are needed")
        errors += id_errors(what, [*ids])
    if len(spec.options) > MOST_OPTIONS:
        errors.append(f"there are {len(spec.options)} options; {MOST_OPTIONS} at most")
    for cell, option in spec.given.items():
        errors += _unknown(spec, "given", cell)
        if option not in spec.options:
            errors.append(f"given {_name(cell)}: there is no option {option}")
    return errors if spec.asked or errors else ["no cell is asked for"]


def key_errors(spec: MatrixSpec, key: MatrixKey) -> list[str]:
    """All of the author's mistakes in a key."""
    errors = [] if key.cells or key.rules else ["cells or rules are needed"]
    for cell, right in key.cells.items():
        errors += _unknown(spec, "cells", cell)
        if cell in spec.given:
            errors.append(f"cells {_name(cell)}: it is given")
        errors += [
            f"cells {_name(cell)}: there is no option {option}"
            for option in sorted(right - {*spec.options})
        ]
        if not right:
            errors.append(f"cells {_name(cell)}: no option is right")
        if right >= {*spec.options}:
            errors.append(f"cells {_name(cell)}: every option is right; leave the cell out")
    for cell, known in key.mistakes.items():
        if cell not in key.cells:
            errors.append(f"mistakes {_name(cell)}: the key has no right option for this cell")
            continue
        errors += [
            f"mistakes {_name(cell)}: there is no option {option}"
            if option not in spec.options
            else f"mistakes {_name(cell)}: the option {option} is right"
            for option in known
            if option not in spec.options or option in key.cells[cell]
        ]
    return errors + _rule_errors(spec, key, is_sound=not errors)


def _rule_errors(spec: MatrixSpec, key: MatrixKey, *, is_sound: bool) -> list[str]:
    ids = Counter(rule.id for rule in key.rules)
    errors = [f"rule id {i!r} is used {n} times" for i, n in ids.items() if n > 1]
    empty = spec.table({})
    for rule in key.rules:
        if not rule.points > 0:
            errors.append(f"rule {rule.id}: points must be more than 0")
        if not rule.message:
            errors.append(f"rule {rule.id}: a message is needed")
        try:
            rule.passes(empty)
        except KeyError as error:
            errors.append(f"rule {rule.id}: there is no {error.args[0]!r} in the table")
        except Exception:  # written for a table in which every cell is filled in
            continue
    if errors or not is_sound:
        return errors
    return [] if key.is_solvable(spec) else ["no table with the right cells passes all rules"]


def _unknown(spec: MatrixSpec, where: str, cell: Cell) -> list[str]:
    if not isinstance(cell, tuple) or len(cell) != 2:
        return [f"{where} {cell!r}: a cell is named (row, column)"]
    row, column = cell
    return [
        *([] if row in spec.rows else [f"{where} {_name(cell)}: there is no row {row}"]),
        *(
            []
            if column in spec.columns
            else [f"{where} {_name(cell)}: there is no column {column}"]
        ),
    ]


def _name(cell: Cell) -> str:
    return f"({', '.join(cell)})" if isinstance(cell, tuple) else repr(cell)
