"""The first evening: join, answer, resume elsewhere, hand in, be graded, see feedback."""

import json
import re
from pathlib import Path

import nbformat
import pytest
from playwright.sync_api import Locator, Page, expect

pytestmark = pytest.mark.browser
RUN = "accounting-demo"
LESSON = Path(__file__).parents[2] / "courses" / "accounting" / "01-overview.ipynb"


def card(page: Page, title: str) -> Locator:
    return page.get_by_role("region", name=re.compile(rf"^{title}( |$)"))


def check(exercise: Locator) -> Locator:
    """Press 「確かめる」 and give the result once it is there."""
    exercise.get_by_role("button", name=re.compile("確かめる")).click()
    result = exercise.locator(".mb-result")
    expect(result.locator(".mb-status")).to_be_visible(timeout=30_000)
    return result


def saved(exercise: Locator) -> None:
    expect(exercise.locator(".mb-saved")).to_have_text(re.compile(r"保存しました \d\d:\d\d"))


def test_one_person_from_the_first_click_to_the_receipt(server, visit) -> None:
    join = re.search(r"join\): +(\S+)", server.output)[1]
    page = visit(join, width=390)
    page.get_by_role("button", name="参加する").click()
    expect(page.get_by_text("お名前を入れてください。")).to_be_visible()
    page.get_by_label("団体名").fill("保土ケ谷の会")
    page.get_by_label(re.compile("お名前")).fill("保土ケ谷 次郎")
    page.get_by_role("button", name="参加する").click()
    link = page.get_by_label("受講者用リンク").input_value()
    assert re.search(r"/me/[A-Za-z0-9_-]{32}$", link)
    cookie = next(c for c in page.context.cookies() if c["name"] == "manabiba")
    assert (cookie["httpOnly"], cookie["sameSite"]) == (True, "Lax")

    page.get_by_role("link", name="講座のページへ進む").click()
    expect(page.get_by_text("これから").first).to_be_visible()
    page.get_by_role("link", name=re.compile("はじめる")).first.click()
    page.wait_for_selector("html[data-ready]")
    assert page.evaluate("document.documentElement.lang") == "ja"
    assert page.evaluate("document.documentElement.scrollWidth") <= 390

    net = card(page, "問3")
    net.get_by_label("期首の正味財産").fill("２，３３４，８０１円")
    expect(net.locator(".mb-echo")).to_have_text("→ 2,334,801円")
    saved(net)
    expect(check(net)).to_contain_text("もう一度")
    expect(net.get_by_text("それは資産の合計です。")).to_be_visible()
    expect(net.get_by_label("期首の正味財産")).to_have_attribute("aria-invalid", "true")
    net.get_by_role("button", name=re.compile("ヒント")).click()
    expect(net.get_by_text("資産から負債を引いた残り")).to_be_visible()
    net.get_by_label("期首の正味財産").fill("2053561")
    expect(check(net).locator(".mb-status-right")).to_contain_text("3点中 3点")
    expect(page.locator("#progress")).to_have_text("10問中1問に取り組みました")

    page.reload()
    page.wait_for_selector("html[data-ready]")
    net = card(page, "問3")
    expect(net.get_by_label("期首の正味財産")).to_have_value("2053561")
    expect(net.locator(".mb-status-right")).to_be_visible()
    expect(net.get_by_text("資産から負債を引いた残り")).to_be_visible()

    elsewhere = visit(link.replace(re.match(r"http://[^/]+", link)[0], server.url))
    server.open_lesson(elsewhere)
    expect(card(elsewhere, "問3").get_by_label("期首の正味財産")).to_have_value("2053561")
    cash = card(elsewhere, "問6")
    cash.get_by_label("現金の期末残高").fill("361,000")
    expect(check(cash)).to_contain_text("もう一度")
    expect(cash.get_by_text("増えた額の合計です。")).to_be_visible()

    elsewhere.get_by_role("link", name="提出の確認へ").click()
    expect(elsewhere.get_by_text("まだ何も書いていない問が10問中8問あります。")).to_be_visible()
    elsewhere.get_by_role("button", name="提出する").click()
    expect(elsewhere.get_by_text(re.compile(r"M-\d{6}"))).to_be_visible()
    elsewhere.goto(f"{server.url}/home")
    expect(elsewhere.get_by_text("提出済み")).to_be_visible()


