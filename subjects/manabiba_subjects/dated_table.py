"""Dated tables: rates and amounts of law with the days for which they hold, source and status."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from functools import cache
from importlib.resources import files
from typing import Any

from .periods import in_words


class Status(StrEnum):
    """How far a value was checked, in words for people."""

    VERIFIED = "条文・公的資料で確認"
    SECONDARY = "二次資料で確認"
    UNVERIFIED = "未確認"
    CONVENTION = "教材の取り決め"


class OutsideTableError(LookupError):
    """A date that a table does not cover; the message (Japanese) says from when to when it goes."""


@dataclass(frozen=True)
class DatedRow:
    """What holds from `effective_from` to `until`, both included; read on `read_on` (基準日).

    `row["rate"]` is a number; a share ("1/3"), a series of whole numbers and a list of words have
    a method each.
    """

    effective_from: date
    until: date
    values: Mapping[str, Decimal | Fraction | tuple[int, ...] | tuple[str, ...]]
    source: str
    status: Status
    read_on: date
    note: str = ""

    def __getitem__(self, key: str) -> Decimal:
        value = self.values[key]
        if not isinstance(value, Decimal):
            raise TypeError(f"{key} is no number: {value!r}; ask for its share, series or words")
        return value

    def whole(self, key: str) -> int:
        """A number that counts something: yen, people, days."""
        return int(self[key])

    def share(self, key: str) -> Fraction:
        """A share written as a fraction, such as one third."""
        value = self.values[key]
        if not isinstance(value, Fraction):
            raise TypeError(f'{key} is no share: {value!r}; write it as "1/3"')
        return value

    def series(self, key: str) -> tuple[int, ...]:
        """A series of whole numbers."""
        return tuple(value for value in self._list(key) if isinstance(value, int))

    def words(self, key: str) -> tuple[str, ...]:
        """A list of words."""
        return tuple(value for value in self._list(key) if isinstance(value, str))

    def _list(self, key: str) -> tuple[int, ...] | tuple[str, ...]:
        value = self.values[key]
        if not isinstance(value, tuple):
            raise TypeError(f"{key} is no list: {value!r}")
        return value


@dataclass(frozen=True)
class DatedTable:
    """Rows in the order of their dates; `read_on` is the day on which they were read (基準日).

    `renewed` are the months in which a newer value usually comes into force (最低賃金: 10), and
    `look_up` says in Japanese where to find it.
    """

    name: str
    file: str
    read_on: date
    rows: tuple[DatedRow, ...]
    look_up: str
    renewed: tuple[int, ...] = ()

    def at(self, on: date) -> DatedRow:
        """The row that holds on a day. Raises OutsideTableError when none does."""
        for row in self.rows:
            if row.effective_from <= on <= row.until:
                return row
        raise OutsideTableError(
            f"「{self.name}」の表は{in_words(self.rows[0].effective_from)}から"
            f"{in_words(self.rows[-1].until)}までです(基準日{in_words(self.read_on)})。"
            f"{in_words(on)}の分は最新の値を確かめて{self.file}に足してください。"
        )


@cache
def dated_tables(file: str) -> Mapping[str, DatedTable]:
    """The tables of one of the package's TOML files, by their keys.

    Numbers are written as strings and become Decimal, "1/3" becomes a share; lists hold whole
    numbers or words. Raises ValueError for rows with a gap, an overlap, or the wrong order.
    """
    text = files("manabiba_subjects").joinpath(file).read_text(encoding="utf-8")
    data = tomllib.loads(text)
    read_on: date = data["read_on"]
    tables = {
        key: DatedTable(
            name=table["name"],
            file=file,
            read_on=read_on,
            rows=tuple(_row(row, read_on) for row in table["rows"]),
            look_up=table.get("look_up", data["look_up"]),
            renewed=tuple(table.get("renewed", data.get("renewed", ()))),
        )
        for key, table in data["tables"].items()
    }
    for key, table in tables.items():
        for before, after in zip(table.rows, table.rows[1:], strict=False):
            if (after.effective_from - before.until).days != 1:
                raise ValueError(
                    f"{file}: {key}: a row ends {before.until} and the next starts "
                    f"{after.effective_from}; write the day after"
                )
    return tables


def _row(row: dict[str, Any], read_on: date) -> DatedRow:
    about = {"effective_from", "until", "source", "status", "note"}
    return DatedRow(
        effective_from=row["effective_from"],
        until=row["until"],
        values={key: _value(value) for key, value in row.items() if key not in about},
        source=row["source"],
        status=Status(row["status"]),
        read_on=read_on,
        note=row.get("note", ""),
    )


def _value(value: str | list[Any]) -> Decimal | Fraction | tuple[Any, ...]:
    if isinstance(value, list):
        return tuple(value)
    return Fraction(value) if "/" in value else Decimal(value)
