"""Lesson 3 of the trial seminar: each exercise judged, right, empty and typically wrong."""

import ast
import re
from datetime import date, timedelta
from decimal import Decimal
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

from manabiba_subjects.cost_sharing import share_costs
from manabiba_subjects.periods import days_after
from manabiba_subjects.proportion import Proportion

NOTEBOOK = Path(__file__).parents[2] / "courses" / "trial" / "03-dialogue.ipynb"

POINTS = {
    "t3-check-1": 1,
    "t3-check-2": 1,
    "t3-1": 3,
    "t3-2": 2,
    "t3-5": 2,
    "t3-4": 2,
    "t3-6": 2,
    "t3-7": 3,
    "t3-8": 4,
    "t3-3": 3,
    "t3-consultation-sheet": 8,
    "t3-reflection": 4,
}
BY_HAND = ["t3-consultation-sheet", "t3-reflection"]
JUDGED = [name for name in POINTS if name not in BY_HAND]

RIGHT: dict[str, dict[str, Any]] = {
    "t3-check-1": {"values": {"share": "22.5％", "words": "issue"}},
    "t3-check-2": {"values": {"need": "both", "notice": "reasons", "contract": "agree"}},
    "t3-1": {
        "placed": {
            "parents": "section",
            "park": "section",
            "cafe": "general",
            "idea": "general",
            "friends": "ward",
            "tax": "expert",
            "clause": "expert",
        }
    },
    "t3-2": {"order": ["consult", "papers", "talk", "decided", "contract", "done", "review"]},
    "t3-5": {"values": {"consult": "6/18", "booking": "令和9年6月11日", "draft": "５月２８日"}},
    "t3-4": {"chosen": ["trip", "shop", "request", "family"]},
    "t3-6": {
        "placed": {
            "cafe": "share",
            "desk": "entrust",
            "room": "subsidy",
            "lecture": "joint",
            "open": "ask",
        }
    },
    "t3-7": {
        "marked": {
            "roles": "who",
            "costs": "talk",
            "blame": "share",
            "rights": "both",
            "review": "mutual",
        }
    },
    "t3-8": {
        "path": [
            ["start", "sheet"],
            ["first", "issue"],
            ["asked", "both"],
            ["closing", "confirm"],
        ],
        "reasons": {"first": "困りごとが先だから", "asked": "お願いだけにしないため"},
        "consult": ["所管課(同じ課にもう一度)", "市民協働推進センターの総合相談"],
        "memo": "相談できる大人がいない高校生のこと。12月末までに課と型を決めたい。",
    },
    "t3-3": {
        "fields": {
            "issue": "区の調査では、高校生２４０人のうち３６人に、相談できる大人がいません。",
            "proposal": "月2回カフェを開きます。1回20人の高校生が、話せる大人と出会います。",
            "asks": "区内の高校への案内と、区の部屋をお願いします。",
            "offers": "高校生との顔なじみ、学生スタッフ、参加費と自己資金の20万円を出します。",
            "deadline": "十二月末までに、どの課とどの型で進めるかを決めたいです。",
        }
    },
}

SHEET = {
    "fields": {
        "office": "総合相談(「横浜市 高校生 居場所」で検索)",
        "proposal": "相談できる大人がいない高校生が240人のうち36人。話せる大人と会うカフェです。",
        "asks_city": "高校への案内と、区の部屋。型を12月末までに決めたい。",
        "offers_group": "高校生との顔なじみ、学生スタッフ4人、5年の経験、20万円。",
        "contract": "まだわからない",
        "answer_by": "令和8年12月25日",
    }
}


def test_the_exercises_stand_in_their_order_with_their_points(lesson) -> None:
    assert [(name, found.spec["points"]) for name, found in lesson.items()] == [*POINTS.items()]


SEVENTH, SIXTH = 3 * 6 / 7, 2 * 5 / 6  # one of seven items, of six neighbours, is lost

