"""Lesson 3 of スキルアップ: each exercise judged, right, empty and typically wrong."""

import ast
import re
from datetime import date
from decimal import Decimal
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

from manabiba_subjects.outreach import Mailing, compare
from manabiba_subjects.proportion import Proportion

NOTEBOOK = Path(__file__).parents[2] / "courses" / "skill-up" / "03-outreach.ipynb"

POINTS = {
    "s3-check-1": 1,
    "s3-check-2": 1,
    "s3-steps": 2,
    "s3-aim": 2,
    "s3-2": 3,
    "s3-image": 2,
    "s3-3": 2,
    "s3-4": 4,
    "s3-complaint": 1,
    "s3-1": 4,
    "s3-6": 3,
    "s3-5": 2,
    "s3-test": 2,
    "s3-reflection": 4,
}
BY_HAND = {"s3-3-rubric": 3, "s3-5-rubric": 4}
JUDGED = [name for name in POINTS if name != "s3-reflection"]

RIGHT: dict[str, dict[str, Any]] = {
    "s3-check-1": {"values": {"equal": "voice", "contract": "more", "apply": "fund"}},
    "s3-check-2": {
        "placed": {
            "posts": "output",
            "flyers": "output",
            "people": "output",
            "alone": "outcome",
            "doctor": "outcome",
        }
    },
    "s3-steps": {
        "order": ["purpose", "audience", "message", "action", "medium", "measure", "improve"]
    },
    "s3-aim": {
        "values": {
            "audience": "parents",
            "message": "letter",
            "action": "come",
            "measure": "families",
        }
    },
    "s3-2": {
        "marked": {
            "when": "time",
            "where": "building",
            "fee": "yen",
            "apply": "reach",
            "until": "day",
        }
    },
    "s3-image": {"chosen": ["text", "alt", "contrast"]},
    "s3-3": {"text": "みなさん、6月12日の午前10時に、区民センターへ来てください。"},
    "s3-4": {
        "placed": {
            "face": "no",
            "back": "care",
            "signed": "ok",
            "paper": "care",
            "refuge": "no",
            "press": "care",
            "leaves": "ok",
        }
    },
    "s3-complaint": {"order": ["record", "person", "reply", "review"]},
    "s3-1": {"values": {"open": "20", "click": "3.0%", "readers": "１５", "conversion": "12.5"}},
    "s3-6": {"values": {"first": "18", "second": "25.0", "gap": "7", "say": "chance"}},
    "s3-5": {
        "fields": {
            "purpose": "来たばかりの親が、学校のことで困らないようにしたい",
            "audience": "日本に来て1年くらいで、手紙が読めずに困っている小学生の親",
            "message": "学校の手紙、いっしょに読みます",
            "rows": [
                {"month": month, "medium": medium, "content": "案内", "action": act, "who": who}
                for month, medium, act, who in (
                    ("1", "学校の配布", "申し込む", "広報の担当"),
                    ("1か月", "口コミ", "ともだちに渡す", "ボランティア"),
                    ("2", "会員のSNS", "申し込む", "広報の担当"),
                    ("3", "掲示板", "電話する", "事務局"),
                    ("3", "会報", "感想を送る", "事務局"),
                )
            ],
            "measures": [{"what": "紙を持って来た家族", "whole": "配った300枚", "goal": "12家族"}],
            "rights": "同意書で媒体を確かめる",
            "contact": "事務局の電話",
        }
    },
    "s3-test": {
        "values": {"click": "2.0", "conversion": "25", "write": "whole", "photo": "ask"},
    },
}


def test_the_exercises_stand_in_their_order_with_their_points(lesson, code_cells) -> None:
    assert [(name, found.spec["points"]) for name, found in lesson.items()] == [*POINTS.items()]
    cells = {cell.metadata.nbgrader.grade_id: cell.metadata.nbgrader for cell in code_cells}
    assert {name: cells[name].points for name in BY_HAND} == BY_HAND
    for name, points in BY_HAND.items():
        rubric = lesson[name.removesuffix("-rubric")].spec["rubric"]
        assert sum(criterion["points"] for criterion in rubric) == points


SEVENTH = 4 * 6 / 7  # one of seven photographs is lost

