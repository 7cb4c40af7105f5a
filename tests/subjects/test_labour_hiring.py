"""From the advertisement to the contract and the books: L1-1, L1-2, L1-9, L1-10."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from manabiba_subjects.dated_table import OutsideTableError, Status
from manabiba_subjects.labour.advertisement import Advertisement, find_advertisement_errors
from manabiba_subjects.labour.conditions import (
    Contract,
    longest_contract,
    missing_conditions,
    required_conditions,
)
from manabiba_subjects.labour.records import (
    LabourBook,
    book_items,
    book_name,
    books_with,
    keeping_years,
)
from manabiba_subjects.labour.worker_status import Likelihood, status_factors, view_status

TODAY = date(2026, 11, 24)
TOWARDS, AGAINST = status_factors(TODAY)
SHIFTED = [
    "曜日や時間を指示される",
    "休むときは代わりを自分で探す",
    "遅刻や欠席で減額される",
    "時間や回数に応じてお金が払われる",
]
FREE = ["来られる日だけ参加する", "実費だけが払われる"]


@pytest.mark.parametrize(
    ("factors", "likelihood"),
    [
        (SHIFTED, Likelihood.HIGH),
        (FREE, Likelihood.LOW),
        ([*SHIFTED, *FREE[:1]], Likelihood.OPEN),
        (SHIFTED[:2], Likelihood.OPEN),
        ([], Likelihood.OPEN),
    ],
)
def test_l1_1_a_worker_or_not(factors: list[str], likelihood: Likelihood) -> None:
    view = view_status(factors, TODAY)
    assert view.likelihood is likelihood
    assert {*view.towards, *view.against} == set(factors)
    assert all(any(name == step.result for step in view.steps) for name in factors)


def test_l1_1_asking_is_right_as_well_where_two_factors_are_named() -> None:
    assert view_status(SHIFTED, TODAY).accepted == {Likelihood.HIGH, Likelihood.OPEN}
    assert view_status(FREE[:1], TODAY).accepted == {Likelihood.LOW}


@given(st.sets(st.sampled_from([*TOWARDS, *AGAINST])))
def test_a_view_never_says_that_somebody_is_a_worker(factors: set[str]) -> None:
    view = view_status(factors, TODAY)
    assert "可能性" in view.likelihood or view.likelihood is Likelihood.OPEN
    if view.towards and view.against:
        assert view.likelihood is Likelihood.OPEN


def test_a_factor_in_no_table_is_told() -> None:
    with pytest.raises(ValueError, match="表にない事情です: 名前がボランティア"):
        view_status(["名前がボランティア"], TODAY)


PART_TIMER = Contract(is_part_time=True, is_fixed_term=True)
LACKING = [
    "就業の場所と業務の変更の範囲",
    "退職に関する事項(解雇の事由を含む)",
    "通算期間または更新回数の上限",
    "相談窓口",
    "待遇の相違の説明を求められる旨",
]


def test_l1_2_five_items_lack() -> None:
    stated = [name for name in required_conditions(PART_TIMER, TODAY) if name not in LACKING]
    missing = missing_conditions(stated, PART_TIMER, TODAY)
    assert [step.result for step in missing] == LACKING
    assert missing[-1].status is Status.SECONDARY


@pytest.mark.parametrize(
    ("item", "contract", "first"),
    [
        ("就業の場所と業務の変更の範囲", Contract(), date(2024, 4, 1)),
        ("通算期間または更新回数の上限", Contract(is_fixed_term=True), date(2024, 4, 1)),
        ("待遇の相違の説明を求められる旨", Contract(is_part_time=True), date(2026, 10, 1)),
    ],
)
def test_items_come_with_their_day(item: str, contract: Contract, first: date) -> None:
    before = date.fromordinal(first.toordinal() - 1)
    assert item not in required_conditions(contract, before)
    assert item in required_conditions(contract, first)


def test_conversion_is_stated_from_april_2024() -> None:
    contract = Contract(is_fixed_term=True, may_convert=True)
    assert "無期転換を申し込めること" in required_conditions(contract, date(2024, 4, 1))
    with pytest.raises(OutsideTableError, match="2024年4月1日から"):
        required_conditions(contract, date(2024, 3, 31))


def test_a_permanent_full_timer_needs_no_part_timers_items() -> None:
    assert "相談窓口" not in required_conditions(Contract(), TODAY)
    assert missing_conditions(list(required_conditions(Contract(), TODAY)), Contract(), TODAY) == ()
    with pytest.raises(ValueError, match="表にない事項です: 社訓"):
        missing_conditions(["社訓"], Contract(), TODAY)


@pytest.mark.parametrize(
    ("age", "is_specialist", "last"),
    [
        (59, False, date(2027, 2, 27)),
        (60, False, date(2029, 2, 27)),
        (30, True, date(2029, 2, 27)),
    ],
)
def test_a_contract_of_three_or_five_years(age: int, is_specialist: bool, last: date) -> None:
    first = date(2024, 2, 28)
    assert longest_contract(first, age=age, is_specialist=is_specialist).value == last


def test_a_contract_from_a_leap_day_ends_with_february() -> None:
    assert longest_contract(date(2024, 2, 29), age=30).value == date(2027, 2, 28)


def test_l1_9_what_stands_in_which_book() -> None:
    assert book_name(LabourBook.WAGE_LEDGER) == "賃金台帳"
    for item in ("労働日数", "労働時間数", "時間外・休日・深夜の労働時間数", "控除した額"):
        assert books_with(item, TODAY) == (LabourBook.WAGE_LEDGER,)
    assert books_with("履歴", TODAY) == (LabourBook.WORKERS_ROLL,)
    assert books_with("基準日", TODAY) == (LabourBook.LEAVE_REGISTER,)
    assert books_with("氏名", TODAY) == (LabourBook.WORKERS_ROLL, LabourBook.WAGE_LEDGER)
    assert books_with("血液型", TODAY) == ()
    step = book_items(LabourBook.WAGE_LEDGER, TODAY)["労働日数"]
    assert "108条" in step.rule and step.status is Status.VERIFIED
    assert keeping_years(TODAY).value == 3


def test_what_an_attendance_book_says_is_not_certain() -> None:
    steps = book_items(LabourBook.ATTENDANCE, TODAY).values()
    assert all(step.status is Status.UNVERIFIED for step in steps)


def test_l1_10_three_errors_of_an_advertisement() -> None:
    errors = find_advertisement_errors(Advertisement(1_100, False, False), TODAY)
    assert [step.label for step in errors] == ["賃金", "残業代", "有給休暇"]
    assert "179円不足" in errors[0].result


@pytest.mark.parametrize(
    ("wage", "on", "errors"),
    [
        (1_225, date(2026, 9, 30), 0),
        (1_224, date(2026, 9, 30), 1),
        (1_278, date(2026, 10, 1), 1),
        (1_279, date(2026, 10, 1), 0),
        (None, date(2026, 10, 1), 0),
    ],
)
def test_the_wage_of_the_day_decides(wage: int | None, on: date, errors: int) -> None:
    assert len(find_advertisement_errors(Advertisement(wage), on)) == errors
