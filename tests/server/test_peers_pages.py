"""The pages of プランの読み合い, as participants, outsiders and instructors get them."""

from __future__ import annotations

import itertools
import random
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import event

from manabiba_server.answers import save_answer
from manabiba_server.courses import CoursePaper, PaperPart
from manabiba_server.pages import handlers
from manabiba_server.peers.store import agree, load_circle
from manabiba_server.people import create_person
from manabiba_server.runs import create_run, enrol
from manabiba_server.snapshot import ExerciseOnPage, Snapshot
from manabiba_widgets import DocumentField, Heading, Paragraph
from manabiba_widgets.document_paper import Paper, public_paper

XSRF = "0123456789abcdef0123456789abcdef"
SHEET = Paper(
    title="課題シート",
    fields=(DocumentField("issue", "困っていること", kind="text"),),
    blocks=(Heading("困っていること"), Paragraph("{issue}")),
)
PAPER = CoursePaper(
    title="事業プラン",
    parts=(
        PaperPart(lesson_id="c-1", exercise_id="e-sheet", heading="課題"),
        PaperPart(lesson_id="c-1", exercise_id="e-words", heading="発表の台本"),
    ),
)
HERE = "/runs/r-1/peers"
ROOM = "/room/r-1/peers"
THREE = {"good": "対象がはっきり", "question": "何人ですか", "suggestion": "わたしなら月1回"}
NAMES = ("あおい", "いつき", "うみ")


class Snapshots:
    async def of(self, lesson: Any) -> Snapshot:
        return Snapshot(
            lesson_id=lesson.id,
            version="v",
            html="",
            sections=(),
            exercises=(
                ExerciseOnPage(
                    id="e-sheet",
                    kind="document",
                    spec={"title": "問1 課題シート", **public_paper(SHEET)},
                ),
                ExerciseOnPage(id="e-words", kind="free_text", spec={"title": "発表の台本"}),
            ),
            other_widgets=False,
            solutions={},
        )


@dataclass
class Site:
    """The server's pages; people are named by a word of their own."""

    get: Callable[..., Any]
    post: Callable[..., Any]
    world: Any
    ids: dict[str, str] = field(default_factory=dict)

    def number(self, name: str) -> int:
        with self.world.database.reading() as session:
            return load_circle(session, "r-1").peers[self.ids[name]].number

    def comment(self, writer: str, receiver: str) -> int:
        with self.world.database.reading() as session:
            [found] = [
                comment.id
                for comment in load_circle(session, "r-1").comments
                if (comment.writer_id, comment.receiver_id)
                == (self.ids[writer], self.ids[receiver])
            ]
            return found

    def plan(self, name: str) -> str:
        return f"{HERE}/{self.number(name)}"

    def join(self, *names: str) -> None:
        for name in names:
            assert self.post(f"{HERE}/join", name).location == f"{HERE}?done=join"

    def send(self, writer: str, receiver: str, **words: str) -> Any:
        form = self.get(self.plan(receiver), writer)
        fields = {**THREE, **words, "revision": form.text_of("revision")}
        return self.post(self.plan(receiver), writer, do="send", **fields)

    def judge(self, address: str, **fields: str) -> Any:
        """What an instructor does with a comment, having read it."""
        form = self.get(address, "講師")
        return self.post(address, "講師", read=form.text_of("read"), **fields)


