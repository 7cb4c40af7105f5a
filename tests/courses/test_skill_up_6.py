"""Lesson 6 of the coordinators' course: each exercise judged, right, empty and typically wrong."""

import ast
import re
from decimal import Decimal
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

from manabiba_subjects.crowdfunding import (
    Campaign,
    Fees,
    Method,
    goal_for,
    outcome,
    settle,
    supporters_needed,
    visitors_needed,
)
from manabiba_subjects.proportion import Proportion
from manabiba_widgets import explorables

NOTEBOOK = Path(__file__).parents[2] / "courses" / "skill-up" / "06-crowdfunding.ipynb"
FEES = Fees(Decimal("0.17"), Decimal("0.10"))

POINTS = {
    "s6-check-1": 2,
    "s6-8": 2,
    "s6-1": 2,
    "s6-1-entry": 2,
    "s6-2": 3,
    "s6-4": 3,
    "s6-3": 3,
    "s6-5": 3,
    "s6-6": 2,
    "s6-9": 3,
    "s6-7": 2,
    "s6-reflection": 4,
}
JUDGED = [name for name in POINTS if name != "s6-reflection"]


def entered(debit: dict[str, str], credit: dict[str, str]) -> dict[str, Any]:
    """A journal entry as it is typed."""
    sides = {"debit": debit, "credit": credit}
    return {
        "entries": {
            "t1": {
                side: [{"account": name, "amount": yen} for name, yen in rows.items()]
                for side, rows in sides.items()
            }
        }
    }


RIGHT: dict[str, dict[str, Any]] = {
    "s6-check-1": {"values": {"share": "45.0", "register": "weeks", "first": "office"}},
    "s6-8": {
        "placed": {
            "shirt": "purchase",
            "letter": "gift",
            "profit": "invest",
            "tour": "purchase",
            "all": "gift",
        }
    },
    "s6-1": {"values": {"fee": "187,000円", "net": "８１３，０００"}},
    "s6-1-entry": entered(
        {"普通預金": "813,000", "支払手数料": "187,000"}, {"受取寄附金": "1,000,000"}
    ),
    "s6-2": {"values": {"goal": "1240000", "net": "1,008,120"}},
    "s6-4": {
        "cells": {
            "supporters.a": "155人",
            "visitors.a": "6,200",
            "supporters.b": "248",
            "visitors.b": "9,920",
        }
    },
    "s6-3": {"cells": {"fee.yen": "224,400", "returns.yen": "225,000円", "net.yen": "750,600"}},
    "s6-5": {"values": {"share": "98", "nothing": "0円", "all": "796,740", "fits": "nothing"}},
    "s6-6": {"placed": {"certified": "yes", "plain": "no", "shirt": "no", "thanks": "ask"}},
    "s6-9": {
        "marked": {
            "goal": "divide",
            "thanks": "letter",
            "publicity": "before",
            "books": "gross",
            "report": "when",
        }
    },
    "s6-7": {
        "fields": {
            "title": "車いすで海まで行ける地図をつくりたい",
            "uses": [
                {"item": "スロープ10台", "yen": "600,000"},
                {"item": "地図の印刷", "yen": "４０００００円"},
            ],
            "goal": "1,240,000",
            "method": "All-or-Nothing",
            "review": "広報の担当が、団体の規約を10月に出す",
            "consent": "写真に写る会員から、紙でもらう",
            "failure": "届かないときは、お金をお返しします",
            "report": "3月に、ページと手紙で、使いみちと写真を",
            "start": "2026/10/20",
            "publish": "2026/11/20",
        }
    },
}


FIFTH, HALF_A_MARK = 2 * 4 / 5, 3 * 4.5 / 5

