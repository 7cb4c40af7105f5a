"""The arithmetic of the explorables in the browser and in manabiba_subjects: the same figures."""

import base64
import json
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from manabiba_subjects import Allocation, Rounding, npo_case, share, statements
from manabiba_subjects.cash_and_income import Reason, cash_months, walk
from manabiba_subjects.crowdfunding import (
    Campaign,
    Fees,
    Method,
    settle,
    supporters_needed,
    visitors_needed,
)
from manabiba_subjects.dated_table import dated_tables
from manabiba_subjects.depreciation import (
    depreciation_years,
    straight_line_rate,
    straight_line_row,
)
from manabiba_subjects.insurance import insurance_row
from manabiba_subjects.labour.paid_leave import Pattern
from manabiba_subjects.npo_law import Form, Wish, weigh
from manabiba_widgets import (
    CashVersusIncome,
    DepreciationExplorer,
    FormsComparison,
    JournalExplorer,
    LeaveCalendar,
    PayslipExplorer,
)
from manabiba_widgets.exercise import STATIC, module_source
from manabiba_widgets.journal_explorer import entry_state
from manabiba_widgets.leave_calendar import grants_from
from manabiba_widgets.payslip_explorer import make_payslip

VECTORS = json.loads(
    Path(__file__).with_name("explorable_vectors.json").read_text(encoding="utf-8")
)


@pytest.fixture
def tab(browser: Browser) -> Iterator[Page]:
    page = browser.new_page()
    yield page
    page.close()


def run(tab: Page, module: str, body: str, given: Any) -> Any:
    """What `body` gives with `given` and the module's exports as `m`."""
    source = base64.b64encode(module_source(module).encode()).decode()
    return tab.evaluate(
        f"async (given) => {{ const m = await import('data:text/javascript;base64,{source}');"
        f" {body} }}",
        given,
    )


@pytest.mark.parametrize("vector", VECTORS["straight_line"], ids=lambda v: f"{v['cost']}")
def test_python_depreciates_so(vector: dict[str, Any]) -> None:
    years = depreciation_years(
        vector["cost"],
        vector["life"],
        date.fromisoformat(vector["in_use_from"]),
        closing_month=vector["closing_month"],
    )
    assert [[y.months, y.depreciation, y.book_value] for y in years] == vector["years"]


@pytest.mark.browser
def test_the_browser_depreciates_so(tab: Page) -> None:
    given = []
    for vector in VECTORS["straight_line"]:
        on = date.fromisoformat(vector["in_use_from"])
        given.append(
            {
                "cost": vector["cost"],
                "rate": str(straight_line_rate(vector["life"], on)),
                "startMonth": on.month,
                "closingMonth": vector["closing_month"],
                "memorandum": 1,
            }
        )
    years = run(
        tab,
        "straight_line",
        "return given.map((one) => m.depreciationYears(one)"
        ".map(({ months, amount, left }) => [months, amount, left]));",
        given,
    )
    assert years == [vector["years"] for vector in VECTORS["straight_line"]]


def test_the_page_gets_its_rates_from_the_dated_table() -> None:
    spec = DepreciationExplorer(
        "x", title="図", cost=240_000, life=4, in_use_from=date(2025, 10, 1), lives=(6,)
    ).spec
    assert spec["rates"] == {
        str(life): str(straight_line_rate(life, date(2025, 10, 1))) for life in (4, 6)
    }
    table = dated_tables("depreciation_rates.toml")["straight_line"]
    read_on = table.read_on
    assert f"基準日 {read_on.year}年{read_on.month}月{read_on.day}日" in spec["source"]
    row = straight_line_row(date(2025, 10, 1))
    assert row.status in spec["source"]
    assert row.note in spec["source"]
    assert not any(
        rate in module_source("depreciation_explorer") for rate in spec["rates"].values()
    )


@pytest.mark.parametrize("vector", VECTORS["share"], ids=lambda v: f"{v['amount']}-{v['rule']}")
def test_python_shares_so(vector: dict[str, Any]) -> None:
    names = [f"s{number}" for number in range(len(vector["weights"]))]
    allocation = Allocation(
        dict(zip(names, map(Decimal, vector["weights"]), strict=True)),
        remainder_to=names[vector["takes"]],
        rounding=Rounding[vector["rule"]],
    )
    assert list(share(vector["amount"], allocation).values()) == vector["shares"]


