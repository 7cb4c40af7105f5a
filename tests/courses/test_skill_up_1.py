"""Lesson 1 of the skill-up programme: each exercise judged, right, empty and typically wrong."""

import ast
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from lesson_tests import (  # noqa: F401
    cells,
    marked,
    placed,
    test_a_story_ends_as_it_was_told_and_says_where_it_turned,
    test_a_typical_mistake_is_named_and_the_rest_still_counts,
    test_every_message_of_a_key_can_be_reached,
    test_the_right_answer_earns_everything_and_is_explained,
    values,
)

from manabiba_subjects.cost_sharing import share_costs

NOTEBOOK = Path(__file__).parents[2] / "courses" / "skill-up" / "01-collaboration.ipynb"

POINTS = {
    "s1-start": 2,
    "s1-1": 3,
    "s1-5": 3,
    "s1-case": 4,
    "s1-2": 3,
    "s1-3": 3,
    "s1-share": 3,
    "s1-4": 4,
    "s1-draft": 3,
    "s1-6": 6,
    "s1-test": 2,
    "s1-reflection": 4,
}
BY_HAND = {"s1-6", "s1-reflection"}
JUDGED = [name for name in POINTS if name not in BY_HAND]

RIGHT: dict[str, dict[str, Any]] = {
    "s1-start": {
        "placed": {
            "plan": "joint",
            "order": "other",
            "idea": "joint",
            "money": "other",
            "alone": "other",
        }
    },
    "s1-1": {
        "placed": {
            "goal": "purpose",
            "spec": "equal",
            "closed": "open",
            "method": "autonomy",
            "words": "understanding",
            "stop": "independence",
        }
    },
    "s1-5": {
        "order": ["share", "ask", "plan", "talk", "agree", "act", "middle", "review", "publish"]
    },
    "s1-case": {
        "path": [["counter", "listen"], ["issue", "search"], ["meeting", "sheets"]],
        "reasons": {"counter": "課題が先だから", "meeting": "半分という意味ではないから"},
        "consult": ["所管課の原田さん", "センターの先輩の水野さん"],
        "memo": "高校生が毎週5人ほど来ます。",
    },
    "s1-2": {
        "placed": {
            "festival": "shared",
            "hall": "hosted",
            "survey": "entrusted",
            "meals": "supported",
            "lecture": "hosted",
            "cafe": "shared",
        }
    },
    "s1-3": {
        "values": {
            "city": "300,000円",
            "city_share": "60",
            "group_share": "４０%",
            "equal": "apart",
        }
    },
    "s1-share": {
        "cells": {
            "group.second": "240,000",
            "group.third": "288,000円",
            "city.second": "260,000",
            "city.third": "192,000",
            "share.second": "52",
            "share.third": "40.0%",
        }
    },
    "s1-4": {
        "cells": {
            "venue.group": "help",
            "venue.city": "main",
            "run.group": "main",
            "run.city": "help",
            "school.group": "help",
            "school.city": "main",
            "money.group": "main",
            "money.city": "help",
            "privacy.group": "main",
            "privacy.city": "none",
            "results.group": "main",
            "results.city": "main",
            "dates.group": "help",
            "dates.city": "main",
        }
    },
    "s1-draft": {
        "marked": {"way": "talk", "duty": "decide", "results": "both", "review": "mutual"}
    },
    "s1-test": {
        "values": {"notice": "reason", "contract": "whole", "apart": "party", "review": "mutual"}
    },
}


def test_the_exercises_stand_in_their_order_with_their_points(lesson) -> None:
    assert [*lesson] == [*POINTS]
    judged = {name: found.spec["points"] for name, found in lesson.items() if name in JUDGED}
    assert judged == {name: POINTS[name] for name in JUDGED}
    for name in BY_HAND:
        assert sum(part["points"] for part in lesson[name].spec["rubric"]) == POINTS[name]


EQUAL = "対等は費用の半分という意味ではなく、互いに意見と責任を持つことです。"

