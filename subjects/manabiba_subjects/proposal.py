"""The numbers of a plan for a joint project (事業プラン): budget, grant, fees, wages."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction

from .dated_table import DatedTable, dated_tables
from .derivation import Figure, Verdict, by_convention, by_rule, percent, yen
from .npo_law.activity_budget import ActivityBudget
from .periods import in_words
from .withholding import Withholding, withhold, withholding_rates, withholding_row


def examine_balance(budget: ActivityBudget) -> Verdict:
    """Whether a plan's income and costs are the same (収支が合うか)."""
    income, costs = budget.total_income, budget.total_costs
    rule = "計画書の予算は収入と支出を同じにする"
    told = (
        "合っています。"
        if income == costs
        else f"収入{yen(income)}と支出{yen(costs)}が合いません。"
    )
    working = f"収入{yen(income)}、支出{yen(costs)}"
    return Verdict(income == costs, (by_convention("収支", working, told, rule),))


def grant(eligible: int, *, rate: Fraction, ceiling: int) -> Figure[int]:
    """The grant for eligible costs in yen: rate × costs, below one yen cut off, up to a ceiling.

    Rate and ceiling are the caller's: each call for proposals has its own.

    >>> two_thirds = Fraction(2, 3)
    >>> grant(450_000, rate=two_thirds, ceiling=300_000).value
    300000
    >>> grant(420_000, rate=two_thirds, ceiling=300_000).value
    280000
    """
    if min(eligible, ceiling) < 0 or not 0 <= rate <= 1:
        raise ValueError("金額は0円以上、補助率は0から1までにしてください。")
    by_rate = int(eligible * rate)
    granted = min(by_rate, ceiling)
    rule = "補助率と上限は募集要項で確かめる"
    compared = f"{yen(by_rate)}と上限{yen(ceiling)}の小さいほう"
    return Figure(
        granted,
        (
            by_convention(
                "補助率による額", f"{yen(eligible)}×{rate}(円未満切捨て)", yen(by_rate), rule
            ),
            by_convention("助成額", compared, yen(granted), rule),
        ),
    )


def withheld_from_fees(fee: int, *, times: int, paid_on: date) -> Figure[Withholding]:
    """What is withheld from `times` equal fees of a lecturer, each cut to the yen (預り金).

    Raises OutsideTableError for a day outside the table, ValueError below 0.

    >>> withheld_from_fees(30_000, times=4, paid_on=date(2026, 11, 24)).value.tax
    12252
    """
    if times < 0:
        raise ValueError(f"回数が{times}回です。0回以上にしてください。")
    once = withhold(fee, paid_on)
    row = withholding_row(paid_on)
    low, above = withholding_rates(paid_on)
    rate = percent(low)
    if fee > row["threshold"]:
        rate += f"、{yen(row['threshold'])}を超える部分は{percent(above)}"
    every = Withholding(fee * times, once.tax * times)
    return Figure(
        every,
        (
            by_rule(row, "1回の源泉所得税", f"{yen(fee)}×{rate}", yen(once.tax)),
            by_convention(
                "合計", f"{yen(once.tax)}×{times}回", yen(every.tax), "支払うたびに計算する"
            ),
        ),
    )


def examine_wage(hourly: int, on: date) -> Verdict:
    """Whether an hourly wage in yen reaches Kanagawa's minimum wage on a day.

    >>> day = date(2026, 11, 24)
    >>> examine_wage(1_300, day).holds, examine_wage(1_250, day).holds
    (True, False)
    """
    row = _minimum_wages().at(on)
    least = row.whole("yen")
    told = (
        "最低賃金以上です。" if hourly >= least else f"最低賃金に{yen(least - hourly)}足りません。"
    )
    working = f"時給{yen(hourly)}と最低賃金{yen(least)}"
    return Verdict(hourly >= least, (by_rule(row, "最低賃金", working, told),))


def examine_planned_wage(hourly: int, starts: date) -> Verdict:
    """Whether an hourly wage in yen reaches the minimum wage known for a plan's first day.

    A day after the table's last is held against the last known minimum wage, which is told.

    >>> examine_planned_wage(1_300, date(2028, 4, 1)).steps[0].label
    'いまわかっている最低賃金(2027年9月30日まで)'
    """
    last = _minimum_wages().rows[-1].until
    verdict = examine_wage(hourly, min(starts, last))
    if starts <= last:
        return verdict
    label = f"いまわかっている最低賃金({in_words(last)}まで)"
    return Verdict(verdict.holds, tuple(replace(step, label=label) for step in verdict.steps))


def _minimum_wages() -> DatedTable:
    return dated_tables("minimum_wages.toml")["kanagawa"]
