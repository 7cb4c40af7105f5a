"""Lesson 1 of the trial seminar: each exercise judged, right, empty and typically wrong."""

import ast
import re
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
    test_the_exercises_stand_in_their_order_with_their_points,
    test_the_right_answer_earns_everything_and_is_explained,
    values,
)

from manabiba_server.courses import load_courses
from manabiba_subjects.proportion import Proportion

COURSES = Path(__file__).parents[2] / "courses"
NOTEBOOK = COURSES / "trial" / "01-issue.ipynb"

POINTS = {
    "t1-check-1": 1,
    "t1-1": 4,
    "t1-2": 3,
    "t1-3": 3,
    "t1-4": 3,
    "t1-5": 3,
    "t1-6": 3,
    "t1-7": 3,
    "t1-issue-sheet": 8,
    "t1-reflection": 4,
}
BY_HAND = {"t1-issue-sheet", "t1-reflection"}
JUDGED = [name for name in POINTS if name not in BY_HAND]

RIGHT: dict[str, dict[str, Any]] = {
    "t1-check-1": {"chosen": ["issue"]},
    "t1-1": {
        "placed": {
            "survey": "fact",
            "best": "opinion",
            "home": "guess",
            "library": "fact",
            "early": "opinion",
            "shop": "guess",
            "count": "fact",
            "come": "guess",
            "should": "opinion",
            "voice": "fact",
        }
    },
    "t1-2": {
        "placed": {
            "cafe": "answer",
            "alone": "issue",
            "busy": "cause",
            "room": "answer",
            "far": "cause",
            "night": "issue",
            "twice": "answer",
        }
    },
    "t1-3": {"values": {"whole": "answered", "share": "15.0%", "earlier": "１０", "change": "5.0"}},
    "t1-4": {"marked": {"ward": "answered", "rise": "points", "members": "people"}},
    "t1-5": {
        "path": [["bench", "open"], ["told", "ask"], ["words", "masked"]],
        "reasons": {"bench": "自由に話してほしいから"},
        "consult": [
            "区の子ども・家庭の相談窓口(名前を出さずに)",
            "市民活動センターの職員(名前を出さずに)",
        ],
        "memo": "困っていること: 夜まで一人ですごす高校生がいる",
    },
    "t1-6": {
        "text": "浜風区の2026年の調査に答えた高校生２４０人のうち、36人に、相談できる大人がいない。"
    },
    "t1-7": {"marked": {"issue": "people", "area": "small", "now": "change"}},
}

SHEET = {
    "issue": "浜風駅から診療所までの歩道で、通った160人のうち52人が歩きにくいと答えた。",
    "evidence": [
        {
            "what": "歩きにくいと答えた人",
            "figure": "52人/160人",
            "source": "2026年5月、会の聞きとり",
        }
    ],
    "voices": "「車いすの人とすれちがえない」(3人に聞き、2人が話した。同意あり)",
    "area": "まずは、浜風駅から診療所までの歩道",
    "why_now": "2027年の春に診療所が移り、通る人が増えるから。",
}


TEN, SEVEN, FOUR = 4 * 9 / 10, 3 * 6 / 7, 3 * 3 / 4

MISTAKES = [
    # 解決策から書き始める / 市へのお願いリスト
    ("t1-check-1", {"chosen": ["answer"]}, 0, "解決策から書きはじめると"),
    ("t1-check-1", {"chosen": ["wish"]}, 0, "お願いのリスト"),
    ("t1-check-1", {"chosen": ["money"]}, 0, "予算はあとで"),
    # 事実・意見・推測
    ("t1-1", placed(survey="opinion"), TEN, "確かめる方法があるので、事実"),
    ("t1-1", placed(best="fact"), TEN, "考えは意見です"),
    ("t1-1", placed(home="fact"), TEN, "まだ確かめていないことは推測"),
    ("t1-1", placed(early="fact"), TEN, "「早すぎる」は考えです"),
    ("t1-1", placed(shop="fact"), TEN, "理由はまだ聞いていません"),
    ("t1-1", placed(come="fact"), TEN, "数字が入っていても"),
    ("t1-1", placed(voice="guess"), TEN, "そう話したことは、事実です"),
    # 困りごと・背景・解決策
    ("t1-2", placed(cafe="issue"), SEVEN, "裏返した文です"),
    ("t1-2", placed(room="issue"), SEVEN, "お願いのリスト"),
    ("t1-2", placed(busy="issue"), SEVEN, "その理由にあたります"),
    ("t1-2", placed(alone="cause"), SEVEN, "困っているようすそのもの"),
    # 割合
    ("t1-3", values(whole="ward"), FOUR, "調べたのは、答えた人だけ"),
    ("t1-3", values(whole="others"), FOUR, "答えた人みんなが分母"),
    ("t1-3", values(share="0.15"), FOUR, "100を掛けると"),
    ("t1-3", values(share="667"), FOUR, "割る数と割られる数が逆"),
    ("t1-3", values(share="17.6"), FOUR, "「いない人 ÷ いる人」"),
    ("t1-3", values(share="36"), FOUR, "それは人数です"),
    ("t1-3", values(earlier="11.1"), FOUR, "「いない人 ÷ いる人」"),
    ("t1-3", values(change="50"), FOUR, "割合どうしの引き算"),
    ("t1-3", values(change="11"), FOUR, "人数の差になっています"),
    ("t1-3", values(change="▲5"), FOUR, "引く順番が逆"),
    # 数字の言い方
    ("t1-4", marked(ward="third"), 2.5, "聞いていない区民のことまで"),
    ("t1-4", marked(rise="percent"), 2.5, "割合どうしの差はポイント"),
    ("t1-4", marked(members="all"), 2.5, "人数で書きます"),
    ("t1-4", marked(lamp="sure"), 2.0, "推測だとわかるように"),
    ("t1-4", marked(survey="only"), 2.0, "人数と割合の両方"),
    # 確認テスト
    ("t1-7", marked(issue="ask"), 2.5, "市へのお願いになっています"),
    ("t1-7", marked(area="country"), 2.5, "さらに広く"),
    ("t1-7", marked(now="hurry"), 2.5, "変わることを書くと伝わります"),
    ("t1-7", marked(voices="names"), 2.0, "人数と同意があり"),
]


