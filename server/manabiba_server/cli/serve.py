"""`manabiba serve`: the participants' server."""

from __future__ import annotations

import errno
import logging
import shutil
import socket
import sys
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import click
import segno

from ..demo import DEMO_RUN, DemoLinks, ensure_demo
from ..erasure import expired_runs
from ..guide import GuideError, load_guide
from ..japanese import JST
from ..settings import OWN_GUIDE, Settings
from .workplace import HELP, Workplace, home_option, open_workplace

LEAST_SPACE = 200_000_000
"""Bytes that must be free in the home folder."""


@click.command()
@click.option("--host", help=HELP["host"])
@click.option("--port", type=int, help=HELP["port"])
@home_option
@click.option("--no-demo", is_flag=True, help="Do not create the demo run.")
@click.option("--verbose", is_flag=True, help="Log every request.")
def serve(
    host: str | None,
    port: int | None,
    home: Path | None,
    courses: Path | None,
    no_demo: bool,
    verbose: bool,
) -> None:
    """Serve the participants' pages (受講者のページ) until Ctrl-C."""
    work = open_workplace(home, courses, host=host, port=port)
    settings = with_a_guide_that_leads(work.settings)
    check_space(settings.home)
    check_port(settings.host, settings.port)
    logging.basicConfig(
        level=logging.INFO if verbose else logging.ERROR,
        format="%(asctime)s %(levelname)s %(name)s: %(message)s",
    )
    links = None if no_demo else ensure_demo(work)
    say_what_is_expired(work)
    from ..app import serve as serve_app  # Voilà takes a second to import

    def announce() -> None:
        say_where(settings, links)

    sys.exit(serve_app(settings, work.database, work.courses, announce))


def with_a_guide_that_leads(settings: Settings) -> Settings:
    """The settings; with the program's own guide (案内) in place of one with mistakes, all told.

    A slip in its files must not keep an evening's lessons from starting.
    """
    try:
        load_guide(settings.guide)
    except GuideError as error:
        click.echo(
            f"{settings.guide} の案内にまちがいがあるので、はじめから付いている案内を使います。"
            f"次を直して、始めなおしてください。\n{error}",
            err=True,
        )
        return replace(settings, guide=OWN_GUIDE)
    return settings


def check_space(home: Path) -> None:
    """Refuse to start where answers could not be kept."""
    free = shutil.disk_usage(home).free
    if free < LEAST_SPACE:
        raise click.ClickException(
            f"only {free // 1_000_000} MB are free in {home}: free some, or choose another "
            "folder with --home"
        )


def check_port(host: str, port: int) -> None:
    """Refuse to start on a port that cannot be had, or for an address that is not ours."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            if isinstance(error, socket.gaierror) or error.errno == errno.EADDRNOTAVAIL:
                raise click.UsageError(
                    f"host {host!r} is no address of this machine ({error.strerror}): "
                    "give --host 127.0.0.1, or 0.0.0.0 for the network"
                ) from error
            other = 8866 if error.errno == errno.EACCES else port + 1 if port < 65535 else port - 1
            raise click.ClickException(
                f"port {port} on {host} cannot be used ({error.strerror}): stop what uses it, or "
                f"choose another with --port {other}"
            ) from error


def say_what_is_expired(work: Workplace) -> None:
    """Name the runs that were to be kept only until a day that is over."""
    with work.database.reading() as session:
        found = expired_runs(session, datetime.now(JST).date())
    if found:
        names = ", ".join(run.id for run in found)
        click.echo(f"Past their date of keeping: {names}; erase them with `manabiba run expire`")


def say_where(settings: Settings, links: DemoLinks | None) -> None:
    """Print where to go, with a QR code of the way in."""
    click.echo(f"まなびば: {settings.base_url}  (Ctrl-C で終了)")
    if links is None:
        click.echo("Make a run with `manabiba run create`, then `manabiba invite RUN`.")
        return
    join = f"{settings.base_url}/join/{links.join_code}"
    segno.make(join, error="l").terminal(compact=True, border=2)
    click.echo(f"参加用リンク (join):          {join}")
    click.echo(f"受講者の例 (participant):     {settings.base_url}/me/{links.participant}")
    click.echo(f"講師 (instructor):            {settings.base_url}/me/{links.instructor}")
    click.echo(f"Demo run: {DEMO_RUN}.  Grading: manabiba lab --run {DEMO_RUN}")