MISTAKES = [
    # the last lesson
    ("s6-check-1", values(share="55"), 4 / 3, "ほかの人もできる仕事の割合"),
    ("s6-check-1", values(register="month"), 4 / 3, "2週間以内です"),
    ("s6-check-1", values(first="bank"), 4 / 3, "登記が先です"),
    # the kinds
    ("s6-8", placed(shirt="gift"), FIFTH, "対価があります"),
    ("s6-8", placed(letter="purchase"), FIFTH, "対価がありません"),
    ("s6-8", placed(profit="purchase"), FIFTH, "利益の分配です"),
    # the fee
    ("s6-1", values(fee="170,000"), 1, "17% × 1.1 = 18.7%"),
    ("s6-1", values(fee="270,000"), 1, "17%と10%は足しません"),
    ("s6-1", values(net="1,000,000"), 1, "手数料を引いていません"),
    ("s6-1", values(net="830,000"), 1, "手数料にかかる消費税も"),
    # the goal
    ("s6-2", values(goal="1,000,000"), 1.5, "必要額を(1−手数料率)で割って目標を決めます"),
    ("s6-2", values(goal="1,187,000"), 1.5, "手取りが965,031円です"),
    ("s6-2", values(goal="1,190,000"), 1.5, "1.187を掛けています"),
    ("s6-2", values(goal="1,210,000"), 1.5, "手数料にかかる消費税も"),
    ("s6-2", values(goal="1,230,000"), 1.5, "手取りが999,990円で、足りません"),
    ("s6-2", values(goal="1,230,013"), 1.5, "1万円単位で切り上げ"),
    ("s6-2", values(net="1,000,000"), 1.5, "必要な額より少し多く"),
    ("s6-2", values(net="1,240,000"), 1.5, "0.813を掛けましょう"),
    ("s6-2", values(net="967,470"), 1.5, "先に、目標金額を"),
    # people
    ("s6-4", cells(supporters_b="155"), 2.25, "予想Aの人数のようです"),
    ("s6-4", cells(supporters_a="6,200"), 2.25, "それは見てもらう人の数です"),
    ("s6-4", cells(visitors_a="155"), 2.25, "それは支援者の人数です"),
    ("s6-4", cells(visitors_a="4"), 2.25, "転換率を掛けています"),
    ("s6-4", cells(visitors_a="62"), 2.25, "2.5で割っています"),
    ("s6-4", cells(visitors_b="620"), 2.25, "2.5を掛けています"),
    # returns
    ("s6-3", cells(fee_yen="204,000"), 2, "手数料にかかる消費税も"),
    ("s6-3", cells(fee_yen="182,325"), 2, "支援総額の全体にかかります"),
    ("s6-3", cells(returns_yen="1,500"), 2, "それは1人分です"),
    ("s6-3", cells(net_yen="975,600"), 2, "リターンの費用を引いていません"),
    ("s6-3", cells(net_yen="975,000"), 2, "手数料と消費税を引いていません"),
    # the method
    ("s6-5", values(nothing="980,000"), 2.25, "支援した人に、お金が返ります"),
    ("s6-5", values(nothing="796,740"), 2.25, "支援した人に、お金が返ります"),
    ("s6-5", values(all="980,000"), 2.25, "手数料と消費税を引いていません"),
    ("s6-5", values(all="813,000"), 2.25, "集まった980,000円から"),
    ("s6-5", values(all="0"), 2.25, "届かなくても受け取ります"),
    ("s6-5", values(share="2"), 2.25, "足りない分の割合"),
    ("s6-5", values(fits="all"), 2.25, "約束が残ります"),
    # receipts
    ("s6-6", placed(certified="no"), 1.5, "支援した人に伝えましょう"),
    ("s6-6", placed(plain="yes"), 1.5, "「認定」がなければ"),
    ("s6-6", placed(shirt="yes"), 1.5, "品物の代金(対価)"),
    ("s6-6", placed(thanks="yes"), 1.5, "先に確かめましょう"),
    # the plan
    ("s6-9", marked(goal="multiply"), HALF_A_MARK, "手取りが965,031円です"),
    ("s6-9", marked(thanks="more"), HALF_A_MARK, "高額のリターンをやめましょう"),
    ("s6-9", marked(publicity="wait"), HALF_A_MARK, "自分たちで声をかけましょう"),
    ("s6-9", marked(books="none"), HALF_A_MARK, "かならず記帳します"),
    ("s6-9", marked(report="next"), HALF_A_MARK, "次の応援につながります"),
    ("s6-9", marked(failure="hide"), 3 * 4 / 5, "安心して支援できます"),
]


