"""A lesson that changes under open pages, and one with widgets that are not exercises."""

import re
from collections.abc import Iterator
from pathlib import Path

import nbformat
import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser

COURSE = """
id = "accounting"
title = "小さな講座"
audience = "皆さん"
summary = "要約"
[[lessons]]
id = "accounting-1"
number = 1
title = "動く図"
summary = "要約"
notebook = "lesson.ipynb"
minutes = 90
points = 3
"""
TITLE = "# 会費と家賃"
IMPORTS = "from manabiba_widgets import Criterion, Field, FreeText, Number"
DUES = """
dues = Number("x-1", title="問1 会費", prompt="会費は?", fields=[Field("value", "会費の額")])
dues
"""
DUES_KEY = """
### BEGIN HIDDEN TESTS
dues.key(values={"value": 370000})
### END HIDDEN TESTS
dues.points(3)
"""
WORDS = """
words = FreeText("x-2", title="問2 ことば", prompt="書いてください。",
                 rubric=[Criterion("内容", 3.0)], min_chars=1)
words
"""
WORDS_GRADE = "words.submission()"
NUMBER = """
words = Number("x-2", title="問2 月数", prompt="何か月?", fields=[Field("m", "月数")])
words
"""
NUMBER_KEY = DUES_KEY.replace("dues", "words").replace('"value": 370000', '"m": 12')
SLIDER = """
import ipywidgets
months = ipywidgets.IntSlider(value=3, min=0, max=12, description="月数")
rent = ipywidgets.Label()
def show(change=None):
    rent.value = f"家賃は{months.value * 57000:,}円です。"
months.observe(show, names="value")
show()
ipywidgets.VBox([months, rent])
"""


def write_course(folder: Path, *cells: str) -> None:
    (folder / "accounting").mkdir(parents=True, exist_ok=True)
    (folder / "accounting" / "course.toml").write_text(COURSE, encoding="utf-8")
    notebook = nbformat.v4.new_notebook()
    notebook.metadata.kernelspec = {"name": "python3", "display_name": "Python 3"}
    notebook.cells = [
        nbformat.v4.new_markdown_cell(TITLE),
        *(nbformat.v4.new_code_cell(source.strip()) for source in (IMPORTS, *cells)),
    ]
    exercise = ""
    for number, cell in enumerate(notebook.cells):
        cell.id = f"cell-{number}"
        if cell.cell_type != "code":
            continue
        if found := re.search(r'"(x-\d)"', cell.source):
            exercise = found[1]
        grades = ".points(" in cell.source or ".submission(" in cell.source
        cell.metadata.nbgrader = {
            "grade": grades,
            "grade_id": exercise if grades else f"{exercise}-ask" if found else f"c-{number}",
            "locked": ".submission(" not in cell.source,
            "schema_version": 3,
            "solution": ".submission(" in cell.source,
            "task": False,
            **({"points": 3} if grades else {}),
        }
    nbformat.write(notebook, folder / "accounting" / "lesson.ipynb")


@pytest.fixture(scope="module")
def small_server(tmp_path_factory: pytest.TempPathFactory, make_server) -> Iterator:
    folder = tmp_path_factory.mktemp("changing")
    write_course(folder / "courses", DUES, DUES_KEY, WORDS, WORDS_GRADE)
    yield from make_server(folder / "home", folder / "courses")


@pytest.fixture
def changing(small_server):
    """A server of one small lesson, whose notebook a test may rewrite."""
    write_course(small_server.courses, DUES, DUES_KEY, WORDS, WORDS_GRADE)
    return small_server


def card(page: Page, title: str):
    return page.get_by_role("region", name=re.compile(rf"^{title}( |$)"))


def reload(page: Page) -> None:
    page.reload()
    page.wait_for_selector("html[data-ready]")


def open_new(server, visit, name: str) -> Page:
    [link] = server.invite(name)
    page = visit(link, width=390)
    server.open_lesson(page)
    return page


def test_a_removed_exercise_is_told_and_its_words_are_kept(changing, visit) -> None:
    page = open_new(changing, visit, "変更 一")
    area = card(page, "問2").get_by_label("あなたの文章")
    area.fill("ここまで書いて保存した。")
    expect(card(page, "問2").locator(".mb-saved")).to_contain_text("保存しました")
    write_course(changing.courses, DUES, DUES_KEY)
    area.fill("ここまで書いて保存した。そして続き。")
    expect(page.locator("#notice")).to_contain_text("この問はなくなりました", timeout=60_000)
    expect(page.locator("#notice")).to_contain_text("教材が新しくなりました")
    expect(area).to_have_value("ここまで書いて保存した。そして続き。")

    page.locator("#notice").get_by_role("button", name="読み直す").first.click()
    page.wait_for_selector("html[data-ready]")
    kept = page.get_by_role("region", name="前の教材で書いた内容")
    expect(kept.get_by_text("ここまで書いて保存した。そして続き。", exact=True)).to_be_visible()
    expect(kept.get_by_text("ここまで書いて保存した。", exact=True)).to_be_visible()
    for _ in range(2):
        page.get_by_role("button", name="書き写したので消す").first.click()
    reload(page)
    expect(page.get_by_text("ここまで書いて")).to_have_count(0)


