"""Statements of any books tie out; the case's own figures are in test_npo_case_figures."""

import time
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from manabiba_subjects import (
    SHARED,
    STANDARD_DEPARTMENTS,
    AccountType,
    Allocation,
    Books,
    CostKind,
    Department,
    Entry,
    Item,
    Line,
    Side,
    general_ledger,
    npo_case,
    post,
    standard_accounts,
    statements,
    trial_balance,
)

# What is tested is a law, not the speed of a busy machine.
unhurried = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])

ACCOUNTS = standard_accounts()
DEPARTMENTS = (
    Department("A", "学習", CostKind.PROGRAMME),
    Department("B", "食堂", CostKind.PROGRAMME),
    Department("管理", "管理部門", CostKind.MANAGEMENT),
)
names = st.sampled_from([account.name for account in ACCOUNTS])
standing = st.sampled_from(
    [a.name for a in ACCOUNTS if a.type not in {AccountType.REVENUE, AccountType.EXPENSE}]
)
departments = st.sampled_from(["", SHARED, "A", "B", "管理"])
amounts = st.integers(min_value=1, max_value=10**10)


@st.composite
def entries(draw: st.DrawFn) -> Entry:
    """One to three lines on one side, and one on the other that makes up their sum."""
    side = draw(st.sampled_from(Side))
    rows = draw(st.lists(st.tuples(names, amounts, departments), min_size=1, max_size=3))
    lines = [Line(side, name, amount, department) for name, amount, department in rows]
    total = sum(amount for _, amount, _ in rows)
    return Entry((*lines, Line(side.other, draw(names), total, draw(departments))), "仕訳")


@st.composite
def books(draw: st.DrawFn) -> Books:
    """Any balanced books, with shared costs and costs that have no department."""
    opening = draw(st.dictionaries(standing, st.integers(-(10**9), 10**9), max_size=6))
    rest = sum(opening.values())
    opening["前期繰越正味財産"] = opening.get("前期繰越正味財産", 0) - rest
    return Books(
        ACCOUNTS,
        opening,
        tuple(draw(st.lists(entries(), max_size=8))),
        tuple(draw(st.lists(entries(), max_size=4))),
        departments=DEPARTMENTS,
        sharing={"地代家賃": Allocation({"A": 40, "B": 35, "管理": 25}, remainder_to="管理")},
        sharing_otherwise=Allocation({"A": 1, "B": 1, "管理": 1}, remainder_to="A"),
    )


@unhurried
@given(books())
def test_the_statements_of_any_books_tie_out(found: Books) -> None:
    made = statements(found)
    sheet, activities = made.balance_sheet, made.activities
    assert sheet.assets - sheet.liabilities == sheet.net_assets
    assert sheet.assets == sheet.liabilities_and_net_assets
    assert activities.carried_forward == sheet.net_assets == made.property_list.net_assets
    by_department = sum(costs.total for costs in activities.departments.values())
    assert activities.cost_total == by_department
    for balances in (made.before_adjustment, made.after_adjustment):
        assert balances.debit_total == balances.credit_total
        assert balances.debit_balance == balances.credit_balance


@unhurried
@given(books())
def test_ledgers_trial_balance_and_posting_agree(found: Books) -> None:
    posted = post(found.opening, found.all_entries)
    ledgers = general_ledger(found)
    rows = {row.account.name: row for row in trial_balance(found).rows}
    for account in ACCOUNTS:
        sign = 1 if account.type.grows_on_debit else -1
        expected = sign * posted.get(account.name, 0)
        assert (ledgers[account.name].closing if account.name in ledgers else 0) == expected
        assert (rows[account.name].balance if account.name in rows else 0) == expected


@unhurried
@given(books())
def test_shared_costs_are_shared_out_without_a_rest(found: Books) -> None:
    shares = statements(found).activities.shared
    for account, parts in shares.items():
        moved = [
            line.amount if line.side is Side.DEBIT else -line.amount
            for entry in found.all_entries
            for line in entry.lines
            if (line.account, line.department) == (account, SHARED)
        ]
        assert sum(parts.values()) == sum(moved)


def test_costs_without_a_department_are_management_and_told() -> None:
    entry = Entry((Line(Side.DEBIT, "会議費", 8_800), Line(Side.CREDIT, "現金", 8_800)))
    activities = statements(Books(ACCOUNTS, {}, (entry,))).activities
    assert [department.id for department in STANDARD_DEPARTMENTS] == ["事業", "管理"]
    assert activities.management.yen("会議費") == 8_800 == activities.without_department.total
    assert activities.programme.total == 0
    tagged = replace(entry, lines=(replace(entry.lines[0], department="事業"), entry.lines[1]))
    activities = statements(Books(ACCOUNTS, {}, (tagged,))).activities
    assert (activities.programme.total, activities.without_department.rows) == (8_800, ())


def test_empty_books_have_empty_statements() -> None:
    made = statements(Books(ACCOUNTS, {}, ()))
    assert made.after_adjustment.rows == ()
    assert made.activities.carried_forward == made.balance_sheet.assets == 0
    assert made.property_list.assets == ()


def test_taxes_and_contra_accounts_reduce() -> None:
    opening = {"普通預金": 500_000, "什器備品": 300_000, "減価償却累計額": -50_100}
    opening["前期繰越正味財産"] = -sum(opening.values())
    tax = Entry(
        (
            Line(Side.DEBIT, "法人税、住民税及び事業税", 70_000),
            Line(Side.CREDIT, "未払法人税等", 70_000),
        )
    )
    made = statements(Books(ACCOUNTS, opening, (), (tax,)))
    assert made.balance_sheet.fixed_assets.yen("減価償却累計額") == -50_100
    assert made.balance_sheet.fixed_assets.total == 249_900
    assert (made.activities.change_before_tax, made.activities.change) == (0, -70_000)


def test_ten_thousand_rows_take_well_under_a_second_of_a_core() -> None:
    case = npo_case.books()
    many = tuple(case.entries[number % 42] for number in range(5_000))
    assert sum(len(entry.lines) for entry in many) > 10_000
    started = time.process_time()  # whatever else the machine does meanwhile
    statements(replace(case, entries=many))
    general_ledger(replace(case, entries=many))
    assert time.process_time() - started < 2  # 0.2 s alone on one core


def test_items_stand_in_the_property_list() -> None:
    made = statements(npo_case.books(), {"現金": [Item("金庫", 100_000), Item("募金箱", 28_200)]})
    cash = [row.words for row in made.property_list.assets if row.account == "現金"]
    assert cash == ["現金 金庫", "現金 募金箱"]
    assert made.property_list.yen("現金") == 128_200


def test_items_of_an_account_without_a_balance_are_refused() -> None:
    with pytest.raises(ValueError, match="items for 土地, which the balance sheet does not have"):
        statements(npo_case.books(), {"土地": [Item("事務所", 1)]})
