"""Lesson 4 of スキルアップ: each exercise judged, right, empty and typically wrong."""

import ast
import re
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from manabiba_subjects.it_costs import examine_backups, year_of_tool
from manabiba_subjects.member_list import (
    Member,
    duplicate_groups,
    has_lost_zero,
    normal_name,
    normal_phone,
)

NOTEBOOK = Path(__file__).parents[2] / "courses" / "skill-up" / "04-it.ipynb"

POINTS = {
    "s4-check-1": 1,
    "s4-tasks": 2,
    "s4-table": 3,
    "s4-6": 3,
    "s4-1": 5,
    "s4-2": 4,
    "s4-3": 4,
    "s4-account": 2,
    "s4-4": 2,
    "s4-5": 2,
    "s4-sheet": 2,
    "s4-test": 3,
    "s4-reflection": 4,
}
BY_HAND = {"s4-sheet-rubric": 3}
JUDGED = [name for name in POINTS if name != "s4-reflection"]

TOOLS = [
    {
        "what": what,
        "use": use,
        "owner": owner,
        "admins": "代表と事務局",
        "copy": copy,
    }
    for what, use, owner, copy in (
        ("名簿の表", "会費の確認", "団体", "外付け"),
        ("出納帳(紙)", "現金の記録", "団体", "ない"),
        ("写真", "会報", "個人", "クラウド"),
    )
]

RIGHT: dict[str, dict[str, Any]] = {
    "s4-check-1": {"values": {"click": "5", "conversion": "25.0%", "photo": "ask"}},
    "s4-tasks": {
        "products": {"deco": "3", "events": "9", "books": "16", "roster": "２０", "print": "4"},
        "order": ["roster", "books", "events", "print", "deco"],
    },
    "s4-table": {
        "marked": {
            "zero": "text",
            "two": "split",
            "day": "text",
            "mixed": "separate",
            "total": "out",
        }
    },
    "s4-6": {
        "cells": {
            "p2.phone": "09000000002",
            "p4.phone": "045-000-0013",
            "p6.phone": "0450000007",
            "p8.phone": "090-0000-0022",
            "p10.phone": "090 0000 0024",
        },
        "values": {"kind": "text"},
    },
    "s4-1": {
        "marks": ["m18", "m25", "m30", "m8", "m34", "m37"],
        "values": {"people": "34", "open": "8人"},
    },
    "s4-2": {
        "cells": {
            "list.year": "72,000",
            "price.year": "36,000円",
            "saved.year": "62400",
            "benefit.year": "26,400",
        }
    },
    "s4-3": {
        "cells": {
            "roster.chief": "view",
            "roster.office": "edit",
            "roster.volunteer": "none",
            "books.chief": "view",
            "books.office": "edit",
            "books.volunteer": "none",
            "desk.chief": "view",
            "desk.office": "edit",
            "desk.volunteer": "edit",
            "admin.chief": "edit",
            "admin.office": "edit",
            "admin.volunteer": "none",
        }
    },
    "s4-account": {
        "values": {"owner": "group", "password": "each", "draft": "plain", "leave": "switch"}
    },
    "s4-4": {
        "placed": {"bank": "stop", "boss": "stop", "bill": "go", "file": "stop", "talk": "go"}
    },
    "s4-5": {"placed": {"full": "yes", "inside": "no", "desk": "no", "two": "no", "home": "yes"}},
    "s4-sheet": {
        "fields": {
            "purpose": "会費のもらい忘れをなくす",
            "tools": TOOLS,
            "worry": "写真が個人の携帯にしかない",
            "next": "1か月目に写しをつくる",
        }
    },
    "s4-test": {
        "values": {
            "price": "43,200",
            "saved": "46,800",
            "benefit": "3,600円",
            "total": "out",
            "copy": "away",
        }
    },
}


