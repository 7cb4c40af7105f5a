"""Work rules, harassment, enrolment and the days of every year: L1-6, L2-3, L2-8, L2-9, L2-11."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from manabiba_subjects.dated_table import OutsideTableError, Status
from manabiba_subjects.labour.claims import Claim, examine_claim
from manabiba_subjects.labour.enrolment import (
    Worker,
    in_employment_insurance,
    in_social_insurance,
    may_be_dependant,
    wage_test_at_minimum,
)
from manabiba_subjects.labour.harassment import (
    About,
    By,
    Harassment,
    Incident,
    harassment_duty,
    harassment_measures,
    kind_of,
)
from manabiba_subjects.labour.premiums import minimum_wage_shortfall, minimum_wage_test
from manabiba_subjects.labour.work_rules import (
    Workplace,
    may_be_locked_away,
    need_consent,
    work_rules_duty,
    work_rules_steps,
)
from manabiba_subjects.labour.yearly_duties import joining, maternity_leave, yearly_deadlines

TODAY = date(2026, 11, 24)


def test_l1_6_what_an_hourly_wage_lacks() -> None:
    assert minimum_wage_shortfall(1_230, 80, date(2026, 10, 31)).value == 3_920
    assert minimum_wage_shortfall(1_230, 80, date(2026, 9, 30)).value == 0
    assert minimum_wage_shortfall(1_225, 80, date(2026, 9, 30)).value == 0
    assert minimum_wage_shortfall(1_278, 1, date(2026, 10, 1)).value == 1
    assert minimum_wage_test({"基本給": 200_000}, 160, date(2026, 9, 15)).holds


@given(st.integers(1, 3_000), st.integers(0, 300))
def test_a_shortfall_and_the_wage_make_the_minimum_wage(hourly: int, hours: int) -> None:
    lacking = minimum_wage_shortfall(hourly, hours, TODAY).value
    assert lacking + hourly * hours == max(1_279, hourly) * hours


def test_l2_3_why_the_wage_test_became_moot() -> None:
    test = wage_test_at_minimum(20, date(2026, 10, 1))
    assert (test.monthly, test.limit, test.needed_hourly) == (110_846, 88_000, 1_016)
    assert test.is_moot
    assert "1,016円×20時間×52週÷12か月=88,053円" in test.steps[-1].working
    assert test.steps[0].status is Status.CONVENTION


@pytest.mark.parametrize(("hours", "moot"), [(20, True), (16, True), (15, False), (1, False)])
def test_fewer_hours_do_not_reach_the_limit(hours: int, moot: bool) -> None:
    assert wage_test_at_minimum(hours, TODAY).is_moot is moot


@pytest.mark.parametrize(
    ("people", "on", "insured"),
    [
        (51, date(2027, 9, 30), True),
        (50, date(2027, 9, 30), False),
        (36, date(2027, 10, 1), True),
        (35, date(2027, 10, 1), False),
        (21, date(2029, 9, 30), False),
        (21, date(2029, 10, 1), True),
        (11, date(2032, 9, 30), False),
        (11, date(2032, 10, 1), True),
        (1, date(2035, 9, 30), False),
        (1, date(2035, 10, 1), True),
    ],
)
def test_the_size_test_shrinks_on_its_days(people: int, on: date, insured: bool) -> None:
    assert in_social_insurance(Worker(20), people, on).holds is insured


def test_l2_2_three_quarters_of_the_hours() -> None:
    assert in_social_insurance(Worker(30), 8, TODAY).holds
    assert not in_social_insurance(Worker(29), 8, TODAY).holds


@pytest.mark.parametrize(
    ("hours", "days", "insured"), [(20, 31, True), (19, 365, False), (20, 30, False)]
)
def test_l2_2_twenty_hours_and_thirty_one_days(hours: int, days: int, insured: bool) -> None:
    worker = Worker(hours, expected_days=days)
    assert in_employment_insurance(worker, TODAY).holds is insured


def test_the_income_of_a_dependant() -> None:
    assert may_be_dependant(1_299_999, date(2026, 4, 1)).holds
    assert not may_be_dependant(1_300_000, date(2026, 4, 1)).holds
    with pytest.raises(OutsideTableError, match="2026年4月1日から"):
        may_be_dependant(1, date(2026, 3, 31))


@pytest.mark.parametrize(
    ("places", "duty"),
    [
        ([Workplace("本部", 6), Workplace("教室", 5)], False),
        ([Workplace("本部", 4, 7)], True),
        ([Workplace("本部", 9)], False),
        ([Workplace("本部", 10)], True),
        ([Workplace("本部", 2, 10)], True),
        ([], False),
    ],
)
def test_l2_8_each_workplace_counts_for_itself(places: list[Workplace], duty: bool) -> None:
    verdict = work_rules_duty(places, TODAY)
    assert verdict.holds is duty
    assert [step.label for step in verdict.steps] == [place.name for place in places]


def test_l2_8_heard_not_agreed_and_made_known() -> None:
    assert need_consent(TODAY).holds is False
    assert "意見を聴く" in need_consent(TODAY).steps[0].result
    assert may_be_locked_away(TODAY).holds is False
    steps = work_rules_steps(TODAY)
    assert steps.index("過半数代表者の意見を聴く") < steps.index("労働基準監督署に届け出る")


@pytest.mark.parametrize(
    ("incident", "kind"),
    [
        (Incident(By.CUSTOMER, About.OTHER), Harassment.CUSTOMER),
        (Incident(By.SUPERIOR, About.OTHER), Harassment.POWER),
        (Incident(By.SUPERIOR, About.SEXUAL, to_applicant=True), Harassment.APPLICANT),
        (Incident(By.SUPERIOR, About.FAMILY), Harassment.FAMILY),
        (Incident(By.COLLEAGUE, About.SEXUAL), Harassment.SEXUAL),
        (Incident(By.COLLEAGUE, About.OTHER), None),
        (Incident(By.SUPERIOR, About.OTHER, to_applicant=True), None),
    ],
)
def test_l2_9_incidents_and_kinds(incident: Incident, kind: Harassment | None) -> None:
    assert kind_of(incident) is kind


@pytest.mark.parametrize("kind", Harassment)
def test_l2_9_two_kinds_became_duties_in_october_2026(kind: Harassment) -> None:
    is_new = kind in (Harassment.CUSTOMER, Harassment.APPLICANT)
    before = harassment_duty(kind, date(2026, 9, 30))
    assert before.holds is not is_new
    assert ("2026年10月1日から" in before.steps[0].result) is is_new
    assert harassment_duty(kind, date(2026, 10, 1)).holds


def test_l2_9_four_measures() -> None:
    assert len(harassment_measures(TODAY)) == 4


@pytest.mark.parametrize(
    ("claim", "told"),
    [
        (Claim.TRIAL, "初めの日から"),
        (Claim.TAX_SLIP, "1か月以内"),
        (Claim.ALLOWANCE, "平均賃金の30日分"),
        (Claim.WORK_RULES, "10人以上"),
    ],
)
def test_l2_11_four_claims_are_wrong(claim: Claim, told: str) -> None:
    verdict = examine_claim(claim, TODAY)
    assert verdict.holds is False
    assert told in verdict.steps[0].result


def test_the_days_of_every_year() -> None:
    days = {name: day.value for name, day in yearly_deadlines(2027).items()}
    assert days == {
        "源泉徴収票": date(2027, 1, 31),
        "年度更新": date(2027, 7, 10),
        "定時決定": date(2027, 7, 10),
    }


@pytest.mark.parametrize(
    ("first", "employment"),
    [
        (date(2026, 11, 30), date(2026, 12, 10)),
        (date(2026, 12, 1), date(2027, 1, 10)),
        (date(2028, 1, 31), date(2028, 2, 10)),
    ],
)
def test_the_notices_of_joining(first: date, employment: date) -> None:
    found = joining(first)
    assert found.employment_notice == employment
    assert (found.social_notice - first).days == 5
    assert [step.status for step in found.steps].count(Status.UNVERIFIED) == 1


def test_leave_before_and_after_a_birth() -> None:
    due = date(2028, 2, 29)
    assert maternity_leave(due).value == (date(2028, 1, 19), date(2028, 4, 25))
    assert (due - maternity_leave(due, is_multiple=True).value[0]).days == 14 * 7 - 1
    assert not maternity_leave(due).is_certain