@pytest.fixture
def site(world, site) -> Site:
    with world.database.session() as session:
        ids = {"受講": world.learner, "講師": world.teacher}
        create_run(
            session,
            replace(world.course, id="d"),
            "r-2",
            title="別の開催",
            starts=[world.now],
            now=world.now,
            keep_until=world.now.date(),
        )
        enrol(session, "r-2", world.teacher, role="instructor", now=world.now)
        for name in (*NAMES, "外"):
            person, _ = create_person(session, name=f"{name}さくら", reading=name, now=world.now)
            ids[name] = person.id
            run = "r-1" if name in NAMES else "r-2"
            enrol(session, run, person.id, role="participant", now=world.now)
        for name in NAMES:
            save_answer(
                session,
                run_id="r-1",
                person_id=ids[name],
                lesson_id="c-1",
                exercise_id="e-sheet",
                answer={"fields": {"issue": f"{name}のプランの中身"}},
                hints_opened=0,
                base_revision=0,
                now=world.now,
            )
    courses = {"c": replace(world.course, paper=PAPER), "d": replace(world.course, id="d")}
    visit = site(handlers, Snapshots(), courses)
    return Site(
        get=lambda path, name="": visit(path, ids.get(name)),
        post=lambda path, name="", **fields: visit(path, ids.get(name), form=fields),
        world=world,
        ids=ids,
    )


def test_nothing_is_shown_before_somebody_agrees(site) -> None:
    consent = site.get(HERE, "あおい")
    assert consent.status == 200
    assert "だれに、何が見えますか" in consent.words
    assert "参加しなくても、講座の点数には関係しません" in consent.words
    site.join("いつき")
    consent = site.get(HERE, "あおい")
    assert "いつき" not in consent.words
    assert site.get(site.plan("いつき"), "あおい").status == 404
    page = site.get(HERE, "いつき")
    assert "あなたのほかに、まだ参加している人がいません" in page.words
    assert "あおい" not in page.words


def test_whoever_does_not_agree_or_is_not_there_gets_the_same_404(site) -> None:
    site.join("あおい", "いつき")
    address = site.plan("いつき")
    assert site.get(address, "あおい").status == 200
    site.post(f"{HERE}/leave", "いつき")
    nobody = site.get(f"{HERE}/999999", "あおい")
    assert nobody.status == 404
    for reader, path in [
        ("あおい", address),  # who left
        ("いつき", site.plan("あおい")),  # the reader left
        ("あおい", site.plan("あおい")),  # oneself
        ("うみ", site.plan("あおい")),  # never agreed
        ("外", site.plan("あおい")),
        ("講師", site.plan("あおい")),
    ]:
        reply = site.get(path, reader)
        assert (reply.status, reply.body) == (404, nobody.body)
        sent = site.post(path, reader, do="send", revision="0", **THREE)
        assert sent.status == 404
    assert site.get(site.plan("あおい")).status == 401
    with site.world.database.reading() as session:
        assert load_circle(session, "r-1").comments == ()


def test_who_is_not_in_the_run_or_teaches_it_cannot_agree(site) -> None:
    for name in ("外", "講師"):
        assert site.post(f"{HERE}/join", name).status == 403
    assert site.get(HERE, "外").status == 403
    assert site.get(HERE, "講師").location == ROOM
    assert site.get(HERE).status == 401
    assert site.post(f"{HERE}/join").status == 401
    assert site.get("/runs/r-9/peers", "あおい").status == 404
    with site.world.database.reading() as session:
        assert load_circle(session, "r-1").agreeing() == ()


def test_a_comment_from_the_plan_to_its_receiver(site) -> None:
    site.join(*NAMES)
    page = site.get(HERE, "あおい")
    assert "つぎに読むなら" in page.words and "まだコメントはありません" in page.words
    plan = site.get(site.plan("いつき"), "あおい")
    assert "いつきのプランの中身" in plan.words
    assert "まだ書いていないところ: 発表の台本" in plan.words
    assert site.send("あおい", "いつき").location == f"{HERE}?done=send"
    page = site.get(f"{HERE}?done=send", "あおい")
    assert "コメントを送りました。ありがとうございます。" in page.words
    received = site.get(HERE, "いつき")
    assert "あおいさくらさんから" in received.words
    for text in THREE.values():
        assert text in received.words
        assert text not in site.get(HERE, "うみ").words
        assert text not in site.get(site.plan("いつき"), "うみ").words
    assert "コメント1件" in site.get(HERE, "うみ").words
    assert "いま読めるプランには、すべて" not in page.words
    site.send("あおい", "うみ")
    assert "いま読めるプランには、すべてコメントを送りました" in site.get(HERE, "あおい").words


