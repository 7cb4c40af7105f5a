"""Lesson 5 of the trial seminar: each exercise judged, right, empty and typically wrong."""

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
    test_the_exercises_stand_in_their_order_with_their_points,
    test_the_right_answer_earns_everything_and_is_explained,
    values,
)

from manabiba_server.courses import load_courses
from manabiba_server.peers.words import PARTS as PARTS_OF_A_COMMENT
from manabiba_subjects.cost_sharing import share_costs
from manabiba_subjects.minimum_wage import minimum_wage
from manabiba_subjects.npo_law import BudgetLine
from manabiba_subjects.proportion import Proportion, mean
from manabiba_subjects.proposal import examine_wage

COURSES = Path(__file__).parents[2] / "courses"
NOTEBOOK = COURSES / "trial" / "05-presentation.ipynb"
LESSON_4 = COURSES / "trial" / "04-plan.md"

POINTS = {
    "t5-check-1": 1,
    "t5-1": 1,
    "t5-2": 1,
    "t5-3": 2,
    "t5-comment": 3,
    "t5-4": 2,
    "t5-5": 2,
    "t5-presentation": 24,
    "t5-reflection": 4,
}
BY_HAND = {"t5-comment", "t5-presentation", "t5-reflection"}
JUDGED = [name for name in POINTS if name not in BY_HAND]
SCRIPT = ["opening", "issue", "together", "plan", "money", "after", "asks"]

RIGHT: dict[str, dict[str, Any]] = {
    "t5-check-1": {"values": {"gap": "３０，０００円", "first": "costs", "kind": "output"}},
    "t5-1": {"order": SCRIPT},
    "t5-2": {"values": {"room": "1,500", "over": "48秒"}},
    "t5-3": {
        "placed": {
            "people": "good",
            "rain": "question",
            "slowly": "suggestion",
            "vague": "again",
            "cannot": "again",
            "shops": "suggestion",
            "measure": "question",
            "sports": "again",
            "roles": "good",
        }
    },
    "t5-4": {"values": {"mean": "18.75", "evaluation": "2.75点", "lowest": "v5"}},
    "t5-5": {"marked": {"opening": "scene", "plan": "change", "after": "plan"}},
}

COMMENT = {
    "good": "役割の欄で、知らせるのは市、聞くのは団体と分かれているのがよかったです。",
    "question": "来る人が少ない日は、どうしますか。",
    "suggestion": "終わったあとの欄に、会費や協賛の見積もりを足してみてはどうでしょう。",
}
PRESENTATION = {
    "opening": "「家に帰っても、だれもいないんです」。ある高校生の言葉です。子ども広場みなとです。",
    "issue_told": "浜風区の調査に答えた高校生240人のうち36人に、相談できる大人がいません。"
    "2023年の10.0%から、5ポイント高くなりました。",
    "together": "高校生と出会い、話を聞けるのはわたしたちです。"
    "高校に知らせ、専門の窓口につなげるのは市です。片方だけでは届きません。",
    "plan_told": "月に2回、放課後カフェを開きます。話を聞くのは団体、知らせてつなぐのは市です。"
    "来た20人のうち3人の「話せる大人がいる」を、1年後に8人にします。4月と3月に聞きます。",
    "money": "支出も収入も500,000円です。いちばん大きいのは人件費です。市の負担金は300,000円です。",
    "after_told": "2年めは、参加費と会費、商店街の協賛で、月1回を続けます。",
    "asks": "学校への知らせ方を、教えてください。",
}
PARTS = {"t5-comment": COMMENT, "t5-presentation": PRESENTATION}


