"""Reading once what many lessons read: for a process that will be forked."""

from __future__ import annotations

from . import npo_case
from .stale_tables import all_tables


def read_tables() -> None:
    """Read the dated tables, the chart of accounts and the case; they are kept from then on."""
    for _ in all_tables():
        pass
    npo_case.entries()
