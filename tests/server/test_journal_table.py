"""Journals the way people keep them, and what is said about those that cannot be read."""

from datetime import date
from decimal import Decimal

import pytest

from manabiba_server.books.findings import Finding
from manabiba_server.books.fiscal_year import Year
from manabiba_server.books.journal_table import read_journal
from manabiba_subjects import Entry, Line, Side

HEADER = ["日付", "借方科目", "借方金額", "貸方科目", "貸方金額", "摘要", "部門"]
YEAR = Year(date(2025, 4, 1), date(2026, 3, 31))
DEBIT, CREDIT = Side.DEBIT, Side.CREDIT


def simple(amount: int = 500, department: str = "") -> tuple[Line, Line]:
    return Line(DEBIT, "会議費", amount, department), Line(CREDIT, "現金", amount, department)


def told(table) -> list[tuple[int, str, str]]:
    return [(found.row, found.column, found.value) for found in table.problems]


def test_a_plain_journal_becomes_entries_named_by_their_rows() -> None:
    table = read_journal(
        [HEADER, ["2025/4/1", "会議費", "500", "現金", "500", "お茶", "事業A"]], year=YEAR
    )
    assert table.problems == ()
    assert table.entries == (Entry(simple(500, "事業A"), "2行目", date(2025, 4, 1), "お茶"),)
    assert table.adjustments == ()
    assert table.rows == 1


@pytest.mark.parametrize(
    "header",
    [
        ["取引日", "借方勘定科目", "借方金額(円)", "貸方勘定科目", "貸方金額(円)", "摘要", "部門"],
        [
            "日 付",
            "借方　科目",
            "借方金額（税込）",
            "貸方　科目",
            "貸方金額（税込）",
            "適要",
            "事業名",
        ],
        ["年月日", "借方", "金額", "貸方", "金額", "内容", "部門名"],
        ["日付", "科目", "金額", "科目", "金額", "摘要", "部門"],
        ["伝票日付", "借方勘定", "借方額", "貸方勘定", "貸方額", "備考", "プロジェクト"],
    ],
    ids=lambda header: header[0],
)
def test_columns_are_known_by_their_meaning(header: list[str]) -> None:
    row = ["2025/4/1", "会議費", 500, "現金", 500, "お茶", "事業A"]
    table = read_journal([header, row], year=YEAR)
    assert table.problems == ()
    assert table.entries == (Entry(simple(500, "事業A"), "2行目", date(2025, 4, 1), "お茶"),)


def test_the_order_of_the_columns_does_not_matter_and_others_are_named() -> None:
    table = read_journal(
        [
            ["摘要", "貸方金額", "貸方科目", "借方税区分", "借方金額", "借方科目", "日付"],
            ["お茶", 500, "現金", "対象外", 500, "会議費", "2025/4/1"],
        ],
        year=YEAR,
    )
    assert [entry.lines for entry in table.entries] == [simple()]
    assert table.notes == (Finding(1, "使わない列です: 「借方税区分」"),)


def test_a_header_may_stand_lower_in_merged_cells_and_two_rows() -> None:
    rows = [
        ["みなと市民の会 仕訳帳", None, None, None, None, None],
        [None] * 6,
        ["日付", "借方", None, "貸方", None, "摘要"],
        [None, "科目", "金額", "科目", "金額", None],
        ["2025/4/1", "会議費", 500, "現金", 500, "お茶"],
    ]
    table = read_journal(rows, year=YEAR)
    assert table.problems == ()
    assert [entry.name for entry in table.entries] == ["5行目"]
    assert dict(table.columns)["借方科目"] == "借方科目"


def test_one_amount_for_both_sides() -> None:
    rows = [["日付", "借方科目", "貸方科目", "金額"], ["2025/4/1", "会議費", "現金", "５００円"]]
    assert read_journal(rows).entries[0].lines == simple()


