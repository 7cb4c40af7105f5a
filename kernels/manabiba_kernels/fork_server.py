"""The server's side of forking: starts the base process, keeps snapshots, hands out kernels."""

from __future__ import annotations

import asyncio
import atexit
import contextlib
import hashlib
import json
import logging
import os
import select
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ._ipykernel import connection
from .channel import Channel, ChannelClosed

BASE_START_S = 120.0
FORK_S = 30.0
SNAPSHOT_S = 120.0

MOST_OUTPUT = 16_000_000
"""Bytes of output of one cell that a direct kernel sends; what is beyond is dropped."""

_BASE_ENVIRONMENT = {
    # Threads do not survive a fork, and numpy's would start at its import.
    "OPENBLAS_NUM_THREADS": "1",
    "OMP_NUM_THREADS": "1",
    "MKL_NUM_THREADS": "1",
    "PYDEVD_DISABLE_FILE_VALIDATION": "1",
}

_log = logging.getLogger(__name__)


class ForkError(RuntimeError):
    """No fork can be had; the message says why."""


class SnapshotError(ForkError):
    """A notebook that raised while its snapshot was taken."""

    def __init__(self, cell: int, name: str, message: str) -> None:
        super().__init__(f"cell {cell}: {name}: {message}")
        self.cell = cell
        self.name = name
        self.message = message


@dataclass(frozen=True)
class Executed:
    """What a notebook's cells showed: a list of outputs (nbformat 4) for each, and its widgets."""

    outputs: list[list[dict[str, Any]]]
    widgets: dict[str, dict[str, Any]]


@dataclass
class Forked:
    """A kernel's process. It is not a child of this process, so it is watched by a handle."""

    pid: int
    info: dict[str, Any]
    _handle: int | None

    def is_alive(self) -> bool:
        """Whether the process still runs."""
        if self._handle is not None:
            return not select.select([self._handle], [], [], 0)[0]
        try:
            os.kill(self.pid, 0)
        except ProcessLookupError:
            return False
        return True

    def send_signal(self, number: int) -> None:
        """Send a signal to the kernel and the processes it started. Raises ProcessLookupError."""
        if not self.is_alive():
            raise ProcessLookupError(f"process {self.pid} has ended")
        os.killpg(self.pid, number)

    async def wait_until_ended(self, timeout_s: float) -> bool:
        """Whether the process ends within so many seconds."""
        deadline = time.monotonic() + timeout_s
        while self.is_alive():
            if time.monotonic() > deadline:
                return False
            await asyncio.sleep(0.002)
        return True

    def kill_group(self) -> None:
        """Kill what is left of the kernel and the processes it started."""
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(self.pid, signal.SIGKILL)

    def close(self) -> None:
        """Give up the handle and remove the kernel's sockets."""
        if self._handle is not None:
            os.close(self._handle)
            self._handle = None
        if not self.info:
            return
        for port in ("shell", "iopub", "stdin", "control", "hb"):
            path = Path(f"{self.info['ip']}-{self.info[f'{port}_port']}")
            path.unlink(missing_ok=True)


@dataclass
class _Process:
    """A base or snapshot process and our end of its channel."""

    pid: int
    channel: Channel
    lock: threading.Lock = field(default_factory=threading.Lock)
    executed: Executed | None = None
    used_at: float = 0.0
    is_open: bool = True

    def close(self) -> None:
        self.is_open = False
        self.channel.close()


@dataclass
class Branch:
    """A process that forks direct kernels; see `ForkServer.branch`."""

    channel: Channel

    def fork_direct(
        self,
        connection: socket.socket,
        *,
        env: Mapping[str, str],
        cwd: str,
        limits: Mapping[str, int] | None = None,
        most_output: int = MOST_OUTPUT,
    ) -> Forked:
        """A kernel that is spoken to over `connection`, for `direct.DirectKernelManager`.

        `limits`: resource limits by their names without `RLIMIT_` (`{"AS": bytes}`). Of what one
        cell shows, `most_output` bytes are sent. Raises ForkError when the process has ended.
        """
        request = {
            "op": "fork_direct",
            "env": dict(env),
            "cwd": cwd,
            "limits": dict(limits or {}),
            "most_output": most_output,
        }
        try:
            self.channel.send(request, [connection.fileno()])
            reply, files = self.channel.receive(FORK_S)
        except ChannelClosed as error:
            raise ForkError(f"the process that forks has ended: {error}") from error
        return Forked(reply["pid"], {}, files[0] if reply["has_pidfd"] else None)


