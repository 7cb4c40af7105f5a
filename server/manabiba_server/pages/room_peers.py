"""読み合い as instructors see it: all comments, who waits for one, what is to be looked at."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from tornado.web import HTTPError

from manabiba_widgets.document_form import clean

from ..course_paper import answers_of
from ..peers.circle import Circle, Peer, Standing
from ..peers.store import (
    CommentConflict,
    NotAgreed,
    load_circle,
    restore,
    settle,
    take_down,
)
from ..peers.words import LONGEST, PARTS
from ..runs import participants_of
from .peers import PeersHandler, Place
from .room import StaffHandler

DONE = {
    "take-down": "コメントを取り下げました。書いた方には、理由が表示されます。",
    "restore": "コメントをもとに戻しました。",
    "settle": "報告を確認済みにしました。",
}
REWRITTEN = (
    "開いている間に、書いた方が書き直しました。まだ何も変えていません。"
    "いまの文章を読んで、もう一度選んでください。"
)


@dataclass(frozen=True)
class PeerLine:
    """A participant who agrees, with how many comments they have and wrote."""

    peer: Peer
    is_begun: bool
    received: int
    written: int


class StaffPeersHandler(PeersHandler, StaffHandler):
    """What both pages share."""

    def read(self, run_id: str) -> tuple[Place, Circle, dict[str, str]]:
        """The run and its comments with everybody's name, for instructors and coordinators."""
        with self.context.database.reading() as session:
            self.staff_run(session, run_id)
            place = self.place(session, run_id)
            names = {person.id: person.name for person in participants_of(session, run_id)}
            return place, load_circle(session, run_id), names


class RoomPeers(StaffPeersHandler):
    """`/room/<run>/peers`: the table of all comments."""

    async def get(self, run_id: str) -> None:
        place, circle, names = self.read(run_id)
        agreeing = circle.agreeing()
        ids = [peer.person_id for peer in agreeing]
        with self.context.database.reading() as session:
            answers = answers_of(session, place.paper, run_id, ids)
        papers = await self.papers(place.course, place.paper, answers)
        views = circle.for_staff()
        lines = [
            PeerLine(
                peer,
                papers[peer.person_id].is_begun,
                circle.counts[peer.person_id],
                len(circle.written(peer.person_id)),
            )
            for peer in agreeing
        ]
        self.page(
            "room_peers.html.j2",
            run=place.run,
            paper=place.paper,
            views=views,
            reports=[view for view in views if view.is_reported],
            rewritten=[view for view in views if view.is_rewritten],
            lines=lines,
            people=len(names),
            names=names,
            parts=PARTS,
        )


class RoomPeerComment(StaffPeersHandler):
    """`/room/<run>/peers/<comment>`: one comment, to be taken down, restored, or looked at."""

    def get(self, run_id: str, comment: str) -> None:
        self._show(run_id, comment)

    def post(self, run_id: str, comment: str) -> None:
        place, _, _ = self.read(run_id)
        change = self.get_body_argument("do", "")
        reason = clean(self.get_body_argument("reason", ""))
        error = ""
        if change == "take-down" and not reason:
            error = "理由を書いてください。書いた方に、そのまま表示されます。"
        elif len(reason) > LONGEST:
            error = f"いま{len(reason)}字です。{LONGEST}字までにしてください。"
        if error:
            self.set_status(422)
            self._show(run_id, comment, reason=reason, error=error)
            return
        key = (place.run.id, int(comment))
        try:
            read = datetime.fromisoformat(self.get_body_argument("read", ""))
        except ValueError:
            raise HTTPError(400) from None
        try:
            with self.context.database.session() as session:
                if change == "take-down":
                    now = self.context.clock()
                    take_down(session, *key, reason=reason, read=read, now=now)
                elif change == "restore":
                    restore(session, *key, read=read)
                elif change == "settle":
                    settle(session, *key, read=read)
                else:
                    raise HTTPError(400)
        except NotAgreed:
            raise HTTPError(404) from None
        except CommentConflict:
            self.set_status(409)
            self._show(run_id, comment, reason=reason, trouble=REWRITTEN)
            return
        self.redirect(f"/room/{run_id}/peers/{comment}?done={change}")

    def _show(
        self, run_id: str, comment: str, *, reason: str = "", error: str = "", trouble: str = ""
    ) -> None:
        """The comment; `trouble` is why nothing was done, `error` what is open in `reason`."""
        place, circle, names = self.read(run_id)
        view = next((v for v in circle.for_staff() if v.comment.id == int(comment)), None)
        if view is None:
            raise HTTPError(404)
        self.page(
            "room_peer_comment.html.j2",
            run=place.run,
            paper=place.paper,
            view=view,
            names=names,
            parts=PARTS,
            is_down=Standing.TAKEN_DOWN in view.standings,
            is_reported=Standing.REPORTED in view.standings,
            is_rewritten=view.is_rewritten,
            reason=reason,
            error=error,
            trouble=trouble,
            done=DONE.get(self.get_query_argument("done", ""), ""),
        )
