"""Lesson 4 of the accounting seminar: each exercise judged, right, empty and typically wrong."""

import ast
import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from lesson_tests import (  # noqa: F401
    cells,
    test_a_typical_mistake_is_named_and_the_rest_still_counts,
    test_every_message_of_a_key_can_be_reached,
    test_the_exercises_stand_in_their_order_with_their_points,
    test_the_right_answer_earns_everything_and_is_explained,
    values,
)

from manabiba_subjects import Side, npo_case
from manabiba_subjects.consumption_tax import exemption_limit, is_exempt
from manabiba_subjects.indicators import cash_and_deposits, paid_costs
from manabiba_widgets import CashVersusIncome

NOTEBOOK = Path(__file__).parents[2] / "courses" / "accounting" / "04-statements.ipynb"

POINTS = {
    "a4-check-1": 1,
    "a4-check-2": 1,
    "a4-check-3": 1,
    "a4-1": 5,
    "a4-2": 6,
    "a4-3": 4,
    "a4-4": 6,
    "a4-5": 4,
    "a4-6": 4,
    "a4-8": 4,
    "a4-7": 4,
    "a4-9": 3,
    "a4-10": 3,
    "a4-reflection": 4,
}
JUDGED = [name for name in POINTS if name != "a4-reflection"]
STEPS = ["close", "audit", "board", "meeting", "register", "submit", "notice"]

RIGHT: dict[str, dict[str, Any]] = {
    "a4-check-1": {"values": {"expense": "15,000", "book": "１６５，０００円"}},
    "a4-check-2": {
        "placed": {
            "rent": "prepaid",
            "light": "payable",
            "grant": "advance",
            "food": "note",
            "subsidy": "receivable",
        }
    },
    "a4-check-3": {"values": {"a": "5,001", "b": "2,000", "office": "3,002"}},
    "a4-1": {
        "cells": {
            "dues.yen": "550,000",
            "donations.yen": "1,620,000",
            "grants.yen": "2480000",
            "programme.yen": "８６６，０００円",
            "other.yen": "620",
            "total.yen": "5,516,620",
        }
    },
    "a4-2": {
        "cells": {
            "rent.programme": "540,000",
            "rent.office": "180,000",
            "people.programme": "2,568,608",
            "people.office": "833,404",
            "rest.programme": "1,760,800",
            "rest.office": "310,420",
            "total.programme": "4,329,408",
            "total.office": "1,143,824",
            "total.all": "5,473,232",
        }
    },
    "a4-3": {
        "cells": {
            "income.yen": "5,516,620",
            "cost.yen": "5,473,232",
            "ordinary.yen": "43,388",
            "pretax.yen": "43,387",
            "change.yen": "43,387",
            "after.yen": "2,096,948",
        }
    },
    "a4-4": {
        "cells": {
            "liquid.yen": "2,027,088",
            "fixed.yen": "479,700",
            "assets.yen": "2,506,788",
            "soon.yen": "309,840",
            "later.yen": "100,000",
            "debts.yen": "409,840",
            "change.yen": "43,387",
            "net.yen": "2,096,948",
            "both.yen": "2,506,788",
        }
    },
    "a4-5": {
        "cells": {
            "food.more": "500,000",
            "food.less": "320,000",
            "food.after": "180,000",
            "grant.more": "980,000",
            "grant.less": "980,000",
            "grant.after": "0",
            "subsidy.more": "1,500,000",
            "subsidy.less": "1,500,000",
            "subsidy.after": "0",
            "total.after": "180,000",
            "free.after": "1,916,948",
        }
    },
    "a4-6": {
        "cells": {
            "start.total": "398,000",
            "gone.printer": "98,000",
            "gone.total": "98,000",
            "end.printer": "0",
            "end.total": "540,000",
            "sum.fridge": "150,300",
            "sum.laptop": "30,000",
            "sum.total": "180,300",
            "book.fridge": "149,700",
            "book.laptop": "210,000",
            "book.total": "359,700",
        }
    },
    "a4-8": {
        "values": {
            "which": "sheet",
            "difference": "500,000",
            "account": "subsidy",
            "cause": "twice",
        }
    },
    "a4-7": {
        "values": {
            "basis": "sales",
            "own": "exempt",
            "large": "exempt",
            "school": "taxable",
            "invoice": "taxable",
            "edge": "exempt",
        }
    },
    "a4-9": {"values": {"ratio": "79.1", "months": "3.1"}},
    "a4-10": {"order": STEPS},
}


