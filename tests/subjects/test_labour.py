"""The answers L1-3 to L2-7 from their inputs."""

from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from manabiba_subjects.labour.enrolment import Worker, in_employment_insurance, in_social_insurance
from manabiba_subjects.labour.leaving import (
    average_wage,
    dismissal_allowance,
    indefinite_right_from,
    leaving,
    pay_cut_limit,
)
from manabiba_subjects.labour.overtime_limits import Month, examine_limits
from manabiba_subjects.labour.paid_leave import Pattern, leave_grant
from manabiba_subjects.labour.payslip import payslip
from manabiba_subjects.labour.premiums import hourly_base, minimum_wage_test, premium_pay
from manabiba_subjects.labour.working_hours import Kind, Span, split_hours

TODAY = date(2026, 11, 24)
PAY = {"基本給": 220_000, "職務手当": 12_000, "通勤手当": 8_000}
MONDAY = date(2026, 11, 2)


def test_l1_4_a_week_of_44_hours() -> None:
    week = [Span(date(2026, 11, day), 540, 1020) for day in range(2, 7)]
    week.append(Span(date(2026, 11, 7), 540, 780))
    assert split_hours(week)[Kind.OVERTIME, False] == 240
    assert (Kind.OVERTIME, False) not in split_hours(week, is_small=True)


@pytest.mark.parametrize(
    ("kind", "night", "hours", "yen"),
    [
        (Kind.OVERTIME, False, 10, 18_125),
        (Kind.OVERTIME, True, 2, 4_350),
        (Kind.HOLIDAY, False, 8, 15_660),
        (Kind.HOLIDAY, True, 2, 4_640),
    ],
)
def test_l1_5_premiums(kind: Kind, night: bool, hours: int, yen: int) -> None:
    base = hourly_base(PAY, 160, TODAY).value
    assert premium_pay({(kind, night): hours * 60}, base, TODAY).value == yen


def test_l1_5_the_base_and_what_the_commuting_allowance_would_make_of_it() -> None:
    base = hourly_base(PAY, 160, TODAY)
    assert base.value == 1_450
    assert base.steps[0].result == "通勤手当"
    assert Fraction(sum(PAY.values()), 160) == 1_500


@pytest.mark.parametrize(
    ("kind", "night", "rate"),
    [
        (Kind.SCHEDULED, True, "0.25"),
        (Kind.OVERTIME, False, "1.25"),
        (Kind.OVERTIME, True, "1.5"),
        (Kind.OVER60, False, "1.5"),
        (Kind.OVER60, True, "1.75"),
        (Kind.HOLIDAY, False, "1.35"),
        (Kind.HOLIDAY, True, "1.6"),
    ],
)
def test_premiums_add_up(kind: Kind, night: bool, rate: str) -> None:
    paid = premium_pay({(kind, night): 60}, Fraction(100_000), TODAY).value
    assert paid == 100_000 * Fraction(rate)


def test_l1_5_sixty_hours_passed() -> None:
    hours = {(Kind.OVERTIME, False): 3_600, (Kind.OVER60, False): 300}
    assert premium_pay(hours, hourly_base(PAY, 160, TODAY).value, TODAY).value == 119_625


@given(st.integers(0, 1400), st.integers(2, 1400), st.data())
def test_splitting_a_shift_anywhere_never_changes_its_pay(start: int, length: int, data) -> None:
    cut = start + data.draw(st.integers(1, length - 1))
    holidays = {date(2026, 11, 3)}
    whole = split_hours([Span(MONDAY, start, start + length)], holidays=holidays)
    parts = [Span(MONDAY, cut, start + length), Span(MONDAY, start, cut)]
    assert split_hours(parts, holidays=holidays) == whole
    assert sum(whole.values()) == length


