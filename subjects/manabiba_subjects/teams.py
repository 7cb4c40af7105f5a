"""Teams for pro bono projects (コラボノプロジェクト): who goes where, and how good that is.

Nothing is searched here: the platform's solver looks for the best teams by `rating`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

Teams = Mapping[str, str]
"""The name of each participant's organisation, by the participant's name."""


@dataclass(frozen=True)
class Participant:
    """Somebody with skills; `wishes` are organisations, first wish first; no `times`: any time."""

    name: str
    skills: frozenset[str] = frozenset()
    wishes: tuple[str, ...] = ()
    times: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Organisation:
    """A group that gets a team of `smallest` to `largest` people; no `times`: any time."""

    name: str
    needs: tuple[str, ...] = ()
    smallest: int = 2
    largest: int = 4
    times: frozenset[str] = frozenset()


@dataclass(frozen=True)
class TeamTask:
    """Everybody gets into one team, and every organisation gets one.

    `locks` are settled by the coordinator: each participant's organisation, whatever their times.
    Raises ValueError that names everything that does not fit together.
    """

    participants: tuple[Participant, ...]
    organisations: tuple[Organisation, ...]
    locks: Teams = field(default_factory=dict)

    def __post_init__(self) -> None:
        if errors := tuple(_errors(self)):
            raise ValueError("\n".join(errors))

    @cached_property
    def worst_level(self) -> int:
        """The level of whoever gets none of their wishes."""
        return 1 + max((len(one.wishes) for one in self.participants), default=0)

    def level(self, participant: Participant, organisation: str) -> int:
        """Which wish an organisation is: 1 the first; `worst_level` when it was not wished for.

        Somebody without any wish is content everywhere (level 1).
        """
        if not participant.wishes:
            return 1
        if organisation in participant.wishes:
            return 1 + participant.wishes.index(organisation)
        return self.worst_level

    def may_join(self, participant: Participant, organisation: Organisation) -> bool:
        """Whether they have a time in common; where one is locked, only there."""
        locked = self.locks.get(participant.name)
        if locked is not None:
            return locked == organisation.name
        return can_meet(participant, organisation)


@dataclass(frozen=True, order=True)
class Rating:
    """How far teams are from what everybody wants: smaller is better, compared in this order.

    `uncovered` needs count first; then `levels`: how many people are at the worst level, at the
    next, and so on up to their second wish. So the worst-off wishes are improved first.
    """

    uncovered: int
    levels: tuple[int, ...]


def can_meet(participant: Participant, organisation: Organisation) -> bool:
    """Whether somebody and a group have a time in common."""
    if not participant.times or not organisation.times:
        return True
    return bool(participant.times & organisation.times)


def members(task: TeamTask, teams: Teams, organisation: str) -> tuple[Participant, ...]:
    """The people of a team, in the order of the task."""
    return tuple(one for one in task.participants if teams.get(one.name) == organisation)


def covered_by(task: TeamTask, teams: Teams, organisation: Organisation) -> dict[str, list[str]]:
    """For each skill that a group needs, the names of its team's people who have it."""
    team = members(task, teams, organisation.name)
    return {need: [one.name for one in team if need in one.skills] for need in organisation.needs}


def rating(task: TeamTask, teams: Teams) -> Rating:
    """How good complete teams are."""
    uncovered = sum(
        not people for one in task.organisations for people in covered_by(task, teams, one).values()
    )
    counts = Counter(task.level(one, teams[one.name]) for one in task.participants)
    return Rating(uncovered, tuple(counts[level] for level in range(task.worst_level, 1, -1)))


def find_problems(task: TeamTask, teams: Teams) -> tuple[str, ...]:
    """What is wrong with teams, in Japanese: people left over, sizes, times, uncovered skills.

    >>> helpers = tuple(Participant(name, frozenset({"広報"})) for name in ("A", "B"))
    >>> task = TeamTask(helpers, (Organisation("広場", ("広報", "会計")),))
    >>> for problem in find_problems(task, {"A": "広場"}):
    ...     print(problem)
    Bさんのチームがまだ決まっていません。
    広場のチームは1人です。2人以上4人以下にしましょう。
    広場に必要な「会計」ができる人がいません。
    """
    groups = {one.name: one for one in task.organisations}
    problems = [
        f"{one.name}さんのチームがまだ決まっていません。"
        for one in task.participants
        if teams.get(one.name) not in groups
    ]
    for group in task.organisations:
        size = len(members(task, teams, group.name))
        if not group.smallest <= size <= group.largest:
            problems.append(
                f"{group.name}のチームは{size}人です。"
                f"{group.smallest}人以上{group.largest}人以下にしましょう。"
            )
    for one in task.participants:
        own = groups.get(teams.get(one.name, ""))
        if own is not None and not can_meet(one, own):
            problems.append(f"{one.name}さんと{own.name}は、活動できる日時が合いません。")
    for group in task.organisations:
        problems += [
            f"{group.name}に必要な「{need}」ができる人がいません。"
            for need, people in covered_by(task, teams, group).items()
            if not people
        ]
    return tuple(problems)


def _errors(task: TeamTask) -> Iterable[str]:
    people = [one.name for one in task.participants]
    groups = [one.name for one in task.organisations]
    for what, names in (("受講者", people), ("団体", groups)):
        if not names:
            yield f"{what}が1つもありません。"
        for name, count in Counter(names).items():
            if count > 1:
                yield f"{what}「{name}」が{count}回あります。名前を書き分けてください。"
    for group in task.organisations:
        if not 0 <= group.smallest <= group.largest:
            yield f"「{group.name}」の人数が{group.smallest}〜{group.largest}人です。"
        if len(set(group.needs)) < len(group.needs):
            yield f"「{group.name}」の必要なスキルに、同じものが2回あります。"
    for one in task.participants:
        for wish in one.wishes:
            if wish not in groups:
                yield f"{one.name}さんの希望「{wish}」という団体がありません。"
        if len(set(one.wishes)) < len(one.wishes):
            yield f"{one.name}さんの希望に、同じ団体が2回あります。"
    for name, group_name in task.locks.items():
        if name not in people or group_name not in groups:
            yield f"「{name}」を「{group_name}」に固定できません。どちらかが表にありません。"