def test_the_plan_with_the_fewest_comments_comes_first(site) -> None:
    site.join(*NAMES)
    site.send("うみ", "いつき")
    page = site.get(HERE, "あおい").page
    headings = page.xpath("//section[@aria-labelledby='first']//h3/text()")
    assert headings == ["うみさくらさん", "いつきさくらさん"]


def test_nothing_typed_is_lost_when_something_is_missing_or_too_long(site) -> None:
    site.join(*NAMES)
    address = site.plan("いつき")
    long = "長" * 401
    reply = site.post(
        address, "あおい", do="send", revision="0", good=long, question=" ", suggestion="<b>案</b>"
    )
    assert reply.status == 422
    assert "いま401字です。400字までにすると送れます。" in reply.words
    assert "「質問」を1つ書いてください。短くてもかまいません。" in reply.words
    assert [reply.text_of(part) for part in THREE] == [long, "", "<b>案</b>"]
    invalid = reply.page.xpath("//textarea[@aria-invalid]/@aria-describedby")
    assert invalid == ["good-help good-error", "question-help question-error"]
    assert "まだコメントはありません" in site.get(HERE, "いつき").words


def test_a_draft_is_kept_and_shown_to_nobody_else(site) -> None:
    site.join(*NAMES)
    address = site.plan("いつき")
    reply = site.post(address, "あおい", do="draft", revision="0", good="とちゅう")
    assert reply.location == f"{address}?done=draft"
    assert site.get(address, "あおい").text_of("good") == "とちゅう"
    assert "下書きがあります" in site.get(HERE, "あおい").words
    for name, path in [("いつき", HERE), ("うみ", address), ("講師", ROOM)]:
        assert "とちゅう" not in site.get(path, name).words
    assert site.post(address, "あおい", do="forget").location == f"{address}?done=forget"
    assert site.get(address, "あおい").text_of("good") == ""


def test_two_windows_are_told_of_each_other(site) -> None:
    site.join(*NAMES)
    site.send("あおい", "いつき")
    stale = {**THREE, "good": "古い画面の文章"}
    reply = site.post(site.plan("いつき"), "あおい", do="send", revision="0", **stale)
    assert reply.status == 409
    assert "ほかの画面でも、このコメントを書いています" in reply.words
    assert THREE["good"] in reply.words
    assert reply.text_of("good") == "古い画面の文章"
    again = site.post(
        site.plan("いつき"), "あおい", do="send", revision=reply.text_of("revision"), **stale
    )
    assert again.location == f"{HERE}?done=send"
    assert "古い画面の文章" in site.get(HERE, "いつき").words


def test_what_was_typed_for_somebody_who_left_can_be_copied(site) -> None:
    site.join("あおい", "いつき")
    address = site.plan("いつき")
    site.post(f"{HERE}/leave", "いつき")
    reply = site.post(address, "あおい", do="send", revision="0", **THREE)
    assert reply.status == 404
    assert "送れませんでした" in reply.words
    assert [area.text.strip() for area in reply.page.iter("textarea")] == list(THREE.values())
    unknown = site.post(f"{HERE}/999999", "あおい", do="send", revision="0", **THREE)
    assert (unknown.status, unknown.body) == (404, reply.body)


def test_who_writes_too_often_waits_and_keeps_the_words(site) -> None:
    site.join(*NAMES)
    address = site.plan("いつき")
    for _ in range(29):
        assert site.post(address, "あおい", do="send", revision="0").status == 422
    reply = site.post(address, "あおい", do="send", revision="0", **THREE)
    assert reply.status == 429
    assert "まだ保存していません" in reply.words
    assert reply.text_of("good") == THREE["good"]
    assert site.send("うみ", "いつき").status == 302  # everybody by themselves


