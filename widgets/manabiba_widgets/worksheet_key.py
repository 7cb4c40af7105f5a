"""The key of a worksheet: right figures, formulas they follow from, and an author's mistakes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal

from .worksheet_table import Row, WorksheetSpec, decimals_of, figure_errors

Figures = Callable[[str], Decimal]
"""`cell("row.column")`: the figure given there, or the participant's own."""
Follow = Callable[[Figures], Decimal | int]
"""A figure worked out of others."""


@dataclass(frozen=True)
class WorksheetKey:
    """What is right: the figure of each asked cell, and how some follow from others.

    `mistakes` maps a cell to its known wrong figures and what to say about each.
    """

    cells: Mapping[str, Decimal]
    follow: Mapping[str, Follow] = field(default_factory=dict)
    mistakes: Mapping[str, Mapping[Decimal, str]] = field(default_factory=dict)
    tolerance: Mapping[str, Decimal] = field(default_factory=dict)
    explanation: str = ""

    def is_right(self, cell: str, value: Decimal) -> bool:
        """Whether a figure is the one of this key."""
        return abs(value - self.cells[cell]) <= self.tolerance.get(cell, 0)


def rounded(result: Decimal, row: Row) -> Decimal:
    """A formula's result as the row would have it written: half up where it has more places."""
    if decimals_of(result) <= row.decimals:
        return result
    return result.quantize(Decimal(1).scaleb(-row.decimals), ROUND_HALF_UP)


def cell_errors(
    spec: WorksheetSpec,
    cells: Mapping[str, int | Decimal],
    follow: Mapping[str, Follow],
    mistakes: Mapping[str, Mapping[int | Decimal, str]],
    tolerance: Mapping[str, int | Decimal],
) -> list[str]:
    """Cells that are missing or not asked for, and figures that cannot be figures."""
    asked = spec.asked
    errors = [f"no right figure for cell {cell}" for cell in asked if cell not in cells]
    for name, part in (
        ("cells", cells),
        ("follow", follow),
        ("mistakes", mistakes),
        ("tolerance", tolerance),
    ):
        errors += [
            f"{name} names cell {cell}, which is not asked for"
            for cell in part
            if cell not in asked
        ]
    for cell in asked:
        row = spec.row_of(cell)
        figures = [*mistakes.get(cell, ())]
        figures += [cells[cell]] if cell in cells else []
        for value in figures:
            errors += figure_errors(cell, value, row)
        if isinstance(tolerance.get(cell, 0), float):
            errors.append(f"cell {cell}: the tolerance is not an int or a Decimal")
    return errors


def key_errors(spec: WorksheetSpec, key: WorksheetKey) -> list[str]:
    """All of an author's mistakes in a key whose cells are those of the table."""
    errors = [
        f"cell {cell}: the mistake {value} is a right figure"
        for cell, found in key.mistakes.items()
        for value in found
        if key.is_right(cell, value)
    ]
    return [*errors, *_follow_errors(spec, key), *_total_errors(spec, key)]


def _follow_errors(spec: WorksheetSpec, key: WorksheetKey) -> list[str]:
    """Formulas that use unknown cells, or do not give the right figure from right ones."""
    errors: list[str] = []
    uses: dict[str, set[str]] = {}
    figures = {**spec.given, **key.cells}
    for cell, formula in key.follow.items():
        used: set[str] = set()

        def look(name: str, used: set[str] = used) -> Decimal:
            used.add(name)
            return figures.get(name, Decimal(1))

        try:
            result = formula(look)
            if isinstance(result, float):
                raise TypeError("a float; use Decimal")
            is_right = key.is_right(cell, rounded(Decimal(result), spec.row_of(cell)))
            told = str(result)
        except Exception as error:
            is_right, told = False, repr(error)
        uses[cell] = used
        unknown = sorted(used - set(figures))
        errors += [
            f"cell {cell}: its follow uses {name}, which is neither given nor asked for"
            for name in unknown
        ]
        if not unknown and not is_right:
            errors.append(
                f"cell {cell}: its follow gives {told} on the right figures, "
                f"the key says {key.cells[cell]}"
            )
    return [*errors, *_circles(uses)]


def _circles(uses: Mapping[str, set[str]]) -> list[str]:
    """Formulas that lead back to their own cell."""
    errors = []
    for cell in uses:
        seen: set[str] = set()
        waiting = [*uses[cell]]
        while waiting:
            name = waiting.pop()
            if name not in seen:
                seen.add(name)
                waiting += uses.get(name, ())
        if cell in seen:
            errors.append(f"cell {cell}: its follow leads back to itself")
    return errors


def _total_errors(spec: WorksheetSpec, key: WorksheetKey) -> list[str]:
    """Given totals that the rows they add up do not reach: the page would mislead."""
    figures = {**spec.given, **key.cells}
    errors = []
    for row in spec.rows:
        for column, given in row.given.items() if row.total else ():
            found = sum(
                sign * figures.get(f"{name}.{column}", Decimal(0))
                for name, sign in spec.summed(row)
            )
            if found != given:
                errors.append(
                    f"cell {row.id}.{column}: its rows add up to {found}, given is {given}; "
                    'name the rows it adds up, total=("cash", "-loan")'
                )
    return errors
