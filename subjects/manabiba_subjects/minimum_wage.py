"""The minimum wage (最低賃金), also the usual basis for valuing volunteers' work."""

from __future__ import annotations

from datetime import date

from .dated_table import dated_tables


def minimum_wage(on: date) -> int:
    """Kanagawa's hourly minimum wage in yen on a day. Raises OutsideTableError outside the table.

    >>> minimum_wage(date(2025, 10, 3)), minimum_wage(date(2025, 10, 4))
    (1162, 1225)
    """
    return int(dated_tables("minimum_wages.toml")["kanagawa"].at(on)["yen"])
