"""What all tests share: one real browser, and coroutines beside it."""

from __future__ import annotations

import asyncio
import os
import shutil
from collections.abc import Callable, Coroutine, Iterator
from concurrent.futures import ThreadPoolExecutor
from importlib.resources import files
from typing import Any, TypeVar

import hypothesis
import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from manabiba_widgets import Exercise

Result = TypeVar("Result")
RunAsync = Callable[[Coroutine[Any, Any, Result]], Result]

RUN_AXE = """async (root) => {
    const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
    const { violations } = await axe.run(root ?? document, { runOnly: tags });
    const where = (v) => v.nodes.slice(0, 3).map((n) => n.html.slice(0, 160)).join(" | ");
    return violations.map((v) => `${v.id}: ${where(v)}`);
}"""
CHROMIUM_ARGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]

# A page may be slow where two workers share two cores; one that is wrong fails all the same.
expect.set_options(timeout=20_000)

# How long an example takes says more about the machine than about the code.
hypothesis.settings.register_profile(
    "manabiba",
    deadline=None,
    suppress_health_check=[hypothesis.HealthCheck.too_slow],
)
hypothesis.settings.load_profile("manabiba")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium, started once: Playwright allows one synchronous instance for each thread."""
    found = next(
        filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None
    )
    assert found, "no Chromium: run `make browser`, or install the package chromium"
    os.environ.setdefault("NODE_NO_WARNINGS", "1")
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=found, args=CHROMIUM_ARGS)
        yield chromium
        chromium.close()


@pytest.fixture(scope="session")
def run_async() -> Iterator[RunAsync]:
    """Runs a coroutine to its end, in a thread of its own.

    While Playwright's browser is open, the main thread has a running event loop already.
    """
    with ThreadPoolExecutor(max_workers=1, thread_name_prefix="run-async") as thread:
        yield lambda coroutine: thread.submit(asyncio.run, coroutine).result()


@pytest.fixture(scope="session")
def kinds() -> set[str]:
    """The names of all kinds of exercise that the package has."""

    def below(exercise: type[Exercise]) -> Iterator[type[Exercise]]:
        for found in exercise.__subclasses__():
            yield found
            yield from below(found)

    ours = (cls for cls in below(Exercise) if "manabiba_widgets" in cls.__module__)
    return {cls.kind for cls in ours if cls.kind}


@pytest.fixture
def violations() -> Callable[..., list[str]]:
    """`violations(page)`: what axe-core finds on it; `violations(page, "dialog")`: in that part."""
    axe = files("axe_playwright_python").joinpath("axe.min.js").read_text(encoding="utf-8")

    def find(page: Page, root: str | None = None) -> list[str]:
        page.evaluate(axe)
        return list(page.evaluate(RUN_AXE, root))

    return find
