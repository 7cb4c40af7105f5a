"""Who is hasty or guesses waits, and keeps what was typed; nobody else has to wait."""

from __future__ import annotations

import pytest

from manabiba_server.pages import handlers

TYPED = "日付\t借方科目\n表ではないもの"


@pytest.fixture
def visit(site, world):
    return site(handlers, None, {"c": world.course})


@pytest.fixture
def send(visit):
    return lambda person_id: visit("/books/upload", person_id, form={"journal_text": TYPED})


def test_who_sends_files_too_often_waits_and_keeps_the_table(send, world) -> None:
    for _ in range(10):
        assert send(world.learner).status == 422
    stopped = send(world.learner)
    assert stopped.status == 429
    assert "1分ほど待ってから、もう一度送ってください" in stopped.words
    assert stopped.text_of("journal_text") == TYPED
    assert send(world.teacher).status == 422


def test_guessing_links_is_slowed_down(visit, world) -> None:
    answers = [visit(f"/me/guess{number}").status for number in range(61)]
    assert answers == [404] * 60 + [429]
    assert "1分ほど待ってから開きなおしてください" in visit("/me/guess").words
    assert visit("/home", world.learner).status == 200
