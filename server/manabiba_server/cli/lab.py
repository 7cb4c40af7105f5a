"""`manabiba lab`: JupyterLab with nbgrader's formgrader, for instructors."""

from __future__ import annotations

import os
import secrets
import sys
from pathlib import Path

import click

from ..runs import list_runs
from ..secrets_store import lab_password_hash, set_lab_password
from .run import release_all
from .serve import check_port
from .workplace import home_option, open_workplace

SHARE = Path(__file__).parent.parent / "lab_share"
"""Jupyter data and settings: formgrader without the CDN, JupyterLab in Japanese."""


@click.command()
@click.option("--run", "run_id", help="The run (開催) to grade; default: the newest.")
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option(
    "--port",
    type=click.IntRange(1, 65535),
    default=8867,
    show_default=True,
    help="Port of JupyterLab.",
)
@click.option("--set-password", is_flag=True, help="Ask for a new password (講師のパスワード).")
@home_option
def lab(
    run_id: str | None,
    host: str,
    port: int,
    set_password: bool,
    home: Path | None,
    courses: Path | None,
) -> None:
    """Open JupyterLab with formgrader (採点画面) on a run, behind its own password."""
    work = open_workplace(home, courses)
    if run_id is None:
        with work.database.reading() as session:
            runs = list_runs(session)
        if not runs:
            raise click.ClickException("no runs yet; make one with `manabiba run create`")
        run_id = runs[0].id
    run = work.run(run_id)
    check_port(host, port)
    directory = work.directory(run)
    release_all(work, run, told=True)
    if set_password:
        set_lab_password(
            work.settings.home,
            click.prompt("Password", hide_input=True, confirmation_prompt=True),
        )
    if lab_password_hash(work.settings.home) is None:
        password = secrets.token_urlsafe(9)
        set_lab_password(work.settings.home, password)
        click.echo(f"Password (shown only now; change it with --set-password): {password}")
    click.echo(f"JupyterLab: http://{host}:{port}/lab  formgrader: http://{host}:{port}/formgrader")
    arguments = lab_arguments(directory.path, host, port)
    environment = {
        **os.environ,
        # the instructors' own settings and open tabs, not those of whoever starts it
        "JUPYTER_CONFIG_DIR": str(work.settings.home / "lab"),
        "MANABIBA_LAB_PASSWORD": str(lab_password_hash(work.settings.home)),
        "MANABIBA_DATABASE": work.database.url,
        **{
            name: os.pathsep.join(filter(None, (str(SHARE), os.environ.get(name))))
            for name in ("JUPYTER_PATH", "JUPYTER_CONFIG_PATH")
        },
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ.get('PATH', '')}",
    }
    os.chdir(directory.path)  # nbgrader reads its configuration from the working directory
    sys.stdout.flush()
    os.execve(sys.executable, [sys.executable, *arguments], environment)


def lab_arguments(folder: Path, host: str, port: int) -> list[str]:
    """The command line of JupyterLab on a run; the password is in the environment."""
    config = Path(__file__).parent.parent / "lab_config.py"
    return [
        "-m",
        "jupyterlab",
        "--no-browser",
        f"--config={config}",
        f"--ServerApp.ip={host}",
        f"--ServerApp.port={port}",
        "--ServerApp.port_retries=0",
        f"--ServerApp.root_dir={folder}",
        "--ServerApp.allow_root=True",
    ]
