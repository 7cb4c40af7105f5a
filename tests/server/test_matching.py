"""The solver against brute force; real and minimal clashes, locks, order of a table."""

import re
from collections.abc import Iterator
from itertools import product
from random import Random
from time import monotonic

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from manabiba_server.matching.clash import AtLeast, AtMost, Clash, OnlyTo, find_clash
from manabiba_server.matching.solve import LARGE, MOST_WEIGHT, Found, find_teams
from manabiba_subjects.teams import (
    Organisation,
    Participant,
    Rating,
    Teams,
    TeamTask,
    can_meet,
    members,
    rating,
)

SKILLS, TIMES, GROUPS = ("広報", "会計", "表計算"), ("平日夜", "土曜"), ("広場", "食堂", "農園")


def solve(task: TeamTask) -> Found | Clash:
    return find_teams(task, timer=monotonic)


@st.composite
def tasks(draw: st.DrawFn) -> TeamTask:
    groups = GROUPS[: draw(st.integers(1, 3))]
    some = lambda words: st.frozensets(st.sampled_from(words), max_size=2)  # noqa: E731
    organisations = []
    for name in groups:
        smallest = draw(st.integers(0, 2))
        organisations.append(
            Organisation(
                name,
                tuple(sorted(draw(some(SKILLS)))),
                smallest,
                smallest + draw(st.integers(0, 2)),
                draw(some(TIMES)),
            )
        )
    people = [
        Participant(
            name,
            draw(some(SKILLS)),
            tuple(draw(st.lists(st.sampled_from(groups), unique=True, max_size=3))),
            draw(some(TIMES)),
        )
        for name in "ABCDEF"[: draw(st.integers(1, 6))]
    ]
    locks = draw(
        st.dictionaries(
            st.sampled_from([one.name for one in people]), st.sampled_from(groups), max_size=2
        )
    )
    return TeamTask(tuple(people), tuple(organisations), locks)


def all_teams(task: TeamTask) -> Iterator[Teams]:
    """Every way to give everybody a team that keeps the conditions."""
    groups = [one.name for one in task.organisations]
    for choice in product(groups, repeat=len(task.participants)):
        teams = dict(zip([one.name for one in task.participants], choice, strict=True))
        if keeps_conditions(task, teams):
            yield teams


def keeps_conditions(task: TeamTask, teams: Teams) -> bool:
    by_name = {one.name: one for one in task.organisations}
    return all(
        one.smallest <= len(members(task, teams, one.name)) <= one.largest
        for one in task.organisations
    ) and all(
        teams[one.name] == task.locks[one.name]
        if one.name in task.locks
        else can_meet(one, by_name[teams[one.name]])
        for one in task.participants
    )