MISTAKES = [
    # the last lesson's hardest points
    ("t5-check-1", values(kind="outcome"), 2 / 3, "回数や人数は産出です。誰がどう変わったかが成果"),
    ("t5-check-1", values(gap="240,000"), 2 / 3, "それは収入の合計です"),
    ("t5-check-1", values(gap="210,000"), 2 / 3, "市の負担金も、収入に"),
    ("t5-check-1", values(gap="90,000"), 2 / 3, "参加費と自己資金も、収入に"),
    ("t5-check-1", values(first="city"), 2 / 3, "収入240,000円と支出270,000円が合いません"),
    ("t5-check-1", values(first="leave"), 2 / 3, "少しの差でも"),
    # 字数と時間
    ("t5-2", values(room="300"), 1 / 2, "それは1分の字数です"),
    ("t5-2", values(over="240"), 1 / 2, "それは、こえた字数"),
    ("t5-2", values(over="348"), 1 / 2, "台本全部の秒数"),
    ("t5-2", values(over="0.8"), 1 / 2, "分で表した数"),
    # コメント
    ("t5-3", placed(vague="good"), 2 * 8 / 9, "どこが、なぜよかったのか"),
    ("t5-3", placed(cannot="suggestion"), 2 * 8 / 9, "どう直せばよいか"),
    ("t5-3", placed(sports="suggestion"), 2 * 8 / 9, "自分のしたいこと"),
    ("t5-3", placed(rain="again"), 2 * 8 / 9, "責めずに聞いています"),
    ("t5-3", placed(shops="question"), 2 * 8 / 9, "すすめる提案です"),
    # 平均
    ("t5-4", values(mean="75"), 4 / 3, "4人の合計です"),
    ("t5-4", values(mean="12.5"), 4 / 3, "観点の数の6で割っています"),
    ("t5-4", values(mean="18.8"), 4 / 3, "丸めずに"),
    ("t5-4", values(mean="19"), 4 / 3, "丸めずに"),
    ("t5-4", values(evaluation="11"), 4 / 3, "4人分の合計"),
    ("t5-4", values(evaluation="2.8"), 4 / 3, "丸めずに"),
    ("t5-4", values(lowest="v4"), 4 / 3, "「評価」の平均は2.75点です。もっと低い観点"),
    # 確認テスト: お願いから / 人数だけが成果 / 終了後がない
    ("t5-5", marked(opening="more"), 5 / 3, "お願いのリスト"),
    ("t5-5", marked(opening="history"), 5 / 3, "長い団体の紹介"),
    ("t5-5", marked(plan="bigger"), 5 / 3, "産出のままです"),
    ("t5-5", marked(after="luck"), 5 / 3, "継続性は伝わりません"),
    ("t5-5", marked(money="half"), 4 / 3, "収入と支出が合っています"),
]


ORDERS = [
    (
        ["opening", "plan", "issue", "together", "money", "after", "asks"],
        "解決策から話し始めると",
    ),
    (["asks", "opening", "issue", "together", "plan", "money", "after"], "お願いのリスト"),
    (["opening", "issue", "together", "money", "plan", "after", "asks"], "お金の話をします"),
]


@pytest.mark.parametrize(("order", "message"), ORDERS)
def test_a_talk_that_begins_with_the_answer_or_the_wishes_is_told_why(
    lesson, told, order, message
) -> None:
    judgement = lesson["t5-1"].judge({"order": order}, with_key=True)
    assert 0 < judgement.score < 1
    assert message in told(judgement)


def test_the_numbers_of_the_exercises_are_those_of_the_functions(names) -> None:
    assert names["small"] == share_costs(240_000, fees=36_000, own_funds=24_000)
    assert not names["balance"].holds
    assert names["sums"] == (18, 21, 16, 20)
    assert float(mean(names["sums"])) == 18.75
    assert names["lowest"] == "継続性"
    assert sorted(names["means"].values())[0] < sorted(names["means"].values())[1]


def test_the_table_of_the_points_is_that_of_the_exercise(names, text) -> None:
    [table] = re.findall(r"\| 観点 \| Aさん.*?\n\n", text, re.DOTALL)
    rows = [row.strip("|").split("|") for row in table.strip().split("\n")[2:]]
    shown = {row[0].strip(): tuple(int(cell) for cell in row[1:]) for row in rows}
    assert shown == {**names["points_given"], "合計(24点満点)": names["sums"]}


