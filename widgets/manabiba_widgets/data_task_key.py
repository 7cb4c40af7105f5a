"""The key of a data task: who is there twice, cells to correct, counts, and known mistakes."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from manabiba_subjects.member_list import has_lost_zero, normal_phone

from . import number
from .data_table import DataColumn, DataSpec
from .number import NumberKey

Value = int | Decimal | str
_HYPHENS = str.maketrans(dict.fromkeys("−ー‐‑–—", "-"))


@dataclass(frozen=True)
class DataKey:
    """What is right. `cells` has for each cell to correct every writing that will do.

    Of each group of `duplicates` all rows but one are to be marked, whichever stays.
    """

    duplicates: tuple[tuple[str, ...], ...] = ()
    cells: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    values: Mapping[str, Decimal | str] = field(default_factory=dict)
    mark_mistakes: Mapping[str, str] = field(default_factory=dict)
    cell_mistakes: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    value_mistakes: Mapping[str, Mapping[Decimal | str, str]] = field(default_factory=dict)
    explanation: str = ""

    def is_right(self, spec: DataSpec, cell: str, text: str) -> bool:
        """Whether a text will do in a cell: as the key says, else as it is given."""
        wanted = self.cells.get(cell, (spec.given[cell],))
        return any(spec.column_of(cell).same(text, one) for one in wanted)


def zero_is_lost(column: DataColumn, text: str, wanted: Sequence[str]) -> bool:
    """Whether a telephone number is right but for its first 0."""
    return (
        column.kind == "phone"
        and has_lost_zero(text)
        and any(normal_phone(text) == normal_phone(one) for one in wanted)
    )


def is_full_width(column: DataColumn, text: str, wanted: Sequence[str]) -> bool:
    """Whether a text is right but for the width of its characters (０９０, ﾊﾅｺ)."""
    return any(column.same(_one_width(text), _one_width(one)) for one in wanted) and not any(
        column.same(text, one) for one in wanted
    )


def _one_width(text: str) -> str:
    return unicodedata.normalize("NFKC", text).translate(_HYPHENS)


def key_errors(spec: DataSpec, key: DataKey) -> list[str]:
    """All of an author's mistakes in a key."""
    numbers = NumberKey(values=key.values, mistakes=key.value_mistakes)
    errors = [
        *_group_errors(spec, key),
        *_cell_errors(spec, key),
        *number.key_errors(spec.numbers, numbers),
    ]
    if not (key.duplicates or key.cells or key.values):
        errors.append("nothing is judged: no duplicates, no cells, no values")
    return errors


def _group_errors(spec: DataSpec, key: DataKey) -> list[str]:
    rows = {row.id for row in spec.rows}
    named = [row for group in key.duplicates for row in group]
    errors = [f"duplicates name row {row}, which is not there" for row in named if row not in rows]
    errors += [f"row {row} is in two groups" for row in sorted({*named}) if named.count(row) > 1]
    errors += [
        f"the group {list(group)} has fewer than 2 rows"
        for group in key.duplicates
        if len(group) < 2
    ]
    if key.duplicates and not spec.mark:
        errors.append('duplicates need marks; write mark="重複"')
    errors += [
        f"mark_mistakes name row {row}, which is "
        + ("a duplicate" if row in named else "not there")
        for row in key.mark_mistakes
        if row in named or row not in rows
    ]
    if key.mark_mistakes and not spec.mark:
        errors.append("mark_mistakes need marks")
    return errors


def _cell_errors(spec: DataSpec, key: DataKey) -> list[str]:
    errors = []
    for what, cells in (("cells", key.cells), ("cell_mistakes", key.cell_mistakes)):
        for cell in cells:
            if cell not in spec.given:
                errors.append(f"{what} name {cell}, which is not there")
            elif not spec.column_of(cell).editable:
                errors.append(f"{what} name {cell}, which cannot be changed")
    for cell, wanted in key.cells.items():
        if cell not in spec.given:
            continue
        column, given = spec.column_of(cell), spec.given[cell]
        if not wanted:
            errors.append(f"cell {cell}: no right text")
        elif any(column.same(given, one) for one in wanted):
            errors.append(f"cell {cell}: {given!r} is right as it is given")
    for cell, known in key.cell_mistakes.items():
        if cell not in spec.given:
            continue
        for text in known:
            if key.is_right(spec, cell, text):
                errors.append(f"cell {cell}: the mistake {text!r} is right")
            elif text.strip() == spec.given[cell].strip():
                errors.append(
                    f"cell {cell}: the mistake {text!r} is what is given, nobody types it"
                )
    return errors