def test_another_by_keyboard_alone(server, visit) -> None:
    [link] = server.invite("港北 操")
    page = visit(link)
    server.open_lesson(page)
    keys = page.keyboard

    order = card(page, "問1")
    order.get_by_role("button", name=re.compile("「領収書や通帳.*を上へ")).focus()
    keys.press("Enter")
    keys.press("Enter")
    expect(order.locator("li").first).to_contain_text("領収書や通帳")
    expect(order.get_by_role("button", name=re.compile("「領収書や通帳.*を上へ"))).to_be_focused()
    saved(order)

    group = card(page, "問4").get_by_label("役員借入金を普通預金から返した")
    group.focus()
    keys.press("ArrowDown")
    keys.press("ArrowDown")
    keys.press("ArrowDown")
    expect(group).to_be_focused()
    saved(card(page, "問4"))

    journal = card(page, "問5")
    journal.get_by_label("借方(左) 1行目 勘定科目").first.focus()
    keys.type("ふつう")
    keys.press("ArrowDown")
    keys.press("Enter")
    expect(journal.get_by_label("借方(左) 1行目 勘定科目").first).to_have_value("普通預金")
    keys.press("Tab")
    keys.type("370000")
    journal.get_by_label("貸方(右) 1行目 勘定科目").first.focus()
    keys.type("せいかいいん")
    keys.press("Enter")
    keys.press("Tab")
    keys.type("３７０，０００")
    expect(journal.get_by_text("左右が一致しています").first).to_be_visible()
    journal.get_by_role("button", name="確かめる").focus()
    keys.press("Enter")
    expect(journal.get_by_text("◯ 合っています。")).to_have_count(1, timeout=30_000)

    errors = card(page, "問7")
    errors.get_by_label("12月10日 役員から借りたお金の一部を返したはまちがい").focus()
    keys.press("Space")
    errors.get_by_label("12月10日 役員から借りたお金の一部を返したの直し方").focus()
    keys.press("ArrowDown")
    keys.press("ArrowDown")
    saved(errors)

    text = card(page, "問10").get_by_label("あなたの文章")
    text.focus()
    keys.type("三月に保険料を払いました。")
    saved(card(page, "問10"))
    expect(card(page, "問10").get_by_text("13字(めやす 60〜600字)")).to_be_visible()


STEPS_SWAPPED = ["journal", "voucher", "ledger", "trial", "statements"]
REPAY = {"repay": "expense-asset", "dues": "asset-revenue"}
MISTAKES = [
    # exercise, what is entered, the points it must get, what the page must say
    ("a1-1", {"placed": {"i9": "liability"}}, 0.0, "先に払った家賃は"),
    ("a1-2", {"values": {"value": "▲2053561"}}, 0.0, "プラスとマイナスが逆"),
    (
        "a1-3",
        {"placed": REPAY},
        4 / 6,
        "お金の出入り",
    ),
    ("a1-5", {"values": {"value": "83,200"}}, 0.0, "期首の残高45,000円"),
    ("a1-6", {"marked": {"l2": "swap", "l4": "net"}}, 1.5, "まだ見つかっていないまちがいが2つ"),
    ("a1-8", {"values": {"paid": "722000", "expense": "722000", "reason": "tax"}}, 1.0, "消費税"),
    (
        "a1-flow",
        {"order": STEPS_SWAPPED},
        2.25,
        "仕訳は証憑",
    ),
]


def test_a_third_makes_the_typical_mistakes_and_gets_the_partial_score(server, visit) -> None:
    [link] = server.invite("戸塚 真")
    page = visit(link)
    server.open_lesson(page)
    titles = page.evaluate(
        """() => Object.fromEntries(
            JSON.parse(document.getElementById("lesson-exercises").textContent)
                .exercises.map((exercise) => [exercise.id, exercise.spec.title]))"""
    )
    xsrf = page.evaluate("JSON.parse(document.getElementById('lesson-data').textContent).xsrf")
    for exercise, answer, _, _ in MISTAKES:
        reply = page.request.put(
            f"{server.lesson}/answers/{exercise}",
            data=json.dumps({"answer": answer, "hints_opened": 0, "base_revision": 0}),
            headers={"X-XSRFToken": xsrf, "Content-Type": "application/json"},
        )
        assert reply.ok
    page.reload()
    page.wait_for_selector("html[data-ready]")
    for exercise, _, _, told in MISTAKES:
        found = card(page, titles[exercise].split()[0])
        check(found)
        expect(found).to_contain_text(told)
    page.goto(f"{server.lesson}/submit")
    page.get_by_role("button", name="提出する").click()

    graded = server.cli("grade", RUN, "1", "--json")
    assert graded.returncode == 0, graded.stderr
    row = next(row for row in json.loads(graded.stdout) if row["name"] == "戸塚 真")
    assert row["score"] == pytest.approx(sum(points for _, _, points, _ in MISTAKES))
    assert row["needs_manual"] == []  # nothing was written, so nobody has to read it


