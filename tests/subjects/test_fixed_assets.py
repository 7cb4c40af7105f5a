from datetime import date

import pytest

from manabiba_subjects.fixed_assets import FixedAsset, FixedAssetRow, fixed_asset_note

START, END = date(2025, 4, 1), date(2026, 3, 31)
FRIDGE = FixedAsset("冷蔵庫", "什器備品", 300_000, date(2023, 4, 1), 6, "B")
LAPTOP = FixedAsset("パソコン", "什器備品", 240_000, date(2025, 10, 1), 4)
DEPOSIT = FixedAsset("敷金", "敷金", 120_000, date(2020, 1, 1), None)


def test_a_year_is_depreciated_and_the_book_value_falls() -> None:
    year = FRIDGE.year(END)
    assert year is not None
    assert (year.depreciation, year.book_value) == (50_100, 149_700)
    assert FRIDGE.book_value(date(2025, 3, 31)) == 199_800
    assert FRIDGE.accumulated(END) == 150_300


def test_what_is_not_depreciated_keeps_its_cost() -> None:
    assert DEPOSIT.year(END) is None
    assert (DEPOSIT.book_value(END), DEPOSIT.accumulated(END)) == (120_000, 0)


def test_before_its_use_and_after_its_last_year_there_is_no_depreciation() -> None:
    assert LAPTOP.year(date(2025, 3, 31)) is None
    assert LAPTOP.book_value(date(2025, 3, 31)) == 0
    assert LAPTOP.year(date(2031, 3, 31)) is None
    assert LAPTOP.book_value(date(2031, 3, 31)) == 1


def test_an_asset_disposed_of_is_gone() -> None:
    gone = FixedAsset("棚", "什器備品", 100_000, date(2024, 4, 1), 5, disposed_on=date(2025, 9, 30))
    assert gone.year(END) is None
    assert (gone.book_value(date(2025, 3, 31)), gone.book_value(END)) == (80_000, 0)
    assert fixed_asset_note([gone], start=START, end=END) == (
        FixedAssetRow("什器備品", 100_000, 0, 100_000, 0),
    )
    assert fixed_asset_note([gone], start=date(2026, 4, 1), end=date(2027, 3, 31)) == ()


def test_the_note_adds_up_by_account() -> None:
    later = FixedAsset("机", "什器備品", 50_000, date(2026, 4, 1), 8)
    rows = fixed_asset_note([FRIDGE, LAPTOP, DEPOSIT, later], start=START, end=END)
    assert rows == (
        FixedAssetRow("什器備品", 300_000, 240_000, 0, 180_300),
        FixedAssetRow("敷金", 120_000, 0, 0, 0),
    )
    assert [(row.closing_cost, row.book_value) for row in rows] == [
        (540_000, 359_700),
        (120_000, 120_000),
    ]


def test_bought_and_disposed_of_in_one_year() -> None:
    short = FixedAsset("電話", "什器備品", 9_000, date(2025, 5, 1), 6, disposed_on=date(2026, 1, 5))
    (row,) = fixed_asset_note([short], start=START, end=END)
    assert (row.opening_cost, row.acquired, row.disposed, row.closing_cost) == (0, 9_000, 9_000, 0)


@pytest.mark.parametrize(
    ("in_use_from", "disposed_on", "figures"),
    [
        (date(2025, 3, 31), None, (100, 0, 0)),
        (START, None, (0, 100, 0)),
        (END, None, (0, 100, 0)),
        (date(2020, 1, 1), START, (100, 0, 100)),
        (date(2020, 1, 1), END, (100, 0, 100)),
        (date(2020, 1, 1), date(2026, 4, 1), (100, 0, 0)),
    ],
)
def test_first_and_last_day_belong_to_the_year(
    in_use_from: date, disposed_on: date | None, figures: tuple[int, int, int]
) -> None:
    land = FixedAsset("土地", "土地", 100, in_use_from, None, disposed_on=disposed_on)
    (row,) = fixed_asset_note([land], start=START, end=END)
    assert (row.opening_cost, row.acquired, row.disposed) == figures
    assert row.book_value == land.book_value(END)


def test_what_went_the_day_before_is_not_of_the_year() -> None:
    land = FixedAsset("土地", "土地", 100, START, None, disposed_on=date(2026, 3, 31))
    assert fixed_asset_note([land], start=date(2026, 4, 1), end=date(2027, 3, 31)) == ()
