"""Whether an organisation has to pay consumption tax (消費税の納税義務)."""

from __future__ import annotations

from datetime import date

from .dated_table import dated_tables


def is_exempt(base_period_sales: int, on: date, *, is_registered: bool) -> bool:
    """Whether it is 免税: sales of the base period at most the limit, and not registered.

    `base_period_sales` is 課税売上高 of the base period (two years earlier) in yen: fees,
    donations, subsidies and grants are not part of it. `is_registered` means 適格請求書発行事業者.
    `on` is the first day of the year in question. Source: 消費税法9条1項.

    >>> is_exempt(866_000, date(2025, 4, 1), is_registered=False)
    True
    """
    return not is_registered and base_period_sales <= exemption_limit(on)


def exemption_limit(on: date) -> int:
    """The limit (免税点) in yen on a day. Raises OutsideTableError outside the table."""
    return int(dated_tables("consumption_tax.toml")["exemption"].at(on)["yen"])
