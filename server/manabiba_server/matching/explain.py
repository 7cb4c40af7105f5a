"""Why everybody is where they are, in Japanese: for each team, for each person."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from manabiba_subjects.teams import (
    Organisation,
    Participant,
    Teams,
    TeamTask,
    can_meet,
    covered_by,
    members,
)

PRINCIPLE = (
    "人数の範囲、日時、固定した人を必ず守ったうえで、次の順に決めました。"
    "1. 必要なスキルを、できるだけ多くそろえる。"
    "2. 希望のどれもかなわない人を、できるだけ少なくする。"
    "3. そのあとで、下の順位の希望になる人を、できるだけ少なくする。"
)
"""The compromise between skills and wishes, as it is shown to everybody."""

NOT_PROVED = (
    "時間の中で見つかった、いちばん良い組み合わせです。もっと良いものがあるかもしれません。"
)


@dataclass(frozen=True)
class PersonInTeam:
    """One person's place: which wish it is, and why none of the better ones."""

    name: str
    organisation: str
    is_locked: bool
    wish: str
    reasons: tuple[str, ...]


@dataclass(frozen=True)
class NeedOfTeam:
    """A needed skill: who of the team has it, or why nobody does."""

    skill: str
    people: tuple[str, ...]
    reason: str


@dataclass(frozen=True)
class TeamCard:
    """One organisation's team; `size_words` says when it is too small or too large."""

    organisation: Organisation
    people: tuple[PersonInTeam, ...]
    needs: tuple[NeedOfTeam, ...]
    size_words: str


def team_cards(task: TeamTask, teams: Teams) -> tuple[TeamCard, ...]:
    """Every organisation's team with its reasons; `teams` may have been changed by hand."""
    return tuple(
        TeamCard(
            group,
            tuple(explain_person(task, teams, one) for one in members(task, teams, group.name)),
            tuple(
                NeedOfTeam(
                    skill,
                    tuple(people),
                    "" if people else _why_uncovered(task, teams, group, skill),
                )
                for skill, people in covered_by(task, teams, group).items()
            ),
            _size_words(group, len(members(task, teams, group.name))),
        )
        for group in task.organisations
    )


def explain_person(task: TeamTask, teams: Teams, person: Participant) -> PersonInTeam:
    """Which wish somebody got, and what stands in the way of each better one."""
    name = teams[person.name]
    is_locked = person.name in task.locks
    group = next(one for one in task.organisations if one.name == name)
    if not person.wishes:
        wish = "希望の記入なし"
    elif name in person.wishes:
        wish = f"第{1 + person.wishes.index(name)}希望"
    else:
        wish = "希望の外"
    if is_locked:
        reasons = ["事務局が固定しました。"]
    else:
        better = (
            person.wishes[: person.wishes.index(name)] if name in person.wishes else person.wishes
        )
        reasons = [_why_not(task, teams, person, group, wished) for wished in better]
    if not can_meet(person, group):
        reasons.append(f"{name}と活動できる日時が合いません。本人に確かめてください。")
    return PersonInTeam(person.name, name, is_locked, wish, tuple(reasons))


def summary(task: TeamTask, teams: Teams) -> str:
    """How many people got which wish, and how many needed skills are covered, in a sentence."""
    counts: Counter[str] = Counter(
        explain_person(task, teams, one).wish for one in task.participants
    )
    order = [f"第{number}希望" for number in range(1, task.worst_level)]
    order += ["希望の外", "希望の記入なし"]
    told = "、".join(f"{wish}{counts[wish]}人" for wish in order if counts[wish])
    needs = [
        people for one in task.organisations for people in covered_by(task, teams, one).values()
    ]
    covered = sum(bool(people) for people in needs)
    if not needs:
        return f"{told}。必要なスキルを書いた団体はありません。"
    return f"{told}。必要なスキル{len(needs)}のうち{covered}がそろいました。"


def _why_not(
    task: TeamTask, teams: Teams, person: Participant, group: Organisation, wished: str
) -> str:
    """What stands in the way of one wish, the other people staying where they are."""
    rank = f"第{1 + person.wishes.index(wished)}希望の{wished}は"
    target = next(one for one in task.organisations if one.name == wished)
    if not can_meet(person, target):
        return f"{rank}、活動できる日時が合いません。"
    obstacles = []
    if len(members(task, teams, wished)) >= target.largest:
        obstacles.append(f"{target.largest}人の定員がいっぱいです")
    size = len(members(task, teams, group.name))
    if size <= group.smallest:
        more = "もっと" if size < group.smallest else ""
        obstacles.append(f"{group.name}の人数が{more}足りなくなります")
    only = [
        skill for skill, people in covered_by(task, teams, group).items() if people == [person.name]
    ]
    if only:
        obstacles.append(f"{group.name}で「{'」「'.join(only)}」ができる人がいなくなります")
    if not obstacles:
        return f"{rank}、いま空きがあります。移すこともできます。"
    return f"{rank}、{'。また、'.join(obstacles)}。"


def _why_uncovered(task: TeamTask, teams: Teams, group: Organisation, skill: str) -> str:
    able = [one for one in task.participants if skill in one.skills]
    if not able:
        return "このスキルを書いた人がいません。"
    free = [one for one in able if can_meet(one, group)]
    if not free:
        return "できる人はいますが、日時が合いません。"
    places = "、".join(f"{one.name}さん({teams[one.name]})" for one in free[:5])
    more = f"ほか{len(free) - 5}人" if len(free) > 5 else ""
    return f"できる人は、ほかのチームにいます: {places}{more}。"


def _size_words(group: Organisation, size: int) -> str:
    if size < group.smallest:
        return f"あと{group.smallest - size}人必要です。"
    if size > group.largest:
        return f"{size - group.largest}人多すぎます。"
    return ""
