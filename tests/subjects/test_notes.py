from manabiba_subjects import Books, Entry, Line, Side, standard_accounts
from manabiba_subjects.notes import (
    GrantUse,
    LoanRow,
    RestrictedFund,
    RestrictedNote,
    Valued,
    loan_note,
    value_in_kind,
)


def test_restricted_money_leaves_the_rest_free() -> None:
    food = RestrictedFund("食材", opening=50, increase=500, decrease=320)
    note = RestrictedNote((food, RestrictedFund("車両", 0, 100, 100)), net_assets=1_000)
    assert (food.closing, note.closing, note.unrestricted) == (230, 230, 770)


def test_the_unspent_part_of_a_grant_is_deferred() -> None:
    grant = GrantUse(1_200_000, {"教材": 128_000, "謝金": 50_000, "賃金": 802_000})
    assert (grant.used, grant.unspent) == (980_000, 220_000)
    assert GrantUse(100).unspent == 100


def test_loans_are_told_from_the_ledger() -> None:
    borrow = Entry((Line(Side.DEBIT, "現金", 300), Line(Side.CREDIT, "短期借入金", 300)))
    repay = Entry((Line(Side.DEBIT, "役員借入金", 80), Line(Side.CREDIT, "現金", 80)))
    opening = {"現金": 200, "役員借入金": -200}
    books = Books(standard_accounts(), opening, (borrow, repay))
    rows = loan_note(books)
    assert rows == (LoanRow("短期借入金", 0, 300, 0), LoanRow("役員借入金", 200, 0, 80))
    assert [row.closing for row in rows] == [300, 120]


def test_what_is_received_free_of_charge_is_valued() -> None:
    work = (Valued("前半", 300, 1_162), Valued("後半", 300, 1_225))
    assert [one.yen for one in work] == [348_600, 367_500]
    assert value_in_kind(work) == 716_100
