"""Working time as people in Japan write it: 8:00, 90分, 1時間30分."""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal

_CLOCK = re.compile(r"(\d{1,2}):(\d{1,2})", re.ASCII)
_WORDS = re.compile(
    r"(\d{1,3}(?:\.\d{1,4})?)(?:時間?|H)(?:(\d{1,4})(?:分|M(?:IN)?)?|(半))?", re.ASCII
)
_MINUTES = re.compile(r"(\d{1,4})(?:分|M(?:IN)?)?", re.ASCII)
_DECIMAL = re.compile(r"\d{1,3}\.\d{1,4}", re.ASCII)
EXAMPLE = "「1:30」「1時間30分」「90分」"
MOST = 48 * 60


class DurationTextError(ValueError):
    """The text is not a working time; the message tells the participant what to write."""


def parse_duration(text: str) -> int | None:
    """The minutes in a text, None when the text is empty.

    A number alone is minutes. Full-width digits are understood. Raises DurationTextError otherwise.

    >>> parse_duration("８：００")
    480
    >>> parse_duration("1時間30分")
    90
    >>> parse_duration("90")
    90
    """
    plain = re.sub(r"\s", "", unicodedata.normalize("NFKC", text)).upper()
    if not plain:
        return None
    if len(plain) > 20:
        raise DurationTextError("文字が長すぎます。時間だけを書いてください。")
    if match := _CLOCK.fullmatch(plain):
        if len(match[2]) == 1:
            raise DurationTextError(
                f"分は「{match[1]}:0{match[2]}」のように2けたで書いてください。"
            )
        return _within(Decimal(match[1]), _part_of_hour(match[2]))
    if match := _WORDS.fullmatch(plain):
        rest = 30 if match[3] else _part_of_hour(match[2] or "0")
        if rest and "." in match[1]:
            raise DurationTextError("「1.5時間」か「1時間30分」のどちらかで書いてください。")
        return _within(Decimal(match[1]), rest)
    if match := _MINUTES.fullmatch(plain):
        return _within(Decimal(0), int(match[1]))
    if _DECIMAL.fullmatch(plain):
        raise DurationTextError(f"時間なら「{plain}時間」、分なら「90分」のように書いてください。")
    raise DurationTextError(f"時間として読めませんでした。{EXAMPLE}のように書いてください。")


def _part_of_hour(digits: str) -> int:
    minutes = int(digits)
    if minutes > 59:
        raise DurationTextError("時間といっしょに書く分は、59分までです。")
    return minutes


def _within(hours: Decimal, minutes: int) -> int:
    total = hours * 60 + minutes
    if total != int(total):
        raise DurationTextError("1分に満たない端数があります。分まで書いてください。")
    if total > MOST:
        raise DurationTextError("時間が長すぎるようです。もう一度確かめてください。")
    return int(total)


def format_duration(minutes: int) -> str:
    """Minutes in words.

    >>> format_duration(510), format_duration(480), format_duration(45)
    ('8時間30分', '8時間', '45分')
    """
    hours, rest = divmod(minutes, 60)
    return f"{hours}時間{rest}分" if hours and rest else f"{hours}時間" if hours else f"{rest}分"
