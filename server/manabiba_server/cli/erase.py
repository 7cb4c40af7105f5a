"""`manabiba run delete`, `manabiba run expire`, `manabiba person delete`: erasing for good."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

import click

from ..database import Person, Run
from ..erasure import counted, erase_person, erase_run, expired_runs
from ..japanese import JST, day
from ..matching.board import load_board
from ..runs import participants_of, runs_of
from .workplace import Workplace, home_option, open_workplace

yes_option = click.option("--yes", is_flag=True, help="Do not ask.")


@click.command()
@click.argument("run_id")
@yes_option
@home_option
def delete(run_id: str, yes: bool, home: Path | None, courses: Path | None) -> None:
    """Erase run RUN_ID (開催) for good, with whoever was in no other run."""
    work = open_workplace(home, courses)
    found = work.run(run_id)
    _tell(work, found)
    if not yes and click.prompt("Type the run's id to erase it for good", type=str) != run_id:
        raise click.ClickException("this is not its id; nothing was erased")
    _erase_run(work, found)


@click.command()
@yes_option
@home_option
def expire(yes: bool, home: Path | None, courses: Path | None) -> None:
    """Erase all runs whose date of keeping (保存の期限), as the join page names it, is over."""
    work = open_workplace(home, courses)
    with work.database.reading() as session:
        found = expired_runs(session, datetime.now(JST).date())
    if not found:
        click.echo("No run is past its date of keeping.")
        return
    for run in found:
        _tell(work, run)
    if not yes:
        click.confirm(f"Erase {len(found)} run(s) for good?", abort=True)
    for run in found:
        _erase_run(work, run)


@click.group()
def person() -> None:
    """Look after single people (受講者)."""


@person.command(name="delete")
@click.argument("person_id")
@yes_option
@home_option
def delete_person(person_id: str, yes: bool, home: Path | None, courses: Path | None) -> None:
    """Erase PERSON_ID for good, in all runs; `manabiba run show` has the ids."""
    work = open_workplace(home, courses)
    with work.database.reading() as session:
        found = session.get(Person, person_id)
        runs = [run for run, _ in runs_of(session, person_id)]
        answers, books = counted(session, [person_id])
    if found is None:
        raise click.UsageError(f"no person {person_id!r}; `manabiba run show RUN` has the ids")
    click.echo(f"{found.name}: {len(runs)} run(s), {answers} answers, {books} own books")
    if not yes:
        click.confirm("Erase all of it for good?", abort=True)
    with _told_when_files_stay():
        for run in runs:
            if work.settings.run_folder(run.id).exists():
                work.directory(run).erase_participant(person_id)
    with work.database.session() as session:
        erase_person(session, person_id)
        boards = [run.id for run in runs if load_board(session, run.id) is not None]
    click.echo(f"{found.name} was erased")
    if boards:
        click.echo(
            f"The name may still stand on the team board (チーム分け) of {', '.join(boards)}: "
            "read the tables in again without it"
        )


def _tell(work: Workplace, run: Run) -> None:
    with work.database.reading() as session:
        people = [one.id for one in participants_of(session, run.id)]
        answers, _ = counted(session, people)
    click.echo(
        f"{run.id}: {run.title}, 保存 {day(run.keep_until)}まで, "
        f"{len(people)} participants, {answers} answers of theirs in all runs"
    )


def _erase_run(work: Workplace, run: Run) -> None:
    folder = work.settings.run_folder(run.id)
    if folder.exists():
        with _told_when_files_stay():
            shutil.rmtree(folder)
    with work.database.session() as session:
        gone = erase_run(session, run.id)
    click.echo(f"{run.id} was erased, with {len(gone)} people who were in no other run")


@contextmanager
def _told_when_files_stay() -> Iterator[None]:
    """Files go before the database, so that the command can be given again when one stays."""
    try:
        yield
    except OSError as error:
        raise click.ClickException(
            f"{error.filename} cannot be removed ({error.strerror}): make it writable and give "
            "the command again; not everything is erased yet"
        ) from error
