"""Own books belong to a person and are shown to nobody unless their owner shows them."""

import json
from datetime import timedelta

import pytest

from manabiba_server.books.content import books_from_json, books_to_json
from manabiba_server.books.store import (
    MOST_BOOKS,
    StoreError,
    add_books,
    books_list,
    books_of_owner,
    change_books,
    delete_books,
    load_books,
    set_shared,
    shared_books,
    shared_in_run,
    shares_of,
)
from manabiba_server.books.templates import case_books
from manabiba_server.database import OwnBooksRow, OwnBooksShare, Run
from manabiba_server.people import create_person


def kept(world) -> str:
    with world.database.session() as session:
        return add_books(session, world.learner, case_books(), reading=None, now=world.now).id


def test_books_come_back_from_json_unchanged() -> None:
    assert books_from_json(json.loads(json.dumps(books_to_json(case_books())))) == case_books()


def test_books_come_back_from_the_database_unchanged(world) -> None:
    books_id = kept(world)
    with world.database.reading() as session:
        row = books_of_owner(session, books_id, world.learner)
        assert row is not None
        assert load_books(row) == case_books()
        assert [r.id for r in books_list(session, world.learner)] == [books_id]


def test_books_are_not_there_for_anybody_else(world) -> None:
    books_id = kept(world)
    with world.database.session() as session:
        stranger, _ = create_person(session, name="他人", now=world.now)
        for other in (stranger.id, world.teacher):
            assert books_of_owner(session, books_id, other) is None
            assert books_list(session, other) == []
        run = session.get_one(Run, world.run)
        assert shared_in_run(session, run) == []
        assert shared_books(session, run, books_id) is None


def test_showing_and_taking_back(world) -> None:
    books_id = kept(world)
    with world.database.session() as session:
        row = session.get_one(OwnBooksRow, books_id)
        run = session.get_one(Run, world.run)
        set_shared(session, row, world.run, is_shared=True, now=world.now)
        set_shared(session, row, world.run, is_shared=True, now=world.now + timedelta(days=1))
        session.flush()
        assert shares_of(session, books_id) == {world.run: world.now}
        [(shown, owner, _)] = shared_in_run(session, run)
        assert (shown.id, owner.id) == (books_id, world.learner)
        assert shared_books(session, run, books_id) is row
        set_shared(session, row, world.run, is_shared=False, now=world.now)
        session.flush()
        assert shared_in_run(session, run) == []
        assert shared_books(session, run, books_id) is None


def test_books_are_shown_only_where_their_owner_takes_part(world) -> None:
    with world.database.session() as session:
        stranger, _ = create_person(session, name="他人", now=world.now)
        row = add_books(session, stranger.id, case_books(), reading=None, now=world.now)
        with pytest.raises(StoreError):
            set_shared(session, row, world.run, is_shared=True, now=world.now)


def test_deleting_leaves_nothing(world) -> None:
    books_id = kept(world)
    with world.database.session() as session:
        row = session.get_one(OwnBooksRow, books_id)
        set_shared(session, row, world.run, is_shared=True, now=world.now)
        session.flush()
        delete_books(session, row)
    with world.database.reading() as session:
        assert session.get(OwnBooksRow, books_id) is None
        assert session.get(OwnBooksShare, (books_id, world.run)) is None


def test_a_change_keeps_what_was_understood(world) -> None:
    books_id = kept(world)
    with world.database.session() as session:
        row = session.get_one(OwnBooksRow, books_id)
        row.content = {**row.content, "remarks": ["読みました"]}
        change_books(row, case_books(), now=world.now)
        assert row.content["remarks"] == ["読みました"]


def test_nobody_keeps_more_than_the_limit(world) -> None:
    for _ in range(MOST_BOOKS):
        kept(world)
    with pytest.raises(StoreError, match="20冊まで"):
        kept(world)
