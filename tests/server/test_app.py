"""Which lessons a server that has just started makes ready, and in which order."""

from datetime import timedelta

from manabiba_server.app import WARM_EVERY_S, warming
from manabiba_server.database import RunLesson


def evening(lesson_id: str, starts_at) -> RunLesson:
    return RunLesson(run_id="r", lesson_id=lesson_id, number=1, starts_at=starts_at)


def test_each_runs_nearest_evening_comes_at_once_and_every_lesson_once(world) -> None:
    day = timedelta(days=1)
    runs = {
        "spring": [evening("a-1", world.now - 60 * day), evening("a-2", world.now - 53 * day)],
        "autumn": [
            evening("a-1", world.now - 8 * day),
            evening("a-2", world.now - day),
            evening("a-3", world.now + 6 * day),
        ],
        "later": [evening("b-1", world.now + 30 * day), evening("b-2", world.now + 37 * day)],
        "empty": [],
    }
    assert warming(runs, world.now) == [
        (0.0, "autumn", "a-2"),
        (0.0, "later", "b-1"),
        (WARM_EVERY_S, "autumn", "a-3"),
        (WARM_EVERY_S, "autumn", "a-1"),
        (WARM_EVERY_S, "later", "b-2"),
    ]
