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
from datetime import UTC, datetime
from itertools import count
from pathlib import Path

import nbformat
import psutil
import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page

from manabiba_server.database import Database
from manabiba_server.people import create_person
from manabiba_server.runs import enrol
from manabiba_server.settings import read_settings

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

    def invite(self, *names: str, role: str = "participant", run: str = RUN) -> list[str]:
        """Personal links for new people, as `manabiba invite` makes them."""
        database = Database(read_settings(home=self.home).database_url)
        now, links = datetime.now(UTC), []
        with database.session() as session:
            for name in names:
                person, token = create_person(session, name=name, now=now)
                enrol(session, run, person.id, role=role, now=now)
                links.append(f"{self.url}/me/{token}")
        database.dispose()
        return links

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


DOCS = Path(__file__).parents[2] / "docs" / "exercises"
SMALL_COURSE = """
id = "accounting"
title = "小さな講座"
audience = "皆さん"
summary = "要約"
[[lessons]]
id = "accounting-1"
number = 1
title = "練習"
summary = "要約"
notebook = "lesson.ipynb"
minutes = 90
points = {points}
"""


@pytest.fixture(scope="module")
def serve_docs(
    serve_courses: Callable[[Path], Server], tmp_path_factory: pytest.TempPathFactory
) -> Callable[..., Server]:
    """`serve_docs(rank=2, plan=1)`: a lesson of the first so many exercises on kinds' pages."""

    def serve(**kinds: int) -> Server:
        folder = tmp_path_factory.mktemp("courses") / "courses"
        (folder / "accounting").mkdir(parents=True)
        cells = [cell for kind, most in kinds.items() for cell in _cells_of(kind, most)]
        points = sum(cell.metadata.nbgrader.get("points", 0) for cell in cells)
        course = folder / "accounting" / "course.toml"
        course.write_text(SMALL_COURSE.format(points=points), encoding="utf-8")
        notebook = nbformat.v4.new_notebook()
        notebook.metadata.kernelspec = {"name": "python3", "display_name": "Python 3"}
        notebook.cells = [nbformat.v4.new_markdown_cell("# 練習\n\n## 問"), *cells]
        nbformat.write(notebook, folder / "accounting" / "lesson.ipynb")
        return serve_courses(folder)

    return serve


def _cells_of(kind: str, most: int) -> Iterator[nbformat.NotebookNode]:
    """The cells that the page of a kind shows, two for each exercise."""
    text = (DOCS / f"{kind}.md").read_text(encoding="utf-8")
    blocks = re.findall(r"```python\n(.*?)```", text, re.DOTALL)[: 2 * most]
    for ask, key in zip(blocks[::2], blocks[1::2], strict=True):
        exercise = re.search(r'^ +"([a-z0-9-]+)",$', ask, re.MULTILINE)[1]
        name, points = re.search(r"^(\w+)\.points\((\d+)\)$", key, re.MULTILINE).groups()
        about = {"locked": True, "schema_version": 3, "solution": False, "task": False}
        asked = {**about, "grade": False, "grade_id": f"{exercise}-ask"}
        graded = {**about, "grade": True, "grade_id": exercise, "points": int(points)}
        *hidden, last = key.strip().split("\n")
        key = "\n".join(["### BEGIN HIDDEN TESTS", *hidden, "### END HIDDEN TESTS", last])
        yield nbformat.v4.new_code_cell(f"{ask}{name}", metadata={"nbgrader": asked})
        yield nbformat.v4.new_code_cell(key, metadata={"nbgrader": graded})


@pytest.fixture
def card() -> Callable[[Page, str], Locator]:
    """`card(page, title)`: the card of an exercise."""

    def find(page: Page, title: str) -> Locator:
        return page.locator(".mb-exercise", has=page.get_by_role("heading", name=title))

    return find


@pytest.fixture
def hand_in() -> Callable[[Server, Page, str], float]:
    """`hand_in(server, page, name)`: hand in, grade and give back; the score, its page shown."""

    def do(server: Server, page: Page, name: str) -> float:
        page.goto(f"{server.lesson}/submit")
        page.get_by_role("button", name="提出する").click()
        graded = server.cli("grade", RUN, "1", "--json")
        assert graded.returncode == 0, graded.stderr
        [row] = [row for row in json.loads(graded.stdout) if row["name"] == name]
        said = server.cli("feedback", RUN, "1", "--yes", "--json")
        assert said.returncode == 0, said.stderr
        page.goto(f"{server.lesson}/result")
        return float(row["score"])

    return do