@given(
    st.lists(st.tuples(st.integers(0, 27), st.integers(0, 1200), st.integers(2, 900)), max_size=8),
    st.sets(st.integers(0, 27), max_size=4),
    st.integers(900, 5_000),
    st.data(),
)
def test_shifts_of_a_month_cut_anywhere_are_paid_the_same_yen(
    shifts: list[tuple[int, int, int]], free: set[int], wage: int, data
) -> None:
    """Past midnight, into a 法定休日, past 60 hours of overtime: the pay in yen stays."""
    whole, parts, end = [], [], 0
    for number, start, length in sorted(shifts):
        first = number * 1_440 + start
        if first < end:
            continue
        end = first + length
        day = MONDAY + timedelta(days=number)
        cut = data.draw(st.integers(start + 1, start + length - 1))
        whole.append(Span(day, start, start + length))
        parts += [Span(day, start, cut), Span(day, cut, start + length)]
    holidays = {MONDAY + timedelta(days=number) for number in free}
    pay = [
        premium_pay(split_hours(spans, holidays=holidays), Fraction(wage), TODAY).value
        for spans in (whole, parts[::-1])
    ]
    assert pay[0] == pay[1]


def test_overlapping_spans_are_told() -> None:
    with pytest.raises(ValueError, match="重なっています"):
        split_hours([Span(MONDAY, 540, 720), Span(MONDAY, 700, 900)])


def test_l1_6_the_minimum_wage_by_date() -> None:
    assert minimum_wage_test({"基本給": 200_000}, 160, date(2026, 9, 30)).holds
    test = minimum_wage_test({"基本給": 200_000}, 160, date(2026, 10, 1))
    assert (test.holds, test.missing, test.needed_salary) == (False, 29, 204_640)


def test_l1_7_limits_of_a_year() -> None:
    hours = [40, 45, 50, 30, 20, 35, 45, 38, 25, 15, 30, 28]
    test = examine_limits([Month(month) for month in hours], TODAY)
    assert (test.year, test.months_over, test.needs_special, test.breaches) == (401, 1, True, ())
    assert "82.5" in examine_limits([Month(90), Month(75)], TODAY).breaches[0].working
    assert not examine_limits([Month(80, 19)], TODAY).breaches
    assert examine_limits([Month(80, 20)], TODAY).breaches


@pytest.mark.parametrize(
    ("hours", "needs_special", "breaches"),
    [
        ([30] * 12, False, []),
        ([31, *[30] * 11], True, []),
        ([45], False, []),
        ([46], True, []),
        ([75] * 6 + [45] * 6, True, []),
        ([76, *[75] * 5, *[45] * 6], True, ["年の時間外"]),
        ([46] * 7 + [20] * 5, True, ["月の限度を超えた回数"]),
        ([46] * 6 + [45] * 6, True, []),
        ([80, 80], True, []),
        ([80, 81], True, ["1〜2か月目の平均"]),
        ([99, 61], True, []),
    ],
)
def test_l1_7_each_limit_on_both_sides(
    hours: list[int], needs_special: bool, breaches: list[str]
) -> None:
    test = examine_limits([Month(month) for month in hours], TODAY)
    assert test.needs_special is needs_special
    assert [step.label for step in test.breaches] == breaches


def test_l1_7_work_on_holidays_counts_in_two_limits_alone() -> None:
    test = examine_limits([Month(40, 41), Month(40, 40)], TODAY)
    assert (test.needs_special, test.months_over, test.year) == (False, 0, 80)
    assert [step.label for step in test.breaches] == ["1〜2か月目の平均"]


@pytest.mark.parametrize(
    ("number", "days", "hours", "granted"), [(0, 4, 32, 10), (2, 4, 24, 9), (3, 3, 18, 8)]
)
def test_l1_8_days_of_leave(number: int, days: int, hours: int, granted: int) -> None:
    assert leave_grant(date(2023, 4, 1), number, Pattern(days, hours)).days == granted


def test_l1_8_the_first_grant_and_too_little_attendance() -> None:
    grant = leave_grant(date(2026, 4, 1), 0, Pattern(5, 40))
    assert (grant.granted_on, grant.five_days_by) == (date(2026, 10, 1), date(2027, 9, 30))
    few = leave_grant(date(2026, 4, 1), 0, Pattern(5, 40), attendance=Fraction(95, 120))
    assert (few.days, few.five_days_by) == (0, None)


