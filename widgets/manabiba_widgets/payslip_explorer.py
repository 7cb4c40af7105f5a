"""PayslipExplorer (給与明細): every line of a payslip moves with what is put in, and says why."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from manabiba_subjects.dated_table import DatedRow, OutsideTableError, dated_tables
from manabiba_subjects.derivation import per_mille, percent
from manabiba_subjects.insurance import CARE_AGES, insurance_row
from manabiba_subjects.labour.payslip import COMMUTING, Payslip, payslip
from manabiba_subjects.labour.premiums import hourly_base, premium_pay
from manabiba_subjects.labour.working_hours import Kind
from manabiba_subjects.periods import add_months, in_words

from .explorable import Explorable, ExplorableError, Still, refuse
from .number_text import format_number

MOST_PAY = 2_000_000
MOST_HOURS = 100
AGES = range(15, 70)
DEPENDANTS = range(8)
PAYDAY = 25
BASIC = "月給"
_SOCIAL = ("health", "care", "child_support", "pension", "child_contribution")


class PayslipExplorer(Explorable):
    """Monthly pay, commuting, overtime, age, dependants and month, and what they do to each line.

    Pay is closed on the last day of a month and paid on the 25th of the next, `month` (any day of
    it). The 標準報酬月額 is
    that of pay and commuting without overtime. The twelve months around `month` are offered, as
    far as the tables go; outside the excerpt of the withholding table the line is left open.
    """

    kind = "payslip_explorer"

    def __init__(
        self,
        explorable_id: str,
        *,
        title: str,
        lead: str = "",
        monthly_pay: int,
        age: int,
        month: date,
        commuting: int = 0,
        overtime_hours: int = 0,
        dependants: int = 0,
        monthly_hours: int = 160,
        resident_tax: int = 0,
    ) -> None:
        refuse(
            explorable_id,
            [
                f"{name} {value} is not {least} to {most}"
                for name, value, least, most in (
                    ("monthly_pay", monthly_pay, 1, MOST_PAY),
                    ("commuting", commuting, 0, MOST_PAY),
                    ("overtime_hours", overtime_hours, 0, MOST_HOURS),
                    ("age", age, AGES[0], AGES[-1]),
                    ("dependants", dependants, DEPENDANTS[0], DEPENDANTS[-1]),
                    ("monthly_hours", monthly_hours, 1, 200),
                    ("resident_tax", resident_tax, 0, MOST_PAY),
                )
                if not least <= value <= most
            ],
        )
        first = month.replace(day=1)
        try:
            self._label = _month(first)["label"]
            self._slip = make_payslip(
                monthly_pay=monthly_pay,
                commuting=commuting,
                overtime_hours=overtime_hours,
                age=age,
                dependants=dependants,
                month=first,
                monthly_hours=monthly_hours,
                resident_tax=resident_tax,
            )
        except OutsideTableError as error:
            raise ExplorableError(f"explorable {explorable_id}: {error}") from error
        premium = _premium(_closing_day(first))
        super().__init__(
            explorable_id,
            title=title,
            lead=lead,
            monthly_pay=monthly_pay,
            commuting=commuting,
            overtime_hours=overtime_hours,
            age=age,
            dependants=dependants,
            monthly_hours=monthly_hours,
            resident_tax=resident_tax,
            month=f"{first:%Y-%m}",
            **_months(first),
            premium={
                "overtime": str(premium["overtime"]),
                "over60": str(premium["over60"]),
                "limit": premium.whole("limit"),
            },
            care_ages=[CARE_AGES[0], CARE_AGES[-1]],
            most_pay=MOST_PAY,
            most_hours=MOST_HOURS,
            ages=[AGES[0], AGES[-1]],
            most_dependants=DEPENDANTS[-1],
            payday=PAYDAY,
            read_on=in_words(insurance_row("health", add_months(first, -1)).read_on),
            sources=_sources(first),
        )

    def still(self) -> Still:
        slip, tax = self._slip
        lines = [
            ("総支給額", slip.gross),
            ("健康保険", slip.health - slip.care),
            ("介護保険", slip.care),
            ("子ども・子育て支援金", slip.child_support),
            ("厚生年金", slip.pension),
            ("雇用保険", slip.employment),
            ("源泉所得税", tax),
            ("住民税", slip.resident_tax),
            ("差引支給額" if tax is not None else "所得税を引く前の額", slip.net),
        ]
        return Still(
            f"{self._label}に払う給与の明細"
            f"(標準報酬月額{format_number(slip.standard, unit='円')}。単位: 円)",
            ("項目", "金額"),
            tuple(
                (name, "国税庁の税額表で引く" if yen is None else format_number(yen))
                for name, yen in lines
            ),
        )


def make_payslip(
    *,
    monthly_pay: int,
    commuting: int,
    overtime_hours: int,
    age: int,
    dependants: int,
    month: date,
    monthly_hours: int,
    resident_tax: int,
) -> tuple[Payslip, int | None]:
    """The payslip of a month and its income tax; without tax in it where the excerpt ends (None).

    Raises OutsideTableError when the month is outside another table.
    """
    closed, paid = _closing_day(month), month.replace(day=PAYDAY)
    hourly = hourly_base({BASIC: monthly_pay}, monthly_hours, closed).value
    within = min(overtime_hours, _premium(closed).whole("limit"))
    hours = {(Kind.OVERTIME, False): within * 60, (Kind.OVER60, False): 0}
    hours[Kind.OVER60, False] = (overtime_hours - within) * 60
    extra = premium_pay(hours, hourly, closed).value
    pay = {BASIC: monthly_pay, COMMUTING: commuting, "時間外": extra}

    def made(tax: int | None) -> Payslip:
        return payslip(
            pay,
            paid_on=paid,
            closed_on=closed,
            average_pay=monthly_pay + commuting,
            age=age,
            dependants=dependants,
            resident_tax=resident_tax,
            tax=tax,
        )

    try:
        slip = made(None)
    except OutsideTableError:
        return made(0), None
    return slip, slip.income_tax


def _months(first: date) -> dict[str, Any]:
    """The months offered; grades and excerpts stand once, months name them by their first day."""
    months, grades, excerpts = [], {}, {}
    for offset in range(-7, 5):
        try:
            month = _month(add_months(first, offset))
        except OutsideTableError:
            continue
        months.append(month)
        social = add_months(first, offset - 1)
        tables = dated_tables("labour/standard_remuneration.toml")
        health, pension = tables["health"].at(social), tables["pension"].at(social)
        grades[month["grades"]] = {
            "lower": list(health.series("lower")),
            "standards": list(health.series("standards")),
            "lowest": pension.whole("lowest"),
            "highest": pension.whole("highest"),
        }
        if (excerpt := _excerpt(add_months(first, offset))) is not None:
            excerpts[month["excerpt"]] = {
                "lower": list(excerpt.series("lower")),
                "upper": list(excerpt.series("upper")),
                "taxes": {key: list(excerpt.series(f"dependants{key}")) for key in ("0", "1")},
            }
    return {"months": months, "grades": grades, "excerpts": excerpts}


def _month(first: date) -> dict[str, Any]:
    """What the page needs for the pay of a month: rates as texts, and which grades and excerpt."""
    social, closed = add_months(first, -1), _closing_day(first)
    rates = {key: _rate(insurance_row(key, social), "rate") for key in _SOCIAL}
    employment, accident = (insurance_row(key, closed) for key in ("employment", "accident"))
    rates["employment"] = _rate(employment, "employee", labour=True)
    rates["employment_employer"] = _rate(employment, "employer", labour=True)
    rates["accident"] = _rate(accident, "rate", labour=True)
    tables = dated_tables("labour/standard_remuneration.toml")
    grades = max(tables[key].at(social).effective_from for key in ("health", "pension"))
    excerpt = _excerpt(first)
    return {
        "key": f"{first:%Y-%m}",
        "label": f"{first.year}年{first.month}月",
        "social": f"{social.year}年{social.month}月分",
        "rates": rates,
        "grades": grades.isoformat(),
        "excerpt": excerpt and excerpt.effective_from.isoformat(),
    }


def _closing_day(month: date) -> date:
    """The last day of the month before."""
    return month.replace(day=1) - timedelta(days=1)


def _rate(row: DatedRow, key: str, *, labour: bool = False) -> dict[str, str]:
    rate = row[key]
    return {
        "rate": str(rate),
        "text": per_mille(rate) if labour else percent(rate),
        "since": in_words(row.effective_from),
    }


def _excerpt(month: date) -> DatedRow | None:
    try:
        return dated_tables("labour/withholding_monthly.toml")["kou"].at(month.replace(day=PAYDAY))
    except OutsideTableError:
        return None


def _premium(on: date) -> DatedRow:
    return dated_tables("labour/hours.toml")["premium"].at(on)


def _sources(first: date) -> list[str]:
    """Which tables the figures are from, each with source, status and 基準日."""
    social, closed = add_months(first, -1), _closing_day(first)
    rates = dated_tables("insurance_rates.toml")
    used = [(rates[key], rates[key].at(social)) for key in _SOCIAL]
    used += [(rates[key], rates[key].at(closed)) for key in ("employment", "accident")]
    grades = dated_tables("labour/standard_remuneration.toml")
    used += [(table, table.at(social)) for table in grades.values()]
    hours = dated_tables("labour/hours.toml")["premium"]
    used.append((hours, hours.at(closed)))
    taxes = dated_tables("labour/withholding_monthly.toml")["kou"]
    used.append((taxes, taxes.rows[-1]))
    return [
        f"{table.name}: {row.source}。{row.status}。基準日{in_words(row.read_on)}。"
        for table, row in used
    ]
