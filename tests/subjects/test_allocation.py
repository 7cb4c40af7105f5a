from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from manabiba_subjects import Allocation, Rounding, share

weights = st.dictionaries(
    st.sampled_from("ABCDE"), st.integers(min_value=0, max_value=10**6), min_size=1
).filter(lambda found: sum(found.values()) > 0)
amounts = st.integers(min_value=-(10**12), max_value=10**12)


@given(amounts, weights, st.sampled_from(Rounding))
def test_shares_add_up_to_the_amount(
    amount: int, found: dict[str, int], rounding: Rounding
) -> None:
    rule = Allocation(found, remainder_to=min(found), rounding=rounding)
    assert sum(share(amount, rule).values()) == amount


@given(amounts, weights)
def test_by_the_largest_remainder_no_share_is_a_yen_off(amount: int, found: dict[str, int]) -> None:
    rule = Allocation(found, rounding=Rounding.LARGEST_REMAINDER)
    for name, part in share(amount, rule).items():
        assert abs(part * sum(found.values()) - amount * found[name]) < sum(found.values())


@given(amounts, weights)
def test_all_shares_but_one_are_cut_to_the_yen(amount: int, found: dict[str, int]) -> None:
    rule = Allocation(found, remainder_to=min(found))
    for name, part in share(abs(amount), rule).items():
        if name != min(found):
            assert part == abs(amount) * found[name] // sum(found.values())


def test_the_case_cuts_75602_40_and_gives_the_rest_to_management() -> None:
    rule = Allocation({"A": 50, "B": 20, "管理": 30}, remainder_to="管理")
    assert share(378_012, rule) == {"A": 189_006, "B": 75_602, "管理": 113_404}
    assert share(0, rule) == {"A": 0, "B": 0, "管理": 0}
    assert share(1, rule) == {"A": 0, "B": 0, "管理": 1}


def test_weights_may_be_decimals() -> None:
    rule = Allocation({"A": Decimal("12.5"), "B": Decimal("37.5")}, remainder_to="B")
    assert share(1_001, rule) == {"A": 250, "B": 751}


def test_equal_remainders_are_given_in_the_order_of_the_shares() -> None:
    rule = Allocation({"A": 1, "B": 1, "C": 1}, rounding=Rounding.LARGEST_REMAINDER)
    assert share(-101, rule) == {"A": -34, "B": -34, "C": -33}


@pytest.mark.parametrize(
    ("given_weights", "message"),
    [
        ({"A": -1, "B": 2}, "weights below 0 for A"),
        ({"A": 0, "B": 0}, "all weights are 0"),
        ({}, "all weights are 0"),
        ({"A": 1, "B": 1}, "the remainder goes to '管理', which has no weight; name one of A, B"),
    ],
)
def test_a_rule_that_cannot_work_is_refused(given_weights: dict[str, int], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        Allocation(given_weights, remainder_to="管理")
