"""Peer comments: nothing is ever visible to or about somebody who did not agree."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from functools import partial

import pytest
import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from hypothesis import given, settings
from hypothesis import strategies as st

from manabiba_server.database import MIGRATIONS, Base, Database, Enrolment, PeerRow, Person, Run
from manabiba_server.erasure import erase_person, erase_run
from manabiba_server.peers.circle import NUMBERS, Circle, Comment, Peer, Standing
from manabiba_server.peers.store import (
    CommentConflict,
    NotAgreed,
    agree,
    forget_words,
    keep_draft,
    leave,
    load_circle,
    report,
    restore,
    send_comment,
    set_hidden,
    settle,
    take_down,
    withdraw_comment,
)
from manabiba_server.peers.words import (
    LONGEST,
    PARTS,
    Words,
    problems_of_comment,
    problems_of_draft,
    read_words,
)

NOW = datetime(2026, 11, 24, 10, 0, tzinfo=UTC)
PEOPLE = ("p-a", "p-b", "p-c")
TEACHER, OUTSIDER = "p-teacher", "p-outsider"
EVERYBODY = (*PEOPLE, TEACHER, OUTSIDER)
WORDS = Words("よい点", "聞きたいこと", "提案です")


@contextmanager
def a_run() -> Iterator[Database]:
    """Three participants of one run, its teacher, and somebody who is in another run."""
    database = Database("sqlite://")
    Base.metadata.create_all(database.engine)
    with database.session() as session:
        for name in EVERYBODY:
            session.add(Person(id=name, name=name, token_hash=name, created_at=NOW))
        for run_id in ("r", "other"):
            session.add(
                Run(
                    id=run_id,
                    course_id="c",
                    title=run_id,
                    join_code=run_id,
                    created_at=NOW,
                    keep_until=NOW.date(),
                )
            )
        session.flush()
        for name in PEOPLE:
            session.add(Enrolment(run_id="r", person_id=name, role="participant", joined_at=NOW))
        session.add(Enrolment(run_id="r", person_id=TEACHER, role="instructor", joined_at=NOW))
        session.add(
            Enrolment(run_id="other", person_id=OUTSIDER, role="participant", joined_at=NOW)
        )
    try:
        yield database
    finally:
        database.dispose()


# Over random sequences, against a model that knows nothing of the rules' own code

pairs = st.permutations(EVERYBODY).map(lambda order: tuple(order[:2]))
steps = st.one_of(
    st.tuples(st.just("agree"), st.sampled_from(EVERYBODY), st.just("")),
    st.tuples(st.just("agree"), st.sampled_from(PEOPLE), st.just("")),
    st.tuples(st.just("leave"), st.sampled_from(EVERYBODY), st.just("")),
    st.builds(
        lambda what, pair: (what, *pair),
        st.sampled_from(["send", "send", "draft", "withdraw", "forget", "hide", "show", "report"]),
        pairs,
    ),
    st.builds(
        lambda what, pair: (what, *pair), st.sampled_from(["take down", "restore", "settle"]), pairs
    ),
)


class Model:
    """What should be so, in sets and dictionaries."""

    def __init__(self) -> None:
        self.agreed: set[str] = set()
        self.sent: dict[tuple[str, str], str] = {}
        self.draft: dict[tuple[str, str], str] = {}
        self.out: set[tuple[str, str]] = set()
        self.down: set[tuple[str, str]] = set()
        self.rows: set[tuple[str, str]] = set()

    def both(self, pair: tuple[str, str]) -> bool:
        return pair[0] != pair[1] and set(pair) <= self.agreed

    def readable(self, pair: tuple[str, str]) -> bool:
        return self.both(pair) and pair in self.out and pair not in self.down


def take(session, model: Model, step: tuple[str, str, str], text: str) -> bool:
    """One step in the store and in the model; whether it was taken."""
    what, one, other = step
    pair = (one, other)
    words = Words(text, text, text)
    row = next(
        (c for c in load_circle(session, "r").comments if (c.writer_id, c.receiver_id) == pair),
        None,
    )
    number, base = (row.id, row.revision) if row is not None else (999, 0)
    may = model.both(pair)
    if what == "agree":
        may = one in PEOPLE
        if may:
            model.agreed.add(one)
        return _try(may, lambda: agree(session, "r", one, now=NOW))
    if what == "leave":
        model.agreed.discard(one)
        leave(session, "r", one)
        return True
    if what in {"send", "draft"}:
        if may:
            model.rows.add(pair)
        if may and what == "send":
            model.sent[pair] = text
            model.draft.pop(pair, None)
            model.out.add(pair)
        elif may:
            model.draft[pair] = text
        change = send_comment if what == "send" else keep_draft
        return _try(
            may, lambda: change(session, "r", one, other, words, base_revision=base, now=NOW)
        )
    if what in {"withdraw", "forget"}:
        may = may and pair in model.rows
        if may and what == "withdraw":
            model.out.discard(pair)
        elif may:
            model.draft.pop(pair, None)
            if pair not in model.out:
                model.sent[pair] = ""
        if what == "withdraw":
            return _try(may, lambda: withdraw_comment(session, "r", one, other, now=NOW))
        return _try(may, lambda: forget_words(session, "r", one, other))
    if what in {"hide", "show", "report"}:
        may = model.readable(pair)
        if what == "report":
            return _try(may, lambda: report(session, "r", other, number, now=NOW))
        hidden = what == "hide"
        return _try(may, lambda: set_hidden(session, "r", other, number, is_hidden=hidden, now=NOW))
    may = may and pair in model.out
    if what == "take down":
        if may:
            model.down.add(pair)
        return _try(may, lambda: take_down(session, "r", number, reason="理由", read=NOW, now=NOW))
    if what == "restore":
        if may:
            model.down.discard(pair)
        return _try(may, lambda: restore(session, "r", number, read=NOW))
    return _try(may, lambda: settle(session, "r", number, read=NOW))


def _try(may: bool, change) -> bool:
    if may:
        change()
        return True
    with pytest.raises(NotAgreed):
        change()
    return False


def check(circle: Circle, model: Model, numbers: dict[str, int]) -> None:
    """Everything that anybody can see is what the model says, and nothing else."""
    for viewer in EVERYBODY:
        seen = {peer.person_id for peer in circle.others(viewer)}
        assert seen == (model.agreed - {viewer} if viewer in model.agreed else set())
        for person, number in numbers.items():
            found = circle.numbered(viewer, number)
            assert (found is not None) == model.both((viewer, person))
            assert found is None or found.person_id == person
        received = {c.writer_id: c.words.good for c in circle.received(viewer)}
        assert circle.counts[viewer] == len(received)
        assert received == {
            writer: text
            for (writer, receiver), text in model.sent.items()
            if receiver == viewer and model.readable((writer, receiver))
        }
        for other in EVERYBODY:
            pair = (viewer, other)
            own = circle.between(viewer, other)
            assert (own is not None) == (model.both(pair) and pair in model.rows)
            if own is not None:
                assert own.unsent.good == model.draft.get(pair, model.sent.get(pair, ""))
                assert own.is_out == (pair in model.out)
        everybody_else = [p.person_id for p in circle.first_to_read(viewer, set(EVERYBODY))]
        assert set(everybody_else) == {
            p for p in seen if (viewer, p) not in model.out or not model.both((viewer, p))
        }
    for view in circle.for_staff():
        pair = (view.comment.writer_id, view.comment.receiver_id)
        shown = model.both(pair) and pair in model.out
        assert (view.words.good if view.words else None) == (model.sent[pair] if shown else None)
        assert (Standing.TAKEN_DOWN in view.standings) == (shown and pair in model.down)
    assert {p.person_id for p in circle.agreeing()} == model.agreed


@settings(max_examples=100)
@given(st.lists(steps, max_size=30))
def test_only_who_agrees_sees_and_is_seen(taken: list[tuple[str, str, str]]) -> None:
    with a_run() as database:
        model = Model()
        numbers: dict[str, int] = {}
        for place, step in enumerate(
            [("agree", "p-a", ""), ("agree", "p-b", ""), ("send", "p-a", "p-b"), *taken]
        ):
            with database.session() as session:
                before = load_circle(session, "r")
                if not take(session, model, step, f"{step} {place}"):
                    assert load_circle(session, "r") == before
            with database.reading() as session:
                circle = load_circle(session, "r")
                assert load_circle(session, "other") == Circle({})
            for person, peer in circle.peers.items():
                assert numbers.setdefault(person, peer.number) == peer.number  # it is for good
            check(circle, model, numbers)


# One at a time


@pytest.fixture
def database() -> Iterator[Database]:
    with a_run() as made:
        with made.session() as session:
            for name in PEOPLE:
                agree(session, "r", name, now=NOW)
        yield made


def send(database: Database, writer: str, receiver: str, words: Words = WORDS) -> int:
    with database.session() as session:
        known = load_circle(session, "r").between(writer, receiver)
        base = known.revision if known else 0
        send_comment(session, "r", writer, receiver, words, base_revision=base, now=NOW)
        comment = load_circle(session, "r").between(writer, receiver)
        assert comment is not None
        return comment.id


def circle_of(database: Database) -> Circle:
    with database.reading() as session:
        return load_circle(session, "r")


def test_two_pages_do_not_overwrite_each_other(database) -> None:
    send(database, "p-a", "p-b")
    for change in (send_comment, keep_draft):
        with database.session() as session, pytest.raises(CommentConflict) as caught:
            change(session, "r", "p-a", "p-b", Words("別"), base_revision=0, now=NOW)
        assert caught.value.current.words == WORDS


def test_a_withdrawn_comment_stays_with_its_writer_until_it_is_deleted(database) -> None:
    send(database, "p-a", "p-b")
    with database.session() as session:
        withdraw_comment(session, "r", "p-a", "p-b", now=NOW + timedelta(hours=1))
    circle = circle_of(database)
    assert circle.received("p-b") == ()
    own = circle.between("p-a", "p-b")
    assert own is not None
    assert (own.unsent, own.is_out) == (WORDS, False)
    [view] = circle.for_staff()
    assert (view.words, view.standings) == (None, (Standing.WITHDRAWN,))
    with database.session() as session:
        forget_words(session, "r", "p-a", "p-b")
    [kept] = circle_of(database).comments
    assert (kept.words, kept.draft) == (Words(), None)


def test_a_draft_is_nobodys_but_the_writers_and_moves_no_time(database) -> None:
    number = send(database, "p-a", "p-b")
    with database.session() as session:
        later = NOW + timedelta(hours=1)
        keep_draft(session, "r", "p-a", "p-b", Words("続き"), base_revision=1, now=later)
        keep_draft(session, "r", "p-a", "p-c", Words("途中"), base_revision=0, now=later)
    circle = circle_of(database)
    assert [(c.id, c.words, c.changed_at) for c in circle.received("p-b")] == [(number, WORDS, NOW)]
    assert circle.received("p-c") == ()
    assert [view.words for view in circle.for_staff()] == [WORDS]
    own = circle.between("p-a", "p-b")
    assert own is not None
    assert own.unsent == Words("続き")
    with database.session() as session:
        forget_words(session, "r", "p-a", "p-b")
    assert [c.words for c in circle_of(database).received("p-b")] == [WORDS]


def test_no_words_and_the_words_that_were_sent_are_no_draft(database) -> None:
    send(database, "p-a", "p-b")
    for words in (Words(), WORDS):
        with database.session() as session:
            known = load_circle(session, "r").between("p-a", "p-b")
            assert known is not None
            keep_draft(session, "r", "p-a", "p-b", words, base_revision=known.revision, now=NOW)
        own = circle_of(database).between("p-a", "p-b")
        assert own is not None
        assert (own.draft, own.unsent) == (None, WORDS)


def test_what_was_taken_down_stays_down_when_it_is_written_anew(database) -> None:
    number = send(database, "p-a", "p-b")
    with database.session() as session:
        report(session, "r", "p-b", number, now=NOW)
        take_down(session, "r", number, reason="人を責めています", read=NOW, now=NOW)
    with database.session() as session:
        withdraw_comment(session, "r", "p-a", "p-b", now=NOW)
    send(database, "p-a", "p-b", Words("書きなおし", "?", "!"))
    circle = circle_of(database)
    assert circle.received("p-b") == ()
    [view] = circle.for_staff()
    assert view.standings == (Standing.TAKEN_DOWN, Standing.REPORTED)
    assert view.comment.reason == "人を責めています"
    with database.session() as session:
        restore(session, "r", number, read=NOW)
        settle(session, "r", number, read=NOW)
    circle = circle_of(database)
    assert [c.words.good for c in circle.received("p-b")] == ["書きなおし"]
    assert circle.for_staff()[0].standings == (Standing.SHOWN,)


def test_nobody_judges_words_they_have_not_read(database) -> None:
    number = send(database, "p-a", "p-b")
    later = NOW + timedelta(minutes=1)
    with database.session() as session:
        take_down(session, "r", number, reason="理由", read=NOW, now=NOW)
        send_comment(session, "r", "p-a", "p-b", Words("別"), base_revision=1, now=later)
    for judge in (restore, settle, partial(take_down, reason="別の理由", now=later)):
        with database.session() as session, pytest.raises(CommentConflict):
            judge(session, "r", number, read=NOW)
    [view] = circle_of(database).for_staff()
    assert view.standings == (Standing.TAKEN_DOWN, Standing.REWRITTEN)
    assert view.comment.reason == "理由"


def test_nobody_judges_what_was_taken_out_of_sight(database) -> None:
    withdrawn, apart = send(database, "p-a", "p-b"), send(database, "p-b", "p-c")
    with database.session() as session:
        withdraw_comment(session, "r", "p-a", "p-b", now=NOW)
        leave(session, "r", "p-c")
    for number in (withdrawn, apart):
        for judge in (restore, settle, partial(take_down, reason="理由", now=NOW)):
            with database.session() as session, pytest.raises(NotAgreed):
                judge(session, "r", number, read=NOW)


def test_hidden_is_the_receivers_own_business(database) -> None:
    number = send(database, "p-a", "p-b")
    with database.session() as session:
        set_hidden(session, "r", "p-b", number, is_hidden=True, now=NOW)
        with pytest.raises(NotAgreed):
            set_hidden(session, "r", "p-c", number, is_hidden=True, now=NOW)
        with pytest.raises(NotAgreed):
            report(session, "r", "p-a", number, now=NOW)
    circle = circle_of(database)
    [comment] = circle.received("p-b")
    assert comment.hidden_at == NOW
    assert circle.for_staff()[0].standings == (Standing.HIDDEN,)


def test_numbers_are_drawn_by_lot(database) -> None:
    numbers = [peer.number for peer in circle_of(database).peers.values()]
    assert len(set(numbers)) == 3
    assert all(number in NUMBERS for number in numbers)
    with database.session() as session, pytest.raises(sa.exc.IntegrityError):
        session.add(PeerRow(run_id="r", person_id=OUTSIDER, number=numbers[0]))
        session.flush()


# Whose plan is read first


def peer(name: str, number: int) -> Peer:
    return Peer(person_id=name, number=number, name=name, agreed_at=NOW)


def sent(number: int, writer: str, receiver: str) -> Comment:
    return Comment(
        id=number,
        writer_id=writer,
        receiver_id=receiver,
        words=WORDS,
        draft=None,
        revision=1,
        sent_at=NOW,
        changed_at=NOW,
        withdrawn_at=None,
        hidden_at=None,
        reported_at=None,
        taken_down_at=None,
        reason="",
    )


FIVE = {name: peer(name, 100_000 * place) for place, name in enumerate("abcde", start=1)}


def first(circle: Circle, viewer: str, begun: str = "abcde") -> list[str]:
    return [one.person_id for one in circle.first_to_read(viewer, set(begun))]


def test_plans_with_the_fewest_comments_are_read_first() -> None:
    comments = (sent(1, "b", "c"), sent(2, "d", "c"), sent(3, "d", "b"))
    circle = Circle(FIVE, comments)
    assert first(circle, "a") == ["d", "e", "b"]
    assert first(circle, "a", "bce") == ["e", "b", "c"]
    assert first(circle, "d") == ["e", "a"]  # the others have d's comment already
    assert first(circle, "z") == []


def test_not_everybody_begins_with_the_same_plan() -> None:
    circle = Circle(FIVE)
    assert [first(circle, viewer)[0] for viewer in "abcde"] == ["b", "c", "d", "e", "a"]


# The form


def test_three_parts_are_needed_and_not_too_long() -> None:
    assert problems_of_comment(WORDS) == {}
    assert problems_of_comment(Words()) == {
        part.id: f"「{part.label}」を1つ書いてください。短くてもかまいません。" for part in PARTS
    }
    long = Words("あ" * LONGEST, "い" * (LONGEST + 1), "う")
    assert problems_of_comment(long) == {"question": "いま401字です。400字までにすると送れます。"}
    assert problems_of_draft(long) == {}
    assert problems_of_draft(Words("あ" * 4001)) == {
        "good": "いま4001字です。下書きは4000字までにすると保存できます。"
    }


@given(st.dictionaries(st.sampled_from([*(p.id for p in PARTS), "x"]), st.text()))
def test_whatever_is_typed_is_read_once_and_for_all(typed: dict[str, str]) -> None:
    words = read_words(typed)
    assert read_words(words.as_dict()) == words


def test_the_examples_could_be_sent() -> None:
    assert problems_of_comment(Words(*(part.example for part in PARTS))) == {}


# The tables


def test_erasing_takes_consent_and_comments_along(database) -> None:
    send(database, "p-a", "p-b")
    send(database, "p-b", "p-c")
    send(database, "p-c", "p-a")
    with database.session() as session:
        erase_person(session, "p-a")
    circle = circle_of(database)
    assert set(circle.peers) == {"p-b", "p-c"}
    assert [(c.writer_id, c.receiver_id) for c in circle.comments] == [("p-b", "p-c")]
    with database.session() as session:
        erase_run(session, "r")
    assert circle_of(database) == Circle({})


def test_the_tables_come_and_go_beside_what_is_there(tmp_path) -> None:
    database = Database(f"sqlite:///{tmp_path / 'm.db'}")
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))

    def migrate(change, revision: str) -> set[str]:
        with database.engine.begin() as connection:
            config.attributes["connection"] = connection
            change(config, revision)
        return set(sa.inspect(database.engine).get_table_names())

    before = migrate(command.upgrade, "0003")
    with database.session() as session:
        session.add(Person(id="p", name="人", token_hash="h", created_at=NOW))
    assert migrate(command.upgrade, "0004") - before == {"peer", "peer_comment"}
    assert migrate(command.downgrade, "0003") == before
    database.upgrade()
    with database.reading() as session:
        assert session.get_one(Person, "p").name == "人"
        assert load_circle(session, "r") == Circle({})
    database.dispose()
