"""Lesson 2 of the skill-up programme: each exercise judged, right, empty and typically wrong."""

import ast
import re
from datetime import date
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from lesson_tests import (  # noqa: F401
    cells,
    marked,
    placed,
    test_a_typical_mistake_is_named_and_the_rest_still_counts,
    test_every_message_of_a_key_can_be_reached,
    test_the_exercises_stand_in_their_order_with_their_points,
    test_the_right_answer_earns_everything_and_is_explained,
    values,
)

from manabiba_subjects.cost_sharing import share_costs
from manabiba_subjects.dated_table import dated_tables
from manabiba_subjects.dormant_deposits import share_funding, ten_years_end
from manabiba_subjects.periods import in_words
from manabiba_subjects.proportion import Proportion

NOTEBOOK = Path(__file__).parents[2] / "courses" / "skill-up" / "02-dormant-deposits.ipynb"

POINTS = {
    "s2-check": 2,
    "s2-1": 3,
    "s2-2": 3,
    "s2-3": 3,
    "s2-rumor": 3,
    "s2-4": 3,
    "s2-5": 5,
    "s2-books": 3,
    "s2-6": 5,
    "s2-rank": 3,
    "s2-draft": 3,
    "s2-reflection": 4,
}
JUDGED = [name for name in POINTS if name != "s2-reflection"]

RIGHT: dict[str, dict[str, Any]] = {
    "s2-check": {"values": {"city": "180,000円", "share": "75", "first": "ask"}},
    "s2-1": {"order": ["bank", "insurer", "designated", "distributor", "doer"]},
    "s2-2": {
        "placed": {
            "place": "doer",
            "one": "designated",
            "announce": "bank",
            "call": "distributor",
            "pay": "insurer",
            "send": "supporter",
        }
    },
    "s2-3": {
        "values": {
            "hamabe": "2026/5/10",
            "dormant": "令和8年5月11日",
            "club": "２０２９年３月３１日",
        }
    },
    "s2-rumor": {"marked": {"source": "deposit", "owner": "claim", "apply": "distributor"}},
    "s2-4": {
        "placed": {
            "recluse": "fits",
            "election": "no",
            "shopping": "fits",
            "replace": "ask",
            "faith": "no",
            "teens": "fits",
        }
    },
    "s2-5": {
        "cells": {
            "own.first": "800,000",
            "own.second": "1,000,000円",
            "own.third": "１２０００００",
            "own.whole": "3,000,000",
            "grant.first": "3,200,000",
            "grant.second": "4,000,000",
            "grant.third": "4,800,000",
            "grant.whole": "12,000,000",
        }
    },
    "s2-books": {
        "values": {
            "counted": "800,000",
            "raised": "3,203,000円",
            "donor": "no",
            "left": "advance",
        }
    },
    "s2-6": {
        "values": {
            "people": "30",
            "now": "10人",
            "now_share": "33.3",
            "goal": "24",
            "goal_share": "80%",
            "how": "ask",
            "kind": "output",
        }
    },
    "s2-rank": {
        "values": {},
        "products": {"logo": "6", "after": "15", "books": "20", "survey": "25"},
        "order": ["survey", "books", "after", "logo"],
    },
    "s2-draft": {
        "marked": {
            "result": "change",
            "use": "split",
            "after": "build",
            "send": "distributor",
        }
    },
}


SEVENTH = 5 * 6 / 7  # one of seven fields is lost
OUTPUT = "回数や人数は産出です。誰がどう変わったかが成果です。"