STORY = "t1-5"
WAYS = {
    # where somebody turns off, what it is worth, and what is told there
    "led": ([["bench", "lead"]], 0.0, "答えが決まっている聞き方(誘導)"),
    "silent": ([["bench", "sheet"]], 0.0, "30問は長すぎます"),
    "broken": ([["bench", "open"], ["told", "secret"]], 0.0, "書く前に同意"),
    "wide": (
        [["bench", "open"], ["told", "later"], ["words", "everyone"]],
        0.5,
        "何人に聞いて",
    ),
    "exposed": (
        [["bench", "open"], ["told", "ask"], ["words", "named"]],
        0.0,
        "名前や学校名は書きません",
    ),
}


def test_there_is_more_than_one_good_way_to_hear_somebody(lesson, points) -> None:
    for told_step in ("ask", "later"):
        for written in ("masked", "quote"):
            path = [["bench", "open"], ["told", told_step], ["words", written]]
            assert points(lesson["t1-5"], {**RIGHT["t1-5"], "path": path}) == POINTS["t1-5"]


WORDS = [
    ("この区で話を聞くと、高校生240人のうち36人に、相談できる大人がいない。", set()),
    ("この地域の240人のうち36人に、相談できる大人がいない。", {"who", "where"}),
    ("高校生240人のうち36人に、相談できる大人がいない。", {"where"}),
    ("浜風区の高校生の多くに、相談できる大人がいない。", {"how-many", "whole"}),
    ("浜風区の高校生の15%に、相談できる大人がいない。", {"whole"}),
    ("浜風区の高校生240人のうち15.0%が、さみしい。", {"vague"}),
    ("浜風区の高校生240人のうち15.0%のために、カフェが必要だ。", {"no-answer"}),
]


@pytest.mark.parametrize(("text", "missing"), WORDS)
def test_what_a_rewriting_still_lacks_is_told(lesson, text, missing) -> None:
    parts = lesson["t1-6"].judge({"text": text}, with_key=True).parts
    assert {part.input.rpartition(":")[2] for part in parts if not part.ok} == missing


def test_the_sheet_has_the_fields_of_the_assembled_plan(lesson) -> None:
    sheet = lesson["t1-issue-sheet"]
    kinds = {field.id: field.kind for field in sheet._paper.fields}
    assert kinds == {
        "issue": "text",
        "evidence": "rows",
        "voices": "text",
        "area": "text",
        "why_now": "text",
    }
    [evidence] = [field for field in sheet._paper.fields if field.id == "evidence"]
    assert [(c.id, c.kind) for c in evidence.columns] == [
        ("what", "line"),
        ("figure", "line"),
        ("source", "line"),
    ]
    assert sheet.judge({"fields": SHEET}, with_key=True).status == "formal"


@pytest.mark.parametrize("field", SHEET)
def test_a_sheet_with_an_empty_field_is_incomplete_there(lesson, field) -> None:
    fields = {**SHEET, field: [] if field == "evidence" else " "}
    judgement = lesson["t1-issue-sheet"].judge({"fields": fields}, with_key=True)
    assert judgement.status == "incomplete"
    assert [part.input for part in judgement.parts] == [field]