class ForkServer:
    """One base process and the snapshot processes made from it.

    Everything here may be called from any thread and blocks (a fork: some 20 ms; a snapshot: as
    long as its notebook takes). Processes that die are replaced at the next use; kernels that
    run are never touched by that.
    """

    def __init__(self, preload: Sequence[str] = (), *, python: str = sys.executable) -> None:
        self.preload = tuple(preload)
        self._python = python
        self._base: _Process | None = None
        self._base_process: subprocess.Popen[bytes] | None = None
        self._starting: Channel | None = None
        self._snapshots: dict[str, _Process] = {}
        self._lock = threading.Lock()
        self._making: dict[str, threading.Lock] = {}
        self._folder = ""
        self._lifelines: list[int] = []
        self._count = 0
        self._owner = os.getpid()
        atexit.register(self.close)

    def fork(
        self,
        *,
        env: Mapping[str, str],
        cwd: str,
        snapshot: str = "",
        info: Mapping[str, Any] | None = None,
        capture_fds: bool = True,
        after_fork: str = "",
    ) -> Forked:
        """A kernel that is ready: its sockets are open.

        `snapshot` is a key given to `snapshot()` before; without one the fork is of the base, with
        its imports done and nothing run. `info` is an earlier kernel's connection to be taken
        over. `after_fork` (`module:function`) is called in it before it takes messages. Raises
        ForkError, KeyError for an unknown snapshot.
        """
        for attempt in (1, 2):
            process = self._snapshots[snapshot] if snapshot else self._living_base()
            try:
                return self._fork(process, env, cwd, info, capture_fds, after_fork)
            except ChannelClosed as error:
                self._forget(process)
                if snapshot:
                    raise KeyError(snapshot) from error
                if attempt == 2:
                    raise ForkError(f"the base process ended: {error}") from error
        raise AssertionError("not reached")

    def _fork(
        self,
        process: _Process,
        env: Mapping[str, str],
        cwd: str,
        info: Mapping[str, Any] | None,
        capture_fds: bool,
        after_fork: str,
    ) -> Forked:
        if info is None:
            with self._lock:
                self._count += 1
                info = connection(self._folder, str(self._count))
        with process.lock:
            process.used_at = time.monotonic()
            process.channel.send(
                {
                    "op": "fork",
                    "env": dict(env),
                    "cwd": cwd,
                    "connection": dict(info),
                    "capture_fds": capture_fds,
                    "after_fork": after_fork,
                }
            )
            reply, files = process.channel.receive(FORK_S)
        ready, handle = files[0], files[1] if reply["has_pidfd"] else None
        forked = Forked(reply["pid"], dict(info), handle)
        try:
            self._wait_until_ready(forked, ready)
        except ForkError:
            with contextlib.suppress(OSError):
                os.killpg(forked.pid, signal.SIGKILL)
            forked.close()
            raise
        finally:
            os.close(ready)
        return forked

    def fork_direct(self, connection: socket.socket, **options: Any) -> Forked:
        """A kernel forked from the base that is spoken to over `connection`; see `Branch`."""
        for attempt in (1, 2):
            base = self._living_base()
            try:
                with base.lock:
                    return Branch(base.channel).fork_direct(connection, **options)
            except ForkError:
                self._forget(base)
                if attempt == 2:
                    raise
        raise AssertionError("not reached")

    def branch(self, *, preload: Sequence[str] = (), prepare: Sequence[str] = ()) -> Channel:
        """A channel to a new process that forks for whoever has it; it ends with the channel.

        Give it to another process, which makes a `Branch` of it: so several processes are
        served at once. `preload` are modules that are imported and functions (`module:function`)
        that are called in it first; `prepare` the sources of cells that its kernels will
        probably run: what IPython does with their text is then done already.
        """
        process = self._start_snapshot(
            [], {}, str(Path.cwd()), "", preload=preload, prepare=prepare
        )
        try:
            process.channel.receive(SNAPSHOT_S)
        except (ChannelClosed, TimeoutError) as error:
            process.close()
            raise ForkError(f"no process that forks: {error}") from error
        return process.channel

    def _wait_until_ready(self, forked: Forked, ready: int) -> None:
        if not select.select([ready], [], [], FORK_S)[0]:
            raise ForkError(f"kernel {forked.pid} was not ready after {FORK_S:.0f} s")
        said = os.read(ready, 4096)
        if said != b"ready":
            lines = said.decode(errors="replace").strip().splitlines()
            raise ForkError(f"kernel did not start: {lines[-1] if lines else 'it ended'}")

    def snapshot(
        self,
        key: str,
        cells: Sequence[str],
        *,
        env: Mapping[str, str],
        cwd: str,
        rehearsal: str = "",
        timeout_s: float = SNAPSHOT_S,
    ) -> Executed:
        """Run a notebook's cells in a process that can be forked as `key`; what they showed.

        `rehearsal` (`module:function`) is called in it afterwards: what it does, forks that do
        the same need not pay for. It must leave nothing open and nothing changed.
        A snapshot that is there already is used. Raises SnapshotError when a cell raises,
        ForkError when it takes longer than `timeout_s`.
        """
        with self._lock:
            making = self._making.setdefault(key, threading.Lock())
        with making:
            known = self._snapshots.get(key)
            if known is not None and known.executed is not None and self._responds(known):
                known.used_at = time.monotonic()
                return known.executed
            process = self._start_snapshot(cells, env, cwd, rehearsal)
            try:
                report, _ = process.channel.receive(timeout_s)
            except TimeoutError:
                os.kill(process.pid, signal.SIGKILL)
                process.close()
                raise ForkError(f"the notebook took longer than {timeout_s:.0f} s") from None
            except ChannelClosed:
                process.close()
                raise ForkError("the process ended while the notebook ran") from None
            if report["error"] is not None:
                process.close()
                raise SnapshotError(**report["error"])
            for what in report["left_open"]:
                _log.info("the notebook left %s open; forks open it again or lose it", what)
            for name in report["threads"]:
                _log.warning("the notebook started thread %s; no fork has it", name)
            process.executed = Executed(report["outputs"], report["widgets"])
            process.used_at = time.monotonic()
            self._snapshots[key] = process
            return process.executed

    def _start_snapshot(
        self,
        cells: Sequence[str],
        env: Mapping[str, str],
        cwd: str,
        rehearsal: str,
        *,
        preload: Sequence[str] = (),
        prepare: Sequence[str] = (),
    ) -> _Process:
        request = {
            "op": "snapshot",
            "cells": list(cells),
            "env": dict(env),
            "cwd": cwd,
            "rehearsal": rehearsal,
            "preload": list(preload),
            "prepare": list(prepare),
        }
        for attempt in (1, 2):
            base = self._living_base()
            try:
                with base.lock:
                    base.channel.send(request)
                    reply, files = base.channel.receive(FORK_S)
            except ChannelClosed as error:
                self._forget(base)
                if attempt == 2:
                    raise ForkError(f"the base process ended: {error}") from error
                continue
            for handle in files[1:]:
                os.close(handle)
            return _Process(reply["pid"], Channel.of(files[0]))
        raise AssertionError("not reached")

    def has_snapshot(self, key: str) -> bool:
        """Whether `key` can be forked now."""
        process = self._snapshots.get(key)
        return process is not None and self._responds(process)

    def drop(self, key: str) -> None:
        """Let a snapshot process go; kernels forked from it live on."""
        process = self._snapshots.pop(key, None)
        if process is not None:
            process.close()

    def drop_unused(self, older_than_s: float) -> None:
        """Let the snapshots go that were not used for so many seconds."""
        limit = time.monotonic() - older_than_s
        for key, process in list(self._snapshots.items()):
            if process.used_at < limit:
                self.drop(key)

    def processes(self) -> dict[str, int]:
        """The process ids: `base` and each snapshot's key."""
        found = {key: process.pid for key, process in self._snapshots.items()}
        return {**found, **({"base": self._base.pid} if self._base else {})}

    def close(self) -> None:
        """End all processes, the kernels with them."""
        if os.getpid() != self._owner:
            return  # a fork of the server owns nothing
        for key in list(self._snapshots):
            self.drop(key)
        if self._base is not None:
            self._forget(self._base)
        if self._starting is not None:
            self._starting.close()
            self._starting = None
        while self._lifelines:
            os.close(self._lifelines.pop())
        if self._base_process is not None:
            try:
                self._base_process.wait(timeout=10)
            except subprocess.TimeoutExpired:
                self._base_process.kill()
                self._base_process.wait()
            self._base_process = None
        if self._folder:
            shutil.rmtree(self._folder, ignore_errors=True)
            self._folder = ""

    def _responds(self, process: _Process) -> bool:
        """Whether the other end of a channel is still there."""
        if not process.is_open:
            return False
        if not process.lock.acquire(blocking=False):
            return True  # somebody is talking with it, and will notice
        try:
            return not select.select([process.channel.fileno()], [], [], 0)[0]
        finally:
            process.lock.release()

    def _forget(self, process: _Process) -> None:
        process.close()
        if process is self._base:
            self._base = None
        for key, known in list(self._snapshots.items()):
            if known is process:
                del self._snapshots[key]

    def _living_base(self) -> _Process:
        with self._lock:
            if self._base is None or not self._responds(self._base):
                if self._base is not None:
                    self._base.close()
                self._base = self._start_base()
            return self._base

    def begin(self) -> None:
        """Have the base process start meanwhile; without it the first use starts it and waits."""
        with self._lock:
            if self._base is None and self._starting is None:
                self._starting = self._launch_base()

    def _start_base(self) -> _Process:
        ours = self._starting or self._launch_base()
        self._starting = None
        try:
            hello, _ = ours.receive(BASE_START_S)
        except (ChannelClosed, TimeoutError) as error:
            self._end_base_process()
            ours.close()
            raise ForkError(
                f"the base process did not start ({error}); "
                f"try: {self._python} -c 'import {', '.join(self.preload) or 'ipykernel'}'"
            ) from error
        for name in hello["threads"]:
            _log.warning("preloading %s started thread %s; no fork has it", self.preload, name)
        return _Process(hello["pid"], ours)

    def _launch_base(self) -> Channel:
        """Start the process; our end of its channel."""
        if not self._folder:
            # Short, because a Unix socket's path may have 107 bytes, and nobody else's business.
            self._folder = tempfile.mkdtemp(prefix="kernels-")
        self._end_base_process()  # the one before, which ended or answers no more
        reading, lifeline = os.pipe()
        self._lifelines.append(lifeline)
        ours, theirs = Channel.pair()
        command = [
            *(self._python, "-Xfrozen_modules=off", "-m", f"{__package__}.process"),
            *(str(theirs.fileno()), str(reading), self._folder, json.dumps(self.preload)),
        ]
        try:
            self._base_process = subprocess.Popen(
                command,
                env={**os.environ, **_BASE_ENVIRONMENT},
                stdin=subprocess.DEVNULL,
                pass_fds=(theirs.fileno(), reading),
                start_new_session=True,
            )
        finally:
            theirs.close()
            os.close(reading)
        return ours

    def _end_base_process(self) -> None:
        if self._base_process is not None:
            self._base_process.kill()
            self._base_process.wait()
            self._base_process = None


def notebook_key(path: Path, *parts: str) -> str:
    """A snapshot's key: a hash of the notebook's content and whatever else it depends on."""
    digest = hashlib.sha256(path.read_bytes())
    for part in parts:
        digest.update(b"\0" + part.encode())
    return digest.hexdigest()[:16]


_servers: dict[tuple[str, ...], ForkServer] = {}
_servers_lock = threading.Lock()


def fork_server(preload: Sequence[str] = ()) -> ForkServer:
    """This process's fork server for these imports; one for each set of imports."""
    key = tuple(preload)
    with _servers_lock:
        server = _servers.get(key)
        if server is None or server._owner != os.getpid():
            server = _servers[key] = ForkServer(key)
        return server


def fork_servers() -> list[ForkServer]:
    """This process's fork servers."""
    with _servers_lock:
        return [server for server in _servers.values() if server._owner == os.getpid()]
