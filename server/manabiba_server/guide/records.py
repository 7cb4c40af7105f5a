"""The guide's TOML files as records; every mistake in them is told at once."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Any


class GuideError(ValueError):
    """Mistakes in the guide's files, all of them, a line each."""


class Status(StrEnum):
    """Whether somebody has confirmed what a record says; the value stands on the page."""

    VERIFIED = "確認済み"
    UNVERIFIED = "ご確認ください"


@dataclass(frozen=True, kw_only=True)
class Reference:
    """Where a record comes from and when that was read."""

    source: str
    read_on: date
    status: Status


@dataclass(frozen=True)
class Record:
    """One table of a file. What is wrong is added to `errors`, and something empty returned."""

    where: str
    values: Mapping[str, Any]
    errors: list[str]

    def wrong(self, told: str) -> None:
        """Add a mistake: what is wrong and what to do."""
        self.errors.append(f"{self.where}: {told}")

    def text(self, name: str) -> str:
        """A text that has to be there."""
        found = self.optional(name)
        if not found and (name not in self.values or isinstance(self.values[name], str)):
            self.wrong(f'{name} is missing; add {name} = "…"')
        return found

    def optional(self, name: str) -> str:
        """A text, "" when there is none."""
        found = self.values.get(name, "")
        if isinstance(found, str):
            return found.strip()
        self.wrong(f'{name} is {found!r}; write a text: {name} = "…"')
        return ""

    def texts(self, name: str) -> tuple[str, ...]:
        """A list of texts, () when there is none."""
        found = self.values.get(name, [])
        if isinstance(found, list) and all(isinstance(text, str) for text in found):
            return tuple(text.strip() for text in found)
        self.wrong(f'{name} is {found!r}; write a list of texts: {name} = ["…"]')
        return ()

    def whole(self, name: str, *, least: int, most: int) -> int | None:
        """A whole number from `least` to `most`, None when there is none."""
        found = self.values.get(name)
        if found is None or (type(found) is int and least <= found <= most):
            return found
        self.wrong(f"{name} is {found!r}; write a number from {least} to {most}")
        return None

    def choice(self, name: str, allowed: type[StrEnum]) -> str:
        """The lower-case name of one of an enumeration, "" when it is none of them."""
        found = self.text(name)
        names = [member.name.lower() for member in allowed]
        if found in names:
            return found
        if found:
            self.wrong(f"{name} is {found!r}; write one of: {', '.join(names)}")
        return ""

    def reference(self) -> Reference:
        """`source`, `read_on` and `status`."""
        read_on = self.values.get("read_on")
        if type(read_on) is not date:
            self.wrong("read_on is no date; add the day on which the source was read: 2026-11-25")
            read_on = date.min
        status = self.choice("status", Status)
        return Reference(
            source=self.text("source"),
            read_on=read_on,
            status=Status[status.upper()] if status else Status.UNVERIFIED,
        )

    def tables(self, name: str) -> Iterator[Record]:
        """The records below this one."""
        yield from _records(self.values, name, self.where, self.errors, {})


_COMMON = ("source", "read_on", "status")
"""What a file may say once, above its records, for all that do not say it themselves."""


def read_records(folder: Path, file: str, name: str, errors: list[str]) -> list[Record]:
    """The `[[name]]` records of a file."""
    where = f"{folder.name}/{file}"
    try:
        values = tomllib.loads((folder / file).read_text(encoding="utf-8"))
    except FileNotFoundError:
        errors.append(f"{where}: no such file; the guide has one")
        return []
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        errors.append(f"{where}: not readable as TOML: {error}")
        return []
    common = {key: values[key] for key in _COMMON if key in values}
    found = list(_records(values, name, where, errors, common))
    if not found:
        errors.append(f"{where}: no [[{name}]]; write at least one")
    return found


def _records(
    values: Mapping[str, Any],
    name: str,
    where: str,
    errors: list[str],
    common: Mapping[str, Any],
) -> Iterator[Record]:
    entries = values.get(name, [])
    if not isinstance(entries, list):
        errors.append(f"{where}: {name} is not a list; write each under [[{name}]]")
        return
    for number, entry in enumerate(entries, start=1):
        here = f"{where}: {name} {number}"
        if not isinstance(entry, dict):
            errors.append(f"{here}: not a table; write it under [[{name}]]")
            continue
        yield Record(f"{here} {entry.get('id', '')}".rstrip(), {**common, **entry}, errors)


def unique(records: list[Record]) -> None:
    """Tell ids that are missing or used twice."""
    seen: set[str] = set()
    for record in records:
        found = record.text("id")
        if found in seen:
            record.wrong(f"the id {found} is used twice; change one of them")
        if found and not (found.isascii() and found.replace("-", "").isalnum()):
            record.wrong(f"the id {found!r}: use letters a to z, digits and hyphens")
        seen.add(found)
