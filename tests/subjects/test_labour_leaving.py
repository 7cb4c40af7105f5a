"""Leaving, dismissal and contracts in a row: L2-4 to L2-7 and L2-10, with their steps."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from manabiba_subjects.dated_table import Status
from manabiba_subjects.labour.dismissal import (
    Dismissal,
    Employment,
    Reason,
    dismissal_ban_until,
    may_dismiss,
    needs_notice,
)
from manabiba_subjects.labour.leaving import (
    average_wage_figure,
    dismissal_allowance_figure,
    indefinite_right_from,
    leaving,
    leaving_steps,
    non_renewal_notice,
    pay_cut_figure,
)

LAST = date(2026, 11, 30)
AVERAGE = average_wage_figure(660_000, 92, LAST)


@pytest.mark.parametrize(
    ("last", "loss", "told"),
    [
        (date(2026, 3, 30), date(2026, 3, 31), "かからない"),
        (date(2026, 3, 31), date(2026, 4, 1), "かかる"),
        (date(2028, 2, 28), date(2028, 2, 29), "かからない"),
        (date(2028, 2, 29), date(2028, 3, 1), "かかる"),
        (date(2027, 2, 28), date(2027, 3, 1), "かかる"),
        (date(2026, 12, 31), date(2027, 1, 1), "かかる"),
    ],
)
def test_l2_4_the_premium_of_the_last_month(last: date, loss: date, told: str) -> None:
    found = leaving(last)
    assert found.loss == loss
    [premium] = [step for step in found.steps if "保険料" in step.label]
    assert (premium.label, premium.result) == (f"{last.month}月分の保険料", told)


def test_l2_6_and_what_is_not_certain() -> None:
    found = leaving(LAST)
    assert found.employment_notice == date(2026, 12, 11)
    assert found.social_notice == date(2026, 12, 6)
    assert found.tax_slip == date(2026, 12, 31)
    assert [step.status for step in found.steps].count(Status.UNVERIFIED) == 1


def test_l2_10_steps_in_their_order() -> None:
    steps = leaving_steps(LAST)
    assert [step.name for step in steps] == [
        "退職届を受け取る",
        "最後の給与と残りの有休を確かめる",
        "社会保険の資格喪失届",
        "雇用保険の資格喪失届と離職証明書",
        "源泉徴収票を渡す",
        "請求により退職証明書を渡す",
    ]
    days = [step.due for step in steps if step.due]
    assert days == [date(2026, 12, 6), date(2026, 12, 11), date(2026, 12, 31)]


def test_l2_10_a_dismissal_begins_with_its_notice() -> None:
    first = leaving_steps(LAST, is_dismissal=True)[0]
    assert (first.name, first.due) == ("解雇を予告する", date(2026, 10, 31))
    third = leaving_steps(LAST, requested_on=date(2026, 11, 30))[2]
    assert (third.name, third.due) == ("賃金と金品を返す", date(2026, 12, 7))


def test_notice_on_the_day_of_the_steps_leaves_nothing_to_pay() -> None:
    notice = leaving_steps(LAST, is_dismissal=True)[0].due
    assert notice is not None
    assert dismissal_allowance_figure(AVERAGE, notice, LAST).value == 0
    day_late = notice + timedelta(days=1)
    assert dismissal_allowance_figure(AVERAGE, day_late, LAST).value == 7_173


def test_l2_5_with_steps_and_never_certain() -> None:
    assert AVERAGE.value == Decimal("7173.91")
    assert AVERAGE.steps[1].status is Status.UNVERIFIED
    allowance = dismissal_allowance_figure(AVERAGE, None, LAST)
    assert (allowance.value, allowance.is_certain) == (215_217, False)
    assert dismissal_allowance_figure(AVERAGE, date(2026, 11, 18), LAST).value == 129_130
    cut = pay_cut_figure(AVERAGE, LAST)
    assert (cut.value, cut.is_certain) == (3_586, False)
    with pytest.raises(ValueError, match="退職の日より前"):
        dismissal_allowance_figure(AVERAGE, date(2026, 12, 1), LAST)


@given(st.integers(1, 5_000_000), st.integers(1, 92), st.integers(0, 60))
def test_more_notice_never_costs_more(wages: int, calendar_days: int, given_days: int) -> None:
    average = average_wage_figure(wages, calendar_days, LAST)
    with_notice = dismissal_allowance_figure(average, LAST - timedelta(days=given_days), LAST)
    without = dismissal_allowance_figure(average, None, LAST)
    assert 0 <= with_notice.value <= without.value
    assert (with_notice.value == 0) or given_days < 30


@pytest.mark.parametrize(
    ("employment", "hired", "term_ends", "last", "due"),
    [
        (Employment.USUAL, date(2026, 11, 29), None, LAST, True),
        (Employment.TRIAL, date(2026, 11, 17), None, LAST, False),
        (Employment.TRIAL, date(2026, 11, 16), None, LAST, True),
        (Employment.DAILY, date(2026, 11, 1), None, LAST, False),
        (Employment.DAILY, date(2026, 10, 30), None, LAST, True),
        (Employment.SHORT, date(2026, 10, 1), date(2026, 11, 30), LAST, False),
        (Employment.SHORT, date(2026, 10, 1), date(2026, 11, 29), LAST, True),
        (Employment.SEASONAL, date(2026, 8, 1), date(2026, 11, 30), LAST, False),
        (Employment.SEASONAL, date(2026, 7, 1), date(2026, 10, 31), LAST, True),
    ],
)
def test_who_needs_no_notice(
    employment: Employment, hired: date, term_ends: date | None, last: date, due: bool
) -> None:
    assert needs_notice(Dismissal(hired, last, employment, term_ends)).holds is due


@pytest.mark.parametrize("reason", Reason)
def test_at_once_only_with_the_offices_word(reason: Reason) -> None:
    dismissal = Dismissal(date(2020, 4, 1), LAST, reason=reason)
    assert needs_notice(dismissal).holds
    confirmed = Dismissal(date(2020, 4, 1), LAST, reason=reason, is_confirmed=True)
    assert needs_notice(confirmed).holds is False


@pytest.mark.parametrize(
    ("dismissal", "message"),
    [
        (Dismissal(LAST, date(2026, 11, 29)), "雇い入れた日より後"),
        (Dismissal(date(2026, 11, 1), LAST, Employment.SHORT), "期間の終わり"),
        (
            Dismissal(date(2026, 9, 1), LAST, Employment.SHORT, date(2026, 11, 1)),
            "2か月以内の人だけ",
        ),
    ],
)
def test_what_cannot_be_judged_is_told(dismissal: Dismissal, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        needs_notice(dismissal)


def test_nobody_is_dismissed_in_an_absence_or_thirty_days_after() -> None:
    absence = (date(2026, 10, 1), date(2026, 11, 30))
    assert dismissal_ban_until(absence[1]).value == date(2026, 12, 30)
    days = (date(2026, 9, 30), date(2026, 10, 1), date(2026, 12, 30), date(2026, 12, 31))
    found = [may_dismiss(day, absence).holds for day in days]
    assert found == [None, False, False, None]
    assert may_dismiss(LAST, None).holds is None


def test_l2_7_and_contracts_that_begin_on_a_leap_day() -> None:
    yearly = [(date(year, 4, 1), date(year + 1, 3, 31)) for year in range(2022, 2029)]
    assert indefinite_right_from(yearly) == date(2027, 4, 1)
    five = [(date(2024, 2, 29), date(2027, 2, 28)), (date(2027, 3, 1), date(2029, 2, 28))]
    assert indefinite_right_from(five) is None
    assert indefinite_right_from([*five, (date(2029, 3, 1), date(2029, 3, 1))]) == date(2029, 3, 1)
    with pytest.raises(ValueError, match="空白"):
        indefinite_right_from([yearly[0], yearly[2]])


@pytest.mark.parametrize(
    ("contracts", "by"),
    [
        ([(date(2026, 4, 1), date(2027, 3, 31))], None),
        ([(date(2026, 4, 1), date(2027, 4, 1))], date(2027, 3, 2)),
        ([(date(2026, month, 1), date(2026, month, 28)) for month in (1, 2, 3)], None),
        (
            [(date(2026, month, 1), date(2026, month, 28)) for month in (1, 2, 3, 4)],
            date(2026, 3, 29),
        ),
        ([], None),
    ],
)
def test_telling_that_a_contract_is_not_renewed(
    contracts: list[tuple[date, date]], by: date | None
) -> None:
    found = non_renewal_notice(contracts)
    assert (found and found.value) == by
    assert found is None or not found.is_certain


@given(st.dates(date(2023, 4, 1), date(2031, 11, 30)))
def test_the_last_month_costs_a_premium_only_when_it_was_worked_to_its_end(last: date) -> None:
    found = leaving(last)
    is_month_end = (last + timedelta(days=1)).day == 1
    assert (found.last_premium == last) is is_month_end
    assert found.last_premium <= last < found.loss < found.social_notice < found.employment_notice
    [premium] = [step for step in found.steps if "保険料" in step.label]
    assert (premium.result == "かかる") is is_month_end
    due = [step.due for step in leaving_steps(last) if step.due]
    assert due == sorted(due)
