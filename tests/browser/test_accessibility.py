"""axe-core on every page a participant sees, at phone and at desk width."""

import re

import pytest

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("width", [390, 1280])
def test_pages_have_no_violations(server, visit, violations, width: int) -> None:
    join = re.search(r"join\): +(\S+)", server.output)[1]
    page = visit(f"{server.url}/", width=width)
    found = {"start": violations(page)}
    page.goto(join)
    found["join"] = violations(page)
    page.get_by_role("button", name="参加する").click()
    found["join with an error"] = violations(page)
    page.get_by_label(re.compile("お名前")).fill("中 読子")
    page.get_by_role("button", name="参加する").click()
    found["welcome"] = violations(page)
    page.goto(f"{server.url}/home")
    found["home"] = violations(page)
    page.goto(server.lesson)
    page.wait_for_selector("html[data-ready]")
    found["lesson"] = violations(page)
    for button in page.get_by_role("button", name=re.compile("確かめる")).all():
        button.click()
    page.locator(".mb-status").nth(9).wait_for(timeout=60_000)
    found["lesson with results"] = violations(page)
    page.get_by_label("借方(左) 1行目 勘定科目").first.click()
    found["account list"] = violations(page)
    for name in ("submit", "result"):
        page.goto(f"{server.lesson}/{name}")
        found[name] = violations(page)
    page.goto(f"{server.url}/nowhere")
    found["not found"] = violations(page)
    assert {name: told for name, told in found.items() if told} == {}


@pytest.mark.parametrize("width", [390, 1440])
def test_nothing_is_wider_than_the_page_and_buttons_are_large_enough(
    server, visit, width: int
) -> None:
    page = visit(server.link("participant"), width=width)
    for url in (f"{server.url}/home", server.lesson):
        page.goto(url)
        if url == server.lesson:
            page.wait_for_selector("html[data-ready]")
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        small = page.evaluate(
            """() => [...document.querySelectorAll("button, .button, select, input[type=text]")]
                .filter((e) => e.offsetParent && e.getBoundingClientRect().height < 44)
                .map((e) => e.outerHTML.slice(0, 120))"""
        )
        assert small == []


def test_nothing_comes_from_outside(server, visit) -> None:
    page = visit(server.link("participant"))
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(server.lesson)
    page.wait_for_selector("html[data-ready]")
    assert [url for url in asked if not url.startswith((server.url, "data:"))] == []
    assert len(asked) <= 20
