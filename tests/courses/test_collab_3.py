"""Lesson 3 of コラボノ: each exercise judged, right, empty and typically wrong."""

import ast
import re
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from lesson_tests import (  # noqa: F401
    marked,
    placed,
    test_a_typical_mistake_is_named_and_the_rest_still_counts,
    test_every_message_of_a_key_can_be_reached,
    test_the_right_answer_earns_everything_and_is_explained,
    values,
)

from manabiba_subjects.pro_bono import Task, by_priority, effort

NOTEBOOK = Path(__file__).parents[2] / "courses" / "collab" / "03-case.ipynb"

POINTS = {
    "p3-check-1": 1,
    "p3-check-2": 2,
    "p3-question": 2,
    "p3-deliverable": 2,
    "p3-3": 4,
    "p3-2": 4,
    "p3-effort": 2,
    "p3-fit": 2,
    "p3-roles": 3,
    "p3-1": 4,
    "p3-4": 2,
    "p3-reflection": 4,
}
JUDGED = [name for name in POINTS if name != "p3-reflection"]

RIGHT: dict[str, dict[str, Any]] = {
    "p3-check-1": {"values": {"late": "yes", "skill": "no", "secret": "no", "written": "yes"}},
    "p3-check-2": {
        "values": {},
        "products": {"site": "10", "guide": "１５", "list": "20", "leaflet": "16"},
        "order": ["list", "leaflet", "guide", "site"],
    },
    "p3-question": {
        "placed": {
            "site": "verdict",
            "average": "fact",
            "how": "question",
            "paper": "guess",
            "survey": "fact",
            "older": "verdict",
        }
    },
    "p3-deliverable": {
        "placed": {
            "leaflet": "good",
            "pro": "locked",
            "effort": "vague",
            "guide": "good",
            "cloud": "locked",
            "list": "good",
            "mood": "vague",
        }
    },
    "p3-3": {"marked": {"work": "small", "outside": "list", "data": "sample", "after": "hand"}},
    "p3-2": {
        "cells": {
            "total.hours": "160時間",
            "available.hours": "128",
            "needed.hours": "１２０",
            "spare.hours": "8",
        }
    },
    "p3-effort": {"values": {"total": "128", "available": "96時間", "short": "24"}},
    "p3-fit": {"chosen": ["next", "longer"]},
    "p3-roles": {
        "cells": {
            "check.group": "main",
            "check.team": "help",
            "photo.group": "main",
            "photo.team": "none",
            "layout.group": "help",
            "layout.team": "main",
            "form.group": "none",
            "form.team": "main",
            "names.group": "main",
            "names.team": "none",
            "approve.group": "main",
            "approve.team": "none",
        }
    },
    "p3-1": {
        "fields": {
            "group": "はまべ食堂",
            "purpose": "引っこしてきた人が、食堂の開く日を知って、来られるようにするため",
            "guess": "どうすれば開く日が伝わるか。紙が手もとにあれば、来やすくなるのではないか。",
            "outputs": [
                {"what": "リーフレット(文書ソフト)", "updater": "代表", "hours": "40"},
                {"what": "SNSの手順書", "updater": "SNSの係", "hours": "30時間"},
                {"what": "名簿のひな形", "updater": "会計", "hours": "５０"},
            ],
            "outside": [
                {"what": "ホームページの全面刷新", "instead": "次の支援者につなぐ"},
                {"what": "ネット寄附のしくみ", "instead": "事務局に相談する"},
            ],
            "starts": "2027/8/22",
            "ends": "令和9年12月12日",
            "available": "128時間",
            "roles": [
                {"group": "内容を確かめる", "team": "原稿をつくる"},
                {"group": "できあがりを決める", "team": "手順書を書く"},
            ],
            "contact": "グループのメールで、3日以内に返事。窓口は代表と進行役",
            "privacy": "会員の名前は預からない。見本の名前でひな形をつくる",
            "handover": "12月のはじめの会議で、代表が自分で日付を直してみる",
        }
    },
    "p3-4": {"order": ["report", "hand", "reflect", "next"]},
}


def test_the_exercises_stand_in_their_order_with_their_points(lesson) -> None:
    assert [(name, found.spec["points"]) for name, found in lesson.items()] == [*POINTS.items()]


