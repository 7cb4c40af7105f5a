"""A real server and a real browser."""

from __future__ import annotations

import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path

import psutil
import pytest
from playwright.sync_api import Browser, BrowserContext, Page

ROOT = Path(__file__).parents[2]
RUN = "accounting-demo"


PORTS = count(10_000 + 100 * (os.getpid() % 200))
"""This worker's ports, below those that the system lends to connections: nobody takes one between
looking and listening."""


def free_port() -> int:
    """A port on which nobody listens."""
    for port in PORTS:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) != 0:
                return port
    raise AssertionError("no port is free")


@dataclass
class Server:
    """`manabiba serve` as a process of its own; can be killed and started again."""

    home: Path
    courses: Path = ROOT / "courses"
    port: int = field(default_factory=free_port)
    process: subprocess.Popen[str] | None = None
    output: str = ""

    @property
    def url(self) -> str:
        return f"http://localhost:{self.port}"

    @property
    def lesson(self) -> str:
        return f"{self.url}/runs/{RUN}/1"

    def link(self, who: str) -> str:
        found = re.search(rf"{who}\): +(\S+)", self.output)
        assert found is not None, self.output
        return found[1]

    def command(self, *arguments: str) -> list[str]:
        return [sys.executable, "-m", "manabiba_server", *arguments, "--home", str(self.home)]

    def cli(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [*self.command(*arguments), "--courses", str(self.courses)],
            capture_output=True,
            text=True,
            check=False,
            timeout=240,
        )

    def invite(self, *names: str, role: str = "participant") -> list[str]:
        """Personal links for new people."""
        said = self.cli("invite", RUN, *names, "--role", role, "--json")
        people = json.loads(said.stdout)["people"]
        return [f"{self.url}/me/{person['link'].rsplit('/', 1)[1]}" for person in people]

    def start(self) -> None:
        log = self.home.with_suffix(".log")
        with log.open("w") as out:
            self.process = subprocess.Popen(
                [
                    *self.command("serve", "--port", str(self.port)),
                    "--courses",
                    str(self.courses),
                ],
                stdout=out,
                stderr=subprocess.STDOUT,
                text=True,
            )
        deadline = time.monotonic() + 120
        while "Demo run" not in (text := log.read_text()):
            assert self.process.poll() is None, text
            assert time.monotonic() < deadline, text
            time.sleep(0.1)
        self.output = text

    def kill(self) -> None:
        assert self.process is not None
        self.process.kill()
        self.process.wait(timeout=10)

    def stop(self) -> int:
        assert self.process is not None
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
        return self.process.wait(timeout=30)

    def open_lesson(self, page: Page) -> None:
        """Open lesson 1 and wait until its exercises are there."""
        page.goto(self.lesson)
        page.wait_for_selector("html[data-ready]")

    def kernels(self) -> list[int]:
        """The kernel processes of this server that are alive."""
        assert self.process is not None
        children = psutil.Process(self.process.pid).children(recursive=True)
        return [child.pid for child in children if child.name() == "forks-kernel"]


def served(home: Path, courses: Path = ROOT / "courses") -> Iterator[Server]:
    server = Server(home, courses)
    server.start()
    try:
        yield server
    finally:
        server.stop()


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """One server for all tests that do not break it."""
    yield from served(tmp_path_factory.mktemp("served") / "home")


@pytest.fixture(scope="session")
def make_server() -> Callable[[Path, Path], Iterator[Server]]:
    """`make_server(home, courses)`: a server of courses of the test's own."""
    return served


@pytest.fixture
def own_server(tmp_path: Path) -> Iterator[Server]:
    """A server that a test may kill."""
    yield from served(tmp_path / "home")


@pytest.fixture(scope="module")
def serve_courses(
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Callable[[Path], Server]]:
    """`serve_courses(folder)`: a server with other courses than ours."""
    servers: list[Server] = []

    def start(courses: Path) -> Server:
        server = Server(tmp_path_factory.mktemp("served") / "home", courses)
        servers.append(server)
        server.start()
        return server

    yield start
    for server in servers:
        server.stop()


Open = Callable[..., Page]


@pytest.fixture
def visit(browser: Browser) -> Iterator[Open]:
    """`visit(link)`: a page in a browser of its own; a script error fails the test."""
    contexts: list[BrowserContext] = []
    errors: list[str] = []

    def open_page(url: str, *, width: int = 1280, context: BrowserContext | None = None) -> Page:
        if context is None:
            context = browser.new_context(
                viewport={"width": width, "height": 900}, locale="ja-JP", timezone_id="Asia/Tokyo"
            )
            contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(20_000)
        page.on("pageerror", lambda error: errors.append(f"{page.url}: {error}"))
        page.on(
            "console",
            lambda message: (
                errors.append(message.text)
                if message.type == "error" and "Content Security Policy" in message.text
                else None
            ),
        )
        page.goto(url)
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert errors == []
