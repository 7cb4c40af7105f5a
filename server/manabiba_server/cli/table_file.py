"""`--csv`: a table in a file as well, for spreadsheets."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click
import pandas as pd

F = TypeVar("F", bound=Callable[..., Any])


class TableFile(click.Path):
    """A file that can be written: known before the work begins whose result goes there."""

    def __init__(self) -> None:
        super().__init__(dir_okay=False, writable=True, path_type=Path)

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Path:
        path = Path(os.fsdecode(super().convert(value, param, ctx)))
        folder = path.parent
        if not folder.is_dir():
            self.fail(f"{folder} is no folder; make it first, or name another file", param, ctx)
        if not os.access(folder, os.W_OK):
            self.fail(f"{folder} cannot be written to; name a file elsewhere", param, ctx)
        return path


def csv_option(command: F) -> F:
    """`--csv FILE`."""
    return click.option("--csv", type=TableFile(), help="Also write the table to this file.")(
        command
    )


def write_table(table: pd.DataFrame, path: Path) -> None:
    """Write a table as Excel reads it (UTF-8 with a mark)."""
    try:
        table.to_csv(path, index=False, encoding="utf-8-sig")
    except OSError as error:
        raise click.ClickException(
            f"{path} could not be written ({error.strerror}): name another file with --csv"
        ) from error
