"""What reading a table found: the problems that stop it, and remarks about the rest."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Finding:
    """One place in a table: row as a spreadsheet numbers it (0: the whole table), column, value.

    `message` says in Japanese what is wrong and what to do, or what was done. A `doubt` stops
    nothing, but its owner has to see it.
    """

    row: int
    message: str
    column: str = ""
    value: str = ""
    doubt: bool = False

    @property
    def place(self) -> str:
        """Where it is, in Japanese."""
        return f"{self.row}行目" if self.row else "表全体"
