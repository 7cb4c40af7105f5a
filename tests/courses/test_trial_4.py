"""Lesson 4 of the trial seminar: each exercise judged, right, empty and typically wrong."""

import ast
import re
from datetime import date
from fractions import Fraction
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

from manabiba_server.courses import load_courses
from manabiba_subjects.cost_sharing import share_costs
from manabiba_subjects.minimum_wage import minimum_wage
from manabiba_subjects.npo_law import BudgetLine, activity_budget
from manabiba_subjects.proportion import Proportion
from manabiba_subjects.proposal import examine_balance, examine_wage, grant, withheld_from_fees
from manabiba_subjects.withholding import withhold
from manabiba_widgets.joint_plan_checks import PART_CHECKS, plan_checks

NOTEBOOK = Path(__file__).parents[2] / "courses" / "trial" / "04-plan.ipynb"
ON = date(2026, 11, 25)

POINTS = {
    "t4-check-1": 1,
    "t4-1": 1,
    "t4-2": 2,
    "t4-logic-model": 2,
    "t4-7": 2,
    "t4-3": 3,
    "t4-6": 2,
    "t4-5": 2,
    "t4-4": 2,
    "t4-9": 2,
    "t4-8": 3,
    "t4-plan": 9,
    "t4-reflection": 4,
}
JUDGED = [name for name in POINTS if name != "t4-reflection"]


def entries(**columns: str) -> dict[str, list[dict[str, str]]]:
    """A column of a logic model by its id, with one entry of the same id."""
    return {column: [{"id": column, "text": text}] for column, text in columns.items()}


def rows(names: str, *cells: tuple[str, ...]) -> list[dict[str, str]]:
    return [dict(zip(names.split(), row, strict=True)) for row in cells]


RIGHT: dict[str, dict[str, Any]] = {
    "t4-check-1": {"values": {"city": "210,000", "equal": "yes", "leave": "next"}},
    "t4-1": {"order": ["input", "activity", "output", "short", "medium"]},
    "t4-2": {
        "placed": {
            "times": "outputs",
            "share": "short",
            "staff": "inputs",
            "cook": "activities",
            "leaflets": "outputs",
            "early": "medium",
            "forms": "outputs",
        }
    },
    "t4-logic-model": {
        "entries": entries(
            inputs="学生スタッフ2人、区の部屋、市から高校への案内",
            activities="月2回、放課後カフェを開く",
            outputs="年24回、のべ480人",
            short="来た高校生に、話せる大人ができる",
            medium="早めに相談する高校生が増える",
        ),
        "arrows": [
            ["inputs", "activities"],
            ["activities", "outputs"],
            ["outputs", "short"],
            ["short", "medium"],
        ],
    },
    "t4-7": {
        "cells": {
            "door.city": "none",
            "door.group": "main",
            "school.city": "main",
            "school.group": "help",
            "list.city": "none",
            "list.group": "main",
            "money.city": "help",
            "money.group": "main",
            "hurt.city": "help",
            "hurt.group": "main",
            "survey.city": "main",
            "survey.group": "help",
        }
    },
    "t4-3": {
        "cells": {
            "fees.yen": "144,000",
            "income_total.yen": "５００，０００",
            "staff.yen": "249,600円",
            "talks.yen": "120000",
            "goods.yen": "72,000",
            "costs_total.yen": "500,000",
        }
    },
    "t4-6": {"values": {"planned": "yes", "cheaper": "no", "gap": "29円"}},
    "t4-5": {"values": {"once": "3,063", "all": "12,252", "line": "gross", "due": "next"}},
    "t4-4": {"values": {"first": "300,000", "second": "280,000", "third": "300000"}},
    "t4-9": {"values": {"baseline": "15.0", "target": "40", "points": "25", "kind": "change"}},
    "t4-8": {
        "marked": {
            "issue": "people",
            "asks": "pair",
            "roles": "verbs",
            "staff": "hours",
            "money": "equal",
            "indicator": "change",
            "after": "sentence",
        }
    },
    "t4-plan": {
        "fields": {
            "project": "高校生の放課後カフェ",
            "target": "浜風区の高校生。とくに、相談できる大人が身近にいない人",
            "people": "20人",
            "starts": "2026年12月1日",
            "roles": rows(
                "task group city",
                ("会場", "部屋をあけ、片づける", ""),
                ("高校への案内", "ちらしを作る", "区内の高校に届ける"),
            ),
            "schedule": rows(
                "when what", ("12月", "はじめの調査"), ("翌年11月", "おわりの調査と相互評価")
            ),
            "income": rows(
                "item amount",
                ("参加費 300円×20人×24回", "144,000"),
                ("自己資金", "56,000"),
                ("市", "300,000"),
            ),
            "costs": rows(
                "item amount",
                ("人件費 1,300円×8時間×24回", "249,600"),
                ("講師の謝金 30,000円×4回", "120,000"),
                ("消耗品", "72,000"),
                ("保険", "20,000"),
                ("印刷", "38,400"),
            ),
            "wage": "1,300",
            "fee": "30,000",
            "fee_times": "4回",
            "withheld": "12,252",
            "eligible": "450,000",
            "grant_rate": "2/3",
            "grant_ceiling": "300,000",
            "grant": "300,000",
            "indicators": rows(
                "indicator baseline target how",
                ("話せる大人がいると答える高校生の割合", "15%", "40%", "同じ質問のアンケート"),
            ),
            "after": "2年めからは、参加費と寄附で月1回を続けます。",
        }
    },
}


