"""What an owner has explained of their books, as a sheet of the .xlsx they take home and back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field

from manabiba_subjects import CostKind, Department, Section
from manabiba_subjects.notes import RestrictedFund
from manabiba_subjects.own_books import OwnBooks, Place, TextNote

from .cells import Cell, CellError, day_of, text_of, yen_of
from .fiscal_year import Year
from .header import Rows

TITLE = "設定"
FUND = "使途等の制約"
MARK = "まなびばの設定"
"""The first cell of the sheet: nobody else's sheet begins so."""


@dataclass(frozen=True)
class Details:
    """Everything that is not in journal and opening balances."""

    organisation: str = ""
    year: Year | None = None
    places: Mapping[str, Place] = field(default_factory=dict)
    departments: tuple[Department, ...] = ()
    without_department: str = ""
    weights: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    funds: tuple[RestrictedFund, ...] = ()
    texts: tuple[TextNote, ...] = ()


def details_rows(own: OwnBooks) -> list[list[Cell]]:
    """The sheet's rows: what a row is about, and its values."""
    rows: list[list[Cell]] = [
        [MARK, "ここは、まなびばに読みなおすときに使います。消しても仕訳は読めます。"],
        ["団体名", own.organisation],
        ["事業年度", own.start, own.end],
        ["部門のない費用", own.without_department],
    ]
    rows += [["部門", d.id, d.name, d.kind.value] for d in own.departments]
    for account, weights in own.weights.items():
        rows += [["按分", account, id, weight] for id, weight in weights.items()]
    rows += [["科目", name, p.name, p.section.value] for name, p in own.places.items()]
    rows += [[FUND, f.purpose, f.opening, f.increase, f.decrease, f.remark] for f in own.funds]
    rows += [["注記", note.title, note.text] for note in own.texts]
    return rows


def read_details(tables: Mapping[str, Rows]) -> tuple[Details, frozenset[str]]:
    """The details among tables by title, and the titles they were read from.

    A row that somebody has changed beyond reading is left out: then the page asks for it again.
    """
    for title, rows in tables.items():
        if rows and rows[0] and text_of(rows[0][0]) == MARK:
            return _read(rows[1:]), frozenset({title})
    return Details(), frozenset()


def _read(rows: Rows) -> Details:
    organisation = without = ""
    year: Year | None = None
    places: dict[str, Place] = {}
    departments: list[Department] = []
    weights: dict[str, dict[str, int]] = {}
    funds: list[RestrictedFund] = []
    texts: list[TextNote] = []
    for row in rows:
        about, first, second, third, fourth, fifth = _six(row)
        with suppress(CellError, ValueError):
            match about:
                case "団体名":
                    organisation = text_of(first)[:60]
                case "事業年度":
                    start, end = day_of(first), day_of(second)
                    if start and end and start <= end:
                        year = Year(start, end)
                case "部門のない費用":
                    without = text_of(first)
                case "部門":
                    kind = CostKind(text_of(third))
                    departments.append(Department(text_of(first), text_of(second), kind))
                case "按分":
                    part = yen_of(third)
                    if part is not None and part >= 0:
                        weights.setdefault(text_of(first), {})[text_of(second)] = part
                case "科目":
                    places[text_of(first)] = Place(text_of(second), Section(text_of(third)))
                case "使途等の制約":
                    opening, more, less = (yen_of(cell) or 0 for cell in (second, third, fourth))
                    funds.append(
                        RestrictedFund(text_of(first), opening, more, less, text_of(fifth))
                    )
                case "注記":
                    texts.append(TextNote(text_of(first), str(second or "")))
    return Details(
        organisation, year, places, tuple(departments), without, weights, tuple(funds), tuple(texts)
    )


def _six(row: Sequence[Cell]) -> tuple[str, Cell, Cell, Cell, Cell, Cell]:
    cells = [*row[:6], *[None] * (6 - len(row[:6]))]
    return text_of(cells[0]), cells[1], cells[2], cells[3], cells[4], cells[5]
