"""Lesson 4 of コラボノ: each exercise judged, and the board as it is told, run on its example."""

import re
import time
from dataclasses import replace
from datetime import date, timedelta
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from lesson_tests import (  # noqa: F401
    marked,
    placed,
    test_a_story_ends_as_it_was_told_and_says_where_it_turned,
    test_a_typical_mistake_is_named_and_the_rest_still_counts,
    test_every_message_of_a_key_can_be_reached,
    test_the_right_answer_earns_everything_and_is_explained,
    values,
)

from manabiba_server.matching.explain import explain_person, summary
from manabiba_server.matching.solve import Found, find_teams
from manabiba_subjects.pro_bono import effort
from manabiba_subjects.team_example import example_task
from manabiba_subjects.teams import (
    Organisation,
    Participant,
    Teams,
    TeamTask,
    find_problems,
)

NOTEBOOK = Path(__file__).parents[2] / "courses" / "collab" / "04-teams.ipynb"

POINTS = {
    "p4-check-1": 1,
    "p4-check-2": 1,
    "p4-draft": 2,
    "p4-1": 4,
    "p4-board": 2,
    "p4-choose": 2,
    "p4-dates": 3,
    "p4-phases": 2,
    "p4-case": 4,
    "p4-report": 3,
    "p4-2": 4,
    "p4-reflection": 4,
}
JUDGED = [name for name in POINTS if name != "p4-reflection"]

BY_HAND = {
    # people's given names by the id of the group, as somebody might put them together
    "minato": "渚 晶 光",
    "hamabe": "歩 望 和 千晴",
    "gaikoku": "泉 由紀 薫",
    "satoyama": "澪 実 潤",
    "cafe": "勇 恵 忍 環",
    "kanko": "司 翼",
}
"""Another assignment than the one in the explanation."""

RIGHT: dict[str, dict[str, Any]] = {
    "p4-check-1": {"values": {"total": "72", "available": "６０時間", "spare": "10"}},
    "p4-check-2": {"order": ["question", "guess", "output", "outside", "until", "roles"]},
    "p4-draft": {"marked": {"garden": "move", "market": "swap", "toys": "join"}},
    "p4-1": {
        "cells": {
            f"m{number:02}.team": group
            for number, one in enumerate(example_task().participants, start=1)
            for group, names in BY_HAND.items()
            if one.name.split()[1] in names.split()
        }
    },
    "p4-board": {"order": ["keep", "skills", "none", "second"]},
    "p4-choose": {"chosen": ["c"]},
    "p4-dates": {
        "order": ["kickoff", "middle", "final", "hand", "reflect"],
        "dates": {"middle": "10/17", "final": "令和9年12月12日", "hand": "１２月１９日"},
    },
    "p4-phases": {
        "placed": {
            "admin": "hand",
            "contact": "kickoff",
            "trial": "middle",
            "left": "final",
            "hours": "middle",
            "alone": "hand",
            "secret": "kickoff",
        }
    },
    "p4-case": {
        "path": [["start", "sheet"], ["hours", "form"], ["mail", "tell"]],
        "reasons": {"start": "余裕が4時間しかないから", "hours": "目的が同じだから"},
        "consult": ["岡さん(事務局)", "三浦さん(団体)"],
        "memo": "名簿をメールで預かってしまった。消し方を相談したい。",
    },
    "p4-report": {"marked": {"count": "change", "photo": "ask", "blame": "self", "rest": "next"}},
    "p4-2": {
        "fields": {
            "title": "はまべ食堂。2027年8月から12月まで",
            "promised": [
                {"what": "リーフレット", "done": "できた。300枚刷った"},
                {"what": "SNSの手順書", "done": "前半だけ。ポスターに替えた"},
            ],
            "changed": "若いボランティアが、手順書を見て、自分で3回投稿できるようになった。",
            "learned": [
                {"who": "チーム", "what": "早く見せると、早く直せる"},
                {"who": "団体(代表)", "what": "頼む前に、目的を話すとよい"},
            ],
            "remaining": [{"what": "名簿の残り6人", "who": "会計", "when": "2月"}],
            "handover": [{"what": "リーフレット", "where": "食堂のパソコン", "keeper": "代表"}],
            "deleted": "",
        }
    },
}


