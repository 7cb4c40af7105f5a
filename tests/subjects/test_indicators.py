from decimal import Decimal

import pytest

from manabiba_subjects import Books, Indicators, indicators, npo_case, standard_accounts, statements
from manabiba_subjects.indicators import rounded


def test_the_case_is_read_by_its_indicators() -> None:
    found = indicators(statements(npo_case.books()))
    assert found.programme_ratio == Decimal(4_329_408) / Decimal(5_473_232)
    assert found.months_of_cash is not None
    assert rounded(found.months_of_cash, 1) == Decimal("3.1")
    assert rounded(100 * found.programme_ratio, 1) == Decimal("79.1")


def test_without_anything_to_divide_by_there_is_no_indicator() -> None:
    empty = indicators(statements(Books(standard_accounts(), {}, ())))
    assert empty == Indicators(None, None, None, None, None)


@pytest.mark.parametrize(
    ("value", "places", "shown"), [("2.345", 2, "2.35"), ("2.5", 0, "3"), ("0.00049", 3, "0.000")]
)
def test_half_is_rounded_up(value: str, places: int, shown: str) -> None:
    assert str(rounded(Decimal(value), places)) == shown