def test_the_exercises_stand_in_their_order_with_their_points(lesson) -> None:
    assert [(name, found.spec["points"]) for name, found in lesson.items()] == [*POINTS.items()]


def cells(**entered: str) -> dict[str, Any]:
    """Changed cells; `staff_yen="1"` is the cell staff.yen."""
    names = {name.replace("_yen", ".yen"): figure for name, figure in entered.items()}
    return {"cells": names}


def roles(**entered: str) -> dict[str, Any]:
    return {"cells": {name.replace("_", "."): option for name, option in entered.items()}}


ONLY_COUNTED = "回数や人数は産出です。誰がどう変わったかが成果です。"
SEVENTH, HALF_SEVENTH = 2 * 6 / 7, 3 * 6.5 / 7

MISTAKES = [
    ("t4-check-1", values(city="90,000"), 2 / 3, "団体の側で用意するお金"),
    ("t4-check-1", values(city="240,000"), 2 / 3, "自己資金も引きます"),
    ("t4-check-1", values(city="150,000"), 2 / 3, "半分ではありません"),
    ("t4-check-1", values(equal="no"), 2 / 3, "対等は費用の半分という意味ではなく"),
    ("t4-check-1", values(leave="promise"), 2 / 3, "次の日付と"),
    # 産出と成果
    (
        "t4-1",
        {"order": ["input", "activity", "short", "output", "medium"]},
        3 / 4,
        "回数や人数(産出)のあと",
    ),
    ("t4-2", placed(times="short"), SEVENTH, ONLY_COUNTED),
    ("t4-2", placed(leaflets="medium"), SEVENTH, ONLY_COUNTED),
    ("t4-2", placed(forms="short"), SEVENTH, "書かれた中身を見ましょう"),
    ("t4-2", placed(share="outputs"), SEVENTH, "数字があっても"),
    ("t4-2", placed(staff="activities"), SEVENTH, "投入"),
    ("t4-2", placed(cook="short"), SEVENTH, "することなので"),
    # 役割
    ("t4-7", roles(school_city="help"), 2 * 6 / 8, "届けられるのは市です"),
    ("t4-7", roles(hurt_city="none"), 2 * 7 / 8, "市にもすぐ知らせます"),
    ("t4-7", roles(survey_group="main"), 2 * 7 / 8, "ちょうど1つになっていない"),
    ("t4-7", roles(list_group="none"), 2 * 6 / 8, "名簿を集めるのは団体"),
    ("t4-7", roles(money_group="help"), 2 * 6 / 8, "責任を持って記録します"),
    # 時給・謝金・助成
    ("t4-6", values(cheaper="yes"), 4 / 3, "2026年10月1日から神奈川県は1,279円です"),
    ("t4-6", values(gap="25"), 4 / 3, "古い最低賃金"),
    ("t4-6", values(gap="21"), 4 / 3, "1,300円との差です"),
    ("t4-6", values(planned="no"), 4 / 3, "足りています"),
    ("t4-5", values(once="3,000"), 3 / 2, "10.21%です"),
    ("t4-5", values(once="6,126"), 3 / 2, "20.42%は"),
    ("t4-5", values(once="26,937"), 3 / 2, "講師が受け取る額"),
    ("t4-5", values(all="12,000"), 3 / 2, "10%で計算しています"),
    ("t4-5", values(all="107,748"), 3 / 2, "受け取る額の合計"),
    ("t4-5", values(line="net"), 3 / 2, "謝金は支払総額で書き"),
    ("t4-5", values(due="half"), 3 / 2, "納期の特例は給与や士業報酬だけ"),
    ("t4-4", values(second="300,000"), 4 / 3, "「いちばん多くて」"),
    ("t4-4", values(second="420,000"), 4 / 3, "全額は出ません"),
    ("t4-4", values(second="140,000"), 4 / 3, "残りの1/3"),
    ("t4-4", values(third="320,000"), 4 / 3, "上限を超えている"),
    # 指標
    ("t4-9", values(baseline="3"), 3 / 2, "それは人数です"),
    ("t4-9", values(baseline="85"), 3 / 2, "答えなかった人"),
    ("t4-9", values(target="25"), 3 / 2, "増やす分です"),
    ("t4-9", values(points="166.7"), 3 / 2, "「増え方」"),
    ("t4-9", values(kind="visits"), 3 / 2, ONLY_COUNTED),
    # はじめの案
    ("t4-8", marked(issue="bigger"), HALF_SEVENTH, "解決策から書き始めて"),
    ("t4-8", marked(asks="more"), HALF_SEVENTH, "お願いリスト"),
    ("t4-8", marked(roles="strong"), HALF_SEVENTH, "動作で書きましょう"),
    ("t4-8", marked(staff="low"), HALF_SEVENTH, "最低賃金(1,279円)より低い"),
    ("t4-8", marked(money="leave"), HALF_SEVENTH, "収入450,000円と支出500,000円が合いません。"),
    ("t4-8", marked(indicator="more"), HALF_SEVENTH, ONLY_COUNTED),
    ("t4-8", marked(after="blank"), HALF_SEVENTH, "考えている道を1文で"),
    ("t4-8", marked(cover="none"), 3 * 6 / 7, "このままで大丈夫"),
]


