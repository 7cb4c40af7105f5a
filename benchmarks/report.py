"""What every benchmark says at its end: a small table for people, one JSON object for programs."""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Sequence
from typing import Any

from rich.console import Console
from rich.table import Table


def arguments(description: str | None, **defaults: float) -> argparse.Namespace:
    """The command line: `--json`, and an option for each of `defaults`."""
    parser = argparse.ArgumentParser(description=description)
    for name, value in defaults.items():
        parser.add_argument(f"--{name}", type=type(value), default=value)
    parser.add_argument("--json", action="store_true", help="only the line of JSON at the end")
    return parser.parse_args()


def say(
    title: str, columns: Sequence[str], rows: Sequence[Sequence[object]], result: dict[str, Any]
) -> None:
    """Print the table, unless only JSON was asked for; the last line is the JSON object."""
    if "--json" not in sys.argv:
        table = Table(title, *columns, caption=f"{os.cpu_count()} cores, {load()}")
        for row in rows:
            table.add_row(*(shown(cell) for cell in row))
        Console().print(table)
    print(json.dumps(result))


def shown(value: object) -> str:
    """A cell of the table."""
    if isinstance(value, float):
        return f"{value:,.2f}" if value < 100 else f"{value:,.0f}"
    return str(value)


def load() -> str:
    """How busy the machine is, with everything else that runs on it."""
    return "load " + " ".join(f"{load:.1f}" for load in os.getloadavg())


def percentile(values: Sequence[float], share: float) -> float:
    """The value that `share` of `values` do not exceed."""
    ordered = sorted(values)
    return ordered[max(0, -(-len(ordered) * round(share * 100) // 100) - 1)]
