"""Trains, tunnels, closed lids: what a page does while and after its connection is bad."""

import json
import re
import socket
import sqlite3
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field

import pytest
from playwright.sync_api import Locator, Page, expect

pytestmark = pytest.mark.browser
LOST = "接続が切れました。入力は続けられます"
DEAD = 10_000
"""Milliseconds after which a page gives a silent request up, and a bit."""


@dataclass
class Tunnel:
    """A TCP proxy between browser and server, whose line can be made bad.

    `mode` is `open`; `cut` (connections end, new ones too); `silent` (half-open: nothing gets
    through any more, nobody is told); `deaf` (requests arrive, answers do not).
    """

    target: int
    mode: str = "open"
    pairs: list[tuple[socket.socket, socket.socket]] = field(default_factory=list)
    dead: set[socket.socket] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port = self.listener.getsockname()[1]
        threading.Thread(target=self._accept, daemon=True).start()

    def set(self, mode: str) -> None:
        """Change the line. What was held back or cut stays lost."""
        self.mode = mode
        if mode in {"cut", "open"}:
            self.hang_up()

    def hang_up(self) -> None:
        pairs, self.pairs = self.pairs, []
        for pair in pairs:
            for end in pair:
                with suppress(OSError):
                    end.shutdown(socket.SHUT_RDWR)
                end.close()

    def forget(self) -> None:
        """The connections there are carry nothing any more; new ones do."""
        self.dead.update(end for pair in self.pairs for end in pair)

    def close(self) -> None:
        self.mode = "cut"
        self.listener.close()
        self.hang_up()

    def _accept(self) -> None:
        while True:
            try:
                browser, _ = self.listener.accept()
            except OSError:
                return
            if self.mode == "cut":
                browser.close()
                continue
            try:
                server = socket.create_connection(("127.0.0.1", self.target))
            except OSError:  # the server is down
                browser.close()
                continue
            self.pairs.append((browser, server))
            for pair in ((browser, server, False), (server, browser, True)):
                threading.Thread(target=self._pump, args=pair, daemon=True).start()

    def _pump(self, source: socket.socket, sink: socket.socket, is_answer: bool) -> None:
        with suppress(OSError):
            while data := source.recv(65536):
                if (
                    source in self.dead
                    or self.mode == "silent"
                    or (self.mode == "deaf" and is_answer)
                ):
                    continue
                sink.sendall(data)
        for end in (source, sink):
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)


@dataclass
class Visit:
    """One page of lesson 1, reached through a tunnel."""

    page: Page
    tunnel: Tunnel
    server: object

    @property
    def cash(self) -> Locator:
        return card(self.page, "問6")

    def type(self, text: str) -> None:
        self.cash.get_by_label("現金の期末残高").fill(text)

    def expect_value(self, text: str) -> None:
        expect(self.cash.get_by_label("現金の期末残高")).to_have_value(text)

    def expect_notice(self, text: str, *, timeout: float = 20_000) -> None:
        expect(self.page.locator("#notice")).to_contain_text(text, timeout=timeout)

    def expect_saved(self) -> None:
        expect(self.cash.locator(".mb-saved")).to_contain_text("保存しました")

    def reload(self) -> None:
        self.page.reload()
        self.page.wait_for_selector("html[data-ready]")

    def stored(self) -> tuple[str | None, int]:
        """The cash answer in the database and its revision."""
        return stored(self.server, self.page)


def card(page: Page, title: str) -> Locator:
    return page.get_by_role("region", name=re.compile(rf"^{title}( |$)"))


def stored(server, page: Page) -> tuple[str | None, int]:
    person = page.evaluate("JSON.parse(document.getElementById('lesson-data').textContent).person")
    database = sqlite3.connect(server.home / "manabiba.db")
    try:
        row = database.execute(
            "select answer, revision from answer where person_id = ? and exercise_id = 'a1-5'",
            (person,),
        ).fetchone()
    finally:
        database.close()
    return (json.loads(row[0])["values"]["value"], row[1]) if row else (None, 0)


def wait_until_stored(visit: Visit, text: str, *, seconds: float = 40) -> int:
    """Wait for a text in the database; its revision."""
    deadline = time.monotonic() + seconds
    while (found := visit.stored())[0] != text:
        assert time.monotonic() < deadline, found
        visit.page.wait_for_timeout(100)
    return found[1]


@pytest.fixture
def tunnel(server) -> Iterator[Tunnel]:
    made = Tunnel(server.port)
    yield made
    made.close()


