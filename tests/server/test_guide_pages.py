"""The guide's pages over HTTP, without scripts: every way is walked by its forms and links."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
from lxml import html

from manabiba_server.answers import save_answer
from manabiba_server.courses import load_courses
from manabiba_server.database import RunLesson
from manabiba_server.guide import leads, load_guide, paths
from manabiba_server.pages import AppContext, handlers
from manabiba_server.pages.guide import GuidePage
from manabiba_server.runs import create_run, enrol
from manabiba_server.settings import OWN_GUIDE, read_settings

ROOT = Path(__file__).parents[2]
GUIDE = load_guide(OWN_GUIDE)
WAYS = list(paths(GUIDE.questions))
TAX = "/guide?stage=npo&worry=money&money=tax&place=city"


@pytest.fixture
def visit(world, site) -> Callable[..., Any]:
    return site(handlers, None, load_courses(ROOT / "courses") | {"c": world.course})


def address_of(way) -> str:
    return "/guide?" + urlencode([(step.question.id, step.answer.id) for step in way])


def next_addresses(reply: Any) -> list[str]:
    """The addresses that the buttons of a question's form lead to."""
    [form] = reply.page.xpath("//form[@method='get'][@action='/guide']")
    hidden = [(i.get("name"), i.get("value")) for i in form.xpath(".//input[@type='hidden']")]
    return [
        "/guide?" + urlencode([*hidden, (button.get("name"), button.get("value"))])
        for button in form.iter("button")
    ]


def test_every_way_is_walked_by_the_buttons_and_ends_with_a_memo_and_no_dead_link(visit) -> None:
    ends: dict[str, Any] = {}
    ask = ["/guide"]
    for _ in range(6):  # five questions and the end
        replies = {address: visit(address) for address in ask}
        assert {reply.status for reply in replies.values()} <= {200}
        ends |= {
            address: reply
            for address, reply in replies.items()
            if reply.page.get_element_by_id("memo", None) is not None
        }
        ask = [
            following
            for address, reply in replies.items()
            if address not in ends
            for following in next_addresses(reply)
        ]
    assert ask == []
    assert set(ends) == {address_of(way) for way in WAYS}
    internal: set[str] = set()
    for way in WAYS:
        reply = ends[address_of(way)]
        destinations, _ = leads(way)
        for name in destinations:
            assert GUIDE.destinations[name].title in reply.words
        ids = {element.get("id") for element in reply.page.xpath("//*[@id]")}
        for link in reply.links():
            if link.startswith("#"):
                assert link[1:] in ids, link
            elif link.startswith("/"):
                internal.add(link)
            else:
                assert link.startswith(("https://", "tel:0", "mailto:")), link
    statuses = {link: visit(link).status for link in sorted(internal)}
    assert {link: status for link, status in statuses.items() if status != 200} == {}


def test_scripts_and_styles_are_there(visit) -> None:
    [way, *_] = WAYS
    files = {
        element.get("src") or element.get("href")
        for address in ("/guide", address_of(way), "/guide/history", "/guide/essence")
        for element in visit(address).page.xpath("//script[@src] | //link[@rel='stylesheet']")
    }
    assert {file.rpartition("/")[2] for file in files} == {
        "site.css",
        "guide.css",
        "memo.js",
        "history.js",
    }
    assert {visit(file).status for file in files} == {200}


def test_the_end_says_why_and_what_is_to_be_confirmed(visit) -> None:
    reply = visit(TAX)
    assert "理由: 税のしくみを知り、団体の実際を見て専門家に確かめることなので。" in reply.words
    assert "理由: どこに聞けばよいか分からないときも、はじめに話せるところなので。" in reply.words
    assert "045-671-4732" in reply.words
    marks = [mark.text_content().strip() for mark in reply.page.find_class("guide-source")]
    assert marks == ["ご確認ください"] * 3  # the expert, 総合相談, the centre's contact data
    [sources] = reply.page.xpath("//section[@aria-labelledby='sources']")
    assert [li.text.partition(": ")[0] for li in sources.iter("li")] == [
        "士業相談:税理士、総合相談",
        "横浜市市民協働推進センターの連絡先",
    ]
    assert "2026年11月25日(水)に読みました" in sources.text_content()
    headings = [h.text_content() for h in reply.page.xpath("//h2")]
    assert headings == [
        "専門家(士業)に相談する",
        "相談する",
        "まなびばで学ぶ",
        "連絡先",
        "出典",
        "あなたの答え",
        "相談に持っていくメモ",
    ]