CHAINS = [
    (cells(fees_yen="6,000", income_total_yen="362,000"), "1回分です"),
    (cells(staff_yen="31,200", costs_total_yen="281,600"), "1回に8時間分"),
    (cells(staff_yen="124,800", costs_total_yen="375,200"), "1人分です"),
    (cells(staff_yen="0", costs_total_yen="250,400"), "人件費を0円にしないで"),
    (cells(talks_yen="720,000", costs_total_yen="1,100,000"), "24回のうち4回"),
]


@pytest.mark.parametrize(("change", "message"), CHAINS)
def test_a_mistake_in_the_budget_costs_its_own_cell_and_not_the_total(
    lesson, told, assert_only_the_first_cell_costs, changed, change, message
) -> None:
    answer = changed(RIGHT["t4-3"], change)
    assert_only_the_first_cell_costs(lesson["t4-3"], answer, 3 * 5 / 6)
    assert message in told(lesson["t4-3"].judge(answer, with_key=True))


GAPS = [
    (
        {"income": rows("item amount", ("市", "300,000"))},
        "収入300,000円と支出500,000円が合いません",
    ),
    (
        {"roles": rows("task group city", ("会場", "あける", "協力する"), ("案内", "配る", ""))},
        "「協力する」だけ",
    ),
    (
        {"roles": rows("task group city", ("会場", "あける", ""), ("案内", "配る", ""))},
        "団体と市の両方に",
    ),
    (
        {"indicators": rows("indicator baseline target how", ("参加者数", "0", "480", "名簿"))},
        "回数や人数は産出です",
    ),
    (
        {"indicators": rows("indicator baseline target how", ("安心できる人", "", "8人", "紙"))},
        "基準値",
    ),
    ({"grant": "310,000"}, "助成は300,000円までです"),
    ({"wage": "1,250"}, "最低賃金に29円足りません"),
    ({"withheld": "3,063"}, "12,252円になります"),
    ({"after": "未定"}, "誰が、何で続けるか"),
]


