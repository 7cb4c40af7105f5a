from datetime import date
from decimal import Decimal
from fractions import Fraction

from manabiba_subjects.dated_table import Status
from manabiba_subjects.derivation import (
    Figure,
    Step,
    Verdict,
    by_convention,
    is_certain,
    plain,
    yen,
)

RULE = Step(
    "縦覧", "受理の翌日から14日", "12月15日まで", "10条2項", Status.VERIFIED, date(2026, 11, 23)
)
ROUNDING = by_convention("端数", "", "切り捨て", "この計算の決め方")
GUESS = Step("期間", "", "数か月", "一般知識", Status.UNVERIFIED, date(2026, 11, 23))


def test_a_step_tells_its_rule_its_day_and_what_is_not_checked() -> None:
    assert str(RULE) == ("縦覧: 受理の翌日から14日 → 12月15日まで(10条2項、基準日2026年11月23日)")
    assert str(GUESS).endswith("数か月(一般知識、基準日2026年11月23日、未確認)")
    assert str(ROUNDING) == "端数: 切り捨て(この計算の決め方、教材の取り決め)"


def test_what_rests_on_something_unverified_is_not_certain() -> None:
    assert is_certain([RULE, ROUNDING])
    assert not is_certain([RULE, GUESS])
    assert Figure(14, (RULE,)).is_certain
    assert not Verdict(True, (RULE, GUESS)).is_certain
    assert not Verdict(None, (RULE,)).is_certain


def test_amounts_are_written_as_people_do() -> None:
    assert yen(1_234_567) == "1,234,567円"
    assert yen(Decimal("2194.0625")) == "2,194.062…円"
    assert plain(Fraction(193 * 12, 24)) == "96.5"
    assert plain(Fraction(1, 3)) == "0.333…"
    assert plain(0) == "0"