def test_the_exercises_stand_in_their_order_with_their_points(lesson) -> None:
    assert [(name, found.spec["points"]) for name, found in lesson.items()] == [*POINTS.items()]


def dates(**entered: str) -> dict[str, Any]:
    return {"dates": entered}


SEVENTH = 2 * 6 / 7
ONE_DATE = 3 * (0.5 + 0.5 * 2 / 3)

MISTAKES = [
    # hours
    ("p4-check-1", values(total="24"), 2 / 3, "1人分の時間です"),
    ("p4-check-1", values(total="36"), 2 / 3, "2もかけましょう"),
    ("p4-check-1", values(available="72"), 2 / 3, "会議の時間を引いていません"),
    ("p4-check-1", values(available="36"), 2 / 3, "もう全員分です"),
    ("p4-check-1", values(spare="22"), 2 / 3, "会議の時間を引く前の数"),
    ("p4-check-1", values(spare="40"), 2 / 3, "手順書の時間も"),
    # the rules of a team
    ("p4-draft", marked(garden="keep"), 2 * 2.5 / 3, "1チームは4人まで"),
    ("p4-draft", marked(garden="drop"), 2 * 2.5 / 3, "だれも余らない"),
    ("p4-draft", marked(market="more"), 2 * 2.5 / 3, "足りないのは企画ではありません"),
    ("p4-draft", marked(toys="alone"), 2 * 2.5 / 3, "1人はチームではありません"),
    ("p4-draft", marked(toys="both"), 2 * 2.5 / 3, "かけもちは、しない決まり"),
    ("p4-draft", marked(books="skill"), 2 * 2 / 3, "決まりに合っています"),
    # what the board goes by
    ("p4-choose", {"chosen": ["a"]}, 0, "いちばん残念な人を、先に"),
    ("p4-choose", {"chosen": ["b"]}, 0, "スキルが先です"),
    ("p4-choose", {"chosen": ["d"]}, 0, "第2希望の人数で比べましょう"),
    # dates
    ("p4-dates", dates(middle="10/22"), ONE_DATE, "「2か月後」です"),
    ("p4-dates", dates(middle="10/10"), ONE_DATE, "7週間後です"),
    ("p4-dates", dates(middle="10/24"), ONE_DATE, "9週間後です"),
    ("p4-dates", dates(final="12/22"), ONE_DATE, "「4か月後」です"),
    ("p4-dates", dates(final="12/19"), ONE_DATE, "引継ぎの日です"),
    ("p4-dates", dates(hand="12/12"), ONE_DATE, "最終報告の日です"),
    # what belongs to which day
    ("p4-phases", placed(contact="middle"), SEVENTH, "約束は、はじめに"),
    ("p4-phases", placed(trial="final"), SEVENTH, "直す時間がありません"),
    ("p4-phases", placed(left="hand"), SEVENTH, "渡す前に、まず伝えます"),
    ("p4-phases", placed(admin="final"), SEVENTH, "鍵はチームの手もと"),
    ("p4-phases", placed(alone="final"), SEVENTH, "自分で直してみます"),
    # the report
    ("p4-report", marked(count="more"), 3 * 3.5 / 4, "枚数は産出です"),
    ("p4-report", marked(photo="blur"), 3 * 3.5 / 4, "顔だけでも"),
    ("p4-report", marked(blame="all"), 3 * 3.5 / 4, "次から相談しにくく"),
    ("p4-report", marked(rest="promise"), 3 * 3.5 / 4, "終わりのない約束"),
    ("p4-report", marked(late="hide"), 3 * 3 / 4, "よい書き方です"),
]


