"""Depreciation by the straight-line method (定額法), year by year."""

from __future__ import annotations

import calendar
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from .dated_table import DatedRow, OutsideTableError, dated_tables


@dataclass(frozen=True)
class DepreciationYear:
    """One fiscal year of an asset: months of use, depreciation and closing book value in yen."""

    start: date
    end: date
    months: int
    depreciation: int
    accumulated: int
    book_value: int


def straight_line(cost: int, life: int, *, months: int = 12, acquired: date) -> int:
    """A year's depreciation in yen: cost × rate × months / 12, below one yen cut off.

    `life` is 耐用年数 in years. Raises ValueError for months outside 0 to 12, OutsideTableError
    for a life or a day of acquisition that the table of rates does not have.

    >>> straight_line(240_000, 4, months=6, acquired=date(2025, 10, 1))
    30000
    """
    if not 0 <= months <= 12:
        raise ValueError(f"使用月数が{months}か月です。0から12の間にしてください。")
    return int(cost * straight_line_rate(life, acquired) * months / 12)


def straight_line_rate(life: int, acquired: date) -> Decimal:
    """The rate (償却率) for a useful life in years. Raises OutsideTableError without one.

    >>> straight_line_rate(6, date(2023, 4, 1))
    Decimal('0.167')
    """
    row = straight_line_row(acquired)
    if str(life) not in row.values:
        years = [int(key) for key in row.values if key.isdecimal()]
        raise OutsideTableError(
            f"「定額法の償却率」の表の耐用年数は{min(years)}年から{max(years)}年までです"
            f"({life}年はありません)。"
        )
    return row[str(life)]


def straight_line_row(acquired: date) -> DatedRow:
    """The row of the table of rates for a day of acquisition, with its source and status."""
    return dated_tables("depreciation_rates.toml")["straight_line"].at(acquired)


def months_of_use(start: date, end: date) -> int:
    """Months from the one in which use starts to the one of `end`, both counted; 0 if later.

    >>> months_of_use(date(2025, 10, 1), date(2026, 3, 31))
    6
    """
    return max((end.year - start.year) * 12 + end.month - start.month + 1, 0)


def depreciation_years(
    cost: int, life: int, in_use_from: date, *, closing_month: int = 3
) -> tuple[DepreciationYear, ...]:
    """All fiscal years of an asset until 1 yen (備忘価額) is left.

    `closing_month` is the last month of the fiscal year. Raises OutsideTableError like
    `straight_line`.

    >>> [year.depreciation for year in depreciation_years(240_000, 4, date(2025, 10, 1))]
    [30000, 60000, 60000, 60000, 29999]
    """
    return tuple(_years(cost, life, in_use_from, closing_month))


def fiscal_year_of(on: date, closing_month: int = 3) -> tuple[date, date]:
    """The first and the last day of the fiscal year that a day belongs to.

    >>> fiscal_year_of(date(2025, 10, 1))
    (datetime.date(2025, 4, 1), datetime.date(2026, 3, 31))
    """
    year = on.year if on.month <= closing_month else on.year + 1
    end = date(year, closing_month, calendar.monthrange(year, closing_month)[1])
    before = year - 1
    day = calendar.monthrange(before, closing_month)[1]
    return date(before, closing_month, day) + timedelta(days=1), end


def _years(
    cost: int, life: int, in_use_from: date, closing_month: int
) -> Iterator[DepreciationYear]:
    last = int(straight_line_row(in_use_from)["memorandum"])
    start, end = fiscal_year_of(in_use_from, closing_month)
    months = months_of_use(in_use_from, end)
    book_value = cost
    while book_value > last:
        amount = straight_line(cost, life, months=months, acquired=in_use_from)
        amount = min(max(amount, 1), book_value - last)
        book_value -= amount
        yield DepreciationYear(start, end, months, amount, cost - book_value, book_value)
        start, end = fiscal_year_of(end + timedelta(days=1), closing_month)
        months = 12