def order(before: str, after: str) -> dict[str, Any]:
    """The right order, but `before` stands directly before `after`."""
    steps = [step for step in STEPS if step != before]
    steps.insert(steps.index(after), before)
    return {"order": steps}


NINTH, ELEVENTH = 6 * 8 / 9, 4 * 10 / 11  # one cell of nine, of eleven, is lost

MISTAKES = [
    # the last lesson's hardest points
    ("a4-check-1", values(expense="45,000"), 0.5, "月数で割り引きます"),
    ("a4-check-1", values(expense="11,250"), 0.5, "使い始めた12月も"),
    ("a4-check-1", values(book="180,000"), 0.5, "取得価額のまま"),
    ("a4-check-2", {"placed": {"rent": "advance"}}, 0.8, "先に払った家賃は「前払費用」"),
    ("a4-check-2", {"placed": {"light": "receivable"}}, 0.8, "払っていないものは「未払金」"),
    ("a4-check-2", {"placed": {"grant": "note"}}, 0.8, "「前受助成金」へ振り替えます"),
    ("a4-check-2", {"placed": {"food": "advance"}}, 0.8, "残りは注記で示します"),
    ("a4-check-2", {"placed": {"subsidy": "payable"}}, 0.8, "「未収補助金」を使います"),
    ("a4-check-3", values(office="3,001"), 2 / 3, "元の10,003円になっていません"),
    ("a4-check-3", values(a="5,002"), 2 / 3, "円未満を切り捨てます"),
    # 経常収益
    ("a4-1", cells(dues_yen="590,000"), 25 / 6, "来年度分で、負債です"),
    ("a4-1", cells(dues_yen="400,000"), 25 / 6, "賛助会員の会費も"),
    ("a4-1", cells(donations_yen="1,380,000"), 25 / 6, "場所の寄附"),
    ("a4-1", cells(donations_yen="880,000"), 25 / 6, "受け取った年度の収益とし"),
    ("a4-1", cells(grants_yen="2,700,000"), 25 / 6, "「前受助成金」は"),
    ("a4-1", cells(grants_yen="980,000"), 25 / 6, "市の補助金"),
    ("a4-1", cells(programme_yen="650,000"), 25 / 6, "居場所事業の参加費も"),
    ("a4-1", cells(other_yen="100,620"), 25 / 6, "借入や預り金は正味財産を変えません"),
    ("a4-1", cells(total_yen="5,616,620"), 25 / 6, "役員借入金が入っている"),
    ("a4-1", cells(total_yen="7,980,021"), 25 / 6, "貸方残高ぜんぶ"),
    # 事業費と管理費
    ("a4-2", cells(rent_programme="288,000"), NINTH, "学習支援の分だけ"),
    ("a4-2", cells(rent_office="0"), NINTH, "管理費が0円"),
    ("a4-2", cells(people_programme="2,304,000"), NINTH, "法定福利費"),
    ("a4-2", cells(rest_programme="1,520,800"), NINTH, "片側だけでは"),
    ("a4-2", cells(rest_office="280,420"), NINTH, "減価償却費がぬけています"),
    ("a4-2", cells(rest_office="310,421"), NINTH, "経常外費用に書きます"),
    ("a4-2", cells(total_all="5,473,233"), NINTH, "経常外費用に書きます"),
    ("a4-2", cells(total_all="5,233,232"), NINTH, "費用にも同じ額をのせます"),
    # 3つの差額
    ("a4-3", cells(cost_yen="4,329,408"), 4 * 5 / 6, "事業費だけです"),
    ("a4-3", cells(ordinary_yen="43,387"), 4 * 5 / 6, "経常外の1円を、もう引いています"),
    ("a4-3", cells(ordinary_yen="▲43,388"), 4 * 5 / 6, "プラスとマイナスが逆"),
    ("a4-3", cells(ordinary_yen="283,388"), 4 * 5 / 6, "片側だけに"),
    ("a4-3", cells(ordinary_yen="▲518,312"), 4 * 5 / 6, "現金と預金の増減です"),
    ("a4-3", cells(pretax_yen="43,389"), 4 * 5 / 6, "費用なので引きます"),
    ("a4-3", cells(change_yen="43,388"), 4 * 5 / 6, "1円を引いていません"),
    ("a4-3", cells(after_yen="43,387"), 4 * 5 / 6, "引きついだ額を足します"),
    ("a4-3", cells(after_yen="2,010,174"), 4 * 5 / 6, "増えた分なので足します"),
    ("a4-3", cells(after_yen="2,053,561"), 4 * 5 / 6, "前の年度のまま"),
    # 貸借対照表
    ("a4-4", cells(liquid_yen="2,147,088"), NINTH, "敷金が入っている"),
    ("a4-4", cells(liquid_yen="1,346,688"), NINTH, "現金と普通預金だけ"),
    ("a4-4", cells(fixed_yen="660,000"), NINTH, "取得価額で書いている"),
    ("a4-4", cells(fixed_yen="979,700"), NINTH, "未収補助金が入っている"),
    ("a4-4", cells(soon_yen="409,840"), NINTH, "役員借入金が入っている"),
    ("a4-4", cells(soon_yen="89,840"), NINTH, "前受助成金がぬけている"),
    ("a4-4", cells(later_yen="200,000"), NINTH, "期首の残高です"),
    ("a4-4", cells(net_yen="2,053,561"), NINTH, "前の年度のまま"),
    ("a4-4", cells(both_yen="2,096,948"), NINTH, "負債合計も足します"),
    # 使途等が制約された寄附金等
    ("a4-5", cells(food_less="420,000"), ELEVENTH, "食材費の全額です"),
    ("a4-5", cells(food_after="80,000"), ELEVENTH, "食材費の全額を引いて"),
    ("a4-5", cells(grant_more="1,200,000"), ELEVENTH, "「前受助成金」へ振り替えた"),
    ("a4-5", cells(grant_after="220,000"), ELEVENTH, "「前受助成金」(負債)です"),
    ("a4-5", cells(subsidy_more="1,000,000"), ELEVENTH, "受け取った額だけ"),
    ("a4-5", cells(subsidy_after="500,000"), ELEVENTH, "まだもらっていない額"),
    ("a4-5", cells(free_after="2,276,948"), ELEVENTH, "足しています"),
    ("a4-5", cells(free_after="1,696,948"), ELEVENTH, "前受助成金も引いている"),
    # 固定資産の増減
    ("a4-6", cells(start_total="199,801"), ELEVENTH, "期首の帳簿価額です"),
    ("a4-6", cells(gone_printer="1"), ELEVENTH, "帳簿価額の1円ではなく"),
    ("a4-6", cells(end_total="638,000"), ELEVENTH, "引いていません"),
    ("a4-6", cells(sum_fridge="50,100"), ELEVENTH, "今年度の分だけ"),
    ("a4-6", cells(sum_laptop="60,000"), ELEVENTH, "10月なら6か月"),
    ("a4-6", cells(sum_total="278,299"), ELEVENTH, "廃棄したプリンターの分"),
    ("a4-6", cells(book_total="459,900"), ELEVENTH, "引くのは減価償却累計額"),
    # 三点照合
    ("a4-8", values(which="activities"), 3.0, "差額は必ず一致します"),
    ("a4-8", values(difference="2,596,948"), 3.0, "正味財産合計です"),
    ("a4-8", values(account="fees"), 3.0, "表2と同じ額です"),
    ("a4-8", values(cause="missing"), 3.0, "少なくなります"),
    # 消費税
    ("a4-7", values(basis="revenue"), 20 / 6, "課税売上高で判定します"),
    ("a4-7", values(own="taxable"), 20 / 6, "会費・寄附・助成金を除いた"),
    ("a4-7", values(large="taxable"), 20 / 6, "10,000,000円を超えていますが"),
    ("a4-7", values(school="exempt"), 20 / 6, "登録がなくても義務があります"),
    ("a4-7", values(invoice="exempt"), 20 / 6, "課税売上高にかかわらず"),
    ("a4-7", values(edge="taxable"), 20 / 6, "ちょうど10,000,000円"),
    # 指標
    ("a4-9", values(ratio="78.5"), 1.5, "割るのは経常費用計"),
    ("a4-9", values(ratio="20.9"), 1.5, "管理費の割合"),
    ("a4-9", values(ratio="0.791"), 1.5, "100を掛けて"),
    ("a4-9", values(months="3.0"), 1.5, "お金が出ていかない費用"),
    ("a4-9", values(months="2.8"), 1.5, "普通預金だけ"),
    ("a4-9", values(months="4.7"), 1.5, "流動資産ぜんぶ"),
    ("a4-9", values(months="0.3"), 1.5, "12で割って"),
    # 報告の順番
    ("a4-10", order("meeting", "audit"), 2.5, "監査が先です"),
    ("a4-10", order("submit", "meeting"), 2.5, "総会が先です"),
    ("a4-10", order("notice", "submit"), 2.5, "公告も忘れないように"),
]


