"""What a crash leaves: everything acknowledged, and a page that says what happened."""

import os
import re
import signal
import time

import psutil
import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser


def exercise(page: Page, title: str):
    return page.get_by_role("region", name=re.compile(rf"^{title}( |$)"))


def gone(pids: list[int], *, within_s: float) -> bool:
    deadline = time.monotonic() + within_s
    while alive := [pid for pid in pids if psutil.pid_exists(pid)]:
        if time.monotonic() > deadline:
            break
        time.sleep(0.1)
    return not alive


def test_a_killed_kernel_is_replaced_without_anybody_noticing(own_server, visit) -> None:
    page = visit(own_server.link("participant"))
    own_server.open_lesson(page)
    cash = exercise(page, "問6")
    cash.get_by_label("現金の期末残高").fill("361000")
    cash.get_by_role("button", name="確かめる").click()
    expect(cash.get_by_text("増えた額の合計です。")).to_be_visible(timeout=30_000)
    kernels = own_server.kernels()
    assert len(kernels) == 1
    os.kill(kernels[0], signal.SIGKILL)
    cash.get_by_label("現金の期末残高").fill("128200")
    expect(cash.locator(".mb-saved")).to_contain_text("保存しました")
    cash.get_by_role("button", name="確かめる").click()
    expect(cash.locator(".mb-status-right")).to_be_visible(timeout=30_000)
    page.reload()
    page.wait_for_selector("html[data-ready]")
    expect(exercise(page, "問6").get_by_label("現金の期末残高")).to_have_value("128200")


def test_a_killed_server_loses_nothing_and_the_page_goes_on(own_server, visit) -> None:
    page = visit(own_server.link("participant"), width=390)
    own_server.open_lesson(page)
    cash = exercise(page, "問6").get_by_label("現金の期末残高")
    cash.fill("100")
    expect(exercise(page, "問6").locator(".mb-saved")).to_contain_text("保存しました")
    own_server.kill()

    cash.fill("128200")
    expect(page.locator("#notice")).to_contain_text("接続が切れました。入力は続けられます。")
    paid = exercise(page, "問9").get_by_label("2025年度に支払った家賃")
    paid.fill("722,000")

    own_server.start()
    expect(page.locator("#notice")).to_contain_text("つながりました", timeout=30_000)
    page.reload()
    page.wait_for_selector("html[data-ready]")
    expect(exercise(page, "問6").get_by_label("現金の期末残高")).to_have_value("128200")
    expect(exercise(page, "問9").get_by_label("2025年度に支払った家賃")).to_have_value("722,000")


def test_what_was_typed_offline_survives_a_closed_tab(own_server, visit) -> None:
    page = visit(own_server.link("participant"))
    own_server.open_lesson(page)
    own_server.kill()
    exercise(page, "問6").get_by_label("現金の期末残高").fill("98765")
    expect(page.locator("#notice")).to_be_visible()
    context = page.context
    page.close()
    own_server.start()
    again = visit(own_server.lesson, context=context)
    again.wait_for_selector("html[data-ready]")
    cash = exercise(again, "問6")
    expect(cash.get_by_label("現金の期末残高")).to_have_value("98765")
    expect(cash.locator(".mb-saved")).to_contain_text("保存しました")


def test_two_pages_that_edit_the_same_answer_are_told_and_lose_nothing(server, visit) -> None:
    [link] = server.invite("二台 使う")
    one = visit(link)
    server.open_lesson(one)
    two = visit(link)
    server.open_lesson(two)
    exercise(one, "問6").get_by_label("現金の期末残高").fill("111")
    expect(exercise(one, "問6").locator(".mb-saved")).to_contain_text("保存しました")
    exercise(two, "問6").get_by_label("現金の期末残高").fill("222")
    told = two.get_by_text("この問は、別の画面で書きかえられています")
    expect(told).to_be_visible()
    expect(exercise(two, "問6").get_by_label("現金の期末残高")).to_have_value("222")
    two.get_by_role("button", name="別の画面の解答を使う").click()
    expect(exercise(two, "問6").get_by_label("現金の期末残高")).to_have_value("111")
    exercise(two, "問6").get_by_label("現金の期末残高").fill("333")
    expect(exercise(two, "問6").locator(".mb-saved")).to_contain_text("保存しました")
    exercise(one, "問6").get_by_label("現金の期末残高").fill("444")
    with one.expect_response(lambda sent: sent.request.method == "PUT" and sent.ok):
        one.get_by_role("button", name="この画面の解答を使う").click()
    expect(one.locator(".conflict")).to_have_count(0)
    one.reload()
    one.wait_for_selector("html[data-ready]")
    expect(exercise(one, "問6").get_by_label("現金の期末残高")).to_have_value("444")


def test_no_kernel_outlives_its_server(own_server, visit) -> None:
    page = visit(own_server.link("participant"))
    own_server.open_lesson(page)
    cash = exercise(page, "問6")
    cash.get_by_label("現金の期末残高").fill("1")
    cash.get_by_role("button", name="確かめる").click()
    expect(cash.locator(".mb-status")).to_be_visible(timeout=30_000)
    kernels = own_server.kernels()
    assert kernels != []
    assert own_server.stop() == 0
    assert gone(kernels, within_s=0)
    own_server.start()
    own_server.open_lesson(page)
    exercise(page, "問6").get_by_role("button", name="確かめる").click()
    expect(exercise(page, "問6").locator(".mb-status")).to_be_visible(timeout=30_000)
    kernels = own_server.kernels()
    assert kernels != []
    own_server.kill()
    assert gone(kernels, within_s=20)
    own_server.start()