@pytest.mark.browser
def test_the_browser_shares_so(tab: Page) -> None:
    shares = run(
        tab,
        "sharing",
        "return given.map(({ amount, weights, rule, takes }) =>"
        " m.shareOut(amount, weights, rule === 'REMAINDER_TO_ONE' ? takes : null)"
        ".map((share) => share.yen));",
        VECTORS["share"],
    )
    assert shares == [vector["shares"] for vector in VECTORS["share"]]


@pytest.mark.browser
def test_the_browser_says_how_a_share_was_cut(tab: Page) -> None:
    found = run(tab, "sharing", "return m.shareOut(...given);", [100, ["1", "1", "2.5"], 2])
    assert found == [
        {"exact": "22.22…", "cut": 22, "extra": 0, "yen": 22},
        {"exact": "22.22…", "cut": 22, "extra": 0, "yen": 22},
        {"exact": "55.55…", "cut": 55, "extra": 1, "yen": 56},
    ]
    assert run(tab, "sharing", "return m.addUp(given);", ["33.3", "33.3", "33.4"]) == "100"
    assert run(tab, "sharing", "return m.addUp(given);", ["33.3", "0.25"]) == "33.55"


@pytest.mark.browser
def test_the_whole_case_posted_in_the_browser_gives_the_case_statements(tab: Page) -> None:
    books = npo_case.books()
    spec = JournalExplorer("x", title="図", accounts=books.accounts, opening=books.opening).spec
    found = run(
        tab,
        "ledger",
        """const { book, balances, entries } = given;
        const after = entries.reduce((before, entry) => m.post(before, entry), balances);
        const { change, closing, revenue, expense, ordinary } = m.activities(book, after);
        const sheet = m.balanceSheet(book, after);
        return {
            trial: m.trialBalance(book, after),
            agree: entries.map((entry) => m.differenceOf(entry)),
            activities: [revenue.total, expense.total, ordinary, change, closing],
            sheet: [sheet.assets.total, sheet.liabilities.total, sheet.right],
            sections: revenue.groups.map(({ name, total }) => [name, total]),
            rows: [...sheet.assets.groups, ...sheet.liabilities.groups].flatMap(({ rows }) => rows)
                .filter(({ amount }) => amount).map(({ name, amount }) => [name, amount]),
        };""",
        {**spec, "entries": [entry_state(entry) for entry in books.all_entries]},
    )
    whole = statements(books)
    activities, sheet = whole.activities, whole.balance_sheet
    assert set(found["agree"]) == {0}
    assert found["activities"] == [
        activities.revenue_total,
        activities.cost_total,
        activities.ordinary_change,
        activities.change,
        activities.carried_forward,
    ]
    case = npo_case.case()["balance_sheet"]
    assert found["sheet"] == [
        case["資産合計"],
        case["負債合計"],
        case["負債及び正味財産合計"],
    ]
    assert found["sections"] == [[block.title, block.total] for block in activities.revenues]
    blocks = (
        sheet.current_assets,
        sheet.fixed_assets,
        sheet.current_liabilities,
        sheet.fixed_liabilities,
    )
    assert found["rows"] == [
        [row.account.name, row.yen] for block in blocks for row in block.rows if row.yen
    ]
    expected = [
        row
        for row in npo_case.case()["trial_balance_after_adjustment"]["rows"]
        if row["debit_balance"] or row["credit_balance"]
    ]
    assert [[row["name"], row["debit"], row["credit"]] for row in found["trial"]["rows"]] == [
        [row["account"], row["debit_balance"], row["credit_balance"]] for row in expected
    ]
    assert (found["trial"]["debit"], found["trial"]["credit"]) == (7_980_021, 7_980_021)


@pytest.mark.browser
def test_the_browser_walks_from_cash_to_income_as_python_does(tab: Page) -> None:
    books = npo_case.books()
    months = cash_months(books)
    spec = CashVersusIncome("x", title="図", books=books).spec
    keys = [reason["key"] for reason in spec["reasons"]]
    found = run(
        tab,
        "cash_line",
        "return [given.keys.map((_, n) => m.walk(given.months, given.keys.slice(0, n + 1))),"
        " m.walk(given.months, []), m.incomeLine(given.months)];",
        {"months": spec["months"], "keys": keys},
    )
    steps = [list(walk(months, [Reason[key] for key in keys[: n + 1]])) for n in range(len(keys))]
    assert found == [steps, list(walk(months)), list(walk(months, Reason))]


WISHES = [
    Wish(people, officers, relatives, in_fields, days, needs, accepts)
    for people, officers, relatives in (
        (1, 0, 0),
        (2, 1, 1),
        (9, 3, 0),
        (10, 4, 2),
        (10, 6, 2),
        (12, 9, 3),
        (30, 15, 2),
    )
    for in_fields in (True, False, None)
    for days in (None, 180, 90, 30, 28, 27)
    for needs in (True, False)
    for accepts in (True, False, None)
]


