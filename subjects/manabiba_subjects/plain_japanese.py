"""How hard a notice is to read: lengths, kanji, hard words, double negatives (やさしい日本語).

Hints for the one who writes, with a short word list of our own making; never a verdict.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

_BLANK = re.compile("[\t-\r \u00a0\u3000]+")
_END = re.compile("[。！？!?\n\r]+")
_KANJI = "[々〇\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]"


@dataclass(frozen=True)
class Reading:
    """What can be counted in a text; blanks and line breaks are never counted.

    `longest` is its longest sentence (the first of several), without its full stop. `kanji` is
    their share in whole per cent. `hard` has each word of the list once, with an easier one.
    """

    length: int
    sentences: int
    longest: str
    kanji: int
    hard: tuple[tuple[str, str], ...]
    compounds: tuple[str, ...]
    double_negatives: tuple[str, ...]


@cache
def rules() -> dict[str, Any]:
    """The word list and what else is looked for, as `plain_japanese.toml` has it."""
    text = files(__package__).joinpath("plain_japanese.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


def measure(text: str) -> Reading:
    """What makes a text hard to read, counted.

    >>> found = measure("ご持参ください。\\n参加しないわけではない。")
    >>> found.longest, found.hard, found.double_negatives
    ('参加しないわけではない', (('ご持参', '持ってきてください'),), ('ないわけではない',))
    """
    plain = _BLANK.sub("", text)
    sentences = [found for one in _END.split(text) if (found := _BLANK.sub("", one))]
    kanji = len(re.findall(_KANJI, plain))
    most = rules()["longest_compound"]
    words: dict[str, str] = rules()["words"]
    return Reading(
        length=len(plain),
        sentences=len(sentences),
        longest=max(sentences, key=len, default=""),
        kanji=(200 * kanji + len(plain)) // (2 * len(plain)) if plain else 0,
        hard=tuple((word, words[word]) for word in _each(_any_word(), plain)),
        compounds=_each(re.compile(f"{_KANJI}{{{most + 1},}}"), plain),
        double_negatives=_each(re.compile("|".join(rules()["double_negatives"])), plain),
    )


@cache
def _any_word() -> re.Pattern[str]:
    """The words of the list, a longer one before one that it begins with."""
    return re.compile("|".join(map(re.escape, sorted(rules()["words"], key=len, reverse=True))))


def _each(pattern: re.Pattern[str], text: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(match[0] for match in pattern.finditer(text)))
