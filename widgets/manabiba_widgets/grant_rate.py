"""A grant's rate (補助率) as people and calls for proposals write it."""

from __future__ import annotations

import re
import unicodedata
from fractions import Fraction

_AROUND = re.compile(
    r"(?:(?:補助|助成|負担)率[はが:]?)?(?:(?:総|(?:補助|助成)?対象)?(?:経費|事業費|費用)の)?"
    r"(.*?)(?:以内|以下|まで)?(?:\((?:仮|仮定|予定)\))?。?"
)
"""What calls for proposals write around a rate: 補助対象経費の2/3以内."""

_KANJI = str.maketrans("一二三四五六七八九", "123456789")
_RATIO = re.compile(r"(\d{1,9})/(\d{1,9})")
_OF = re.compile(r"(\d{1,9})分の(\d{1,9})")
_TENTHS = re.compile(r"(\d{1,2})割")
_PERCENT = re.compile(r"(\d{1,9}(?:\.\d{1,9})?)(?:%|パーセント)")
_DECIMAL = re.compile(r"0?\.\d{1,9}|[01](?:\.0{1,9})?")


def read_rate(text: object) -> Fraction | None:
    """A grant's rate as people write it, from 0 to 1; None for what is none.

    定額 (a fixed sum) is 1: only costs and ceiling limit it.

    >>> [str(read_rate(text)) for text in ("2/3", "３分の２", "50%", "5割", "全額", "だいたい")]
    ['2/3', '2/3', '1/2', '1/2', '1', 'None']
    >>> str(read_rate("補助対象経費の2/3以内")), str(read_rate("半額(仮)"))
    ('2/3', '1/2')
    """
    plain = unicodedata.normalize("NFKC", text if isinstance(text, str) else "")
    around = _AROUND.fullmatch("".join(plain.split()))
    plain = around[1].translate(_KANJI) if around else ""
    rate: Fraction | None = None
    if plain in {"全額", "定額"}:
        rate = Fraction(1)
    elif plain in {"半額", "半分"}:
        rate = Fraction(1, 2)
    elif found := _RATIO.fullmatch(plain):
        over, under = int(found[1]), int(found[2])
        rate = Fraction(over, under) if under else None
    elif found := _OF.fullmatch(plain):
        under, over = int(found[1]), int(found[2])
        rate = Fraction(over, under) if under else None
    elif found := _TENTHS.fullmatch(plain):
        rate = Fraction(int(found[1]), 10)
    elif found := _PERCENT.fullmatch(plain):
        rate = Fraction(found[1]) / 100
    elif _DECIMAL.fullmatch(plain):
        rate = Fraction(plain)
    return rate if rate is not None and 0 <= rate <= 1 else None