@pytest.mark.browser
def test_the_browser_weighs_forms_as_python_does(tab: Page) -> None:
    spec = FormsComparison("x", title="図").spec
    wishes = [
        {
            "people": wish.people,
            "officers": wish.officers,
            "relatives": wish.relatives,
            "inFields": wish.in_fields,
            "days": wish.days,
            "needsLegalPerson": wish.needs_legal_person,
            "acceptsDisclosure": wish.accepts_disclosure,
        }
        for wish in WISHES
    ]
    found = run(
        tab,
        "form_choice",
        """return given.wishes.map((wish) => given.forms.map((form) => {
            const { holds, points } = m.weigh(form, wish);
            return [holds, points.map(({ label, stance, texts, source, status }) =>
                [label, texts[stance], source, status])];
        }));""",
        {"forms": spec["forms"], "wishes": wishes},
    )
    on = dated_tables("npo_law/forms.toml")["npo"].read_on
    expected = []
    for wish in WISHES:
        verdicts = [weigh(form, wish, on) for form in Form]
        expected.append(
            [[v.holds, [[s.label, s.working, s.rule, s.status] for s in v.steps]] for v in verdicts]
        )
    assert found == expected
    assert {v[0] for wish in expected for v in wish} == {True, False, None}


def payslip_lines(vector: dict[str, Any]) -> tuple[list[int | None], dict[str, str]]:
    """What manabiba_subjects makes of a vector: its lines, and the employer's exact yen."""
    given = vector["given"]
    slip, tax = make_payslip(
        monthly_pay=given["monthlyPay"],
        commuting=given["commuting"],
        overtime_hours=given["overtimeHours"],
        age=given["age"],
        dependants=given["dependants"],
        month=date.fromisoformat(f"{vector['month']}-01"),
        monthly_hours=vector["monthly_hours"],
        resident_tax=vector["resident_tax"],
    )
    before_tax = slip.gross - slip.insurance - slip.resident_tax
    lines = [
        slip.gross,
        slip.standard,
        slip.health - slip.care,
        slip.care,
        slip.child_support,
        slip.pension,
        slip.employment,
        slip.insurance,
        slip.taxable,
        tax,
        before_tax,
        None if tax is None else before_tax - tax,
    ]
    names = ("health", "support", "pension", "contribution", "employment", "accident")
    exact = [format(yen.normalize(), "f") for yen in slip.employers.values()]
    return lines, dict(zip(names, exact, strict=True))


def payslip_explorer(month: str, monthly_hours: int, resident_tax: int) -> PayslipExplorer:
    return PayslipExplorer(
        "x",
        title="図",
        monthly_pay=232_000,
        age=32,
        month=date.fromisoformat(f"{month}-01"),
        monthly_hours=monthly_hours,
        resident_tax=resident_tax,
    )


def test_the_first_payslip_is_that_of_the_course() -> None:
    first = VECTORS["payslip"][0]
    assert first["slip"][0] == 258_125
    assert first["slip"][7:] == [35_431, 214_694, 4_840, 212_194, 207_354]
    assert first["employers"]["employment"] == "2194.0625"


@pytest.mark.parametrize("vector", VECTORS["payslip"], ids=lambda v: f"{v['given']['monthlyPay']}")
def test_python_pays_so(vector: dict[str, Any]) -> None:
    assert payslip_lines(vector) == (vector["slip"], vector["employers"])


@pytest.mark.browser
def test_the_browser_pays_so(tab: Page) -> None:
    for vector in VECTORS["payslip"]:
        spec = payslip_explorer(
            vector["month"], vector["monthly_hours"], vector["resident_tax"]
        ).spec
        found = run(
            tab,
            "payroll",
            """const { given: chosen, month, spec } = given;
            const s = m.payroll(chosen, spec.months.find(({ key }) => key === month), spec);
            return [[s.gross, s.standard, s.health, s.care, s.support, s.pension, s.employment,
                s.insurance, s.taxable, s.tax, s.beforeTax, s.net], s.employers];""",
            {"given": vector["given"], "month": vector["month"], "spec": spec},
        )
        assert found == [vector["slip"], vector["employers"]], vector["given"]


