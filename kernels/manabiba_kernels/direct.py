"""Kernels for nbclient without ZeroMQ: a fork spoken to over one pair of sockets.

Executing a notebook needs none of what makes a kernel's start slow: ports, channels, waiting
until subscriptions have arrived. Here the messages are Jupyter's own, made and read by ipykernel
and nbclient as always; only the way between them is a pair of Unix sockets that was there before
the fork.

    manager = functools.partial(DirectKernelManager, forks=server)

is what nbclient (`kernel_manager_class`), nbconvert's and nbgrader's execution can be given.
"""

from __future__ import annotations

import asyncio
import os
import re
import signal
import socket
import sys
from pathlib import Path
from queue import Empty
from typing import Any

from jupyter_client.manager import KernelManager
from jupyter_client.session import Session

from .fork_server import Branch, Forked, ForkServer
from .frames import CONTROL, IOPUB, SHELL, Frames

__all__ = ["DirectKernelClient", "DirectKernelManager"]

_NEUTRAL_ARGUMENTS = ("--HistoryManager.", "--log-level=", "--quiet")
_LAUNCH = ["-m", "ipykernel_launcher", "-f", "{connection_file}"]
_VARIABLE = re.compile(r"\$\{(\w+)\}")


class _Channel:
    """What nbclient reads of a channel."""

    def __init__(self) -> None:
        self.messages: asyncio.Queue[dict[str, Any]] = asyncio.Queue()

    async def get_msg(self, timeout: float | None = None) -> dict[str, Any]:
        """The next message. Raises queue.Empty after `timeout` seconds."""
        if not self.messages.empty():
            # As a ZeroMQ socket does: what is there comes at once, whatever the time left.
            return self.messages.get_nowait()
        try:
            return await asyncio.wait_for(self.messages.get(), timeout)
        except TimeoutError:
            raise Empty from None


class DirectKernelClient:
    """The part of `AsyncKernelClient` that executing a notebook uses."""

    allow_stdin = False

    def __init__(self, forked: Forked, sock: socket.socket) -> None:
        self._forked = forked
        self._socket = sock
        self._frames = Frames()
        self._loop: asyncio.AbstractEventLoop | None = None
        self.session = Session(key=b"")
        self.shell_channel, self.iopub_channel = _Channel(), _Channel()
        self._channels = {SHELL: self.shell_channel, IOPUB: self.iopub_channel}

    def start_channels(self) -> None:
        """Read from now on."""
        self._loop = asyncio.get_event_loop()
        self._socket.setblocking(False)
        self._loop.add_reader(self._socket, self._read)

    def stop_channels(self) -> None:
        """Read no more, and give up the connection."""
        if self._loop is not None:
            self._loop.remove_reader(self._socket)
            self._loop = None
        self._socket.close()

    async def wait_for_ready(self, timeout: float | None = None) -> None:
        """Nothing to wait for: the way was there before the kernel."""

    def is_alive(self) -> bool:
        """Whether the kernel's process runs."""
        return self._forked.is_alive()

    def kernel_info(self) -> str:
        """Ask for the kernel's information; the request's id."""
        return self.request(SHELL, "kernel_info_request", {})

    def execute(
        self, code: str, *, store_history: bool = True, stop_on_error: bool = True, **_: Any
    ) -> str:
        """Ask for code to be run; the request's id."""
        return self.request(
            SHELL,
            "execute_request",
            {
                "code": code,
                "silent": False,
                "store_history": store_history,
                "user_expressions": {},
                "allow_stdin": False,
                "stop_on_error": stop_on_error,
            },
        )

    def request(self, channel: bytes, kind: str, content: dict[str, Any]) -> str:
        """Send a message; its id."""
        message = self.session.msg(kind, content)
        self._send(Frames.pack(channel, self.session.serialize(message)))
        return str(message["header"]["msg_id"])

    def _send(self, data: bytes) -> None:
        self._socket.setblocking(True)
        try:
            self._socket.sendall(data)
        except OSError:
            return  # the process is gone; nbclient finds out by `is_alive`
        finally:
            self._socket.setblocking(False)

    def _read(self) -> None:
        try:
            data = self._socket.recv(1_000_000)
        except BlockingIOError:
            return
        except OSError:
            data = b""
        if not data:
            if self._loop is not None:
                self._loop.remove_reader(self._socket)
            return
        for channel, parts in self._frames.feed(data):
            _, parts = self.session.feed_identities(parts)
            message = self.session.deserialize(parts, content=True)
            self._channels[channel].messages.put_nowait(message)