ENTRIES = [
    (
        entered({"普通預金": "813,000"}, {"受取寄附金": "813,000"}),
        "手取り額だけを収益にしています",
    ),
    (entered({"普通預金": "1,000,000"}, {"受取寄附金": "1,000,000"}), "引かれた手数料を"),
    (
        entered({"普通預金": "813,000", "支払手数料": "187,000"}, {"事業収益": "1,000,000"}),
        "寄付型で、対価はありません",
    ),
]


@pytest.mark.parametrize(("answer", "message"), ENTRIES)
def test_an_entry_that_is_not_gross_is_told_so(lesson, points, told, answer, message) -> None:
    assert points(lesson["s6-1-entry"], answer) < 2
    assert message in told(lesson["s6-1-entry"].judge(answer, with_key=True))


@pytest.mark.parametrize(
    ("exercise_id", "typed", "earned"),
    [
        # a wrong number of supporters, and the visitors that follow from it
        ("s6-4", {"supporters.a": "150", "visitors.a": "6,000"}, 2.25),
        ("s6-4", {"supporters.b": "155", "visitors.b": "6,200"}, 2.25),
        # the tax left out, or one return only, and what is then left
        ("s6-3", {"fee.yen": "204,000", "net.yen": "771,000"}, 2),
        ("s6-3", {"returns.yen": "1,500", "net.yen": "974,100"}, 2),
    ],
)
def test_a_mistake_costs_its_own_cell_and_not_those_after_it(
    lesson, assert_only_the_first_cell_costs, changed, exercise_id, typed, earned
) -> None:
    answer = changed(RIGHT[exercise_id], {"cells": typed})
    assert_only_the_first_cell_costs(lesson[exercise_id], answer, earned)


@pytest.mark.parametrize("name", ["certified", "plain", "shirt"])
def test_whoever_asks_a_tax_adviser_is_right_as_well(lesson, assert_right, changed, name) -> None:
    assert_right(lesson["s6-6"], changed(RIGHT["s6-6"], placed(**{name: "ask"})))


def test_only_the_gift_to_a_certified_npo_may_be_called_deductible(lesson) -> None:
    """Nothing unverified decides: what rests on general knowledge accepts 「確かめる」."""
    groups = lesson["s6-6"]._key.groups
    assert all("ask" in right for right in groups.values())
    assert [name for name, right in groups.items() if "yes" in right] == ["certified"]


USES = RIGHT["s6-7"]["fields"]["uses"]
GAPS = [
    ({"fields": {"goal": "1,230,000"}}, 3, "使いみちの合計に足りません"),
    ({"fields": {"goal": "1,187,000"}}, 3, "0.813で割って"),
    ({"fields": {"uses": USES[:1]}}, 4, "2行以上"),
    ({"fields": {"uses": [USES[0], {"item": "印刷", "yen": ""}]}}, 4, "金額と一緒に"),
    ({"fields": {"start": "2026/11/20"}}, 4, "公開の前からです"),
    ({"fields": {"report": "する"}}, 4, "いつ、どこで、何を"),
]


@pytest.mark.parametrize(("change", "earned", "message"), GAPS)
def test_a_gap_in_the_sheet_costs_its_points_and_says_what_to_write(
    lesson, points, told, changed, change, earned, message
) -> None:
    answer = changed(RIGHT["s6-7"], change)
    score = points(lesson["s6-7"], answer)
    assert score == pytest.approx(2 * earned / 5)
    assert message in told(lesson["s6-7"].judge(answer, with_key=True))


def test_the_sheet_is_read_for_the_four_things_to_be_settled_before(lesson) -> None:
    rubric = lesson["s6-7"].spec["rubric"]
    assert [criterion["points"] for criterion in rubric] == [1, 1, 1, 1]
    for criterion, word in zip(rubric, ("審査", "同意", "資金使途", "届かない"), strict=True):
        assert word in criterion["label"]


def test_no_name_or_number_of_a_person_is_asked_for(lesson) -> None:
    for name in ("s6-7", "s6-reflection"):
        assert "個人の名前や電話番号は書か" in lesson[name].spec["prompt"]


