"""The kernel provisioner `fork`: kernels as forks of a warm process or of a notebook's snapshot.

A kernelspec asks for it:

    "metadata": {"kernel_provisioner": {
        "provisioner_name": "fork",
        "config": {"preload": ["ipywidgets", "pandas"]}}}

The environment of a kernel that is started may say more: `KERNEL_SNAPSHOT` is a notebook's path
(its cells have then run in the kernel before its first message, once for all kernels), or the key
of a snapshot that this process took; `KERNEL_AFTER_FORK` is `module:function`, called in the fork.
"""

from __future__ import annotations

import asyncio
import logging
import os
import signal
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import nbformat
from jupyter_client.provisioning import LocalProvisioner
from traitlets import Bool, List, Unicode

from .fork_server import Forked, ForkError, ForkServer, fork_server, fork_servers, notebook_key

__all__ = ["ForkProvisioner", "fork_servers"]

SNAPSHOT = "KERNEL_SNAPSHOT"
AFTER_FORK = "KERNEL_AFTER_FORK"

_log = logging.getLogger(__name__)
_threads = ThreadPoolExecutor(max_workers=4, thread_name_prefix="fork")
_said: set[str] = set()


class ForkProvisioner(LocalProvisioner):
    """Starts a kernel by a fork; where that cannot be, as jupyter_client does."""

    preload = List(Unicode(), help="Modules to import before the first fork.").tag(config=True)
    capture_fds = Bool(
        True, help="Publish what is written to the process's own stdout and stderr."
    ).tag(config=True)

    forked: Forked | None = None
    _info: dict[str, Any] | None = None  # kept over a restart, as a connection file is

    @property
    def has_process(self) -> bool:
        return self.forked is not None or super().has_process

    async def pre_launch(self, **kwargs: Any) -> dict[str, Any]:
        """What jupyter_client does; where we fork, without looking for free ports."""
        if not can_fork():
            return dict(await super().pre_launch(**kwargs))
        for name in ("extra_arguments", "transport_encryption"):
            kwargs.pop(name, None)  # a fork has its arguments, and its sockets are files of ours
        self.parent.cache_ports = False
        cmd = list(self.kernel_spec.argv)
        return dict(await super(LocalProvisioner, self).pre_launch(cmd=cmd, **kwargs))

    async def launch_kernel(self, cmd: list[str], **kwargs: Any) -> dict[str, Any]:
        """The connection info of a kernel that is ready for its first message."""
        if not can_fork():
            return dict(await super().launch_kernel(cmd, **kwargs))
        cwd = str(kwargs.get("cwd") or Path.cwd())
        loop = asyncio.get_running_loop()
        self.forked = await loop.run_in_executor(_threads, self._fork, kwargs["env"], cwd)
        self.pid = self.pgid = self.forked.pid
        self.cwd = cwd
        self._info = self.forked.info
        return {**self._info, "key": self._info["key"].encode()}

    def _fork(self, env: dict[str, str], cwd: str) -> Forked:
        server = fork_server(self.preload)
        snapshot = env.get(SNAPSHOT, "")
        after_fork = env.get(AFTER_FORK, "")
        key = take_snapshot_of(server, snapshot) if snapshot.endswith(".ipynb") else snapshot
        return server.fork(
            env=env,
            cwd=cwd,
            snapshot=key,
            info=self._info,
            capture_fds=self.capture_fds,
            after_fork=after_fork,
        )

    async def poll(self) -> int | None:
        if self.forked is None:
            code: int | None = await super().poll()
            return code
        return None if self.forked.is_alive() else 1

    async def wait(self) -> int | None:
        if self.forked is None:
            code: int | None = await super().wait()
            return code
        while self.forked.is_alive():
            await asyncio.sleep(0.02)
        self.forked.close()
        self.forked = None
        return 0

    async def send_signal(self, signum: int) -> None:
        if self.forked is None:
            await super().send_signal(signum)
            return
        try:
            self.forked.send_signal(signum)
        except ProcessLookupError:
            return  # it ended by itself meanwhile

    async def kill(self, restart: bool = False) -> None:
        if self.forked is None:
            await super().kill(restart)
        else:
            await self.send_signal(signal.SIGKILL)

    async def terminate(self, restart: bool = False) -> None:
        if self.forked is None:
            await super().terminate(restart)
        else:
            await self.send_signal(signal.SIGTERM)

    async def cleanup(self, restart: bool = False) -> None:
        if self.forked is not None:
            self.forked.close()
            self.forked = None
        await super().cleanup(restart)


def can_fork() -> bool:
    """Whether this system has forks; where it has not, that is said once in the log."""
    if hasattr(os, "fork"):
        return True
    if "no fork" not in _said:
        _said.add("no fork")
        _log.warning("this system cannot fork: every kernel is started from nothing")
    return False


def take_snapshot_of(server: ForkServer, path: str) -> str:
    """The key of the snapshot of a notebook; it is taken when its content is new.

    Raises ForkError, naming the notebook, for one that cannot be read or run.
    """
    notebook = Path(path)
    try:
        key = notebook_key(notebook)
        cells = [
            cell.source
            for cell in nbformat.read(notebook, as_version=4).cells
            if cell.cell_type == "code"
        ]
    except (OSError, ValueError) as error:
        raise ForkError(f"{path}: {error}") from error
    try:
        server.snapshot(key, cells, env={}, cwd=str(notebook.parent))
    except ForkError as error:
        raise ForkError(f"{path}: {error}") from error
    return key