def test_the_sheet_is_graded_by_four_criteria_of_two_points(lesson) -> None:
    rubric = lesson["t1-issue-sheet"].spec["rubric"]
    assert [criterion["points"] for criterion in rubric] == [2, 2, 2, 2]
    told = " ".join(criterion["label"] for criterion in rubric)
    for word in ("誰が・どこで・どのくらい", "根拠", "当事者の声", "範囲", "なぜ今"):
        assert word in told


def test_no_name_or_number_of_a_person_is_asked_for(lesson, text) -> None:
    assert "個人の名前や電話番号は書か" in lesson["t1-reflection"].spec["prompt"]
    assert "個人の名前、電話番号、学校名は書かないでください" in text


def test_no_graded_figure_is_a_bare_number(code_cells) -> None:
    """In the hidden tests a figure comes from `subjects` or from what the prompt shows."""
    hidden = [cell.source for cell in code_cells if "BEGIN HIDDEN TESTS" in cell.source]
    assert len(hidden) == len(JUDGED)
    found = {
        node.value
        for source in hidden
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Constant) and type(node.value) in {int, float}
        if node.value > 4
    }
    assert found == {100}


def test_the_examples_of_the_text_are_worked_out(text) -> None:
    walk, uneven, practice = Proportion(52, 160), Proportion(27, 110), Proportion(33, 150)
    assert f"52 ÷ 160 = {float(walk.exact)}" in text
    assert f"0.325 × 100 = **{walk.percent()}%**" in text
    assert f"27 ÷ 110 × 100 = 24.545…なので、{uneven.percent()}%" in text
    assert f"33 ÷ 150 × 100 = {practice.percent()}%" in text
    assert "32.5 − 25.0 = **7.5ポイント**" in text
    assert walk.percent() - Proportion(40, 160).percent() == Decimal("7.5")
    assert "22.0 − 18.0 = 4.0ポイント" in text


def test_the_bar_of_the_drawing_is_as_long_as_the_share(text) -> None:
    [picture] = re.findall(r'<svg [^>]*aria-labelledby="fig3-title.*?</svg>', text, re.DOTALL)
    whole, part = map(int, re.findall(r'<rect [^>]*? width="(\d+)"', picture))
    assert part / whole == pytest.approx(52 / 160)


def test_the_model_sheet_tells_the_figures_of_the_exercise(names, text, table_of) -> None:
    sheet = dict(table_of(text, "欄"))
    asked, before = names["asked_2026"], names["asked_2023"]
    assert (asked.percent(), before.percent()) == (Decimal("15.0"), Decimal("10.0"))
    assert f"{asked.whole}人のうち{asked.part}人({asked.percent()}%)" in sheet["困っていること"]
    assert f"{before.percent()}%" in sheet["なぜ今"]
    assert lesson_answer_stands_only_after_it(text, "15.0%")


def lesson_answer_stands_only_after_it(text: str, figure: str) -> bool:
    """Whether the text of the sections before 5 keeps quiet about the exercise's answer."""
    before, _, after = text.partition("## 5 ")
    return figure not in before and figure in after


def test_what_is_told_of_the_seminar_has_its_time_and_no_offer(text) -> None:
    told = next(part for part in text.split("\n\n") if "このセミナーについて" in part)
    assert "年の書かれていないもの" in told and "2022年度の終わりごろ" in told
    assert "2021年12月〜2022年2月と、2022年12月〜2023年2月" in told
    assert "センターの案内で確かめてください" in told
    assert "6つのポイント" not in text
    assert "参加者を募集" not in text


def test_a_part_of_the_plan_says_that_it_goes_into_the_whole(text) -> None:
    assert text.count("[通しの事業プラン](paper)") == 2
    assert "1つめの部分になります" in text


def test_the_page_to_print_has_the_summary_and_the_checklist(text) -> None:
    [page] = re.findall(r'<div class="one-page">(.*?)</div>', text, re.DOTALL)
    assert len(re.findall(r"^- □ ", page, re.MULTILINE)) == 6
    for field in ("困っていること", "根拠", "当事者の声", "範囲", "なぜ今"):
        assert field in page


def test_the_course_names_where_its_facts_come_from() -> None:
    course = load_courses(COURSES)["trial"]
    assert course.title == "協働トライアルセミナー"
    assert {"B", "Y11-Y12"} <= {source.id for source in course.sources}


def test_the_part_leaves_the_numbers_to_the_assembled_plan(lesson) -> None:
    blocks = lesson["t1-issue-sheet"].spec["blocks"]
    heads = [block["text"] for block in blocks if block["block"] == "heading"]
    assert heads == ["困っていること", "根拠", "当事者の声", "範囲", "なぜ今"]


@pytest.mark.parametrize("exercise_id", ["t1-1", "t1-2"])
def test_every_wrong_place_is_answered_with_a_reason(lesson, exercise_id) -> None:
    found = lesson[exercise_id]
    for item, right in found._key.groups.items():
        assert {*found.spec["groups"]} - right <= {*found._key.mistakes.get(item, {})}, item