def test_the_exercises_stand_in_their_order_with_their_points(lesson, code_cells) -> None:
    assert [(name, found.spec["points"]) for name, found in lesson.items()] == [*POINTS.items()]
    cells = {cell.metadata.nbgrader.grade_id: cell.metadata.nbgrader for cell in code_cells}
    assert {name: cells[name].points for name in BY_HAND} == BY_HAND
    for name, points in BY_HAND.items():
        rubric = lesson[name.removesuffix("-rubric")].spec["rubric"]
        assert sum(criterion["points"] for criterion in rubric) == points


@pytest.mark.parametrize("exercise_id", JUDGED)
def test_the_right_answer_earns_everything_and_is_explained(
    lesson, assert_right, exercise_id
) -> None:
    assert_right(lesson[exercise_id], RIGHT[exercise_id])


@pytest.mark.parametrize("exercise_id", JUDGED)
def test_every_message_of_a_key_can_be_reached(
    lesson, assert_every_message_reached, exercise_id
) -> None:
    assert_every_message_reached(lesson[exercise_id], RIGHT[exercise_id])


def values(**entered: str) -> dict[str, Any]:
    return {"values": entered}


def placed(**groups: str) -> dict[str, Any]:
    return {"placed": groups}


def marked(**corrections: str) -> dict[str, Any]:
    return {"marked": corrections}


def cells(**entered: str) -> dict[str, Any]:
    """Changed cells; `list_year="1"` is the cell list.year."""
    return {"cells": {name.replace("_", "."): text for name, text in entered.items()}}


SIXTH = 3 * 5 / 6  # one of five numbers and a pick is lost
SEVENTH = 5 * 6 / 7  # one of five groups and two counts is lost
CELL = 4 * 13 / 14  # one of twelve cells and two rules is lost

