from datetime import date

import pytest

from manabiba_subjects import npo_case, statements
from manabiba_subjects.consumption_tax import exemption_limit, is_exempt

APRIL = date(2025, 4, 1)


@pytest.mark.parametrize(
    ("sales", "is_registered", "exempt"),
    [
        (0, False, True),
        (10_000_000, False, True),
        (10_000_001, False, False),
        (10_500_000, False, False),
        (0, True, False),
    ],
)
def test_the_limit_counts_unless_registered(sales: int, is_registered: bool, exempt: bool) -> None:
    assert is_exempt(sales, APRIL, is_registered=is_registered) is exempt


def test_the_case_is_judged_by_its_programme_revenue_alone() -> None:
    revenues = statements(npo_case.books()).activities.revenues
    sales = next(block.total for block in revenues if block.title == "4.事業収益")
    assert sales == 866_000 < exemption_limit(APRIL)
    assert is_exempt(sales, APRIL, is_registered=False)
