"""Which dated tables are old, at their end, or due for a newer value: for `manabiba doctor`."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum, auto
from importlib.resources import files
from importlib.resources.abc import Traversable

from .dated_table import DatedTable, dated_tables
from .periods import add_months

NOTICE = timedelta(days=60)
"""How long before the end of a table it is told."""


class Reason(Enum):
    """Why a table wants to be looked at."""

    ENDED = auto()
    DUE = auto()
    OLD = auto()
    ENDS_SOON = auto()


@dataclass(frozen=True)
class StaleTable:
    """A table to look at: why, since (or from) when, and in `look_up` where its values stand."""

    table: DatedTable
    reason: Reason
    since: date

    @property
    def look_up(self) -> str:
        """Where the newer value is published (Japanese)."""
        return self.table.look_up


def stale_tables(today: date) -> tuple[StaleTable, ...]:
    """Every table that wants to be looked at on a day, the gravest reason of each.

    A table has ended; or a newer value was due (最低賃金 every October, premium rates every March
    or April) after it was read; or it was read more than a year ago; or it ends within 60 days.
    """
    found = (_examine(table, today) for table in all_tables())
    stale = [table for table in found if table is not None]
    return tuple(sorted(stale, key=lambda one: (one.reason.value, one.since, one.table.name)))


def all_tables() -> Iterator[DatedTable]:
    """Every dated table of the package, file by file."""
    for file in table_files():
        yield from dated_tables(file).values()


def table_files() -> tuple[str, ...]:
    """The package's files of dated tables, as paths within it."""
    return tuple(sorted(_files(files("manabiba_subjects"), "")))


def _files(folder: Traversable, path: str) -> Iterator[str]:
    for entry in folder.iterdir():
        name = f"{path}{entry.name}"
        if entry.is_dir():
            yield from _files(entry, f"{name}/")
        elif name.endswith(".toml") and "\n[tables." in entry.read_text(encoding="utf-8"):
            yield name


def _examine(table: DatedTable, today: date) -> StaleTable | None:
    until = table.rows[-1].until
    if until < today:
        return StaleTable(table, Reason.ENDED, until + timedelta(days=1))
    if (due := _due(table, today)) is not None:
        return StaleTable(table, Reason.DUE, due)
    if (birthday := add_months(table.read_on, 12)) < today:
        return StaleTable(table, Reason.OLD, birthday)
    if until - today <= NOTICE:
        return StaleTable(table, Reason.ENDS_SOON, until + timedelta(days=1))
    return None


def _due(table: DatedTable, today: date) -> date | None:
    """The first month in which a newer value was to be expected after the table was read."""
    firsts = (
        date(year, month, 1)
        for year in range(table.read_on.year, today.year + 1)
        for month in sorted(table.renewed)
    )
    known = table.rows[-1].effective_from
    return next((day for day in firsts if max(table.read_on, known) < day <= today), None)
