import json
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from manabiba_widgets.date_text import ERAS, DateTextError, format_date, parse_date

VECTORS = json.loads(Path(__file__).with_name("date_vectors.json").read_text(encoding="utf-8"))


def year_of(vector: dict[str, object]) -> int | date | None:
    year = vector.get("year")
    return date.fromisoformat(year) if isinstance(year, str) else year


@pytest.mark.parametrize("vector", VECTORS, ids=lambda v: v["text"] or "empty")
def test_dates_are_read_as_people_write_them(vector: dict[str, object]) -> None:
    text, year = str(vector["text"]), year_of(vector)
    if vector.get("error"):
        with pytest.raises(DateTextError, match=str(vector["error"])):
            parse_date(text, year=year)
    elif vector.get("empty"):
        assert parse_date(text, year=year) is None
    else:
        assert parse_date(text, year=year) == date.fromisoformat(str(vector["value"]))


@pytest.mark.parametrize(
    ("day", "written"),
    [
        (date(2026, 9, 10), "2026年9月10日(令和8年・木)"),
        (date(2019, 5, 1), "2019年5月1日(令和元年・水)"),
        (date(2019, 4, 30), "2019年4月30日(平成31年・火)"),
        (date(1873, 1, 1), "1873年1月1日(明治6年・水)"),
        (date(1872, 12, 31), "1872年12月31日(火)"),
    ],
)
def test_a_date_is_written_in_both_ways(day: date, written: str) -> None:
    assert format_date(day) == written


@given(st.dates(min_value=date(1000, 1, 1)))
def test_what_is_written_is_read_back(day: date) -> None:
    assert parse_date(format_date(day)) == day
    assert parse_date(day.isoformat()) == day


@given(st.dates(min_value=date(1873, 1, 1), max_value=date(2099, 12, 31)))
def test_the_era_of_a_day_is_read_back(day: date) -> None:
    era, letter, first = next(era for era in ERAS if day >= era[2])
    year = format_date(day).partition("(")[2].partition("年")[0].removeprefix(era)
    assert parse_date(f"{era}{year}年{day.month}月{day.day}日") == day
    assert parse_date(f"{letter}{year}.{day.month}.{day.day}") == day
    assert first <= day


@given(st.text(max_size=50), st.none() | st.integers(1900, 2100) | st.dates())
def test_any_text_is_read_or_refused(text: str, year: int | date | None) -> None:
    try:
        parse_date(text, year=year)
    except DateTextError as error:
        assert str(error)
