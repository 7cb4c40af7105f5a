"""The best teams, or the conditions that clash.

HiGHS (through `_scipy.py`) gives the same answer to the same question; people and organisations
are put in the order of their names first, so that the order of a table does not matter either.

The objectives of `teams.rating` are taken one after the other, several levels of wishes as one
where the weights that keep them apart are small enough to be exact. After each, everything is
fixed that has the same value in all best solutions: what costs something by the linear program's
dual values stays at its bound. So each next step is smaller than the one before.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np

from manabiba_subjects.teams import Teams, TeamTask

from ._scipy import (
    NEARLY,
    InfeasibleError,
    Row,
    Vector,
    minimise,
    minimise_whole,
    sparse,
    with_row,
)
from .clash import Clash, find_clash

LARGE = 15_000
"""From so many undecided pairs on a whole bound is taken on trust: searching would take seconds."""

MOST_WEIGHT = 300_000
"""A larger weight times what counts as whole (1e-6) would come near to one person."""


@dataclass(frozen=True)
class Found:
    """The teams, and whether they were proved to be the best by `teams.rating`."""

    teams: Teams
    is_best: bool


class _Program:
    """Pairs of person and organisation as 0/1 variables, then one variable for each need.

    Rows are kept as `matrix @ x <= limits`; those in `tight` have to be equal.
    """

    def __init__(self, task: TeamTask) -> None:
        self.people = sorted(task.participants, key=lambda one: one.name)
        self.groups = sorted(task.organisations, key=lambda one: one.name)
        self.pairs = [
            (p, g)
            for p, person in enumerate(self.people)
            for g, group in enumerate(self.groups)
            if task.may_join(person, group)
        ]
        self.levels = np.array(
            [task.level(self.people[p], self.groups[g].name) for p, g in self.pairs]
        )
        needs = [(g, need) for g, group in enumerate(self.groups) for need in group.needs]
        self.size = len(self.pairs) + len(needs)
        of_person: list[Row] = [{} for _ in self.people]
        of_group: list[Row] = [{} for _ in self.groups]
        for column, (p, g) in enumerate(self.pairs):
            of_person[p][column] = of_group[g][column] = 1.0
        of_need: list[Row] = [
            {
                column: -1.0
                for column in of_group[g]
                if need in self.people[self.pairs[column][0]].skills
            }
            | {len(self.pairs) + number: 1.0}
            for number, (g, need) in enumerate(needs)
        ]
        at_least = [dict.fromkeys(row, -1.0) for row in of_group]
        self.matrix = sparse([*of_person, *of_group, *at_least, *of_need], self.size)
        self.limits = np.array(
            [1.0] * len(self.people)
            + [float(one.largest) for one in self.groups]
            + [-float(one.smallest) for one in self.groups]
            + [0.0] * len(needs)
        )
        self.tight = np.arange(len(self.limits)) < len(self.people)
        self.low, self.high = np.zeros(self.size), np.ones(self.size)
        self.has_gap = False

    def uncovered(self) -> Vector:
        """The needs that are covered, counted below 0."""
        counted = np.zeros(self.size)
        counted[len(self.pairs) :] = -1
        return counted

    def wishes(self, worst_level: int) -> Iterator[Vector]:
        """How many people are at each level from the worst to the second, a few levels as one:
        one person weighs more than everybody at the next level."""
        weight, most = len(self.people) + 1, 1
        while weight**most <= MOST_WEIGHT:
            most += 1
        levels = list(range(worst_level, 1, -1))
        for start in range(0, len(levels), most):
            counted = np.zeros(self.size)
            for level in levels[start : start + most]:
                counted *= weight
                counted[: len(self.pairs)] += self.levels == level
            yield counted

    def improve(
        self, objective: Vector, seconds: float, *, is_hasty: bool
    ) -> tuple[Vector | None, bool]:
        """The best values, kept for what follows; whether they were proved to be the best.

        They are whole, unless `is_hasty` and there is much to decide: then a bound that is a whole
        number is taken on trust, and InfeasibleError later says that it cannot be reached.
        """
        loose = minimise(objective, self.matrix, self.limits, self.tight, self.low, self.high)
        bound = float(objective @ loose.values)
        values, is_proved = loose.values, True
        is_large = int(np.count_nonzero(self.low < self.high)) >= LARGE
        is_trusted = (
            is_hasty and is_large and not self.has_gap and abs(bound - round(bound)) < NEARLY
        )
        if not is_trusted and not _is_whole(values[: len(self.pairs)]):
            whole, is_proved = minimise_whole(
                objective,
                self.matrix,
                self.limits,
                self.tight,
                self.low,
                self.high,
                is_whole=np.arange(self.size) < len(self.pairs),
                seconds=seconds,
            )
            if whole is None:
                return None, False
            values = whole
        reached = round(float(objective @ values))
        if reached - bound < NEARLY:
            self._fix(loose.at_cost, 0)
            self.tight |= loose.is_binding
        else:
            self.has_gap = True  # where one bound could not be reached, the next is no better
            is_pair = np.arange(self.size) < len(self.pairs)
            self._fix(np.where(is_pair, loose.at_cost, 0), reached - bound)
            self.matrix = with_row(self.matrix, objective)
            self.limits, self.tight = np.append(self.limits, reached), np.append(self.tight, False)
        return values, is_proved

    def _fix(self, at_cost: Vector, most: float) -> None:
        """Fix what would cost more than `most` to move off its bound."""
        stays_low, stays_high = at_cost > most + NEARLY, at_cost < -most - NEARLY
        self.high[stays_low] = self.low[stays_low]
        self.low[stays_high] = self.high[stays_high]

    def teams(self, values: Vector) -> Teams:
        """Values as teams."""
        return {
            self.people[p].name: self.groups[g].name
            for (p, g), value in zip(self.pairs, values, strict=False)
            if value > 0.5
        }


def find_teams(
    task: TeamTask, *, timer: Callable[[], float], patience: float = 120
) -> Found | Clash:
    """The teams with the best `teams.rating`, or a smallest set of conditions that clash.

    `timer` counts seconds. After some `patience` of them the best teams so far are given, with
    `is_best` False; raises TimeoutError when there are none yet.
    """
    clash = find_clash(task)
    if clash is not None:
        return clash
    end = timer() + patience
    try:
        found = _improve_all(_Program(task), task.worst_level, timer, end, is_hasty=True)
    except InfeasibleError:
        found = None
    found = found or _improve_all(_Program(task), task.worst_level, timer, end, is_hasty=False)
    if found is None:
        raise TimeoutError(f"no teams found within {patience} s; allow more time")
    return found


def _improve_all(
    program: _Program,
    worst_level: int,
    timer: Callable[[], float],
    end: float,
    *,
    is_hasty: bool,
) -> Found | None:
    """One objective after the other; None when time is over before any teams were found."""
    objectives = [program.uncovered()]
    objectives += program.wishes(worst_level)
    best: Vector | None = None
    is_best = True
    for objective in objectives:
        is_last = objective is objectives[-1]
        seconds = max(end - timer(), 0.1)
        values, is_proved = program.improve(objective, seconds, is_hasty=is_hasty and not is_last)
        is_best = is_best and is_proved
        if values is None:
            break
        best = values
    if best is None or not _is_whole(best[: len(program.pairs)]):
        return None
    return Found(program.teams(best), is_best)


def _is_whole(values: Vector) -> bool:
    return bool(np.all(np.abs(values - np.round(values)) < NEARLY))
