"""What each explorable begins with, and what it refuses from an author."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from manabiba_subjects import Allocation, Rounding, npo_case
from manabiba_subjects.cash_and_income import Reason
from manabiba_subjects.crowdfunding import Method
from manabiba_widgets import (
    AllocationExplorer,
    CashVersusIncome,
    CrowdfundingExplorer,
    DepreciationExplorer,
    ExplorableError,
    LeaveCalendar,
    PayslipExplorer,
    SharedCost,
)
from manabiba_widgets.explorable import Still

COST = npo_case.case()["allocation"]["法定福利費"]
HALVES = Allocation({"a": 1, "b": 1}, remainder_to="b")


def depreciation(**more: object) -> DepreciationExplorer:
    given = {"cost": 240_000, "life": 4, "in_use_from": date(2025, 10, 1), **more}
    return DepreciationExplorer("x-d", title="図", **given)


def allocation(*costs: SharedCost, **more: object) -> AllocationExplorer:
    return AllocationExplorer("x-a", title="図", costs=costs, **more)


def test_depreciation_begins_with_the_assets_years() -> None:
    assert depreciation().still() == Still(
        "取得価額240,000円、耐用年数4年の定額法(単位: 円)",
        ("年", "使った月数", "減価償却費", "残り(帳簿価額)"),
        (
            ("1年目", "6か月", "30,000", "210,000"),
            ("2年目", "12か月", "60,000", "150,000"),
            ("3年目", "12か月", "60,000", "90,000"),
            ("4年目", "12か月", "60,000", "30,000"),
            ("5年目", "12か月", "29,999", "1"),
        ),
    )


def test_depreciation_refuses_what_the_tables_do_not_have() -> None:
    with pytest.raises(ExplorableError) as caught:
        depreciation(cost=1, lives=(4, 51), closing_month=13)
    assert str(caught.value) == (
        "explorable x-d: no rate for 51 years in depreciation_rates.toml; "
        "cost 1 is not 2 to 999999999 yen; closing month 13 is not 1 to 12"
    )


def test_depreciation_before_the_table_begins_is_refused_by_name() -> None:
    with pytest.raises(ExplorableError, match="x-d: 「定額法の償却率」の表は2007年4月1日から"):
        depreciation(in_use_from=date(2007, 3, 31))


def test_allocation_begins_with_the_first_cost() -> None:
    names = {found.id: found.name for found in npo_case.departments()}
    shown = allocation(
        SharedCost("法定福利費", COST["shared_total"], npo_case.sharing()["法定福利費"]),
        SharedCost("家賃", 10, HALVES),
        names=names,
    )
    assert shown.still() == Still(
        "法定福利費 378,012円の按分(円未満切捨て・端数は1つの部門で調整)",
        ("部門", "割合(%)", "配分額(円)"),
        (
            *(
                (names[id], str(COST["ratio_percent"][id]), f"{COST[id]:,}")
                for id in ("A", "B", "管理")
            ),
            ("合計", "", "378,012"),
        ),
    )
    assert [cost["takes"] for cost in shown.spec["costs"]] == [2, 1]


def test_allocation_by_largest_remainder_needs_no_share_for_the_rest() -> None:
    rule = Allocation({"a": 1, "b": 2}, rounding=Rounding.LARGEST_REMAINDER)
    state = allocation(SharedCost("電話代", 100, rule)).spec["costs"][0]
    assert (state["rule"], state["takes"]) == ("LARGEST_REMAINDER", 1)


def test_allocation_refuses_what_cannot_be_shared() -> None:
    with pytest.raises(ExplorableError, match="x-a: there are no costs to share"):
        allocation()
    with pytest.raises(ExplorableError) as caught:
        allocation(
            SharedCost("水道代", 0, HALVES),
            SharedCost("家賃", 5, Allocation({"a": 1}, remainder_to="a")),
        )
    assert str(caught.value) == (
        "explorable x-a: 水道代: 0 yen; write 1 to 999999999999; 家賃: 1 shares; write 2 to 6"
    )


def test_cash_begins_with_the_whole_way_to_income() -> None:
    shown = CashVersusIncome("x-c", title="図", books=npo_case.books())
    rows = shown.still().rows
    assert rows[0] == ("現金預金の増減", "", "▲518,312")
    assert rows[1] == ("借入と返済", "＋100,000", "▲418,312")
    assert rows[-2][2] == rows[-1][2] == "43,387"
    assert [reason["key"] for reason in shown.spec["reasons"]] == [
        reason.name for reason in Reason if reason is not Reason.OTHER
    ]
    assert all(reason["why"] and reason["entries"] for reason in shown.spec["reasons"])


def test_cash_refuses_books_that_cannot_be_shown_by_month() -> None:
    books = npo_case.books()
    with pytest.raises(ExplorableError, match="x-c: the books need start and end"):
        CashVersusIncome("x-c", title="図", books=replace(books, end=None))
    with pytest.raises(ExplorableError, match=r"x-c: .* problems in the books"):
        CashVersusIncome("x-c", title="図", books=replace(books, opening={"現金": 1}))


def payslip(**more: object) -> PayslipExplorer:
    given = {
        "monthly_pay": 232_000,
        "commuting": 8_000,
        "overtime_hours": 10,
        "age": 32,
        "month": date(2026, 11, 25),
        "resident_tax": 10_500,
        **more,
    }
    return PayslipExplorer("x-p", title="図", **given)


def test_the_payslip_begins_with_that_of_the_course() -> None:
    assert payslip().still() == Still(
        "2026年11月に払う給与の明細(標準報酬月額240,000円。単位: 円)",
        ("項目", "金額"),
        (
            ("総支給額", "258,125"),
            ("健康保険", "11,904"),
            ("介護保険", "0"),
            ("子ども・子育て支援金", "276"),
            ("厚生年金", "21,960"),
            ("雇用保険", "1,291"),
            ("源泉所得税", "4,840"),
            ("住民税", "10,500"),
            ("差引支給額", "207,354"),
        ),
    )


@pytest.mark.parametrize("change", [{"dependants": 2}, {"month": date(2027, 1, 1)}])
def test_outside_the_excerpt_the_payslip_makes_up_no_tax(change: dict[str, object]) -> None:
    rows = payslip(**change).still().rows
    assert ("源泉所得税", "国税庁の税額表で引く") in rows
    assert rows[-1] == ("所得税を引く前の額", "212,194")


def test_the_payslip_refuses_what_it_cannot_reckon() -> None:
    with pytest.raises(ExplorableError) as caught:
        payslip(age=70, dependants=8, monthly_hours=0)
    assert str(caught.value) == (
        "explorable x-p: age 70 is not 15 to 69; dependants 8 is not 0 to 7; "
        "monthly_hours 0 is not 1 to 200"
    )
    with pytest.raises(ExplorableError, match=r"x-p: 「.*」の表は.*までです"):
        payslip(month=date(2027, 5, 1))


def test_the_leave_calendar_begins_with_the_grants_of_the_tables() -> None:
    shown = LeaveCalendar("x-l", title="図", hired=date(2026, 4, 1), days_a_week=4, hours_a_week=24)
    still = shown.still()
    assert still.caption == "2026年4月1日に入職、週4日・週24時間の年次有給休暇"
    assert still.columns == ("回", "付与の日", "日数", "5日を取る期限")
    assert still.rows[0] == ("1回目", "2026年10月1日", "7日", "義務なし")
    assert still.rows[3] == ("4回目", "2029年10月1日", "10日", "2030年9月30日")
    assert len(still.rows) == 6
    assert any("未確認" in source for source in shown.spec["sources"])


def test_the_leave_calendar_refuses_what_the_tables_do_not_have() -> None:
    with pytest.raises(ExplorableError) as caught:
        LeaveCalendar("x-l", title="図", hired=date(2026, 4, 1), days_a_week=0, hours_a_week=61)
    assert str(caught.value) == (
        "explorable x-l: 0 days a week: write 1 to 6; 61 hours a week: write 1 to 60"
    )
    with pytest.raises(ExplorableError, match=r"hired 2031-07-01: labour/leave\.toml goes"):
        LeaveCalendar("x-l", title="図", hired=date(2031, 7, 1))


def crowdfunding(**more: object) -> CrowdfundingExplorer:
    given = {
        "goal": 1_240_000,
        "average": 8_000,
        "conversion": Decimal("2.50"),
        "visitors": 6_200,
        "fee_rate": 17,
        "tax_rate": 10,
        "return_cost": 1_500,
        **more,
    }
    return CrowdfundingExplorer("x-f", title="図", **given)


def test_crowdfunding_begins_with_its_own_campaign() -> None:
    shown = crowdfunding()
    assert shown.still() == Still(
        "目標1,240,000円、All-or-Nothing",
        ("項目", "人数・金額"),
        (
            ("ページを見る人", "6,200人"),
            ("支援する人", "155人"),
            ("支援総額", "1,240,000円"),
            ("支払われる額", "1,240,000円"),
            ("手数料と税", "▲231,880円"),
            ("リターンの費用", "▲232,500円"),
            ("手取り", "775,620円"),
        ),
    )
    assert crowdfunding(visitors=6_199).still().rows[-1] == ("手取り", "0円")
    assert crowdfunding(visitors=6_199, method=Method.ALL_IN).still().rows[1] == (
        "支援する人",
        "154人",
    )


def test_crowdfunding_refuses_all_that_cannot_be_a_campaign_at_once() -> None:
    with pytest.raises(ExplorableError) as caught:
        crowdfunding(goal=0, average=8.5, visitors=-1, fee_rate=Decimal(51), conversion=2.5)
    assert str(caught.value) == (
        "explorable x-f: goal 0 is not 1 to 100000000 yen; "
        "average 8.5 is not 1 to 100000000 yen; visitors -1 are not 0 to 1000000; "
        "conversion 2.5 is not 0 to 100 per cent with 3 decimals at most; "
        "fee_rate Decimal('51') is not 0 to 50 per cent with 3 decimals at most"
    )
    with pytest.raises(ExplorableError, match=r"tax_rate Decimal\('0\.0001'\) is not"):
        crowdfunding(tax_rate=Decimal("0.0001"))
