"""Lesson 2 of the trial seminar: each exercise judged, right, empty and typically wrong."""

import re
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from lesson_tests import (  # noqa: F401
    marked,
    placed,
    test_a_story_ends_as_it_was_told_and_says_where_it_turned,
    test_a_typical_mistake_is_named_and_the_rest_still_counts,
    test_every_message_of_a_key_can_be_reached,
    test_the_exercises_stand_in_their_order_with_their_points,
    test_the_right_answer_earns_everything_and_is_explained,
    values,
)

from manabiba_server.courses import load_courses
from manabiba_subjects.proportion import Proportion

COURSES = Path(__file__).parents[2] / "courses"
NOTEBOOK = COURSES / "trial" / "02-collaboration.ipynb"

POINTS = {
    "t2-check-1": 2,
    "t2-1": 3,
    "t2-2": 4,
    "t2-3": 3,
    "t2-4": 3,
    "t2-5": 3,
    "t2-8": 3,
    "t2-6": 3,
    "t2-7": 3,
    "t2-necessity": 8,
    "t2-reflection": 4,
}
BY_HAND = {"t2-necessity", "t2-reflection"}
JUDGED = [name for name in POINTS if name not in BY_HAND]

RIGHT: dict[str, dict[str, Any]] = {
    "t2-check-1": {"values": {"share": "２５．０", "issue": "people"}},
    "t2-1": {
        "placed": {
            "books": "alone",
            "cafe": "joint",
            "reception": "city",
            "letters": "city",
            "talk": "joint",
            "walk": "alone",
            "course": "joint",
        }
    },
    "t2-2": {
        "placed": {
            "orders": "equal",
            "method": "own",
            "stops": "stand",
            "words": "know",
            "goals": "aim",
            "hidden": "open",
        }
    },
    "t2-3": {
        "values": {
            "may": "propose",
            "reasons": "reasons",
            "contract": "contract",
            "shares": "all",
        }
    },
    "t2-4": {
        "placed": {
            "survey": "commission",
            "committee": "share",
            "library": "subsidy",
            "names": "joint",
            "cafe": "share",
        }
    },
    "t2-5": {"chosen": ["review", "money"]},
    "t2-8": {
        "path": [["start", "read"], ["aim", "both"], ["next", "asked"]],
        "reasons": {"start": "何のためだったかを、同じにしたいから"},
        "consult": [
            "区の市民活動センター(間に入ってもらう)",
            "横浜市市民協働推進センターの相談",
        ],
        "memo": "聞きたいこと: 一緒に訪ねるときの、個人情報の約束",
    },
    "t2-6": {
        "placed": {
            "known": "group",
            "schools": "city",
            "quick": "group",
            "experts": "city",
            "survey": "city",
            "helpers": "group",
            "trust": "city",
            "place": "city",
        }
    },
    "t2-7": {"marked": {"city": "both", "together": "who", "equal": "talk"}},
}

NECESSITY = {
    "alone": "できること: 高校生の話を聞く場をひらく。"
    "難しいこと: 知らない高校生に知らせる。専門の窓口につなぐ。",
    "strength_group": "遊び場を卒業した高校生との顔なじみがある。",
    "strength_city": "区内の高校に、お知らせを届ける道すじがある。",
    "necessity": "高校生が話をするのは、顔なじみの大人です。団体だけでは知らせることができず、"
    "市だけでは窓口に来ない高校生に会えません。出会って聞くのは団体、知らせてつなぐのは市。2つをつなげると届きます。",
}


def chosen(wrong: str) -> dict[str, Any]:
    """Everything that is right and one thing that is not."""
    return {"chosen": ["review", "money", wrong]}


EQUAL = "対等は費用の半分という意味ではなく、互いに意見と責任を持つことです。"