CHAINS = [
    # a mistake, what it leads to, and the points: only the mistake itself costs some
    ("a4-1", {"donations.yen": "1,380,000", "total.yen": "5,276,620"}, 25 / 6),
    ("a4-1", {"dues.yen": "590,000", "grants.yen": "2,700,000", "total.yen": "5,776,620"}, 20 / 6),
    (
        "a4-2",  # the rent of one programme only, carried through to the total
        {
            "rent.programme": "288,000",
            "rest.programme": "1,508,800",
            "total.programme": "4,077,408",
            "total.all": "5,221,232",
        },
        NINTH,
    ),
    (
        "a4-2",  # no rent in 管理費 at all, and wages forgotten: two cells of nine are lost
        {
            "rent.office": "0",
            "rest.office": "130,420",
            "total.office": "963,824",
            "people.programme": "1,944,608",
            "total.programme": "3,705,408",
            "total.all": "4,669,232",
        },
        6 * 7 / 9,
    ),
    (
        "a4-3",  # the gift in kind on one side only: all four differences follow
        {
            "income.yen": "5,276,620",
            "ordinary.yen": "▲196,612",
            "pretax.yen": "▲196,613",
            "change.yen": "▲196,613",
            "after.yen": "1,856,948",
        },
        4 * 5 / 6,
    ),
    (
        "a4-3",  # the loss of 1 yen among the ordinary costs, and taken off again
        {
            "cost.yen": "5,473,233",
            "ordinary.yen": "43,387",
            "pretax.yen": "43,386",
            "change.yen": "43,386",
            "after.yen": "2,096,947",
        },
        4 * 5 / 6,
    ),
    (
        "a4-4",  # the subsidy that has not come in left out: assets follow, the rest is right
        {"liquid.yen": "1,527,088", "assets.yen": "2,006,788"},
        NINTH,
    ),
    (
        "a4-4",  # 前受 left out of the liabilities, and last step's change before the 1 yen
        {
            "soon.yen": "49,840",
            "debts.yen": "149,840",
            "change.yen": "43,388",
            "net.yen": "2,096,949",
            "both.yen": "2,246,789",
        },
        6 * 7 / 9,
    ),
    (
        "a4-5",  # the grant as it came in: its balance, the total and what is free follow
        {
            "grant.more": "1,200,000",
            "grant.after": "220,000",
            "total.after": "400,000",
            "free.after": "1,696,948",
        },
        ELEVENTH,
    ),
    (
        "a4-5",  # all food paid from the gift
        {
            "food.less": "420,000",
            "food.after": "80,000",
            "total.after": "80,000",
            "free.after": "2,016,948",
        },
        ELEVENTH,
    ),
    (
        "a4-6",  # the printer at its book value
        {
            "gone.printer": "1",
            "gone.total": "1",
            "end.printer": "97,999",
            "end.total": "637,999",
            "book.total": "457,699",
        },
        ELEVENTH,
    ),
    (
        "a4-6",  # only this year's depreciation of the refrigerator
        {
            "sum.fridge": "50,100",
            "sum.total": "80,100",
            "book.fridge": "249,900",
            "book.total": "459,900",
        },
        ELEVENTH,
    ),
]