MISTAKES = [
    # the last two lessons
    ("s3-check-1", values(equal="half"), 2 / 3, "費用の半分という意味ではなく"),
    ("s3-check-1", values(contract="enough"), 2 / 3, "費用や責任の分け方も"),
    ("s3-check-1", values(apply="national"), 2 / 3, "資金分配団体の公募に応募"),
    ("s3-check-2", placed(people="outcome"), 0.8, "回数や人数は産出です"),
    ("s3-check-2", placed(alone="output"), 0.8, "数で表した成果も"),
    # the audience is everybody, the group says what it likes to say
    ("s3-aim", values(audience="all"), 1.5, "だれの心にも届きにくく"),
    ("s3-aim", values(audience="foreign"), 1.5, "まだ広すぎます"),
    ("s3-aim", values(message="history"), 1.5, "団体の言いたいこと"),
    ("s3-aim", values(message="help"), 1.5, "「かわいそう」"),
    ("s3-aim", values(action="know"), 1.5, "何をすればよいかわかりません"),
    ("s3-aim", values(measure="posts"), 1.5, "行動した人を数えましょう"),
    # what is missing in a notice
    ("s3-2", marked(apply="polite"), 2.7, "いちばん忘れやすい項目"),
    ("s3-2", marked(fee="cheap"), 2.7, "0円なら「無料」"),
    ("s3-2", marked(words="cut"), 2.4, "安心できる行です"),
    ("s3-2", marked(whom="all"), 2.4, "このままで伝わります"),
    # a picture only
    ("s3-image", {"chosen": ["text", "alt", "bigger"]}, 2 / 3, "読み上げや翻訳はできません"),
    ("s3-image", {"chosen": ["text", "alt", "red"]}, 2 / 3, "言葉や印も"),
    # rights
    ("s3-4", placed(face="ok"), SEVENTH, "同意のない子どもの顔はのせません"),
    ("s3-4", placed(face="care"), SEVENTH, "同意がないうちは"),
    ("s3-4", placed(back="ok"), SEVENTH, "学校の名前と名札"),
    ("s3-4", placed(paper="ok"), SEVENTH, "「紙の会報だけ」"),
    ("s3-4", placed(refuge="ok"), SEVENTH, "居場所が知られると"),
    ("s3-4", placed(press="ok"), SEVENTH, "記事をつくったのは新聞社"),
    ("s3-4", placed(leaves="no"), SEVENTH, "撮った人が使ってよい"),
    # denominators
    ("s3-1", values(open="500"), 3, "逆のようです"),
    ("s3-1", values(open="0.2"), 3, "100を掛けるのを"),
    ("s3-1", values(open="320"), 3, "開いた人の数です"),
    ("s3-1", values(click="15"), 3, "分母が開封になっています"),
    ("s3-1", values(readers="3"), 3, "分母が配信になっています"),
    ("s3-1", values(readers="20"), 3, "それは開封率です"),
    ("s3-1", values(readers="0.15"), 3, "100を掛けるのを"),
    ("s3-1", values(conversion="0.4"), 3, "分母が配信になっています"),
    ("s3-1", values(conversion="1.9"), 3, "分母が開封になっています"),
    ("s3-6", values(first="8.2"), 2.25, "合わせた人数では割りません"),
    ("s3-6", values(first="0.18"), 2.25, "100を掛けるのを"),
    ("s3-6", values(second="0.25"), 2.25, "100を掛けるのを"),
    ("s3-6", values(second="30"), 2.25, "開いた人の数です"),
    ("s3-6", values(gap="12"), 2.25, "人数の差です"),
    ("s3-6", values(say="sure"), 2.25, "まだ言い切れません"),
    ("s3-6", values(say="useless"), 2.25, "偶然と決まったわけでも"),
    # 確認テスト
    ("s3-test", values(click="8"), 1.5, "分母が開封になっています"),
    ("s3-test", values(conversion="0.5"), 1.5, "分母が配信になっています"),
    ("s3-test", values(write="bare"), 1.5, "数と分母を並べましょう"),
    ("s3-test", values(photo="use"), 1.5, "もう一度聞きます"),
]


@pytest.mark.parametrize("name", ["back", "paper", "refuge", "press"])
@pytest.mark.parametrize("group", ["no", "care"])
def test_whoever_asks_first_or_waits_is_right(lesson, points, changed, name, group) -> None:
    answer = changed(RIGHT["s3-4"], placed(**{name: group}))
    assert points(lesson["s3-4"], answer) == POINTS["s3-4"]


ORDERS = [
    ("s3-steps", ["medium", *RIGHT["s3-steps"]["order"]], "何でのせるか"),
    ("s3-complaint", ["person", *RIGHT["s3-complaint"]["order"]], "あとで消えることも"),
    ("s3-complaint", ["reply", *RIGHT["s3-complaint"]["order"]], "まず画面を残し"),
]


