"""A list of members: names and telephone numbers made alike, and who is in it twice (名寄せ)."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

_BLANK = re.compile(r"\s+")
_NOT_DIGIT = re.compile(r"[^0-9]+")
_COUNTRY = re.compile(r"\A\+81[\s(-]*0?\)?")
_WITHOUT_ZERO = re.compile(r"[1-9][0-9]{8}|[5789]0[0-9]{8}")

VARIANTS = str.maketrans("髙﨑邊邉澤濵齋", "高崎辺辺沢浜斎")
"""Characters of names that are often typed one for the other; a short list of our own."""


@dataclass(frozen=True)
class Member:
    """A row of a list as it was typed."""

    id: str
    name: str
    phone: str


def normal_name(name: str) -> str:
    """A name to be compared: half width, no blanks, usual characters. Not to be written back.

    >>> normal_name("髙橋　ﾊﾅｺ") == normal_name("高橋 ハナコ")
    True
    """
    return _BLANK.sub("", unicodedata.normalize("NFKC", name)).translate(VARIANTS).casefold()


def has_lost_zero(phone: str) -> bool:
    """Whether a number looks like one whose first 0 a spreadsheet has dropped.

    Nine digits (045-… without its 0), or ten that begin as 90, 80, 70 or 50 do.

    >>> has_lost_zero("9012345678"), has_lost_zero("090-1234-5678")
    (True, False)
    """
    plain = unicodedata.normalize("NFKC", phone).strip()
    return not plain.startswith("+") and bool(_WITHOUT_ZERO.fullmatch(_NOT_DIGIT.sub("", plain)))


def normal_phone(phone: str) -> str:
    """A telephone number to be compared: digits alone, with the 0 (or foreign +) it begins with.

    >>> normal_phone("０９０−１２３４−５６７８") == normal_phone("9012345678") == "09012345678"
    True
    """
    plain = _COUNTRY.sub("0", unicodedata.normalize("NFKC", phone).strip())
    digits = _NOT_DIGIT.sub("", plain)
    if digits and plain.startswith("+"):  # of another country
        return f"+{digits}"
    return f"0{digits}" if has_lost_zero(plain) else digits


def duplicate_groups(members: Iterable[Member]) -> tuple[tuple[str, ...], ...]:
    """The ids of members who are in the list more than once, by name and telephone number.

    One without a name or a number is like nobody: the same name alone may be another person, the
    same number alone a family.

    >>> duplicate_groups([Member("1", "森 花", "045-123-4567"), Member("2", "森花", "451234567")])
    (('1', '2'),)
    """
    found: dict[tuple[str, str], list[str]] = {}
    for member in members:
        name, phone = normal_name(member.name), normal_phone(member.phone)
        if name and phone:
            found.setdefault((name, phone), []).append(member.id)
    return tuple(tuple(ids) for ids in found.values() if len(ids) > 1)