MISTAKES = [
    # the last lesson's hardest points
    ("s2-check", values(city="60,000"), 4 / 3, "団体側の合計です"),
    ("s2-check", values(city="204,000"), 4 / 3, "自己資金も引きましょう"),
    ("s2-check", values(city="120,000"), 4 / 3, "半分とは限りません"),
    ("s2-check", values(share="25"), 4 / 3, "団体側の割合です"),
    ("s2-check", values(share="0.75"), 4 / 3, "100を掛けて"),
    ("s2-check", values(first="paper"), 4 / 3, "持ちこむ前に"),
    # who does what
    ("s2-2", placed(place="distributor"), 2.5, "活動そのものは実行団体"),
    ("s2-2", placed(one="distributor"), 2.5, "全国に1つなのは指定活用団体"),
    ("s2-2", placed(announce="insurer"), 2.5, "預金を預かっている金融機関です"),
    ("s2-2", placed(call="supporter"), 2.5, "助成金を配る団体ではありません"),
    ("s2-2", placed(pay="bank"), 2.5, "支払う役目は預金保険機構です"),
    ("s2-2", placed(send="distributor"), 2.5, "助成金を配らないのは活動支援団体"),
    # ten years
    ("s2-3", values(hamabe="2026/5/9"), 2, "翌日から数えます"),
    ("s2-3", values(hamabe="2026/5/11"), 2, "休眠預金等になるはじめの日"),
    ("s2-3", values(hamabe="2025/5/10"), 2, "9年は、公告のめやす"),
    ("s2-3", values(hamabe="2021/5/10"), 2, "5年になっています"),
    ("s2-3", values(dormant="2026/5/10"), 2, "経過後の、次の日から"),
    ("s2-3", values(club="2029/4/1"), 2, "次の日になっています"),
    ("s2-3", values(club="2028/3/31"), 2, "9年になっています"),
    # 国の補助金, 没収, JANPIAへ直接
    ("s2-rumor", marked(source="city"), 2.5, "市の補助金でもありません"),
    ("s2-rumor", marked(owner="half"), 2.5, "元本と利子にあたるお金"),
    ("s2-rumor", marked(apply="city"), 2.5, "資金分配団体の公募をさがします"),
    ("s2-rumor", marked(apply="bank"), 2.5, "銀行は、預金を移すところ"),
    ("s2-rumor", marked(choose="order"), 2.0, "公募で行います"),
    ("s2-rumor", marked(years="one"), 2.0, "複数年度の活動への助成"),
    ("s2-rumor", marked(open="closed"), 2.0, "透明性の確保"),
    # what it may be used for
    ("s2-4", placed(recluse="no"), 2.5, "困難のある人の支援に合います"),
    ("s2-4", placed(election="fits"), 2.5, "特定の候補者を応援する団体には"),
    ("s2-4", placed(replace="fits"), 2.5, "肩代わりになります"),
    ("s2-4", placed(replace="no"), 2.5, "公募要領で認められないことも"),
    ("s2-4", placed(faith="ask"), 2.5, "宗教を広めることをおもな目的とする"),
    ("s2-4", placed(shopping="no"), 2.5, "地域の支援に合います"),
    # the money
    ("s2-5", cells(own_first="3,200,000", grant_first="3,200,000"), 5 * 7 / 8, "逆のようです"),
    ("s2-5", cells(own_third="1,000,000"), 5 * 7 / 8, "2年目と事業費がちがいます"),
    ("s2-5", cells(grant_whole="12,500,000"), 5 * 7 / 8, "1.2で割るのではありません"),
    ("s2-5", cells(grant_whole="15,000,000"), 5 * 7 / 8, "事業費の合計です"),
    # books and PST
    ("s2-books", values(counted="4,000,000"), 2.25, "寄附に数えません"),
    ("s2-books", values(counted="20,000"), 2.25, "1人分です"),
    ("s2-books", values(raised="3,000"), 2.25, "助成の額だけ、基準が上がります"),
    ("s2-books", values(raised="3,200,000"), 2.25, "もとの3,000円を足しましょう"),
    ("s2-books", values(donor="yes"), 2.25, "基準の額に届きません"),
    ("s2-books", values(left="revenue"), 2.25, "「前受助成金」へ振り替えます"),
    # the outcome
    ("s2-6", values(people="24"), SEVENTH, "それは目標値です"),
    ("s2-6", values(now="24"), SEVENTH, "3年後の目標値です"),
    ("s2-6", values(now_share="41.7"), SEVENTH, "目標値で割っています"),
    ("s2-6", values(now_share="0.33"), SEVENTH, "100を掛けて"),
    ("s2-6", values(now_share="0.333"), SEVENTH, "100を掛けて"),
    ("s2-6", values(now_share="33"), SEVENTH, "第1位まで"),
    ("s2-6", values(goal="14"), SEVENTH, "増える人数です"),
    ("s2-6", values(goal="34"), SEVENTH, "足さなくて大丈夫"),
    ("s2-6", values(goal_share="46.7"), SEVENTH, "増えた分の割合です"),
    ("s2-6", values(goal_share="240"), SEVENTH, "現状値で割っています"),
    ("s2-6", values(how="count"), SEVENTH, OUTPUT),
    ("s2-6", values(how="feel"), SEVENTH, "同じ質問で"),
    ("s2-6", values(kind="outcome"), SEVENTH, OUTPUT),
    # 確認テスト
    ("s2-draft", marked(result="more"), 2.625, OUTPUT),
    ("s2-draft", marked(result="people"), 2.625, OUTPUT),
    ("s2-draft", marked(use="all"), 2.625, "要検討です"),
    ("s2-draft", marked(after="again"), 2.625, "次も選ばれるとは限りません"),
    ("s2-draft", marked(send="office"), 2.625, "資金分配団体の公募に応募します"),
    ("s2-draft", marked(own="guess"), 2.25, "その回の公募要領で"),
]


def test_a_wrong_share_of_a_year_costs_its_own_cell_and_not_those_after_it(
    lesson, assert_only_the_first_cell_costs, changed
) -> None:
    entered = {"own.third": "1,000,000", "own.whole": "2,800,000", "grant.third": "5,000,000"}
    answer = changed(RIGHT["s2-5"], {"cells": {**entered, "grant.whole": "12,200,000"}})
    assert_only_the_first_cell_costs(lesson["s2-5"], answer, 5 * 7 / 8)


SWAPS = [
    ("insurer", "bank", "預金を預かっているのは金融機関"),
    ("designated", "insurer", "預金保険機構から交付を受けます"),
    ("distributor", "designated", "指定活用団体から助成などを受けます"),
    ("doer", "distributor", "はまべ食堂が応募する先も、資金分配団体です"),
]