def hours(**entered: str) -> dict[str, Any]:
    return {"cells": {f"{name}.hours": figure for name, figure in entered.items()}}


def given_to(row: str, column: str, option: str) -> dict[str, Any]:
    return {"cells": {f"{row}.{column}": option}}


SIXTH, SEVENTH, THIRD = 2 * 5 / 6, 2 * 6 / 7, 2 * 2 / 3
EIGHTH = 3 * 7 / 8  # one of seven cells and a rule

MISTAKES = [
    # what is known from the lessons before
    ("p3-check-1", values(late="no"), 3 / 4, "無償でも、団体はその日に合わせて"),
    ("p3-check-1", values(skill="yes"), 3 / 4, "何を頼めるかわかりません"),
    ("p3-check-1", values(secret="yes"), 3 / 4, "終わったあとまで続く約束"),
    ("p3-check-1", values(written="no"), 3 / 4, "決めつけが減ります"),
    # a group's problem is settled from outside
    ("p3-question", placed(site="guess"), SIXTH, "言い切っています"),
    ("p3-question", placed(site="fact"), SIXTH, "ホームページを見た人は1人"),
    ("p3-question", placed(older="fact"), SIXTH, "人の年齢で"),
    ("p3-question", placed(paper="question"), SIXTH, "案が入ったら、仮説です"),
    ("p3-question", placed(how="guess"), SIXTH, "わかれば進めること、つまり問い"),
    ("p3-question", placed(average="verdict"), SIXTH, "意見が入っていない"),
    # the group cannot change what it gets
    ("p3-deliverable", placed(pro="good"), SEVENTH, "団体のパソコンと、団体のアカウントで"),
    ("p3-deliverable", placed(cloud="good"), SEVENTH, "チームの人がいないと直せません"),
    ("p3-deliverable", placed(effort="good"), SEVENTH, "何ができたら終わりか"),
    ("p3-deliverable", placed(mood="good"), SEVENTH, "形がありません"),
    # the scope is too large, nothing is out of it, personal data, no hand-over
    ("p3-3", marked(work="hurry"), 4 * 3.5 / 4, "範囲が広すぎます"),
    ("p3-3", marked(work="later"), 4 * 3.5 / 4, "期限をなくすと"),
    ("p3-3", marked(outside="all"), 4 * 3.5 / 4, "スコープクリープ"),
    ("p3-3", marked(data="promise"), 4 * 3.5 / 4, "口約束では守れません"),
    ("p3-3", marked(after="again"), 4 * 3.5 / 4, "団体が自分で直せるように"),
    ("p3-3", marked(purpose="bigger"), 4 * 3 / 4, "よい目的です"),
    ("p3-3", marked(roles="team"), 4 * 3 / 4, "両方に、することが"),
    ("p3-3", marked(meeting="never"), 4 * 3 / 4, "続けられる会議"),
    # hours
    ("p3-2", hours(spare="40"), 3, "会議の時間を引く前の数"),
    ("p3-2", hours(spare="▲8"), 3, "引く向きが逆"),
    ("p3-2", hours(needed="70"), 3, "名簿の時間がぬけています"),
    ("p3-2", hours(needed="90"), 3, "手順書の時間がぬけています"),
    ("p3-effort", values(total="160"), THIRD, "5人のときの時間です"),
    ("p3-effort", values(available="128"), THIRD, "会議の時間を引く前の数です"),
    ("p3-effort", values(short="8"), THIRD, "5人のときの余裕"),
    ("p3-fit", {"chosen": ["next", "longer", "push"]}, 1, "24時間は消えません"),
    ("p3-fit", {"chosen": ["next", "longer", "meet"]}, 1, "まだ16時間足りません"),
    ("p3-fit", {"chosen": ["next", "longer", "more"]}, 1, "もっと足りなくなります"),
    # helping too much
    ("p3-roles", given_to("names", "team", "help"), EIGHTH, "電話番号を見ることになります"),
    ("p3-roles", given_to("approve", "group", "none"), 3 * 6 / 8, "最後に決めるのも、団体"),
    ("p3-roles", given_to("check", "team", "main"), EIGHTH, "責任を持つ側を、1つに"),
]


