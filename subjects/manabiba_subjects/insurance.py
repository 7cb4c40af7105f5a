"""Social insurance (社会保険) and labour insurance (労働保険): who bears how much, by date."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_DOWN, Decimal

from .dated_table import DatedRow, dated_tables

CARE_AGES = range(40, 65)
"""The ages at which 介護保険 is collected with the health insurance."""


@dataclass(frozen=True)
class Premium:
    """One premium in yen: what the employee bears and what the employer bears."""

    employee: int
    employer: int

    @property
    def total(self) -> int:
        """What is paid to the office."""
        return self.employee + self.employer


@dataclass(frozen=True)
class SocialInsurance:
    """A month's premiums for one person; `health` includes 介護保険 where it applies."""

    health: Premium
    child_support: Premium
    pension: Premium
    contribution: Premium

    @property
    def employee(self) -> int:
        """What is deducted from the salary."""
        return sum(premium.employee for premium in self._all)

    @property
    def employer(self) -> int:
        """What the employer bears (法定福利費)."""
        return sum(premium.employer for premium in self._all)

    @property
    def total(self) -> int:
        """What is paid for the month."""
        return self.employee + self.employer

    @property
    def _all(self) -> tuple[Premium, ...]:
        return (self.health, self.child_support, self.pension, self.contribution)


@dataclass(frozen=True)
class LabourInsurance:
    """A year's premiums for all workers, in yen."""

    employment: Premium
    accident: int
    asbestos: int

    @property
    def employee(self) -> int:
        """What the workers bear of it (雇用保険 alone)."""
        return self.employment.employee

    @property
    def employer(self) -> int:
        """What the employer bears (法定福利費)."""
        return self.employment.employer + self.accident + self.asbestos

    @property
    def total(self) -> int:
        """What is paid with the yearly declaration (年度更新)."""
        return self.employee + self.employer


def social_insurance(standard: int, month: date, *, age: int | None = None) -> SocialInsurance:
    """The premiums of one month for a 標準報酬月額 of `standard` yen; `month` is any day of it.

    The employee's half is rounded at 50 sen (50銭以下切捨て), the employer bears the rest of the
    premium cut to the yen. Between 40 and 64 years of `age` 介護保険 is added to 健康保険.
    Raises OutsideTableError for a month outside a table.

    >>> month = social_insurance(200_000, date(2025, 6, 1))
    >>> (month.employee, month.employer, month.total)
    (28220, 28940, 57160)
    """
    health = insurance_row("health", month)["rate"]
    if age is not None and age in CARE_AGES:
        health += insurance_row("care", month)["rate"]
    return SocialInsurance(
        health=_halves(standard * health),
        child_support=_halves(standard * insurance_row("child_support", month)["rate"]),
        pension=_halves(standard * insurance_row("pension", month)["rate"]),
        contribution=Premium(0, int(standard * insurance_row("child_contribution", month)["rate"])),
    )


def employment_share(gross: int, on: date) -> int:
    """雇用保険 deducted from a salary of `gross` yen (50銭以下切捨て); `on` is its closing day.

    >>> employment_share(258_125, date(2026, 11, 30))
    1291
    """
    return _half_down(gross * insurance_row("employment", on)["employee"])


def labour_insurance(wages: int, on: date, *, accident_wages: int | None = None) -> LabourInsurance:
    """A year's labour insurance, every premium cut to the yen; `on` is a day of the fiscal year.

    `wages` are those of the people in 雇用保険, `accident_wages` those of all workers when they
    are more; both in yen as they are declared.

    >>> year = labour_insurance(2_400_000, date(2025, 4, 1), accident_wages=3_024_000)
    >>> (year.employment.total, year.accident, year.asbestos, year.total, year.employer)
    (34800, 9072, 60, 43932, 30732)
    """
    everyone = wages if accident_wages is None else accident_wages
    rates = insurance_row("employment", on)
    employee = int(wages * rates["employee"])
    total = int(wages * (rates["employee"] + rates["employer"]))
    return LabourInsurance(
        employment=Premium(employee, total - employee),
        accident=int(everyone * insurance_row("accident", on)["rate"]),
        asbestos=int(everyone * insurance_row("asbestos", on)["rate"]),
    )


def insurance_row(kind: str, on: date) -> DatedRow:
    """The row of a table of `insurance_rates.toml` that holds on a day, with source and status."""
    return dated_tables("insurance_rates.toml")[kind].at(on)


def _halves(premium: Decimal) -> Premium:
    employee = _half_down(premium / 2)
    return Premium(employee, int(premium) - employee)


def _half_down(value: Decimal) -> int:
    return int(value.quantize(Decimal(1), rounding=ROUND_HALF_DOWN))
