"""A course's paper and プランの読み合い: by keyboard, on a phone, on paper, without scripts."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import nbformat
import pytest
from playwright.sync_api import Browser, Page, expect
from sqlalchemy import select

from manabiba_server.answers import save_answer
from manabiba_server.database import Database, Person

pytestmark = pytest.mark.browser
HERE = "/runs/accounting-demo/peers"
WIDTHS = [390, 1280]
COURSE = """
id = "accounting"
title = "小さな講座"
audience = "皆さん"
summary = "要約"
[[lessons]]
id = "accounting-1"
number = 1
title = "練習"
summary = "要約"
notebook = "lesson.ipynb"
minutes = 90
points = 4
[paper]
title = "事業プラン"
[[paper.parts]]
lesson = "accounting-1"
exercise = "e-sheet"
heading = "課題シート"
checks = "issue"
"""
ASK = """from manabiba_widgets import Check, Document, DocumentField, Heading, Paragraph

sheet = Document(
    "e-sheet",
    title="問1 課題シート",
    prompt="書きましょう。",
    paper="課題シート",
    fields=[DocumentField("issue", "困っていること", kind="text")],
    blocks=[Heading("困っていること"), Paragraph("{issue}")],
)
sheet"""
KEY = """### BEGIN HIDDEN TESTS
sheet.key(
    checks=[Check("place", "場所を書きましょう。", lambda v: "場所" in v["issue"], field="issue")],
    explanation="場所があります。",
)
### END HIDDEN TESTS
sheet.points(4)"""
PLAN = "高校生が、放課後に相談できる場所がありません。" * 12


@dataclass
class Room:
    """A server whose course has a paper."""

    url: str
    home: Path
    invite: Callable[..., list[str]]

    def write(self, *names: str) -> None:
        """What these people have written in their plan."""
        database = Database(f"sqlite:///{self.home / 'manabiba.db'}")
        with database.session() as session:
            for name in names:
                [person] = session.scalars(select(Person.id).where(Person.name == name))
                save_answer(
                    session,
                    run_id="accounting-demo",
                    person_id=person,
                    lesson_id="accounting-1",
                    exercise_id="e-sheet",
                    answer={"fields": {"issue": f"{name}: {PLAN}"}},
                    hints_opened=0,
                    base_revision=0,
                    now=datetime.now(UTC),
                )
        database.dispose()


@pytest.fixture(scope="module")
def room(serve_courses, tmp_path_factory) -> Room:
    folder = tmp_path_factory.mktemp("courses") / "courses"
    (folder / "accounting").mkdir(parents=True)
    (folder / "accounting" / "course.toml").write_text(COURSE, encoding="utf-8")
    notebook = nbformat.v4.new_notebook()
    notebook.metadata.kernelspec = {"name": "python3", "display_name": "Python 3"}
    about = {"locked": True, "schema_version": 3, "solution": False, "task": False}
    notebook.cells = [
        nbformat.v4.new_markdown_cell("# 練習\n\n## 問"),
        nbformat.v4.new_code_cell(
            ASK, metadata={"nbgrader": {**about, "grade": False, "grade_id": "e-sheet-ask"}}
        ),
        nbformat.v4.new_code_cell(
            KEY, metadata={"nbgrader": {**about, "grade": True, "grade_id": "e-sheet", "points": 4}}
        ),
    ]
    nbformat.write(notebook, folder / "accounting" / "lesson.ipynb")
    server = serve_courses(folder)
    return Room(server.url, server.home, server.invite)


@pytest.fixture
def look(violations) -> Callable[[Page], None]:
    """`look(page)`: no violations, and nothing wider than a phone or a desk."""

    def check(page: Page) -> None:
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 900})
            assert violations(page) == []
            assert page.evaluate("document.documentElement.scrollWidth") <= width

    return check


def press(page: Page, name: str) -> None:
    """Find a button or a link with Tab, as far as it takes, and press Enter."""
    wanted = page.get_by_role("button", name=name).or_(page.get_by_role("link", name=name)).first
    expect(wanted).to_be_visible()
    for _ in range(60):
        page.keyboard.press("Tab")
        if wanted.evaluate("e => e === document.activeElement"):
            page.keyboard.press("Enter")
            return
    raise AssertionError(f"{name} is not reached by keyboard")


def join(room: Room, visit, *names: str) -> list[Page]:
    """New participants with a plan who agreed."""
    pages = [visit(link, width=390) for link in room.invite(*names)]
    room.write(*names)
    for page in pages:
        page.goto(f"{room.url}{HERE}")
        page.get_by_role("button", name="読み合いに参加する").click()
        expect(page.get_by_role("status")).to_have_text("読み合いに参加しました。")
    return pages


def write(page: Page, good: str) -> None:
    page.get_by_label("よかったところ", exact=True).fill(good)
    page.get_by_label("質問", exact=True).fill("だれが見守りますか。")
    page.get_by_label("提案", exact=True).fill("わたしなら月1回から始めます。")


def open_plan(page: Page, room: Room, name: str) -> None:
    page.goto(f"{room.url}{HERE}")
    page.get_by_role("link", name=f"{name}さんのプランを読む").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text(f"{name}さんの事業プラン")


def test_from_the_consent_to_a_comment_by_keyboard(room, visit, look) -> None:
    [other] = join(room, visit, "鍵盤 一")
    [link] = room.invite("鍵盤 二")
    page = visit(link, width=390)
    page.goto(f"{room.url}/home")
    press(page, "プランの読み合い")
    expect(page.get_by_role("heading", name="だれに、何が見えますか")).to_be_visible()
    expect(page.get_by_text("鍵盤 一")).to_have_count(0)
    look(page)
    press(page, "読み合いに参加する")
    expect(page.get_by_role("heading", name="まず、自分のプランを書き始めましょう")).to_be_visible()
    look(page)
    room.write("鍵盤 二")
    page.reload()
    press(page, "鍵盤 一さんのプランを読む")
    expect(page.get_by_text(f"鍵盤 一: {PLAN}")).to_be_visible()
    look(page)
    press(page, "コメントを書くところへ")
    for words in ("場がはっきりしています。", "", "月1回から始めます。"):
        while page.evaluate("document.activeElement.tagName") != "TEXTAREA":
            page.keyboard.press("Tab")
        page.keyboard.type(words)
        page.keyboard.press("Tab")
    press(page, "送る")
    heading = page.get_by_role("heading", name="まだ送っていません")
    expect(heading).to_be_focused()
    expect(page.get_by_label("提案", exact=True)).to_have_value("月1回から始めます。")
    look(page)
    press(page, "質問")  # the way to the field, from the list of what is missing
    expect(page.locator("#question")).to_be_focused()
    page.keyboard.type("だれが見守りますか。")
    press(page, "送る")
    status = page.get_by_role("status")
    expect(status).to_have_text("コメントを送りました。ありがとうございます。")
    expect(status).to_be_focused()
    look(page)
    other.goto(f"{room.url}{HERE}")
    received = other.get_by_role("article", name="鍵盤 二さんから")
    expect(received.get_by_text("だれが見守りますか。")).to_be_visible()
    look(other)
    press(other, "鍵盤 二さんのコメントを表示しない")
    expect(other.get_by_text("だれが見守りますか。")).to_have_count(0)
    other.get_by_text("表示しないことにしたコメント(1件)").press("Enter")
    look(other)
    press(other, "鍵盤 二さんのコメントをまた表示する")
    press(other, "鍵盤 二さんのコメントを講師に知らせる")
    expect(received.get_by_text(re.compile("に講師に知らせました。"))).to_be_visible()
    look(other)


def test_what_is_typed_outlives_a_reload_and_goes_when_it_is_sent(room, visit) -> None:
    page, _ = join(room, visit, "保存 一", "保存 二")
    open_plan(page, room, "保存 二")
    write(page, "  まだ送っていない文章  ")
    expect(page.locator("[data-count=good]")).to_have_text("いま10字")
    page.reload()
    expect(page.get_by_text("前にこの画面で書いた文章を戻しました")).to_be_visible()
    expect(page.get_by_label("よかったところ", exact=True)).to_have_value(
        re.compile("まだ送っていない文章")
    )
    page.get_by_role("button", name="下書きを保存する").click()
    expect(page.get_by_role("status").first).to_have_text(
        "下書きを保存しました。まだ送っていません。"
    )
    expect(page.get_by_text("前にこの画面で書いた文章を戻しました")).to_be_hidden()
    page.get_by_role("button", name="送る", exact=True).click()
    expect(page.get_by_role("status")).to_have_text("コメントを送りました。ありがとうございます。")
    open_plan(page, room, "保存 二")
    expect(page.get_by_text("前にこの画面で書いた文章を戻しました")).to_be_hidden()
    assert page.evaluate("sessionStorage.length") == 0
    page.get_by_role("button", name="コメントを取り下げる").click()
    expect(page.get_by_text("取り下げました", exact=True)).to_be_visible()
    page.get_by_label("質問", exact=True).fill("別の質問")
    page.get_by_role("button", name="書いた文章を消す").click()
    expect(page.get_by_role("status").first).to_have_text("書いた文章を消しました。")
    expect(page.get_by_label("質問", exact=True)).to_have_value("")


def test_a_second_window_is_told_and_loses_nothing(room, visit) -> None:
    page, _ = join(room, visit, "窓 一", "窓 二")
    open_plan(page, room, "窓 二")
    second = visit(page.url, context=page.context)
    write(second, "二つめの窓")
    second.get_by_role("button", name="送る", exact=True).click()
    expect(second.get_by_role("status")).to_have_text(re.compile("コメントを送りました"))
    write(page, "一つめの窓")
    page.reload()  # its words come back with what they were based on
    page.get_by_role("button", name="直して送る").click()
    heading = page.get_by_role("heading", name="ほかの画面でも、このコメントを書いています")
    expect(heading).to_be_visible()
    expect(page.get_by_role("definition").filter(has_text="二つめの窓")).to_be_visible()
    expect(page.get_by_label("よかったところ", exact=True)).to_have_value("一つめの窓")
    page.get_by_role("button", name="直して送る").click()
    expect(page.get_by_role("status")).to_have_text(re.compile("コメントを送りました"))


def test_everything_works_without_scripts(room, visit, browser: Browser) -> None:
    other, _ = join(room, visit, "文字 一", "文字 二")
    [link] = room.invite("文字 三")
    context = browser.new_context(java_script_enabled=False, viewport={"width": 390, "height": 900})
    page = visit(link, context=context)
    page.goto(f"{room.url}{HERE}")
    page.get_by_role("button", name="読み合いに参加する").click()
    expect(page.get_by_role("status")).to_have_text("読み合いに参加しました。")
    open_plan(page, room, "文字 一")
    page.get_by_label("よかったところ", exact=True).fill("スクリプトなしの文章")
    page.get_by_role("button", name="送る", exact=True).click()
    expect(page.get_by_role("heading", name="まだ送っていません")).to_be_in_viewport()
    expect(page.get_by_label("よかったところ", exact=True)).to_have_value("スクリプトなしの文章")
    write(page, "スクリプトなしの文章")
    page.get_by_role("button", name="送る", exact=True).click()
    expect(page.get_by_role("status")).to_have_text(re.compile("コメントを送りました"))
    other.reload()
    expect(other.get_by_text("スクリプトなしの文章")).to_be_visible()
    page.get_by_role("link", name="参加をやめる").click()
    page.get_by_role("button", name="参加をやめる").click()
    expect(page.get_by_text("いまは参加していません。")).to_be_visible()
    other.reload()
    expect(other.get_by_text("スクリプトなしの文章")).to_have_count(0)
    context.close()


def test_leaving_asks_first(room, visit, look) -> None:
    page, other = join(room, visit, "退出 一", "退出 二")
    press(page, "参加をやめる")
    expect(page.get_by_role("heading", name="読み合いへの参加をやめますか")).to_be_visible()
    look(page)
    press(page, "やめずに戻る")
    press(page, "参加をやめる")
    address = _number_of(other, room, "退出 一")
    press(page, "参加をやめる")
    expect(page.get_by_role("button", name="読み合いに参加する")).to_be_visible()
    look(page)
    assert other.request.get(address).status == 404


def _number_of(page: Page, room: Room, name: str) -> str:
    open_plan(page, room, name)
    return page.url


def test_an_instructor_reads_takes_down_and_restores(room, visit, look) -> None:
    page, other = join(room, visit, "読み手 一", "読み手 二")
    open_plan(page, room, "読み手 二")
    write(page, "きびしい一言")
    page.get_by_role("button", name="送る", exact=True).click()
    expect(page.get_by_role("status")).to_have_text("コメントを送りました。ありがとうございます。")
    other.reload()
    other.get_by_role("button", name="読み手 一さんのコメントを講師に知らせる").click()
    expect(other.get_by_text(re.compile("に講師に知らせました。"))).to_be_visible()
    [link] = room.invite("講師 三", role="instructor")
    staff = visit(link)
    staff.goto(f"{room.url}/room/accounting-demo")
    press(staff, "読み合いのようす")
    expect(staff.get_by_role("row").filter(has_text="きびしい一言")).to_be_visible()
    look(staff)
    press(staff, "読み手 一さんから読み手 二さんへのコメント")
    look(staff)
    press(staff, "取り下げる")
    expect(staff.get_by_text("理由を書いてください。")).to_be_visible()
    expect(staff.locator("#reason")).to_be_focused()
    look(staff)
    staff.keyboard.type("中身について書きましょう。")
    press(staff, "取り下げる")
    expect(staff.get_by_role("status")).to_have_text(re.compile("コメントを取り下げました。"))
    look(staff)
    other.reload()
    expect(other.get_by_text("きびしい一言")).to_have_count(0)
    open_plan(page, room, "読み手 二")
    expect(page.get_by_text("理由: 中身について書きましょう。")).to_be_visible()
    look(page)
    press(staff, "もとに戻す")
    other.reload()
    expect(other.get_by_text("きびしい一言")).to_be_visible()


def test_the_paper_on_a_phone_by_keyboard_and_on_paper(room, visit, look) -> None:
    [link] = room.invite("書類 一")
    page = visit(link, width=390)
    paper = f"{room.url}/runs/accounting-demo/paper"
    page.goto(paper)
    look(page)
    press(page, "第1回で「課題シート」を書く")
    expect(page.get_by_role("heading", name="問1 課題シート")).to_be_in_viewport()
    room.write("書類 一")
    page.goto(paper)
    expect(page.get_by_role("listitem").filter(has_text="根拠に、数字を")).to_be_visible()
    look(page)
    page.emulate_media(media="print")
    expect(page.get_by_text(f"書類 一: {PLAN}")).to_be_visible()
    for words in ("わたしの事業プラン", "確かめたこと", "印刷する"):
        expect(page.get_by_text(words).first).to_be_hidden()
    [link] = room.invite("講師 四", role="instructor")
    staff = visit(link)
    staff.goto(f"{room.url}/room/accounting-demo/papers")
    look(staff)
    press(staff, "書類 一さんの事業プランを見る")
    expect(staff.get_by_text("見るだけのページです。")).to_be_visible()
    expect(staff.get_by_role("link", name="第1回")).to_have_count(0)
    look(staff)
