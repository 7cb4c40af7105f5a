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
    assert page.locator("[aria-invalid=true]").count() == 1
    expect(field).to_be_focused()  # the next thing that is typed goes there
