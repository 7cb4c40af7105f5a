"""The lessons of all courses as people meet them: on a phone, by keyboard, with a paper home."""

from __future__ import annotations

import io
import re
from pathlib import Path

import docx
import pytest
from playwright.sync_api import Locator, Page, expect

from manabiba_server.courses import load_courses

pytestmark = pytest.mark.browser
COURSES = load_courses(Path(__file__).parents[2] / "courses")
LESSONS = [
    f"{course.id}-demo/{lesson.number}" for course in COURSES.values() for lesson in course.lessons
]
READ_BY_PEOPLE = """() => {
    const body = document.body.cloneNode(true);
    for (const unread of body.querySelectorAll("script, style, noscript")) unread.remove();
    const named = ["aria-label", "title", "placeholder", "alt"].flatMap((name) =>
        [...body.querySelectorAll(`[${name}]`)].map((e) => e.getAttribute(name)));
    return [body.textContent, ...named].join("\\n");
}"""
JAPANESE_TOO = {
    "AI",
    "CSV",
    "Enter",
    "Esc",
    "Excel",
    "FAX",
    "IT",
    "JANPIA",
    "NPO",
    "PST",
    "SNS",
    "Word",
    "YOKOHAMA",
    "docx",
    "ics",
}
"""Latin words that Japanese readers use as they are, and keys by what stands on them."""


def open_lesson(page: Page, url: str) -> None:
    """Open a lesson and wait until all of its exercises and figures are there."""
    page.goto(url)
    page.wait_for_selector("html[data-ready]")
    expect(page.locator(".exercise-slot:not(.mb-exercise, :has(.mb-exercise))")).to_have_count(0)


def card(page: Page, title: str) -> Locator:
    return page.locator(".mb-exercise", has=page.get_by_role("heading", name=title))


@pytest.mark.parametrize("lesson", LESSONS)
def test_a_lesson_is_there_in_japanese_for_everybody_and_not_too_wide(
    server, visit, violations, lesson: str
) -> None:
    page = visit(server.link("participant"), width=390)
    open_lesson(page, f"{server.url}/runs/{lesson}")
    assert page.locator(".mb-exercise").count() >= 9
    read = page.evaluate(READ_BY_PEOPLE)
    words = set(re.findall(r"[A-Za-z]{2,}", re.sub("All[- ](?:or[- ]Nothing|in)", "", read)))
    assert words - JAPANESE_TOO == set()
    for width in (390, 1280):
        page.set_viewport_size({"width": width, "height": 900})
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert violations(page) == []


def tab_to(page: Page, target: Locator) -> None:
    """Press Tab, or Shift+Tab upwards, until the target has the focus: no mouse is used."""
    expect(target).to_have_count(1)
    wanted = target.element_handle()
    way = page.evaluate(
        """(wanted) => {
            const upwards = document.activeElement !== document.body
                && document.activeElement.compareDocumentPosition(wanted)
                    & Node.DOCUMENT_POSITION_PRECEDING;
            return upwards ? "Shift+Tab" : "Tab";
        }""",
        wanted,
    )
    for _ in range(400):
        page.keyboard.press(way)
        if page.evaluate("(wanted) => wanted === document.activeElement", wanted):
            return
    pytest.fail(f"{way} does not reach {target}")


def type_into(page: Page, target: Locator, text: str) -> None:
    tab_to(page, target)
    page.keyboard.insert_text(text)


def press(page: Page, target: Locator, *, times: int = 1) -> None:
    tab_to(page, target)
    for _ in range(times):
        page.keyboard.press("Enter")


def check(page: Page, exercise: Locator) -> None:
    """Have an exercise judged, and wait for 「正解です」."""
    press(page, exercise.get_by_role("button", name="確かめる"))
    expect(exercise.get_by_text("正解です")).to_be_visible()
    expect(exercise.locator(".mb-saved")).to_contain_text("保存しました")