MISTAKES = [
    # the last lesson
    ("s4-check-1", values(click="20"), 2 / 3, "分母が開封になっています"),
    ("s4-check-1", values(conversion="5"), 2 / 3, "それはクリック率です"),
    ("s4-check-1", values(photo="same"), 2 / 3, "「紙の会報だけ」"),
    # the form of a table
    ("s4-table", marked(zero="hyphen"), 2.7, "先頭の0がないまま"),
    ("s4-table", marked(two="and"), 2.7, "1行に2人のまま"),
    ("s4-table", marked(day="erase"), 2.7, "日付に変わったもの"),
    ("s4-table", marked(mixed="color"), 2.7, "数えたり絞ったりしにくい"),
    ("s4-table", marked(total="bold"), 2.7, "会員が1人ふえます"),
    ("s4-table", marked(good="number"), 2.4, "このままで使えます"),
    ("s4-table", marked(empty="erase"), 2.4, "未納とわかることが大切"),
    # the lost zero
    ("s4-6", cells(p2_phone="90000000020"), SIXTH, "うしろではなく先頭に"),
    ("s4-6", cells(p4_phone="00450000013"), SIXTH, "0が1つ多くなっています"),
    ("s4-6", cells(p2_phone="０９００００００００２"), SIXTH, "全角と半角"),
    ("s4-6", values(kind="number"), SIXTH, "また先頭の0が消えたり"),
    ("s4-6", values(kind="auto"), SIXTH, "おまかせにすると"),
    # 名寄せ
    ("s4-1", values(people="40"), SEVENTH, "行の数のままです"),
    ("s4-1", values(people="35"), SEVENTH, "組の数を引いたようです"),
    ("s4-1", values(people="29"), SEVENTH, "1人につき1行は残します"),
    ("s4-1", values(open="13"), SEVENTH, "未納の行の数です"),
    ("s4-1", values(open="10"), SEVENTH, "1行でも「納入」があれば"),
    # costs
    ("s4-2", cells(list_year="14,400"), 3, "人数も掛けましょう"),
    ("s4-2", cells(list_year="6,000"), 3, "12か月を掛けましょう"),
    ("s4-2", cells(price_year="72,000"), 3, "割引を引いていません"),
    ("s4-2", cells(saved_year="5,200"), 3, "12か月を掛けましょう"),
    ("s4-2", cells(saved_year="312,000"), 3, "団体全体の時間"),
    ("s4-2", cells(benefit_year="▲9,600"), 3, "割引の前の額"),
    ("s4-2", cells(benefit_year="98,400"), 3, "足しています"),
    ("s4-2", cells(benefit_year="▲26,400"), 3, "順番が逆"),
    # permissions
    ("s4-3", cells(roster_chief="edit"), CELL, "「見るだけ」でじゅうぶん"),
    ("s4-3", cells(books_volunteer="view"), CELL, "見られる人が多いほど"),
    ("s4-3", cells(roster_volunteer="edit"), CELL - 4 / 14, "使わない人には見せません"),
    ("s4-3", cells(admin_chief="none"), CELL - 4 / 14, "ちょうど2人"),
    ("s4-3", cells(desk_volunteer="view"), CELL, "見るだけでは、書きこめません"),
    ("s4-3", cells(desk_chief="edit"), CELL, "受付表に書きこみません"),
    ("s4-3", cells(books_office="view"), CELL, "これでは仕事ができません"),
    # accounts and AI
    ("s4-account", values(owner="own"), 1.5, "個人のアカウントで運用しない"),
    ("s4-account", values(password="one"), 1.5, "パスワードを共有すると"),
    ("s4-account", values(draft="paste"), 1.5, "外のコンピューターに"),
    ("s4-account", values(draft="half"), 1.5, "だれかがわかることがあります"),
    ("s4-account", values(leave="later"), 1.5, "その日に止めましょう"),
    # フィッシング and 3-2-1
    ("s4-4", placed(bank="go"), 1.6, "自分で調べた番号"),
    ("s4-4", placed(boss="go"), 1.6, "いつもの電話番号で"),
    ("s4-4", placed(file="go"), 1.6, "知らない相手の添付"),
    ("s4-4", placed(bill="stop"), 1.6, "もう確かめてあります"),
    ("s4-5", placed(inside="yes"), 1.6, "いくつあっても1種類"),
    ("s4-5", placed(desk="yes"), 1.6, "同じ机の上"),
    ("s4-5", placed(two="yes"), 1.6, "まだ2つです"),
    # 確認テスト
    ("s4-test", values(price="3,600"), 2.4, "12か月を掛けましょう"),
    ("s4-test", values(price="10,800"), 2.4, "人数も掛けましょう"),
    ("s4-test", values(saved="187,200"), 2.4, "団体全体の時間"),
    ("s4-test", values(benefit="-3,600"), 2.4, "順番が逆"),
    ("s4-test", values(total="fine"), 2.4, "会員が1人ふえたように"),
    ("s4-test", values(copy="fine"), 2.4, "一緒になくなります"),
]


@pytest.mark.parametrize(("exercise_id", "change", "earned", "message"), MISTAKES)
def test_a_typical_mistake_is_named_and_the_rest_still_counts(
    lesson, points, told, changed, exercise_id, change, earned, message
) -> None:
    answer = changed(RIGHT[exercise_id], change)
    assert points(lesson[exercise_id], answer) == pytest.approx(earned)
    assert message in told(lesson[exercise_id].judge(answer, with_key=True))


@pytest.mark.parametrize(
    ("row", "message"), [("m17", "別の人かもしれません"), ("m13", "家族かもしれません")]
)
def test_who_is_alike_in_one_thing_only_is_not_the_same_person(
    lesson, points, told, row, message
) -> None:
    answer = {**RIGHT["s4-1"], "marks": [*RIGHT["s4-1"]["marks"], row]}
    assert points(lesson["s4-1"], answer) == pytest.approx(SEVENTH)
    assert message in told(lesson["s4-1"].judge(answer, with_key=True))


def test_any_one_row_of_a_person_may_stay(lesson, points) -> None:
    answer = {**RIGHT["s4-1"], "marks": ["m5", "m4", "m12", "m21", "m34", "m15"]}
    assert points(lesson["s4-1"], answer) == POINTS["s4-1"]


