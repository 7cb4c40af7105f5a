"""What the case NPO keeps beside its journal: registers, counts, contracts, payroll."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from ..fixed_assets import FixedAsset
from ..insurance import (
    LabourInsurance,
    SocialInsurance,
    employment_share,
    labour_insurance,
    social_insurance,
)
from ..minimum_wage import minimum_wage
from ..notes import GrantUse, RestrictedFund, Valued
from .journal import books, entry, fiscal_year


@dataclass(frozen=True)
class Pay:
    """The employee's salary of some months, in yen: what is withheld, and what is paid out."""

    gross: int
    social_insurance: int
    employment_insurance: int
    income_tax: int

    @property
    def withheld(self) -> int:
        """What goes to 預り金."""
        return self.social_insurance + self.employment_insurance + self.income_tax

    @property
    def net(self) -> int:
        """差引支給額."""
        return self.gross - self.withheld


@cache
def records() -> dict[str, Any]:
    """All records as they stand in `records.toml`."""
    text = files("manabiba_subjects.npo_case").joinpath("records.toml").read_text("utf-8")
    return tomllib.loads(text)


def pay(months: int) -> Pay:
    """The employee's salary of a number of months of the year."""
    data = records()["pay"]
    return Pay(
        gross=months * data["salary"],
        social_insurance=months * social_insurance_month().employee,
        employment_insurance=months * employment_share(data["salary"], fiscal_year()[0]),
        income_tax=months * data["income_tax"],
    )


def social_insurance_month() -> SocialInsurance:
    """The employee's social insurance of one month (the same all year)."""
    return social_insurance(records()["pay"]["standard_remuneration"], fiscal_year()[0])


def labour_insurance_year() -> LabourInsurance:
    """The year's labour insurance: 雇用保険 for the employee, 労災 for the tutors too."""
    data = records()["pay"]
    wages = 12 * data["salary"]
    return labour_insurance(wages, fiscal_year()[0], accident_wages=wages + data["wages_of_others"])


def bank_balance() -> int:
    """What the bank says is in 普通預金 at the end of the year (残高証明書)."""
    return int(records()["bank"]["statement"])


def not_yet_debited() -> tuple[int, ...]:
    """Transfers ordered in this year that the bank debits in the next."""
    return tuple(records()["bank"]["not_yet_debited"])


def prepaid_rent() -> int:
    """The rent of the next April, paid in March."""
    return int(records()["closing"]["prepaid_rent"])


def unpaid_utilities() -> int:
    """The utilities of March, whose bill comes in April."""
    return int(records()["closing"]["unpaid_utilities"])


def stamps_left() -> int:
    """The stamps that were counted at the end of the year."""
    return int(records()["closing"]["stamps_left"])


def city_subsidy() -> tuple[int, int]:
    """The city's subsidy: what was granted, and what of it came in during the year."""
    data = records()["city_subsidy"]
    return data["granted"], _received(data["paid_by"])


def grant_use() -> GrantUse:
    """The foundation's grant: what came in and what it was spent on."""
    data = records()["grant"]
    spent = {row["text"]: row.get("yen") or _spent(row) for row in data["spent"]}
    return GrantUse(_received(data["received_by"]), spent)


def restricted_funds() -> tuple[RestrictedFund, ...]:
    """The year's money given for a purpose: a donation, the grant, the subsidy."""
    donation = records()["food_donation"]
    grant = grant_use()
    granted, came_in = city_subsidy()
    food = sum(line.amount for e in books().entries for line in e.lines if line.account == "食材費")
    return (
        RestrictedFund(
            "子ども食堂食材指定寄附金",
            opening=0,
            increase=_received(donation["received_by"]),
            decrease=donation["used"],
            remark=f"食材費{food:,}円のうち{donation['used']:,}円に充当。翌期に使用予定。",
        ),
        RestrictedFund(
            "○○財団助成金(学習支援)",
            opening=0,
            increase=grant.used,
            decrease=grant.used,
            remark=f"助成総額{grant.received:,}円。活動計算書に計上した額は{grant.used:,}円、"
            f"差額{grant.unspent:,}円は前受助成金として負債に計上。",
        ),
        RestrictedFund(
            "市補助金(架空・学習支援/居場所事業)",
            opening=0,
            increase=granted,
            decrease=granted,
            remark="当期の対象事業費(2事業の人件費・家賃等)に全額充当。"
            f"うち{granted - came_in:,}円は未収補助金。",
        ),
    )


def fixed_assets() -> tuple[FixedAsset, ...]:
    """固定資産台帳: the refrigerator, the laptop, and the printer that was disposed of."""
    return tuple(FixedAsset(**row) for row in records()["fixed_assets"])


def facilities() -> tuple[Valued, ...]:
    """The hall used free of charge, at its published price."""
    data = records()["facility"]
    return (Valued(data["text"], data["times"], data["price"], data["basis"]),)


def volunteers() -> tuple[Valued, ...]:
    """The volunteers' hours, at the minimum wage on the first day of each period."""
    return tuple(
        Valued(row["text"], row["hours"], minimum_wage(row["from"]), "神奈川県最低賃金")
        for row in records()["volunteers"]
    )


def _received(transaction: int) -> int:
    return entry(transaction).lines[0].amount


def _spent(row: dict[str, Any]) -> int:
    lines = entry(row["transaction"]).lines
    return sum(line.amount for line in lines if line.account == row["account"])