# 19 people, 6 organisations


def cells_of(teams: Teams, names: dict[str, Any]) -> dict[str, Any]:
    """An assignment as it is chosen on the page."""
    ids = {group.name: name for name, group in names["groups"].items()}
    return {
        "cells": {
            f"{row}.team": ids[teams[person]]
            for row, person in names["people"].items()
            if person in teams
        }
    }


def teams_by_hand(names: dict[str, Any]) -> dict[str, str]:
    cells = RIGHT["p4-1"]["cells"]
    chosen = {row: names["groups"][cells[f"{row}.team"]].name for row in names["people"]}
    return {names["people"][row]: group for row, group in chosen.items()}


def test_the_roster_is_the_example_without_its_times(names, lesson) -> None:
    practice, example = names["practice"], example_task()
    assert len(practice.participants) == 19 and len(practice.organisations) == 6
    assert [one.name for one in practice.participants] == [*names["people"].values()]
    for one, real in zip(practice.participants, example.participants, strict=True):
        assert one == replace(real, times=frozenset())
    for label, one in zip(lesson["p4-1"].spec["rows"].values(), example.participants, strict=True):
        assert re.fullmatch(r"\S+\([ぁ-ん]+\) \S+【第1希望 \S+】", label)
        assert label.startswith(f"{one.name.split()[1]}(")
        assert set(label.split()[1].partition("【")[0].split("・")) == (one.skills or {"これから"})
        assert label.endswith(f"【第1希望 {one.wishes[0]}】")


def test_two_quite_different_assignments_are_both_right(lesson, names, points, best) -> None:
    by_hand = teams_by_hand(names)
    assert find_problems(names["practice"], by_hand) == ()
    assert sum(by_hand[name] != best.teams[name] for name in by_hand) >= 6
    for teams in (by_hand, best.teams):
        assert points(lesson["p4-1"], cells_of(teams, names)) == POINTS["p4-1"]


def test_a_rule_holds_just_where_the_subject_finds_no_problem(lesson, names) -> None:
    """Every single move from a right assignment is judged as `find_problems` does."""
    practice, right = names["practice"], teams_by_hand(names)
    broken = 0
    for person in right:
        for group in practice.organisations:
            teams = {**right, person: group.name}
            judged = lesson["p4-1"].judge(cells_of(teams, names), with_key=True)
            found = find_problems(practice, teams)
            assert (judged.score == 1.0) == (found == ())
            wrong = {part.input for part in judged.parts if not part.ok}
            for name, one in names["groups"].items():
                size = any(told.startswith(f"{one.name}のチームは") for told in found)
                skills = any(told.startswith(f"{one.name}に必要な") for told in found)
                assert (f"rule:{name}-size" in wrong) == size
                assert (f"rule:{name}-skills" in wrong) == skills
            broken += bool(found)
    assert broken >= 20


def test_somebody_left_over_makes_the_assignment_incomplete(lesson, names) -> None:
    teams = teams_by_hand(names)
    teams.pop(names["people"]["m17"])
    judged = lesson["p4-1"].judge(cells_of(teams, names), with_key=True)
    assert (judged.status, judged.score) == ("incomplete", 0.0)
    assert "まだ選んでいない欄が1か所あります" in judged.message


def test_the_assignment_of_the_explanation_keeps_the_rules(lesson, names) -> None:
    told = lesson["p4-1"].solution().explanation
    practice = names["practice"]
    short = {one.name.split()[1]: one.name for one in practice.participants}
    teams = {
        short[name]: group.name
        for group in practice.organisations
        for name in re.search(rf"{group.name}: ([^。]+)。", told)[1].split("・")
    }
    assert len(teams) == 19
    assert find_problems(practice, teams) == ()


