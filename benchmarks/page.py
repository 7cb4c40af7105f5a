"""A lesson page beside stock Voilà's page of the same notebook: one visitor, cold browser.

Seconds from the click until the first check is answered (`usable_s`), and what our page sends
until then and until it rests, fonts aside.
"""

from __future__ import annotations

import shutil
import statistics
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page, sync_playwright
from report import arguments, say
from serving import manabiba, stock_voila

CHROMIUM = ("chromium", "chromium-browser", "google-chrome")


@dataclass(frozen=True)
class Visit:
    """One visit with an empty cache."""

    usable_s: float
    bytes: float
    requests: int


def visit(browser: Browser, url: str, sign_in: str | None = None) -> Visit:
    """Open a page with an empty cache, use its first exercise, and measure."""
    context = browser.new_context(locale="ja-JP", viewport={"width": 1280, "height": 900})
    page = context.new_page()
    if sign_in:
        context.request.get(sign_in)
    received = count_bytes(page)
    began = time.perf_counter()
    page.goto(url, wait_until="commit")
    card = page.locator(".mb-exercise").first
    check = card.get_by_role("button", name="確かめる")
    check.wait_for(state="visible", timeout=120_000)
    if sign_in:
        page.wait_for_selector("html[data-ready]")
    check.click()
    card.locator(".mb-result", has_text="まだ").wait_for(timeout=120_000)
    checked = time.perf_counter() - began
    page.wait_for_load_state("networkidle")
    context.close()
    return Visit(usable_s=checked, bytes=sum(received), requests=len(received))


def count_bytes(page: Page) -> list[float]:
    """A list that grows by the size on the wire of every answer the page gets."""
    received: list[float] = []
    fonts: set[str] = set()
    devtools = page.context.new_cdp_session(page)
    devtools.send("Network.enable")

    def note_fonts(about: dict[str, Any]) -> None:
        if about["type"] == "Font":
            fonts.add(about["requestId"])

    def count(about: dict[str, Any]) -> None:
        if about["requestId"] not in fonts:
            received.append(about["encodedDataLength"])

    devtools.on("Network.responseReceived", note_fonts)
    devtools.on("Network.loadingFinished", count)
    return received


def measure(repeats: int) -> tuple[list[Visit], list[Visit]]:
    """Visits to stock Voilà and to us, in turn."""
    found = next(filter(None, map(shutil.which, CHROMIUM)), None)
    if found is None:
        raise SystemExit("no Chromium: run `make browser`")
    stock: list[Visit] = []
    ours: list[Visit] = []
    with (
        tempfile.TemporaryDirectory() as folder,
        manabiba(Path(folder)) as server,
        stock_voila(Path(folder)) as plain,
        sync_playwright() as playwright,
    ):
        browser = playwright.chromium.launch(executable_path=found, args=["--no-sandbox"])
        for guest in server.invite(repeats):
            ours.append(visit(browser, server.lesson, guest.link))
            stock.append(visit(browser, plain.url))
        browser.close()
    return stock, ours


def main() -> None:
    given = arguments(__doc__, repeats=5)
    stock, ours = measure(given.repeats)

    def middle(visits: list[Visit], name: str) -> float:
        return float(statistics.median(getattr(visit, name) for visit in visits))

    ratio = middle(stock, "usable_s") / middle(ours, "usable_s")
    result = {
        "stock": {"usable_s": middle(stock, "usable_s")},
        "ours": {"usable_s": middle(ours, "usable_s")},
        "ratio": ratio,
        "bytes": round(middle(ours, "bytes")),
        "requests": round(middle(ours, "requests")),
    }
    rows = [
        (title, middle(stock, name), middle(ours, name), middle(stock, name) / middle(ours, name))
        for title, name in (
            ("until a check is answered, s", "usable_s"),
            ("bytes without fonts", "bytes"),
            ("requests without fonts", "requests"),
        )
    ]
    say("one visitor, cold browser", ("stock Voilà", "ours", "ratio"), rows, result)


if __name__ == "__main__":
    main()
