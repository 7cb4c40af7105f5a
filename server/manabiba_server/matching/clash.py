"""Why there are no teams: a smallest set of conditions that cannot all be kept.

People who can go to the same organisations are counted together, so that the question stays small.
Relaxing every condition at a price tells by the dual values which of them are at odds; then each
is left out in turn as long as the rest still clash.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from manabiba_subjects.teams import TeamTask

from ._scipy import NEARLY, InfeasibleError, Row, minimise, sparse

SHOWN_NAMES = 5


@dataclass(frozen=True)
class AtLeast:
    """A team's smallest size."""

    organisation: str
    people: int

    @property
    def words(self) -> str:
        """The condition in Japanese."""
        return f"「{self.organisation}」のチームは{self.people}人以上"


@dataclass(frozen=True)
class AtMost:
    """A team's largest size."""

    organisation: str
    people: int

    @property
    def words(self) -> str:
        """The condition in Japanese."""
        return f"「{self.organisation}」のチームは{self.people}人まで"


@dataclass(frozen=True)
class OnlyTo:
    """People who can go to some organisations only: by their times, or because they are locked."""

    names: tuple[str, ...]
    organisations: tuple[str, ...]
    is_locked: bool

    @property
    def words(self) -> str:
        """The condition in Japanese."""
        people, groups = _people(self.names), _groups(self.organisations)
        if self.is_locked:
            return f"{people}を{groups}に固定"
        if not self.organisations:
            return f"{people}は、どの団体とも日時が合わない"
        return f"{people}と日時が合うのは{groups}だけ"


Condition = AtLeast | AtMost | OnlyTo


@dataclass(frozen=True)
class Clash:
    """Conditions that cannot all be kept, though any of them could be without one of the others."""

    conditions: tuple[Condition, ...]
    summary: str
    """What does not add up, in one Japanese sentence; empty where only the list says it."""

    @property
    def advice(self) -> str:
        """What to do, in Japanese."""
        if len(self.conditions) == 1:
            return "この条件を変えてから、もう一度お試しください。"
        return (
            "次の条件は、同時には守れません。どれか1つをゆるめてから、もう一度お試しください"
            "(ほかにも合わないところがあれば、そのときにお知らせします)。"
        )


def find_clash(task: TeamTask) -> Clash | None:
    """A smallest set of clashing conditions; None when everybody can be given a team."""
    program = _Counting(task)
    suspects = program.suspects()
    if not suspects:
        return None
    if program.can_be_kept(suspects):
        suspects = program.conditions
    kept = list(suspects)
    for condition in suspects:
        rest = [one for one in kept if one != condition]
        if not program.can_be_kept(rest):
            kept = rest
    return Clash(tuple(kept), _summary(task, kept))