def test_one_account_in_a_row_with_two_columns_of_amounts() -> None:
    rows = [
        ["日付", "勘定科目", "借方", "貸方", "摘要"],
        ["2025/4/1", "会議費", 500, None, "お茶"],
        [None, "現金", None, 500, None],
        ["2025/4/2", "会議費", 700, None, "会場"],
        ["2025/4/2", "現金", None, 700, None],
    ]
    table = read_journal(rows, year=YEAR)
    assert [entry.lines for entry in table.entries] == [simple(), simple(700)]
    assert [entry.name for entry in table.entries] == ["2〜3行目", "4〜5行目"]


@pytest.mark.parametrize(
    "day",
    [
        "2025/4/1",
        "2025-04-01",
        "2025年4月1日",
        "２０２５．４．１",
        "令和7年4月1日",
        "R7.4.1",
        "20250401",
        "2025/4/1 0:00",
        "2025/04/01 00:00:00",
        45748,
        "45748",
        Decimal("45748.5"),
        date(2025, 4, 1),
        "4月1日",
        "4/1(火)",
    ],
    ids=str,
)
def test_days_as_text_and_as_serial_numbers(day) -> None:
    table = read_journal([HEADER, [day, "会議費", 500, "現金", 500]], year=YEAR)
    assert table.problems == ()
    assert table.entries[0].on == date(2025, 4, 1)


@pytest.mark.parametrize("day", [None, "", "〃", "同上"])
def test_a_day_that_is_left_out_is_the_one_above(day: str | None) -> None:
    rows = [HEADER, ["2025/4/1", "会議費", 500, "現金", 500], [day, "会議費", 700, "現金", 700]]
    assert [entry.on for entry in read_journal(rows).entries] == [date(2025, 4, 1)] * 2


@pytest.mark.parametrize(
    "amount", ["12000", "１２，０００", "12,000円", "¥12,000", 12000, Decimal("12000.0")]
)
def test_amounts_as_people_write_them(amount) -> None:
    rows = [HEADER, ["2025/4/1", "会議費", amount, "現金", amount]]
    assert read_journal(rows, year=YEAR).entries[0].lines == simple(12000)


def test_an_entry_of_several_rows() -> None:
    rows = [
        HEADER,
        ["2025/6/25", "給料手当", 100_000, "普通預金", 97_000, "給与", ""],
        ["2025/6/25", None, None, "預り金", 3_000, "源泉", ""],
        ["2025/6/26", "会議費", 500, "現金", 500, "", ""],
    ]
    table = read_journal(rows, year=YEAR)
    assert [entry.name for entry in table.entries] == ["2〜3行目", "4行目"]
    assert table.entries[0].lines == (
        Line(DEBIT, "給料手当", 100_000),
        Line(CREDIT, "普通預金", 97_000),
        Line(CREDIT, "預り金", 3_000),
    )
    assert table.entries[0].text == "給与 / 源泉"


def test_several_accounts_through_shokuchi() -> None:
    rows = [
        HEADER,
        ["2025/6/25", "給料手当", 100_000, "諸口", 100_000, "給与"],
        ["2025/6/25", "諸口", 97_000, "普通預金", 97_000, "給与"],
        ["2025/6/25", "諸口", 3_000, "預り金", 3_000, "給与"],
        ["2025/6/25", "会議費", 500, "現金", 500, "お茶"],
    ]
    table = read_journal(rows, year=YEAR)
    assert [entry.name for entry in table.entries] == ["2〜4行目", "5行目"]
    assert table.entries[0].is_balanced
    assert "諸口" not in {line.account for entry in table.entries for line in entry.lines}


def test_slip_numbers_hold_an_entry_together() -> None:
    header = ["伝票No.", *HEADER]
    rows = [
        header,
        [1, "2025/4/1", "会議費", 300, "現金", 300],
        [1, "2025/4/1", "消耗品費", 200, "現金", 200],
        [2, "2025/4/1", "会議費", 500, "現金", 500],
    ]
    assert [len(entry.lines) for entry in read_journal(rows, year=YEAR).entries] == [4, 2]


def test_numbers_that_only_count_the_rows_do_not_tear_an_entry_apart() -> None:
    header = ["番号", *HEADER]
    rows = [
        header,
        [1, "2025/4/1", "給料手当", 1_000, "普通預金", 900],
        [2, "2025/4/1", None, None, "預り金", 100],
    ]
    assert [entry.name for entry in read_journal(rows, year=YEAR).entries] == ["2〜3行目"]


