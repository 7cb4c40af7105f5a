"""The group of all commands."""

from __future__ import annotations

import logging
from importlib import import_module

import click

COMMANDS = {
    "serve": "serve",
    "lab": "lab",
    "run": "run",
    "person": "erase",
    "invite": "invite",
    "grade": "grade",
    "feedback": "grade",
    "status": "status",
    "doctor": "doctor",
}
"""Each command's module here, in the order of the help."""


class Commands(click.Group):
    """Commands that are imported when they are asked for: an invitation needs no nbgrader."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        found: click.Command = getattr(
            import_module(f".{COMMANDS[cmd_name]}", __package__), cmd_name
        )
        return found


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="manabiba")
def main() -> None:
    """まなびば (Manabiba): seminars for civic organisations, as Jupyter notebooks."""
    logging.getLogger("traitlets").setLevel(logging.ERROR)  # nbgrader tells every step it takes
