"""The glossary as a page, and the terms in a lesson that lead to it."""

import re

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("width", [390, 1280])
def test_a_term_opens_beside_its_word(server, visit, violations, width: int) -> None:
    page = visit(server.invite("用 語子")[0], width=width)
    server.open_lesson(page)
    word = page.locator("a.term").nth(2)
    word.focus()
    page.keyboard.press("Enter")
    box = page.get_by_role("dialog")
    expect(box).to_be_visible()
    expect(box).to_contain_text(word.get_attribute("href").partition("#term-")[2])
    expect(box.get_by_role("button", name="閉じる")).to_be_focused()
    place = box.bounding_box()
    assert place["x"] >= 0 and place["x"] + place["width"] <= width
    assert place["y"] >= 0 and place["y"] + place["height"] <= 900
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert violations(page, "dialog") == []
    page.keyboard.press("Escape")
    expect(box).to_be_hidden()
    expect(word).to_be_focused()
    word.click()
    expect(box).to_be_visible()
    page.get_by_role("heading", level=1).click()
    expect(box).to_be_hidden()
    word.click()
    box.get_by_role("link", name="用語集を見る").click()
    page.wait_for_url(re.compile(r"/glossary#"))


def test_without_scripts_a_term_leads_to_the_glossary(server, visit, browser) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = visit(server.invite("無 台本")[0], context=context)
    page.goto(server.lesson)
    word = page.locator("a.term").first
    name = word.get_attribute("href").partition("#term-")[2]
    word.click()
    page.wait_for_url(re.compile(r"/glossary#"))
    expect(page.locator(".terms > div:target dt")).to_contain_text(name)
    context.close()


def test_the_glossary_filters_as_one_types(server, visit) -> None:
    page = visit(server.invite("検 索子")[0])
    page.goto(f"{server.lesson.rpartition('/')[0]}/glossary")
    shown = page.locator(".terms > div:visible")
    everything = shown.count()
    page.get_by_label("用語をさがす").fill("カシカタ")
    expect(page.locator("#found")).to_have_text(f"{everything}語のうち1語を表示しています。")
    expect(shown).to_contain_text(["貸方"])
    page.get_by_label("用語をさがす").fill("ｘｘｘ")
    expect(page.locator("#found")).to_contain_text("見つかりませんでした")
    page.get_by_label("用語をさがす").fill("")
    expect(shown).to_have_count(everything)


def test_the_server_filters_without_scripts_and_only_for_people_in_the_run(
    server, visit, browser
) -> None:
    url = f"{server.lesson.rpartition('/')[0]}/glossary?q=かしかた"
    context = browser.new_context(java_script_enabled=False)
    page = visit(url, context=context)
    expect(page.get_by_role("heading", level=1)).to_contain_text("受講者用リンク")
    page.goto(server.invite("無 筆記")[0])
    page.goto(url)
    expect(page.locator(".terms > div:visible dt")).to_contain_text(["貸方"])
    context.close()


def test_the_glossary_is_for_people_in_its_run(server, visit) -> None:
    page = visit(server.invite("別 人子")[0])
    assert page.goto(f"{server.url}/runs/nothing/glossary").status == 404
    made = server.cli("run", "create", "glossary-other", "accounting", "--json")
    assert made.returncode == 0, made.stderr
    assert page.goto(f"{server.url}/runs/glossary-other/glossary").status == 403
    assert page.goto(f"{server.lesson.rpartition('/')[0]}/glossary").status == 200