def test_a_number_that_lost_nothing_needs_no_zero(lesson, points, changed) -> None:
    answer = changed(RIGHT["s4-6"], cells(p1_phone="0090-0000-0001"))
    assert points(lesson["s4-6"], answer) == pytest.approx(SIXTH)


def test_the_order_of_the_tasks_is_by_the_product_and_not_by_one_value(
    lesson, points, told
) -> None:
    order = ["roster", "books", "print", "events", "deco"]
    answer = {**RIGHT["s4-tasks"], "order": order}
    assert points(lesson["s4-tasks"], answer) < POINTS["s4-tasks"]
    assert "困りごとは小さい" in told(lesson["s4-tasks"].judge(answer, with_key=True))


CHAINS = [
    ({"list.year": "14,400", "price.year": "7,200", "benefit.year": "55,200"}, 3),
    ({"saved.year": "5,200", "benefit.year": "▲30,800"}, 3),
]


@pytest.mark.parametrize(("entered", "earned"), CHAINS)
def test_a_mistake_in_the_costs_costs_its_own_cell_and_not_those_after_it(
    lesson, assert_only_the_first_cell_costs, changed, entered, earned
) -> None:
    answer = changed(RIGHT["s4-2"], {"cells": entered})
    assert_only_the_first_cell_costs(lesson["s4-2"], answer, earned)


@pytest.mark.parametrize("option", ["view", "none"])
def test_the_chair_may_see_the_list_at_the_desk_or_not(lesson, points, changed, option) -> None:
    answer = changed(RIGHT["s4-3"], cells(desk_chief=option))
    assert points(lesson["s4-3"], answer) == POINTS["s4-3"]


def blank(column: str) -> dict[str, Any]:
    return {"fields": {"tools": [*TOOLS[:-1], {**TOOLS[-1], column: " "}]}}


GAPS = [
    (blank("use"), 3, "道具を3つ以上"),
    (blank("owner"), 3, "名義(団体か個人か)"),
    (blank("admins"), 3, "「1人だけ」"),
    (blank("copy"), 3, "なければ「ない」"),
    ({"fields": {"tools": TOOLS[:2]}}, 0, "紙のノートも1つ"),
]


@pytest.mark.parametrize(("change", "earned", "message"), GAPS)
def test_a_gap_in_the_sheet_costs_its_share_and_says_what_to_write(
    lesson, points, told, changed, change, earned, message
) -> None:
    answer = changed(RIGHT["s4-sheet"], change)
    assert points(lesson["s4-sheet"], answer) == pytest.approx(POINTS["s4-sheet"] * earned / 4)
    assert message in told(lesson["s4-sheet"].judge(answer, with_key=True))


def test_the_members_are_counted_by_the_functions(names, lesson) -> None:
    rows = names["MEMBERS"]
    assert len(rows) == 40
    groups = duplicate_groups(Member(number, name, phone) for number, name, phone, _ in rows)
    assert sorted(map(len, groups)) == [2, 2, 2, 2, 3]
    people: dict[tuple[str, str], list[str]] = {}
    for _, name, phone, fee in rows:
        people.setdefault((normal_name(name), normal_phone(phone)), []).append(fee)
    assert len(people) == 34 == len(names["everyone"])
    unpaid = [person for person, fees in people.items() if "納入" not in fees]
    assert len(unpaid) == 8 == len(names["unpaid"])
    known = lesson["s4-1"].solution()
    assert "5組" in known.explanation and "34人" in known.explanation


def test_the_traps_are_in_the_list(names) -> None:
    rows = names["MEMBERS"]
    assert any(has_lost_zero(phone) for _, _, phone, _ in rows)
    assert any("０" in phone for _, _, phone, _ in rows)
    assert {name for _, name, _, _ in rows} >= {"髙木 進", "高木進", "濵﨑 涼", "浜崎 涼"}
    assert len({phone for _, name, phone, _ in rows if name == "藤井 翼"}) == 2
    assert len({name for _, name, phone, _ in rows if phone == "045-000-0013"}) == 2


