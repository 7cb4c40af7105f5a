"""プランの読み合い: agree, read the plans of others who agree, leave a comment, read one's own."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from sqlalchemy.orm import Session
from tornado.web import HTTPError

from ..course_paper import answers_of
from ..courses import Course, CoursePaper
from ..database import Run
from ..peers.circle import Comment, Peer
from ..peers.store import (
    CommentConflict,
    NotAgreed,
    agree,
    forget_words,
    keep_draft,
    leave,
    load_circle,
    report,
    send_comment,
    set_hidden,
    withdraw_comment,
)
from ..peers.words import PARTS, Words, problems_of_comment, problems_of_draft, read_words
from ..runs import STAFF, role_in
from .papers import PaperHandler

DONE = {
    "join": "読み合いに参加しました。",
    "send": "コメントを送りました。ありがとうございます。",
    "resend": "書き直した文章を送りました。講師が読んで、もとに戻すかを決めます。",
    "draft": "下書きを保存しました。まだ送っていません。",
    "withdraw": "コメントを取り下げました。相手の方からは見えません。",
    "forget": "書いた文章を消しました。",
    "hide": "表示しないようにしました。",
    "show": "また表示するようにしました。",
    "report": "講師に知らせました。講師が読んで、必要なときは取り下げます。",
}
TOO_OFTEN = (
    "短い間に何度も送られたため、まだ保存していません。文章は下に残っています。"
    "1分ほど待って、もう一度押してください。"
)


@dataclass(frozen=True)
class Place:
    """A run whose course has a paper."""

    run: Run
    course: Course
    paper: CoursePaper


@dataclass(frozen=True)
class PeerCard:
    """Another participant in the list: how far their plan is, and what came to it."""

    peer: Peer
    is_begun: bool
    comments: int
    own: Comment | None


class PeersHandler(PaperHandler):
    """What the pages of 読み合い share."""

    def place(self, session: Session, run_id: str) -> Place:
        """The run, 404 when it is not there or its course has no paper."""
        self.require_person()
        run = session.get(Run, run_id)
        if run is None:
            raise HTTPError(404)
        course, paper = self.course_of(run)
        return Place(run, course, paper)

    def done(self) -> str:
        """What was done before this page was opened."""
        return DONE.get(self.get_query_argument("done", ""), "")

    def is_patient(self) -> bool:
        """Whether the person does not write more often than people do."""
        return self.is_within("peers", self.require_person().id)


class PeersPage(PeersHandler):
    """`/runs/<run>/peers`: the consent, or whose plans there are and what others wrote."""

    async def get(self, run_id: str) -> None:
        me = self.require_person().id
        with self.context.database.reading() as session:
            place = self.place(session, run_id)
            role = role_in(session, run_id, me)
            circle = load_circle(session, run_id)
            seen = [me, *(peer.person_id for peer in circle.others(me))]
            answers = answers_of(session, place.paper, run_id, seen)
        if role is None:
            raise HTTPError(403)
        if role in STAFF:
            self.redirect(f"/room/{run_id}/peers")
            return
        if not circle.has_agreed(me):
            again = me in circle.peers
            self.page("peers_consent.html.j2", run=place.run, paper=place.paper, again=again)
            return
        papers = await self.papers(place.course, place.paper, answers)
        begun = {person_id for person_id, paper in papers.items() if paper.is_begun}
        cards = {
            peer.person_id: PeerCard(
                peer,
                peer.person_id in begun,
                circle.counts[peer.person_id],
                circle.between(me, peer.person_id),
            )
            for peer in circle.others(me)
        }
        first = [cards[peer.person_id] for peer in circle.first_to_read(me, begun)]
        received = circle.received(me)
        self.page(
            "peers.html.j2",
            run=place.run,
            paper=place.paper,
            is_begun=me in begun,
            first=first,
            rest=[card for card in cards.values() if card not in first],
            cards=list(cards.values()),
            names={key: card.peer.name for key, card in cards.items()},
            shown=[comment for comment in received if comment.hidden_at is None],
            hidden=[comment for comment in received if comment.hidden_at is not None],
            parts=PARTS,
            done=self.done(),
        )


class PeersJoin(PeersHandler):
    """`/runs/<run>/peers/join`: the person agrees."""

    def get(self, run_id: str) -> None:
        self.redirect(f"/runs/{run_id}/peers")

    def post(self, run_id: str) -> None:
        me = self.require_person().id
        if not self.is_patient():
            raise HTTPError(429)
        try:
            with self.context.database.session() as session:
                self.place(session, run_id)
                agree(session, run_id, me, now=self.context.clock())
        except NotAgreed:
            raise HTTPError(403) from None
        self.redirect(f"/runs/{run_id}/peers?done=join")


class PeersLeave(PeersHandler):
    """`/runs/<run>/peers/leave`: what it means to leave, and the leaving."""

    def get(self, run_id: str) -> None:
        me = self.require_person().id
        with self.context.database.reading() as session:
            place = self.place(session, run_id)
            circle = load_circle(session, run_id)
        if not circle.has_agreed(me):
            self.redirect(f"/runs/{run_id}/peers")
            return
        self.page(
            "peers_leave.html.j2",
            run=place.run,
            paper=place.paper,
            written=len(circle.written(me)),
            received=len(circle.received(me)),
        )

    def post(self, run_id: str) -> None:
        me = self.require_person().id
        with self.context.database.session() as session:
            self.place(session, run_id)
            leave(session, run_id, me)
        self.redirect(f"/runs/{run_id}/peers")


class PeerPlan(PeersHandler):
    """`/runs/<run>/peers/<number>`: another's plan, and one's own comment on it.

    404 whenever one of both does not agree, as for a number that nobody has.
    """

    async def get(self, run_id: str, number: str) -> None:
        await self.show_plan(run_id, number)

    async def post(self, run_id: str, number: str) -> None:
        me = self.require_person().id
        change = self.get_body_argument("do", "")
        words = read_words({part.id: self.get_body_argument(part.id, "") for part in PARTS})
        base = self.get_body_argument("revision", "")
        with self.context.database.reading() as session:
            place = self.place(session, run_id)
            circle = load_circle(session, run_id)
        peer = circle.numbered(me, int(number))
        if peer is None:
            self._refuse(place, words)
            return
        known = circle.between(me, peer.person_id)
        if not self.is_patient():
            self.set_status(429)
            await self.show_plan(run_id, number, typed=words, trouble=TOO_OFTEN, base=base)
            return
        find = {"send": problems_of_comment, "draft": problems_of_draft}.get(change)
        errors = find(words) if find else {}
        if errors:
            self.set_status(422)
            await self.show_plan(run_id, number, typed=words, errors=errors, base=base)
            return
        try:
            with self.context.database.session() as session:
                self._change(session, (run_id, me, peer.person_id), change, words, base)
        except NotAgreed:  # one of both left meanwhile
            self._refuse(place, words)
        except CommentConflict as conflict:
            self.set_status(409)
            await self.show_plan(run_id, number, typed=words, other=conflict.current.unsent)
        else:
            here = f"/runs/{run_id}/peers"
            page = here if change == "send" else f"{here}/{number}"
            is_down = known is not None and known.taken_down_at is not None
            self.redirect(f"{page}?done={'re' if change == 'send' and is_down else ''}{change}")

    def _change(
        self, session: Session, pair: tuple[str, str, str], change: str, words: Words, base: str
    ) -> None:
        now = self.context.clock()
        if change in {"send", "draft"}:
            if not base.isdecimal():
                raise HTTPError(400)
            write = send_comment if change == "send" else keep_draft
            write(session, *pair, words, base_revision=int(base), now=now)
        elif change == "withdraw":
            withdraw_comment(session, *pair, now=now)
        elif change == "forget":
            forget_words(session, *pair)
        else:
            raise HTTPError(400)

    def _refuse(self, place: Place, words: Words) -> None:
        """404; what was typed is shown, so that nobody loses it."""
        if not words:
            raise HTTPError(404)
        self.set_status(404)
        self.page("peers_gone.html.j2", run=place.run, parts=PARTS, words=words.as_dict())

    async def show_plan(
        self,
        run_id: str,
        number: str,
        *,
        typed: Words | None = None,
        other: Words | None = None,
        errors: dict[str, str] | None = None,
        trouble: str = "",
        base: str = "",
    ) -> None:
        """The plan and the form: with what is kept, or with what was `typed` and not kept."""
        me = self.require_person().id
        with self.context.database.reading() as session:
            place = self.place(session, run_id)
            circle = load_circle(session, run_id)
            peer = circle.numbered(me, int(number))
            if peer is None:
                raise HTTPError(404)
            answers = answers_of(session, place.paper, run_id, [peer.person_id])
        papers = await self.papers(place.course, place.paper, answers)
        parts = papers[peer.person_id].parts
        comment = circle.between(me, peer.person_id)
        kept = comment.unsent if comment is not None else Words()
        revision = base if base.isdecimal() else str(comment.revision if comment else 0)
        self.page(
            "peers_plan.html.j2",
            run=place.run,
            peer=peer,
            paper=papers[peer.person_id],
            blocks=[block for part in parts if part.is_begun for block in part.blocks],
            open=[part.part.heading for part in parts if not part.is_begun],
            comment=comment,
            parts=PARTS,
            words=(kept if typed is None else typed).as_dict(),
            other=other.as_dict() if other else None,
            revision=revision,
            errors=errors or {},
            trouble=trouble,
            done=self.done(),
        )


ReceivedChange = Literal["hide", "show", "report"]


class PeerReceived(PeersHandler):
    """`/runs/<run>/peers/received/<comment>/…`: hide a received comment, show it, report it."""

    def get(self, run_id: str, comment: str, change: ReceivedChange) -> None:
        self.redirect(f"/runs/{run_id}/peers")

    def post(self, run_id: str, comment: str, change: ReceivedChange) -> None:
        me = self.require_person().id
        if not self.is_patient():
            raise HTTPError(429)
        now = self.context.clock()
        try:
            with self.context.database.session() as session:
                self.place(session, run_id)
                if change == "report":
                    report(session, run_id, me, int(comment), now=now)
                else:
                    is_hidden = change == "hide"
                    set_hidden(session, run_id, me, int(comment), is_hidden=is_hidden, now=now)
        except NotAgreed:
            raise HTTPError(404) from None
        self.redirect(f"/runs/{run_id}/peers?done={change}")