def test_the_parts_have_the_fields_that_others_go_by(lesson) -> None:
    for name, fields in PARTS.items():
        kinds = {field.id: field.kind for field in lesson[name]._paper.fields}
        assert kinds == dict.fromkeys(fields, "text")
        assert lesson[name].judge({"fields": fields}, with_key=True).status == "formal"
    assert [*COMMENT] == ["good", "question", "suggestion"]


@pytest.mark.parametrize(("name", "field"), [(n, f) for n, fields in PARTS.items() for f in fields])
def test_a_part_with_an_empty_field_is_incomplete_there(lesson, name, field) -> None:
    judgement = lesson[name].judge({"fields": {**PARTS[name], field: " "}}, with_key=True)
    assert judgement.status == "incomplete"
    assert [part.input for part in judgement.parts] == [field]


def test_the_talk_is_graded_by_six_views_of_four_points(lesson, names, table_of, text) -> None:
    rubric = lesson["t5-presentation"].spec["rubric"]
    assert [criterion["points"] for criterion in rubric] == [4] * 6
    six = [criterion["label"] for criterion in rubric]
    assert six == [*names["points_given"]]
    assert f"**6つの観点**: {'/'.join(six)}" in text
    views = [row[0].partition("(")[0] for row in table_of(text, "観点") if len(row) == 3]
    assert views == six


@pytest.fixture
def table_of(tables):
    """The first table whose first head begins so (two of this lesson begin alike)."""

    def find(text: str, head: str) -> list[list[str]]:
        return next(table[1:] for table in tables(text) if table[0][0].startswith(head))

    return find


def test_the_seconds_of_the_script_make_five_minutes(text, table_of) -> None:
    [picture] = re.findall(r'<svg [^>]*aria-labelledby="fig1-title.*?</svg>', text, re.DOTALL)
    drawn = [int(found) for found in re.findall(r">(\d+)秒</text>", picture)]
    heights = [float(found) for found in re.findall(r'<rect [^>]*? height="(\d+)"', picture)]
    told = [int(row[1]) for row in table_of(text, "部分")]
    assert drawn == told and sum(told) == 300
    assert heights == pytest.approx([1.5 * seconds for seconds in told], abs=1)


def test_the_labels_of_the_script_say_the_same_seconds(lesson, text, table_of) -> None:
    fields = lesson["t5-presentation"]._paper.fields
    asked = [int(re.search(r"\((\d+)秒\)$", field.label)[1]) for field in fields]
    assert asked == [int(row[1]) for row in table_of(text, "部分")]


def test_the_budget_of_the_drawing_is_the_models_and_balances(text) -> None:
    shared = share_costs(500_000, fees=300 * 20 * 24, own_funds=56_000)
    [picture] = re.findall(r'<svg [^>]*aria-labelledby="fig2-title.*?</svg>', text, re.DOTALL)
    bars = re.findall(r'<rect x="(\d+)" [^>]*? height="([\d.]+)"', picture)
    sides: dict[str, list[int]] = {}
    for x, height in bars:
        sides.setdefault(x, []).append(round(Decimal(height) * 1000))
    costs, income = sides.values()
    assert costs == [1_300 * 8 * 24, 30_000 * 4, 3_000 * 24, 38_400, 20_000]
    assert income == [shared.city, shared.fees, shared.own_funds]
    assert sum(costs) == sum(income) == shared.total
    for amount in (*costs, *income):
        assert f"{amount:,}円" in picture


def test_the_wage_of_the_plan_reaches_what_the_text_calls_the_minimum(text) -> None:
    assert f"最低賃金{minimum_wage(date(2026, 11, 23)):,}円(2026年10月1日から" in text
    assert examine_wage(1_300, date(2026, 11, 23)).holds