@pytest.mark.parametrize(("early", "late", "message"), SWAPS)
def test_whoever_passes_the_money_on_too_early_is_named(
    lesson, points, told, early, late, message
) -> None:
    bodies = [body for body in RIGHT["s2-1"]["order"] if body != early]
    bodies.insert(bodies.index(late), early)
    assert points(lesson["s2-1"], {"order": bodies}) < POINTS["s2-1"]
    assert message in told(lesson["s2-1"].judge({"order": bodies}, with_key=True))


RANKS = [
    ({"products": {"survey": "55"}}, "5と5を掛けます"),
    ({"products": {"logo": "23"}}, "2と3を掛けます"),
    ({"order": ["survey", "after", "books", "logo"]}, "急ぎも掛けましょう"),
    ({"order": ["logo", "survey", "books", "after"]}, "始める前にしかとれない現状値"),
    ({"order": ["books", "survey", "after", "logo"]}, "活動を始めたあとではとれません"),
]


@pytest.mark.parametrize(("change", "message"), RANKS)
def test_a_wrong_priority_is_named(lesson, points, told, changed, change, message) -> None:
    answer = changed(RIGHT["s2-rank"], change)
    assert 0 < points(lesson["s2-rank"], answer) < POINTS["s2-rank"]
    assert message in told(lesson["s2-rank"].judge(answer, with_key=True))


def test_the_figures_are_those_of_the_functions(lesson) -> None:
    def key(name: str) -> Any:
        return lesson[name]._key

    funding = share_funding(15_000_000, own_rate=Fraction(20, 100))
    assert key("s2-5").cells["own.whole"] == funding.own_funds == 3_000_000
    assert key("s2-5").cells["grant.whole"] == funding.grant == 12_000_000
    assert key("s2-3").values["hamabe"] == ten_years_end(date(2016, 5, 10)).value
    assert key("s2-6").values["now_share"] == Proportion(10, 30).percent() == Decimal("33.3")
    assert key("s2-6").values["goal_share"] == Proportion(24, 30).percent() == 80


def test_the_worked_examples_and_the_practice_are_right(text) -> None:
    for total, rate, percent in (
        (6_000_000, Fraction(1, 10), 10),
        (9_000_000, Fraction(3, 20), 15),
    ):
        shared = share_funding(total, own_rate=rate)
        assert f"{total:,} × {percent} ÷ 100" in text
        assert f"{shared.own_funds:,}円" in text and f"{shared.grant:,}円" in text
    example = ten_years_end(date(2015, 8, 20)).value
    assert f"{in_words(example)}の**経過後**" in text.replace("「", "")
    assert f"{in_words(ten_years_end(date(2017, 9, 1)).value)}。" in text
    for part, whole in ((5, 20), (15, 20), (14, 40)):
        assert f"{part} ÷ {whole} × 100 = {Proportion(part, whole).percent():.0f}%" in text
    review = share_costs(240_000, fees=36_000, own_funds=24_000)
    assert f"{review.city:,}円" not in text  # the answer to a question stands in no text


def test_ten_years_and_the_donors_amount_are_those_of_the_tables(text) -> None:
    dormancy = dated_tables("dormant_deposits.toml")["dormancy"].at(date(2016, 5, 10))
    least = dated_tables("npo_law/certification.toml")["absolute"].at(date(2026, 11, 23))
    assert f"**{dormancy.whole('years')}年を経過した**" in text
    assert f"年{least.whole('yen'):,}円以上の寄附者" in text
    assert f"「{least.whole('yen'):,}円 + **助成の額**」" in text


def test_an_assumed_rate_is_called_one_wherever_it_is_asked_for(lesson, text) -> None:
    assert "割合は仮定です" in lesson["s2-5"].spec["prompt"]
    rated = [line for line in text.split("\n") if re.search(r"自己資金.*\d%", line)]
    assert len(rated) >= 3
    assert all("仮定" in line for line in rated)


def test_no_graded_figure_is_a_bare_number(code_cells) -> None:
    """In the hidden tests a figure comes from `subjects` or from what the prompt shows."""
    hidden = [cell.source for cell in code_cells if "BEGIN HIDDEN TESTS" in cell.source]
    assert len(hidden) == len(JUDGED)
    found = {
        node.value
        for source in hidden
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Constant) and type(node.value) in {int, float}
        if node.value > 120
    }
    assert found == set()


MISUNDERSTANDINGS = [
    "国の補助金 | もとは",
    "10年で没収 | 預けた人は",
    "JANPIAに直接応募する | 助成は、資金分配団体の公募",
    "回数だけの計画 | だれがどう変わるか",
    "終わったあとは未定 | 続けるお金",
]


def test_every_common_misunderstanding_is_named_in_the_text(text) -> None:
    for told_here in MISUNDERSTANDINGS:
        assert told_here in text


def test_nothing_is_said_to_be_on_offer(text) -> None:
    assert not any(word in text for word in ("開催中", "募集中", "受付中"))
    assert "いま募集があるかどうかも、このページではわかりません" in text