def test_a_contact_is_called_confirmed_for_a_year(world, site, tmp_path) -> None:
    folder = shutil.copytree(OWN_GUIDE, tmp_path / "guide")
    contacts = (folder / "contacts.toml").read_text(encoding="utf-8")
    confirmed = contacts.replace('"unverified"', '"verified"')
    (folder / "contacts.toml").write_text(confirmed, encoding="utf-8")
    guide = load_guide(folder)
    visit = site(
        lambda context: [("/guide", GuidePage, {"context": context, "guide": guide})], None, {}
    )

    def marks() -> tuple[str, str]:
        reply = visit(TAX)
        [card] = reply.page.xpath("//article[@id='contact-centre']")
        [paper] = reply.page.find_class("memo-paper")
        return card.find_class("chip")[0].text, paper.text_content()

    world.now = datetime(2027, 11, 25, 14, 59, tzinfo=UTC)  # the last minute of the day in Japan
    chip, paper = marks()
    assert (chip, "土日祝 9:00〜17:00) 確認済み" in paper) == ("確認済み", True)
    world.now += timedelta(minutes=1)
    chip, paper = marks()
    assert (chip, "土日祝 9:00〜17:00) ご確認ください" in paper) == ("ご確認ください", True)


def test_whom_to_ask_comes_before_what_to_read(visit) -> None:
    reply = visit("/guide?stage=npo&worry=money&money=funds&place=outside")
    headings = [h.text_content() for h in reply.page.xpath("//h2")]
    assert headings[:3] == ["相談する", "読んで考える", "まなびばで学ぶ"]


def test_programmes_are_told_as_what_was_held(visit) -> None:
    reply = visit("/guide?stage=support&support=skills&place=city")
    assert "YOKOHAMAコラボノプロジェクト" in reply.words
    assert "冊子では「YOKOHAMAコラボプロジェクト」とも書かれています" in reply.words
    assert "いま開かれているか、参加できるかは、センターにご確認ください" in reply.words


def test_an_answer_can_be_chosen_again(visit) -> None:
    reply = visit(TAX)
    again = list(reply.page.xpath("//ol[@class='guide-steps']//a/@href"))
    assert again == [
        "/guide",
        "/guide?stage=npo",
        "/guide?stage=npo&worry=money",
        "/guide?stage=npo&worry=money&money=tax",
    ]
    questions = [visit(a).page.get_element_by_id("question").text_content() for a in again]
    [way] = [way for way in WAYS if address_of(way) == TAX]
    assert questions == [step.question.text for step in way]


def test_an_answer_that_is_none_asks_again(visit) -> None:
    reply = visit("/guide?stage=npo&worry=%E3%81%8A%3Cscript%3E&x=1&x=2")
    assert reply.status == 200
    assert "もう一度、下から選んでください" in reply.words
    assert reply.page.get_element_by_id("question").text_content().startswith("いま、いちばん")
    assert next_addresses(reply)[0] == "/guide?stage=npo&worry=form"
    assert "script" not in html.tostring(reply.page.body).decode()


def test_nothing_that_is_written_has_a_name_or_a_form_to_be_sent_by(visit) -> None:
    for address in (address_of(WAYS[0]), "/guide/essence"):
        areas = visit(address).page.xpath("//textarea")
        assert len(areas) >= 3
        for area in areas:
            assert area.get("name") is None
            assert area.xpath("ancestor::form") == []


# Lessons


def lesson_links(reply: Any) -> dict[str, str]:
    found = reply.page.xpath("//section[@aria-labelledby='lessons']//article")
    return {card.findtext("h3"): card.xpath(".//a/@href")[0] for card in found}


def test_lessons_are_opened_by_who_is_in_a_run_and_others_are_told_the_way_in(world, visit) -> None:
    address = "/guide?stage=npo&worry=money&money=books&place=city"
    before = visit(address)
    assert set(lesson_links(before).values()) == {"/?code="}
    assert "いま開かれているか、参加できるかは、横浜市市民協働推進センターに" in before.words
    assert f"対象: {load_courses(ROOT / 'courses')['accounting'].audience}" in before.words
    course = load_courses(ROOT / "courses")["accounting"]
    with world.database.session() as session:
        create_run(
            session,
            course,
            "r-2",
            title="会計",
            starts=[world.now] * len(course.lessons),
            now=world.now,
            keep_until=world.now.date(),
        )
        enrol(session, "r-2", world.learner, role="participant", now=world.now)
    learner = visit(address, world.learner)
    assert list(lesson_links(learner).values()) == ["/runs/r-2/1", "/runs/r-2/2"]
    assert list(lesson_links(learner)) == list(lesson_links(before))
    assert "講座に参加すると開ける回です" not in learner.words
    teacher = visit(address, world.teacher)
    assert set(lesson_links(teacher).values()) == {"/?code="}


def test_the_way_in_is_open_to_who_is_signed_in(world, visit) -> None:
    entry, home = (visit(address, world.learner) for address in ("/?code=", "/"))
    assert entry.status == 200
    assert entry.page.get_element_by_id("code") is not None
    assert (home.status, home.headers["Location"]) == (302, "/home")