def travel(server, visit, tunnel: Tunnel, name: str, *, width: int = 390) -> Visit:
    """Somebody new opens lesson 1 through the tunnel."""
    [link] = server.invite(name)
    page = visit(link.replace(str(server.port), str(tunnel.port)), width=width)
    page.goto(server.lesson.replace(str(server.port), str(tunnel.port)))
    page.wait_for_selector("html[data-ready]")
    return Visit(page, tunnel, server)


def drafts_in(page: Page) -> list[str]:
    """The keys of the drafts this browser keeps."""
    return page.evaluate("Object.keys(localStorage).filter((key) => key.startsWith('manabiba p-'))")


def test_a_cut_line_is_told_and_what_was_typed_arrives_once(server, visit, tunnel) -> None:
    at = travel(server, visit, tunnel, "切断 一")
    at.type("100")
    at.expect_saved()
    tunnel.set("cut")
    at.type("200")
    at.expect_notice(LOST)
    at.type("300")
    at.expect_value("300")
    assert len(drafts_in(at.page)) == 1
    tunnel.set("open")
    at.expect_notice("つながりました")
    assert wait_until_stored(at, "300") <= 3
    assert drafts_in(at.page) == []
    expect(at.page.locator(".conflict")).to_have_count(0)


def test_a_card_does_not_call_saved_what_is_not(server, visit, tunnel) -> None:
    trip = travel(server, visit, tunnel, "正直 太郎")
    saved = trip.cash.locator(".mb-saved")
    trip.type("1")
    expect(saved).to_have_text(re.compile("保存しました"))
    tunnel.set("silent")  # no answer, and no error either for ten seconds
    trip.type("2")
    expect(saved).to_have_text("", timeout=4_000)
    tunnel.set("open")
    expect(saved).to_have_text(re.compile("保存しました"), timeout=30_000)
    assert trip.stored()[0] == "2"


def test_a_silent_line_is_noticed_and_left(server, visit, tunnel) -> None:
    at = travel(server, visit, tunnel, "半開 二")
    at.type("100")
    at.expect_saved()
    tunnel.set("silent")
    at.type("200")
    at.expect_notice(LOST, timeout=2 * DEAD)
    at.type("250")
    tunnel.set("open")
    at.expect_notice("つながりました", timeout=3 * DEAD)
    wait_until_stored(at, "250")
    expect(at.page.locator(".conflict")).to_have_count(0)


def test_a_lost_acknowledgement_neither_doubles_nor_conflicts(server, visit, tunnel) -> None:
    at = travel(server, visit, tunnel, "返事 三")
    tunnel.set("deaf")
    at.type("111")
    assert wait_until_stored(at, "111") == 1  # it is there, but the page cannot know
    at.type("222")
    at.type("333")
    at.expect_notice(LOST, timeout=2 * DEAD)
    tunnel.set("open")
    at.expect_notice("つながりました", timeout=3 * DEAD)
    assert wait_until_stored(at, "333") == 2
    expect(at.page.locator(".conflict")).to_have_count(0)


def test_a_lost_acknowledgement_is_understood_after_a_reload_too(server, visit, tunnel) -> None:
    at = travel(server, visit, tunnel, "返事 四")
    tunnel.set("deaf")
    at.type("111")
    assert wait_until_stored(at, "111") == 1
    at.type("222")
    at.page.wait_for_timeout(600)
    tunnel.set("open")
    at.reload()
    at.expect_value("222")
    assert wait_until_stored(at, "222") == 2
    expect(at.page.locator(".conflict")).to_have_count(0)
    assert drafts_in(at.page) == []


def test_a_check_pressed_in_a_tunnel_is_answered_after_it(server, visit, tunnel) -> None:
    at = travel(server, visit, tunnel, "検算 五")
    tunnel.set("cut")
    at.type("128,200")
    at.cash.get_by_role("button", name="確かめる").click()
    expect(at.cash.locator(".mb-result")).to_contain_text("つながりしだい、自動で確かめます")
    at.page.wait_for_timeout(3000)
    tunnel.set("open")
    expect(at.cash.locator(".mb-status-right")).to_be_visible(timeout=40_000)
    wait_until_stored(at, "128,200")


def test_a_check_over_a_silent_line_is_answered_over_a_new_one(server, visit, tunnel) -> None:
    at = travel(server, visit, tunnel, "検算 六")
    at.type("1")
    at.cash.get_by_role("button", name="確かめる").click()
    expect(at.cash.locator(".mb-status-wrong")).to_be_visible(timeout=30_000)
    tunnel.set("silent")
    at.cash.get_by_role("button", name="確かめる").click()
    expect(at.cash.locator(".mb-result")).to_contain_text(
        "つながりしだい、自動で確かめます", timeout=DEAD
    )
    tunnel.set("open")
    expect(at.cash.locator(".mb-status-wrong")).to_be_visible(timeout=40_000)


