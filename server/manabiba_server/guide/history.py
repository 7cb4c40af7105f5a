"""横浜の協働のあゆみ: the chronology, filtered by side and years, and as a figure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from .records import Record, Reference


class Side(StrEnum):
    """Which side of the chronology an entry stands on."""

    CITY = "行政側"
    CITIZENS = "市民側"


@dataclass(frozen=True, kw_only=True)
class HistoryEntry:
    """What happened; `month` is None where the source names none, `printed` the source's words
    where they differ."""

    year: int
    month: int | None
    side: Side
    text: str
    printed: str
    about: str
    about_source: str
    reference: Reference

    @property
    def when(self) -> str:
        """
        >>> from datetime import date
        >>> from .records import Status
        >>> by = Reference(source="", read_on=date(2026, 11, 25), status=Status.VERIFIED)
        >>> rest = {"text": "", "printed": "", "about": "", "about_source": "", "reference": by}
        >>> HistoryEntry(year=2010, month=None, side=Side.CITY, **rest).when
        '2010年(月の記載なし)'
        """
        return f"{self.year}年{self.month}月" if self.month else f"{self.year}年(月の記載なし)"


def read_history(records: list[Record]) -> tuple[HistoryEntry, ...]:
    """The entries of a file; one out of order is a mistake."""
    entries: list[HistoryEntry] = []
    for record in records:
        year = record.whole("year", least=1900, most=2100)
        if "year" not in record.values:
            record.wrong("year がありません。year = 2012 のように書いてください")
        side = record.choice("side", Side)
        entry = HistoryEntry(
            year=year or 0,
            month=record.whole("month", least=1, most=12),
            side=Side[side.upper()] if side else Side.CITY,
            text=record.text("text"),
            printed=record.optional("printed"),
            about=record.optional("about"),
            about_source=record.optional("about_source"),
            reference=record.reference(),
        )
        if entry.about and not entry.about_source:
            record.wrong('about の出典がありません。about_source = "…" と書いてください')
        if year and entries and year < entries[-1].year:
            record.wrong(f"{year}年が{entries[-1].year}年の後にあります。年の順に並べてください")
        entries.append(entry)
    return tuple(entries)


def chosen(
    entries: Iterable[HistoryEntry], *, side: Side | None, first: int, last: int
) -> tuple[HistoryEntry, ...]:
    """The entries of a side (None: both) from one year to another, whichever comes first."""
    begin, end = min(first, last), max(first, last)
    return tuple(
        entry
        for entry in entries
        if begin <= entry.year <= end and (side is None or entry.side is side)
    )


WIDTH = 760
AXIS = 100
_MARGIN, _MARK, _FIRST_ROW = 24, 18, 32


@dataclass(frozen=True)
class Mark:
    """An entry in the figure: the centre of its mark, in the figure's own units."""

    entry: HistoryEntry
    x: int
    y: int


@dataclass(frozen=True)
class Figure:
    """The years along a line: 行政側 above it, 市民側 below."""

    height: int
    years: tuple[tuple[int, int], ...]
    marks: tuple[Mark, ...]


def figure(entries: Sequence[HistoryEntry]) -> Figure:
    """The chronology as a picture; marks that would cover each other are piled up."""
    first, last = entries[0].year, entries[-1].year
    each = (WIDTH - 2 * _MARGIN) / (last - first + 1)

    def place(year: int, month: int) -> int:
        return round(_MARGIN + (year - first + (month - 0.5) / 12) * each)

    marks: list[Mark] = []
    for entry in entries:
        x = place(entry.year, entry.month or 6)
        above = entry.side is Side.CITY
        y = AXIS - _FIRST_ROW if above else AXIS + _FIRST_ROW
        taken = {(m.y) for m in marks if m.entry.side is entry.side and abs(m.x - x) < _MARK}
        while y in taken:
            y += -_MARK if above else _MARK
        marks.append(Mark(entry, x, y))
    fives = [year for year in range(first + 2, last - 1) if year % 5 == 0]
    years = dict.fromkeys([first, *fives, last])
    return Figure(
        height=max(2 * AXIS, max(mark.y for mark in marks) + _FIRST_ROW),
        years=tuple((year, place(year, 6)) for year in years),
        marks=tuple(marks),
    )
