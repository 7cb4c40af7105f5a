"""The hourly base and the premiums (割増賃金), exact until each line is rounded.

`hourly_base`, `premium_pay`; `minimum_wage_test` (月給), `minimum_wage_shortfall` (時給).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from math import ceil, floor

from ..derivation import Figure, Step, by_convention, by_rule, plain, yen
from ..minimum_wage import minimum_wage
from ._rules import rule
from .working_hours import Hours, Kind


@dataclass(frozen=True)
class WageTest:
    """A salary against the minimum wage: yen an hour that lack, and the salary that is enough."""

    holds: bool
    hourly: Fraction
    missing: int
    needed_salary: int
    steps: tuple[Step, ...]


def hourly_base(pay: Mapping[str, int], monthly_hours: int, on: date) -> Figure[Fraction]:
    """The hourly wage that premiums are reckoned from (則19条); allowances by name in yen.

    >>> pay = {"基本給": 220_000, "職務手当": 12_000, "通勤手当": 8_000}
    >>> hourly_base(pay, 160, date(2026, 11, 30)).value
    Fraction(1450, 1)
    """
    row, law = rule("hours", "base", on), rule("hours", "hourly", on)
    value, counted, left = _hourly(pay, monthly_hours, row.words("excluded"))
    return Figure(
        value,
        (
            by_rule(row, "基礎から除く賃金", "", "、".join(left) or "なし"),
            by_rule(law, "1時間あたりの賃金", f"({counted})÷{monthly_hours}時間", yen(value)),
        ),
    )


def premium_pay(hours: Hours, hourly: Fraction, on: date) -> Figure[int]:
    """What is paid beside a monthly salary for these minutes, each line rounded at half a yen.

    >>> premium_pay({(Kind.OVERTIME, False): 600}, Fraction(1450), date(2026, 11, 30)).value
    18125
    """
    row = rule("hours", "premium", on)
    rates = {
        Kind.SCHEDULED: Fraction(0),
        Kind.EXTRA: Fraction(1),
        Kind.OVERTIME: 1 + Fraction(row["overtime"]),
        Kind.OVER60: 1 + Fraction(row["over60"]),
        Kind.HOLIDAY: 1 + Fraction(row["holiday"]),
    }
    steps: list[Step] = []
    total = 0
    for (kind, is_night), minutes in sorted(hours.items()):
        rate = rates[kind] + (Fraction(row["night"]) if is_night else 0)
        amount = floor(hourly * rate * minutes / 60 + Fraction(1, 2))
        total += amount
        label = f"{kind}{'・深夜' if is_night else ''}"
        working = f"{yen(hourly)}×{plain(rate)}×{minutes // 60}時間{minutes % 60}分"
        steps.append(by_rule(row, label, working, yen(amount)))
    steps.append(by_convention("端数", "", "各行の円未満を四捨五入", "この計算の端数の決め方"))
    return Figure(total, tuple(steps))


def minimum_wage_test(pay: Mapping[str, int], monthly_hours: int, on: date) -> WageTest:
    """Whether a monthly salary reaches the minimum wage of a day (最低賃金法、則2条).

    >>> test = minimum_wage_test({"基本給": 200_000}, 160, date(2026, 10, 1))
    >>> test.missing, test.needed_salary
    (29, 204640)
    """
    law, notice = rule("hours", "minimum_wage_base", on), rule("hours", "minimum_wage_notice", on)
    out = law.words("excluded") + notice.words("excluded")
    value, counted, left = _hourly(pay, monthly_hours, out)
    wage = minimum_wage(on)
    missing = max(0, ceil(wage - value))
    how = rule("hours", "minimum_wage_monthly", on)
    steps = (
        by_rule(notice, "比べない賃金", "", "、".join(left) or "なし"),
        by_rule(how, "時間額", f"({counted})÷{monthly_hours}時間", yen(value)),
        by_rule(law, "最低賃金", yen(wage), f"{yen(missing)}不足" if missing else "足りている"),
    )
    return WageTest(not missing, value, missing, wage * monthly_hours, steps)


def _hourly(
    pay: Mapping[str, int], hours: int, excluded: tuple[str, ...]
) -> tuple[Fraction, str, list[str]]:
    if hours <= 0:
        raise ValueError("1か月の所定労働時間を1時間以上で入れてください。")
    counted = {name: amount for name, amount in pay.items() if name not in excluded}
    working = "+".join(f"{amount:,}" for amount in counted.values())
    return Fraction(sum(counted.values()), hours), working, [n for n in pay if n in excluded]


def minimum_wage_shortfall(hourly: int, hours: int, on: date) -> Figure[int]:
    """What is owed beside an hourly wage below the minimum wage, in yen; 0 when nothing is.

    >>> minimum_wage_shortfall(1_230, 80, date(2026, 10, 31)).value
    3920
    """
    if hours < 0:
        raise ValueError("時間は0以上で入れてください。")
    row = rule("hours", "minimum_wage_base", on)
    wage = minimum_wage(on)
    lacking = max(0, wage - hourly)
    step = by_rule(
        row, "最低賃金との差", f"({yen(wage)}−{yen(hourly)})×{hours}時間", yen(lacking * hours)
    )
    if not lacking:
        step = by_rule(row, "最低賃金との差", f"{yen(hourly)}は{yen(wage)}以上", yen(0))
    return Figure(lacking * hours, (step,))
