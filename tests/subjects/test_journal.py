from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from manabiba_subjects import (
    Account,
    AccountType,
    Entry,
    JournalError,
    Line,
    Side,
    balance,
    post,
)

NAMES = ("現金", "普通預金", "地代家賃", "受取寄附金")
names = st.sampled_from(NAMES)
amounts = st.integers(min_value=1, max_value=10**12)


@st.composite
def balanced_entries(draw: st.DrawFn) -> Entry:
    """Some lines on one side, and one line on the other that makes up their sum."""
    side = draw(st.sampled_from(Side))
    rows = draw(st.lists(st.tuples(names, amounts), min_size=1, max_size=4))
    lines = [Line(side, name, amount) for name, amount in rows]
    rest = Line(side.other, draw(names), sum(amount for _, amount in rows))
    return Entry(tuple(draw(st.permutations([*lines, rest]))))


@given(st.lists(balanced_entries()))
def test_debits_equal_credits_in_all_balances(entries: Sequence[Entry]) -> None:
    assert sum(post({}, entries).values()) == 0


@given(st.lists(balanced_entries(), max_size=5), st.data())
def test_the_order_of_posting_does_not_matter(entries: list[Entry], data: st.DataObject) -> None:
    assert post({}, entries) == post({}, data.draw(st.permutations(entries)))


@given(balanced_entries())
def test_an_entry_and_its_swapped_form_cancel_out(entry: Entry) -> None:
    assert not any(post({}, [entry, entry.swapped]).values())
    assert entry.swapped.swapped == entry


@given(balanced_entries(), st.dictionaries(names, st.integers()))
def test_posting_leaves_the_opening_balances_alone(entry: Entry, opening: dict[str, int]) -> None:
    before = dict(opening)
    post(opening, [entry])
    assert opening == before


@given(balanced_entries(), amounts, names)
def test_one_line_more_is_an_entry_that_does_not_balance(
    entry: Entry, amount: int, name: str
) -> None:
    broken = Entry((*entry.lines, Line(Side.CREDIT, name, amount)))
    assert entry.is_balanced
    assert not broken.is_balanced
    assert broken.difference == -amount
    with pytest.raises(JournalError):
        post({}, [broken])


def test_an_error_names_entry_side_and_difference() -> None:
    entry = Entry(
        (Line(Side.DEBIT, "諸謝金", 50_000), Line(Side.CREDIT, "普通預金", 44_895)), "#18"
    )
    with pytest.raises(JournalError, match=r"#18: 借方 is 5105 yen too much \(50000 against 44895"):
        entry.check()


def test_an_amount_has_to_be_above_zero() -> None:
    entry = Entry((Line(Side.DEBIT, "現金", 0), Line(Side.CREDIT, "普通預金", 0)), "#8")
    with pytest.raises(JournalError, match="#8: 借方 現金: 0 yen; write an amount above 0"):
        entry.check()


def test_an_entry_without_lines_cannot_be_posted() -> None:
    with pytest.raises(JournalError, match="#9: no lines"):
        post({}, [Entry((), "#9")])


def test_a_balance_stands_on_the_side_on_which_it_grows() -> None:
    fees = Account("401", "正会員受取会費", "せいかいいんうけとりかいひ", AccountType.REVENUE)
    cash = Account("101", "現金", "げんきん", AccountType.ASSET)
    entry = Entry((Line(Side.DEBIT, "現金", 10_000), Line(Side.CREDIT, fees.name, 10_000)))
    balances = post({"現金": 45_000}, [entry])
    assert (balance(cash, balances), balance(fees, balances)) == (55_000, 10_000)