def test_the_hints_of_the_assignment_are_true(names) -> None:
    skills = {one.name.split()[1]: one.skills for one in names["practice"].participants}
    assert {name for name, able in skills.items() if "会計" in able} == {"環", "勇"}
    assert "表計算" in skills["勇"] and "表計算" not in skills["環"]
    assert skills["望"] == {"写真"} and len(skills["渚"]) == len(skills["澪"]) == 2


def test_the_tables_of_the_text_are_the_roster(text, table_of) -> None:
    example = example_task()
    needs = {row[0].partition("(")[0]: row[1].split("・") for row in table_of(text, "団体")}
    assert needs == {group.name: [*group.needs] for group in example.organisations}
    able = table_of(text, "スキル")
    assert len(able) == len({skill for one in example.participants for skill in one.skills})
    counts = []
    for head, people in able:
        skill, count = re.fullmatch(r"(\S+)\((\d)人\)", head).groups()
        found = [one.name.split()[1] for one in example.participants if skill in one.skills]
        assert (people.split("・"), int(count)) == (found, len(found))
        counts.append(len(found))
    assert counts == sorted(counts)
    first = [one.wishes[0] for one in example.participants]
    assert max(map(first.count, first)) == first.count("子ども広場みなと") == 7
    assert "7人が同じ団体を選んでいます" in text and "会計ができる人は2人だけ" in text


# The board, as it is told


@pytest.fixture(scope="module")
def best() -> Found:
    found = find_teams(example_task(), timer=time.monotonic)
    assert isinstance(found, Found)
    return found


def test_the_board_says_of_the_example_what_the_text_quotes(text, best) -> None:
    task = example_task()
    assert best.is_best and find_problems(task, best.teams) == ()
    assert f"> {summary(task, best.teams)}\n" in text
    [person] = [one for one in task.participants if one.name.endswith(" 泉")]
    told = explain_person(task, best.teams, person)
    assert told.wish == "第2希望" and "第2希望になった泉さん" in text
    assert f"> {told.reasons[0]}\n" in text


def placed_by_board(
    people: dict[str, tuple[str, list[str]]],
    needs: dict[str, str],
    locks: dict[str, str] | None = None,
) -> dict[str, str]:
    """What the board does with people (skill, wishes) and groups of one person each."""
    task = TeamTask(
        tuple(
            Participant(name, frozenset({skill} if skill else ()), tuple(wishes))
            for name, (skill, wishes) in people.items()
        ),
        tuple(
            Organisation(name, (need,) if need else (), smallest=1, largest=1)
            for name, need in needs.items()
        ),
        locks or {},
    )
    found = find_teams(task, timer=time.monotonic)
    assert isinstance(found, Found) and found.is_best
    return dict(found.teams)


def test_the_board_takes_skills_before_wishes_and_what_is_locked_before_skills() -> None:
    people = {"甲": ("会計", ["い"]), "乙": ("", ["あ"])}
    needs = {"あ": "会計", "い": ""}
    assert placed_by_board(people, needs) == {"甲": "あ", "乙": "い"}
    assert placed_by_board(people, needs, {"甲": "い"}) == {"甲": "い", "乙": "あ"}


def test_the_board_pushes_nobody_out_for_more_first_wishes() -> None:
    people = {"甲": ("", ["あ", "い"]), "乙": ("", ["い", "う"]), "丙": ("", ["あ"])}
    found = placed_by_board(people, {"あ": "", "い": "", "う": ""})
    assert found == {"甲": "い", "乙": "う", "丙": "あ"}


def test_the_number_of_ways_is_worked_out(text) -> None:
    assert 6**19 // 10**12 == 609
    assert "およそ**609兆(ちょう)通り**" in text


def test_the_plan_that_is_chosen_is_the_best_rating(names) -> None:
    plans = names["plans"]
    assert sorted(plans, key=lambda name: plans[name]) == ["c", "d", "a", "b"]
    for one in plans.values():
        assert sum(one.levels) <= 19
    first = {name: 19 - sum(one.levels) for name, one in plans.items() if not one.uncovered}
    assert max(first, key=first.__getitem__) == "a"  # as its message says
    assert names["chosen"]._key.messages["a"].startswith("スキルのそろう案の中では、第1希望の人が")


