import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

import manabiba_subjects
from manabiba_subjects import AccountType, Entry, Line, Side, balance, npo_case, post

YEAR = npo_case.entries()
ADJUSTMENTS = npo_case.entries(kind="決算整理")
ALL = npo_case.entries(kind=None)


def _at_end(name: str, entries: tuple[Entry, ...] = ALL) -> int:
    """The balance of an account after some entries, in yen."""
    return balance(npo_case.account(name), post(npo_case.opening_balances(), entries))


def _moved(name: str, side: Side, entries: tuple[Entry, ...]) -> int:
    """The total written on one side of an account, in yen."""
    lines = [line for entry in entries for line in entry.lines]
    return sum(line.amount for line in lines if (line.account, line.side) == (name, side))


@pytest.mark.parametrize("number", [found.number for found in npo_case.transactions()])
def test_every_transaction_balances_and_names_accounts_of_the_chart(number: int) -> None:
    entry = npo_case.transaction(number).entry
    entry.check()
    assert {line.account for line in entry.lines} <= {a.name for a in npo_case.accounts()}


def test_the_year_has_42_transactions_and_9_adjustments() -> None:
    assert (len(YEAR), len(ADJUSTMENTS)) == (42, 9)
    assert [t.number for t in npo_case.transactions()] == list(range(1, 52))
    assert all(date(2025, 4, 1) <= t.on <= date(2026, 3, 31) for t in npo_case.transactions())


def test_opening_net_assets_are_assets_less_liabilities() -> None:
    opening = npo_case.opening_balances()
    groups = {name: npo_case.account(name).type for name in opening}
    assets = sum(yen for name, yen in opening.items() if groups[name] is AccountType.ASSET)
    liabilities = -sum(
        yen for name, yen in opening.items() if groups[name] is AccountType.LIABILITY
    )
    assert (assets, liabilities) == (2_334_801, 281_240)
    assert assets - liabilities == 2_053_561 == -opening["前期繰越正味財産"]
    assert sum(opening.values()) == 0


def test_cash_ends_at_128200() -> None:
    assert _at_end("現金") == 128_200


def test_rent_paid_is_not_the_expense_of_the_year() -> None:
    paid = sum(
        line.amount
        for entry in YEAR
        for line in entry.lines
        if line.account == "地代家賃"
        and any(other.account in {"普通預金", "現金"} for other in entry.lines)
    )
    assert paid == 722_000
    assert _at_end("地代家賃") == 720_000 == 60_000 + paid - 62_000


@pytest.mark.parametrize(
    ("entries", "balances", "totals", "name"),
    [
        (YEAR, 7_201_281, 13_727_699, "trial_balance_before_adjustment"),
        (ALL, 7_980_021, 14_876_939, "trial_balance_after_adjustment"),
    ],
)
def test_the_trial_balances_agree(
    entries: tuple[Entry, ...], balances: int, totals: int, name: str
) -> None:
    opening = npo_case.opening_balances()
    posted = post(opening, entries)
    rows = npo_case.case()[name]["rows"]
    for row in rows:
        account = row["account"]
        carried = opening.get(account, 0)
        debit = max(carried, 0) + _moved(account, Side.DEBIT, entries)
        credit = max(-carried, 0) + _moved(account, Side.CREDIT, entries)
        assert (debit, credit) == (row["debit_total"], row["credit_total"]), account
        assert posted[account] == row["debit_balance"] - row["credit_balance"], account
    assert sum(row["debit_total"] for row in rows) == totals
    assert sum(row["credit_total"] for row in rows) == totals
    assert sum(yen for yen in posted.values() if yen > 0) == balances
    assert -sum(yen for yen in posted.values() if yen < 0) == balances


def test_revenues_less_expenses_are_the_change_of_net_assets() -> None:
    groups = {account.name: account.type for account in npo_case.accounts()}
    posted = post(npo_case.opening_balances(), ALL)
    flows = {AccountType.REVENUE, AccountType.EXPENSE}
    change = -sum(yen for name, yen in posted.items() if groups[name] in flows)
    assert change == 43_387
    assert 2_053_561 + change == 2_096_948


def test_a_transaction_says_what_happened_and_what_proves_it() -> None:
    found = npo_case.transaction(4)
    assert found == npo_case.Transaction(
        number=4,
        on=date(2025, 4, 15),
        kind="期中",
        text="正会員37人から今期会費(1人10,000円)が振り込まれた",
        evidence="通帳・会員台帳",
        entry=Entry(
            (
                Line(Side.DEBIT, "普通預金", 370_000),
                Line(Side.CREDIT, "正会員受取会費", 370_000),
            ),
            "#4",
        ),
    )


def test_every_account_has_a_reading_in_hiragana() -> None:
    assert len(npo_case.accounts()) == len({account.name for account in npo_case.accounts()})
    for account in npo_case.accounts():
        assert account.english
        assert all("ぁ" <= sign <= "ゖ" or sign == "ー" for sign in account.reading), account


def test_unknown_names_and_numbers_are_told() -> None:
    with pytest.raises(KeyError, match="the case has no account 雑費"):
        npo_case.account("雑費")
    with pytest.raises(KeyError, match="the case has no transaction 99"):
        npo_case.transaction(99)


def test_the_subjects_need_the_standard_library_alone() -> None:
    """They also run in a browser: no site-packages here, as there."""
    folder = Path(manabiba_subjects.__file__).parent.parent
    code = (
        f"import sys; sys.path.insert(0, {str(folder)!r}); "
        "from manabiba_subjects import npo_case; print(len(npo_case.transactions()))"
    )
    ran = subprocess.run(
        [sys.executable, "-I", "-S", "-c", code], capture_output=True, text=True, check=True
    )
    assert ran.stdout.strip() == "51"
