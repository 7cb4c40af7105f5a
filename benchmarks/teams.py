"""The best teams of 500 people and 80 organisations, as the team board finds them.

Skills, times and wishes are drawn at random from a seed; some organisations are wished for much
more often than others, so that wishes compete.
"""

from __future__ import annotations

import random
import time

from report import arguments, say

from manabiba_server.matching.solve import Found, find_teams
from manabiba_subjects.teams import Organisation, Participant, TeamTask, rating

TIMES = ("平日夜", "土曜", "日曜", "平日昼")
SKILLS = tuple(f"スキル{number}" for number in range(12))


def drawn_task(people: int, organisations: int, seed: int) -> TeamTask:
    """A task in which everybody finds a place."""
    draw = random.Random(seed)
    average = people / organisations
    groups = tuple(
        Organisation(
            f"団体{number}",
            tuple(draw.sample(SKILLS, 3)),
            int(average * 2 / 3),
            int(average * 4 / 3) + 1,
            frozenset(draw.sample(TIMES, 2)),
        )
        for number in range(organisations)
    )
    names = [one.name for one in groups]
    weights = [1 / (1 + number) for number in range(organisations)]
    participants = tuple(
        Participant(
            f"受講者{number}",
            frozenset(draw.sample(SKILLS, draw.randint(1, 3))),
            tuple(dict.fromkeys(draw.choices(names, weights, k=3))),
            frozenset(draw.sample(TIMES, draw.randint(1, 3))),
        )
        for number in range(people)
    )
    return TeamTask(participants, groups)


def main() -> None:
    given = arguments(__doc__, people=500, organisations=80, seed=1)
    task = drawn_task(given.people, given.organisations, given.seed)
    began, cpu_began = time.perf_counter(), time.process_time()
    found = find_teams(task, timer=time.monotonic)
    seconds, cpu_s = time.perf_counter() - began, time.process_time() - cpu_began
    if not isinstance(found, Found):
        raise SystemExit(found.summary)
    reached = rating(task, found.teams)
    result = {"seconds": seconds, "cpu_s": cpu_s, "is_best": found.is_best}
    rows = [
        ("seconds", seconds),
        ("processor time, s", cpu_s),
        ("proved the best", found.is_best),
        ("needed skills that nobody has", reached.uncovered),
        ("people by wish, none of them first", " ".join(map(str, reached.levels))),
    ]
    say(f"{given.people} people, {given.organisations} organisations", ("ours",), rows, result)


if __name__ == "__main__":
    main()