def test_leaving_says_what_it_means_and_coming_back_brings_everything_back(site) -> None:
    site.join(*NAMES)
    site.send("あおい", "いつき")
    site.send("いつき", "あおい", good="あおいへのことば")
    asked = site.get(f"{HERE}/leave", "あおい")
    assert "あなたが送ったコメント(1件)" in asked.words
    assert "あなたがもらったコメント(1件)" in asked.words
    assert "また参加できます" in asked.words
    number = site.number("あおい")
    assert site.post(f"{HERE}/leave", "あおい").location == HERE
    assert "いまは参加していません" in site.get(HERE, "あおい").words
    for name, path in [("いつき", HERE), ("あおい", HERE), ("うみ", HERE)]:
        words = site.get(path, name).words
        assert THREE["good"] not in words and "あおいへのことば" not in words
        assert name == "あおい" or "あおい" not in words
    room = site.get(ROOM, "講師").words
    assert THREE["good"] not in room and "あおいへのことば" not in room
    assert room.count("参加をやめた人がいるため非表示") == 2
    assert site.get("/runs/r-1/paper", "あおい").status == 200
    site.join("あおい")
    assert site.number("あおい") == number
    assert "あおいへのことば" in site.get(HERE, "あおい").words
    assert THREE["good"] in site.get(HERE, "いつき").words


def test_a_comment_is_withdrawn_and_sent_again(site) -> None:
    site.join(*NAMES)
    site.send("あおい", "いつき")
    address = site.plan("いつき")
    assert site.post(address, "あおい", do="withdraw").location == f"{address}?done=withdraw"
    assert THREE["good"] not in site.get(HERE, "いつき").words
    room = site.get(ROOM, "講師")
    assert THREE["good"] not in room.words and "書いた人が取り下げ" in room.words
    detail = site.get(f"{ROOM}/{site.comment('あおい', 'いつき')}", "講師")
    assert THREE["good"] not in detail.words and "文章は見えません" in detail.words
    form = site.get(address, "あおい")
    assert form.text_of("good") == THREE["good"]  # not lost to its writer
    assert site.send("あおい", "いつき", good="なおしました").status == 302
    assert "なおしました" in site.get(HERE, "いつき").words


def test_a_received_comment_is_hidden_shown_and_reported_by_its_receiver_alone(site) -> None:
    site.join(*NAMES)
    site.send("あおい", "いつき")
    number = site.comment("あおい", "いつき")
    for change in ("hide", "show", "report"):
        path = f"{HERE}/received/{number}/{change}"
        for name in ("あおい", "うみ", "外", "講師"):
            assert site.post(path, name).status == 404
        assert site.post(f"{HERE}/received/77/{change}", "いつき").status == 404
    site.post(f"{HERE}/received/{number}/hide", "いつき")
    page = site.get(HERE, "いつき")
    assert THREE["good"] not in page.words
    assert "表示しないことにしたコメント(1件)" in page.words
    assert THREE["good"] in site.get(site.plan("いつき"), "あおい").words  # the writer is not told
    site.post(f"{HERE}/received/{number}/show", "いつき")
    assert THREE["good"] in site.get(HERE, "いつき").words
    assert "受け取った人から知らせがありました" not in site.get(ROOM, "講師").words
    site.post(f"{HERE}/received/{number}/report", "いつき")
    assert "に講師に知らせました" in site.get(HERE, "いつき").words
    assert "受け取った人から知らせがありました(1件)" in site.get(ROOM, "講師").words
    assert "待っているコメントが1件あります" in site.get("/room/r-1", "講師").words


