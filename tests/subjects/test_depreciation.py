from datetime import date
from decimal import Decimal
from fractions import Fraction
from math import ceil

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from manabiba_subjects import OutsideTableError
from manabiba_subjects.depreciation import (
    DepreciationYear,
    depreciation_years,
    fiscal_year_of,
    months_of_use,
    straight_line,
    straight_line_rate,
    straight_line_row,
)

OCTOBER = date(2025, 10, 1)


@pytest.mark.parametrize(
    ("cost", "life", "months", "yen"),
    [
        (300_000, 6, 12, 50_100),
        (240_000, 4, 6, 30_000),
        (240_000, 4, 12, 60_000),
        (240_000, 4, 7, 35_000),
        (240_000, 4, 0, 0),
        (100_001, 6, 5, 6_958),
    ],
)
def test_a_years_depreciation(cost: int, life: int, months: int, yen: int) -> None:
    assert straight_line(cost, life, months=months, acquired=OCTOBER) == yen


def test_an_asset_is_written_down_to_one_yen() -> None:
    laptop = depreciation_years(240_000, 4, OCTOBER)
    assert laptop[0] == DepreciationYear(
        date(2025, 4, 1), date(2026, 3, 31), 6, 30_000, 30_000, 210_000
    )
    assert [year.book_value for year in laptop] == [210_000, 150_000, 90_000, 30_000, 1]
    fridge = depreciation_years(300_000, 6, date(2023, 4, 1))
    assert [year.depreciation for year in fridge] == [50_100] * 5 + [49_499]


@settings(deadline=None)  # a law, not the speed of a busy machine
@given(
    st.integers(min_value=1, max_value=10**9),
    st.integers(min_value=2, max_value=50),
    st.dates(date(2007, 4, 1), date(2027, 3, 31)),
    st.integers(min_value=1, max_value=12),
)
def test_all_years_add_up_to_the_cost_less_one_yen(
    cost: int, life: int, start: date, closing_month: int
) -> None:
    years = depreciation_years(cost, life, start, closing_month=closing_month)
    assert sum(year.depreciation for year in years) == cost - 1
    assert all(year.depreciation > 0 for year in years)
    assert [year.start for year in years[1:]] == [
        date.fromordinal(year.end.toordinal() + 1) for year in years[:-1]
    ]
    if years:
        assert years[0].start <= start <= years[0].end
        assert years[-1].book_value == 1


@given(st.integers(min_value=2, max_value=50))
def test_a_rate_is_one_by_the_life_rounded_up_to_three_places(life: int) -> None:
    assert straight_line_rate(life, OCTOBER) == Decimal(ceil(Fraction(1000, life))) / 1000


@pytest.mark.parametrize(
    ("start", "months"),
    [
        (date(2025, 4, 1), 12),
        (date(2025, 4, 30), 12),
        (date(2025, 10, 1), 6),
        (date(2025, 10, 31), 6),
        (date(2026, 3, 31), 1),
        (date(2026, 4, 1), 0),
        (date(2027, 1, 1), 0),
    ],
)
def test_the_month_in_which_use_starts_counts(start: date, months: int) -> None:
    assert months_of_use(start, date(2026, 3, 31)) == months


@pytest.mark.parametrize(
    ("on", "closing_month", "year"),
    [
        (date(2026, 3, 31), 3, (date(2025, 4, 1), date(2026, 3, 31))),
        (date(2026, 4, 1), 3, (date(2026, 4, 1), date(2027, 3, 31))),
        (date(2025, 1, 1), 12, (date(2025, 1, 1), date(2025, 12, 31))),
        (date(2024, 2, 29), 2, (date(2023, 3, 1), date(2024, 2, 29))),
    ],
)
def test_the_fiscal_year_of_a_day(on: date, closing_month: int, year: tuple[date, date]) -> None:
    assert fiscal_year_of(on, closing_month) == year


def test_what_the_table_does_not_have_is_told() -> None:
    with pytest.raises(OutsideTableError, match=r"2年から50年までです\(51年はありません\)"):
        straight_line_rate(51, OCTOBER)
    with pytest.raises(OutsideTableError, match="2007年4月1日から"):
        straight_line(100_000, 4, acquired=date(2007, 3, 31))
    with pytest.raises(ValueError, match="使用月数が13か月です"):
        straight_line(100_000, 4, months=13, acquired=OCTOBER)
    assert "別表第八" in straight_line_row(OCTOBER).source