def slip(**changes: int):
    return payslip(
        {**PAY, "時間外": 18_125},
        paid_on=date(2026, 11, 25),
        closed_on=date(2026, 11, 15),
        average_pay=240_000,
        resident_tax=10_500,
        **{"age": 32, **changes},
    )


def test_l2_1_the_payslip() -> None:
    made = slip()
    assert (made.gross, made.standard, made.health, made.child_support) == (
        258_125,
        240_000,
        11_904,
        276,
    )
    assert (made.pension, made.employment, made.insurance) == (21_960, 1_291, 35_431)
    assert (made.taxable, made.income_tax, made.net) == (214_694, 4_840, 207_354)
    assert made.employers["雇用保険"] == Decimal("2194.0625")
    assert made.employers["労災保険"] == Decimal("774.375")
    assert made.employers["子ども・子育て拠出金"] == 864
    assert slip(dependants=1).income_tax == 3_230
    older = slip(age=45, tax=0)
    assert (older.health, older.care) == (13_848, 1_944)


@pytest.mark.parametrize(
    ("worker", "people", "social", "employment"),
    [
        (Worker(22), 8, False, True),
        (Worker(22), 60, True, True),
        (Worker(30), 8, True, True),
        (Worker(18), 60, False, False),
        (Worker(25, is_student=True), 60, False, False),
    ],
)
def test_l2_2_enrolment(worker: Worker, people: int, social: bool, employment: bool) -> None:
    assert in_social_insurance(worker, people, TODAY).holds is social
    assert in_employment_insurance(worker, TODAY).holds is employment


def test_the_last_day_of_the_wage_test() -> None:
    paid = [Worker(22, monthly_wage=wage) for wage in (87_999, 88_000)]
    last, next_day = date(2026, 9, 30), date(2026, 10, 1)
    assert [in_social_insurance(worker, 51, last).holds for worker in paid] == [False, True]
    assert [in_social_insurance(worker, 51, next_day).holds for worker in paid] == [True, True]
    with pytest.raises(ValueError, match="月額賃金を入れて"):
        in_social_insurance(Worker(22), 51, last)


def test_the_wage_test_ended_with_september_2026_and_sizes_shrink() -> None:
    worker = Worker(22, monthly_wage=87_999)
    assert not in_social_insurance(worker, 51, date(2026, 9, 30)).holds
    assert in_social_insurance(worker, 51, date(2026, 10, 1)).holds
    assert not in_social_insurance(worker, 50, date(2027, 9, 30)).holds
    assert in_social_insurance(worker, 36, date(2027, 10, 1)).holds


def test_l2_4_and_l2_6_days_of_leaving() -> None:
    assert leaving(date(2026, 3, 30)).last_premium == date(2026, 2, 28)
    assert leaving(date(2026, 3, 31)).loss == date(2026, 4, 1)
    assert leaving(date(2026, 3, 31)).last_premium == date(2026, 3, 31)
    assert leaving(date(2028, 2, 29)).last_premium == date(2028, 2, 29)
    assert leaving(date(2026, 11, 30)).employment_notice == date(2026, 12, 11)


def test_l2_5_notice() -> None:
    average = average_wage(660_000, 92)
    assert average == Decimal("7173.91")
    assert dismissal_allowance(average, None, date(2026, 11, 30)) == 215_217
    assert dismissal_allowance(average, date(2026, 11, 18), date(2026, 11, 30)) == 129_130
    assert pay_cut_limit(average, TODAY) == 3_586


def test_l2_7_the_sixth_contract() -> None:
    contracts = [(date(year, 4, 1), date(year + 1, 3, 31)) for year in range(2022, 2029)]
    assert indefinite_right_from(contracts) == date(2027, 4, 1)
    assert indefinite_right_from(contracts[:5]) is None