@pytest.mark.parametrize(("exercise_id", "order", "message"), ORDERS)
def test_who_begins_at_the_wrong_end_is_told_why(
    lesson, points, told, exercise_id, order, message
) -> None:
    answer = {"order": list(dict.fromkeys(order))}
    assert points(lesson[exercise_id], answer) < POINTS[exercise_id]
    assert message in told(lesson[exercise_id].judge(answer, with_key=True))


TEXTS = [
    ("みなさん、午前10時に、区民センターへ来てください。", 5 / 6, "日にち(6月12日)がなくなって"),
    ("みなさん、6月12日に、区民センターへ来てください。", 5 / 6, "時刻(午前10時)がなくなって"),
    ("みなさん、6月12日の10時に来てください。", 5 / 6, "場所(区民センター)がなくなって"),
    ("各位、6月12日の10時に区民センターへご参集ください。", 5 / 6, "ふだんの言葉に"),
    ("6月12日10時、区民センター。", 5 / 6, "してほしいことを"),
    (
        "みなさん、6月12日(土曜日)の午前10時に、区民センターへ来てください。おねがいします。",
        5 / 6,
        "40字以内に",
    ),
]


@pytest.mark.parametrize(("text", "share", "message"), TEXTS)
def test_what_a_short_text_lost_is_named(lesson, points, told, text, share, message) -> None:
    assert points(lesson["s3-3"], {"text": text}) == pytest.approx(POINTS["s3-3"] * share)
    assert message in told(lesson["s3-3"].judge({"text": text}, with_key=True))


@pytest.mark.parametrize(
    "text",
    [
        "みなさんへ。6/12の10:00に、くみんセンターに きてください。",
        "六月十二日、朝十時に区民センターへ来て下さい。",
        "6がつ12にち、あさ10じに、くみんセンターに あつまりましょう。",
    ],
)
def test_other_ways_to_write_the_day_are_right(lesson, points, text) -> None:
    assert points(lesson["s3-3"], {"text": text}) == POINTS["s3-3"]


def without(field: str, **change: str) -> dict[str, Any]:
    """The plan with the last row of a table changed, or with a field changed."""
    rows = RIGHT["s3-5"]["fields"][field]
    return {"fields": {field: [*rows[:-1], {**rows[-1], **change}] if change else rows[:2]}}


GAPS = [
    ({"fields": {"audience": "区民のみなさん"}}, 5, "「みんな」だけに"),
    ({"fields": {"audience": "みんなに広く知ってもらいたいです"}}, 5, "「みんな」だけに"),
    ({"fields": {"audience": "区民のみなさんに、広く知ってほしい"}}, 5, "「みんな」だけに"),
    ({"fields": {"audience": "地域のみなさん、とくに興味のある人"}}, 5, "「みんな」だけに"),
    (without("rows"), 4, "1か月目・2か月目・3か月目"),
    (without("rows", action=""), 5, "「してほしい行動」の両方"),
    (without("rows", who=" "), 5, "だれが担当するか"),
    (without("measures", whole=""), 5, "分母と目標"),
]


@pytest.mark.parametrize(("change", "earned", "message"), GAPS)
def test_a_gap_in_the_plan_costs_its_share_and_says_what_to_write(
    lesson, points, told, changed, change, earned, message
) -> None:
    answer = changed(RIGHT["s3-5"], change)
    assert points(lesson["s3-5"], answer) == pytest.approx(POINTS["s3-5"] * earned / 6)
    assert message in told(lesson["s3-5"].judge(answer, with_key=True))


@pytest.mark.parametrize(
    "audience",
    [
        "区民センターの近くで、1人で子育てをしている人",
        "市民農園に来る、日本語が苦手な家族",
        "だれにも相談できずに困っている、来たばかりの親",
        "皆川町の団地に住む、小学生の親",
    ],
)
def test_an_audience_that_only_begins_like_everybody_is_right(
    lesson, points, changed, audience
) -> None:
    answer = changed(RIGHT["s3-5"], {"fields": {"audience": audience}})
    assert points(lesson["s3-5"], answer) == POINTS["s3-5"]


def test_a_plan_with_one_medium_only_is_told_who_is_not_reached(
    lesson, points, told, changed
) -> None:
    rows = [{**row, "medium": "SNS"} for row in RIGHT["s3-5"]["fields"]["rows"]]
    answer = changed(RIGHT["s3-5"], {"fields": {"rows": rows}})
    assert points(lesson["s3-5"], answer) == pytest.approx(POINTS["s3-5"] * 5 / 6)
    assert "媒体を2種類以上" in told(lesson["s3-5"].judge(answer, with_key=True))


