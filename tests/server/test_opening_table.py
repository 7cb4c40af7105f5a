from manabiba_server.books.opening_table import find_opening, read_opening
from manabiba_subjects import Side
from manabiba_subjects.own_books import OpeningRow


def test_one_column_of_amounts() -> None:
    table = read_opening([["科目", "期首残高"], ["現金", "２０，０００円"], ["未払金", 3000]])
    assert table.problems == ()
    assert table.rows == (OpeningRow("現金", 20_000), OpeningRow("未払金", 3_000))


def test_two_sides_and_headings_and_totals_between() -> None:
    table = read_opening(
        [
            ["貸借対照表", None, None],
            ["勘定科目", "借方", "貸方"],
            ["資産の部", None, None],
            ["現金", 500, None],
            ["資産合計", 500, None],
            ["未払金", None, 200],
            ["正味財産", 0, 300],
            ["合計", 500, 500],
        ]
    )
    assert table.problems == ()
    assert table.rows == (
        OpeningRow("現金", 500, Side.DEBIT),
        OpeningRow("未払金", 200, Side.CREDIT),
        OpeningRow("正味財産", 300, Side.CREDIT),
    )
    assert [note.row for note in table.notes] == [3, 5, 8]


def test_an_account_in_two_rows_is_added_up_and_told() -> None:
    rows = [["科目", "借方残高", "貸方残高"], ["預金", 500, None], ["預金", None, 800]]
    table = read_opening(rows)
    assert table.rows == (OpeningRow("預金", 300, Side.CREDIT),)
    assert [note.value for note in table.notes] == ["預金"]


def test_problems_are_told_together_and_nothing_is_taken() -> None:
    rows = [["科目", "残高"], ["現金", 500], ["未払金", "不明"], [None, 300]]
    table = read_opening(rows)
    assert table.rows == ()
    assert [(f.row, f.column, f.value) for f in table.problems] == [
        (3, "残高", "不明"),
        (4, "科目", "300"),
    ]


def test_no_header_and_no_balances_are_told() -> None:
    assert "期首残高の見出しが見つかりません" in read_opening([["a"]]).problems[0].message
    assert "残高がありません" in read_opening([["科目", "残高"], ["現金", 0]]).problems[0].message


def test_a_journal_is_not_taken_for_opening_balances() -> None:
    assert not find_opening([["日付", "科目", "借方", "貸方"]])
    assert find_opening([["科目", "借方", "貸方"]])