def test_a_server_with_other_courses_shows_no_lesson_of_ours(world) -> None:
    page = object.__new__(GuidePage)
    page.context = AppContext(
        settings=read_settings({}),
        database=world.database,
        courses={"c": world.course},
        clock=lambda: world.now,
        static={},
        snapshots=None,  # type: ignore[arg-type]
    )
    page.current_user = None
    shown = page._lessons({"accounting-1": "なので", "c-1": "だから"})
    assert [(lead.title, because) for lead, because in shown] == [("はじめ", "だから")]


# Chronology and essence


def test_the_chronology_is_filtered_by_its_form(visit) -> None:
    everything = visit("/guide/history")
    side = visit("/guide/history?side=citizens")
    years = visit("/guide/history?side=city&from=2013&to=2011")
    nonsense = visit("/guide/history?side=x&from=1&to=%F0%9F%98%80")
    assert "17件のうち17件" in everything.words
    assert "17件のうち6件" in side.words
    assert "17件のうち5件" in years.words
    assert "17件のうち17件" in nonsense.words
    shown = side.page.xpath("//ol[@class='history']/li[not(@hidden)]")
    assert {li.get("data-side") for li in shown} == {"citizens"}
    assert side.page.xpath("//input[@name='side'][@checked]/@value") == ["citizens"]
    assert years.page.xpath("//option[@selected]/@value") == ["2013", "2011"]
    assert len(side.page.xpath("//*[name()='g'][@class='history-off']")) == 11


def test_every_entry_stands_in_the_list_with_its_side_and_the_source_above(visit) -> None:
    reply = visit("/guide/history")
    items = [" ".join(li.text_content().split()) for li in reply.page.xpath("//ol/li")]
    assert len(items) == 17
    for entry, text in zip(GUIDE.history, items, strict=True):
        assert text.startswith(f"{entry.when} ")
        assert entry.side.value in text
        assert entry.text in text
    [source] = {entry.reference.source for entry in GUIDE.history}
    assert reply.words.count(f"出典: {source}") == 1
    assert "冊子の表記:横浜市民協働条例" in items[12]


def test_the_essentials_are_asked_about_in_the_readers_own_case(visit) -> None:
    reply = visit("/guide/essence")
    assert [h.text for h in reply.page.xpath("//ol/li/h2")] == [e.title for e in GUIDE.essence]
    labels = [label.text for label in reply.page.iter("label")]
    assert labels == [e.question for e in GUIDE.essence]


# Home


def test_home_shows_what_fits_next_and_leads_to_the_guide(world, visit) -> None:
    home, staff = visit("/home", world.learner), visit("/home", world.teacher)
    for reply in (visit("/"), home, staff):
        assert "/guide" in reply.links()
    [title] = home.page.xpath("//ol[@class='next-steps']//h3")
    assert title.text == "見本の開催 第1回 はじめ"
    assert home.page.xpath("//ol[@class='next-steps']//a/@href") == ["/runs/r-1/1"]
    assert "つぎの一歩" not in staff.words  # who only teaches has nothing to learn


def test_home_never_suggests_more_than_three(world, visit) -> None:
    with world.database.session() as session:
        for number in range(2, 8):
            create_run(
                session,
                world.course,
                f"r-{number}",
                title=f"開催{number}",
                starts=[world.now],
                now=world.now,
                keep_until=world.now.date(),
            )
            enrol(session, f"r-{number}", world.learner, role="participant", now=world.now)
        assert session.query(RunLesson).count() == 7
    home = visit("/home", world.learner)
    assert len(home.page.xpath("//ol[@class='next-steps']/li")) == 3
    assert len(home.page.xpath("//li[@class='lesson-card']")) == 7


def test_of_several_runs_only_the_one_to_go_on_with_is_opened(world, visit) -> None:
    alone = visit("/home", world.learner)
    assert len(alone.page.xpath("//details[@open]")) == 1
    assert "全1回。つぎは第1回、2026年11月24日(火) 19:00からです。" in alone.words
    with world.database.session() as session:
        for number in (2, 3):
            create_run(
                session,
                world.course,
                f"r-{number}",
                title=f"開催{number}",
                starts=[world.now - timedelta(days=1)],
                due=[world.now + timedelta(days=number)],
                now=world.now,
                keep_until=world.now.date(),
            )
            enrol(session, f"r-{number}", world.learner, role="participant", now=world.now)
        save_answer(
            session,
            run_id="r-2",
            person_id=world.learner,
            lesson_id="c-1",
            exercise_id="e-1",
            answer={"value": 1},
            hints_opened=0,
            base_revision=0,
            now=world.now,
        )
    home = visit("/home", world.learner)
    titles = home.page.xpath("//section[.//details]/h2")
    assert titles[0].text == "開催2"
    assert [title.text for title in titles if title.xpath("..//details[@open]")] == ["開催2"]
    assert len(titles) == 3
    assert "全1回。 各回を見る" in home.words  # over: no evening to come is named