@pytest.mark.parametrize(("exercise_id", "entered", "earned"), CHAINS)
def test_a_mistake_costs_its_own_cell_and_not_those_after_it(
    lesson, assert_only_the_first_cell_costs, changed, exercise_id, entered, earned
) -> None:
    answer = changed(RIGHT[exercise_id], {"cells": entered})
    assert_only_the_first_cell_costs(lesson[exercise_id], answer, earned)


def test_a_total_that_does_not_follow_is_wrong(lesson, changed) -> None:
    entered = {"rent.programme": "288,000", "total.programme": "4,077,409"}
    judgement = lesson["a4-2"].judge(changed(RIGHT["a4-2"], {"cells": entered}), with_key=True)
    wrong = {part.input for part in judgement.parts if not part.ok}
    assert wrong == {"rent.programme", "total.programme"}


def test_no_graded_figure_is_a_bare_number(code_cells) -> None:
    """In the hidden tests a figure comes from `subjects` or from what the prompt shows."""
    hidden = [cell.source for cell in code_cells if "BEGIN HIDDEN TESTS" in cell.source]
    assert len(hidden) == len(JUDGED)
    for source in hidden:
        tree = ast.parse(source)
        numbers = {n.value for n in ast.walk(tree) if isinstance(n, ast.Constant)}
        assert not [n for n in numbers if isinstance(n, int | float) and n > 100], source


