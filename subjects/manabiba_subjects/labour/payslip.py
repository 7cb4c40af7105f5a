"""A payslip (給与明細) from pay to 差引支給額, and what the employer bears."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from ..dated_table import OutsideTableError
from ..derivation import Step, by_convention, by_rule, per_mille, percent, yen
from ..insurance import CARE_AGES, employment_share, insurance_row, social_insurance
from ..periods import add_months, in_words
from ._rules import rule

COMMUTING = "通勤手当"


@dataclass(frozen=True)
class Payslip:
    """Every line in yen; `care` is the part of `health` for 介護保険. Employer's in exact yen."""

    gross: int
    standard: int
    health: int
    care: int
    child_support: int
    pension: int
    employment: int
    taxable: int
    income_tax: int
    resident_tax: int
    employers: Mapping[str, Decimal]
    steps: tuple[Step, ...]

    @property
    def insurance(self) -> int:
        """社会保険料計."""
        return self.health + self.child_support + self.pension + self.employment

    @property
    def net(self) -> int:
        """差引支給額."""
        return self.gross - self.insurance - self.income_tax - self.resident_tax


def standard_remuneration(pay: int, on: date) -> int:
    """The 標準報酬月額 of 健康保険 for an average monthly pay.

    >>> [standard_remuneration(pay, date(2026, 11, 1)) for pay in (229_999, 230_000)]
    [220000, 240000]
    """
    row = rule("standard_remuneration", "health", on)
    pairs = zip(row.series("lower"), row.series("standards"), strict=True)
    return max(standard for lower, standard in pairs if pay >= lower)


def income_tax(taxable: int, dependants: int, paid_on: date) -> int:
    """The tax of 月額表・甲欄, as far as the excerpt goes. Raises OutsideTableError beyond it."""
    row = rule("withholding_monthly", "kou", paid_on)
    if dependants in (0, 1):
        taxes = row.series(f"dependants{dependants}")
        for low, high, tax in zip(row.series("lower"), row.series("upper"), taxes, strict=True):
            if low <= taxable < high:
                return tax
    raise OutsideTableError(
        f"源泉徴収税額表の抜粋に、課税対象{taxable:,}円・扶養{dependants}人の行がありません。"
        "国税庁の税額表で引いた額を入れてください。"
    )


def payslip(
    pay: Mapping[str, int],
    *,
    paid_on: date,
    closed_on: date,
    average_pay: int,
    age: int,
    dependants: int = 0,
    resident_tax: int = 0,
    tax: int | None = None,
) -> Payslip:
    """A payslip of someone insured; `average_pay` is that of 定時決定, `tax` overrides the excerpt.

    Premiums are those of the month before payment; 雇用保険 goes by the closing day.
    """
    gross = sum(pay.values())
    month = add_months(paid_on.replace(day=1), -1)
    standard = standard_remuneration(average_pay, month)
    limits = rule("standard_remuneration", "pension", month)
    for_pension = min(max(standard, limits.whole("lowest")), limits.whole("highest"))
    social = social_insurance(standard, month, age=age)
    pension = social_insurance(for_pension, month)
    care = social.health.employee - health_without_care(standard, month)
    employment = employment_share(gross, closed_on)
    insured = social.health.employee + social.child_support.employee
    insured += pension.pension.employee + employment
    taxable = gross - pay.get(COMMUTING, 0) - insured
    if tax is None:
        tax = income_tax(taxable, dependants, paid_on)
        excerpt = rule("withholding_monthly", "kou", paid_on)
        tax_step = by_rule(excerpt, "源泉所得税", f"{yen(taxable)}、扶養{dependants}人", yen(tax))
    else:
        tax_step = by_convention("源泉所得税", "税額表で引いた額", yen(tax), "入れられた額")
    rates = {key: insurance_row(key, closed_on) for key in ("employment", "accident")}
    grades = rule("standard_remuneration", "health", month)
    steps = [
        by_rule(grades, "標準報酬月額", f"平均報酬{yen(average_pay)}", yen(standard)),
        _social_step("health", "健康保険", standard, month, social.health.employee - care),
        *([_social_step("care", "介護保険", standard, month, care)] if age in CARE_AGES else []),
        _social_step(
            "child_support",
            "子ども・子育て支援金",
            standard,
            month,
            social.child_support.employee,
        ),
        _social_step("pension", "厚生年金", for_pension, month, pension.pension.employee),
        by_rule(
            rates["employment"],
            "雇用保険",
            f"総支給{yen(gross)}×{per_mille(rates['employment']['employee'])}"
            f"({in_words(rates['employment'].effective_from)}からの率)",
            yen(employment),
        ),
        by_convention("端数", "", "50銭以下切捨て、50銭超切上げ", "本人負担分の端数(二次資料)"),
        by_convention("課税対象", "総支給−通勤手当(非課税とみる)−社会保険料", yen(taxable), "仮定"),
        tax_step,
    ]
    employers = {
        "健康保険": Decimal(social.health.employer),
        "子ども・子育て支援金": Decimal(social.child_support.employer),
        "厚生年金": Decimal(pension.pension.employer),
        "子ども・子育て拠出金": Decimal(pension.contribution.employer),
        "雇用保険": gross * rates["employment"]["employer"],
        "労災保険": gross * rates["accident"]["rate"],
    }
    return Payslip(
        gross,
        standard,
        social.health.employee,
        care,
        social.child_support.employee,
        pension.pension.employee,
        employment,
        taxable,
        tax,
        resident_tax,
        employers,
        tuple(steps),
    )


def health_without_care(standard: int, month: date) -> int:
    """The employee's 健康保険 without 介護保険."""
    return social_insurance(standard, month).health.employee


def _social_step(key: str, label: str, base: int, month: date, amount: int) -> Step:
    row = insurance_row(key, month)
    since = f"{in_words(row.effective_from)}からの率"
    return by_rule(row, label, f"{yen(base)}×{percent(row['rate'])}÷2({since})", yen(amount))
