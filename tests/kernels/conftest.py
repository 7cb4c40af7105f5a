"""Kernels as forks, with a client as Jupyter's own."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from queue import Empty
from typing import Any

import psutil
import pytest
from jupyter_client import BlockingKernelClient

from manabiba_kernels import Forked, ForkServer

ENVIRONMENT = {**os.environ, "PYTHONWARNINGS": "ignore"}


class Client:
    """A client of one kernel: run code, get everything it showed."""

    def __init__(self, info: dict[str, Any]) -> None:
        self.jupyter = BlockingKernelClient()
        self.jupyter.load_connection_info(info)
        self.jupyter.start_channels()
        self.jupyter.wait_for_ready(timeout=20)

    def run(self, code: str, **options: Any) -> list[dict[str, Any]]:
        """The messages a piece of code causes on iopub, as (type, content)."""
        request = self.jupyter.execute(code, **options)
        return self.until_idle(request)

    def until_idle(self, request: str) -> list[dict[str, Any]]:
        found = []
        while True:
            message = self.jupyter.get_iopub_msg(timeout=20)
            if message["parent_header"].get("msg_id") != request:
                continue
            kind, content = message["msg_type"], message["content"]
            if kind == "status" and content["execution_state"] == "idle":
                return found
            found.append({"type": kind, **content})

    def value(self, code: str) -> str:
        """The text of an expression's value."""
        shown = [m for m in self.run(code) if m["type"] == "execute_result"]
        return str(shown[0]["data"]["text/plain"])

    def reply(self, request: str) -> dict[str, Any]:
        """The shell reply to a request."""
        while True:
            message = self.jupyter.get_shell_msg(timeout=20)
            if message["parent_header"].get("msg_id") == request:
                return dict(message["content"])

    def nothing_left(self) -> bool:
        try:
            self.jupyter.get_iopub_msg(timeout=0.2)
        except Empty:
            return True
        return False

    def close(self) -> None:
        self.jupyter.stop_channels()


@contextmanager
def client_of(forked: Forked) -> Iterator[Client]:
    client = Client(forked.info)
    try:
        yield client
    finally:
        client.close()


@pytest.fixture(scope="session")
def forks() -> Iterator[ForkServer]:
    """A fork server for all tests that do not break it; nothing of it may be left."""
    server = ForkServer(["ipywidgets"])
    yield server
    pids = [*server.processes().values()]
    folder = server._folder
    server.close()
    assert [pid for pid in pids if psutil.pid_exists(pid)] == []
    assert not Path(folder).exists()


@pytest.fixture
def fork(forks: ForkServer, tmp_path: Path) -> Iterator[Any]:
    """`fork(snapshot)`: a kernel that ends with the test."""
    made: list[Forked] = []

    def make(snapshot: str = "", **options: Any) -> Forked:
        options = {"env": ENVIRONMENT, "cwd": str(tmp_path), **options}
        made.append(forks.fork(snapshot=snapshot, **options))
        return made[-1]

    yield make
    for forked in made:
        end(forked)


def end(forked: Forked) -> None:
    if forked.is_alive():
        forked.send_signal(9)
    ends_within(forked, 5)
    forked.close()


def ends_within(forked: Forked, seconds: float) -> bool:
    """Whether a kernel's process ends in time."""
    deadline = time.monotonic() + seconds
    while forked.is_alive():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.02)
    return True


@pytest.fixture(name="ends_within")
def _ends_within() -> Any:
    """`ends_within(forked, seconds)`, for tests."""
    return ends_within


@pytest.fixture
def client() -> Iterator[Any]:
    """`client(forked)`: a client that is closed with the test."""
    made: list[Client] = []

    def connect(forked: Forked) -> Client:
        made.append(Client(forked.info))
        return made[-1]

    yield connect
    for one in made:
        one.close()