def test_the_figures_the_prompts_show_are_the_cases_own(names) -> None:
    assert list(names["cost"].values()) == [asset.cost for asset in npo_case.fixed_assets()]
    assert [asset.name for asset in npo_case.fixed_assets()] == [
        "業務用冷蔵庫",
        "ノートパソコン",
        "プリンター",
    ]
    assert [fund.purpose.partition("(")[0] for fund in npo_case.restricted_funds()] == list(
        names["uses"].values()
    )
    assert names["taxpayers"]["own"][1:] == (5_516_620, 866_000, False)


def test_whether_a_group_pays_consumption_tax_follows_from_article_9_alone(names, lesson) -> None:
    for name, (_, revenue, sales, is_registered) in names["taxpayers"].items():
        exempt = is_exempt(sales, date(2025, 4, 1), is_registered=is_registered)
        assert lesson["a4-7"]._key.values[name] == ("exempt" if exempt else "taxable")
        label = next(f["label"] for f in lesson["a4-7"].spec["fields"] if f["id"] == name)
        assert f"{revenue:,}円" in label and f"{sales:,}円" in label


def test_the_worksheet_of_the_costs_is_the_whole_statement(names) -> None:
    rows = {row["label"]: row for row in names["costs"].spec["rows"]}
    activities = npo_case.statements().activities
    used = [
        amount.account.name
        for half in (activities.programme, activities.management)
        for block in (half.personnel, half.other)
        for amount in block.rows
    ]
    assert set(used) <= set(rows)
    both = [int(rows[name]["given"]["all"]) for name in dict.fromkeys(used)]
    assert sum(both) == activities.cost_total
    balances = npo_case.statements().after_adjustment
    assert both == [balances.row(name).balance for name in dict.fromkeys(used)]


def test_the_trial_balance_of_the_text_is_the_engines(text, table_of, yen) -> None:
    after = npo_case.statements().after_adjustment
    on_right = {row.account.name: row.credit_balance for row in after.rows if row.credit_balance}
    on_right["貸方残高の合計"] = after.credit_balance
    assert {row[0]: yen(row[1]) for row in table_of(text, "表1")} == on_right
    assert f"{after.debit_balance:,}円" in text
    sheet = npo_case.statements().balance_sheet
    left, right = sheet.blocks[:2], sheet.blocks[2:]
    for head, blocks in (("表2", left), ("表3", right)):
        rows = {row[0]: yen(row[1]) for row in table_of(text, head)}
        assert rows == {row.account.name: row.yen for block in blocks for row in block.rows}