def test_the_figures_of_the_answers_are_the_subjects(lesson, names) -> None:
    assert names["fees"] == FEES
    made = settle(1_000_000, FEES)
    assert lesson["s6-1"]._key.values == {"fee": made.fee, "net": made.net}
    assert (made.fee, made.net) == (187_000, 813_000)
    goal = goal_for(1_000_000, FEES)
    assert lesson["s6-2"]._key.values == {"goal": goal, "net": settle(goal, FEES).net}
    assert goal == 1_240_000 == names["plan_goal"]
    assert settle(goal - 10_000, FEES).net == 999_990
    for column, average in (("a", 8_000), ("b", 5_000)):
        people = supporters_needed(goal, average)
        asked = lesson["s6-4"]._key.cells
        assert asked[f"supporters.{column}"] == people
        assert asked[f"visitors.{column}"] == visitors_needed(people, Decimal("0.025"))
    shop = settle(1_200_000, FEES, returns=150 * 1_500)
    assert lesson["s6-3"]._key.cells["net.yen"] == shop.net == 750_600
    missed = lesson["s6-5"]._key.values
    assert missed["nothing"] == outcome(980_000, 1_000_000, Method.ALL_OR_NOTHING, FEES).net == 0
    assert missed["all"] == outcome(980_000, 1_000_000, Method.ALL_IN, FEES).net == 796_740
    assert missed["share"] == Proportion(980_000, 1_000_000).percent()


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
    assert found == {2026, 10_000}  # the year of the last lesson's example; 1万円単位


def test_every_rate_is_called_an_assumption(text, lesson) -> None:
    for name in ("s6-1", "s6-2", "s6-3", "s6-5"):
        assert "17%、手数料にかかる消費税10%と仮定します" in lesson[name].spec["prompt"]
    for part in text.split("\n\n"):
        if "17%" in part and "×" not in part and not part.startswith(("|", "-")):
            assert "仮定" in part, part
    assert "転換率は、どちらも2.5%と仮定します" in lesson["s6-4"].spec["prompt"]


def test_the_examples_of_the_text_are_worked_out(text) -> None:
    half = settle(500_000, FEES)
    assert f"= **{half.fee:,}円**" in text and f"= **{half.net:,}円**" in text
    assert FEES.share == Decimal("0.187") and "17% × 1.1 = **18.7%**" in text
    assert goal_for(400_000, FEES) == 500_000
    assert f"490,000円なら手取りは{settle(490_000, FEES).net:,}円で、足りません" in text
    people = supporters_needed(300_000, 5_000)
    assert (people, visitors_needed(people, Decimal("0.03"))) == (60, 2_000)
    assert "300,000 ÷ 5,000 = **60人**" in text and "60 ÷ 0.03 = **2,000人**" in text
    returned = settle(300_000, FEES, returns=40 * 1_000)
    assert f"300,000 − {returned.fee:,} − 40,000 = **{returned.net:,}円**" in text
    kept = outcome(420_000, 500_000, Method.ALL_IN, FEES).net
    assert f"420,000 × 0.813 = **{kept:,}円**" in text
    assert Proportion(420_000, 500_000).percent() == 84 and "達成率は84%" in text


def test_the_table_of_the_entry_balances_and_is_the_worked_examples(text, table_of, yen) -> None:
    rows = table_of(text, "借方(左)")
    debit, credit = ([yen(row[at] or "0") for row in rows] for at in (1, 3))
    half = settle(500_000, FEES)
    assert (debit, credit) == ([half.net, half.fee], [half.gross, 0])


def test_the_drawings_show_the_examples_and_not_the_answers(text, names) -> None:
    [bar] = re.findall(r'<svg [^>]*aria-labelledby="fig1-title.*?</svg>', text, re.DOTALL)
    widths = [float(found) for found in re.findall(r'<rect [^>]*? width="([\d.]+)"', bar)]
    whole, left, fee = widths
    assert left + fee == pytest.approx(whole)
    assert fee / whole == pytest.approx(float(FEES.share), abs=0.005)
    [funnel] = re.findall(r'<svg [^>]*aria-labelledby="fig2-title.*?</svg>', text, re.DOTALL)
    assert "2,000人" in funnel and "60人" in funnel
    assert f"{names['eyes']['a']:,}" not in bar + funnel
    assert f"{names['made'].fee:,}" not in bar + funnel