CHAINS = [
    # one person's hours, one week's hours: everything after follows
    ({"total": "32", "available": "0", "spare": "▲120"}, 3),
    ({"total": "10", "available": "▲22", "spare": "▲142"}, 3),
    # the meetings are forgotten
    ({"available": "160", "spare": "40"}, 3),
    ({"available": "192", "spare": "72"}, 3),
    ({"needed": "70", "spare": "58"}, 3),
]


@pytest.mark.parametrize(("entered", "earned"), CHAINS)
def test_a_mistake_in_the_hours_costs_its_own_cell_and_not_those_after_it(
    lesson, assert_only_the_first_cell_costs, changed, entered, earned
) -> None:
    answer = changed(RIGHT["p3-2"], hours(**entered))
    assert_only_the_first_cell_costs(lesson["p3-2"], answer, earned)


def without(field: str, column: str = "") -> dict[str, Any]:
    """The sheet without the last row of a table, or with one cell of it left empty."""
    rows = RIGHT["p3-1"]["fields"][field]
    kept = [*rows[:-1], {**rows[-1], column: " "}] if column else rows[:-1]
    return {"fields": {field: kept}}


def more_outputs(*hours_of_each: str) -> dict[str, Any]:
    rows = [{"what": "チラシ", "updater": "代表", "hours": hours} for hours in hours_of_each]
    return {"fields": {"outputs": rows}}


ALL = 11
GAPS = [
    ({"fields": {"purpose": "広報をがんばる"}}, 1, "だれの、何がよくなるため"),
    (more_outputs("10", "10", "10", "10"), 1, "1つから3つにしぼりましょう"),
    (more_outputs("60", "69"), 2, "使える時間より大きい"),
    (more_outputs("60", ""), 2, "時間の欄が空いています"),
    (more_outputs("0"), 2, "時間の欄が空いています"),
    (without("outputs", "updater"), 1, "団体で更新できるか"),
    (without("outside"), 1, "範囲外を2つ以上"),
    (without("outside", "instead"), 1, "「では、どうするか」と組に"),
    ({"fields": {"ends": "2027/8/22"}}, 1, "はじめる日より後の"),
    ({"fields": {"ends": "2028/2/21"}}, 1, "半年以内"),
    (without("roles", "group"), 1, "団体とチームの両方に"),
    (without("roles", "team"), 1, "団体とチームの両方に"),
    ({"fields": {"contact": "メール"}}, 1, "窓口になる人"),
    ({"fields": {"privacy": "守る"}}, 1, "何を預からないか"),
    ({"fields": {"handover": "送る"}}, 1, "送って終わり、にしない"),
]


@pytest.mark.parametrize(("change", "lost", "message"), GAPS)
def test_a_gap_in_the_sheet_costs_its_points_and_says_what_to_write(
    lesson, points, told, changed, change, lost, message
) -> None:
    answer = changed(RIGHT["p3-1"], change)
    assert points(lesson["p3-1"], answer) == pytest.approx(4 * (ALL - lost) / ALL)
    assert message in told(lesson["p3-1"].judge(answer, with_key=True))


def test_the_sheet_just_fits_at_the_hours_that_are_there(lesson, points, changed) -> None:
    just = changed(RIGHT["p3-1"], more_outputs("60", "68"))
    assert points(lesson["p3-1"], just) == POINTS["p3-1"]
    half_a_year = changed(RIGHT["p3-1"], {"fields": {"ends": "2028/2/20"}})
    assert points(lesson["p3-1"], half_a_year) == POINTS["p3-1"]


def test_no_name_or_number_of_a_person_is_asked_for(lesson) -> None:
    for name in ("p3-1", "p3-reflection"):
        assert re.search("個人の名前や(連絡先|電話番号)は書か", lesson[name].spec["prompt"])


def test_the_hours_of_the_facts_are_those_of_the_key(lesson, names) -> None:
    plan = effort(
        5, hours_weekly=2, weeks=16, meetings=32, deliverables={"a": 40, "b": 30, "c": 50}
    )
    assert (plan.total, plan.available, plan.needed, plan.spare) == (160, 128, 120, 8)
    assert (
        names["plan"].words
        == plan.words
        == "使える時間は128時間、必要な時間は120時間です。収まります(余裕は8時間)。"
    )
    assert plan.words in lesson["p3-2"].solution().explanation