class _Counting:
    """How many people of each kind go to each organisation."""

    def __init__(self, task: TeamTask) -> None:
        self.groups = task.organisations
        self.kinds = _kinds(task)
        self.conditions: list[Condition] = [
            *(kind for kind in self.kinds if len(kind.organisations) < len(self.groups)),
            *(AtLeast(one.name, one.smallest) for one in self.groups),
            *(AtMost(one.name, one.largest) for one in self.groups),
        ]

    def suspects(self) -> list[Condition]:
        """The conditions that are at odds when each may be broken at a price; none: no clash."""
        kinds, groups = len(self.kinds), len(self.groups)
        width = kinds * groups
        rows = self._rows(kinds)
        for number, row in enumerate(rows[kinds:]):
            row[width + number] = -1.0
        is_barred = np.array(
            [group.name not in kind.organisations for kind in self.kinds for group in self.groups]
        )
        price = np.concatenate([is_barred.astype(np.float64), np.ones(2 * groups)])
        limits = [
            *(len(kind.names) for kind in self.kinds),
            *(one.largest for one in self.groups),
            *(-one.smallest for one in self.groups),
        ]
        found = minimise(
            price,
            sparse(rows, len(price)),
            np.array(limits, dtype=np.float64),
            np.arange(len(rows)) < kinds,
            np.zeros(len(price)),
            np.full(len(price), np.inf),
        )
        if float(price @ found.values) < NEARLY:
            return []
        used = (found.at_cost[:width] < 1 - NEARLY) & is_barred
        suspected = {
            kind
            for kind, is_used in zip(self.kinds, used.reshape(kinds, groups), strict=True)
            if is_used.any()
        }
        binding = found.is_binding[kinds:].reshape(2, groups)
        return [
            condition
            for condition, is_suspect in zip(
                self.conditions,
                [
                    *(one in suspected for one in self.conditions if isinstance(one, OnlyTo)),
                    *binding[1],
                    *binding[0],
                ],
                strict=True,
            )
            if is_suspect
        ]

    def can_be_kept(self, conditions: Sequence[Condition]) -> bool:
        """Whether everybody can be given a team that keeps these conditions, and no others.

        People whose limits are not among the conditions are counted as one kind.
        """
        kept = set(conditions)
        kinds = [kind for kind in self.kinds if kind in kept]
        everybody = sum(len(kind.names) for kind in self.kinds)
        rest = everybody - sum(len(kind.names) for kind in kinds)
        rows = self._rows(len(kinds) + 1)
        limits = [
            *(len(kind.names) for kind in kinds),
            rest,
            *(
                one.largest if AtMost(one.name, one.largest) in kept else everybody
                for one in self.groups
            ),
            *(
                -one.smallest if AtLeast(one.name, one.smallest) in kept else 0
                for one in self.groups
            ),
        ]
        high = [
            np.inf if group.name in kind.organisations else 0.0
            for kind in kinds
            for group in self.groups
        ] + [np.inf] * len(self.groups)
        nothing = np.zeros(len(high))
        try:
            minimise(
                nothing,
                sparse(rows, len(high)),
                np.array(limits, dtype=np.float64),
                np.arange(len(rows)) <= len(kinds),
                nothing,
                np.array(high),
            )
        except InfeasibleError:
            return False
        return True

    def _rows(self, kinds: int) -> list[Row]:
        """A row for each kind, then two for each organisation: at most, at least."""
        groups = len(self.groups)
        by_kind = [{k * groups + g: 1.0 for g in range(groups)} for k in range(kinds)]
        by_group = [{k * groups + g: 1.0 for k in range(kinds)} for g in range(groups)]
        return [*by_kind, *by_group, *(dict.fromkeys(row, -1.0) for row in by_group)]


def _kinds(task: TeamTask) -> list[OnlyTo]:
    kinds: dict[tuple[tuple[str, ...], bool], list[str]] = {}
    for person in task.participants:
        where = tuple(one.name for one in task.organisations if task.may_join(person, one))
        kinds.setdefault((where, person.name in task.locks), []).append(person.name)
    return [OnlyTo(tuple(names), where, locked) for (where, locked), names in kinds.items()]


def _summary(task: TeamTask, conditions: Iterable[Condition]) -> str:
    """The numbers that do not fit, where one comparison of sums says it all."""
    kept = list(conditions)
    least = [one for one in kept if isinstance(one, AtLeast)]
    most = [one for one in kept if isinstance(one, AtMost)]
    bound = [one for one in kept if isinstance(one, OnlyTo)]
    everybody = len(task.participants)
    concerned = sum(len(one.names) for one in bound)
    if not least and not most and bound:
        return f"{_people(bound[0].names)}の行ける団体がありません。"
    if most and not least:
        room = sum(one.people for one in most)
        people = concerned if bound else everybody
        if people > room:
            limit = f"入れるのは{_together(most)}{room}人までです。"
            if not bound:
                return f"受講者が{people}人いますが、{len(most)}団体に{limit}"
            where = _groups([one.organisation for one in most])
            return f"次の{people}人が行けるのは{where}だけですが、{limit}"
    if least and not most:
        wanted = sum(one.people for one in least)
        people = everybody - concerned
        if people < wanted:
            where = f"{_groups([one.organisation for one in least])}には{_together(least)}"
            if bound:
                return f"{where}{wanted}人以上が必要ですが、入れるのは多くても{people}人です。"
            total = sum(one.smallest for one in task.organisations)
            more = f"(全部の団体では{total}人以上)" if total > wanted else ""
            return f"{where}{wanted}人以上が必要ですが{more}、受講者は{people}人です。"
    return ""


def _together(sizes: Sequence[Condition]) -> str:
    return "合わせて" if len(sizes) > 1 else ""


def _people(names: Sequence[str]) -> str:
    shown = "・".join(f"{name}さん" for name in names[:SHOWN_NAMES])
    more = len(names) - SHOWN_NAMES
    return f"{shown}ほか{more}人" if more > 0 else shown


def _groups(names: Sequence[str]) -> str:
    shown = "".join(f"「{name}」" for name in names[:SHOWN_NAMES])
    more = len(names) - SHOWN_NAMES
    return f"{shown}ほか{more}団体" if more > 0 else shown