def test_a_member_has_one_number_and_one_fee_in_the_whole_lesson(names, lesson) -> None:
    known = {}
    for _, name, phone, fee in names["MEMBERS"]:
        known.setdefault((normal_name(name), normal_phone(phone)), set()).add(fee)
    for _, name, phone in names["LOST"]:
        assert (normal_name(name), normal_phone(phone)) in known
    lines = [line["text"].split(" | ") for line in lesson["s4-table"].spec["lines"]]
    fees = {(normal_name(name), normal_phone(phone)): fee for name, phone, *_, fee in lines}
    compared = {person: fee for person, fee in fees.items() if person in known}
    assert len(compared) == 5
    for person, fee in compared.items():
        told = {"納入 済": {"納入"}, "納入 未": {"未納"}, "納入 (空)": {"未納"}}
        assert known[person] == told[fee]


def test_every_number_is_nobodys(names, text, lesson) -> None:
    told = text + "".join(str(found.spec) for found in lesson.values())
    for number in re.findall(r"\b0\d{1,2}-\d{3,4}-\d{4}\b", told):
        assert re.match(r"090-0000-|045-000-", number), number


def test_the_costs_are_those_of_the_function(names) -> None:
    year = year_of_tool(
        1_200, people=5, discount=Fraction(1, 2), hours_saved_monthly=4, hourly=1_300
    )
    assert names["found"] == year
    assert (year.list_price, year.price, year.saved, year.benefit) == (
        72_000,
        36_000,
        62_400,
        26_400,
    )
    asked = year_of_tool(900, people=4, discount=Fraction(0), hours_saved_monthly=3, hourly=1_300)
    assert names["asked"] == asked
    assert (asked.price, asked.saved, asked.benefit) == (43_200, 46_800, 3_600)


def test_the_examples_of_the_text_are_worked_out(text) -> None:
    year = year_of_tool(800, people=3, discount=Fraction(1, 4), hours_saved_monthly=2, hourly=1_300)
    for amount in (year.list_price, year.price, year.saved, year.benefit):
        assert f"{amount:,}円" in text
    assert "31,200円 − 21,600円" in text
    practice = year_of_tool(
        500, people=6, discount=Fraction(1, 5), hours_saved_monthly=5, hourly=1_300
    )
    assert f"500 × 6 × 12 = {practice.list_price:,}円" in text
    assert f"36,000 × (1 − 0.2) = {practice.price:,}円" in text
    assert f"5 × 12 × 1,300 = {practice.saved:,}円" in text
    assert f"78,000 − 28,800 = {practice.benefit:,}円" in text
    assert "余分な行は 1 + 1 + 2 = 4行。人数は 10 − 4 = 6人" in text


def test_the_numbers_of_the_text_have_lost_their_zero(text) -> None:
    shown = re.findall(r"「([89]?\d{9})」は", text)
    assert shown == ["8000000199", "450000199"]
    assert all(has_lost_zero(phone) for phone in shown)
    assert normal_phone(shown[0]) == "08000000199"


def test_the_backups_are_judged_by_the_function(names) -> None:
    verdicts = {name: examine_backups(copies).holds for name, (_, copies) in names["SETS"].items()}
    assert verdicts == {"full": True, "inside": False, "desk": False, "two": False, "home": True}


def test_no_name_number_or_password_is_asked_for(lesson) -> None:
    for name in ("s4-sheet", "s4-reflection"):
        assert re.search("個人の名前や電話番号、パスワードは書か", lesson[name].spec["prompt"])


def test_no_graded_figure_is_a_bare_number(code_cells) -> None:
    """In the hidden tests a figure comes from `subjects` or from what the prompt shows."""
    hidden = [cell.source for cell in code_cells if "BEGIN HIDDEN TESTS" in cell.source]
    assert len(hidden) == len(JUDGED)
    found = {
        node.value
        for source in hidden
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Constant) and type(node.value) in {int, float} and node.value > 5
    }
    assert found == set()