def test_the_payslip_gets_its_rates_from_the_dated_tables() -> None:
    spec = payslip_explorer("2026-11", 160, 0).spec
    months = {month["key"]: month for month in spec["months"]}
    assert list(months) == [f"2026-{n:02}" for n in range(4, 13)] + [
        f"2027-{n:02}" for n in range(1, 4)
    ]
    for key, month in months.items():
        social = date.fromisoformat(f"{key}-01")
        before = date(social.year - (social.month == 1), (social.month - 2) % 12 + 1, 1)
        assert month["rates"]["health"]["rate"] == str(insurance_row("health", before)["rate"])
        assert (month["excerpt"] is None) is key.startswith("2027")
    assert months["2026-04"]["rates"]["child_support"]["rate"] == "0"
    assert months["2026-05"]["rates"]["child_support"]["text"] == "0.23%"
    assert months["2026-04"]["rates"]["employment"]["text"] == "5.5/1000"  # closed on 31 March
    assert months["2026-05"]["rates"]["employment"]["text"] == "5/1000"
    assert months["2026-05"]["rates"]["child_support"]["since"] == "2026年4月1日"
    texts = {rate["rate"] for month in months.values() for rate in month["rates"].values()}
    for module in ("payroll", "payslip_explorer"):
        own = (STATIC / f"{module}.js").read_text(encoding="utf-8")
        assert not any(text in own for text in texts - {"0"})
    assert any("基準日" in source and "二次資料" in source for source in spec["sources"])


@pytest.mark.parametrize("vector", VECTORS["leave"], ids=lambda v: f"{v['hired']}-{v['daysAWeek']}")
def test_python_grants_so(vector: dict[str, Any]) -> None:
    years = grants_from(
        date.fromisoformat(vector["hired"]),
        Pattern(vector["daysAWeek"], Decimal(str(vector["hoursAWeek"]))),
        frozenset(vector["few"]),
    )
    assert [
        [
            year.grant.granted_on.isoformat(),
            year.grant.days,
            year.grant.five_days_by and year.grant.five_days_by.isoformat(),
            year.usable_until.isoformat(),
        ]
        for year in years
    ] == vector["grants"]


@pytest.mark.browser
def test_the_browser_grants_so(tab: Page) -> None:
    spec = LeaveCalendar("x", title="図", hired=date(2026, 4, 1)).spec
    found = run(
        tab,
        "leave_grants",
        "return given.vectors.map((one) => m.leaveGrants(one, given.spec)"
        ".map((grant) => [grant.grantedOn, grant.days, grant.fiveBy, grant.usableUntil]));",
        {"vectors": VECTORS["leave"], "spec": spec},
    )
    assert found == [vector["grants"] for vector in VECTORS["leave"]]


def campaigns() -> list[dict[str, Any]]:
    """Campaigns on and beside every edge: the goal reached by a yen or not, odd rates, nobody."""
    return [
        {
            "goal": goal,
            "average": average,
            "conversion": conversion,
            "visitors": visitors,
            "returnCost": return_cost,
            "rate": rate,
            "tax": tax,
            "method": method,
        }
        for goal, average in ((1_240_000, 8_000), (1_000_000, 7_001), (1, 1), (100_000_000, 3))
        for conversion, visitors in (("2.5", 6_200), ("2.500", 6_199), ("0.333", 999_999), ("0", 5))
        for return_cost, rate, tax in ((0, "17", "10"), (1_500, "12.5", "8"), (9_999, "0", "0"))
        for method in ("ALL_OR_NOTHING", "ALL_IN")
    ]


@pytest.mark.browser
def test_the_browser_settles_campaigns_as_python_does(tab: Page) -> None:
    given = campaigns()
    found = run(tab, "crowdfunding", "return given.map(m.campaign);", given)
    for one, told in zip(given, found, strict=True):
        conversion = Decimal(one["conversion"]) / 100
        fees = Fees(Decimal(one["rate"]) / 100, Decimal(one["tax"]) / 100)
        planned = Campaign(
            one["goal"], one["average"], conversion, one["visitors"], one["returnCost"]
        )
        made = planned.settle(Method[one["method"]], fees)
        people = supporters_needed(planned.goal, planned.average)
        at_goal = settle(planned.goal, fees, returns=people * planned.return_cost)
        assert told == {
            "supporters": planned.supporters,
            "raised": planned.raised,
            "isReached": planned.raised >= planned.goal,
            "isPaid": planned.raised >= planned.goal or one["method"] == "ALL_IN",
            "gross": made.gross,
            "fee": made.fee,
            "returns": made.returns,
            "net": made.net,
            "supportersNeeded": people,
            "visitorsNeeded": visitors_needed(people, conversion) if conversion else None,
            "netAtGoal": at_goal.net,
        }, one
