"""The guide's TOML files as records; every mistake in them is told at once, in Japanese."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from difflib import get_close_matches
from enum import StrEnum
from pathlib import Path
from typing import Any


class GuideError(ValueError):
    """Mistakes in the guide's files, all of them, a line each."""


class Status(StrEnum):
    """Whether somebody has confirmed what a record says; the value stands on the page."""

    VERIFIED = "確認済み"
    UNVERIFIED = "ご確認ください"


READ_AGAIN_AFTER = 365
"""Days after which what can change should be looked up again."""


@dataclass(frozen=True, kw_only=True)
class Reference:
    """Where a record comes from and when that was read."""

    source: str
    read_on: date
    status: Status

    def is_old(self, today: date) -> bool:
        """Whether it was read more than a year before `today`."""
        return (today - self.read_on).days > READ_AGAIN_AFTER

    def status_on(self, today: date) -> Status:
        """Its status on a day: what was confirmed long ago has to be confirmed again."""
        return Status.UNVERIFIED if self.is_old(today) else self.status


@dataclass(frozen=True)
class Record:
    """One table of a file. What is wrong is added to `errors`, and something empty returned."""

    where: str
    values: Mapping[str, Any]
    errors: list[str]
    own: Collection[str]
    """The names that the record writes itself: not what its file says once for all."""
    asked: set[str] = field(default_factory=set)
    below: list[Record] = field(default_factory=list)

    def wrong(self, told: str) -> None:
        """Add a mistake: what is wrong and what to do."""
        self.errors.append(f"{self.where}: {told}")

    def text(self, name: str) -> str:
        """A text that has to be there."""
        found = self.optional(name)
        if not found and (name not in self.values or isinstance(self.values[name], str)):
            self.wrong(f'{name} がありません。{name} = "…" と書いてください')
        return found

    def optional(self, name: str) -> str:
        """A text, "" when there is none."""
        found = self._value(name, "")
        if isinstance(found, str):
            return found.strip()
        self.wrong(f'{name} が「{found}」です。" で囲んで書いてください: {name} = "…"')
        return ""

    def texts(self, name: str) -> tuple[str, ...]:
        """A list of texts, () when there is none."""
        found = self._value(name, [])
        if isinstance(found, list) and all(isinstance(text, str) for text in found):
            return tuple(text.strip() for text in found)
        self.wrong(f'{name} が「{found}」です。次の形で書いてください: {name} = ["…", "…"]')
        return ()

    def whole(self, name: str, *, least: int, most: int) -> int | None:
        """A whole number from `least` to `most`, None when there is none."""
        found = self._value(name, None)
        if found is None or (type(found) is int and least <= found <= most):
            return found
        self.wrong(f"{name} が「{found}」です。{least} から {most} までの数を書いてください")
        return None

    def choice(self, name: str, allowed: type[StrEnum]) -> str:
        """The lower-case name of one of an enumeration, "" when it is none of them."""
        found = self.text(name)
        names = [member.name.lower() for member in allowed]
        if found in names:
            return found
        if found:
            self.wrong(f"{name} が「{found}」です。どれかを書いてください: {'、'.join(names)}")
        return ""

    def reference(self) -> Reference:
        """`source`, `read_on` and `status`."""
        read_on = self._value("read_on", None)
        if type(read_on) is not date:
            found = (
                "がありません" if read_on is None else f"が「{read_on}」で、日付になっていません"
            )
            self.wrong(f'read_on {found}。読んだ日を、" で囲まずに書いてください: 2026-11-25')
            read_on = date.min
        status = self.choice("status", Status)
        return Reference(
            source=self.text("source"),
            read_on=read_on,
            status=Status[status.upper()] if status else Status.UNVERIFIED,
        )

    def tables(self, name: str) -> Iterator[Record]:
        """The records below this one."""
        for record in _records({name: self._value(name, [])}, name, self.where, self.errors, {}):
            self.below.append(record)
            yield record

    def tell_unread(self) -> None:
        """Tell the names that nobody asked for: what they say would be left out in silence."""
        for name in sorted(set(self.own) - self.asked):
            self.wrong(_unknown(name, self.asked))
        for record in self.below:
            record.tell_unread()

    def _value(self, name: str, otherwise: Any) -> Any:
        self.asked.add(name)
        return self.values.get(name, otherwise)


