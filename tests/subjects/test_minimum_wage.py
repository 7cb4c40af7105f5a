from datetime import date

import pytest

from manabiba_subjects import OutsideTableError
from manabiba_subjects.minimum_wage import minimum_wage


@pytest.mark.parametrize(
    ("on", "yen"),
    [
        (date(2024, 10, 1), 1_162),
        (date(2025, 10, 3), 1_162),
        (date(2025, 10, 4), 1_225),
        (date(2026, 9, 30), 1_225),
        (date(2026, 10, 1), 1_279),
    ],
)
def test_the_wage_of_a_day(on: date, yen: int) -> None:
    assert minimum_wage(on) == yen


def test_days_outside_the_table_are_told() -> None:
    with pytest.raises(OutsideTableError, match="神奈川県の最低賃金"):
        minimum_wage(date(2019, 9, 30))