class DirectKernelManager(KernelManager):
    """jupyter_client's kernel manager as far as nbclient uses one; its kernels are forks.

    `forks` is the server (or one branch of it) that is asked for them. `limits` are resource limits
    of the kernel's process, by their names without `RLIMIT_`.
    """

    def __init__(
        self, *, forks: ForkServer | Branch, limits: dict[str, int] | None = None, **more: Any
    ):
        super().__init__(**more)
        self._forks = forks
        self._limits = limits or {}
        self._forked: Forked | None = None
        self._client: DirectKernelClient | None = None
        self._socket: socket.socket | None = None

    def can_start(self, extra_arguments: list[str]) -> bool:
        """Whether a fork is what this kernelspec and these arguments would start."""
        argv = self.kernel_spec.argv
        interpreter = f"python{sys.version_info[0]}"
        ours = {"python", interpreter, f"{interpreter}.{sys.version_info[1]}", sys.executable}
        return (
            hasattr(os, "fork")
            and argv[0] in ours
            and argv[1:] in (_LAUNCH, ["-Xfrozen_modules=off", *_LAUNCH])
            and all(argument.startswith(_NEUTRAL_ARGUMENTS) for argument in extra_arguments)
        )

    @property
    def has_kernel(self) -> bool:
        return self._forked is not None

    def start_kernel(self, *, cwd: str | None = None, **options: Any) -> None:
        """Fork a kernel with the environment that an ordinary one would have."""
        environment = dict(options.get("env") or os.environ)
        environment.pop("PYTHONEXECUTABLE", None)
        for name, value in (self.kernel_spec.env or {}).items():
            environment[name] = _VARIABLE.sub(
                lambda found: environment.get(found[1], found[0]), value
            )
        environment["JPY_PARENT_PID"] = str(os.getpid())
        ours, theirs = socket.socketpair()
        try:
            self._forked = self._forks.fork_direct(
                theirs, env=environment, cwd=str(Path(cwd or "").absolute()), limits=self._limits
            )
        except BaseException:
            ours.close()
            raise
        finally:
            theirs.close()
        self._socket = ours

    def client(self) -> DirectKernelClient:
        """The kernel's only client."""
        assert self._forked is not None
        assert self._socket is not None
        self._client = DirectKernelClient(self._forked, self._socket)
        return self._client

    def is_alive(self) -> bool:
        return self._forked is not None and self._forked.is_alive()

    def interrupt_kernel(self) -> None:
        if self._forked is not None:
            try:
                self._forked.send_signal(signal.SIGINT)
            except ProcessLookupError:
                return  # it ended by itself meanwhile

    async def shutdown_kernel(self, now: bool = False, restart: bool = False) -> None:
        """End the kernel: with its own clearing up, or by force when it takes too long."""
        if self._forked is None:
            return
        if not now and self._client is not None:
            self._client.request(CONTROL, "shutdown_request", {"restart": restart})
            await self._forked.wait_until_ended(self.shutdown_wait_time)
        self._forked.kill_group()
        await self._forked.wait_until_ended(self.shutdown_wait_time)

    def cleanup_resources(self, restart: bool = False) -> None:
        if self._forked is not None:
            self._forked.kill_group()
            self._forked.close()
            self._forked = None
