"""Income tax withheld at source (源泉徴収) from honoraria: amount, gross-up, due date."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from .dated_table import DatedRow, dated_tables


class Payment(StrEnum):
    """What is paid, as far as the due date depends on it."""

    HONORARIUM = "講演料・原稿料など(所得税法204条1項1号)"
    PROFESSIONAL = "税理士・社会保険労務士などの報酬(同項2号)"
    SALARY = "給与・賞与"
    RETIREMENT = "退職手当"


_FILE = "withholding_rates.toml"

SPECIAL_TERM = frozenset({Payment.PROFESSIONAL, Payment.SALARY, Payment.RETIREMENT})
"""What 納期の特例 covers (所得税法216条; read in the text of 2026-04-01)."""


@dataclass(frozen=True)
class Withholding:
    """A payment of an honorarium in yen: gross (支払総額), tax (源泉徴収税額), net (手取り)."""

    gross: int
    tax: int

    @property
    def net(self) -> int:
        """What the lecturer receives."""
        return self.gross - self.tax


def withhold(gross: int, paid_on: date) -> Withholding:
    """What is withheld from one payment of `gross` yen; below one yen is cut off.

    10.21 % up to 1,000,000 yen of a payment and 20.42 % above, as `withholding_rates.toml` has
    them. Raises OutsideTableError for a day outside the table, ValueError below 0 yen.

    >>> withhold(50_000, date(2025, 8, 20))
    Withholding(gross=50000, tax=5105)
    """
    if gross < 0:
        raise ValueError(f"支払総額が{gross:,}円です。0円以上にしてください。")
    return Withholding(gross, _tax(gross, withholding_row(paid_on)))


def gross_up(net: int, paid_on: date) -> Withholding:
    """The payment that leaves exactly `net` yen after the tax (手取りを約束したとき).

    net ÷ (1 − rate), below one yen cut off, as practice does; where two gross amounts leave the
    same net, this is the larger. Raises like `withhold`.

    >>> gross_up(30_000, date(2025, 8, 20))
    Withholding(gross=33411, tax=3411)
    """
    if net < 0:
        raise ValueError(f"手取り額が{net:,}円です。0円以上にしてください。")
    row = withholding_row(paid_on)
    low, above = _rates(row)
    threshold = row["threshold"]
    net_at_threshold = threshold * (1 - low)
    if net <= net_at_threshold:
        gross = int(net / (1 - low))
    else:
        gross = int(threshold + (net - net_at_threshold) / (1 - above))
    return Withholding(gross, _tax(gross, row))


def due_date(paid_on: date, payment: Payment, *, has_special_term: bool = False) -> date:
    """The day by which the tax has to be paid: the 10th of the next month (所得税法183, 204条).

    With 納期の特例 (216条; fewer than 10 people, approved) salaries, retirement pay and the fees
    of 204条1項2号 are paid by 10 July for January to June and by 20 January for the rest of the
    year; honoraria never are. A day on which offices are closed is not moved here.

    >>> due_date(date(2025, 8, 20), Payment.HONORARIUM, has_special_term=True)
    datetime.date(2025, 9, 10)
    """
    if has_special_term and payment in SPECIAL_TERM:
        if paid_on.month <= 6:
            return date(paid_on.year, 7, 10)
        return date(paid_on.year + 1, 1, 20)
    if paid_on.month == 12:
        return date(paid_on.year + 1, 1, 10)
    return date(paid_on.year, paid_on.month + 1, 10)


def withholding_row(paid_on: date) -> DatedRow:
    """The row of the table that holds on a day, to be shown with its source and 基準日."""
    return dated_tables(_FILE)["honorarium"].at(paid_on)


def withholding_rates(paid_on: date) -> tuple[Decimal, Decimal]:
    """The rates up to the threshold and above it, the surtax included (0.1021, 0.2042)."""
    return _rates(withholding_row(paid_on))


def _rates(row: DatedRow) -> tuple[Decimal, Decimal]:
    return row["income_tax"] * (1 + row["surtax"]), row["income_tax_above"] * (1 + row["surtax"])


def _tax(gross: int, row: DatedRow) -> int:
    low, above = _rates(row)
    part = min(Decimal(gross), row["threshold"])
    return int(part * low + (gross - part) * above)
