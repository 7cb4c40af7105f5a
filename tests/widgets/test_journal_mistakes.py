import pytest
from hypothesis import given
from hypothesis import strategies as st

from manabiba_subjects import Entry, Line, Side, npo_case
from manabiba_widgets import Mistake, debit_credit, entry_of
from manabiba_widgets.journal_mistakes import (
    DEBT_IS_NO_FLOW,
    HONORARIUM_NET,
    PAY_NET,
    SIDES_SWAPPED,
    closest,
    name_mistake,
    share_right,
    tell_difference,
)

TYPES = {account.name: account.type for account in npo_case.accounts()}
DUES = npo_case.entry(4)
LAPTOP = npo_case.entry(21)
REPAYMENT = npo_case.entry(23)
HONORARIUM = npo_case.entry(16)
PAY = entry_of(debit={"給料手当": 200_000}, credit={"普通預金": 196_300, "預り金": 3_700})

names = st.sampled_from(["普通預金", "現金", "正会員受取会費", "預り金", "消耗品費"])
lines = st.builds(Line, st.sampled_from(Side), names, st.integers(1, 10**6))
entries = st.lists(lines, min_size=1, max_size=5).map(lambda found: Entry(tuple(found)))


def told(entry: Entry, *right: Entry, known: tuple[Mistake, ...] = ()) -> str:
    return name_mistake(entry, right, known=known, types=TYPES)


def test_sides_swapped() -> None:
    assert told(debit_credit("正会員受取会費", "普通預金", 370_000), DUES) == SIDES_SWAPPED
    assert told(HONORARIUM.swapped, HONORARIUM) == SIDES_SWAPPED


def test_sides_swapped_with_another_amount() -> None:
    assert told(debit_credit("正会員受取会費", "普通預金", 37_000), DUES) == SIDES_SWAPPED


def test_totals_that_differ_are_told_with_both_and_the_difference() -> None:
    entry = entry_of(debit={"普通預金": 370_000}, credit={"正会員受取会費": 370_005})
    assert told(entry, DUES) == (
        "借方合計370,000円と貸方合計370,005円が5円違います。"
        "差が2や9で割り切れるかも見てみましょう。"
        "科目は合っています。金額をもう一度確かめましょう。"
    )


def test_a_difference_divisible_by_9_is_a_slip_of_digits() -> None:
    entry = entry_of(debit={"普通預金": 370_000}, credit={"正会員受取会費": 37_000})
    assert told(entry, DUES) == tell_difference(entry) + (
        "差が9で割り切れるので、けたのずれや数字の入れかわりがあるのかもしれません。"
    )


def test_a_difference_of_twice_a_row_is_a_row_on_the_other_side() -> None:
    entry = entry_of(debit={"諸謝金": 50_000, "預り金": 5_105}, credit={"普通預金": 44_895})
    assert told(entry, HONORARIUM) == tell_difference(entry) + (
        "差の半分の5,105円の行が、左右逆の側に入っているのかもしれません。"
    )


def test_an_honorarium_at_what_was_paid_out() -> None:
    assert told(debit_credit("諸謝金", "普通預金", 44_895), HONORARIUM) == HONORARIUM_NET


def test_an_honorarium_without_what_was_withheld_is_also_told_by_how_much() -> None:
    entry = entry_of(debit={"諸謝金": 50_000}, credit={"普通預金": 44_895})
    assert told(entry, HONORARIUM) == (
        "借方合計50,000円と貸方合計44,895円が5,105円違います。"
        "差が2や9で割り切れるかも見てみましょう。" + HONORARIUM_NET
    )


def test_pay_at_what_was_paid_out_does_not_speak_of_honoraria() -> None:
    assert told(debit_credit("給料手当", "普通預金", 196_300), PAY) == PAY_NET


