"""The way into a run, for those who come first, who come back, and who mistype."""

import re

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser


@pytest.fixture
def join(server) -> str:
    return re.search(r"join\): +(\S+)", server.output)[1]


@pytest.mark.parametrize(
    ("label", "typed", "told"),
    [
        ("お名前", "", "お名前を入れてください。"),
        ("団体名", "い" * 61, "団体名は60文字までで入れてください。"),
    ],
)
def test_an_error_is_told_at_its_own_field(visit, join, label: str, typed: str, told: str) -> None:
    page = visit(join)
    page.get_by_label("お名前").fill("戸塚 直")
    field = page.get_by_label(label)
    field.fill(typed)
    page.get_by_role("button", name="参加する").click()
    expect(page.get_by_role("alert")).to_have_text(told)
    expect(field).to_have_accessible_description(re.compile(told))
    expect(field).to_have_attribute("aria-invalid", "true")
    expect(page.locator("[aria-invalid=true]")).to_have_count(1)
    expect(field).to_be_focused()  # the next thing that is typed goes there


def test_who_is_in_already_is_led_on(server, visit, join) -> None:
    [link] = server.invite("泉 戻")
    page = visit(link)
    page.goto(join)
    page.get_by_role("heading", name="泉 戻さんは、もう参加しています").wait_for()
    page.get_by_role("link", name="わたしの講座へ進む").click()
    expect(page).to_have_url(re.compile("/home$"))


def test_who_comes_back_on_another_device_is_told_of_their_link(visit, join) -> None:
    page = visit(join, width=390)
    expect(page.get_by_text("前に参加した方は、そのときの受講者用リンクを開いて")).to_be_visible()


def test_a_code_is_entered_by_somebody_who_is_in_another_course(server, visit, join) -> None:
    [link] = server.invite("旭 重")
    page = visit(link)
    page.get_by_role("link", name=re.compile("別の講座に参加する")).click()
    code = join.rsplit("/", 1)[1]
    page.get_by_label("参加コード").fill(f" {code[:4]} {code[4:].upper()}")
    page.get_by_role("button", name="参加の手続きへ").click()
    expect(page).to_have_url(join)


def test_who_has_no_link_at_hand_is_told_whom_to_ask(server, visit) -> None:
    page = visit(f"{server.url}/home")
    expect(
        page.get_by_role("heading", name="はじめに、受講者用リンクを開いてください")
    ).to_be_visible()
    expect(page.get_by_text("見つからないときは、講師にお知らせください")).to_be_visible()
