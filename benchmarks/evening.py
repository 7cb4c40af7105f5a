"""An evening: people type, check, reload, lose their connection; in the middle the server dies.

`client.py` stands for the browsers. Like `answers.js`, a page sends what was typed with the
revision it is based on, sends the very same again, later and later, until it is acknowledged,
and only then sends anything newer. Half-way the server and its kernels are killed (`kill -9`)
and started again.

Lost is: an acknowledged save that the database has not (its revision is lower there, or is the
same and has other content), a reload that shows an older revision than was acknowledged, a
conflict although nobody else writes, and anything typed that is not acknowledged at the end.
"""

from __future__ import annotations

import asyncio
import os
import random
import signal
import tempfile
import time
from contextlib import ExitStack, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psutil
from client import EXERCISE, OurPage, close_all, http_client
from processes import resident_mb, tree
from report import arguments, percentile, say
from serving import RUN, Manabiba, free_port, start_manabiba
from tornado.httpclient import HTTPClientError

from manabiba_server.answers import load_answers
from manabiba_server.database import Database

REQUEST_S = 10.0
LAST_SENDING_S = 60.0
LESSON_ID = "accounting-1"


@dataclass
class Person:
    """One participant and what the server has acknowledged."""

    page: OurPage
    chance: random.Random
    typed: int = 0
    revision: int = 0
    acknowledged: dict[int, str] = field(default_factory=dict)  # revision → what was typed
    waits_s: list[float] = field(default_factory=list)
    checks: int = 0
    missed_checks: int = 0
    reloads: int = 0
    wrong: list[str] = field(default_factory=list)
    unsent: bool = False

    def answer(self) -> dict[str, Any]:
        return {"values": {"value": str(self.typed)}}

    async def save(self, until: float) -> None:
        """Send what was typed until it is acknowledged or it is `until`."""
        content, pause = self.answer(), 1.0
        self.unsent = True
        while time.monotonic() < until:
            began = time.monotonic()
            try:
                async with asyncio.timeout(REQUEST_S):
                    status, reply = await self.page.save(EXERCISE, content, base=self.revision)
            except (HTTPClientError, OSError, TimeoutError):
                await asyncio.sleep(pause * (0.75 + self.chance.random() / 2))
                pause = min(pause * 2, 15.0)
                continue
            if status == 409:
                self.wrong.append(f"conflict with {reply['current']}")
                self.revision = reply["current"]["revision"]
                return
            self.waits_s.append(time.monotonic() - began)
            self.revision = reply["revision"]
            self.acknowledged[self.revision] = content["values"]["value"]
            self.unsent = False
            return

    async def check(self) -> None:
        """Have the answer judged; without the server there is no judgement, and nothing is lost."""
        self.checks += 1
        try:
            async with asyncio.timeout(REQUEST_S):
                await self.page.check(EXERCISE, self.answer())
        except Exception:
            self.missed_checks += 1
            self.page.close()

    async def reload(self) -> None:
        """Read the page anew: it has to show at least what was acknowledged."""
        self.page.close()
        try:
            async with asyncio.timeout(REQUEST_S):
                await self.page.open()
        except (HTTPClientError, OSError, TimeoutError):
            return  # no page without a server; the browser would show its own error
        self.reloads += 1
        revision = self.page.data["saved"].get(EXERCISE, {"revision": 0})["revision"]
        if revision < self.revision:
            self.wrong.append(f"a reload showed revision {revision} of {self.revision}")

    async def spend(self, end: float) -> None:
        """The evening."""
        await self.page.open()
        while time.monotonic() < end:
            await asyncio.sleep(self.chance.uniform(0.5, 2.0))
            self.typed += 1
            what = self.chance.random()
            if what < 0.05:  # offline: typing goes on, the newest is sent afterwards
                await asyncio.sleep(self.chance.uniform(2.0, 8.0))
                self.typed += 3
            await self.save(end + LAST_SENDING_S)
            if what > 0.85:
                await self.check()
            elif what > 0.80:
                await self.reload()


def lost(people: list[Person], server: Manabiba) -> list[str]:
    """What was lost, in words."""
    found = []
    database = Database(server.database_url)
    with database.reading() as session:
        for person in people:
            who = person.page.guest.person_id
            row = load_answers(session, RUN, who, LESSON_ID).get(EXERCISE)
            revision = row.revision if row else 0
            found += [f"{who}: revision {r}" for r in person.acknowledged if r > revision]
            if row and person.acknowledged.get(revision) != row.answer["values"]["value"]:
                found.append(f"{who}: other content at revision {revision}")
            if person.unsent:
                found.append(f"{who}: never acknowledged")
            found += [f"{who}: {text}" for text in person.wrong]
    database.dispose()
    return found


async def evening(
    server: Manabiba, number: int, minutes: float, restart: Any
) -> tuple[list[Person], float]:
    """Everybody's evening, and the most memory that the server and its kernels had (MB)."""
    client = http_client()
    people = [
        Person(OurPage(client, server.lesson, guest), random.Random(n))
        for n, guest in enumerate(server.invite(number))
    ]
    start = time.monotonic()
    end = start + minutes * 60
    evenings = asyncio.gather(*(person.spend(end) for person in people))
    pid, most, restarted = server.pid, 0.0, False
    while not evenings.done():
        await asyncio.wait([evenings], timeout=min(10.0, minutes * 10))
        with suppress(psutil.Error):
            most = max(most, await asyncio.to_thread(resident_mb, pid))
        if not restarted and time.monotonic() > start + minutes * 30:
            pid, restarted = await asyncio.to_thread(restart), True
    await evenings
    await close_all([person.page for person in people])
    client.close()
    return people, most


def main() -> None:
    given = arguments(__doc__, n=60, minutes=3.0)
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        home, port = folder / "home", free_port()
        pid = stack.enter_context(start_manabiba(home, port, folder))
        server = Manabiba(f"http://localhost:{port}", home, pid)

        def restart() -> int:
            for process in reversed(tree(pid)):
                with suppress(psutil.NoSuchProcess):
                    os.kill(process.pid, signal.SIGKILL)
            return stack.enter_context(start_manabiba(home, port, folder))

        people, most_mb = asyncio.run(evening(server, given.n, given.minutes, restart))
        gone = lost(people, server)
    waits = [seconds * 1000 for person in people for seconds in person.waits_s]
    result = {
        "saves": len(waits),
        "lost": len(gone),
        "p95_save_ms": percentile(waits, 0.95),
        "rss_mb": most_mb,
    }
    rows = [
        ("saves acknowledged", len(waits)),
        ("lost", len(gone)),
        ("95 % acknowledged within, ms", result["p95_save_ms"]),
        ("memory at most, MB", most_mb),
        ("checks", sum(person.checks for person in people)),
        ("  without an answer", sum(person.missed_checks for person in people)),
        ("reloads", sum(person.reloads for person in people)),
        *(("lost", text) for text in gone[:10]),
    ]
    say(f"{given.n} people, {given.minutes:g} minutes", ("ours",), rows, result)


if __name__ == "__main__":
    main()
