"""What is said about teams: true of the example, and of teams that were changed by hand."""

from manabiba_server.matching.explain import explain_person, summary, team_cards
from manabiba_server.matching.solve import Found, find_teams
from manabiba_subjects.team_example import example_task
from manabiba_subjects.teams import Organisation, Participant, TeamTask, find_problems


def test_the_example_of_nineteen_and_six_fits() -> None:
    task = example_task()
    found = find_teams(task, timer=lambda: 0)
    assert isinstance(found, Found)
    assert find_problems(task, found.teams) == ()
    sizes = [len(card.people) for card in team_cards(task, found.teams)]
    assert (len(sizes), sum(sizes), min(sizes) >= 2, max(sizes) <= 4) == (6, 19, True, True)
    assert summary(task, found.teams) == (
        "第1希望16人、第2希望3人。必要なスキル12のうち12がそろいました。"
    )


def test_the_best_teams_give_a_reason_for_every_missed_wish() -> None:
    task = example_task()
    found = find_teams(task, timer=lambda: 0)
    assert isinstance(found, Found)
    for card in team_cards(task, found.teams):
        for one in card.people:
            assert bool(one.reasons) == (one.wish != "第1希望")
            assert not any("移すこともできます" in reason for reason in one.reasons)


EVENING, SATURDAY = frozenset({"平日夜"}), frozenset({"土曜"})
TASK = TeamTask(
    (
        Participant("A", frozenset({"会計"}), ("食堂", "広場"), EVENING),
        Participant("B", frozenset(), ("農園", "食堂", "広場"), EVENING),
        Participant("C", frozenset({"写真"}), (), SATURDAY),
        Participant("D", frozenset({"会計"}), ("広場",), EVENING),
        Participant("E", frozenset(), ("食堂",)),
    ),
    (
        Organisation("広場", ("会計",), 1, 3, EVENING),
        Organisation("食堂", ("会計", "写真", "広報"), 1, 1, EVENING),
        Organisation("農園", (), 1, 2, SATURDAY),
    ),
    {"D": "農園"},
)
TEAMS = {"A": "広場", "B": "広場", "C": "農園", "D": "農園", "E": "食堂"}


def person(name: str, teams: dict[str, str] = TEAMS) -> tuple[str, tuple[str, ...]]:
    found = next(one for one in TASK.participants if one.name == name)
    told = explain_person(TASK, teams, found)
    return told.wish, told.reasons


def test_where_nobody_needs_a_skill_none_is_counted() -> None:
    task = TeamTask((Participant("A"),), (Organisation("広場", smallest=1),))
    assert (
        summary(task, {"A": "広場"}) == "希望の記入なし1人。必要なスキルを書いた団体はありません。"
    )


def test_each_person_is_told_what_stood_in_the_way() -> None:
    assert person("A") == (
        "第2希望",
        (
            "第1希望の食堂は、1人の定員がいっぱいです。"
            "また、広場で「会計」ができる人がいなくなります。",
        ),
    )
    assert person("B") == (
        "第3希望",
        (
            "第1希望の農園は、活動できる日時が合いません。",
            "第2希望の食堂は、1人の定員がいっぱいです。",
        ),
    )
    assert person("C") == ("希望の記入なし", ())
    assert person("D") == (
        "希望の外",
        ("事務局が固定しました。", "農園と活動できる日時が合いません。本人に確かめてください。"),
    )


def test_after_a_move_by_hand_a_free_place_is_told() -> None:
    moved = {**TEAMS, "E": "広場"}
    assert person("E", moved) == (
        "希望の外",
        ("第1希望の食堂は、いま空きがあります。移すこともできます。",),
    )
    cards = {card.organisation.name: card for card in team_cards(TASK, moved)}
    assert cards["食堂"].size_words == "あと1人必要です。"
    alone = {**TEAMS, "A": "食堂", "B": "食堂", "E": "広場"}
    short = TeamTask(
        TASK.participants, (Organisation("広場", (), 2, 3), *TASK.organisations[1:]), TASK.locks
    )
    told = explain_person(short, alone, TASK.participants[4])
    assert told.reasons == (
        "第1希望の食堂は、1人の定員がいっぱいです。また、広場の人数がもっと足りなくなります。",
    )
    assert cards["広場"].size_words == ""
    crowded = {card.organisation.name: card for card in team_cards(TASK, {**TEAMS, "A": "食堂"})}
    assert crowded["食堂"].size_words == "1人多すぎます。"


def test_each_needed_skill_is_told_with_its_people_or_the_reason() -> None:
    needs = {one.skill: one for one in team_cards(TASK, TEAMS)[1].needs}
    assert needs["会計"].reason == "できる人は、ほかのチームにいます: Aさん(広場)、Dさん(農園)。"
    assert needs["写真"].reason == "できる人はいますが、日時が合いません。"
    assert needs["広報"].reason == "このスキルを書いた人がいません。"
    assert team_cards(TASK, TEAMS)[0].needs[0].people == ("A",)


def test_problems_of_teams_by_hand_are_found() -> None:
    assert find_problems(TASK, {**TEAMS, "E": "どこか"}) == (
        "Eさんのチームがまだ決まっていません。",
        "食堂のチームは0人です。1人以上1人以下にしましょう。",
        "Dさんと農園は、活動できる日時が合いません。",
        "食堂に必要な「会計」ができる人がいません。",
        "食堂に必要な「写真」ができる人がいません。",
        "食堂に必要な「広報」ができる人がいません。",
    )


def test_a_team_that_would_be_too_small_is_in_the_way() -> None:
    first, second = Participant("A", wishes=("広場",)), Participant("B")
    task = TeamTask((first, second), (Organisation("広場", (), 0), Organisation("食堂", (), 2)))
    told = explain_person(task, {"A": "食堂", "B": "食堂"}, first)
    assert told.reasons == ("第1希望の広場は、食堂の人数が足りなくなります。",)
