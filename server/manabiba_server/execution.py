"""Running a lesson's notebook once, so that its page and its kernels can be made from that."""

from __future__ import annotations

import asyncio
import os
import tempfile
from functools import cache
from pathlib import Path
from typing import Any

import nbformat
from jupyter_client import AsyncKernelManager
from jupyter_client.kernelspec import KernelSpecManager
from nbclient import NotebookClient

from manabiba_kernels import Executed, ForkServer, fork_server
from manabiba_kernels.provisioner import can_fork

STATE_MIME = "application/vnd.jupyter.widget-state+json"
PAGE_KERNEL = "manabiba-page"
"""The kernelspec of page kernels: forks that have our packages imported."""

ORDINARY_KERNEL = "python3"
TIMEOUT_S = 120
UNUSED_S = 3600.0


def kernel_environment(**values: str) -> dict[str, str]:
    """The environment of a kernel that runs a lesson; `values` add to it."""
    inherited = {
        name: value for name, value in os.environ.items() if not name.startswith("MANABIBA_")
    }
    return {**inherited, "MANABIBA_PAGE": "1", "PYTHONWARNINGS": "ignore", **values}


@cache
def page_forks() -> ForkServer:
    """The fork server that the page kernels' kernelspec uses."""
    spec = KernelSpecManager().get_kernel_spec(PAGE_KERNEL)
    return fork_server(spec.metadata["kernel_provisioner"]["config"]["preload"])


def page_kernel_name() -> str:
    """The kernelspec to start page kernels with."""
    return PAGE_KERNEL if can_fork() else ORDINARY_KERNEL


async def execute(notebook: nbformat.NotebookNode, key: str) -> None:
    """Run all code cells; outputs and widget states go into the notebook.

    Where there are forks, the process in which it ran stays and can be forked as `key`.
    Raises CellExecutionError or ForkError.
    """
    environment = {"MANABIBA_STORE": "manabiba_widgets.store:EmptyStore"}
    if can_fork():
        cells = [cell for cell in notebook.cells if cell.cell_type == "code"]
        executed = await asyncio.to_thread(
            page_forks().snapshot,
            key,
            [cell.source for cell in cells],
            env={
                "MANABIBA_PAGE": "1",
                "PYTHONWARNINGS": "ignore",
                **environment,
            },
            cwd=tempfile.gettempdir(),
            rehearsal="manabiba_widgets.exercise:rehearse",
            timeout_s=TIMEOUT_S,
        )
        _fill(notebook, executed)
        return
    with tempfile.TemporaryDirectory(prefix="manabiba-snapshot-") as folder:
        manager: Any = AsyncKernelManager(kernel_name=ORDINARY_KERNEL)
        client: Any = NotebookClient(
            notebook,
            km=manager,
            timeout=TIMEOUT_S,
            store_widget_state=True,
            resources={"metadata": {"path": folder}},
        )
        manager.connection_file = str(Path(folder) / "kernel.json")
        await client.async_execute(env=kernel_environment(**environment), cwd=folder)


def _fill(notebook: nbformat.NotebookNode, executed: Executed) -> None:
    cells = [cell for cell in notebook.cells if cell.cell_type == "code"]
    for cell, outputs in zip(cells, executed.outputs, strict=True):
        cell.outputs = [nbformat.from_dict(output) for output in outputs]
    notebook.metadata["widgets"] = {
        STATE_MIME: {"version_major": 2, "version_minor": 0, "state": executed.widgets}
    }


def has_forks_of(key: str) -> bool:
    """Whether kernels can be forked as `key` now."""
    return can_fork() and page_forks().has_snapshot(key)


def drop_unused_processes() -> None:
    """Let the processes of lessons go that nobody has opened for an hour."""
    if can_fork():
        page_forks().drop_unused(UNUSED_S)


def close_processes() -> None:
    """End the processes that kernels are forked from, and all that came from them."""
    if can_fork():
        page_forks().close()