def test_the_figures_are_those_of_the_functions(lesson, names) -> None:
    may = Mailing(sent=1_600, opened=320, clicked=48, gave=6)
    assert names["mailing"] == may
    assert [measure.value.percent() for measure in may.measures] == [
        Decimal(text) for text in ("20.0", "3.0", "15.0", "12.5")
    ]
    asked = lesson["s3-1"].spec["prompt"]
    assert all(f"{count:,}" in asked for count in (may.sent, may.opened, may.clicked, may.gave))
    compared = compare(Proportion(18, 100), Proportion(30, 120))
    assert names["compared"] == compared and compared.may_be_chance
    assert compared.words == lesson["s3-6"].solution().explanation
    june = names["june"]
    assert (june.click_rate.value.percent(), june.conversion.value.percent()) == (2, 25)
    honest = lesson["s3-test"].spec["fields"][2]["options"]["whole"]
    assert honest == f"{june.sent:,}通のうちクリック{june.clicked}人"


def test_the_examples_of_the_text_are_worked_out(text) -> None:
    example = Mailing(sent=500, opened=150, clicked=30, gave=3)
    assert [measure.value.percent() for measure in example.measures] == [30, 6, 20, 10]
    for line in (
        "開封率 150 ÷ 500 = 30%",
        "クリック率 30 ÷ 500 = 6%",
        "開封者クリック率 30 ÷ 150 = 20%",
        "転換率 3 ÷ 30 = 10%",
    ):
        assert line in text
    practice = Mailing(sent=800, opened=200, clicked=24, gave=6)
    assert [measure.value.percent() for measure in practice.measures] == [25, 3, 12, 25]
    for line in (
        "200 ÷ 800 × 100 = 25.0%",
        "24 ÷ 800 × 100 = 3.0%",
        "24 ÷ 200 × 100 = 12.0%",
        "6 ÷ 24 × 100 = 25.0%",
        f"10 ÷ 400 × 100 = {Proportion(10, 400).percent()}%",
    ):
        assert line in text
    for pair in ((Proportion(2, 10), Proportion(3, 10)), (Proportion(10, 50), Proportion(12, 50))):
        assert compare(*pair).may_be_chance
    assert (Proportion(10, 50).percent(), Proportion(12, 50).percent()) == (20, 24)


def test_the_bars_are_as_long_as_the_counts(text) -> None:
    [picture] = re.findall(r'<svg [^>]*aria-labelledby="fig3-title.*?</svg>', text, re.DOTALL)
    widths = [int(width) for width in re.findall(r'width="(\d+)" height="20"', picture)]
    counts = [int(count) for count in re.findall(r">\S+ (\d+)[通人]<", picture)]
    assert counts == [500, 150, 30, 3]
    assert widths == [round(count * widths[0] / counts[0]) for count in counts]


def test_every_saturday_of_the_text_is_one(text, lesson) -> None:
    told = text + "".join(str(found.spec) for found in lesson.values())
    days = re.findall(r"(\d+)月(\d+)日\(土\)", told)
    assert len(days) >= 3
    assert {date(2027, int(month), int(day)).weekday() for month, day in days} == {5}


def test_every_item_of_the_notice_is_in_the_checklist(text, lesson) -> None:
    """日時・場所・費用・申込先・締切: what is missing is what the one page asks for."""
    errors = lesson["s3-2"]._key.errors
    assert len(errors) == 5
    checklist = text.partition("お知らせを出す前のチェックリスト")[2].partition("</div>")[0]
    for word in ("時刻", "建物", "いくら", "締切", "問い合わせ先"):
        assert word in checklist


def test_no_name_or_number_of_a_person_is_asked_for(lesson) -> None:
    for name in ("s3-5", "s3-reflection"):
        assert "個人の名前や電話番号は書か" in lesson[name].spec["prompt"]


def test_no_graded_figure_is_a_bare_number(code_cells) -> None:
    """In the hidden tests a figure comes from `subjects` or from what the prompt shows."""
    hidden = [cell.source for cell in code_cells if "BEGIN HIDDEN TESTS" in cell.source]
    assert len(hidden) == len(JUDGED)
    found = {
        node.value
        for source in hidden
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Constant) and type(node.value) in {int, float} and node.value > 100
    }
    assert found == set()