@pytest.mark.parametrize(("large", "weight"), [(0, MOST_WEIGHT), (LARGE, MOST_WEIGHT), (0, 1)])
@settings(
    max_examples=120,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(tasks())
def test_the_best_teams_are_found_or_a_clash_is_told(
    monkeypatch, large: int, weight: int, task: TeamTask
) -> None:
    """Also where bounds are taken on trust first, as with many people, and level by level."""
    monkeypatch.setattr("manabiba_server.matching.solve.LARGE", large)
    monkeypatch.setattr("manabiba_server.matching.solve.MOST_WEIGHT", weight)
    possible = [rating(task, teams) for teams in all_teams(task)]
    found = solve(task)
    if not possible:
        assert isinstance(found, Clash)
        return
    assert isinstance(found, Found)
    assert found.is_best
    assert keeps_conditions(task, found.teams)
    assert rating(task, found.teams) == min(possible)


def keeps(task: TeamTask, teams: Teams, condition: AtLeast | AtMost | OnlyTo) -> bool:
    if isinstance(condition, OnlyTo):
        return all(teams[name] in condition.organisations for name in condition.names)
    size = len(members(task, teams, condition.organisation))
    return size >= condition.people if isinstance(condition, AtLeast) else size <= condition.people


@settings(max_examples=150, deadline=None)
@given(tasks())
def test_a_clash_is_real_and_none_of_it_can_be_left_out(task: TeamTask) -> None:
    clash = find_clash(task)
    if clash is None:
        return
    groups = [one.name for one in task.organisations]
    names = [one.name for one in task.participants]
    everything = [
        dict(zip(names, choice, strict=True)) for choice in product(groups, repeat=len(names))
    ]

    def can_keep(conditions: list[AtLeast | AtMost | OnlyTo]) -> bool:
        return any(all(keeps(task, teams, one) for one in conditions) for teams in everything)

    told = list(clash.conditions)
    assert told
    assert not can_keep(told)
    for one in told:
        assert can_keep([other for other in told if other != one])


@settings(max_examples=30, deadline=None)
@given(tasks(), st.randoms(use_true_random=False))
def test_the_order_of_the_tables_changes_nothing(task: TeamTask, random: Random) -> None:
    people, groups = list(task.participants), list(task.organisations)
    random.shuffle(people)
    random.shuffle(groups)
    mixed = TeamTask(tuple(people), tuple(groups), task.locks)
    found, again = solve(task), solve(mixed)
    if isinstance(found, Found):
        assert found == again
    else:
        assert isinstance(again, Clash)


def people(names: str, **about: object) -> tuple[Participant, ...]:
    return tuple(Participant(name, **about) for name in names)  # type: ignore[arg-type]


def test_needed_skills_come_before_wishes() -> None:
    writer = Participant("A", frozenset({"広報"}), ("食堂",))
    others = people("BCD", wishes=("食堂",))
    task = TeamTask(
        (writer, *others), (Organisation("広場", ("広報",), 1, 4), Organisation("食堂", (), 1, 4))
    )
    found = solve(task)
    assert isinstance(found, Found)
    assert found.teams == {"A": "広場", "B": "食堂", "C": "食堂", "D": "食堂"}


def test_the_worst_off_wish_is_improved_first() -> None:
    """Two second wishes are better than a first one and none at all."""
    task = TeamTask(
        (
            Participant("A", wishes=("広場", "食堂")),
            Participant("B", wishes=("農園", "広場")),
            Participant("C", wishes=("食堂", "農園")),
            Participant("D", wishes=("広場",)),
        ),
        (
            Organisation("広場", (), 1, 1),
            Organisation("食堂", (), 1, 2),
            Organisation("農園", (), 1, 1),
        ),
    )
    found = solve(task)
    assert isinstance(found, Found)
    assert rating(task, found.teams) == Rating(0, (0, 1))
    assert found.teams["D"] == "広場"


def test_locks_are_kept_whatever_they_cost_and_whatever_the_times_say() -> None:
    evening, saturday = frozenset({"平日夜"}), frozenset({"土曜"})
    task = TeamTask(
        people("AB", wishes=("広場",), times=evening),
        (Organisation("広場", (), 1, 2, evening), Organisation("食堂", (), 0, 2, saturday)),
        {"A": "食堂"},
    )
    found = solve(task)
    assert isinstance(found, Found)
    assert found.teams == {"A": "食堂", "B": "広場"}


@pytest.mark.parametrize(
    ("task", "conditions", "summary"),
    [
        (
            TeamTask(people("ABCDE"), (Organisation("広場"),)),
            {AtMost("広場", 4)},
            "受講者が5人いますが、1団体に入れるのは4人までです。",
        ),
        (
            TeamTask(people("ABC"), (Organisation("広場"), Organisation("食堂"))),
            {AtLeast("広場", 2), AtLeast("食堂", 2)},
            "「広場」「食堂」には合わせて4人以上が必要ですが、受講者は3人です。",
        ),
        (
            TeamTask(people("ABC"), (Organisation("広場"), Organisation("食堂", (), 5, 9))),
            {AtLeast("食堂", 5)},
            "「食堂」には5人以上が必要ですが(全部の団体では7人以上)、受講者は3人です。",
        ),
        (
            TeamTask(
                people("ABC"),
                (Organisation("広場", (), 0, 1), Organisation("食堂", (), 0, 9)),
                {"A": "広場", "B": "広場"},
            ),
            {OnlyTo(("A", "B"), ("広場",), True), AtMost("広場", 1)},
            "次の2人が行けるのは「広場」だけですが、入れるのは1人までです。",
        ),
        (
            TeamTask(
                (*people("AB"), Participant("C", times=frozenset({"土曜"}))),
                (Organisation("広場", times=frozenset({"平日夜"})),),
            ),
            {OnlyTo(("C",), (), False)},
            "Cさんの行ける団体がありません。",
        ),
        (
            TeamTask(
                (*people("A"), *people("BC", times=frozenset({"土曜"}))),
                (
                    Organisation("広場", times=frozenset({"平日夜"})),
                    Organisation("食堂", (), 0, 9),
                ),
            ),
            {OnlyTo(("B", "C"), ("食堂",), False), AtLeast("広場", 2)},
            "「広場」には2人以上が必要ですが、入れるのは多くても1人です。",
        ),
    ],
)
def test_a_clash_is_told_with_its_numbers(task: TeamTask, conditions: set, summary: str) -> None:
    clash = solve(task)
    assert isinstance(clash, Clash)
    assert (set(clash.conditions), clash.summary) == (conditions, summary)
    assert "お試しください" in clash.advice


@settings(max_examples=150, deadline=None)
@given(tasks())
def test_the_numbers_of_a_summary_are_true_of_the_task(task: TeamTask) -> None:
    """Whatever else limits people who are not among the conditions."""
    clash = find_clash(task)
    told = clash.summary if clash is not None else ""
    where = set(re.findall("「(.+?)」", told)) or {one.name for one in task.organisations}
    ways = [
        {one.name for one in task.organisations if task.may_join(person, one)}
        for person in task.participants
    ]
    chosen = [one for one in task.organisations if one.name in where]
    if at_most := re.fullmatch(r"(次の|受講者が)(\d+)人.+入れるのは(合わせて)?(\d+)人まで.+", told):
        people, room = int(at_most[2]), int(at_most[4])
        assert room == sum(one.largest for one in chosen) < people
        assert people <= sum(way <= where for way in ways)
    elif at_least := re.fullmatch(
        r"[^(]+には(合わせて)?(\d+)人以上.+(多くても|受講者は)(\d+)人です。", told
    ):
        wanted, people = int(at_least[2]), int(at_least[4])
        assert wanted == sum(one.smallest for one in chosen) > people
        able = len(ways) if at_least[3] == "受講者は" else people
        assert sum(bool(way & where) for way in ways) <= people == able
        if in_all := re.search(r"全部の団体では(\d+)人以上", told):
            assert int(in_all[1]) == sum(one.smallest for one in task.organisations) > wanted
    else:
        assert not told or told.endswith("行ける団体がありません。")


def test_the_conditions_of_a_clash_in_words() -> None:
    assert [
        one.words
        for one in (
            AtLeast("広場", 2),
            AtMost("広場", 4),
            OnlyTo(("A", "B"), ("広場",), True),
            OnlyTo(tuple("ABCDEFG"), ("広場", "食堂"), False),
            OnlyTo(("A",), (), False),
        )
    ] == [
        "「広場」のチームは2人以上",
        "「広場」のチームは4人まで",
        "Aさん・Bさんを「広場」に固定",
        "Aさん・Bさん・Cさん・Dさん・Eさんほか2人と日時が合うのは「広場」「食堂」だけ",
        "Aさんは、どの団体とも日時が合わない",
    ]


@pytest.mark.parametrize("seed", range(4))
def test_levels_taken_as_one_are_as_good_as_level_by_level(
    monkeypatch: pytest.MonkeyPatch, seed: int
) -> None:
    draw = Random(seed)
    names = [f"団体{number}" for number in range(6)]
    groups = tuple(Organisation(name, tuple(draw.sample(SKILLS, 2)), 4, 8) for name in names)
    wishes = lambda: tuple(dict.fromkeys(draw.choices(names[:3], k=3)))  # noqa: E731
    them = tuple(
        Participant(f"受講者{n}", frozenset(draw.sample(SKILLS, 1)), wishes()) for n in range(30)
    )
    task = TeamTask(them, groups)
    together = solve(task)
    monkeypatch.setattr("manabiba_server.matching.solve.MOST_WEIGHT", 1)
    alone = solve(task)
    assert isinstance(together, Found) and isinstance(alone, Found)
    assert together.is_best and alone.is_best
    assert rating(task, together.teams) == rating(task, alone.teams)
    assert sum(rating(task, together.teams).levels) > 0


def test_no_teams_in_time_is_an_error_that_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("manabiba_server.matching.solve._is_whole", lambda values: False)
    monkeypatch.setattr(
        "manabiba_server.matching.solve.minimise_whole", lambda *_, **__: (None, False)
    )
    with pytest.raises(TimeoutError, match="no teams found within 5 s"):
        find_teams(TeamTask(people("AB"), (Organisation("広場"),)), timer=monotonic, patience=5)
