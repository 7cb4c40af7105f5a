from dataclasses import replace

from manabiba_subjects import (
    Check,
    Entry,
    Item,
    Line,
    Side,
    cross_checks,
    npo_case,
    statements,
    three_way_checks,
)
from manabiba_subjects.cross_check import suspects
from manabiba_subjects.fixed_assets import FixedAssetRow
from manabiba_subjects.notes import LoanRow, RestrictedNote

BOOKS = npo_case.books()
MADE = statements(BOOKS)


def _failing(*checks: Check) -> list[str]:
    return [check.message for check in checks if not check.agrees]


def test_three_figures_are_compared_and_the_difference_is_said() -> None:
    checks = three_way_checks(
        carried_forward=2_096_948, net_assets=2_596_948, property_net_assets=2_096_948
    )
    assert _failing(*checks) == [
        "活動計算書と貸借対照表: 正味財産合計が500,000円多くなっています"
        "(次期繰越正味財産額 2,096,948円、正味財産合計 2,596,948円)。",
        "貸借対照表と財産目録: 正味財産合計が500,000円多くなっています"
        "(正味財産合計 2,596,948円、財産目録の正味財産 2,096,948円)。",
    ]


def test_the_account_that_was_booked_twice_is_suspected() -> None:
    assert suspects(MADE.balance_sheet, 500_000) == ("未収補助金",)
    assert suspects(MADE.balance_sheet, -62_000) == ("前払費用",)
    assert suspects(MADE.balance_sheet, 1) == suspects(MADE.balance_sheet, 0) == ()


def test_books_that_tie_out_pass_every_check() -> None:
    assert _failing(*cross_checks(BOOKS, MADE)) == []


def test_items_that_do_not_add_up_are_told() -> None:
    made = statements(BOOKS, {"未払金": [Item("水道光熱費", 9_800)]})
    assert _failing(*cross_checks(BOOKS, made)) == [
        "貸借対照表と財産目録: 財産目録の正味財産が28,940円多くなっています"
        "(正味財産合計 2,096,948円、財産目録の正味財産 2,125,888円)。",
        "財産目録の未払金: 貸借対照表が28,940円多くなっています"
        "(貸借対照表 38,740円、財産目録 9,800円)。",
    ]


def test_an_entry_that_moves_last_years_net_assets_is_told() -> None:
    entry = Entry((Line(Side.DEBIT, "現金", 7), Line(Side.CREDIT, "前期繰越正味財産", 7)), "#43")
    books = replace(BOOKS, entries=(*BOOKS.entries, entry))
    assert _failing(*cross_checks(books, statements(books))) == [
        "前期とのつながり: 前期繰越正味財産額が7円多くなっています"
        "(前期繰越正味財産額 2,053,568円、期首の正味財産 2,053,561円)。"
    ]


def test_notes_are_compared_with_the_balance_sheet() -> None:
    checks = cross_checks(
        BOOKS,
        MADE,
        restricted=RestrictedNote((), 2_000_000),
        fixed_assets=[FixedAssetRow("什器備品", 398_000, 240_000, 98_000, 180_000)],
        loans=[LoanRow("長期借入金", 5, 0, 0)],
    )
    assert [check.name for check in checks if not check.agrees] == [
        "固定資産の注記の什器備品",
        "借入金の注記の長期借入金",
        "使途等が制約された寄附金等の注記",
    ]