def submit(page: Page) -> None:
    press(page, page.get_by_role("link", name="提出の確認へ"))
    page.wait_for_url("**/submit")
    press(page, page.get_by_role("button", name="提出する"))
    expect(page.get_by_text(re.compile("受付番号"))).to_be_visible()


def walk(page: Page, case: Locator) -> None:
    """The case of lesson 1 of 労務 to a good ending, its reasons and its memo."""
    for number, (downs, reason) in enumerate(
        [(1, "名前だけでは決まらない"), (0, ""), (0, "減額がある"), (0, ""), (1, "まず相談する")],
        start=1,
    ):
        expect(case.get_by_role("heading", name=f"場面{number}")).to_be_visible()
        tab_to(page, case.get_by_role("radio").first)
        page.keyboard.press("Space")
        for _ in range(downs):
            page.keyboard.press("ArrowDown")
        if reason:
            type_into(page, case.get_by_label("そう考えた理由は?"), reason)
        press(page, case.get_by_role("button", name="この選択で進む"))
    expect(case.get_by_role("heading", name="結末")).to_be_focused()
    tab_to(page, case.get_by_role("checkbox", name="社会保険労務士"))
    page.keyboard.press("Space")
    type_into(page, case.get_by_role("textbox", name="相談に持っていくメモ"), "シフト表")


def test_a_case_a_timesheet_and_a_paper_by_keyboard_alone_and_handed_in(server, visit) -> None:
    page = visit(server.link("participant"), width=1280)
    open_lesson(page, f"{server.url}/runs/labor-demo/1")
    case = card(page, "林さんは")
    walk(page, case)
    check(page, case)
    paper = card(page, "労働条件通知書を仕上げる")
    for label, text in {
        "契約の終わりの日": "2027/11/30",
        "更新の上限": "更新は3回まで(通算4年まで)",
        "働く場所の、変更の範囲": "横浜市内のほかの学習教室",
        "仕事の、変更の範囲": "団体の事務の全般",
        "休憩(分)": "60",
        "時給(円)": "1,300",
        "退職のこと(解雇の理由をふくむ)": "退職は30日前までに申し出る。解雇は、働けないとき。",
        "相談窓口": "事務局長 森",
        "待遇の違いについて、求められること": "待遇の違いの内容と理由の説明を求められます。",
    }.items():
        type_into(page, paper.get_by_label(label), text)
    tab_to(page, paper.get_by_label("渡し方"))
    page.keyboard.press("ArrowDown")
    check(page, paper)
    sheet = card(page, "田中さんの1週間を分ける")
    for label, text in {
        "11月15日(日) 法定休日 法定休日": "8:00",
        "11月17日(火) 所定・法定内": "8時間",
        "11月17日(火) 時間外": "120分",
        "11月19日(木) 所定・法定内": "8:00",
        "11月19日(木) 時間外": "1時間30分",
        "11月19日(木) 深夜": "90",
        "11月21日(土) 所定休日 時間外": "4:00",
    }.items():
        type_into(page, sheet.get_by_label(label, exact=True), text)
    check(page, sheet)
    submit(page)


def test_a_timeline_by_keyboard_alone_and_handed_in(server, visit) -> None:
    page = visit(server.link("participant"), width=390)
    open_lesson(page, f"{server.url}/runs/npo-intro-demo/2")
    timeline = card(page, "学び場のカレンダー")
    for place, label in enumerate(
        [
            "申請書類の受理",
            "小さな不備を直せる最後の日",
            "縦覧の最後の日",
            "認証書が届く",
            "横浜市が認証・不認証を決める期限",
            "設立の登記の期限",
        ]
    ):
        shown = timeline.locator(".mb-step-label").all_inner_texts()
        if ups := shown.index(label) - place:
            up = timeline.get_by_role("button", name=f"「{label}」を上へ")
            press(page, up, times=ups)
            expect(timeline.locator(".mb-step-label").nth(place)).to_have_text(label)
    for label, text in {
        "小さな不備を直せる最後の日": "12/8",
        "縦覧の最後の日": "2026年12月15日",
        "横浜市が認証・不認証を決める期限": "R9.1.29",
        "設立の登記の期限": "２月８日",
        "登記をしないまま6か月がたつ日": "2027-07-25",
    }.items():
        type_into(page, timeline.get_by_label(f"{label} 日付"), text)
    check(page, timeline)
    submit(page)