def test_the_second_year_is_reckoned_from_the_first(text) -> None:
    """Once a month: without lectures, half the leaflets, the same insurance."""
    lines = [
        BudgetLine("人件費", 1_300, (8, 12)),
        BudgetLine("消耗品", 3_000, (12,)),
        BudgetLine("保険", 20_000),
        BudgetLine("印刷", 38_400 // 2),
    ]
    year = sum(line.amount for line in lines)
    fees = BudgetLine("参加費", 300, (20, 12)).amount
    assert f"1年で{year:,}円かかる。参加費{fees:,}円のほかの{year - fees:,}円は" in text


def test_the_plan_that_is_read_is_the_one_of_lesson_4(text, tables) -> None:
    """What lesson 4 shows as a model stands in the plan word for word."""
    model = dict(
        row for table in tables(LESSON_4.read_text("utf-8")) for row in table if len(row) == 2
    )
    plan = dict(row for table in tables(text) for row in table if len(row) == 2)
    assert plan["終わったあと"] == model["終わったあと"]
    assert plan["スケジュール"] == model["スケジュール"]
    assert model["対象・人数"].startswith(plan["対象と人数"].partition("。")[0])


def test_the_two_fifteens_are_told_apart(text) -> None:
    assert Proportion(36, 240).percent() == Proportion(3, 20).percent() == Decimal("15.0")
    assert Proportion(8, 20).percent() == Decimal("40.0")
    [note] = [part for part in text.split("\n\n") if "2つの15%" in part]
    assert "**いない**" in note and "**いる**" in note


def test_the_examples_of_the_text_are_worked_out(text) -> None:
    assert "68 ÷ 4 = **17点**" in text and mean((15, 19, 20, 14)) == 17
    assert "96 ÷ 5 = 19.2点" in text and float(mean((17, 20, 19, 22, 18))) == 19.2
    assert "300 × 3 = **900字**" in text and "1,020 − 900 = 120字" in text
    assert "120 × 0.2 = **24秒**" in text and "150 × 0.2 = 30秒" in text
    practice = share_costs(360_000, fees=60_000, own_funds=40_000)
    assert f"360,000 − 60,000 − 40,000 = {practice.city:,}円" in text


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
    assert found == {60}


def test_whoever_reads_others_is_told_what_that_means(text) -> None:
    assert text.count("(peers)") == 1
    [told] = re.findall(r"### 仲間のプランも読んでみませんか(.*?)\n## ", text, re.DOTALL)
    assert "[プランの読み合い](peers)" in told
    assert f"「良い点」を「{PARTS_OF_A_COMMENT[0].label}」と" in told
    assert "[通しの事業プラン](paper)" in told
    for said in ("自由です", "同意した人だけ", "点数は変わりません", "いつでもやめられます"):
        assert said in told
    assert "講師・事務局が読めます" in told and "自分の名前とプラン、もらったコメントの数も" in told


def test_a_part_of_the_plan_says_that_it_goes_into_the_whole(text) -> None:
    assert "[通しの事業プラン](paper)のいちばん最後に入ります" in text


def test_no_name_or_number_of_a_person_is_asked_for(lesson, text) -> None:
    assert "個人の名前や電話番号は書か" in lesson["t5-reflection"].spec["prompt"]
    assert "個人の名前や電話番号は書かないでください" in text


def test_what_the_city_offers_is_told_with_the_date_of_its_page(text) -> None:
    for said, day in (
        ("1事業30万円まで", "2020年のページ"),
        ("行政によるテーマ設定型", "2024年度"),
        ("理由を知らせて", "2018年12月14日"),
        ("11人が", "2022年"),
        ("7つのプラン", "2023年"),
    ):
        lines = [line for line in text.split("\n") if said in line]
        assert lines and all(day in line for line in lines), said
    assert "今は募集要項で確かめます" in text
    assert "いまの募集要項で確かめてください" in text
    assert not re.search("募集中|申込受付", text)


def test_the_page_to_print_has_the_summary_and_the_checklist(text) -> None:
    [page] = re.findall(r'<div class="one-page">(.*?)</div>', text, re.DOTALL)
    assert len(re.findall(r"^- □ ", page, re.MULTILINE)) == 7
    assert "6つの観点" in page and "良い点" in page


def test_the_course_names_where_its_facts_come_from() -> None:
    sources = {source.id for source in load_courses(COURSES)["trial"].sources}
    assert {"B", "Y9", "Y11-Y12", "Y18", "Y19", "R3-R5", "G1"} <= sources
