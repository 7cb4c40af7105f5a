"""Where consents and comments are kept. Every change asks first whether both agree."""

from __future__ import annotations

import secrets
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from ..database import Enrolment, PeerCommentRow, PeerRow, Person
from .circle import NUMBERS, Circle, Comment, Peer
from .words import Words


class NotAgreed(Exception):
    """One of both does not agree, or there is no such comment: nothing is changed."""


class CommentConflict(Exception):
    """The comment was changed on another page meanwhile; `current` is how it is now."""

    def __init__(self, current: Comment) -> None:
        super().__init__(f"the comment is at revision {current.revision}")
        self.current = current


def load_circle(session: Session, run_id: str) -> Circle:
    """A run's participants who agreed once, and all comments between them."""
    people = (
        select(PeerRow, Person.name)
        .join(Person, Person.id == PeerRow.person_id)
        .join(
            Enrolment,
            (Enrolment.run_id == PeerRow.run_id) & (Enrolment.person_id == PeerRow.person_id),
        )
        .where(PeerRow.run_id == run_id, Enrolment.role == "participant")
        .order_by(Person.reading, Person.name, PeerRow.number)
    )
    comments = (
        select(PeerCommentRow)
        .where(PeerCommentRow.run_id == run_id)
        .order_by(PeerCommentRow.changed_at.desc(), PeerCommentRow.id.desc())
    )
    return Circle(
        {
            row.person_id: Peer(
                person_id=row.person_id, number=row.number, name=name, agreed_at=row.agreed_at
            )
            for row, name in session.execute(people)
        },
        tuple(_comment(row) for row in session.scalars(comments)),
    )


def agree(session: Session, run_id: str, person_id: str, *, now: datetime) -> None:
    """A participant agrees, for the first time or again; their number stays the same.

    Raises NotAgreed for somebody who is no participant of the run.
    """
    enrolment = session.get(Enrolment, (run_id, person_id))
    if enrolment is None or enrolment.role != "participant":
        raise NotAgreed
    row = session.get(PeerRow, (run_id, person_id))
    if row is None:
        taken = set(session.scalars(select(PeerRow.number).where(PeerRow.run_id == run_id)))
        number = secrets.choice(NUMBERS)
        while number in taken:
            number = secrets.choice(NUMBERS)
        row = PeerRow(run_id=run_id, person_id=person_id, number=number, agreed_at=None)
        session.add(row)
    row.agreed_at = row.agreed_at or now
    session.flush()


def leave(session: Session, run_id: str, person_id: str) -> None:
    """A participant agrees no longer; what was written stays where nobody sees it."""
    row = session.get(PeerRow, (run_id, person_id))
    if row is not None:
        row.agreed_at = None
        session.flush()


def send_comment(
    session: Session,
    run_id: str,
    writer_id: str,
    receiver_id: str,
    words: Words,
    *,
    base_revision: int,
    now: datetime,
) -> None:
    """Send a comment, or what it says from now on; made from revision `base_revision` (0: none).

    Raises NotAgreed, and CommentConflict when another page changed it meanwhile.
    """
    row = _row_to_write(session, run_id, writer_id, receiver_id, base_revision, now)
    row.changed_at = now
    row.good, row.question, row.suggestion = words.good, words.question, words.suggestion
    row.draft = None
    row.sent_at = row.sent_at or now
    row.withdrawn_at = None
    session.flush()


def keep_draft(
    session: Session,
    run_id: str,
    writer_id: str,
    receiver_id: str,
    words: Words,
    *,
    base_revision: int,
    now: datetime,
) -> None:
    """Keep what is not to be sent yet; what was sent before stays out. Raises as `send_comment`.

    No words, or those that were sent, are no draft.
    """
    row = _row_to_write(session, run_id, writer_id, receiver_id, base_revision, now)
    was_sent = words == Words(row.good, row.question, row.suggestion)
    row.draft = words.as_dict() if words and not was_sent else None
    session.flush()


def withdraw_comment(
    session: Session, run_id: str, writer_id: str, receiver_id: str, *, now: datetime
) -> None:
    """Take a comment back: nobody but its writer reads its words any more. Raises NotAgreed."""
    row = _written(session, run_id, writer_id, receiver_id)
    if row.sent_at is not None and row.withdrawn_at is None:
        row.withdrawn_at = row.changed_at = now
        row.revision += 1
        session.flush()


