import pytest

from manabiba_subjects import likely_slips, npo_case, trial_balance


def test_rows_have_totals_with_the_opening_balance_and_balances() -> None:
    row = trial_balance(npo_case.books()).row("未払金")
    assert (row.debit_total, row.credit_total) == (40_140, 78_880)
    assert (row.debit_balance, row.credit_balance, row.balance) == (0, 38_740, 38_740)


def test_an_account_that_was_not_used_has_no_row() -> None:
    before = trial_balance(npo_case.books(), is_adjusted=False)
    with pytest.raises(KeyError, match="no row for 減価償却費"):
        before.row("減価償却費")
    assert trial_balance(npo_case.books()).row("減価償却費").balance == 80_100


@pytest.mark.parametrize(
    ("sides", "amounts", "slips"),
    [
        ((500, 500), (), ()),
        ((7_201_281, 7_200_281), (1_000, 8_800), ("転記漏れ",)),
        ((50_000, 0), (25_000,), ("貸借逆",)),
        ((0, 50_000), (25_000, 50_000), ("転記漏れ", "貸借逆")),
        ((9_600, 6_900), (1,), ("桁違い・数字の入替え",)),
        ((101, 100), (), ("転記漏れ",)),
    ],
)
def test_a_difference_is_explained(
    sides: tuple[int, int], amounts: tuple[int, ...], slips: tuple[str, ...]
) -> None:
    assert likely_slips(*sides, amounts) == slips
