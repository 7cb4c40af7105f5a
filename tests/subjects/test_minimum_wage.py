from datetime import date

import pytest

from manabiba_subjects import OutsideTableError
from manabiba_subjects.minimum_wage import minimum_wage


@pytest.mark.parametrize(
    ("on", "yen"),
    [
        (date(2019, 10, 1), 1_011),
        (date(2020, 9, 30), 1_011),
        (date(2020, 10, 1), 1_012),
        (date(2021, 9, 30), 1_012),
        (date(2021, 10, 1), 1_040),
        (date(2022, 9, 30), 1_040),
        (date(2022, 10, 1), 1_071),
        (date(2023, 9, 30), 1_071),
        (date(2023, 10, 1), 1_112),
        (date(2024, 9, 30), 1_112),
        (date(2024, 10, 1), 1_162),
        (date(2025, 10, 3), 1_162),
        (date(2025, 10, 4), 1_225),
        (date(2026, 9, 30), 1_225),
        (date(2026, 10, 1), 1_279),
        (date(2027, 9, 30), 1_279),
    ],
)
def test_the_wage_of_a_day(on: date, yen: int) -> None:
    assert minimum_wage(on) == yen


def test_days_outside_the_table_are_told() -> None:
    with pytest.raises(OutsideTableError, match="神奈川県の最低賃金"):
        minimum_wage(date(2019, 9, 30))
    with pytest.raises(OutsideTableError, match="2027年9月30日まで"):
        minimum_wage(date(2027, 10, 1))
