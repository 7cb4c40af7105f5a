"""What the first visit of a lesson costs, and what the second one does not."""

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser
LARGEST_BYTES = 150_000
MOST_REQUESTS = 15


def test_lesson_1_is_light_until_a_check_is_answered(server, visit) -> None:
    [link] = server.invite("軽い 頁")
    page = visit(link)
    line = page.context.new_cdp_session(page)
    line.send("Network.enable")
    sizes: list[float] = []
    headers: dict[str, dict[str, str]] = {}
    line.on("Network.loadingFinished", lambda about: sizes.append(about["encodedDataLength"]))
    page.on("response", lambda reply: headers.update({reply.url: reply.headers}))
    server.open_lesson(page)
    preloaded = page.eval_on_selector_all("link[rel=modulepreload]", "all => all.map(a => a.href)")
    modules = [url for url in headers if url.endswith(".js") and "/site/" not in url]
    assert sorted(preloaded) == sorted(modules)
    page.get_by_role("textbox", name="期首の正味財産").fill("2053561")
    page.get_by_role("button", name="確かめる").nth(2).click()
    expect(page.locator(".mb-status").first).to_be_visible(timeout=60_000)
    page.wait_for_load_state("networkidle")

    assert sum(sizes) <= LARGEST_BYTES, sizes
    assert len(sizes) <= MOST_REQUESTS, list(headers)
    for url, found in headers.items():
        text = found.get("content-type", "").startswith("text/")
        assert not text or found.get("content-encoding") == "gzip", url
        if "/static/" in url:
            assert found["cache-control"] == "public, max-age=31536000, immutable"

    sizes.clear()
    headers.clear()
    page.reload()
    page.wait_for_selector("html[data-ready]")
    page.wait_for_load_state("networkidle")
    again = [url for url, found in headers.items() if found and "/static/" not in url]
    assert again == [server.lesson]
    assert sum(sizes) <= 40_000, sizes


def test_all_exercises_appear_in_one_frame_without_a_kernel(server, visit) -> None:
    [link] = server.invite("速い 頁")
    page = visit(link)
    page.route("**/kernel", lambda route: None)  # never answered
    page.add_init_script(
        """window.shown = [];
        (function look() {
          window.shown.push(document.querySelectorAll(".mb-exercise").length);
          requestAnimationFrame(look);
        })();"""
    )
    server.open_lesson(page)
    page.wait_for_timeout(200)
    count = page.locator("[data-model^=exercise-], [data-model^=explorable-]").count()
    assert set(page.evaluate("window.shown")) <= {0, count}
    assert page.locator(".mb-exercise").count() == count > 0
    page.get_by_role("textbox", name="期首の正味財産").fill("1")
    expect(page.locator(".mb-saved", has_text="保存しました").first).to_be_visible()


def test_an_exercise_whose_module_does_not_arrive_is_told(server, visit) -> None:
    [link] = server.invite("欠けた 頁")
    page = visit(link)
    page.route("**/number.js", lambda route: route.abort())
    server.open_lesson(page)
    expect(page.locator("#notice")).to_contain_text("読みこめなかった問があります")
    assert page.locator(".mb-exercise").count() > 0