def test_a_paper_goes_home_with_the_words_that_were_typed(server, visit) -> None:
    page = visit(server.link("participant"), width=390)
    open_lesson(page, f"{server.url}/runs/npo-intro-demo/2")
    paper = card(page, "設立趣旨書を書く")
    words = {
        "法人の名称(案)": "特定非営利活動法人みんなの学び場",
        "1 社会の課題": "放課後に、宿題を相談できる人がいない子どもがいます。" * 3,
        "2 対象": "横浜市に住む小学生と中学生なら、だれでも参加できます。" * 3,
        "3 これまでの経過": "2024年の春から、毎週土曜に集会所で教室を開いてきました。" * 2,
        "4 法人格が必要な理由": "個人の名前では、教室を借りる契約を続けられません。" * 3,
        "作った日": "2026/12/1",
    }
    for label, text in words.items():
        paper.get_by_label(label).fill(text)
    with page.expect_download() as download:
        paper.get_by_role("link", name="Word文書(.docx)でダウンロード").click()
    assert download.value.suggested_filename == "設立趣旨書.docx"
    written = docx.Document(io.BytesIO(Path(download.value.path()).read_bytes()))
    read = "\n".join(paragraph.text for paragraph in written.paragraphs)
    assert written.paragraphs[0].text == "設立趣旨書"
    for label, text in words.items():
        assert ("2026年12月1日" if label == "作った日" else text) in read


def test_a_part_of_a_plan_is_in_the_whole_plan(server, visit) -> None:
    page = visit(server.invite("計 画子", run="trial-demo")[0], width=390)
    open_lesson(page, f"{server.url}/runs/trial-demo/1")
    sheet = page.locator(".mb-exercise:has(#mb-t1-issue-sheet-title)")
    issue = sheet.get_by_label("困っていること").first
    tab_to(page, issue)
    page.keyboard.type("通れない道で、引き返す人がいます。")
    expect(sheet.get_by_text("保存しました").first).to_be_visible()
    page.goto(f"{server.url}/home")
    link = page.get_by_role("link", name="わたしの市民協働事業プラン")
    tab_to(page, link)
    page.keyboard.press("Enter")
    page.wait_for_url("**/runs/trial-demo/paper")
    expect(page.locator(".document-paper")).to_contain_text("通れない道で、引き返す人がいます。")
    with page.expect_download() as download:
        page.get_by_role("link", name="Word文書(.docx)でダウンロード").click()
    assert download.value.suggested_filename == "市民協働事業プラン_計 画子.docx"
    written = docx.Document(io.BytesIO(Path(download.value.path()).read_bytes()))
    assert "通れない道で、引き返す人がいます。" in [p.text for p in written.paragraphs]


def test_home_has_all_courses_and_leads_to_each(server, visit, violations) -> None:
    page = visit(server.link("participant"), width=390)
    page.goto(f"{server.url}/home")
    closed = page.locator("details:not([open]) > summary")
    while closed.count():
        closed.first.press("Enter")
    for course in COURSES.values():
        expect(
            page.get_by_role("heading", name=f"{course.title}(見本)", exact=True)
        ).to_be_visible()
        for lesson in course.lessons:
            address = f"/runs/{course.id}-demo/{lesson.number}"
            expect(page.locator(f'.lesson-card a[href$="{address}"]')).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    assert violations(page) == []
