"""Cash against income: every difference has its reason, month by month."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from manabiba_subjects import Books, Entry, Line, Side, npo_case, standard_accounts
from manabiba_subjects.cash_and_income import Reason, cash_months, walk

NAMES = [account.name for account in standard_accounts()]
START, END = date(2025, 4, 1), date(2026, 3, 31)


def entry(debit: str, credit: str, amount: int, on: date = START) -> Entry:
    return Entry((Line(Side.DEBIT, debit, amount), Line(Side.CREDIT, credit, amount)), "e", on)


def year(*entries: Entry) -> Books:
    return Books(standard_accounts(), {}, entries, start=START, end=END)


def test_the_case_year_is_told_reason_by_reason() -> None:
    months = cash_months(npo_case.books())
    total = dict.fromkeys(Reason, 0)
    for month in months:
        for reason, yen in month.by_reason().items():
            total[reason] += yen
    sheet, opening = npo_case.case()["balance_sheet"], npo_case.case()["opening_balance"]
    cash = sum(sheet["流動資産"][name] - opening[name] for name in ("現金", "普通預金"))
    assert total == {
        Reason.LOAN: 100_000,
        Reason.BOUGHT: 240_000,
        Reason.WRITTEN_OFF: -80_101,
        Reason.RECEIVABLE: 520_000,
        Reason.ADVANCE: -230_000,
        Reason.PAYABLE: 1_400,
        Reason.PREPAID: 2_000,
        Reason.STOCK: 8_400,
        Reason.WITHHELD: 0,
        Reason.OTHER: 0,
    }
    assert walk(months)[-1] == cash
    assert walk(months, Reason)[-1] == sheet["当期正味財産増減額"]


def test_a_month_has_what_came_in_and_what_went_out() -> None:
    found = cash_months(
        year(
            entry("普通預金", "正会員受取会費", 500),
            entry("現金", "普通預金", 300),
            entry("会議費", "現金", 80),
            entry("減価償却費", "什器備品", 7, on=END),
        )
    )
    first, last = found[0], found[-1]
    assert len(found) == 12
    assert (first.cash_in, first.cash_out, first.revenue, first.expense) == (500, 80, 500, 80)
    assert first.gaps == ()
    assert (last.month, last.cash, last.income) == (date(2026, 3, 1), 0, -7)
    assert last.by_reason() == {Reason.WRITTEN_OFF: -7}


def test_books_without_dates_are_refused() -> None:
    with pytest.raises(ValueError, match="need start and end"):
        cash_months(replace(year(), start=None))
    with pytest.raises(ValueError, match="e: dated 2026-04-01, which is not between"):
        cash_months(year(entry("現金", "普通預金", 1, on=date(2026, 4, 1))))
    with pytest.raises(ValueError, match="e: dated None"):
        cash_months(year(replace(entry("現金", "普通預金", 1), on=None)))


@given(
    st.lists(
        st.tuples(
            st.sampled_from(NAMES),
            st.sampled_from(NAMES),
            st.integers(min_value=1, max_value=10**9),
            st.dates(min_value=START, max_value=END),
        ),
        max_size=20,
    )
)
def test_all_reasons_together_make_cash_into_income(found: list) -> None:
    months = cash_months(year(*(entry(*given) for given in found)))
    income = [sum(month.income for month in months[: i + 1]) for i in range(12)]
    assert list(walk(months, Reason)) == income
    for month in months:
        assert month.income - month.cash == sum(gap.yen for gap in month.gaps)