def test_the_kernels_line_comes_back_by_itself(server, visit, tunnel) -> None:
    at = travel(server, visit, tunnel, "自動 七")
    opened: list[str] = []
    at.page.on("websocket", lambda line: opened.append(line.url))
    at.type("1")
    at.cash.get_by_role("button", name="確かめる").click()
    expect(at.cash.locator(".mb-status-wrong")).to_be_visible(timeout=30_000)
    wait_until_stored(at, "1")
    tunnel.set("cut")
    at.expect_notice(LOST)
    tunnel.set("open")
    at.expect_notice("つながりました", timeout=40_000)
    assert len(opened) == 2
    at.cash.get_by_role("button", name="確かめる").click()
    expect(at.cash.locator(".mb-status-wrong")).to_be_visible(timeout=10_000)


def test_after_a_sleep_nobody_waits_for_a_dead_line(server, visit, tunnel) -> None:
    at = travel(server, visit, tunnel, "昼寝 十")
    at.page.clock.install()
    at.reload()
    at.type("1")
    at.cash.get_by_role("button", name="確かめる").click()
    expect(at.cash.locator(".mb-status-wrong")).to_be_visible(timeout=30_000)
    wait_until_stored(at, "1")
    tunnel.forget()
    at.page.clock.fast_forward(3_600_000)
    at.type("128200")
    at.cash.get_by_role("button", name="確かめる").click()
    expect(at.cash.locator(".mb-status-right")).to_be_visible(timeout=40_000)
    wait_until_stored(at, "128200")
    expect(at.page.locator(".conflict")).to_have_count(0)


def test_a_reader_costs_no_kernel_and_no_line(server, visit, tunnel) -> None:
    before = server.kernels()
    at = travel(server, visit, tunnel, "読者 八")
    opened: list[str] = []
    at.page.on("websocket", lambda line: opened.append(line.url))
    at.cash.get_by_label("現金の期末残高").focus()
    at.page.wait_for_timeout(1500)
    assert opened == []
    assert set(server.kernels()) <= set(before)


@pytest.mark.parametrize("broken", ["full", "forbidden"])
def test_a_browser_that_keeps_nothing_warns_and_loses_nothing(
    server, visit, tunnel, broken: str
) -> None:
    at = travel(server, visit, tunnel, f"保管 {broken}")
    at.page.add_init_script(
        "Storage.prototype.setItem = () => { throw new DOMException('', 'QuotaExceededError'); };"
        if broken == "full"
        else """for (const name of ["localStorage", "sessionStorage"]) Object.defineProperty(
            window, name, { get() { throw new DOMException("", "SecurityError"); } });"""
    )
    at.reload()
    tunnel.set("cut")
    at.type("77")
    at.expect_notice("書きかけの控えを残せません")
    at.expect_notice(LOST)
    asked: list[str] = []

    def stay(dialog) -> None:
        asked.append(dialog.type)
        dialog.dismiss()

    at.page.on("dialog", stay)
    with at.page.expect_event("dialog"):
        at.page.close(run_before_unload=True)
    assert asked == ["beforeunload"]
    at.expect_value("77")
    tunnel.set("open")
    at.expect_notice("つながりました", timeout=40_000)
    wait_until_stored(at, "77")
    expect(at.page.locator("#notice")).not_to_contain_text("控えを残せません")


def test_a_full_local_storage_still_survives_a_reload(server, visit, tunnel) -> None:
    at = travel(server, visit, tunnel, "満杯 九")
    at.page.evaluate(
        """() => { let block = "x".repeat(1 << 20);
            for (let i = 0; block; i += 1) {
              try { localStorage.setItem("filler" + i, block); }
              catch { block = block.slice(0, Math.floor(block.length / 2)); }
            } }"""
    )
    tunnel.set("cut")
    at.type("88")
    at.expect_notice(LOST)
    tunnel.set("open")
    at.reload()
    at.expect_value("88")
    wait_until_stored(at, "88")


def test_a_page_behind_a_sign_in_wall_of_a_train_waits(server, visit, tunnel) -> None:
    at = travel(server, visit, tunnel, "車内 十")
    wall = "**/answers/**"
    at.page.route(wall, lambda route: route.fulfill(body="<html>Welcome to free Wi-Fi</html>"))
    at.type("64")
    at.expect_notice(LOST)
    at.page.unroute(wall)
    at.expect_notice("つながりました", timeout=40_000)
    assert wait_until_stored(at, "64") == 1
