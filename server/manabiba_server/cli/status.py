"""`manabiba status`: how far a run's participants are."""

from __future__ import annotations

from pathlib import Path

import click
import pandas as pd
from rich.markup import escape
from rich.table import Table

from ..runs import lesson_state, lessons_of, participants_of
from .table_file import csv_option, write_table
from .workplace import console, home_option, json_option, open_workplace, say_json


@click.command()
@click.argument("run_id")
@csv_option
@home_option
@json_option
def status(
    run_id: str, csv: Path | None, home: Path | None, courses: Path | None, as_json: bool
) -> None:
    """Show how far each participant (受講者) of run RUN_ID is in each lesson."""
    work = open_workplace(home, courses)
    work.run(run_id)
    with work.database.reading() as session:
        lessons = lessons_of(session, run_id)
        rows = [
            {
                "name": person.name,
                "organisation": person.organisation,
                **{le.lesson_id: str(lesson_state(session, le, person.id)) for le in lessons},
            }
            for person in participants_of(session, run_id)
        ]
    table = pd.DataFrame(rows)
    if csv is not None:
        write_table(table, csv)
    if as_json:
        say_json(rows)
        return
    if not rows:
        click.echo("Nobody has joined yet (まだ参加者がいません).")
        return
    shown = Table("受講者", "団体", *(f"第{le.number}回" for le in lessons))
    for row in rows:
        shown.add_row(*map(escape, row.values()))
    console.print(shown)