@pytest.mark.parametrize(
    ("entry", "right", "account"),
    [
        (debit_credit("支払手数料", "普通預金", 100_000), REPAYMENT, "支払手数料"),
        (
            debit_credit("普通預金", "受取寄附金", 100_000),
            debit_credit("普通預金", "役員借入金", 100_000),
            "受取寄附金",
        ),
        (
            entry_of(debit={"諸謝金": 50_000}, credit={"普通預金": 44_895, "受取寄附金": 5_105}),
            HONORARIUM,
            "受取寄附金",
        ),
    ],
)
def test_a_loan_a_repayment_or_a_deposit_is_neither_revenue_nor_expense(
    entry: Entry, right: Entry, account: str
) -> None:
    assert told(entry, right) == f"{DEBT_IS_NO_FLOW}「{account}」でよいか、考えなおしてみましょう。"


def test_an_asset_that_is_bought_is_no_expense() -> None:
    assert told(debit_credit("消耗品費", "普通預金", 240_000), LAPTOP) == (
        "お金の出入りと収益・費用は別です。「消耗品費」にすると正味財産が動きます。"
        "何が増えて何が減ったのかを考えましょう。"
    )


def test_the_right_amount_on_a_wrong_account_names_the_account() -> None:
    assert told(debit_credit("現金", "正会員受取会費", 370_000), DUES) == (
        "金額は合っています。借方の「現金」がこの取引に合う科目かどうか、"
        "何が増えた(減った)のかをもう一度考えてみましょう。"
    )


def test_an_account_on_both_sides() -> None:
    entry = entry_of(
        debit={"普通預金": 400_000}, credit={"正会員受取会費": 370_000, "普通預金": 30_000}
    )
    assert told(entry, DUES) == (
        "「普通預金」が左右の両方にあります。増えたのか減ったのか、片方を選びましょう。"
    )


def test_another_amount_on_both_sides() -> None:
    assert told(debit_credit("普通預金", "正会員受取会費", 360_000), DUES) == (
        "科目は合っています。金額をもう一度確かめましょう。"
    )


def test_a_missing_account() -> None:
    right = entry_of(debit={"普通預金": 900, "支払手数料": 100}, credit={"受取寄附金": 1_000})
    assert told(debit_credit("普通預金", "受取寄附金", 1_000), right) == (
        "ここまでの科目は合っています。まだ書いていない科目がないか確かめましょう。"
    )


def test_the_authors_message_comes_first_even_for_totals_that_differ() -> None:
    entry = entry_of(debit={"普通預金": 370_000}, credit={"正会員受取会費": 10_000})
    known = Mistake(entry, "10,000円は1人分です。37人分を計算しましょう。")
    assert told(entry, DUES, known=(known,)) == known.message


@given(entries, entries)
def test_something_is_always_told(entry: Entry, right: Entry) -> None:
    assert told(entry, right)


@given(entries, st.data())
def test_the_order_of_rows_and_their_splitting_do_not_matter(
    entry: Entry, data: st.DataObject
) -> None:
    split: list[Line] = []
    for line in entry.lines:
        first = data.draw(st.integers(0, line.amount - 1))
        amounts = [first, line.amount - first] if first else [line.amount]
        split += [Line(line.side, line.account, amount) for amount in amounts]
    mixed = Entry(tuple(data.draw(st.permutations(split))))
    assert share_right(mixed, entry) == 1.0


@given(entries, entries, st.integers(0, 3))
def test_a_share_is_within_0_and_1_and_full_only_for_the_same_entry(
    entry: Entry, right: Entry, unread: int
) -> None:
    share = share_right(entry, right, unread=unread)
    assert 0.0 <= share <= 1.0
    if share == 1.0:
        assert not unread
        assert share_right(right, entry) == 1.0
        assert entry.difference == right.difference


def test_the_closest_form_is_the_one_with_most_lines_right() -> None:
    assert closest(debit_credit("現金", "正会員受取会費", 1), [LAPTOP, DUES]) is DUES
