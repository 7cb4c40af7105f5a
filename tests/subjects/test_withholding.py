from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from manabiba_subjects import OutsideTableError
from manabiba_subjects.withholding import (
    Payment,
    Withholding,
    due_date,
    gross_up,
    withhold,
    withholding_rates,
    withholding_row,
)

AUGUST = date(2025, 8, 20)
amounts = st.integers(min_value=0, max_value=10**9)


@pytest.mark.parametrize(
    ("gross", "tax"),
    [
        (0, 0),
        (9, 0),
        (10, 1),
        (50_000, 5_105),
        (999_999, 102_099),
        (1_000_000, 102_100),
        (1_000_001, 102_100),
        (1_000_005, 102_101),
        (1_500_000, 204_200),
    ],
)
def test_the_tax_of_one_payment(gross: int, tax: int) -> None:
    assert withhold(gross, AUGUST) == Withholding(gross, tax)


@pytest.mark.parametrize(
    ("net", "gross", "tax"),
    [(0, 0, 0), (30_000, 33_411, 3_411), (44_895, 50_000, 5_105), (897_900, 1_000_000, 102_100)],
)
def test_a_promised_net_amount_is_grossed_up(net: int, gross: int, tax: int) -> None:
    assert gross_up(net, AUGUST) == Withholding(gross, tax)


@given(amounts)
def test_grossing_up_leaves_exactly_the_promised_amount(net: int) -> None:
    paid = gross_up(net, AUGUST)
    assert paid.net == net
    assert withhold(paid.gross, AUGUST) == paid
    assert withhold(paid.gross + 1, AUGUST).net > net


def test_the_rates_include_the_surtax() -> None:
    assert withholding_rates(AUGUST) == (Decimal("0.1021"), Decimal("0.2042"))
    assert withholding_row(AUGUST)["threshold"] == 1_000_000


@pytest.mark.parametrize(
    ("paid_on", "payment", "special", "due"),
    [
        (date(2025, 8, 20), Payment.HONORARIUM, False, date(2025, 9, 10)),
        (date(2025, 8, 20), Payment.HONORARIUM, True, date(2025, 9, 10)),
        (date(2025, 12, 31), Payment.HONORARIUM, True, date(2026, 1, 10)),
        (date(2025, 1, 1), Payment.SALARY, True, date(2025, 7, 10)),
        (date(2025, 6, 30), Payment.SALARY, True, date(2025, 7, 10)),
        (date(2025, 7, 1), Payment.SALARY, True, date(2026, 1, 20)),
        (date(2025, 12, 31), Payment.PROFESSIONAL, True, date(2026, 1, 20)),
        (date(2025, 3, 31), Payment.RETIREMENT, True, date(2025, 7, 10)),
        (date(2025, 6, 30), Payment.SALARY, False, date(2025, 7, 10)),
        (date(2025, 6, 30), Payment.PROFESSIONAL, False, date(2025, 7, 10)),
    ],
)
def test_the_day_by_which_the_tax_is_paid(
    paid_on: date, payment: Payment, special: bool, due: date
) -> None:
    assert due_date(paid_on, payment, has_special_term=special) == due


def test_a_payment_after_the_table_is_not_guessed() -> None:
    assert withhold(50_000, date(2026, 12, 31)).tax == 5_105
    for ask in (withhold, gross_up):
        with pytest.raises(OutsideTableError, match="2026年12月31日まで"):
            ask(50_000, date(2027, 1, 1))


def test_amounts_below_zero_are_refused() -> None:
    with pytest.raises(ValueError, match="支払総額が-1円です"):
        withhold(-1, AUGUST)
    with pytest.raises(ValueError, match="手取り額が-1円です"):
        gross_up(-1, AUGUST)