MISTAKES = [
    # the last lessons' hardest points
    ("t3-check-1", values(share="63"), 1 / 2, "それは人数です"),
    ("t3-check-1", values(share="444.4"), 1 / 2, "割る数が逆"),
    ("t3-check-1", values(share="77.5"), 1 / 2, "答えなかった人"),
    ("t3-check-1", values(words="solution"), 1 / 2, "解決策の裏返しからはじまって"),
    ("t3-check-1", values(words="feeling"), 1 / 2, "事実で話しましょう"),
    ("t3-check-2", values(need="wish"), 2 / 3, "お願いのリスト"),
    ("t3-check-2", values(need="help"), 2 / 3, "だれが何をするか"),
    ("t3-check-2", values(notice="plain"), 2 / 3, "理由をつけて知らせる"),
    ("t3-check-2", values(contract="order"), 2 / 3, "片方だけが決める"),
    # where to go
    ("t3-1", placed(cafe="section"), SEVENTH, "電話をまわされがち"),
    ("t3-1", placed(park="general"), SEVENTH, "受け持つ課がわかっています"),
    ("t3-1", placed(friends="section"), SEVENTH, "区の中の団体をよく知っています"),
    ("t3-1", placed(tax="section"), SEVENTH, "専門の知識が要る"),
    ("t3-1", placed(clause="section"), SEVENTH, "もう一方の当事者"),
    # the way and its days
    (
        "t3-2",
        {"order": ["papers", "consult", "talk", "decided", "contract", "done", "review"]},
        SIXTH,
        "いきなり窓口に持ちこむ",
    ),
    (
        "t3-2",
        {"order": ["consult", "papers", "talk", "decided", "done", "contract", "review"]},
        SIXTH,
        "契約より前にはじめる",
    ),
    ("t3-5", values(consult="6/16"), 4 / 3, "1か月前で数えて"),
    ("t3-5", values(consult="7/2"), 4 / 3, "書類づくりには4週間"),
    ("t3-5", values(consult="8/13"), 4 / 3, "さかのぼります"),
    ("t3-5", values(booking="7/9"), 4 / 3, "締切の1週間前です"),
    ("t3-5", values(draft="6/4"), 4 / 3, "予約の日から2週間"),
    # what is outside, and the kinds of contract
    (
        "t3-4",
        {"chosen": ["trip", "shop", "request", "family", "cafe"]},
        2 * 3 / 4,
        "営利とはちがい",
    ),
    ("t3-4", {"chosen": ["trip", "shop"]}, 2 * 2 / 4, ""),
    ("t3-6", placed(cafe="entrust"), 2 * 4 / 5, "市だけの事業ではありません"),
    ("t3-6", placed(cafe="subsidy"), 2 * 4 / 5, "補助金をもらうだけではなく"),
    ("t3-6", placed(open="subsidy"), 2 * 4 / 5, "「お金のお願い」に聞こえます"),
    ("t3-7", marked(costs="city"), 3 * 4.5 / 5, "対等は費用の半分という意味ではなく"),
    ("t3-7", marked(roles="cut"), 3 * 4.5 / 5, "だれも動かない"),
    ("t3-7", marked(blame="npo"), 3 * 4.5 / 5, "分担を決めます"),
    ("t3-7", marked(rights="none"), 3 * 4.5 / 5, "著作権を決めないと"),
    ("t3-7", marked(review="city"), 3 * 4.5 / 5, "片方だけの採点ではありません"),
    ("t3-7", marked(aim="cafe"), 3 * 4 / 5, "このままで大丈夫"),
]


STORY = "t3-8"
WAYS = {
    "sent": ([["start", "carry"]], 0.0, "いきなり窓口に持ちこむ"),
    "wish": ([["start", "center"], ["first", "money"]], 0.1, "お願いリスト"),
    "handed": ([["start", "sheet"], ["first", "issue"], ["asked", "all"]], 0.3, "団体が出すものも"),
    "silent": (
        [["start", "sheet"], ["first", "issue"], ["asked", "both"], ["closing", "thanks"]],
        0.6,
        "次が決まっていません",
    ),
    "pressed": (
        [["start", "sheet"], ["first", "issue"], ["asked", "both"], ["closing", "press"]],
        0.4,
        "職員1人では決められません",
    ),
}


GAPS = [
    ("issue", "相談できる相手がいない高校生が、この区にはたくさんいます。", "調査の数字"),
    ("proposal", "月2回、放課後カフェを開いて、20人が話せるようにします。", "「だれに」"),
    ("asks", "30万円をお願いします。どうぞよろしくお願いします。", "お金のほかに"),
    ("offers", "がんばります。", "もう少し具体的に"),
    ("deadline", "なるべく早く決めたいです。", "「12月末までに」"),
    ("proposal", "高校生のために開きます。" * 150, "1,500字を超えています"),
]


