"""The only door to this package's data files: a row of law by file, key and day."""

from __future__ import annotations

from datetime import date

from ..dated_table import DatedRow, dated_tables


def rule(file: str, key: str, on: date) -> DatedRow:
    """The row of `labour/<file>.toml` that holds on a day. Raises OutsideTableError."""
    return dated_tables(f"labour/{file}.toml")[key].at(on)
