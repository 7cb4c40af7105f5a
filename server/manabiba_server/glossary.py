"""A course's terms (用語集) as `glossary.toml` tells them, and their order in Japanese."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from bisect import bisect_right
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import Any

_READING = re.compile(r"[ぁ-ゖー・]+")
_ROWS = "あかさたなはまやらわ"
_LARGE = str.maketrans("ぁぃぅぇぉゕゖっゃゅょゎ", "あいうえおかけつやゆよわ", "ー・")
_HIRAGANA = {code: code - 0x60 for code in range(ord("ァ"), ord("ヶ") + 1)}
_FIELDS = ("term", "reading", "meaning", "lesson")


@dataclass(frozen=True, kw_only=True)
class Term:
    """A word of the subject, said plainly, and the lesson that teaches it."""

    term: str
    reading: str
    meaning: str
    lesson_id: str

    @property
    def anchor(self) -> str:
        """The id of the term on the glossary's page."""
        return "term-" + "-".join(self.term.split())

    @property
    def words(self) -> tuple[str, ...]:
        """How the term may stand in a text: as it is; of a pair of like length, either half too.

        >>> Term(term="期首・期末", reading="きしゅ・きまつ", meaning="", lesson_id="").words
        ('期首・期末', '期首', '期末')

        Parts of unlike length are one name, whose parts mean something else.

        >>> support = "子ども・子育て支援金"
        >>> Term(term=support, reading="しえんきん", meaning="", lesson_id="").words
        ('子ども・子育て支援金',)
        """
        parts = tuple(part for part in self.term.split("・") if part)
        is_pair = len(parts) > 1 and len({len(part) for part in parts}) == 1
        return (self.term, *parts) if is_pair else (self.term,)

    def matches(self, query: str) -> bool:
        """Whether term, reading or meaning contains what somebody looks for."""
        wanted = fold(query)
        return any(wanted in fold(text) for text in (self.term, self.reading, self.meaning))


def fold(text: str) -> str:
    """A text without the differences that do not matter when looking something up.

    >>> fold(" カリカタ ＡＢＣ")
    'かりかたabc'
    """
    flat = unicodedata.normalize("NFKC", text).lower().translate(_HIRAGANA)
    return "".join(flat.split())


def in_order(terms: Iterable[Term]) -> list[Term]:
    """The terms in あいうえお order of their readings."""
    return sorted(terms, key=lambda term: (_sound(term.reading), term.reading, term.term))


def in_rows(terms: Iterable[Term]) -> list[tuple[str, list[Term]]]:
    """The terms in order, under the headings あ, か, さ … that have any."""
    return [(row, list(found)) for row, found in groupby(in_order(terms), key=_row)]


def _sound(reading: str) -> str:
    """The reading as a dictionary sorts it: no voicing marks, no small letters."""
    plain = (c for c in unicodedata.normalize("NFD", reading) if not unicodedata.combining(c))
    return "".join(plain).translate(_LARGE)


def _row(term: Term) -> str:
    return _ROWS[bisect_right(_ROWS, _sound(term.reading)[:1]) - 1]


def load_glossary(
    path: Path, where: str, lesson_ids: Collection[str], errors: list[str]
) -> tuple[Term, ...]:
    """The terms of a file in its order, none when there is no file; adds mistakes to `errors`."""
    if not path.is_file():
        return ()
    try:
        entries = tomllib.loads(path.read_text(encoding="utf-8")).get("terms", [])
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        errors.append(f"{where}: not readable as TOML: {error}")
        return ()
    if not isinstance(entries, list):
        errors.append(f"{where}: terms is not a list; write each term under [[terms]]")
        return ()
    terms: dict[str, Term] = {}
    for number, entry in enumerate(entries, start=1):
        term = _term(entry, f"{where}: term {number}", lesson_ids, errors)
        if term is None:
            continue
        if term.anchor in terms:
            errors.append(f"{where}: term {number} {term.term} is there twice; delete one of them")
        terms[term.anchor] = term
    return tuple(terms.values())


def _term(entry: Any, where: str, lesson_ids: Collection[str], errors: list[str]) -> Term | None:
    given = entry if isinstance(entry, dict) else {}
    missing = [
        name for name in _FIELDS if not isinstance(given.get(name), str) or not given[name].strip()
    ]
    if isinstance(given.get("term"), str):
        where = f"{where} {given['term']}".rstrip()
    if missing:
        lines = " ".join(f'{name} = "…"' for name in missing)
        errors.append(f"{where}: {', '.join(missing)} missing or not text; add {lines}")
        return None
    found = len(errors)
    if not _READING.fullmatch(given["reading"]) or not _sound(given["reading"]):
        errors.append(
            f"{where}: reading {given['reading']!r} is not hiragana; write it in hiragana"
        )
    if given["lesson"] not in lesson_ids:
        known = ", ".join(sorted(lesson_ids)) or "none"
        errors.append(
            f"{where}: lesson {given['lesson']} is not in course.toml; name one of: {known}"
        )
    if len(errors) > found:
        return None
    return Term(
        term=given["term"].strip(),
        reading=given["reading"],
        meaning=given["meaning"].strip(),
        lesson_id=given["lesson"],
    )