@pytest.mark.parametrize(
    ("title", "value"),
    [("区分", "決算整理"), ("区分", "決算"), ("決算整理仕訳", "1"), ("決算", "○")],
)
def test_closing_adjustments_are_kept_apart(title: str, value: str) -> None:
    rows = [[*HEADER, title], ["2026/3/31", "会議費", 500, "現金", 500, "", "", value]]
    table = read_journal(rows)
    assert (len(table.entries), len(table.adjustments)) == (0, 1)


def test_a_mark_in_another_column_makes_no_adjustment() -> None:
    rows = [[*HEADER, "区分"], ["2026/3/31", "会議費", 500, "現金", 500, "", "", "1"]]
    assert len(read_journal(rows).entries) == 1


@pytest.mark.parametrize(
    "row",
    [
        ["合計", None, 500, None, 500],
        [None, "合　計", 500, None, 500],
        [None, None, 500, None, 500, "4月計"],
        ["小計", None, "500", None, "500"],
        [None, "次月繰越", 500, None, None],
        ["４月分合計", None, 500, None, 500],
        ["累計", None, 500, None, 500],
        ["前期繰越", None, 500, None, 500],
    ],
    ids=lambda row: str(row[0] or row[1] or row[5]),
)
def test_rows_of_totals_are_passed_over_and_told(row: list) -> None:
    table = read_journal([HEADER, ["2025/4/1", "会議費", 500, "現金", 500], row], year=YEAR)
    assert table.problems == ()
    assert len(table.entries) == 1
    assert table.notes == (Finding(3, "合計・繰越の行なので、仕訳としては読みませんでした。"),)


def test_a_total_that_differs_from_what_was_read_is_told() -> None:
    rows = [HEADER, ["2025/4/1", "会議費", 500, "現金", 500], ["合計", "", 800, "", 500]]
    [row, note] = read_journal(rows, year=YEAR).notes
    assert "借方の合計は500円で、この行の800円と合いません" in note.message
    assert (row.doubt, note.doubt, "貸方" in note.message) == (False, True, False)
    unreadable = ["いつか", "会議費", 300, "現金", 300]
    with_problem = read_journal([*rows[:2], unreadable, rows[2]], year=YEAR)
    assert [note.doubt for note in with_problem.notes] == [False]


def test_a_total_may_be_of_the_rows_since_the_last_total() -> None:
    april, may = (
        [f"2025/{month}/1", "会議費", yen, "現金", yen] for month, yen in ((4, 500), (5, 300))
    )
    rows = [HEADER, april, ["合計", "", 500, "", 500], may, ["合計", "", 300, "", 300]]
    assert [note.doubt for note in read_journal(rows, year=YEAR).notes] == [False, False]
    rows.append(["合計", "", 800, "", 800])
    assert [note.doubt for note in read_journal(rows, year=YEAR).notes] == [False] * 3


def test_blank_rows_and_repeated_headers_are_no_entries() -> None:
    entry = ["2025/4/1", "会議費", 500, "現金", 500]
    table = read_journal([HEADER, entry, [None] * 7, ["", " ", "　"], HEADER, entry], year=YEAR)
    assert len(table.entries) == 2
    assert [(note.row, note.message) for note in table.notes] == [
        (5, "見出しの繰り返しなので、読みとばしました。")
    ]


def test_an_entry_whose_sides_differ_is_named_with_the_difference() -> None:
    rows = [
        HEADER,
        ["2025/4/1", "会議費", 8_800, "現金", 880, "会議"],
        ["2025/4/1", "会議費", 500, "現金", 500],
        ["2025/4/2", "会議費", 500, "現金", 700],
    ]
    table = read_journal(rows, year=YEAR)
    assert table.entries == ()
    assert table.problems == (
        Finding(
            2,
            "借方が7,920円多く、左右が合いません。金額を直すか、足りない行を加えてください。",
            "借方金額・貸方金額",
            "借方8,800円、貸方880円",
        ),
        Finding(
            4,
            "貸方が200円多く、左右が合いません。金額を直すか、足りない行を加えてください。",
            "借方金額・貸方金額",
            "借方500円、貸方700円",
        ),
    )