MISTAKES = [
    # 協働=下請け・補助金
    ("s1-start", placed(order="joint"), 1.6, "下請けとはちがいます"),
    ("s1-start", placed(money="joint"), 1.6, "補助金をもらうことではありません"),
    ("s1-start", placed(alone="joint"), 1.6, "大切な市民活動です"),
    ("s1-start", placed(idea="other"), 1.6, "はじめに提案したのが団体でも"),
    # the six principles
    ("s1-1", placed(goal="understanding"), 2.5, "ちがうのは、めざす姿"),
    ("s1-1", placed(spec="autonomy"), 2.5, "話し合いの席がありません"),
    ("s1-1", placed(closed="equal"), 2.5, "外から見えないこと"),
    ("s1-1", placed(method="independence"), 2.5, "自主性尊重です"),
    ("s1-1", placed(words="purpose"), 2.5, "言葉が通じない話"),
    ("s1-1", placed(stop="autonomy"), 2.5, "続ける力の話"),
    # the types of contract
    ("s1-2", placed(festival="hosted"), 2.5, "出し合っています"),
    ("s1-2", placed(hall="shared"), 2.5, "共催型です"),
    ("s1-2", placed(survey="supported"), 2.5, "全部を市が出して"),
    ("s1-2", placed(meals="entrusted"), 2.5, "団体が続けている事業"),
    ("s1-2", placed(cafe="entrusted"), 2.5, "団体が考え、費用も出し合います"),
    # the money
    ("s1-3", values(city="356,000"), 2.25, "自己資金も引きましょう"),
    ("s1-3", values(city="444,000"), 2.25, "参加費も引きましょう"),
    ("s1-3", values(city="200,000"), 2.25, "団体側の合計です"),
    ("s1-3", values(city="250,000"), 2.25, EQUAL),
    ("s1-3", values(city_share="40"), 2.25, "団体側の割合です"),
    ("s1-3", values(city_share="0.6"), 2.25, "100を掛けて"),
    ("s1-3", values(city_share="50"), 2.25, EQUAL),
    ("s1-3", values(group_share="28.8"), 2.25, "自己資金も足しましょう"),
    ("s1-3", values(group_share="11.2"), 2.25, "参加費も足しましょう"),
    ("s1-3", values(equal="less"), 2.25, EQUAL),
    ("s1-3", values(equal="more"), 2.25, "多く出す側が決めるのではありません"),
    ("s1-share", cells(group_second="90,000", city_second="260,000"), 2.5, "参加費も足しましょう"),
    ("s1-share", cells(city_second="350,000", share_second="52"), 2.5, "自己資金も引きましょう"),
    ("s1-share", cells(city_third="212,000"), 2.5, "3年目の総事業費から"),
    ("s1-share", cells(share_second="48"), 2.5, "団体側の割合です"),
    ("s1-share", cells(share_third="38.4"), 2.5, "3年目の総事業費で割りましょう"),
    # who answers for what
    ("s1-4", cells(privacy_city="help"), 4 * 15 / 16, "名簿は渡しません"),
    ("s1-4", cells(run_city="main"), 4 * 13 / 16, "手伝うほうは○に"),
    ("s1-4", cells(school_group="none"), 4 * 15 / 16, "団体が手伝うこと"),
    ("s1-4", cells(results_city="help"), 4 * 15 / 16, "両方に帰属します"),
    ("s1-4", cells(money_group="help"), 4 * 13 / 16, "◎がちょうど1つになっていない"),
    ("s1-4", cells(venue_city="none"), 4 * 13 / 16, "市が行うことになりました"),
    ("s1-4", cells(dates_city="none"), 4 * 13 / 16, "二重に見ましょう"),
    # the draft
    ("s1-draft", marked(way="group"), 2.625, "協働になりません"),
    ("s1-draft", marked(duty="all"), 2.625, "一方に全部を負わせず"),
    ("s1-draft", marked(results="silent"), 2.625, "決めずにおくと"),
    ("s1-draft", marked(review="skip"), 2.625, "相互評価を行います"),
    ("s1-draft", marked(cost="half"), 2.25, "費用の半分という意味ではありません"),
    ("s1-draft", marked(roles="word"), 2.25, "だれがするのかわかりません"),
    # 確認テスト
    ("s1-test", values(notice="only"), 1.5, "理由をつけて知らせます"),
    ("s1-test", values(contract="roles"), 1.5, "責任や費用を決めない"),
    ("s1-test", values(apart="class"), 1.5, "除かれません"),
    ("s1-test", values(review="regret"), 1.5, "反省会で終えず"),
]


CHAINS = [
    ({"group.second": "90,000", "city.second": "410,000", "share.second": "82"}, 2.5),
    ({"city.third": "212,000", "share.third": "44.2"}, 2.5),
]


@pytest.mark.parametrize(("entered", "earned"), CHAINS)
def test_a_mistake_in_a_year_costs_its_own_cell_and_not_those_after_it(
    lesson, assert_only_the_first_cell_costs, changed, entered, earned
) -> None:
    answer = changed(RIGHT["s1-share"], {"cells": entered})
    assert_only_the_first_cell_costs(lesson["s1-share"], answer, earned)


SWAPS = [
    ("plan", "ask", "いきなり持ちこむより、先に相談"),
    ("plan", "share", "課題)を共有しましょう"),
    ("agree", "talk", "協議してから"),
    ("act", "agree", "責任を決めてから"),
    ("review", "middle", "まだ直せる途中"),
    ("publish", "review", "評価が先です"),
]