def forget_words(session: Session, run_id: str, writer_id: str, receiver_id: str) -> None:
    """Delete what is not out: the draft, and words that were taken back. Raises NotAgreed."""
    row = _written(session, run_id, writer_id, receiver_id)
    row.draft = None
    if row.sent_at is None or row.withdrawn_at is not None:
        row.good = row.question = row.suggestion = ""
    row.revision += 1
    session.flush()


def set_hidden(
    session: Session,
    run_id: str,
    receiver_id: str,
    comment_id: int,
    *,
    is_hidden: bool,
    now: datetime,
) -> None:
    """Hide a received comment from oneself, or show it again. Raises NotAgreed."""
    row = _received(session, run_id, receiver_id, comment_id)
    row.hidden_at = (row.hidden_at or now) if is_hidden else None


def report(
    session: Session, run_id: str, receiver_id: str, comment_id: int, *, now: datetime
) -> None:
    """Tell the instructors of a received comment. Raises NotAgreed."""
    row = _received(session, run_id, receiver_id, comment_id)
    row.reported_at = row.reported_at or now


def take_down(
    session: Session,
    run_id: str,
    comment_id: int,
    *,
    reason: str,
    read: datetime,
    now: datetime,
) -> None:
    """An instructor takes down a comment as it was `read` (its `changed_at`).

    Its writer reads why. Raises NotAgreed, and CommentConflict when it was rewritten meanwhile.
    """
    row = _for_staff(session, run_id, comment_id, read)
    row.taken_down_at = row.taken_down_at or now
    row.reason = reason


def restore(session: Session, run_id: str, comment_id: int, *, read: datetime) -> None:
    """An instructor shows a comment again that was taken down. Raises as `take_down`."""
    row = _for_staff(session, run_id, comment_id, read)
    row.taken_down_at = None
    row.reason = ""


def settle(session: Session, run_id: str, comment_id: int, *, read: datetime) -> None:
    """An instructor has looked at a report. Raises as `take_down`."""
    _for_staff(session, run_id, comment_id, read).reported_at = None


def _row_to_write(
    session: Session,
    run_id: str,
    writer_id: str,
    receiver_id: str,
    base_revision: int,
    now: datetime,
) -> PeerCommentRow:
    circle = load_circle(session, run_id)
    if not circle.sees(writer_id, receiver_id):
        raise NotAgreed
    current = circle.between(writer_id, receiver_id)
    if current is None:
        row = PeerCommentRow(
            run_id=run_id,
            writer_id=writer_id,
            receiver_id=receiver_id,
            good="",
            question="",
            suggestion="",
            reason="",
            revision=0,
            changed_at=now,
        )
        session.add(row)
    else:
        if current.revision != base_revision:
            raise CommentConflict(current)
        row = session.get_one(PeerCommentRow, current.id)
    row.revision += 1
    return row


def _written(session: Session, run_id: str, writer_id: str, receiver_id: str) -> PeerCommentRow:
    comment = load_circle(session, run_id).between(writer_id, receiver_id)
    if comment is None:
        raise NotAgreed
    return session.get_one(PeerCommentRow, comment.id)


def _received(session: Session, run_id: str, receiver_id: str, comment_id: int) -> PeerCommentRow:
    received = load_circle(session, run_id).received(receiver_id)
    if all(comment.id != comment_id for comment in received):
        raise NotAgreed
    return session.get_one(PeerCommentRow, comment_id)


def _for_staff(session: Session, run_id: str, comment_id: int, read: datetime) -> PeerCommentRow:
    views = load_circle(session, run_id).for_staff()
    view = next((view for view in views if view.comment.id == comment_id), None)
    if view is None or view.words is None:
        raise NotAgreed
    if view.comment.changed_at != read:
        raise CommentConflict(view.comment)
    return session.get_one(PeerCommentRow, comment_id)


def _comment(row: PeerCommentRow) -> Comment:
    return Comment(
        id=row.id,
        writer_id=row.writer_id,
        receiver_id=row.receiver_id,
        words=Words(row.good, row.question, row.suggestion),
        draft=Words(**row.draft) if row.draft is not None else None,
        revision=row.revision,
        sent_at=row.sent_at,
        changed_at=row.changed_at,
        withdrawn_at=row.withdrawn_at,
        hidden_at=row.hidden_at,
        reported_at=row.reported_at,
        taken_down_at=row.taken_down_at,
        reason=row.reason,
    )