def _unknown(name: str, known: Collection[str]) -> str:
    near = get_close_matches(name, sorted(known), n=1)
    asked = f"{near[0]} のことですか。" if near else ""
    return f"{name} という項目は使いません。{asked}つづりを直すか、消してください"


_COMMON = ("source", "read_on", "status")
"""What a file may say once, above its records, for all that do not say it themselves."""


def read_records(folder: Path, file: str, name: str, errors: list[str]) -> list[Record]:
    """The `[[name]]` records of a file."""
    where = f"{folder.name}/{file}"
    try:
        # Windows' editor may put a mark before the first letter (utf-8-sig).
        values = tomllib.loads((folder / file).read_text(encoding="utf-8-sig"))
    except FileNotFoundError:
        errors.append(f"{where}: ファイルがありません。フォルダーに戻してください")
        return []
    except UnicodeDecodeError:
        errors.append(f"{where}: 文字コードが UTF-8 ではありません。UTF-8 で保存しなおしてください")
        return []
    except tomllib.TOMLDecodeError as error:
        errors.append(f"{where}: {_unreadable(str(error))}")
        return []
    errors += [
        f"{where}: {_unknown(key, (name, *_COMMON))}"
        for key in values
        if key not in {name, *_COMMON}
    ]
    common = _read_common(values, where, errors)
    found = list(_records(values, name, where, errors, common))
    if not found:
        errors.append(f"{where}: [[{name}]] が1つもありません。書いてください")
    return found


def _read_common(values: Mapping[str, Any], where: str, errors: list[str]) -> dict[str, Any]:
    """What the file says once; a mistake in it is told once, not for every record."""
    common = {key: values[key] for key in _COMMON if key in values}
    fine = {"source": "-", "read_on": date.min, "status": "unverified"}
    head = Record(f"{where}: ファイルのはじめ", {**fine, **common}, errors, ())
    found = len(errors)
    head.reference()
    return common if len(errors) == found else {**common, **fine}


def _unreadable(told: str) -> str:
    """Where the TOML reader stopped, and what that may come from.

    >>> _unreadable("Invalid value (at line 11, column 22)")[:10]
    '11行目の22文字目'
    """
    place = re.search(r"at line (\d+), column (\d+)", told)
    found = f"{place[1]}行目の{place[2]}文字目" if place else "ファイルのおわり"
    return (
        f'{found}で読めなくなりました。" や [ ] が閉じているか、記号が半角か、'
        "ない日付でないか、同じ項目が2つないか、確かめてください"
    )


def _records(
    values: Mapping[str, Any],
    name: str,
    where: str,
    errors: list[str],
    common: Mapping[str, Any],
) -> Iterator[Record]:
    entries = values.get(name, [])
    if not isinstance(entries, list):
        errors.append(f"{where}: {name} は、1つずつ [[{name}]] の下に書いてください")
        return
    for number, entry in enumerate(entries, start=1):
        here = f"{where}: {number}番目の [[{name}]]"
        if not isinstance(entry, dict):
            errors.append(f"{here}: 項目 = 値 の形で、[[{name}]] の下に書いてください")
            continue
        told = f"{here}({entry['id']})" if "id" in entry else here
        yield Record(told, {**common, **entry}, errors, entry.keys())


def unique(records: list[Record]) -> None:
    """Tell ids that are missing or used twice."""
    seen: set[str] = set()
    for record in records:
        found = record.text("id")
        if found in seen:
            record.wrong(f"id の {found} が2回使われています。どちらかを変えてください")
        if found and not (found.isascii() and found.replace("-", "").isalnum()):
            record.wrong(f"id が「{found}」です。半角の英字、数字、ハイフンで書いてください")
        seen.add(found)