def test_the_shares_of_the_text_are_the_engines(text, table_of, yen) -> None:
    activities = npo_case.statements().activities
    departments = [department.name for department in npo_case.departments()]
    for account in ("給料手当", "地代家賃"):
        rows = table_of(text, f"{account} ")
        shares = activities.shared[account]
        assert [yen(row[1]) for row in rows] == list(shares.values())
        assert [row[0].removesuffix("事業") for row in rows] == [
            name.removesuffix("事業") for name in departments
        ]
        ratio = npo_case.sharing()[account].weights
        assert ":".join(str(weight) for weight in ratio.values()) in text


def test_the_year_in_the_text_is_the_engines(text, table_of, yen) -> None:
    made = npo_case.statements()
    activities = made.activities
    shown = {row[0]: yen(row[1]) for row in table_of(text, "2025年度の決算書から")}
    not_paid = next(name for name in shown if "お金が出ていかない費用" in name)
    assert shown.pop(not_paid) == activities.cost_total - paid_costs(made)
    assert shown == {
        "経常収益計": activities.revenue_total,
        "事業費": activities.programme.total,
        "管理費": activities.management.total,
        "経常費用計": activities.cost_total,
        "現金": made.after_adjustment.row("現金").balance,
        "普通預金": made.after_adjustment.row("普通預金").balance,
    }
    opening = npo_case.opening_balances()
    before, after = opening["現金"] + opening["普通預金"], cash_and_deposits(made)
    for amount in (before, after, before - after):
        assert f"{amount:,}円" in text
    programmes = [activities.departments[name].total for name in ("A", "B")]
    assert f"学習支援事業{programmes[0]:,}円、居場所事業{programmes[1]:,}円" in text


def test_the_register_and_the_property_list_of_the_text_are_the_cases_own(
    text, table_of, yen
) -> None:
    _, end = npo_case.fiscal_year()
    shown = list(zip(*(row[1:] for row in table_of(text, "備品")), strict=True))
    for column, asset in zip(shown, npo_case.fixed_assets(), strict=True):
        year = asset.year(end)
        this_year = year.depreciation if year else 0
        before = asset.cost - 1 if year is None else asset.accumulated(end) - this_year
        assert [yen(cell) for cell in column] == [asset.cost, before, this_year]
    listed = npo_case.statements().property_list
    rows = table_of(text, "貸借対照表")
    assert [yen(row[3]) for row in rows] == [
        found.yen
        for found in listed.assets + listed.liabilities
        if found.account in {"什器備品", "未払金"}
    ]
    assert {row[0]: yen(row[1]) for row in rows if row[0]} == {
        name: listed.yen(name) for name in ("什器備品", "未払金")
    }


def test_the_draft_to_mend_counts_the_subsidy_twice_and_nothing_else(
    text, names, table_of, yen
) -> None:
    made = npo_case.statements()
    assert [yen(row[1]) for row in table_of(text, "表4")] == list(names["broken"].values())
    draft = {row[0]: yen(row[1]) for row in table_of(text, "表5")}
    liabilities = draft.pop("負債合計(内訳は表3と同じ)")
    assert liabilities == made.balance_sheet.liabilities
    assert draft.pop("資産合計") == sum(draft.values())
    assert sum(draft.values()) - liabilities == names["broken"]["sheet"]
    assets = {row.account.name: row.yen for b in made.balance_sheet.blocks[:2] for row in b.rows}
    wrong = {name: found for name, found in draft.items() if found != assets[name]}
    assert wrong == {"未収補助金": 2 * assets["未収補助金"]}
    assert made.property_list.net_assets == made.activities.carried_forward


