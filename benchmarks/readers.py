"""Everybody reads the page in the same moment: how long it takes, and that no kernel is started.

Each reader is another person with a signed cookie of their own. Stock Voilà has no figure here:
it starts a kernel for each reader (`visitors.py` shows what that takes).
"""

from __future__ import annotations

import asyncio
import sys
import tempfile
import time
from pathlib import Path

from client import PATIENCE_S, OurPage, http_client
from processes import cpu_s, kernels
from report import arguments, percentile, say
from serving import Manabiba, manabiba


async def read(page: OurPage) -> float | None:
    """Seconds until the whole page is there; None when it is not."""
    began = time.perf_counter()
    try:
        async with asyncio.timeout(PATIENCE_S):
            await page.open()
    except Exception as error:
        print(f"{type(error).__name__}: {error}", file=sys.stderr)
        return None
    return time.perf_counter() - began


async def read_all(server: Manabiba, number: int) -> list[float | None]:
    """Each reader's seconds."""
    client = http_client()
    pages = [OurPage(client, server.lesson, guest) for guest in server.invite(number)]
    times = await asyncio.gather(*map(read, pages))
    client.close()
    return times


def main() -> None:
    given = arguments(__doc__, n=1000)
    with tempfile.TemporaryDirectory() as folder, manabiba(Path(folder)) as server:
        before = cpu_s(server.pid)
        times = asyncio.run(read_all(server, given.n))
        cpu_each_ms = (cpu_s(server.pid) - before) / given.n * 1000
        started = len(kernels(server.pid))
    done = [seconds * 1000 for seconds in times if seconds is not None]
    result = {
        "kernels": started,
        "p95_ms": percentile(done, 0.95) if done else PATIENCE_S * 1000,
        "failed": times.count(None),
    }
    rows = [
        ("kernels started", started),
        ("95 % have the page within, ms", result["p95_ms"]),
        ("half have it within, ms", percentile(done, 0.5) if done else ""),
        ("failed", result["failed"]),
        ("CPU of the server for each, ms", cpu_each_ms),
    ]
    say(f"{given.n} readers at once", ("ours",), rows, result)


if __name__ == "__main__":
    main()