@pytest.mark.parametrize(("early", "late", "message"), SWAPS)
def test_a_step_before_its_time_says_why(lesson, points, told, early, late, message) -> None:
    steps = [step for step in RIGHT["s1-5"]["order"] if step != early]
    steps.insert(steps.index(late), early)
    assert points(lesson["s1-5"], {"order": steps}) < POINTS["s1-5"]
    assert message in told(lesson["s1-5"].judge({"order": steps}, with_key=True))


@pytest.mark.parametrize(("item", "second"), [("lecture", "supported"), ("cafe", "supported")])
def test_a_second_best_type_is_right_as_well(lesson, points, changed, item, second) -> None:
    answer = changed(RIGHT["s1-2"], placed(**{item: second}))
    assert points(lesson["s1-2"], answer) == POINTS["s1-2"]


def test_the_dates_may_be_kept_by_either_side(lesson, points, changed) -> None:
    answer = changed(RIGHT["s1-4"], cells(dates_group="main", dates_city="help"))
    assert points(lesson["s1-4"], answer) == POINTS["s1-4"]


STORY = "s1-case"
WAYS = {
    "returned": ([["counter", "submit"]], 0.0, "いきなり窓口に持ちこむ前に"),
    "taken": ([["counter", "instead"]], 0.2, "代わりに決める人ではありません"),
    "waiting": ([["counter", "listen"], ["issue", "post"]], 0.3, "課題の言葉で調べ"),
    "halved": ([["counter", "listen"], ["issue", "search"], ["meeting", "half"]], 0.6, EQUAL),
    "left": (
        [["counter", "listen"], ["issue", "search"], ["meeting", "city"]],
        0.5,
        "一緒に決めましょう",
    ),
    "agreed": (
        [["counter", "listen"], ["issue", "search"], ["meeting", "offer"]],
        1.0,
        "困っている人の話から",
    ),
}


def test_the_figures_are_those_of_the_functions(lesson, names) -> None:
    shared = share_costs(500_000, fees=144_000, own_funds=56_000)
    key = lesson["s1-3"]._key.values
    assert (key["city"], key["city_share"], key["group_share"]) == (300_000, 60, 40)
    assert (shared.city, shared.city_share.percent()) == (300_000, Decimal("60.0"))
    assert {year: plan.city for year, plan in names["plans"].items()} == {
        "second": 260_000,
        "third": 192_000,
    }


def test_the_worked_example_and_the_practice_are_right(text) -> None:
    example = share_costs(200_000, fees=30_000, own_funds=20_000)
    practice = share_costs(320_000, fees=48_000, own_funds=32_000)
    for shared in (example, practice):
        assert f"{shared.city:,}円" in text
        assert f"{shared.city_share.percent():.0f}%" in text
        assert f"{shared.group_share.percent():.0f}%" in text
    assert "30,000円(15%)" in text.replace(" ", "") and "20,000円(10%)" in text


def test_the_questions_are_written_in_rows_and_graded_by_hand(lesson) -> None:
    questions = lesson["s1-6"]
    assert questions.spec["check"] == "form"
    asked = [{"question": "何を出せますか"}] * 3
    said = {"aim": "対等かどうかを確かめます。", "first": "はじめましょう。"}
    full = {"fields": {"to_group": asked, "to_city": asked, **said}}
    assert questions.judge(full, with_key=False).status == "formal"
    part = {"fields": {**full["fields"], "to_city": []}}
    assert questions.judge(part, with_key=False).status == "incomplete"


def test_no_graded_figure_is_a_bare_number(code_cells) -> None:
    """In the hidden tests a figure comes from `subjects` or from what the prompt shows."""
    hidden = [cell.source for cell in code_cells if "BEGIN HIDDEN TESTS" in cell.source]
    assert len(hidden) == len(JUDGED)
    found = {
        node.value
        for source in hidden
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Constant) and type(node.value) in {int, float}
        if node.value > 100
    }
    assert found == set()


MISUNDERSTANDINGS = [
    "協働=下請け",
    "協働=補助金",
    "対等**は、費用の半分という意味ではない",
    "企画書を持ちこむ前に",
    "責任・個人情報・著作権・期限",
    "反省会で終えず",
]


def test_every_common_misunderstanding_is_named_in_the_text(text) -> None:
    for told_here in MISUNDERSTANDINGS:
        assert told_here in text


def test_the_six_principles_are_not_the_leaflets_points_and_nothing_is_on_offer(text) -> None:
    assert "6つのポイント" not in text
    assert not any(word in text for word in ("開催中", "募集中", "受付中"))