def test_instructors_take_a_comment_down_with_a_reason_and_restore_it(site) -> None:
    site.join(*NAMES)
    site.send("あおい", "いつき")
    number = site.comment("あおい", "いつき")
    site.post(f"{HERE}/received/{number}/report", "いつき")
    address = f"{ROOM}/{number}"
    assert THREE["question"] in site.get(address, "講師").words
    missing = site.judge(address, do="take-down", reason="  ")
    assert missing.status == 422 and "理由を書いてください" in missing.words
    long = site.judge(address, do="take-down", reason="長" * 401)
    assert long.status == 422 and long.text_of("reason") == "長" * 401
    reply = site.judge(address, do="take-down", reason="人のことでなく、中身を書きましょう")
    assert reply.location == f"{address}?done=take-down"
    assert THREE["good"] not in site.get(HERE, "いつき").words
    assert "講師が取り下げました" in site.get(HERE, "あおい").words
    form = site.get(site.plan("いつき"), "あおい")
    assert "講師がこのコメントを取り下げました" in form.words
    assert "人のことでなく、中身を書きましょう" in form.words
    assert "受け取った人から知らせがありました" not in site.get(ROOM, "講師").words
    assert "待っているコメント" not in site.get("/room/r-1", "講師").words
    site.world.now += timedelta(minutes=5)
    before = site.get(address, "講師").text_of("read")
    again = site.send("あおい", "いつき", good="書きなおしました")
    assert again.location == f"{HERE}?done=resend"
    assert "講師が読んで、もとに戻すかを決めます" in site.get(again.location, "あおい").words
    stale = site.post(address, "講師", do="restore", read=before)
    assert stale.status == 409 and "開いている間に、書いた方が書き直しました" in stale.words
    assert "書きなおしました" in stale.words
    assert site.post(address, "講師", do="restore").status == 400
    assert "書きなおしました" not in site.get(HERE, "いつき").words
    assert "書いた方が書き直しました" in site.get(address, "講師").words
    assert "書き直されたコメント(1件)" in site.get(ROOM, "講師").words
    assert "待っているコメントが1件あります" in site.get("/room/r-1", "講師").words
    site.judge(address, do="settle")
    site.judge(address, do="restore")
    assert "書きなおしました" in site.get(HERE, "いつき").words
    assert "表示中" in site.get(address, "講師").words
    assert "書き直されたコメント" not in site.get(ROOM, "講師").words


def test_the_room_tells_who_agrees_and_who_waits(site) -> None:
    empty = site.get(ROOM, "講師").words
    assert "受講者4人のうち0人が参加しています" in empty
    assert "まだ誰も参加していません" in empty
    site.join(*NAMES, "受講")
    site.send("あおい", "いつき")
    room = site.get(ROOM, "講師")
    waiting = room.page.xpath("//section[@aria-labelledby='waiting']//li")
    assert [" ".join(one.text_content().split()) for one in waiting] == [
        "受講 太郎さん(「事業プラン」をまだ書き始めていません)",
        "あおいさくらさん",
        "うみさくらさん",
    ]
    rows = room.page.xpath("//section[@aria-labelledby='comments']//tbody/tr")
    assert [[" ".join(cell.text_content().split()) for cell in row] for row in rows] == [
        [
            "あおいさくらさんからいつきさくらさんへ",
            "2026年11月24日(火) 19:00",
            *THREE.values(),
            "表示中",
            "開く",
        ]
    ]


def test_the_room_is_for_instructors_of_the_run(site) -> None:
    site.join(*NAMES)
    site.send("あおい", "いつき")
    for path in (ROOM, f"{ROOM}/{site.comment('あおい', 'いつき')}"):
        assert site.get(path).status == 401
        for name in ("あおい", "いつき", "外"):
            assert site.get(path, name).status == 403
            assert site.post(path, name, do="take-down", reason="x").status in {403, 405}
    assert site.get(f"{ROOM}/77", "講師").status == 404
    assert site.post(f"{ROOM}/77", "講師", do="restore", read="2026-11-24").status == 404
    assert site.post(ROOM, "講師").status == 405  # no consent is set here