MISTAKES = [
    # the last lesson's hardest points
    ("t2-check-1", values(share="0.25"), 1, "100を掛けると"),
    ("t2-check-1", values(share="33.3"), 1, "「いない人 ÷ いる人」"),
    ("t2-check-1", values(share="45"), 1, "それは人数です"),
    ("t2-check-1", values(share="400"), 1, "割る数と割られる数が逆"),
    ("t2-check-1", values(issue="salon"), 1, "ほしいものの裏返し"),
    ("t2-check-1", values(issue="wish"), 1, "市へのお願いです"),
    ("t2-check-1", values(issue="all"), 1, "聞いていない人のことまで"),
    # 協働が要るか
    ("t2-1", placed(books="joint"), 3 * 6 / 7, "団体だけで進められます"),
    ("t2-1", placed(reception="joint"), 3 * 6 / 7, "協働とはいえません"),
    ("t2-1", placed(cafe="alone"), 3 * 6 / 7, "片方だけでは届きません"),
    ("t2-1", placed(talk="city"), 3 * 6 / 7, "片方だけでは届きません"),
    ("t2-1", placed(course="alone"), 3 * 6 / 7, "市が行う講座なので"),
    # 6つの原則
    ("t2-2", placed(orders="know"), 4 * 5 / 6, "対等の話です"),
    ("t2-2", placed(method="equal"), 4 * 5 / 6, "団体らしいやり方"),
    ("t2-2", placed(stops="aim"), 4 * 5 / 6, "支えがなくなっても"),
    ("t2-2", placed(goals="know"), 4 * 5 / 6, "めざすものがずれて"),
    ("t2-2", placed(words="aim"), 4 * 5 / 6, "言葉や進め方のちがい"),
    ("t2-2", placed(hidden="equal"), 4 * 5 / 6, "みんなに見えるように"),
    # 条例
    ("t2-3", values(may="demand"), 3 * 3 / 4, "命じるのではありません"),
    ("t2-3", values(reasons="only"), 3 * 3 / 4, "結果だけではありません"),
    ("t2-3", values(contract="grant"), 3 * 3 / 4, "補助金をもらうこととはちがいます"),
    ("t2-3", values(shares="roles"), 3 * 3 / 4, "役割だけ決めて"),
    ("t2-3", values(shares="half"), 3 * 3 / 4, EQUAL),
    # 契約の型
    ("t2-4", placed(survey="subsidy"), 3 * 4 / 5, "もともと市の事業"),
    ("t2-4", placed(library="commission"), 3 * 4 / 5, "もともと団体の事業"),
    ("t2-4", placed(names="share"), 3 * 4 / 5, "お金を出しあわず"),
    ("t2-4", placed(committee="joint"), 3 * 4 / 5, "費用を出しあって"),
    ("t2-5", chosen("half"), 1.5, EQUAL),
    ("t2-5", chosen("works"), 1.5, "双方のものになります"),
    ("t2-5", chosen("boss"), 1.5, "下請けです"),
    ("t2-5", chosen("blame"), 1.5, "反省会で終えると"),
    # 強み
    ("t2-6", placed(known="city"), 3 * 7 / 8, "小さく見つもらない"),
    ("t2-6", placed(schools="group"), 3 * 7 / 8, "団体だけでは用意しにくい"),
    # 確認テスト
    ("t2-7", marked(city="more"), 2.5, "お願いのリストのまま"),
    ("t2-7", marked(together="strong"), 2.5, "だれが何をするかがわかりません"),
    ("t2-7", marked(equal="city"), 2.5, "話しあって決めます"),
    ("t2-7", marked(alone="drop"), 2.0, "協働の理由になります"),
]


STORY = "t2-8"
WAYS = {
    # where somebody turns off, what it is worth, and what is told there
    "apart": ([["start", "blame"]], 0.0, "互いに意見と責任を持つこと"),
    "tired": ([["start", "leaflets"]], 0.5, "協働でなくなって"),
    "hidden": ([["start", "read"], ["aim", "quiet"]], 0.0, "公開の原則"),
    "leak": (
        [["start", "read"], ["aim", "both"], ["next", "list"]],
        0.0,
        "個人情報を、本人に聞かずに",
    ),
}


def test_there_is_more_than_one_good_way_to_go_on_together(lesson, points) -> None:
    for last in ("asked", "written"):
        path = [["start", "read"], ["aim", "both"], ["next", last]]
        assert points(lesson["t2-8"], {**RIGHT["t2-8"], "path": path}) == POINTS["t2-8"]


@pytest.mark.parametrize(
    ("exercise_id", "item", "second"),
    [("t2-1", "course", "city"), ("t2-4", "cafe", "subsidy"), ("t2-6", "place", "group")],
)
def test_where_two_answers_can_be_thought_of_either_is_right(
    lesson, points, changed, exercise_id, item, second
) -> None:
    answer = changed(RIGHT[exercise_id], placed(**{item: second}))
    assert points(lesson[exercise_id], answer) == POINTS[exercise_id]


def test_the_six_principles_are_those_of_the_code_and_no_others(names, text, table_of) -> None:
    six = ["対等", "自主性尊重", "自立化", "相互理解", "目的共有", "公開"]
    assert [*names["principles"].values()] == six
    assert [row[0].partition("(")[0] for row in table_of(text, "原則")] == six
    assert f"**6つの原則**: {'/'.join(six)}" in text
    assert "6つのポイント" not in text


