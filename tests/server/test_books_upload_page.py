"""Sending files again and again: who is hasty waits, and keeps what was typed."""

from __future__ import annotations

import pytest

from manabiba_server.pages import handlers

TYPED = "日付\t借方科目\n表ではないもの"


@pytest.fixture
def send(site, world):
    visit = site(handlers, None, {"c": world.course})
    return lambda person_id: visit("/books/upload", person_id, form={"journal_text": TYPED})


def test_who_sends_too_often_waits_and_keeps_the_table(send, world) -> None:
    for _ in range(10):
        assert send(world.learner).status == 422
    stopped = send(world.learner)
    assert stopped.status == 429
    assert "1分ほど待ってから、もう一度送ってください" in stopped.words
    assert stopped.text_of("journal_text") == TYPED


def test_nobody_else_has_to_wait(send, world) -> None:
    while send(world.learner).status != 429:
        pass
    assert send(world.teacher).status == 422
