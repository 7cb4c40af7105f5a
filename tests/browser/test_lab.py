"""Instructors: JupyterLab behind its own password, and formgrader with the words in it."""

import re
import socket
import subprocess
import time
import urllib.request

import pytest
from playwright.sync_api import Locator, Page, expect
from playwright.sync_api import TimeoutError as PlaywrightTimeoutError

pytestmark = pytest.mark.browser
RUN = "accounting-demo"


@pytest.fixture(scope="module")
def lab(server, tmp_path_factory):
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    assert server.cli("grade", RUN, "1").returncode == 0
    log = tmp_path_factory.mktemp("lab") / "lab.log"
    with log.open("w") as out:
        process = subprocess.Popen(
            server.command("lab", "--run", RUN, "--port", str(port)),
            stdout=out,
            stderr=subprocess.STDOUT,
        )
    url = f"http://127.0.0.1:{port}"
    try:
        deadline = time.monotonic() + 60
        while True:
            try:
                urllib.request.urlopen(f"{url}/login", timeout=2).close()
                break
            except OSError:
                assert process.poll() is None, log.read_text()
                assert time.monotonic() < deadline, log.read_text()
                time.sleep(0.3)
        password = re.search(r"--set-password\): (\S+)", log.read_text())
        yield url, password[1]
    finally:
        process.terminate()
        process.wait(timeout=30)


def give(page: Page, box: Locator, text: str, address: str) -> None:
    """Type until formgrader has sent it: it listens only once it has read the gradebook."""
    for _ in range(10):
        box.fill("")
        box.fill(text)
        try:
            with page.expect_response(
                lambda sent: address in sent.url and sent.ok and sent.request.method == "PUT",
                timeout=5_000,
            ):
                box.press("Tab")
        except PlaywrightTimeoutError:
            continue
        return
    pytest.fail(f"formgrader sent nothing to {address}")


def test_an_instructor_signs_in_and_reads_the_words(lab, visit) -> None:
    url, password = lab
    page = visit(f"{url}/lab")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    expect(page).to_have_url(re.compile("/login"))
    page.locator("input[name=password]").fill("wrong")
    with page.expect_event("load"):
        page.locator("input[name=password]").press("Enter")
    expect(page).to_have_url(re.compile("/login"))
    page.locator("input[name=password]").fill(password)
    page.locator("input[name=password]").press("Enter")
    expect(page).not_to_have_url(re.compile("/login"))
    page.goto(f"{url}/formgrader/gradebook/accounting-1/accounting-1")
    page.get_by_role("link", name=re.compile("Submission #1")).first.click()
    expect(page.locator("body")).to_contain_text("受講者の解答", timeout=30_000)
    expect(page.locator("body")).to_contain_text("採点の観点")
    page.wait_for_load_state("networkidle")  # formgrader fills in what is in the gradebook
    give(page, page.locator("input.score").last, "3", "/api/grade/")
    give(page, page.locator("textarea.comment").last, "具体的でよいですね。", "/api/comment/")
    page.reload()
    expect(page.locator("textarea.comment").last).to_have_value("具体的でよいですね。")
    expect(page.locator("input.score").last).to_have_value("3")
    assert page.evaluate("MathJax.version")
    assert [address for address in asked if not address.startswith((url, "data:", "blob:"))] == []


def test_a_lesson_works_in_jupyterlab_too(lab, visit) -> None:
    url, password = lab
    page = visit(f"{url}/login?next=%2Flab")
    page.locator("input[name=password]").fill(password)
    page.locator("input[name=password]").press("Enter")
    expect(page).not_to_have_url(re.compile("/login"))
    page.goto(f"{url}/lab/tree/source/accounting-1/accounting-1.ipynb")
    expect(page.locator(".jp-Cell", has_text="会計の全体像").first).to_be_visible(timeout=60_000)
    expect(page.get_by_text("| アイドル")).to_be_visible(timeout=60_000)
    page.get_by_text("実行", exact=True).first.click()
    page.get_by_text("すべてのセルを実行", exact=True).click()
    card = page.locator(".mb-exercise", has_text="問1").first
    card.scroll_into_view_if_needed(timeout=60_000)
    card.get_by_role("button", name="確かめる").click()
    expect(card.locator(".mb-result")).to_contain_text("まだ")