def test_an_exercise_of_another_form_shows_what_was_written(changing, visit) -> None:
    page = open_new(changing, visit, "変更 二")
    card(page, "問2").get_by_label("あなたの文章").fill("12か月分を払った。")
    expect(card(page, "問2").locator(".mb-saved")).to_contain_text("保存しました")
    write_course(changing.courses, DUES, DUES_KEY, NUMBER, NUMBER_KEY)
    page.reload()
    page.wait_for_selector("html[data-ready]")
    kept = card(page, "問2").locator("xpath=ancestor::*[@data-model]").locator(".leftover")
    expect(kept).to_contain_text("12か月分を払った。")
    with page.expect_response(lambda sent: sent.request.method == "PUT" and sent.ok):
        card(page, "問2").get_by_label("月数").fill("12")
    expect(card(page, "問2").locator(".mb-saved")).to_contain_text("保存しました")
    reload(page)  # the answer on the server is the number now
    expect(kept).to_contain_text("12か月分を払った。")
    kept.get_by_role("button", name="書き写したので消す").click()
    reload(page)
    expect(card(page, "問2").get_by_label("月数")).to_have_value("12")
    expect(kept).to_have_count(0)


def test_a_check_on_an_old_page_says_to_reload_and_goes_on(changing, visit) -> None:
    page = open_new(changing, visit, "変更 三")
    write_course(
        changing.courses, DUES.replace("会費の額", "会費の合計"), DUES_KEY, WORDS, WORDS_GRADE
    )
    card(page, "問1").get_by_label("会費の額").fill("370000")
    card(page, "問1").get_by_role("button", name="確かめる").click()
    expect(card(page, "問1")).to_contain_text("ページを読み直すと確かめられます", timeout=60_000)
    page.locator("#notice").get_by_role("button", name="読み直す").click()
    page.wait_for_selector("html[data-ready]")
    expect(card(page, "問1").get_by_label("会費の合計")).to_have_value("370000")
    card(page, "問1").get_by_role("button", name="確かめる").click()
    expect(card(page, "問1").locator(".mb-status-right")).to_be_visible(timeout=60_000)


def test_a_kernel_of_the_old_lesson_does_not_judge_the_new_page(changing, visit) -> None:
    page = open_new(changing, visit, "変更 四")
    card(page, "問1").get_by_label("会費の額").fill("360000")
    card(page, "問1").get_by_role("button", name="確かめる").click()
    expect(card(page, "問1").locator(".mb-status-wrong")).to_be_visible(timeout=60_000)
    write_course(changing.courses, DUES, DUES_KEY.replace("370000", "360000"), WORDS, WORDS_GRADE)
    page.reload()
    page.wait_for_selector("html[data-ready]")
    card(page, "問1").get_by_role("button", name="確かめる").click()
    expect(card(page, "問1").locator(".mb-status-right")).to_be_visible(timeout=60_000)


def test_sliders_work_beside_exercises(changing, visit) -> None:
    write_course(changing.courses, SLIDER, DUES, DUES_KEY)
    [link] = changing.invite("図 動かす")
    page = visit(link, width=390)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    with page.expect_response(f"{changing.lesson}") as reply:
        changing.open_lesson(page)
    policy = reply.value.headers["content-security-policy"]
    assert "script-src 'self';" in policy
    assert "unsafe-eval" not in policy

    expect(page.get_by_text("家賃は171,000円です。")).to_be_visible(timeout=90_000)
    page.locator(".noUi-handle").focus()
    page.keyboard.press("ArrowRight")
    expect(page.get_by_text("家賃は228,000円です。")).to_be_visible()
    card(page, "問1").get_by_label("会費の額").fill("370000")
    card(page, "問1").get_by_role("button", name="確かめる").click()
    expect(card(page, "問1").locator(".mb-status-right")).to_be_visible(timeout=60_000)
    expect(page.get_by_text("家賃は228,000円です。")).to_be_visible()
    assert [url for url in asked if not url.startswith((changing.url, "data:"))] == []
    files = [url for url in asked if "voila.js" in url or "/labextensions/" in url]
    assert all(re.search(r"/static/(voila|labextensions)/[0-9a-f]{16}/", url) for url in files)


def test_a_page_with_exercises_alone_has_the_strict_policy(changing, visit) -> None:
    [link] = changing.invite("厳しい 方針")
    page = visit(link)
    with page.expect_response(f"{changing.lesson}") as reply:
        changing.open_lesson(page)
    assert "unsafe" not in reply.value.headers["content-security-policy"]
    expect(page.locator("#jupyter-config-data")).to_have_count(0)
