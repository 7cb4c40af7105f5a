"""Dates as people in Japan write them: 西暦 and 和暦."""

from __future__ import annotations

import re
import unicodedata
from calendar import monthrange
from datetime import date

ERAS = (
    ("令和", "R", date(2019, 5, 1)),
    ("平成", "H", date(1989, 1, 8)),
    ("昭和", "S", date(1926, 12, 25)),
    ("大正", "T", date(1912, 7, 30)),
    ("明治", "M", date(1873, 1, 1)),
)
"""Name, letter, and first day. 明治 is read from its 6th year: until then months were lunar."""

_MEIJI_YEAR_0 = 1867
_DAYS = "月火水木金土日"
_YEAR = r"(?:(\d{4})|(令和|平成|昭和|大正|明治|令|平|昭|大|明|[RHSTM])(\d{1,2}|元))"
_WITH_YEAR = re.compile(
    rf"{_YEAR}(?:年(\d{{1,2}})月(\d{{1,2}})日?|-(\d{{1,2}})-(\d{{1,2}}))", re.ASCII
)
_COMPACT = re.compile(r"(\d{4})(\d\d)(\d\d)", re.ASCII)
_WITHOUT_YEAR = re.compile(r"(\d{1,2})(?:月(\d{1,2})日?|-(\d{1,2}))", re.ASCII)
_SHORT_YEAR = re.compile(r"\d{1,2}(?:年\d{1,2}月\d{1,2}日?|-\d{1,2}-\d{1,2})", re.ASCII)
_REMARK = re.compile(r"\((?:[^()]*)\)$|[月火水木金土日]曜日?$")
_SEPARATORS = re.compile(r"[/.−‐‑–—ー]")
EXAMPLE = "「2025年4月1日」「2025/4/1」「令和7年4月1日」"


class DateTextError(ValueError):
    """The text is not a date; the message tells the participant what to write."""


def parse_date(text: str, *, year: int | date | None = None) -> date | None:
    """The date in a text, None when the text is empty.

    A date without a year is taken in `year`, or, where `year` is a date, as the first such day
    from then on. A weekday or a remark in brackets behind the date is ignored. Raises
    DateTextError otherwise.

    >>> parse_date("令和８年９月１０日")
    datetime.date(2026, 9, 10)
    >>> parse_date("1/20", year=date(2026, 8, 20))
    datetime.date(2027, 1, 20)
    """
    plain = re.sub(r"\s", "", unicodedata.normalize("NFKC", text)).upper()
    if not plain:
        return None
    if len(plain) > 40:
        raise DateTextError("文字が長すぎます。日付だけを書いてください。")
    plain = _SEPARATORS.sub("-", _REMARK.sub("", plain))
    if match := _COMPACT.fullmatch(plain):
        return _date(int(match[1]), int(match[2]), int(match[3]))
    if match := _WITH_YEAR.fullmatch(plain):
        month, day = int(match[4] or match[6]), int(match[5] or match[7])
        if match[1]:
            return _date(int(match[1]), month, day)
        return _in_era(match[2], match[3], month, day)
    if match := _WITHOUT_YEAR.fullmatch(plain):
        return _in_assumed_year(int(match[1]), int(match[2] or match[3]), year)
    if _SHORT_YEAR.fullmatch(plain):
        raise DateTextError("年は「2026年」か「令和8年」のように書いてください。")
    raise DateTextError(f"日付として読めませんでした。{EXAMPLE}のように書いてください。")


def _date(year: int, month: int, day: int) -> date:
    if year < 1000:
        raise DateTextError("年を確かめてください。西暦は4けたで書きます。")
    if not 1 <= month <= 12:
        raise DateTextError(f"{month}月という月はありません。1月から12月までで書いてください。")
    last = monthrange(year, month)[1]
    if not 1 <= day <= last:
        raise DateTextError(
            f"{month}月{day}日という日はありません。{year}年{month}月は{last}日までです。"
        )
    return date(year, month, day)


def _in_era(name: str, number: str, month: int, day: int) -> date:
    place = next(i for i, era in enumerate(ERAS) if name == era[1] or era[0].startswith(name))
    era, _, first = ERAS[place]
    count = 1 if number == "元" else int(number)
    if count == 0:
        raise DateTextError(f"{era}0年という年はありません。最初の年は{era}元年です。")
    found = _date(_year_0(era, first) + count, month, day)
    if found < first:
        begins = f"{era}{_number(era, first)}年{first.month}月{first.day}日"
        raise DateTextError(
            f"{begins}より前は、西暦で書いてください。"
            if era == "明治"
            else f"{era}は{begins.removeprefix(era)}からです。その前は{ERAS[place + 1][0]}です。"
        )
    if place and found >= ERAS[place - 1][2]:
        later, _, begins_on = ERAS[place - 1]
        raise DateTextError(
            f"{begins_on.year}年{begins_on.month}月{begins_on.day}日からは{later}です。"
            f"{later}か西暦で書いてください。"
        )
    return found


def _in_assumed_year(month: int, day: int, year: int | date | None) -> date:
    if year is None:
        raise DateTextError(f"年も書いてください。{EXAMPLE}のように書きます。")
    if isinstance(year, int):
        return _date(year, month, day)
    later = (month, day) < (year.month, year.day)
    return _date(year.year + later, month, day)


def _year_0(era: str, first: date) -> int:
    return _MEIJI_YEAR_0 if era == "明治" else first.year - 1


def _number(era: str, day: date) -> str:
    first = next(begins for name, _, begins in ERAS if name == era)
    number = day.year - _year_0(era, first)
    return "元" if number == 1 else str(number)


def format_date(day: date) -> str:
    """A date in 西暦, with the year in 和暦 and the weekday.

    >>> format_date(date(2026, 9, 10))
    '2026年9月10日(令和8年・木)'
    """
    era = next((name for name, _, first in ERAS if day >= first), None)
    remark = [f"{era}{_number(era, day)}年"] if era else []
    remark.append(_DAYS[day.weekday()])
    return f"{day.year}年{day.month}月{day.day}日({'・'.join(remark)})"