def test_the_draft_is_wrong_where_the_subject_says_so(names) -> None:
    sketched: TeamTask = names["sketched"]
    teams = dict(names["teams_sketched"])
    assert len(find_problems(sketched, teams)) == 3
    assert len(names["draft"]._key.errors) == 3
    teams |= {"I": "おもちゃ病院", "E": "朝市の会", "K": "音読の会"}
    assert find_problems(sketched, teams) == ()


def test_the_small_example_comes_out_as_told(text, names) -> None:
    people, groups = names["Participant"], names["Organisation"]
    able = {"A": ["広報"], "B": ["IT"], "C": ["広報", "文章"], "D": ["写真"]}
    task = TeamTask(
        tuple(people(one, frozenset(skills)) for one, skills in able.items()),
        (
            groups("花だん会", ("広報", "写真"), largest=2),
            groups("音読の会", ("IT", "文章"), largest=2),
        ),
    )
    told = {"A": "花だん会", "B": "音読の会", "C": "音読の会", "D": "花だん会"}
    assert find_problems(task, told) == ()
    assert "「文章」" in find_problems(task, {**told, "A": "音読の会", "C": "花だん会"})[0]
    for one, skills in able.items():
        assert f"| {one}さん | {'・'.join(skills)} |" in text


# The four months


def test_the_dates_are_counted_in_weeks(names) -> None:
    start = date(2027, 8, 22)
    assert names["middle"] - start == timedelta(weeks=8)
    assert names["final"] - start == timedelta(weeks=16)
    sundays = (start, names["middle"], names["final"], names["hand"], names["reflection_on"])
    assert {day.strftime("%a") for day in sundays} == {"Sun"}


STORY = "p4-case"
WAYS = {
    # where somebody turns off, and what is told there
    "overflow": ([["start", "yes"]], 0.0, "スコープクリープ"),
    "cold": ([["start", "no"]], 0.2, "断る前に、話せることがあります"),
    "silent": (
        [["start", "sheet"], ["hours", "swap"], ["mail", "quiet"]],
        0.4,
        "名簿は団体のものです",
    ),
}


@pytest.mark.parametrize("choice", ["swap", "form"])
def test_whoever_makes_room_for_what_is_added_comes_to_the_good_end(lesson, points, choice) -> None:
    path = [["start", "sheet"], ["hours", choice], ["mail", "tell"]]
    assert points(lesson["p4-case"], {**RIGHT["p4-case"], "path": path}) == POINTS["p4-case"]


def test_the_hours_of_the_story_are_worked_out(text) -> None:
    left = effort(5, hours_weekly=2, weeks=8, meetings=16, deliverables={"残り": 60})
    for told in (
        f"{left.total}時間、会議に16時間",
        f"使えるのは{left.available}時間",
        f"余裕は{left.spare}時間",
    ):
        assert told in text
    with_poster = {"残り": 60, "ポスター": 12}
    assert effort(5, hours_weekly=2, weeks=8, meetings=16, deliverables=with_poster).spare < 0
    assert left.spare >= 3  # the poster's form takes three hours


def report_without(field: str, column: str = "") -> dict[str, Any]:
    """The report without the last row of a table, or with one cell of it left empty."""
    rows = RIGHT["p4-2"]["fields"][field]
    kept = [*rows[:-1], {**rows[-1], column: " "}] if column else rows[:-1]
    return {"fields": {field: kept}}


