import pytest

from manabiba_subjects.team_example import example_task
from manabiba_subjects.teams import Organisation, Participant, Rating, TeamTask, rating


def test_everything_that_does_not_fit_together_is_told_at_once() -> None:
    with pytest.raises(ValueError, match="2回あります") as caught:
        TeamTask(
            (Participant("A", wishes=("公園", "広場", "広場")), Participant("A")),
            (Organisation("広場", ("会計", "会計"), 3, 2),),
            {"B": "広場"},
        )
    assert str(caught.value).splitlines() == [
        "受講者「A」が2回あります。名前を書き分けてください。",
        "「広場」の人数が3〜2人です。",
        "「広場」の必要なスキルに、同じものが2回あります。",
        "Aさんの希望「公園」という団体がありません。",
        "Aさんの希望に、同じ団体が2回あります。",
        "「B」を「広場」に固定できません。どちらかが表にありません。",
    ]
    with pytest.raises(ValueError, match="受講者が1つもありません"):
        TeamTask((), ())


def test_the_worst_level_is_compared_first() -> None:
    task = TeamTask(
        (
            Participant("A", wishes=("広場", "食堂")),
            Participant("B", wishes=("広場", "農園")),
            Participant("C"),
        ),
        (Organisation("広場"), Organisation("食堂"), Organisation("農園", ("会計",))),
    )
    first = rating(task, {"A": "広場", "B": "食堂", "C": "食堂"})
    second = rating(task, {"A": "食堂", "B": "農園", "C": "食堂"})
    assert (first, second) == (Rating(1, (1, 0)), Rating(1, (0, 2)))
    assert second < first
    assert Rating(0, (9, 9)) < second


def test_every_skill_of_the_example_can_be_covered() -> None:
    task = example_task()
    skills = frozenset().union(*(one.skills for one in task.participants))
    assert {need for one in task.organisations for need in one.needs} <= skills
    assert {(one.smallest, one.largest) for one in task.organisations} == {(2, 4)}