def test_the_order_of_the_needs_is_that_of_their_products(lesson) -> None:
    items = lesson["p3-check-2"].spec["items"]
    tasks = tuple(Task(item["id"], *item["given"]) for item in items)
    ranked = by_priority(tasks)
    assert [task.name for task in ranked] == RIGHT["p3-check-2"]["order"]
    told = lesson["p3-check-2"].solution().explanation
    assert all(f"{t.impact}×{t.feasibility}={t.score}" in told for t in ranked)


def test_no_graded_figure_is_a_bare_number(code_cells) -> None:
    """In the hidden tests a figure comes from `effort` or from what the prompt shows."""
    hidden = [cell.source for cell in code_cells if "BEGIN HIDDEN TESTS" in cell.source]
    assert len(hidden) == len(JUDGED)
    figures = {
        node.value
        for source in hidden
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Constant) and type(node.value) in {int, float}
    }
    assert figures & {160, 128, 120, 96, 24, 16, 72} == set()


def test_the_examples_of_the_text_are_worked_out(text) -> None:
    example = effort(
        4, hours_weekly=2, weeks=10, meetings=16, deliverables={"カレンダー": 24, "手順書": 30}
    )
    assert "4 × 2 × 10 = **80時間**" in text and example.total == 80
    assert "80 − 16 = **64時間**" in text and example.available == 64
    assert "64 − 54 = **10時間**" in text and (example.needed, example.spare) == (54, 10)
    [picture] = re.findall(r'<svg [^>]*aria-labelledby="fig2-title.*?</svg>', text, re.DOTALL)
    for shown in (">80時間<", ">64時間<", ">16<", ">カレンダー24<", ">手順書30<", ">10<"):
        assert shown in picture


def test_the_bars_of_the_figure_are_as_long_as_their_hours(text) -> None:
    [picture] = re.findall(r'<svg [^>]*aria-labelledby="fig2-title.*?</svg>', text, re.DOTALL)
    widths = [
        int(w) for w in re.findall(r'<rect x="\d+" y="\d+" width="(\d+)" height="40"', picture)
    ]
    assert widths == [4 * hours for hours in (80, 16, 64, 24, 30, 10)]


def test_the_practice_at_the_end_ties_out(text) -> None:
    [practice] = re.findall(r"### もう一度練習したい方へ(.*?)</details>", text, re.DOTALL)
    three = effort(3, hours_weekly=3, weeks=12, meetings=18, deliverables={"a": 45, "b": 30})
    two = effort(2, hours_weekly=3, weeks=12, meetings=18, deliverables={"a": 45, "b": 30})
    assert f"3 × 3 × 12 = {three.total}時間" in practice
    assert f"{three.total} − 18 = {three.available}時間" in practice
    assert f"{three.available} − (45 + 30) = {three.spare}時間" in practice
    assert f"= ▲{-two.spare}時間。{-two.spare}時間足りません" in practice


def test_every_typical_mistake_of_the_field_is_named_in_the_text(text) -> None:
    for mistake in (
        "団体の課題を外から決めつける",
        "成果物が団体で更新できない",
        "スコープクリープ",
        "「手伝い」で終わり、引継ぎがない",
        "連絡手段や扱いを決めない",
    ):
        assert mistake in text


def test_nothing_says_that_the_programme_is_offered_now(text) -> None:
    for told in ("2022年度のコラボノでも", "主催者の案内で確かめてください"):
        assert told in text
    assert not re.search("募集中|開催中|受付中|お申し込み", text)


def test_the_page_to_print_has_the_summary_and_the_checklist(text) -> None:
    [page] = re.findall(r'<div class="one-page">(.*?)</div>', text, re.DOTALL)
    assert "### 今日の1枚 " in page
    boxes = re.findall(r"^- □ (.+)$", page, re.MULTILINE)
    assert len(boxes) == 8
    for duty in ("聞いた", "直せる", "行き先", "会議を引いて", "窓口", "個人情報", "引継ぎの日"):
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
