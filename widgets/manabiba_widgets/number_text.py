"""Numbers as people in Japan write them."""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal

_MINUS = "-−‐‑–—ー▲△"
_NUMBER = re.compile(r"(\d{1,3}(?:,\d{3})+|\d+)(\.\d+)?", re.ASCII)


class NumberTextError(ValueError):
    """The text is not a number; the message tells the participant what to write."""


def parse_number(text: str, *, unit: str = "") -> Decimal | None:
    """The number in a text, None when the text is empty.

    Full-width digits, separators, ￥ and 円 (or the field's own unit), ▲ △ − and brackets for
    minus are understood. Raises NumberTextError otherwise.

    >>> parse_number("▲１，２３４円")
    Decimal('-1234')
    >>> parse_number("(500)")
    Decimal('-500')
    >>> parse_number(" ") is None
    True
    """
    plain = unicodedata.normalize("NFKC", text)
    plain = re.sub(r"\s", "", plain).replace("、", ",")
    if not plain:
        return None
    if len(plain) > 40:
        raise NumberTextError("数字が長すぎます。もう一度確かめてください。")
    negative = False
    if plain.startswith("(") and plain.endswith(")"):
        negative, plain = True, plain[1:-1]
    plain, signs = _strip_signs(plain)
    for suffix in (unicodedata.normalize("NFKC", unit), "円"):
        if suffix and plain.endswith(suffix):
            plain = plain[: -len(suffix)]
            break
    match = _NUMBER.fullmatch(plain)
    if signs > 1 or (signs and negative) or match is None:
        if re.search(r"[万千百億]", plain):
            raise NumberTextError("「5万」ではなく「50,000」のように、数字だけで書いてください。")
        raise NumberTextError(
            "数字として読めませんでした。「12,345」のように書いてください(マイナスは「-」か「▲」)。"
        )
    value = Decimal(plain.replace(",", ""))
    return -value if (negative or signs) and value else value


def _strip_signs(text: str) -> tuple[str, int]:
    """The text without leading minus and yen signs, and the number of minus signs."""
    signs = 0
    while text and text[0] in _MINUS + "+¥\\":
        signs += text[0] in _MINUS
        text = text[1:]
    return text, signs


def format_number(value: Decimal | int, *, unit: str = "") -> str:
    """A number with separators, ▲ for minus, and its unit.

    >>> format_number(Decimal("-1234.50"), unit="円")
    '▲1,234.5円'
    """
    number = Decimal(value)
    text = f"{abs(number):,f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    sign = "▲" if number < 0 else ""
    return f"{sign}{text}{unit}"