def test_a_missing_row_of_an_entry_is_named_with_its_rows() -> None:
    rows = [
        HEADER,
        ["2025/6/25", "給料手当", 100_000, "普通預金", 90_000],
        ["2025/6/25", None, None, "預り金", 3_000],
    ]
    [found] = read_journal(rows, year=YEAR).problems
    assert found.message.startswith(
        "借方が7,000円多く、左右が合いません(2〜3行目で1つの仕訳として読みました)。"
    )


def test_every_problem_is_told_at_once_and_nothing_is_taken() -> None:
    rows = [
        HEADER,
        ["2025/4/1", "会議費", 500, "現金", 500],
        ["2025/13/1", "会議費", "五百", "現金", 500],
        ["いつか", "会議費", 500, "現金", 500],
        ["25/4/1", "会議費", 500, "現金", 500],
        ["2025/4/2", "会議費", -500, "現金", -500],
        ["2025/4/2", None, 500, "現金", 500],
        ["2025/4/2", "会議費", None, "現金", 500],
        ["2025/4/2", "会議費", "#REF!", "現金", 500],
        ["2025/4/2", "会議費", Decimal("1.5"), "現金", 1],
        ["2024/4/2", "会議費", 500, "現金", 500],
    ]
    table = read_journal(rows, year=YEAR)
    assert (table.entries, table.adjustments) == ((), ())
    assert told(table) == [
        (3, "日付", "2025/13/1"),
        (3, "借方金額", "五百"),
        (4, "日付", "いつか"),
        (5, "日付", "25/4/1"),
        (6, "借方金額", "-500"),
        (6, "貸方金額", "-500"),
        (7, "借方科目", ""),
        (8, "借方金額", ""),
        (9, "借方金額", "#REF!"),
        (10, "借方金額", "1.5"),
        (11, "日付", "2024/4/2"),
    ]
    for found in table.problems:
        assert found.message.endswith(("ください。", "ください(マイナスは「-」か「▲」)。")) or (
            "書" in found.message
        ), found


def test_a_row_beside_a_bad_one_is_still_checked() -> None:
    rows = [
        HEADER,
        ["2025/4/1", "会議費", 8_800, "現金", 880],
        ["2025/4/1", "会議費", "x", "現金", 500],
    ]
    assert [found.row for found in read_journal(rows, year=YEAR).problems] == [2, 3]


def test_no_header_says_which_one_is_wanted() -> None:
    [found] = read_journal([["なにか", "べつの"], ["1", "2"]]).problems
    assert found.row == 0
    assert found.value == "なにか、べつの"
    assert "「日付・借方科目・借方金額・貸方科目・貸方金額」" in found.message


@pytest.mark.parametrize("rows", [[], [[]], [[None, ""], [" "]]], ids=str)
def test_an_empty_table_is_told(rows: list) -> None:
    [found] = read_journal(rows).problems
    assert "何も書かれていません" in found.message


def test_a_header_alone_is_told() -> None:
    [found] = read_journal([HEADER]).problems
    assert "仕訳がありません" in found.message


@pytest.mark.parametrize(
    ("days", "start"),
    [
        (["2025/4/1", "2026/3/31"], date(2025, 4, 1)),
        (["2025/2/1", "2025/12/31"], date(2025, 1, 1)),
        (["2025/7/5", "2026/6/1"], date(2025, 7, 1)),
        (["2025/3/1"], date(2024, 4, 1)),
    ],
)
def test_the_fiscal_year_is_the_one_that_holds_all_days(days: list[str], start: date) -> None:
    rows = [HEADER, *([day, "会議費", 500, "現金", 500] for day in days)]
    table = read_journal(rows)
    assert table.problems == ()
    assert table.year == Year.from_start(start)


def test_days_of_two_years_are_told() -> None:
    days = ["2025/4/1", "2025/5/1", "2026/12/1"]
    rows = [HEADER, *([day, "会議費", 500, "現金", 500] for day in days)]
    [found] = read_journal(rows).problems
    assert (found.row, found.value) == (4, "2026/12/1")
    assert "2025年4月1日から2026年3月31日まで" in found.message
