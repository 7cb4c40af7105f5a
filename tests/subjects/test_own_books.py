"""An organisation's own books: names mapped, departments completed, statements made."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from manabiba_subjects import (
    SHARED,
    CostKind,
    Department,
    Entry,
    Item,
    Line,
    Section,
    Side,
    find_problems,
    statements,
)
from manabiba_subjects.own_books import (
    OpeningRow,
    OwnBooks,
    Place,
    books_of,
    items_of,
    missing_net_assets,
    similar_places,
    suggested_place,
    with_departments,
    with_plain_departments,
)

CASH = Place("普通預金", Section.CURRENT_ASSETS)
DUES = Place("正会員受取会費", Section.FEES)
RENT = Place("地代家賃", Section.OTHER_EXPENSES)
NET = Place("前期繰越正味財産", Section.NET_ASSETS)
PLACES = {
    "A銀行": CASH,
    "B銀行": CASH,
    "会費": DUES,
    "家賃": RENT,
    "自助具貸出料": Place("自助具貸出料", Section.PROGRAMME_REVENUE),
}


def entry(debit: str, credit: str, yen: int, department: str = "") -> Entry:
    lines = (Line(Side.DEBIT, debit, yen, department), Line(Side.CREDIT, credit, yen, department))
    return Entry(lines, "2行目", date(2025, 5, 1))


def own(*entries: Entry, opening: tuple[OpeningRow, ...] = ()) -> OwnBooks:
    return OwnBooks("会", date(2025, 4, 1), date(2026, 3, 31), opening, entries, places=PLACES)


def test_own_names_become_the_accounts_of_the_statements() -> None:
    books = own(entry("A銀行", "会費", 700), entry("B銀行", "自助具貸出料", 300))
    made = statements(books_of(books))
    assert made.after_adjustment.row("普通預金").balance == 1_000
    assert [block.total for block in made.activities.revenues] == [700, 0, 0, 300, 0]


def test_net_assets_that_were_left_out_are_what_assets_exceed_liabilities_by() -> None:
    books = own(entry("A銀行", "会費", 700), opening=(OpeningRow("A銀行", 5_000),))
    assert missing_net_assets(books) == 5_000
    made = statements(books_of(books))
    assert (made.activities.brought_forward, made.activities.carried_forward) == (5_000, 5_700)


def test_net_assets_that_are_there_are_not_made_up() -> None:
    opening = (OpeningRow("A銀行", 5_000), OpeningRow("正味財産", 4_000))
    books = replace(
        own(entry("A銀行", "会費", 700), opening=opening), places={**PLACES, "正味財産": NET}
    )
    assert missing_net_assets(books) is None
    [problem] = find_problems(books_of(books))
    assert (problem.side, problem.difference) == (Side.DEBIT, 1_000)


def test_a_balance_on_the_unusual_side_stays_there() -> None:
    books = own(opening=(OpeningRow("A銀行", 300, Side.CREDIT), OpeningRow("B銀行", 500)))
    assert books_of(books).opening["普通預金"] == 200


def test_the_property_list_names_the_organisations_own_accounts() -> None:
    books = own(entry("A銀行", "会費", 700), entry("B銀行", "会費", 300))
    assert items_of(books) == {"普通預金": (Item("A銀行", 700), Item("B銀行", 300))}


def test_departments_are_those_that_ordinary_costs_name() -> None:
    books = with_departments(
        own(
            entry("家賃", "A銀行", 100, "ひろば"),
            entry("家賃", "A銀行", 100, "管理"),
            entry("A銀行", "会費", 100, "収益だけの部門"),
        )
    )
    assert [(d.id, d.kind) for d in books.departments] == [
        ("ひろば", CostKind.PROGRAMME),
        ("管理", CostKind.MANAGEMENT),
    ]


def test_what_the_owner_said_of_a_department_stays() -> None:
    told = (Department("ひろば", "子どもひろば", CostKind.MANAGEMENT),)
    books = replace(own(entry("家賃", "A銀行", 100, "ひろば")), departments=told)
    assert with_departments(books).departments[0] == told[0]


def test_without_any_programme_there_is_the_standard_one() -> None:
    books = with_departments(own(entry("家賃", "A銀行", 100)))
    assert [d.id for d in books.departments] == ["事業", "管理"]


@pytest.mark.parametrize(
    ("written", "meant"), [("事務局", "管理"), ("本部", "管理"), ("共通部門", SHARED), ("A", "A")]
)
def test_departments_have_one_name(written: str, meant: str) -> None:
    lines = with_plain_departments(entry("家賃", "A銀行", 100, written)).lines
    assert {line.department for line in lines} == {meant}


def test_common_costs_are_shared_out_and_the_rest_goes_to_the_last() -> None:
    books = with_departments(
        own(entry("家賃", "A銀行", 1, "A"), entry("家賃", "A銀行", 100, SHARED))
    )
    assert books.shared_accounts == ("地代家賃",)
    assert "按分の割合が決まっていません" in find_problems(books_of(books))[0].message
    shared = replace(books, weights={"地代家賃": {"A": 1, "管理": 2}})
    costs = statements(books_of(shared)).activities.departments
    assert {id: cost.total for id, cost in costs.items()} == {"A": 1 + 33, "管理": 67}


def test_weights_of_departments_that_are_gone_are_no_weights() -> None:
    books = replace(
        with_departments(own(entry("家賃", "A銀行", 100, SHARED))),
        weights={"地代家賃": {"もうない": 5}},
    )
    assert books_of(books).sharing == {}


def test_suggestions_come_from_the_standard_chart() -> None:
    assert suggested_place("寄付金収入") == Place("受取寄附金", Section.DONATIONS)
    assert suggested_place("なぞの科目") is None
    assert similar_places("未収の補助金")[0].name == "未収補助金"


@given(
    st.lists(
        st.tuples(
            st.sampled_from(sorted(PLACES)),
            st.sampled_from(sorted(PLACES)),
            st.integers(1, 10**9),
            st.sampled_from(["", "ひろば", "管理"]),
        ),
        max_size=20,
    ),
    st.integers(0, 10**9),
)
def test_any_balanced_books_tie_out(drawn: list[tuple[str, str, int, str]], cash: int) -> None:
    books = with_departments(
        own(*(entry(*row) for row in drawn), opening=(OpeningRow("A銀行", cash),))
    )
    made = statements(books_of(books), items_of(books))
    assert made.activities.carried_forward == made.balance_sheet.net_assets
    assert made.property_list.net_assets == made.balance_sheet.net_assets