@pytest.mark.parametrize(("change", "message"), GAPS)
def test_a_gap_in_the_plan_costs_one_point_and_says_what_to_do(
    lesson, points, told, changed, change, message
) -> None:
    answer = changed(RIGHT["t4-plan"], {"fields": change})
    assert points(lesson["t4-plan"], answer) == pytest.approx(8)
    assert message in told(lesson["t4-plan"].judge(answer, with_key=True))


OPTIONAL = (
    *("wage", "fee", "fee_times", "withheld"),
    *("eligible", "grant_rate", "grant_ceiling", "grant"),
)


def test_a_plan_without_wage_fee_and_grant_is_whole(lesson, assert_right, changed) -> None:
    costs = rows("item amount", ("会場と材料", "480,000"), ("保険", "20,000"))
    for word in ("", "なし", "－"):
        without = dict.fromkeys(OPTIONAL, word) | {"costs": costs}
        assert_right(lesson["t4-plan"], changed(RIGHT["t4-plan"], {"fields": without}))


def test_the_café_of_the_story_starts_in_april_and_is_right(lesson, assert_right, changed) -> None:
    """The rate of 2027 is not known: what is written of the tax is accepted."""
    later = changed(RIGHT["t4-plan"], {"fields": {"starts": "2027/4/1"}})
    assert_right(lesson["t4-plan"], later)


def test_the_plan_has_the_fields_of_its_checks(lesson) -> None:
    fields = {field["id"]: field for field in lesson["t4-plan"].spec["fields"]}
    columns = {
        name: [column["id"] for column in field["columns"]]
        for name, field in fields.items()
        if field["kind"] == "rows"
    }
    assert columns == {
        "roles": ["task", "group", "city"],
        "schedule": ["when", "what"],
        "income": ["item", "amount"],
        "costs": ["item", "amount"],
        "indicators": ["indicator", "baseline", "target", "how"],
    }
    assert {name: field["kind"] for name, field in fields.items() if name not in columns} == {
        "project": "line",
        "target": "text",
        "people": "number",
        "starts": "date",
        "grant_rate": "line",
        "after": "text",
        **dict.fromkeys(set(OPTIONAL) - {"grant_rate"}, "number"),
    }
    assert {name for name, field in fields.items() if not field["required"]} == set(OPTIONAL)
    found = [(check.id, check.points) for check in lesson["t4-plan"]._key.checks]
    assert found == [(check.id, 1) for check in plan_checks()]


def test_both_parts_of_the_plan_have_a_rubric_that_is_graded_by_hand(lesson, code_cells) -> None:
    by_hand = {
        cell.metadata.nbgrader.grade_id: cell.metadata.nbgrader.points
        for cell in code_cells
        if cell.metadata.nbgrader.solution
    }
    assert by_hand == {"t4-logic-model-rubric": 4, "t4-plan-rubric": 6, "t4-reflection": 4}
    for name in ("t4-logic-model", "t4-plan"):
        total = sum(criterion["points"] for criterion in lesson[name].spec["rubric"])
        assert total == by_hand[f"{name}-rubric"]


