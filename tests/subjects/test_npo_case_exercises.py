"""Every graded figure of the accounting course, and the call that gives it.

The numbers on the right are those of the course's facts; lessons take the left sides.
"""

from datetime import date

from manabiba_subjects import (
    Allocation,
    Entry,
    Line,
    Rounding,
    Side,
    indicators,
    likely_slips,
    npo_case,
    share,
    three_way_checks,
)
from manabiba_subjects.bank_reconciliation import reconcile
from manabiba_subjects.consumption_tax import is_exempt
from manabiba_subjects.cross_check import suspects
from manabiba_subjects.depreciation import months_of_use, straight_line
from manabiba_subjects.indicators import rounded
from manabiba_subjects.withholding import Payment, due_date, gross_up, withhold

MADE = npo_case.statements()
ACTIVITIES = MADE.activities
SHEET = MADE.balance_sheet
START, END = npo_case.fiscal_year()
CLOSING = {entry.name: entry for entry in npo_case.closing_entries()}
REGISTER = {asset.name: asset for asset in npo_case.fixed_assets()}


def _one(
    debit: str, credit: str, yen: int, name: str, *, tags: tuple[str, str] = ("", "")
) -> Entry:
    return Entry(
        (Line(Side.DEBIT, debit, yen, tags[0]), Line(Side.CREDIT, credit, yen, tags[1])), name
    )


def test_a2_1_honorarium() -> None:
    paid_on = npo_case.transaction(16).on
    paid = withhold(npo_case.entry(16).total(Side.DEBIT), paid_on)
    assert (paid.tax, paid.net) == (5_105, 44_895)
    assert [line.amount for line in npo_case.entry(16).lines] == [paid.gross, paid.tax, paid.net]


def test_a2_2_promised_net() -> None:
    paid = gross_up(30_000, npo_case.transaction(16).on)
    assert (paid.gross, paid.tax, paid.net) == (33_411, 3_411, 30_000)


def test_a2_3_above_one_million() -> None:
    assert withhold(1_500_000, npo_case.transaction(16).on).tax == 204_200


def test_a2_4_due_dates() -> None:
    assert due_date(npo_case.transaction(16).on, Payment.HONORARIUM, has_special_term=True) == date(
        2025, 9, 10
    )
    assert due_date(date(2025, 6, 25), Payment.SALARY, has_special_term=True) == date(2025, 7, 10)
    assert npo_case.transaction(17).on == date(2025, 9, 10)
    assert npo_case.transaction(13).on == date(2025, 7, 10)


def test_a2_5_payroll_of_six_months() -> None:
    half = npo_case.pay(6)
    assert (half.gross, half.social_insurance) == (1_200_000, 169_320)
    assert (half.employment_insurance, half.income_tax) == (6_600, 22_200)
    assert (half.withheld, half.net) == (198_120, 1_001_880)


def test_a2_6_social_insurance() -> None:
    month = npo_case.social_insurance_month()
    assert (month.health.employee, month.pension.employee) == (9_920, 18_300)
    assert (month.employee, month.contribution.employer) == (28_220, 720)
    assert (month.employer, month.total, 12 * month.total) == (28_940, 57_160, 685_920)
    deposits, unpaid, welfare = 12 * month.employee, month.employer, 11 * month.employer
    assert [line.amount for line in npo_case.entry(40).lines[:3]] == [deposits, unpaid, welfare]
    assert (deposits, unpaid, welfare) == (338_640, 28_940, 318_340)


def test_a2_7_labour_insurance() -> None:
    year = npo_case.labour_insurance_year()
    assert (year.employment.total, year.employee, year.employment.employer) == (
        34_800, 13_200, 21_600,
    )  # fmt: skip
    assert (year.accident, year.asbestos) == (9_072, 60)
    assert (year.total, year.employer) == (43_932, 30_732)


def test_a2_8_accounts_on_receipt() -> None:
    credited = [npo_case.entry(number).lines[1].account for number in (11, 12, 33)]
    assert credited == ["受取寄附金", "受取民間助成金", "前受会費"]


def test_a2_9_bank_reconciliation() -> None:
    books = MADE.before_adjustment.row("普通預金").balance
    found = reconcile(npo_case.bank_balance(), books, not_yet_debited=npo_case.not_yet_debited())
    assert (npo_case.bank_balance(), found.bank, found.difference) == (1_238_488, 1_218_488, 0)


def test_a3_1_refrigerator() -> None:
    fridge = REGISTER["業務用冷蔵庫"]
    year = fridge.year(END)
    assert year is not None
    assert (year.depreciation, year.book_value) == (50_100, 149_700)
    assert fridge.book_value(date(2025, 3, 31)) == 199_800


def test_a3_2_laptop_and_its_traps() -> None:
    laptop = REGISTER["ノートパソコン"]
    year = laptop.year(END)
    assert year is not None
    assert months_of_use(laptop.in_use_from, END) == year.months == 6
    assert (year.depreciation, year.book_value) == (30_000, 210_000)
    assert laptop.life is not None
    wrong = [
        straight_line(laptop.cost, laptop.life, months=months, acquired=laptop.in_use_from)
        for months in (12, 7)
    ]
    assert wrong == [60_000, 35_000]


def test_a3_3_and_4_prepaid_rent_and_unpaid_utilities() -> None:
    assert CLOSING["#45"] == _one("前払費用", "地代家賃", 62_000, "#45", tags=("", "共通"))
    assert CLOSING["#46"] == _one("水道光熱費", "未払金", 9_800, "#46", tags=("共通", ""))


