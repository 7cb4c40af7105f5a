from manabiba_subjects import npo_case, statements
from manabiba_subjects.work_sheet import Pair, work_sheet

SHEET = work_sheet(npo_case.books())
ROWS = {row.account.name: row for row in SHEET.rows}


def test_a_row_goes_from_the_trial_balance_to_one_statement() -> None:
    rent = ROWS["地代家賃"]
    assert (rent.before, rent.adjustments) == (Pair(782_000, 0), Pair(0, 62_000))
    assert (rent.activities, rent.balance_sheet) == (Pair(720_000, 0), Pair(0, 0))
    unpaid = ROWS["未払金"]
    assert (unpaid.before, unpaid.adjustments) == (Pair(0, 0), Pair(0, 38_740))
    assert (unpaid.activities, unpaid.balance_sheet) == (Pair(0, 0), Pair(0, 38_740))


def test_every_pair_of_columns_agrees_but_for_the_change() -> None:
    made = statements(npo_case.books())
    change = made.activities.change
    assert SHEET.before == Pair(7_201_281, 7_201_281)
    assert SHEET.adjustments.debit == SHEET.adjustments.credit == 1_149_240
    assert SHEET.change == change == 43_387
    assert SHEET.activities.debit + change == SHEET.activities.credit == 5_516_620
    assert SHEET.balance_sheet.debit == SHEET.balance_sheet.credit + change == 2_506_788


def test_each_row_adds_up() -> None:
    for row in SHEET.rows:
        before = row.before.debit - row.before.credit
        moved = row.adjustments.debit - row.adjustments.credit
        after = (
            row.activities.debit
            - row.activities.credit
            + row.balance_sheet.debit
            - row.balance_sheet.credit
        )
        assert before + moved == after, row.account.name
