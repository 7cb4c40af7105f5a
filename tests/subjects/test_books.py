from dataclasses import replace
from datetime import date

import pytest

from manabiba_subjects import (
    SHARED,
    STANDARD_DEPARTMENTS,
    Account,
    AccountType,
    Allocation,
    Books,
    BooksError,
    CostKind,
    Department,
    Entry,
    Line,
    Problem,
    Section,
    Side,
    find_problems,
    npo_case,
    standard_accounts,
    statements,
    trial_balance,
)


def _entry(debit: int, credit: int, *, name: str = "#1", department: str = "") -> Entry:
    lines = (
        Line(Side.DEBIT, "会議費", debit, department),
        Line(Side.CREDIT, "現金", credit),
    )
    return Entry(lines, name)


def _books(*entries: Entry) -> Books:
    return Books(standard_accounts(), {}, entries)


def test_the_case_has_no_problems() -> None:
    assert find_problems(npo_case.books()) == ()


def test_a_problem_names_entry_side_and_difference() -> None:
    assert find_problems(_books(_entry(8_800, 8_800), _entry(50_000, 44_895, name="#2"))) == (
        Problem(
            "#2",
            "#2: 借方が5,105円多く、左右が合いません(借方50,000円、貸方44,895円)。",
            Side.DEBIT,
            5_105,
        ),
    )


def test_an_entry_without_a_name_is_counted() -> None:
    found = find_problems(_books(_entry(1, 1), _entry(1, 3, name="")))
    assert [(problem.entry, problem.side, problem.difference) for problem in found] == [
        ("2番目の仕訳", Side.CREDIT, 2)
    ]


@pytest.mark.parametrize(
    ("entry", "message"),
    [
        (Entry((), "#3"), "#3: 行がありません。"),
        (_entry(0, 0), "#1: 借方「会議費」の金額が0円です。"),
        (_entry(1, 1, department="C"), "#1: 借方「会議費」の部門「C」は部門の一覧にありません。"),
        (
            Entry((Line(Side.DEBIT, "交通費", 1), Line(Side.CREDIT, "現金", 1)), "#4"),
            "#4: 借方の「交通費」は勘定科目の一覧にありません。",
        ),
        (
            _entry(1, 1, department=SHARED),
            "共通の費用「会議費」の按分の割合が決まっていません。割合を入れてください。",
        ),
    ],
)
def test_what_is_wrong_with_an_entry_is_said(entry: Entry, message: str) -> None:
    assert find_problems(_books(entry))[0].message.startswith(message)


@pytest.mark.parametrize(
    ("on", "is_outside"),
    [
        (date(2025, 3, 31), True),
        (date(2025, 4, 1), False),
        (date(2026, 3, 31), False),
        (date(2026, 4, 1), True),
        (None, False),
    ],
)
def test_an_entry_belongs_to_the_fiscal_year(on: date | None, is_outside: bool) -> None:
    books = replace(
        _books(replace(_entry(1, 1), on=on)), start=date(2025, 4, 1), end=date(2026, 3, 31)
    )
    messages = [problem.message for problem in find_problems(books)]
    assert len(messages) == is_outside
    for message in messages:
        assert on is not None
        assert message.startswith(f"#1: 日付の{on.year}年{on.month}月{on.day}日はこの事業年度の外")


def test_opening_balances_have_to_agree() -> None:
    found = find_problems(Books(standard_accounts(), {"現金": 500, "未払金": -450}, ()))
    assert [(problem.side, problem.difference) for problem in found] == [(Side.DEBIT, 50)]
    assert "期首残高の借方が50円多く" in found[0].message


def test_opening_balances_are_of_the_balance_sheet_and_of_known_accounts() -> None:
    opening = {"会議費": 5, "現金": -5, "貯金": 0}
    messages = [
        problem.message for problem in find_problems(Books(standard_accounts(), opening, ()))
    ]
    assert len(messages) == 2
    assert messages[0].startswith("期首残高に費用の「会議費」5円があります。")
    assert messages[1] == "期首残高の「貯金」は勘定科目の一覧にありません。"


def test_accounts_need_a_place_and_one_name() -> None:
    strange = Account("1", "現金", "げんきん", AccountType.ASSET, Section.PERSONNEL)
    nowhere = Account("2", "現金", "げんきん", AccountType.ASSET)
    messages = [problem.message for problem in find_problems(Books((strange, nowhere), {}, ()))]
    assert messages[0].startswith("勘定科目「現金」(資産)の区分が人件費です。")
    assert messages[1] == "勘定科目「現金」が2つあります。1つにまとめてください。"
    assert messages[2].startswith("勘定科目「現金」(資産)の区分が(なし)です。")


def test_departments_have_to_exist_once() -> None:
    case = npo_case.books()
    twice = replace(case, departments=case.departments * 2, without_department="総務")
    assert [problem.message for problem in find_problems(twice)] == [
        *(f"部門「{id}」が2つあります。1つにまとめてください。" for id in ("A", "B", "管理")),
        "部門のない費用を入れる部門「総務」が部門の一覧にありません。",
    ]
    rule = Allocation({"A": 1, "X": 1}, remainder_to="A")
    found = find_problems(replace(case, sharing_otherwise=rule))
    assert [problem.message for problem in found] == [
        "「共通」の按分の部門「X」が部門の一覧にありません。"
    ]


def test_the_mark_of_shared_costs_is_no_department() -> None:
    common = Department(SHARED, "共通部門", CostKind.MANAGEMENT)
    books = replace(_books(), departments=(*STANDARD_DEPARTMENTS, common))
    assert [problem.message[:4] for problem in find_problems(books)] == ["「共通」"]


def test_all_problems_are_told_together() -> None:
    bad = _books(_entry(1, 2), _entry(3, 2, name="#2"))
    with pytest.raises(BooksError, match="2 problems in the books") as told:
        statements(bad)
    assert [problem.entry for problem in told.value.problems] == ["#1", "#2"]
    with pytest.raises(BooksError):
        trial_balance(bad, is_adjusted=False)


def test_an_account_is_found_by_its_name() -> None:
    assert npo_case.books().account("敷金").code == "161"
    with pytest.raises(KeyError, match="the books have no account 土地"):
        npo_case.books().account("土地")