def test_a3_5_unspent_grant() -> None:
    grant = npo_case.grant_use()
    assert list(grant.spent.values()) == [128_000, 50_000, 602_000, 200_000]
    assert (grant.received, grant.used, grant.unspent) == (1_200_000, 980_000, 220_000)
    assert CLOSING["#49"] == _one("受取民間助成金", "前受助成金", grant.unspent, "#49")


def test_a3_6_stamps() -> None:
    assert CLOSING["#50"] == _one("貯蔵品", "通信運搬費", 8_400, "#50", tags=("", "管理"))
    bought = npo_case.entry(31).total(Side.DEBIT)
    shared = ACTIVITIES.shared["通信運搬費"]["管理"]
    assert bought - npo_case.stamps_left() + shared == 39_600
    assert ACTIVITIES.management.yen("通信運搬費") == 39_600


def test_a3_7_rent_is_shared_by_area() -> None:
    rent = MADE.after_adjustment.row("地代家賃").balance
    assert share(rent, npo_case.sharing()["地代家賃"]) == {
        "A": 288_000, "B": 252_000, "管理": 180_000,
    }  # fmt: skip


def test_a3_8_welfare_is_shared_by_time() -> None:
    welfare = MADE.after_adjustment.row("法定福利費").balance
    rule = npo_case.sharing()["法定福利費"]
    assert share(welfare, rule) == {"A": 189_006, "B": 75_602, "管理": 113_404}
    rounding = Allocation(rule.weights, rounding=Rounding.LARGEST_REMAINDER)
    assert share(welfare, rounding) == {"A": 189_006, "B": 75_602, "管理": 113_404}


def test_a3_9_trial_balances() -> None:
    before, after = MADE.before_adjustment, MADE.after_adjustment
    assert (before.debit_balance, after.debit_balance) == (7_201_281, 7_980_021)
    assert after.debit_balance - before.debit_balance == 778_740
    growing = [CLOSING[f"#{number}"].total(Side.DEBIT) for number in (46, 47, 48, 51)]
    assert growing == [9_800, 28_940, 500_000, 240_000]
    assert sum(growing) == 778_740


def test_a3_10_a_difference_and_what_it_points_to() -> None:
    debit = MADE.before_adjustment.debit_balance
    assert likely_slips(debit, debit - 1_000)[0] == "転記漏れ"
    assert likely_slips(debit, debit - 1_000, [1_000]) == ("転記漏れ",)
    assert likely_slips(debit, debit - 17_600, [8_800]) == ("貸借逆",)
    assert likely_slips(debit, debit - 2_700, [8_800]) == ("桁違い・数字の入替え",)


def test_a4_1_revenues() -> None:
    assert [block.total for block in ACTIVITIES.revenues] == [
        550_000, 1_620_000, 2_480_000, 866_000, 620,
    ]  # fmt: skip
    assert ACTIVITIES.revenue_total == 5_516_620


def test_a4_2_costs() -> None:
    programme, management = ACTIVITIES.programme, ACTIVITIES.management
    assert (programme.personnel.total, programme.other.total) == (2_568_608, 1_760_800)
    assert (management.personnel.total, management.other.total) == (833_404, 310_420)
    assert (programme.total, management.total) == (4_329_408, 1_143_824)
    assert ACTIVITIES.cost_total == 5_473_232


def test_a4_3_changes() -> None:
    assert ACTIVITIES.ordinary_change == 43_388
    assert ACTIVITIES.change == 43_387
    assert ACTIVITIES.carried_forward == 2_096_948


def test_a4_4_balance_sheet() -> None:
    assert (SHEET.assets, SHEET.liabilities, SHEET.net_assets) == (2_506_788, 409_840, 2_096_948)


def test_a4_5_restricted_note() -> None:
    note = npo_case.restricted_note()
    assert [(f.increase, f.decrease, f.closing) for f in note.funds] == [
        (500_000, 320_000, 180_000),
        (980_000, 980_000, 0),
        (1_500_000, 1_500_000, 0),
    ]
    assert (note.closing, note.unrestricted) == (180_000, 1_916_948)


def test_a4_6_fixed_asset_note() -> None:
    (row,) = npo_case.fixed_asset_note()
    assert (row.opening_cost, row.acquired, row.disposed) == (398_000, 240_000, 98_000)
    assert (row.closing_cost, row.accumulated, row.book_value) == (540_000, 180_300, 359_700)


def test_a4_7_consumption_tax() -> None:
    sales = ACTIVITIES.revenues[3].total
    assert sales == 866_000
    assert is_exempt(sales, START, is_registered=False)
    assert not is_exempt(10_500_000, START, is_registered=False)
    assert not is_exempt(sales, START, is_registered=True)


def test_a4_8_three_way_check_of_a_broken_set() -> None:
    twice = npo_case.entry(48).total(Side.DEBIT)
    checks = three_way_checks(
        carried_forward=ACTIVITIES.carried_forward,
        net_assets=SHEET.net_assets + twice,
        property_net_assets=MADE.property_list.net_assets,
    )
    assert [check.agrees for check in checks] == [False, False]
    assert suspects(SHEET, checks[0].difference) == ("未収補助金",)


def test_a4_9_indicators() -> None:
    found = indicators(MADE)
    assert found.programme_ratio is not None and found.months_of_cash is not None
    assert str(rounded(100 * found.programme_ratio, 1)) == "79.1"
    assert str(rounded(found.months_of_cash, 1)) == "3.1"


def test_the_volunteers_of_the_note() -> None:
    assert [one.yen for one in npo_case.volunteers()] == [348_600, 367_500]