def test_no_name_of_a_person_is_asked_for(lesson, text) -> None:
    assert "個人の名前や電話番号は書かないでください" in lesson["t4-reflection"].spec["prompt"]
    assert len(re.findall("個人の名前(?:や電話番号)?は書かないでください", text)) == 2


def test_the_examples_of_the_text_are_worked_out(text) -> None:
    assert f"**{minimum_wage(ON):,}円** です" in text
    assert f"神奈川県 {minimum_wage(ON):,}円。" in text
    example = withhold(20_000, ON)
    assert f"20,000 × 10.21% = {example.tax:,}円を預かり、{example.net:,}円を講師に" in text
    fees = withheld_from_fees(30_000, times=4, paid_on=ON).value
    assert f"源泉所得税の合計 {fees.tax:,}円(仮に10.21%で計算)" in text
    least = grant(360_000, rate=Fraction(2, 3), ceiling=300_000).value
    assert f"360,000 × 2 ÷ 3 = {least:,}円。" in text
    assert BudgetLine("苗", 150, (40, 4)).amount == 24_000 and "40株 × 4回 = 24,000円" in text
    assert BudgetLine("会費", 2_500, (12,)).amount == 30_000 and "12人 = 30,000円" in text


def test_the_two_columns_of_the_figure_are_equally_high_and_drawn_to_scale(text) -> None:
    [picture] = re.findall(r'<svg [^>]*aria-labelledby="fig2-title.*?</svg>', text, re.DOTALL)
    bars = re.findall(r'<rect x="(\d+)" y="(\d+)" width="\d+" height="(\d+)"', picture)
    heights = {x: [int(height) for at, _, height in bars if at == x] for x in ("20", "190")}
    assert sum(heights["20"]) == sum(heights["190"]) == 260
    income = [BudgetLine("会費", 30_000), BudgetLine("募金", 6_000), BudgetLine("市", 24_000)]
    costs = [BudgetLine("苗", 24_000), BudgetLine("謝金", 20_000), BudgetLine("道具", 10_000)]
    costs.append(BudgetLine("保険", 6_000))
    assert examine_balance(activity_budget(income, costs)).holds
    for lines, drawn in ((income, heights["20"]), (costs, heights["190"])):
        for line, height in zip(lines, drawn, strict=True):
            assert abs(height - 260 * line.amount / 60_000) < 1
            assert f"{line.amount:,}円" in picture


def test_the_dots_of_the_figure_are_baseline_and_target(text, names) -> None:
    [picture] = re.findall(r'<svg [^>]*aria-labelledby="fig3-title.*?</svg>', text, re.DOTALL)
    counts = [
        len(re.findall("<circle", group))
        for group in re.findall(r"<g [^>]*>(.*?)</g>", picture, re.DOTALL)
        if "<circle" in group
    ]
    people, start, goal = names["people"], names["start"], names["goal"]
    assert counts == [start, people - start, goal, people - goal]


def test_the_answers_to_the_practice_are_worked_out(text) -> None:
    answers = text.partition("<summary>答えを見る</summary>")[2]
    assert f"= {BudgetLine('', 1_350, (6, 10)).amount:,}円" in answers
    fees = BudgetLine("", 200, (15, 10))
    assert f"200 × 15 × 10 = {fees.amount:,}円" in answers
    assert fees.amount + 21_000 + 60_000 == 111_000 and "= 111,000円で、支出と合って" in answers
    half = grant(350_000, rate=Fraction(1, 2), ceiling=200_000).value
    assert f"350,000 × 1 ÷ 2 = {half:,}円" in answers
    taxes = withheld_from_fees(15_000, times=2, paid_on=ON).value
    assert f"2回で{taxes.tax:,}円" in answers
    assert f"12 ÷ 30 × 100 = {Proportion(12, 30).percent()}%" in answers


