from dataclasses import replace
from datetime import date

from manabiba_subjects import LedgerRow, general_ledger, npo_case

LEDGERS = general_ledger(npo_case.books())


def test_a_ledger_row_has_counter_account_and_running_balance() -> None:
    cash = LEDGERS["現金"]
    assert (cash.opening, cash.closing) == (45_000, 128_200)
    assert cash.rows[0] == LedgerRow(
        entry="#8",
        on=date(2025, 5, 20),
        text="小口の支払用に普通預金から現金を引き出した",
        counter="普通預金",
        department="",
        debit=100_000,
        credit=0,
        balance=145_000,
    )
    assert [row.balance for row in cash.rows] == [
        145_000, 136_200, 352_200, 152_200, 128_200,
    ]  # fmt: skip


def test_several_accounts_on_the_other_side_are_shokuchi() -> None:
    honorarium = LEDGERS["諸謝金"].rows[0]
    assert (honorarium.counter, honorarium.department) == ("諸口", "A")
    assert [row.counter for row in LEDGERS["預り金"].rows if row.entry == "#16"] == ["諸謝金"]


def test_cash_below_zero_is_found() -> None:
    assert LEDGERS["現金"].first_below_zero is None
    late = replace(npo_case.books(), opening={})
    short = general_ledger(late)["普通預金"].first_below_zero
    assert short is not None
    assert (short.entry, short.balance) == ("#3", -11_200)


def test_a_liability_grows_on_the_right() -> None:
    loan = LEDGERS["役員借入金"]
    assert (loan.opening, loan.rows[0].debit, loan.closing) == (200_000, 100_000, 100_000)


def test_ledgers_stand_in_the_order_of_the_chart_and_none_is_unused() -> None:
    names = [account.name for account in npo_case.accounts()]
    assert list(LEDGERS) == names
    before = general_ledger(npo_case.books(), is_adjusted=False)
    assert [name for name in names if name not in before] == [
        "未収補助金", "貯蔵品", "前受助成金", "施設等受入評価益", "減価償却費", "施設等評価費用",
    ]  # fmt: skip
