"""Everybody opens the page in the same moment: seconds until the slowest visitor's first check.

No browsers: `client.py` says what a browser would. A visit is the page, the states of all its
widgets, and the feedback on one answer; on stock Voilà and on ours, n visitors at once.
"""

from __future__ import annotations

import asyncio
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psutil
from client import PATIENCE_S, OurPage, StockPage, close_all, http_client
from processes import cpu_s, kernel_mb
from report import arguments, say
from serving import manabiba, stock_voila


@dataclass(frozen=True)
class Crowd:
    """How n visits at once went."""

    times_s: list[float]
    failed: int
    mb_each: float
    cpu_s_each: float
    client_cpu_s: float

    @property
    def slowest_s(self) -> float:
        """Whoever got no answer within the limit counts with the limit."""
        return PATIENCE_S if self.failed else max(self.times_s)


async def visit(page: Any) -> float | None:
    """Seconds from the click to the feedback; None when there was none."""
    began = time.perf_counter()
    try:
        async with asyncio.timeout(PATIENCE_S):
            await page.use()
    except Exception as error:
        print(f"{type(page).__name__}: {type(error).__name__}: {error}", file=sys.stderr)
        return None
    return time.perf_counter() - began


async def crowd(pid: int, make_pages: Callable[[Any], list[Any]]) -> Crowd:
    """n visits at once to the server `pid`; its kernels are measured while all are there."""
    client = http_client()
    [first, *pages] = make_pages(client)
    await visit(first)  # a server that has been used before, as on an evening
    await close_all([first])
    before, own = cpu_s(pid), psutil.Process().cpu_times()
    times = await asyncio.gather(*map(visit, pages))
    after, own_after = cpu_s(pid), psutil.Process().cpu_times()
    measured = Crowd(
        times_s=[seconds for seconds in times if seconds is not None],
        failed=times.count(None),
        mb_each=kernel_mb(pid),
        cpu_s_each=(after - before) / len(pages),
        client_cpu_s=own_after.user + own_after.system - own.user - own.system,
    )
    await close_all(pages)
    client.close()
    return measured


def measure_ours(number: int) -> Crowd:
    """The visits to our server."""
    with tempfile.TemporaryDirectory() as folder, manabiba(Path(folder)) as server:
        guests = server.invite(number + 1)
        return asyncio.run(
            crowd(server.pid, lambda client: [OurPage(client, server.lesson, g) for g in guests])
        )


def measure_stock(number: int) -> Crowd:
    """The visits to stock Voilà."""
    with ExitStack() as stack:
        folder = stack.enter_context(tempfile.TemporaryDirectory())
        stock = stack.enter_context(stock_voila(Path(folder)))
        return asyncio.run(
            crowd(
                stock.pid,
                lambda client: [StockPage(client, stock.url) for _ in range(number + 1)],
            )
        )


def main() -> None:
    given = arguments(__doc__, n=50)
    ours, stock = measure_ours(given.n), measure_stock(given.n)
    result = {
        "stock": {"slowest_s": stock.slowest_s, "mb_each": stock.mb_each},
        "ours": {"slowest_s": ours.slowest_s, "mb_each": ours.mb_each},
        "ratio": stock.slowest_s / ours.slowest_s,
        "failed": ours.failed,
    }
    rows = [
        ("slowest, s", stock.slowest_s, ours.slowest_s, result["ratio"]),
        ("failed", stock.failed, ours.failed, ""),
        *(
            (name, of(stock), of(ours), of(stock) / of(ours))
            for name, of in (
                ("USS of a kernel, MB", lambda c: c.mb_each),
                ("CPU of the server for each, s", lambda c: c.cpu_s_each),
                ("CPU of this client in all, s", lambda c: c.client_cpu_s),
            )
        ),
    ]
    say(f"{given.n} visitors at once", ("stock Voilà", "ours", "ratio"), rows, result)


if __name__ == "__main__":
    main()