@pytest.mark.parametrize(("field", "text", "message"), GAPS)
def test_a_gap_in_the_script_costs_one_point_of_six_and_says_what_to_write(
    lesson, points, told, changed, field, text, message
) -> None:
    answer = changed(RIGHT["t3-3"], {"fields": {field: text}})
    assert points(lesson["t3-3"], answer) == pytest.approx(3 * 5 / 6)
    assert message in told(lesson["t3-3"].judge(answer, with_key=True))


@pytest.mark.parametrize(
    ("field", "text", "is_enough"),
    [
        ("issue", "夜まで一人ですごす高校生と一緒に考えたいことがあります。", False),
        ("issue", "調べてみると、高校生の三割が、困っても話せずにいます。", True),
        ("deadline", "年内に、どの課とどの型で進めるかを決めたいです。", True),
        ("deadline", "３週間のうちに、どの課と進めるかを決めたいです。", True),
        ("deadline", "２ヶ月以内に、どの課と進めるかを決めたいです。", True),
        ("deadline", "12／25までに、どの課と進めるかを決めたいです。", True),
        ("deadline", "一日も早く、どの課と進めるかを決めたいです。", False),
        ("asks", "区の施設を、月に2回使わせていただきたいのです。", True),
        ("asks", "区内の生徒さんへのちらしの案内を、お願いしたいのです。", True),
    ],
)
def test_a_number_and_a_time_are_told_in_more_ways_than_one(
    lesson, points, changed, field, text, is_enough
) -> None:
    answer = changed(RIGHT["t3-3"], {"fields": {field: text}})
    assert points(lesson["t3-3"], answer) == pytest.approx(3 if is_enough else 3 * 5 / 6)


def test_the_sheet_has_the_fields_of_the_plan_and_is_graded_by_hand(lesson) -> None:
    sheet = lesson["t3-consultation-sheet"]
    kinds = {field["id"]: field["kind"] for field in sheet.spec["fields"]}
    assert kinds == {
        "office": "line",
        "proposal": "text",
        "asks_city": "text",
        "offers_group": "text",
        "contract": "choice",
        "answer_by": "date",
    }
    [choice] = [field for field in sheet.spec["fields"] if field["kind"] == "choice"]
    assert choice["options"] == ["委託型", "負担金型", "補助型", "共催型", "まだわからない"]
    assert sheet.spec["check"] == "form" and sheet.solution() is None
    assert [criterion["points"] for criterion in sheet.spec["rubric"]] == [2, 2, 2, 2]


def test_a_whole_sheet_is_complete_and_a_gap_is_asked_for(lesson, told, changed) -> None:
    sheet = lesson["t3-consultation-sheet"]
    assert sheet.judge(SHEET, with_key=True).status == "formal"
    for field in SHEET["fields"]:
        judged = sheet.judge(changed(SHEET, {"fields": {field: ""}}), with_key=True)
        assert judged.status == "incomplete"
        assert [part.input for part in judged.parts] == [field]
    short = changed(SHEET, {"fields": {"asks_city": "お金をください"}})
    assert "書き足して" in told(sheet.judge(short, with_key=True))


@pytest.mark.parametrize("name", ["t3-8", "t3-consultation-sheet", "t3-reflection"])
def test_no_name_or_number_of_a_person_is_asked_for(lesson, name) -> None:
    assert re.search("個人の名前や(電話番号|連絡先)は書か", lesson[name].spec["prompt"])


def test_the_share_and_the_days_are_worked_out(names) -> None:
    assert names["found"].percent() == Proportion(63, 280).percent() == Decimal("22.5")
    found = names["backwards"]._key.values
    assert days_after(found["draft"], 14) == found["booking"] == date(2027, 6, 11)
    assert days_after(found["booking"], 7) == found["consult"] == date(2027, 6, 18)
    assert days_after(found["consult"], 28) == names["deadline"] == date(2027, 7, 16)


def test_the_examples_of_the_text_are_worked_out(text) -> None:
    assert Proportion(36, 240).percent() == Decimal("15.0")
    assert "36 ÷ 240 × 100 = **15.0%**" in text
    shared = share_costs(500_000, fees=144_000, own_funds=56_000)
    assert (shared.city, shared.group) == (300_000, 200_000)
    assert "500,000 − 144,000 − 56,000 = **300,000円**" in text
    assert (shared.city_share.percent(), shared.group_share.percent()) == (60, 40)
    assert "× 100 = **60%**、団体側の現金は **40%**" in text
    assert days_after(date(2027, 9, 16), 14) == date(2027, 9, 30)
    assert "9月30日から14日さかのぼって、**9月16日**" in text


