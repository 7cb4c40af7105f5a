from datetime import date

import pytest

from manabiba_subjects import Entry, Line, Side
from manabiba_subjects.closing import (
    accrue_expense,
    accrue_revenue,
    defer_revenue,
    depreciate,
    prepay,
    receive_in_kind,
    reverse,
    take_stock,
)
from manabiba_subjects.fixed_assets import FixedAsset

LAPTOP = FixedAsset("パソコン", "什器備品", 240_000, date(2025, 10, 1), 4, "管理")
END = date(2026, 3, 31)


def _told(entry: Entry | None) -> list[tuple[str, str, int, str]]:
    assert entry is not None
    entry.check()
    return [(line.side.value, line.account, line.amount, line.department) for line in entry.lines]


@pytest.mark.parametrize(
    ("entry", "debit", "credit"),
    [
        (prepay("地代家賃", 5, department="共通"), ("前払費用", ""), ("地代家賃", "共通")),
        (accrue_expense("水道光熱費", 5, department="A"), ("水道光熱費", "A"), ("未払金", "")),
        (
            accrue_expense("支払利息", 5, liability="未払費用"),
            ("支払利息", ""),
            ("未払費用", ""),
        ),
        (
            defer_revenue("受取民間助成金", 5, liability="前受助成金"),
            ("受取民間助成金", ""),
            ("前受助成金", ""),
        ),
        (accrue_revenue("事業収益", 5), ("未収金", ""), ("事業収益", "")),
        (take_stock("消耗品費", 5, department="管理"), ("貯蔵品", ""), ("消耗品費", "管理")),
        (
            receive_in_kind(5, department="B"),
            ("施設等評価費用", "B"),
            ("施設等受入評価益", ""),
        ),
    ],
)
def test_each_adjustment_has_its_sides(
    entry: Entry, debit: tuple[str, str], credit: tuple[str, str]
) -> None:
    assert _told(entry) == [("借方", debit[0], 5, debit[1]), ("貸方", credit[0], 5, credit[1])]


def test_depreciation_is_written_off_the_asset_or_to_a_contra_account() -> None:
    assert _told(depreciate(LAPTOP, END)) == [
        ("借方", "減価償却費", 30_000, "管理"),
        ("貸方", "什器備品", 30_000, ""),
    ]
    contra = depreciate(LAPTOP, END, contra="減価償却累計額")
    assert _told(contra)[1] == ("貸方", "減価償却累計額", 30_000, "")
    assert depreciate(LAPTOP, date(2025, 3, 31)) is None


def test_a_reversal_undoes_the_adjustment_and_starts_with_the_debit() -> None:
    adjustment = prepay("地代家賃", 62_000, department="共通")
    back = reverse(adjustment, on=date(2026, 4, 1), name="#1")
    assert back == Entry(
        (
            Line(Side.DEBIT, "地代家賃", 62_000, "共通"),
            Line(Side.CREDIT, "前払費用", 62_000),
        ),
        "#1",
        date(2026, 4, 1),
    )
