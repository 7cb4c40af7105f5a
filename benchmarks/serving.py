"""Both servers of the benchmarks: ours with its demo run, and stock Voilà on the same notebook."""

from __future__ import annotations

import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import psutil
from tornado.web import create_signed_value

from manabiba_server.database import Database
from manabiba_server.pages.base import COOKIE
from manabiba_server.people import create_person, device_key
from manabiba_server.runs import enrol
from manabiba_server.secrets_store import cookie_secret

ROOT = Path(__file__).parents[1]
RUN = "accounting-demo"
LESSON = ROOT / "courses/accounting/01-overview.ipynb"
LESSONS = len(list(LESSON.parent.glob("*.ipynb")))
START_S = 120


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_for(process: subprocess.Popen[bytes], url: str, log: Path) -> None:
    """Wait until `url` answers; the log's text when the server ends or takes too long."""
    deadline = time.monotonic() + START_S
    while True:
        try:
            urllib.request.urlopen(url, timeout=5).close()
            return
        except OSError:
            if process.poll() is not None or time.monotonic() > deadline:
                raise RuntimeError(log.read_text()) from None
            time.sleep(0.1)


def end(process: subprocess.Popen[bytes]) -> None:
    """End a server; what does not go by itself within a minute is killed with all it started."""
    if process.poll() is not None:
        return
    started = psutil.Process(process.pid).children(recursive=True)
    process.terminate()
    try:
        process.wait(timeout=60)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
    _, alive = psutil.wait_procs(started, timeout=10)
    for left in alive:
        with suppress(psutil.NoSuchProcess):
            left.kill()


@contextmanager
def running(command: list[str], url: str, log: Path, folder: Path) -> Iterator[int]:
    """A server process while the block runs; yields its process id."""
    with log.open("wb") as out:
        process = subprocess.Popen(command, stdout=out, stderr=subprocess.STDOUT, cwd=folder)
    try:
        wait_for(process, url, log)
        yield process.pid
    finally:
        end(process)


@dataclass(frozen=True)
class Manabiba:
    """Our server; `invite` makes participants whose kernels are cold."""

    url: str
    home: Path
    pid: int

    @property
    def lesson(self) -> str:
        return f"{self.url}/runs/{RUN}/1"

    @property
    def database_url(self) -> str:
        return f"sqlite:///{self.home / 'manabiba.db'}"

    def invite(self, number: int) -> list[Guest]:
        """New participants, each signed in: made as `manabiba invite` makes them, all at once."""
        secret, now = cookie_secret(self.home), datetime.now(UTC)
        database = Database(self.database_url)
        guests = []
        with database.session() as session:
            for n in range(number):
                person, token = create_person(session, name=f"計測 {n + 1}", now=now)
                enrol(session, RUN, person.id, role="participant", now=now)
                signed = create_signed_value(secret, COOKIE, device_key(person)).decode()
                guests.append(Guest(person.id, f"{COOKIE}={signed}", f"{self.url}/me/{token}"))
        database.dispose()
        return guests


@dataclass(frozen=True)
class Guest:
    """A participant: the cookie of a device that is signed in, and the link that does that."""

    person_id: str
    cookie: str
    link: str


def start_manabiba(home: Path, port: int, folder: Path) -> AbstractContextManager[int]:
    """Our server on `home`, where nothing has to be yet."""
    command = [
        *(sys.executable, "-m", "manabiba_server", "serve", "--home", str(home)),
        *("--port", str(port), "--courses", str(ROOT / "courses")),
    ]
    return running(command, f"http://localhost:{port}/", folder / "manabiba.log", folder)


@contextmanager
def manabiba(folder: Path) -> Iterator[Manabiba]:
    """Our server; every lesson's snapshot is taken, as it is minutes after a start."""
    home, port = folder / "home", free_port()
    with start_manabiba(home, port, folder) as pid:
        server = Manabiba(f"http://localhost:{port}", home, pid)
        cookie = server.invite(1)[0].cookie
        for number in range(1, LESSONS + 1):
            page = f"{server.url}/runs/{RUN}/{number}"
            urllib.request.urlopen(
                urllib.request.Request(page, headers={"Cookie": cookie}), timeout=START_S
            ).close()
        yield server


@dataclass(frozen=True)
class Stock:
    """Stock Voilà with the lesson at `url`."""

    url: str
    pid: int


@contextmanager
def stock_voila(folder: Path) -> Iterator[Stock]:
    """Voilà as it is installed, on a copy of the lesson."""
    shutil.copy(LESSON, folder / "lesson.ipynb")
    port = free_port()
    command = [sys.executable, "-m", "voila", "lesson.ipynb", "--no-browser", f"--port={port}"]
    url = f"http://localhost:{port}/"
    ready = f"{url}voila/static/voila.js"
    with running(command, ready, folder / "voila.log", folder) as pid:
        yield Stock(url, pid)