def test_forty_people_cost_no_more_questions_than_three(site) -> None:
    def asked(path: str, name: str) -> int:
        statements: list[str] = []

        def count(*given: Any) -> None:
            statements.append(given[2])

        event.listen(site.world.database.engine, "before_cursor_execute", count)
        assert site.get(path, name).status == 200
        event.remove(site.world.database.engine, "before_cursor_execute", count)
        return len(statements)

    site.join(*NAMES)
    pages = [(HERE, "あおい"), (site.plan("いつき"), "あおい"), (ROOM, "講師")]
    few = [asked(*page) for page in pages]
    with site.world.database.session() as session:
        for number in range(40):
            person, _ = create_person(session, name=f"受講 {number}", now=site.world.now)
            enrol(session, "r-1", person.id, role="participant", now=site.world.now)
            agree(session, "r-1", person.id, now=site.world.now)
    assert [asked(*page) for page in pages] == few


def test_whoever_has_not_begun_is_told_and_not_suggested(site) -> None:
    site.join("受講", "あおい")
    page = site.get(HERE, "受講")
    assert "まず、自分のプランを書き始めましょう" in page.words
    page = site.get(HERE, "あおい")
    assert "まだ書き始めた人がいません" in page.words
    assert site.plan("受講") not in [link.get("href") for link in page.page.iter("a")]
    assert "いまは何も書かれていません" in site.get(site.plan("受講"), "あおい").words


def test_every_change_needs_the_token_of_its_page(site) -> None:
    site.join("あおい", "いつき")
    for path in (f"{HERE}/join", f"{HERE}/leave", site.plan("いつき")):
        assert site.post(path, "あおい", _xsrf="").status == 403
    assert site.post(site.plan("いつき"), "あおい", do="dance").status == 400
    assert site.post(site.plan("いつき"), "あおい", do="send", revision="x", **THREE).status == 400


def test_a_course_without_a_paper_has_no_such_pages(site) -> None:
    here = "/runs/r-2/peers"
    for path in (here, f"{here}/leave", f"{here}/123456"):
        assert site.get(path, "外").status == 404
    for path in (f"{here}/join", f"{here}/leave", f"{here}/received/1/hide"):
        assert site.post(path, "外").status == 404
    assert site.get("/room/r-2/peers", "講師").status == 404
    assert site.get("/room/r-2/peers/1", "講師").status == 404
    with site.world.database.reading() as session:
        assert load_circle(session, "r-2").peers == {}


@pytest.mark.parametrize("seed", range(3))
def test_no_page_tells_of_somebody_who_does_not_agree(site, seed: int) -> None:
    chance = random.Random(seed)
    site.join(*NAMES)  # so that everybody has a number that others may have kept
    addresses = {name: site.plan(name) for name in NAMES}
    agreed, out = set(NAMES), {}
    for step in range(14):
        writer, receiver = chance.sample(NAMES, 2)
        match chance.choice(["leave", "join", "send", "send", "withdraw"]):
            case "leave":
                site.post(f"{HERE}/leave", writer)
                agreed.discard(writer)
            case "join":
                site.join(writer)
                agreed.add(writer)
            case "send" if {writer, receiver} <= agreed:
                words = f"第{step}歩の{writer}から{receiver}への文"
                assert site.send(writer, receiver, good=words).status == 302
                out[writer, receiver] = words
            case "send":
                reply = site.post(addresses[receiver], writer, do="send", revision="0", **THREE)
                assert reply.status == 404
            case "withdraw":
                site.post(addresses[receiver], writer, do="withdraw")
                if {writer, receiver} <= agreed:
                    out.pop((writer, receiver), None)
        room = site.get(ROOM, "講師").words
        for pair in itertools.permutations(NAMES, 2):
            assert (out.get(pair, "-") in room) == (pair in out and set(pair) <= agreed)
        for reader in (*NAMES, "受講", "外"):
            page = site.get(HERE, reader).words
            for other in set(NAMES) - {reader}:
                both = {reader, other} <= agreed
                plan = site.get(addresses[other], reader)
                assert plan.status == (200 if both else 404)
                assert (f"{other}のプランの中身" in plan.words) == both
                assert (f"{other}さくら" in page) == both
            shown = {pair for pair, words in out.items() if words in page}
            assert shown == {pair for pair in out if pair[1] == reader and set(pair) <= agreed}