def test_the_notes_told_in_the_text_are_the_cases_own(text) -> None:
    for hours in npo_case.volunteers():
        assert f"{hours.quantity}時間 × {hours.unit_price:,}円" in text
    assert f"{sum(hours.yen for hours in npo_case.volunteers()):,}円" in text
    [hall] = npo_case.facilities()
    assert f"{hall.unit_price:,} × {hall.quantity} = {hall.yen:,}円" in text
    loan = npo_case.entry(23).total(Side.DEBIT)
    opening = -npo_case.opening_balances()["役員借入金"]
    assert f"期首{opening:,}円 − 返済{loan:,}円 = 期末{opening - loan:,}円" in text
    assert (
        f"**{(limit := exemption_limit(date(2025, 4, 1))) // 10_000:,}万円**({limit:,}円)**以下**"
        in text
    )


def test_the_practice_at_the_end_ties_out(text) -> None:
    """The small organisation of the five questions has books of its own that agree."""
    income = 300_000 + 450_000 + 600_000 + 250_000
    change = income - 1_480_000 - 5_000
    assert f"{income:,}円。前受会費と役員借入金は負債" in text
    assert f"= {change:,}円。700,000 + {change:,} = {700_000 + change:,}円" in text
    assert 700_000 + change == 985_000 - 20_000 - 150_000
    assert f"985,000 − 320,000 = {985_000 - 320_000:,}円" in text
    assert f"− 20,000 − 150,000 = {700_000 + change:,}円" in text
    assert f"815,000 − 60,000 = {815_000 - (200_000 - 140_000):,}円" in text
    assert not is_exempt(10_500_000, date(2025, 4, 1), is_registered=False)


# Amounts that are not in the case's own data, each with the sum it comes from.
WORKED_OUT = {
    1_865_000: 45_000 + 1_820_000,
    1_346_688: 128_200 + 1_218_488,
    518_312: 1_865_000 - 1_346_688,
    320_100: 240_000 + 80_100,
    80_100: 50_100 + 30_000,
    100_200: 2 * 50_100,
    97_999: 98_000 - 1,
    2_596_948: 2_096_948 + 500_000,
    3_006_788: 2_506_788 + 500_000,
    exemption_limit(date(2025, 4, 1)): 10_000_000,
}


def test_every_amount_in_the_text_is_the_cases_own(text, amounts_in, case_amounts) -> None:
    assert all(amount == worked_out for amount, worked_out in WORKED_OUT.items())
    told = amounts_in(text.partition("### もう一度練習したい方へ")[0])
    assert len(told) > 60
    assert told - case_amounts - set(WORKED_OUT) == set()


def test_the_figure_to_play_with_shows_the_cases_year(code_cells) -> None:
    [cell] = [cell for cell in code_cells if cell.metadata.nbgrader.grade_id == "x-cash"]
    assert not cell.metadata.nbgrader.grade
    found: dict[str, Any] = {"CashVersusIncome": CashVersusIncome, "npo_case": npo_case}
    shown = eval(compile(cell.source, "x-cash", "eval"), found)
    rows = [row for row in shown.still().rows if row[-1]]
    assert "▲518,312" in "".join(rows[0]) and "43,387" in "".join(rows[-1])


def test_statutory_figures_show_the_day_of_their_text(text) -> None:
    for section, day in (
        ("消費税法9条1項", "基準日: 2026年4月1日施行の条文"),
        ("法人税法施行令5条", "2026年6月1日施行の条文"),
        ("NPO法は2025年6月1日施行の条文", "登記は2025年4月1日施行の条文"),
        ("4月末日", "2025年3月13日更新"),
    ):
        assert any(section in part and day in part for part in text.split("\n\n"))
    for unverified in ("2割特例", "区分経理", "注記の項目名", "不課税"):
        assert re.search(rf"{unverified}[^\n]*(未確認|とされて|一般的な知識)", text)


def test_the_page_to_print_has_the_summary_and_both_checklists(text) -> None:
    [page] = re.findall(r'<div class="one-page">(.*?)</div>', text, re.DOTALL)
    assert "### 今日の1枚 " in page
    boxes = re.findall(r"^- □ (.+)$", page, re.MULTILINE)
    assert len(boxes) == 15
    for duty in ("三点照合", "4月末まで", "6月30日まで", "2週間以内", "公告"):
        assert any(duty in box for box in boxes)
