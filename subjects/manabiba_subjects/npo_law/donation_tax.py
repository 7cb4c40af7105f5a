"""What a donation to a 認定NPO法人 saves a donor in tax (税額控除)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from ..derivation import Step, by_convention, by_rule, yen
from ._rules import rule


@dataclass(frozen=True)
class DonationTax:
    """What is saved, in yen."""

    income_tax: int
    prefecture: int
    city: int
    steps: tuple[Step, ...]

    @property
    def resident_tax(self) -> int:
        """個人住民税 of both."""
        return self.prefecture + self.city

    @property
    def total(self) -> int:
        """Income tax and 個人住民税 together."""
        return self.income_tax + self.resident_tax


def donation_tax(
    donation: int,
    on: date,
    *,
    prefecture_designates: bool = True,
    city_designates: bool = True,
    income: int | None = None,
    tax: int | None = None,
) -> DonationTax:
    """What a resident of Yokohama saves by `donation` yen given on a day, below one yen cut off.

    `income` (総所得金額等) and `tax` (所得税額) apply the limits of the credit where known.

    >>> saved = donation_tax(30_000, date(2026, 11, 24))
    >>> saved.income_tax, saved.prefecture, saved.city, saved.total
    (11200, 560, 2240, 14000)
    """
    if donation < 0:
        raise ValueError(f"寄附額が{donation:,}円です。0円以上にしてください。")
    credit, resident = (
        rule("certification", "credit", on),
        rule("certification", "resident", on),
    )
    steps: list[Step] = []
    counted = donation
    if income is not None and donation > (limit := int(income * credit["income_share"])):
        counted = limit
        steps.append(
            by_rule(
                credit,
                "対象になる寄附額",
                f"総所得{yen(income)}の{_percent(credit['income_share'])}まで",
                yen(limit),
            )
        )
    base = max(0, counted - credit.whole("deducted"))
    saved = int(base * credit["rate"])
    working = f"({counted:,}−{credit.whole('deducted'):,})×{_percent(credit['rate'])}"
    steps.append(by_rule(credit, "所得税の税額控除", working, yen(saved)))
    if tax is not None and saved > (limit := int(tax * credit["tax_share"])):
        saved = limit
        steps.append(
            by_rule(
                credit,
                "控除の上限",
                f"所得税額{yen(tax)}の{_percent(credit['tax_share'])}まで",
                yen(limit),
            )
        )
    base = max(0, donation - resident.whole("deducted"))
    parts = []
    for key, name, designates in (
        ("prefecture", "県民税", prefecture_designates),
        ("city", "市民税", city_designates),
    ):
        part = int(base * resident[key]) if designates else 0
        working = f"({donation:,}−{resident.whole('deducted'):,})×{_percent(resident[key])}"
        steps.append(by_rule(resident, name, working if designates else "指定がない", yen(part)))
        parts.append(part)
    steps.append(by_convention("端数", "", "円未満は切り捨て", "この計算の端数の決め方"))
    return DonationTax(saved, parts[0], parts[1], tuple(steps))


def _percent(rate: Decimal) -> str:
    return f"{(rate * 100).normalize():f}%"
