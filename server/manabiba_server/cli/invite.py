"""`manabiba invite`: personal links for people."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import click
import segno

from ..people import PeopleError, create_person
from ..runs import enrol
from .workplace import home_option, json_option, open_workplace, say_json


@click.command()
@click.argument("run_id")
@click.argument("names", nargs=-1)
@click.option(
    "--role",
    type=click.Choice(["participant", "instructor", "coordinator"]),
    default="participant",
    show_default=True,
    help="受講者, 講師 or 事務局.",
)
@home_option
@json_option
def invite(
    run_id: str,
    names: tuple[str, ...],
    role: str,
    home: Path | None,
    courses: Path | None,
    as_json: bool,
) -> None:
    """Print the way into run RUN_ID, and a personal link (受講者用リンク) for each NAME."""
    work = open_workplace(home, courses)
    run = work.run(run_id)
    now = datetime.now(UTC)
    made: list[dict[str, str]] = []
    try:
        with work.database.session() as session:
            for number, name in enumerate(names):
                person, token = create_person(session, name=name, now=now)
                joined = now + timedelta(microseconds=number)  # keeps the order given
                enrol(session, run_id, person.id, role=role, now=joined)
                link = f"{work.settings.base_url}/me/{token}"
                made.append({"name": person.name, "id": person.id, "role": role, "link": link})
    except PeopleError as error:
        raise click.UsageError(str(error)) from error
    join = f"{work.settings.base_url}/join/{run.join_code}"
    if as_json:
        say_json({"run": run.id, "join": join, "people": made})
        return
    click.echo(f"参加用リンク (join): {join}")
    for entry in made:
        click.echo(f"\n{entry['name']}: {entry['link']}")
        segno.make(entry["link"], error="l").terminal(compact=True, border=2)
    if made:
        click.echo("These links are shown only now; give each to its person alone.")