def test_the_figures_of_the_story_are_those_of_the_other_lessons(names) -> None:
    made = names["made"]
    assert (made.total_income, made.total_costs) == (500_000, 500_000)
    fees, own = names["income_lines"]["fees"].amount, names["income_lines"]["own"].amount
    assert share_costs(500_000, fees=fees, own_funds=own).city == 300_000
    assert examine_wage(names["planned"], ON).holds
    assert names["cost_lines"]["staff"].unit_price == names["planned"]
    assert names["cost_lines"]["talks"].amount == names["every"].gross


def test_two_meetings_a_month_are_those_of_the_budget(lesson, text, table_of) -> None:
    """From April to March of the next year, in the first draft as in the model."""
    [draft] = [line for line in lesson["t4-8"].spec["lines"] if line["id"] == "schedule"]
    assert "4月から翌年3月まで、月2回" in draft["text"]
    shown = {row[0]: row[1] for row in table_of(text, "欄")}
    assert "4月〜2028年3月 月2回開く(24回)" in shown["スケジュール"] and 2 * 12 == 24
    assert shown["始まりの日"] == "2027年4月1日"


def test_the_tax_is_due_on_a_working_day(names) -> None:
    assert names["next_month"] == date(2026, 12, 10)
    assert names["next_month"].weekday() < 5


def test_rates_and_ceilings_are_said_to_be_assumed(lesson, text) -> None:
    assert "と仮定します" in lesson["t4-4"].spec["prompt"]
    assert "率も上限も、募集ごとにちがいます。かならず募集要項で確かめてください" in text
    assert "2027年からの率は、払う前に国税庁の案内で確かめてください" in text


def test_no_graded_figure_is_a_bare_number(code_cells) -> None:
    """In the hidden tests a figure comes from `subjects` or from what the prompt shows."""
    hidden = [cell.source for cell in code_cells if "BEGIN HIDDEN TESTS" in cell.source]
    assert len(hidden) == len(JUDGED)
    found: set[int | float] = set()
    for source in hidden:
        tree = ast.parse(source)
        dates = [node for node in ast.walk(tree) if _is_call(node, "date", "BudgetLine")]
        inside = {id(part) for call in dates for part in ast.walk(call)}
        found |= {
            node.value
            for node in ast.walk(tree)
            if isinstance(node, ast.Constant) and type(node.value) in {int, float}
            if node.value > 100 and id(node) not in inside
        }
    assert found == {3_000, 30_000}  # once instead of the whole year, as the rows show them


def _is_call(node: Any, *names: str) -> bool:
    return isinstance(node, ast.Call) and getattr(node.func, "id", "") in names


def test_both_parts_are_told_to_be_parts_of_the_plan_and_are_listed_with_their_checks(
    text, lesson
) -> None:
    assert text.count("[通しの事業プラン](paper)の4つめの部分") == 1
    assert text.count("[通しの事業プラン](paper)の5つめの部分") == 1
    parts = {
        part.exercise_id: PART_CHECKS[part.checks]()
        for part in load_courses(NOTEBOOK.parents[1])["trial"].paper.parts
        if part.lesson_id == "trial-4"
    }
    assert [*parts] == ["t4-logic-model", "t4-plan"]
    for name, checks in parts.items():
        judged = [(check.id, check.points) for check in lesson[name]._key.checks]
        assert judged == [(check.id, check.points) for check in checks]


def test_the_model_that_is_shown_is_the_plan_of_the_exercises(text, table_of, names) -> None:
    shown = {row[0]: row[1] for row in table_of(text, "欄")}
    for side, lines in (("収入", names["income_lines"]), ("支出", names["cost_lines"])):
        assert all(f"{line.name} {line.amount:,}円" in shown[side] for line in lines.values())
        assert shown[side].endswith(f"合計 {names['made'].total_costs:,}円")
    first, last = names["first"], names["last"]
    assert f"{first.percent()}%({first.whole}人のうち{first.part}人)" in shown["指標"]
    assert f"{last.percent()}%({last.whole}人のうち{last.part}人)" in shown["指標"]
    assert "協力" not in shown["役割"]
