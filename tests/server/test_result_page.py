"""The page of released grades says of which submission they are."""

from __future__ import annotations

from datetime import timedelta

import pytest

from manabiba_server.database import Result
from manabiba_server.pages import handlers
from manabiba_server.results import release_results
from manabiba_server.submissions import submit

NOTICE = "この結果は、前に提出したものです。"
RELEASED = timedelta(hours=2)


@pytest.mark.parametrize("is_kept", [True, False], ids=["kept", "from before it was kept"])
@pytest.mark.parametrize("again", [None, timedelta(hours=1), timedelta(hours=3)])
def test_a_result_of_an_earlier_submission_says_so(site, world, again, is_kept: bool) -> None:
    with world.database.session() as session:
        submit(session, world.run, world.learner, world.lesson, now=world.now)
        if again:
            submit(session, world.run, world.learner, world.lesson, now=world.now + again)
        row = Result(
            run_id=world.run,
            person_id=world.learner,
            lesson_id=world.lesson,
            exercise_id="e1",
            position=0,
            title="問1",
            score=2.0,
            max_score=3.0,
            comment="",
            solution_answer="",
            solution_explanation="",
            submitted_at=world.now if is_kept else None,
        )
        release_results(session, world.run, world.lesson, [row], now=world.now + RELEASED)
    visit = site(handlers, None, {"c": world.course})
    words = visit("/runs/r-1/1/result", world.learner).words
    assert "合計 2点(満点 3点)" in words
    assert (NOTICE in words) is bool(again and (is_kept or again > RELEASED))
    assert ("受付番号 M-000002" in words) is (NOTICE in words)
