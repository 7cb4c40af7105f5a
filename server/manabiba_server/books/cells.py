"""Single cells of somebody's table: text, whole yen, days."""

from __future__ import annotations

import re
import unicodedata
from datetime import date, timedelta
from decimal import Decimal

from manabiba_widgets.date_text import EXAMPLE, DateTextError, parse_date
from manabiba_widgets.number_text import NumberTextError, parse_number

Cell = str | int | Decimal | date | None
"""What a cell of a table may hold; a text file has only texts."""

LARGEST_YEN = 10**13
_SERIAL_DAY_0 = date(1899, 12, 30)  # spreadsheets count days from here (from 1900-03-01 on)
_SERIALS = range(20_000, 80_000)  # the years 1954 to 2119
_DITTO = frozenset({"〃", "″", "々", '"', "''", "同上", "同日"})
_CLOCK = re.compile(r"[ T]\d{1,2}:\d\d(?::\d\d(?:\.\d+)?)?$")


class CellError(ValueError):
    """A cell that cannot be read; the message says what to do, in Japanese."""


def text_of(cell: Cell) -> str:
    """A cell's text as people mean it: one width, single blanks, no guard against formulas.

    >>> text_of(" 普通　預金 "), text_of("'-メモ"), text_of(None)
    ('普通 預金', '-メモ', '')
    """
    if cell is None:
        return ""
    text = unicodedata.normalize("NFC", shown(cell)).replace("\u3000", " ")
    kept = "".join(c for c in text if c in "\t\n\r" or unicodedata.category(c) not in {"Cc", "Cs"})
    line = " ".join(kept.split())
    return line[1:] if re.match(r"'[=+\-@＝＋－＠]", line) else line


def plain(cell: Cell) -> str:
    """A cell's text for comparing: half width, no blanks, no brackets, lower case.

    >>> plain("借方 金額（円）"), plain("Ｎｏ．")
    ('借方金額', 'no')
    """
    text = "".join(unicodedata.normalize("NFKC", text_of(cell)).split()).lower()
    text = re.sub(r"\([^()]*\)|\[[^\[\]]*\]|【[^【】]*】", "", text)
    return re.sub(r"[・./_:\-※*]", "", text)


def yen_of(cell: Cell) -> int | None:
    """Whole yen, None for an empty cell. Raises CellError.

    >>> yen_of("１２，０００円"), yen_of("▲500"), yen_of(Decimal("8800.0")), yen_of(" ")
    (12000, -500, 8800, None)
    """
    if isinstance(cell, date):
        raise CellError("日付が入っています。金額を数字で書いてください。")
    if isinstance(cell, str) or cell is None:
        if cell and cell.startswith("#"):
            raise CellError("Excelのエラー値です。もとの数式を直してください。")
        try:
            value = parse_number(cell or "", unit="円")
        except NumberTextError as error:
            raise CellError(str(error)) from None
    else:
        value = Decimal(cell)
    if value is None:
        return None
    if value != value.to_integral_value():
        raise CellError("1円未満の端数があります。円単位の金額にしてください。")
    if abs(value) > LARGEST_YEN:
        raise CellError("金額が大きすぎます。けた数を確かめてください。")
    return int(value)


def day_of(cell: Cell, *, year: date | None = None) -> date | None:
    """The day in a cell, None for an empty one or one that repeats the day above (〃).

    Texts in 西暦 or 和暦 and the serial numbers of spreadsheets are understood. A day without a
    year is the first one from `year` on, or an error when that is not known. Raises CellError.

    >>> day_of("令和７年４月１日"), day_of(45748), day_of("2025/4/1 0:00")
    (datetime.date(2025, 4, 1), datetime.date(2025, 4, 1), datetime.date(2025, 4, 1))
    """
    if isinstance(cell, date):
        return cell
    text = text_of(cell)
    if not text or text in _DITTO:
        return None
    number = unicodedata.normalize("NFKC", text).partition(".")[0]
    if number.isdecimal() and len(number) == 5:
        if int(number) not in _SERIALS:
            raise CellError(f"日付として読めませんでした。{EXAMPLE}のように書いてください。")
        return _SERIAL_DAY_0 + timedelta(days=int(number))
    try:
        return parse_date(_CLOCK.sub("", unicodedata.normalize("NFKC", text)), year=year)
    except DateTextError as error:
        raise CellError(str(error)) from None


def is_empty(cell: Cell) -> bool:
    """Whether nothing can be seen in a cell."""
    return cell is None or (isinstance(cell, str) and not cell.strip())


def shown(cell: Cell) -> str:
    """A cell as its owner sees it, for messages."""
    if cell is None:
        return ""
    if isinstance(cell, date):
        return f"{cell.year}/{cell.month}/{cell.day}"
    if isinstance(cell, str):
        return cell
    return f"{cell:f}" if isinstance(cell, Decimal) else str(cell)
