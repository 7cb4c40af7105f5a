"""Every figure of the case follows from its opening balances, journal and records."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from manabiba_subjects import (
    Block,
    CostKind,
    Costs,
    TrialBalance,
    indicators,
    npo_case,
    statements,
    trial_balance,
)
from manabiba_subjects.closing import defer_revenue, prepay, reverse
from manabiba_subjects.indicators import cash_and_deposits, paid_costs, rounded
from manabiba_subjects.notes import loan_note, value_in_kind
from manabiba_subjects.npo_case.records import records

INPUTS = {"_note", "organization", "accounts", "opening_balance", "transactions"}
"""What the case gives; everything else in it has to be derived."""

MADE = statements(npo_case.books(), npo_case.items())
ACTIVITIES = MADE.activities
SHEET = MADE.balance_sheet


def _trial_balance(found: TrialBalance) -> dict[str, Any]:
    figures = ("debit_total", "credit_total", "debit_balance", "credit_balance")
    rows = [
        {
            "code": row.account.code,
            "account": row.account.name,
            **{figure: getattr(row, figure) for figure in figures},
        }
        for row in found.rows
    ]
    return {"rows": rows, "total": {figure: getattr(found, figure) for figure in figures}}


def _block(block: Block) -> dict[str, int]:
    return {row.account.name: row.yen for row in block.rows}


def _costs(costs: Costs, total: str) -> dict[str, Any]:
    return {
        "人件費": _block(costs.personnel),
        "人件費計": costs.personnel.total,
        "その他経費": _block(costs.other),
        "その他経費計": costs.other.total,
        total: costs.total,
    }


def _allocation() -> dict[str, Any]:
    rules = npo_case.sharing()
    return {
        account: {
            "shared_total": sum(shares.values()),
            "ratio_percent": dict(rules[account].weights),
            **shares,
            "rounding": "A・Bは円未満切捨て、端数は管理費で調整",
        }
        for account, shares in ACTIVITIES.shared.items()
    }


def _activities() -> dict[str, Any]:
    return {
        "期間": "〜".join(day.isoformat() for day in npo_case.fiscal_year()),
        "経常収益": {
            block.title: {"内訳": _block(block), "計": block.total} for block in ACTIVITIES.revenues
        },
        "経常収益計": ACTIVITIES.revenue_total,
        "経常費用": {
            "事業費": _costs(ACTIVITIES.programme, "事業費計"),
            "管理費": _costs(ACTIVITIES.management, "管理費計"),
            "経常費用計": ACTIVITIES.cost_total,
        },
        "当期経常増減額": ACTIVITIES.ordinary_change,
        "経常外収益計": ACTIVITIES.extraordinary_revenues.total,
        "経常外費用": _block(ACTIVITIES.extraordinary_expenses),
        "経常外費用計": ACTIVITIES.extraordinary_expenses.total,
        "税引前当期正味財産増減額": ACTIVITIES.change_before_tax,
        "法人税等": ACTIVITIES.taxes,
        "当期正味財産増減額": ACTIVITIES.change,
        "前期繰越正味財産額": ACTIVITIES.brought_forward,
        "次期繰越正味財産額": ACTIVITIES.carried_forward,
    }


def _balance_sheet() -> dict[str, Any]:
    blocks = {block.title: block for block in SHEET.blocks}
    listed = {
        name: found
        for title, block in blocks.items()
        for name, found in ((title, _block(block)), (f"{title}合計", block.total))
    }
    return {
        "時点": npo_case.fiscal_year()[1].isoformat(),
        **listed,
        "資産合計": SHEET.assets,
        "負債合計": SHEET.liabilities,
        "前期繰越正味財産": SHEET.brought_forward,
        "当期正味財産増減額": SHEET.change,
        "正味財産合計": SHEET.net_assets,
        "負債及び正味財産合計": SHEET.liabilities_and_net_assets,
    }


def _restricted() -> dict[str, Any]:
    note = npo_case.restricted_note()
    return {
        "rows": [
            {
                "内容": fund.purpose,
                "期首残高": fund.opening,
                "当期増加額": fund.increase,
                "当期減少額": fund.decrease,
                "期末残高": fund.closing,
                "備考": fund.remark,
            }
            for fund in note.funds
        ],
        "期末残高合計": note.closing,
        "正味財産合計": note.net_assets,
        "使途が制約されていない正味財産": note.unrestricted,
    }


def _fixed_assets() -> list[dict[str, Any]]:
    return [
        {
            "科目": row.account,
            "期首取得価額": row.opening_cost,
            "取得": row.acquired,
            "減少": row.disposed,
            "期末取得価額": row.closing_cost,
            "減価償却累計額": row.accumulated,
            "期末帳簿価額": row.book_value,
        }
        for row in npo_case.fixed_asset_note()
    ]


def _indicators() -> dict[str, float]:
    found = indicators(MADE)

    def shown(value: Decimal | None, places: int) -> float:
        assert value is not None
        return float(rounded(value, places))

    return {
        "事業費比率_経常費用に占める事業費": shown(found.programme_ratio, 3),
        "管理費比率": shown(found.management_ratio, 3),
        "流動比率": shown(found.current_ratio, 2),
        "正味財産比率": shown(found.net_assets_ratio, 4),
        "現金預金月商比_経常費用の何か月分": shown(found.months_of_cash, 2),
    }


def _volunteers() -> dict[str, Any]:
    work = npo_case.volunteers()
    return {
        "方法": "注記のみ(活動計算書に計上しない)",
        "内訳": [
            {"期間": one.text, "時間": one.quantity, "単価": one.unit_price, "金額": one.yen}
            for one in work
        ],
        "合計": value_in_kind(work),
        "単価の根拠": work[0].basis,
    }


def _opening(*, assets: bool) -> int:
    """Opening assets, or liabilities, from the books alone."""
    books = npo_case.books()
    wanted = "資産" if assets else "負債"
    signed = sum(yen for name, yen in books.opening.items() if books.account(name).type == wanted)
    return signed if assets else -signed


DERIVED: dict[str, Any] = {
    "opening_assets": _opening(assets=True),
    "opening_liabilities": _opening(assets=False),
    "trial_balance_before_adjustment": _trial_balance(MADE.before_adjustment),
    "trial_balance_after_adjustment": _trial_balance(MADE.after_adjustment),
    "allocation": _allocation(),
    "statement_of_activities": _activities(),
    "programme_breakdown": {
        costs.title: _costs(costs, "合計") for costs in ACTIVITIES.departments.values()
    },
    "balance_sheet": _balance_sheet(),
    "inventory_of_property": {
        "Ⅰ資産": [{"item": row.words, "amount": row.yen} for row in MADE.property_list.assets],
        "Ⅱ負債": [{"item": row.words, "amount": row.yen} for row in MADE.property_list.liabilities],
    },
    "note_restricted": _restricted(),
    "grant_usage": dict(npo_case.grant_use().spent),
    "note_fixed_assets": _fixed_assets(),
    "indicators": _indicators(),
    "note_volunteer": _volunteers(),
}


def test_nothing_in_the_case_is_left_out() -> None:
    assert set(DERIVED) | INPUTS == set(npo_case.case())


@pytest.mark.parametrize("part", sorted(set(npo_case.case()) - INPUTS))
def test_every_figure_of_the_case_is_derived(part: str) -> None:
    assert DERIVED[part] == npo_case.case()[part]


@pytest.mark.parametrize("block", ["流動資産", "固定資産", "流動負債"])
def test_accounts_stand_in_the_order_of_the_chart(block: str) -> None:
    assert list(DERIVED["balance_sheet"][block]) == list(npo_case.case()["balance_sheet"][block])


def test_the_adjustments_follow_from_the_records() -> None:
    assert npo_case.closing_entries() == npo_case.entries(kind="決算整理")


def test_the_first_two_entries_reverse_last_years_adjustments() -> None:
    opening = npo_case.opening_balances()
    rent = prepay("地代家賃", opening["前払費用"], department="共通")
    fees = defer_revenue("正会員受取会費", -opening["前受会費"], liability="前受会費")
    assert reverse(rent, name="#1") == npo_case.entry(1)
    assert reverse(fees, name="#2") == npo_case.entry(2)


def test_the_payroll_of_half_a_year_is_in_the_journal() -> None:
    half = npo_case.pay(6)
    assert (half.gross, half.withheld, half.net) == (1_200_000, 198_120, 1_001_880)
    for number in (19, 39):
        assert [line.amount for line in npo_case.entry(number).lines] == [
            half.gross, half.withheld, half.net,
        ]  # fmt: skip
    assert npo_case.entry(13).lines[0].amount == half.income_tax == 22_200


def test_the_insurances_paid_are_in_the_journal() -> None:
    month = npo_case.social_insurance_month()
    assert [line.amount for line in npo_case.entry(40).lines] == [
        12 * month.employee, month.employer, 11 * month.employer, 12 * month.total,
    ]  # fmt: skip
    year = npo_case.labour_insurance_year()
    assert [line.amount for line in npo_case.entry(14).lines] == [
        year.employee, year.employer, year.total,
    ]  # fmt: skip
    assert 12 * npo_case.pay(1).employment_insurance == year.employee


def test_what_is_left_in_the_deposits_is_the_income_tax_of_three_months() -> None:
    assert MADE.after_adjustment.row("預り金").balance == npo_case.pay(3).income_tax == 11_100


def test_the_bank_agrees_with_the_books() -> None:
    bank = npo_case.bank_balance() - sum(npo_case.not_yet_debited())
    assert bank == MADE.after_adjustment.row("普通預金").balance == 1_218_488


def test_the_cash_months_leave_out_what_is_not_paid() -> None:
    assert cash_and_deposits(MADE) == 128_200 + 1_218_488
    assert paid_costs(MADE) == 5_473_232 - 240_000 - 80_100


def test_the_loan_note_is_in_the_ledger() -> None:
    assert [
        (row.account, row.opening, row.borrowed, row.repaid, row.closing)
        for row in loan_note(npo_case.books())
    ] == [("役員借入金", 200_000, 0, 100_000, 100_000)]


def test_all_checks_of_the_year_agree() -> None:
    checks = npo_case.year_end_checks()
    assert [check.message for check in checks if not check.agrees] == []
    names = {check.name for check in checks}
    assert {"固定資産の注記の什器備品", "借入金の注記の役員借入金", "財産目録の未払金"} <= names


def test_the_printer_was_written_off_to_the_last_yen() -> None:
    printer = next(asset for asset in npo_case.fixed_assets() if asset.disposed_on)
    loss = npo_case.entry(20).lines[0].amount
    assert printer.book_value(date(2025, 3, 31)) == loss == 1
    assert printer.book_value(date(2026, 3, 31)) == 0


def test_departments_are_the_programmes_and_the_office() -> None:
    assert [(d.id, d.name, d.kind) for d in npo_case.departments()] == [
        ("A", "学習支援事業", CostKind.PROGRAMME),
        ("B", "居場所事業", CostKind.PROGRAMME),
        ("管理", "管理部門", CostKind.MANAGEMENT),
    ]


def test_the_records_repeat_nothing_that_the_journal_could_say() -> None:
    """Each transaction that the records point to exists and moves the account they name."""
    for row in records()["items"]:
        for number in row.get("transactions", ()):
            assert row["account"] in {line.account for line in npo_case.entry(number).lines}


def test_before_the_adjustments_the_balances_differ_by_what_was_added() -> None:
    before = trial_balance(npo_case.books(), is_adjusted=False)
    after = trial_balance(npo_case.books())
    added = 9_800 + 28_940 + 500_000 + 240_000
    assert after.debit_balance - before.debit_balance == added == 778_740