def test_the_answers_to_the_practice_are_worked_out(text) -> None:
    answers = text.partition("<summary>答えを見る</summary>")[2]
    assert f"28 ÷ 160 × 100 = {Proportion(28, 160).percent()}%" in answers
    assert "10月8日" in answers and days_after(date(2027, 10, 8), 21) == date(2027, 10, 29)
    shared = share_costs(400_000, fees=100_000, own_funds=60_000)
    assert f"= {shared.city:,}円。" in answers
    assert f"= {shared.city_share.percent()}%" in answers


def test_the_road_is_the_same_in_the_text_the_figure_and_the_exercise(lesson, text) -> None:
    [picture] = re.findall(r'<svg [^>]*aria-labelledby="fig2-title.*?</svg>', text, re.DOTALL)
    steps = re.findall(r">(\d) ([^<]+)</text>", picture)
    assert [int(number) for number, _ in steps] == [1, 2, 3, 4, 5, 6, 7]
    assert picture.count("●") == 12  # 2 is the group's, 4 the city's, the rest both's
    right = lesson["t3-2"]._key.order
    words = ["相談", "書類", "プレゼン", "決定", "契約", "実施", "評価"]
    for (_, step), word, name in zip(steps, words, right, strict=True):
        assert word in step
        assert name in lesson["t3-2"].spec["steps"]


def test_the_five_minutes_of_the_figure_are_five(text) -> None:
    [picture] = re.findall(r'<svg [^>]*aria-labelledby="fig3-title.*?</svg>', text, re.DOTALL)
    seconds = [
        60 * int(minutes or 0) + (30 if half else 0) + int(rest or 0)
        for minutes, half, rest in re.findall(
            r">(?:(\d)分)?(半)?(?:(\d\d)秒[^<]*)?</text>", picture
        )
        if minutes or rest
    ]
    assert seconds == [60, 90, 60, 60, 30] and sum(seconds) == 5 * 60


def test_no_call_is_said_to_be_open_and_no_six_points_are_told(text) -> None:
    assert "6つのポイント" not in text
    assert "いまの募集・締切・上限は、この教材ではわかりません" in text
    for year in re.findall(r"締切 (\d{4})年", text):
        assert year == "2024"
    assert not re.search("募集中|受付中|現在、?募集", text)


def test_no_graded_figure_is_a_bare_number(code_cells) -> None:
    """In the hidden tests a figure comes from `subjects` or from what the prompt shows."""
    hidden = [cell.source for cell in code_cells if "BEGIN HIDDEN TESTS" in cell.source]
    assert len(hidden) == len(JUDGED)
    found: set[int | float] = set()
    for source in hidden:
        tree = ast.parse(source)
        dates = [node for node in ast.walk(tree) if _is_date(node)]
        in_dates = {id(part) for call in dates for part in ast.walk(call)}
        found |= {
            node.value
            for node in ast.walk(tree)
            if isinstance(node, ast.Constant) and type(node.value) in {int, float}
            if node.value > 100 and id(node) not in in_dates
        }
    assert found == {1_500}  # the letters of five minutes, told in the prompt


def _is_date(node: Any) -> bool:
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "date"


def test_a_week_is_seven_days_and_all_four_days_are_fridays(names) -> None:
    days = [names["deadline"], *names["backwards"]._key.values.values()]
    assert {day.weekday() for day in days} == {4}
    assert names["for_papers"] == timedelta(days=28)


def test_the_sheet_is_told_to_be_a_part_of_the_plan(text) -> None:
    assert text.count("[通しの事業プラン](paper)の3つめの部分") == 1


def test_the_part_leaves_the_numbers_to_the_assembled_plan(lesson) -> None:
    blocks = lesson["t3-consultation-sheet"].spec["blocks"]
    heads = [block["text"] for block in blocks if block["block"] == "heading"]
    assert heads == [
        "提案したいこと",
        "市にお願いすること",
        "団体が出すもの",
        "契約の型と、決めたい日",
    ]


@pytest.mark.parametrize("exercise_id", ["t3-1", "t3-6"])
def test_every_wrong_place_is_answered_with_a_reason(lesson, exercise_id) -> None:
    found = lesson[exercise_id]
    for item, right in found._key.groups.items():
        assert {*found.spec["groups"]} - right <= {*found._key.mistakes.get(item, {})}, item