def test_grading_and_feedback_reach_the_participant(server, visit, tmp_path, monkeypatch) -> None:
    monkeypatch.chdir(tmp_path)  # where the lesson's exercises would find answers
    [link] = server.invite("西 <b>春</b>")
    page = visit(link, width=390)
    server.open_lesson(page)
    words = "</textarea><script>alert(1)</script>\u202e😀 3月に払った保険料は来年度の分です。" * 3
    card(page, "問10").get_by_label("あなたの文章").fill(words)
    saved(card(page, "問10"))
    net = card(page, "問3").get_by_label("期首の正味財産")
    net.fill("2053561")
    saved(card(page, "問3"))
    page.goto(f"{server.lesson}/result")
    expect(page.get_by_text("まだ提出されていません。")).to_be_visible()
    page.goto(f"{server.lesson}/submit")
    page.get_by_role("button", name="提出する").click()
    expect(page).not_to_have_url(re.compile("/submit$"))
    page.goto(f"{server.lesson}/result")
    expect(page.get_by_text("まだ採点中です。")).to_be_visible()
    assert "2,334,801円 − 281,240円" not in page.content()

    graded = server.cli("grade", RUN, "1", "--json")
    assert graded.returncode == 0, graded.stderr
    row = next(row for row in json.loads(graded.stdout) if row["name"] == "西 <b>春</b>")
    assert row["needs_manual"] == ["a1-reflection"]
    agree_with_judges(server.home / "runs" / RUN, len(json.loads(graded.stdout)))
    asked = server.cli("feedback", RUN, "1")
    assert (asked.returncode, "still need grading by hand" in asked.stderr) == (1, True)
    page.goto(f"{server.lesson}/result")
    expect(page.get_by_text("まだ採点中です。")).to_be_visible()
    assert server.cli("feedback", RUN, "1", "--yes").returncode == 0
    page.reload()
    last = page.get_by_role("region", name="問10")
    expect(last.get_by_text("まだ採点していません。")).to_be_visible()
    grade_by_hand(server.home / "runs" / RUN, row["participant"], 3.0, "よく<b>書けて</b>います。")

    said = server.cli("feedback", RUN, "1", "--yes", "--json")
    assert said.returncode == 0, said.stderr
    page.goto(f"{server.lesson}/result")
    expect(page.get_by_text("合計 6点(満点 40点)")).to_be_visible()
    expect(page.get_by_text("よく<b>書けて</b>います。")).to_be_visible()
    expect(page.get_by_text("まだ採点していません。")).to_have_count(0)
    expect(page.get_by_text("2,334,801円 − 281,240円 = 2,053,561円")).to_be_visible()
    page.goto(f"{server.url}/home")
    expect(page.get_by_text("採点済み")).to_be_visible()

    page.goto(f"{server.lesson}/submit")
    page.get_by_role("button", name="提出する").click()
    number = page.get_by_text(re.compile(r"M-\d{6}")).inner_text()
    page.goto(f"{server.lesson}/result")
    expect(page.get_by_text("この結果は、前に提出したものです。")).to_contain_text(number)
    expect(page.get_by_text("合計 6点(満点 40点)")).to_be_visible()
    asked = server.cli("feedback", RUN, "1")
    assert "1 submission(s) were handed in again after grading" in asked.stderr
    assert server.cli("feedback", RUN, "1", "--yes").returncode == 0
    page.reload()
    expect(page.get_by_text("この結果は、前に提出したものです。")).to_contain_text(number)


def agree_with_judges(run: Path, submissions: int) -> None:
    """The gradebook's scores are the judges' scores times the points, for everybody in the demo."""
    from manabiba_grading import RunDirectory, scores
    from manabiba_widgets import exercises
    from manabiba_widgets.store import read_answers

    names: dict[str, object] = {}
    for cell in nbformat.read(LESSON, as_version=4).cells:
        if cell.cell_type == "code":
            exec(compile(cell.source, "lesson 1", "exec"), names)
    judges = {exercise.exercise_id: exercise for exercise in exercises()}
    found = [s for s in scores(RunDirectory(run), "accounting-1") if s.exercise_id in judges]
    assert len({s.participant for s in found}) == submissions >= 7
    for score in found:
        path = run / "submitted" / score.participant / "accounting-1" / "answers.json"
        saved = read_answers(path).get(score.exercise_id)
        judged = judges[score.exercise_id].judge(saved.answer if saved else {}, with_key=True)
        if score.exercise_id != "a1-reflection":  # that one is graded by hand
            expected = judged.score * score.max_score
            assert score.score == pytest.approx(expected), (score.participant, score.exercise_id)


def grade_by_hand(run: Path, participant: str, score: float, comment: str) -> None:
    """What formgrader writes when an instructor enters a score and a comment."""
    from manabiba_grading import RunDirectory

    with RunDirectory(run).gradebook() as gradebook:
        submission = gradebook.find_submission("accounting-1", participant)
        notebook = submission.notebooks[0]
        grade = next(g for g in notebook.grades if g.name == "a1-reflection")
        grade.manual_score, grade.needs_manual_grade = score, False
        next(c for c in notebook.comments if c.name == "a1-reflection").manual_comment = comment
        gradebook.db.commit()
