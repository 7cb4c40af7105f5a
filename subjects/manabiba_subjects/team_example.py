"""Nineteen fictional participants and six organisations that want a team."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files

from .teams import Organisation, Participant, TeamTask


@cache
def example_task() -> TeamTask:
    """The example; each team has two to four people.

    >>> len(example_task().participants), len(example_task().organisations)
    (19, 6)
    """
    text = files("manabiba_subjects").joinpath("team_example.toml").read_text(encoding="utf-8")
    data = tomllib.loads(text)
    return TeamTask(
        tuple(
            Participant(
                one["name"],
                frozenset(one["skills"]),
                tuple(one["wishes"]),
                frozenset(one["times"]),
            )
            for one in data["participants"]
        ),
        tuple(
            Organisation(one["name"], tuple(one["needs"]), times=frozenset(one["times"]))
            for one in data["organisations"]
        ),
    )
