"""The group of all commands."""

from __future__ import annotations

import logging

import click

from .doctor import doctor
from .erase import delete, expire, person
from .grade import feedback, grade
from .invite import invite
from .lab import lab
from .run import run
from .serve import serve
from .status import status


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="manabiba")
def main() -> None:
    """まなびば (Manabiba): seminars for civic organisations, as Jupyter notebooks."""
    logging.getLogger("traitlets").setLevel(logging.ERROR)  # nbgrader tells every step it takes


for command in (serve, lab, run, invite, grade, feedback, status, doctor):
    main.add_command(command)
main.add_command(person)
run.add_command(delete)
run.add_command(expire)