ALL = 8
GAPS = [
    (report_without("promised"), 1, "約束した成果物を2つ以上"),
    (report_without("promised", "done"), 1, "できたこと"),
    ({"fields": {"changed": "300枚刷った。"}}, 1, "回数や枚数は産出です"),
    ({"fields": {"learned": RIGHT["p4-2"]["fields"]["learned"][1:]}}, 1, "「チーム」の行"),
    (report_without("learned"), 1, "「団体」の行"),
    (report_without("remaining"), 2, "次の人の地図"),
    (report_without("remaining", "who"), 1, "次にする人(役)と、いつまでに"),
    (report_without("remaining", "when"), 1, "次にする人(役)と、いつまでに"),
    (report_without("handover"), 2, "手伝いで終わらないため"),
    (report_without("handover", "keeper"), 2, "手伝いで終わらないため"),
]


@pytest.mark.parametrize(("change", "lost", "message"), GAPS)
def test_a_gap_in_the_report_costs_its_points_and_says_what_to_write(
    lesson, points, told, changed, change, lost, message
) -> None:
    answer = changed(RIGHT["p4-2"], change)
    assert points(lesson["p4-2"], answer) == pytest.approx(4 * (ALL - lost) / ALL)
    assert message in told(lesson["p4-2"].judge(answer, with_key=True))


def test_the_report_is_read_for_results_learning_and_what_is_left(lesson) -> None:
    wanted = [criterion["label"] for criterion in lesson["p4-2"].spec["rubric"]]
    assert [text.partition(":")[0] for text in wanted] == ["成果", "学び", "残る課題", "引継ぎ"]


def test_no_name_or_number_of_a_person_is_asked_for(lesson) -> None:
    for name in ("p4-case", "p4-2", "p4-reflection"):
        assert re.search("個人の名前や(連絡先|電話番号)は書か", lesson[name].spec["prompt"])


def test_every_typical_mistake_of_the_field_is_named_in_the_text(text) -> None:
    for mistake in (
        "団体の課題を外から決めつける",
        "成果物が団体で更新できない",
        "連絡手段や個人情報の扱いを決めない",
        "範囲が広がる",
        "「手伝い」で終わり、引継ぎがない",
    ):
        assert mistake in text


def test_nothing_says_that_the_programme_is_offered_now(text) -> None:
    for told in ("2022年度のコラボノは", "「1チーム2〜4人」と仮定します", "案内で確かめて"):
        assert told in text
    assert not re.search("募集中|開催中|受付中|お申し込み", text)


def test_the_practice_at_the_end_ties_out(text) -> None:
    [practice] = re.findall(r"### もう一度練習したい方へ(.*?)</details>", text, re.DOTALL)
    assert 4 * 3 <= 15 <= 4 * 4 < 17
    assert "15人は、その間です" in practice and "1人余ります" in practice
    start = date(2027, 4, 4)
    assert start + timedelta(weeks=6) == date(2027, 5, 16) and "2027年5月16日" in practice
    assert start + timedelta(weeks=8) == date(2027, 5, 30)
    assert "56日後の5月30日(日曜日)" in text and start.strftime("%a") == "Sun"


def test_the_page_to_print_has_the_summary_and_the_checklist(text) -> None:
    [page] = re.findall(r'<div class="one-page">(.*?)</div>', text, re.DOTALL)
    assert "### 今日の1枚 " in page
    boxes = re.findall(r"^- □ (.+)$", page, re.MULTILINE)
    assert len(boxes) == 8
    for duty in (
        "節目の日付",
        "守秘",
        "3行",
        "使う人",
        "シートを開いて",
        "残る課題",
        "手もとのデータ",
    ):
        assert any(duty in box for box in boxes)


def test_no_wrong_group_is_told_only_that_it_is_not_there(lesson) -> None:
    """Every item in every wrong group is told what to look at."""
    for name, exercise in lesson.items():
        if exercise.kind == "classify" and exercise.spec["check"] == "full":
            for item, group in product(exercise.spec["items"], exercise.spec["groups"]):
                answer = {"placed": {**RIGHT[name]["placed"], item: group}}
                [part] = [
                    part
                    for part in exercise.judge(answer, with_key=True).parts
                    if part.input == item
                ]
                assert part.ok or part.message != "ここではありません。", (name, item, group)