def test_the_figure_to_play_with_begins_elsewhere_and_can_reach_its_goal(names, text) -> None:
    [figure] = [one for one in explorables() if one.kind == "crowdfunding_explorer"]
    shown = figure.spec
    start = Campaign(
        shown["goal"],
        shown["average"],
        Decimal(shown["conversion"]) / 100,
        shown["visitors"],
        shown["return_cost"],
    )
    assert start.raised < start.goal
    assert start.goal not in {names["goal"], names["missed_goal"]}
    assert shown["average"] * start.supporters == 500_000
    needed = visitors_needed(supporters_needed(start.goal, start.average), start.conversion)
    assert needed <= shown["visitors"] * 2  # the slider goes as far
    assert f"{needed:,}人です" in text
    all_in = [
        outcome(start.raised, start.goal, Method.ALL_IN, FEES, returns=cost).net
        for cost in (start.supporters * shown["return_cost"], 0)
    ]
    assert all_in == [326_500, 406_500]
    assert all(f"{net:,}円" in text for net in all_in)


def test_the_practice_at_the_end_ties_out(text) -> None:
    [practice] = re.findall(r"### もう一度練習したい方へ(.*?)</details>", text, re.DOTALL)
    first = settle(700_000, FEES)
    assert f"= {first.fee:,}円。手取りは{first.net:,}円" in practice
    assert goal_for(600_000, FEES) == 740_000
    assert f"730,000円では、手取りが{settle(730_000, FEES).net:,}円" in practice
    people = supporters_needed(740_000, 6_000)
    assert (people, visitors_needed(people, Decimal("0.02"))) == (124, 6_200)
    assert "124人。124 ÷ 0.02 = 6,200人" in practice
    returned = settle(800_000, FEES, returns=100 * 1_200)
    assert f"800,000 − {returned.fee:,} − 120,000 = {returned.net:,}円" in practice
    assert Proportion(760_000, 800_000).percent() == 95 and "達成率は95%" in practice
    kept = outcome(760_000, 800_000, Method.ALL_IN, FEES).net
    assert f"760,000 × 0.813 = {kept:,}円" in practice


def test_every_stumble_is_named_and_met_in_the_plan(text, lesson) -> None:
    for stumble in (
        "手数料を引かずに、目標を決める",
        "手取り額だけを収益に計上する",
        "寄付型なのに、高額のリターン",
        "公開してから、広報を考える",
        "達成したあと、報告をしない",
    ):
        assert f"**{stumble}**" in text, stumble
    assert len(lesson["s6-9"]._key.errors) == 5


def test_what_is_not_verified_says_so(text) -> None:
    for told in (
        "「事業収益」を使うのが一般的",
        "認定のないNPO法人への寄附",
        "品物やサービスの対価として",
        "売る側としての表示",
    ):
        lines = [line for line in text.splitlines() if told in line]
        assert any("要確認" in line for line in lines), told
    for told in ("大きく3つの種類", "受け取ることが確実になったとき", "食い違って"):
        assert any("二次的な資料" in part for part in text.split("\n\n") if told in part), told


def test_advice_on_money_and_tax_ends_with_whom_to_ask(text, lesson) -> None:
    assert text.rstrip().endswith("専門家に確認**してください。")
    for name in ("s6-1-entry", "s6-6"):
        assert re.search("(税理士|税務署).*確認", lesson[name].solution().explanation)


def test_the_page_to_print_has_the_formulas_and_the_checklist(text) -> None:
    [page] = re.findall(r'<div class="one-page">(.*?)</div>', text, re.DOTALL)
    for told in ("手取り", "目標金額", "要る支援者", "見てもらう人", "達成率"):
        assert re.search(rf"^\| {told} \|", page, re.MULTILINE), told
    assert "17% × 1.1 = 18.7%" in page and "仮定" in page
    assert len(re.findall(r"^- □ (.+)$", page, re.MULTILINE)) == 9


def test_nothing_is_said_to_be_offered_now(text) -> None:
    assert not re.search("募集中|受付中|現在.*実施|申し込め", text)
    assert "教材の基準日: 2026年11月23日" in text