def test_the_four_kinds_of_contract_are_told_alike_everywhere(names, text) -> None:
    four = ["委託型", "負担金型", "補助型", "共催型"]
    assert [*names["kinds"].values()] == four
    [picture] = re.findall(r'<svg [^>]*aria-labelledby="fig2-title.*?</svg>', text, re.DOTALL)
    assert re.findall(r">(\S+型)</text>", picture) == four
    assert f"**4つの型**: {'/'.join(four)}" in text


def test_the_document_has_the_fields_of_the_assembled_plan(lesson) -> None:
    necessity = lesson["t2-necessity"]
    assert {field.id: field.kind for field in necessity._paper.fields} == dict.fromkeys(
        ("alone", "strength_group", "strength_city", "necessity"), "text"
    )
    assert necessity.judge({"fields": NECESSITY}, with_key=True).status == "formal"


@pytest.mark.parametrize("field", NECESSITY)
def test_a_part_of_the_plan_with_an_empty_field_is_incomplete_there(lesson, field) -> None:
    judgement = lesson["t2-necessity"].judge({"fields": {**NECESSITY, field: ""}}, with_key=True)
    assert judgement.status == "incomplete"
    assert [part.input for part in judgement.parts] == [field]


def test_the_part_is_graded_by_four_criteria_of_two_points(lesson) -> None:
    rubric = lesson["t2-necessity"].spec["rubric"]
    assert [criterion["points"] for criterion in rubric] == [2, 2, 2, 2]
    assert "お願いのリスト" in rubric[-1]["label"]


def test_no_name_or_number_of_a_person_is_asked_for(lesson, text) -> None:
    assert "個人の名前や電話番号は書か" in lesson["t2-reflection"].spec["prompt"]
    assert "個人の名前や電話番号は書かないでください" in text


def test_what_the_ordinance_and_the_city_say_has_its_date(text) -> None:
    for said, day in (
        ("市長は、すみやかに検討して決め", "2018年12月14日"),
        ("軽易(けいい)なものを除いて", "2022年10月12日"),
        ("**4つの型**があります", "2022年10月12日"),
        ("公共的又は公益的な活動及び事業を横浜市と市民等が協力して行うこと", "2023年"),
        ("平成24年6月25日条例第34号", "二次的な資料"),
    ):
        lines = [line for line in text.split("\n") if said in line]
        assert lines and all(day in line for line in lines), said


def test_the_years_go_upwards(text, table_of) -> None:
    years = [int(row[0][:4]) for row in table_of(text, "年")]
    assert years == [1999, 2004, 2012, 2020]
    assert all(earlier < later for earlier, later in pairwise(years))


def test_the_figure_of_the_recap_is_worked_out(names) -> None:
    assert names["parents"] == Proportion(45, 180)
    assert str(names["parents"].percent()) == "25.0"


def test_nothing_is_said_to_be_offered_and_one_is_told_whom_to_ask(text) -> None:
    assert "横浜市の担当課や市民協働推進センターに確かめて**ください" in text
    assert not re.search("申し込め|申込受付|募集中", text)


def test_a_part_of_the_plan_says_that_it_goes_into_the_whole(text) -> None:
    assert text.count("[通しの事業プラン](paper)") == 1
    assert "2つめの部分になります" in text


def test_the_page_to_print_has_the_summary_and_the_checklist(text) -> None:
    [page] = re.findall(r'<div class="one-page">(.*?)</div>', text, re.DOTALL)
    assert len(re.findall(r"^- □ ", page, re.MULTILINE)) == 5
    for said in ("10条", "12条", "6つの原則", "4つの型", "2022年10月12日"):
        assert said in page


def test_the_course_names_where_its_facts_come_from() -> None:
    sources = {source.id for source in load_courses(COURSES)["trial"].sources}
    assert {"Y6", "Y7", "Y8", "Y9", "Y10", "Y17", "W24-W27"} <= sources


def test_the_part_leaves_the_numbers_to_the_assembled_plan(lesson) -> None:
    blocks = lesson["t2-necessity"].spec["blocks"]
    heads = [block["text"] for block in blocks if block["block"] == "heading"]
    assert heads == ["団体だけでできること・難しいこと", "団体の強み", "市の強み", "協働の必要性"]


@pytest.mark.parametrize("exercise_id", ["t2-1", "t2-2", "t2-4", "t2-6"])
def test_every_wrong_place_is_answered_with_a_reason(lesson, exercise_id) -> None:
    found = lesson[exercise_id]
    for item, right in found._key.groups.items():
        assert {*found.spec["groups"]} - right <= {*found._key.mistakes.get(item, {})}, item
