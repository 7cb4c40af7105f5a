"""Who of a run's participants sees what of whom: plain rules on what is kept.

One rule is below all others: between two people there is something to see only while both agree.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from functools import cached_property

from .words import Words

MOST_SUGGESTED = 3
NUMBERS = range(100_000, 1_000_000)
"""What plans are numbered with: drawn by lot, so that a number tells nothing of its person."""


@dataclass(frozen=True, kw_only=True)
class Peer:
    """A participant who agreed once; `agreed_at` is None while they do not."""

    person_id: str
    number: int
    name: str
    agreed_at: datetime | None


@dataclass(frozen=True, kw_only=True)
class Comment:
    """What one participant wrote to another, and what became of it.

    `words` were sent at `sent_at` (None: never) and are out until `withdrawn_at`; `draft` is not
    sent and belongs to the writer alone.
    """

    id: int
    writer_id: str
    receiver_id: str
    words: Words
    draft: Words | None
    revision: int
    sent_at: datetime | None
    changed_at: datetime
    withdrawn_at: datetime | None
    hidden_at: datetime | None
    reported_at: datetime | None
    taken_down_at: datetime | None
    reason: str

    @property
    def is_out(self) -> bool:
        """Whether its writer has sent it and not withdrawn it."""
        return self.sent_at is not None and self.withdrawn_at is None

    @property
    def unsent(self) -> Words:
        """What stands in the writer's form."""
        return self.words if self.draft is None else self.draft


class Standing(StrEnum):
    """What became of a comment, as instructors read it."""

    SHOWN = "表示中"
    HIDDEN = "受け取った人が非表示"
    REPORTED = "報告あり"
    TAKEN_DOWN = "講師が取り下げ"
    REWRITTEN = "そのあと書き直し"
    WITHDRAWN = "書いた人が取り下げ"
    APART = "参加をやめた人がいるため非表示"


@dataclass(frozen=True)
class StaffView:
    """A comment as instructors see it: without words (None) when somebody took them back."""

    comment: Comment
    words: Words | None
    standings: tuple[Standing, ...]

    @property
    def is_reported(self) -> bool:
        """Whether somebody's report waits for an instructor."""
        return Standing.REPORTED in self.standings and Standing.TAKEN_DOWN not in self.standings

    @property
    def is_rewritten(self) -> bool:
        """Whether other words wait for being restored."""
        return Standing.REWRITTEN in self.standings


@dataclass(frozen=True)
class Circle:
    """The peers of a run by person id, in the order of their names, and all of their comments."""

    peers: Mapping[str, Peer]
    comments: tuple[Comment, ...] = ()

    def has_agreed(self, person_id: str) -> bool:
        """Whether somebody agrees now."""
        peer = self.peers.get(person_id)
        return peer is not None and peer.agreed_at is not None

    def sees(self, viewer_id: str, person_id: str) -> bool:
        """Whether somebody may see another person's plan: both agree, and nobody is two."""
        return viewer_id != person_id and self.has_agreed(viewer_id) and self.has_agreed(person_id)

    def others(self, viewer_id: str) -> tuple[Peer, ...]:
        """Whom somebody sees."""
        return tuple(peer for key, peer in self.peers.items() if self.sees(viewer_id, key))

    def numbered(self, viewer_id: str, number: int) -> Peer | None:
        """Who has this number, None for everybody whom the viewer does not see."""
        return next((peer for peer in self.others(viewer_id) if peer.number == number), None)

    def between(self, writer_id: str, receiver_id: str) -> Comment | None:
        """What somebody wrote to another person, for the writer: while both agree."""
        if not self.sees(writer_id, receiver_id):
            return None
        return self._by_pair.get((writer_id, receiver_id))

    @cached_property
    def _by_pair(self) -> dict[tuple[str, str], Comment]:
        return {(comment.writer_id, comment.receiver_id): comment for comment in self.comments}

    def received(self, person_id: str) -> tuple[Comment, ...]:
        """The comments that somebody can read about their own plan, those they hid among them."""
        return tuple(
            comment
            for comment in self.comments
            if comment.receiver_id == person_id and self._is_read(comment)
        )

    @cached_property
    def counts(self) -> Counter[str]:
        """How many comments everybody can read about their own plan, by person id."""
        return Counter(c.receiver_id for c in self.comments if self._is_read(c))

    def _is_read(self, comment: Comment) -> bool:
        return (
            comment.is_out
            and comment.taken_down_at is None
            and self.sees(comment.receiver_id, comment.writer_id)
        )

    def written(self, person_id: str) -> tuple[Comment, ...]:
        """The comments of somebody that are out, those that were taken down among them."""
        return tuple(
            comment
            for comment in self.comments
            if comment.writer_id == person_id
            and comment.is_out
            and self.sees(person_id, comment.receiver_id)
        )

    def first_to_read(self, viewer_id: str, begun: Collection[str]) -> tuple[Peer, ...]:
        """Up to three plans that wait for a comment, fewest comments first.

        Only what is `begun`, and not yet commented by the viewer. Among equals everybody begins
        at another place, so that not all read the same plan.
        """
        written = {comment.receiver_id for comment in self.written(viewer_id)}
        waiting = [
            peer
            for peer in self.others(viewer_id)
            if peer.person_id in begun and peer.person_id not in written
        ]
        if not waiting:
            return ()
        own = self.peers[viewer_id].number
        waiting.sort(
            key=lambda peer: (
                self.counts[peer.person_id],
                (peer.number - own) % len(NUMBERS),
            )
        )
        return tuple(waiting[:MOST_SUGGESTED])

    def for_staff(self) -> tuple[StaffView, ...]:
        """All comments that were ever sent, changed last first."""
        views = [self._staff_view(c) for c in self.comments if c.sent_at is not None]
        views.sort(key=lambda view: (view.comment.changed_at, view.comment.id), reverse=True)
        return tuple(views)

    def _staff_view(self, comment: Comment) -> StaffView:
        if not self.sees(comment.receiver_id, comment.writer_id):
            return StaffView(comment, None, (Standing.APART,))
        if not comment.is_out:
            return StaffView(comment, None, (Standing.WITHDRAWN,))
        down = comment.taken_down_at
        found = tuple(
            standing
            for standing, is_so in (
                (Standing.TAKEN_DOWN, down is not None),
                (Standing.REWRITTEN, down is not None and comment.changed_at > down),
                (Standing.REPORTED, comment.reported_at is not None),
                (Standing.HIDDEN, comment.hidden_at is not None),
            )
            if is_so
        )
        return StaffView(comment, comment.words, found or (Standing.SHOWN,))

    def agreeing(self) -> tuple[Peer, ...]:
        """Who agrees now, for instructors."""
        return tuple(peer for peer in self.peers.values() if peer.agreed_at is not None)
