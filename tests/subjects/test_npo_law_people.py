"""Members, officers, purposes, forms: the answers N1-1 to N1-8 from their inputs."""

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from manabiba_subjects import OutsideTableError
from manabiba_subjects.npo_law import (
    Board,
    Cause,
    Form,
    Group,
    Person,
    Use,
    Weight,
    can_take,
    count_members,
    examine_auditors,
    examine_board,
    examine_numbers,
    examine_paid,
    examine_relatives,
    examine_vacancy,
    fields_of_activity,
    last_day_of_term,
    may_pursue,
    may_use_surplus,
    paid_limit,
)

TODAY = date(2026, 11, 24)


@pytest.mark.parametrize(("officers", "limit"), [(6, 2), (4, 1), (5, 1), (9, 3)])
def test_n1_1_a_third_of_the_officers_may_be_paid(officers: int, limit: int) -> None:
    assert paid_limit(officers, TODAY).value == limit
    assert examine_paid(limit, officers, TODAY).holds
    assert not examine_paid(limit + 1, officers, TODAY).holds


@pytest.mark.parametrize(
    ("officers", "family", "holds"), [(5, 2, False), (6, 2, True), (9, 3, False), (4, 1, True)]
)
def test_n1_2_relatives_meet_two_tests(officers: int, family: int, holds: bool) -> None:
    verdict = examine_relatives(family, officers, TODAY)
    assert verdict.holds is holds
    assert [step.rule for step in verdict.steps] == ["特定非営利活動促進法21条"] * 2
    assert verdict.is_certain


def test_n1_2_three_of_nine_fail_by_their_number_alone() -> None:
    number, third = examine_relatives(3, 9, TODAY).steps
    assert (number.result, third.result) == ("満たさない", "満たす")


def test_n1_3_only_those_with_a_vote_are_members() -> None:
    people = {Person.VOTING_MEMBER: 8, Person.SUPPORTING_MEMBER: 30, Person.EMPLOYEE: 5}
    test = count_members(people, TODAY)
    assert (test.holds, test.members, test.missing) == (False, 8, 2)
    assert count_members({Person.VOTING_MEMBER: 10}, TODAY).holds
    assert count_members({Person.SUPPORTING_MEMBER: 99}, TODAY).missing == 10


def test_n1_4_the_twenty_fields() -> None:
    fields = fields_of_activity(TODAY)
    assert list(fields) == list(range(1, 21))
    assert {number: fields[number] for number in (1, 2, 3, 4, 7, 8, 9, 13, 14, 17)} == {
        1: "保健、医療又は福祉の増進",
        2: "社会教育の推進",
        3: "まちづくりの推進",
        4: "観光の振興",
        7: "環境の保全",
        8: "災害救援活動",
        9: "地域安全活動",
        13: "子どもの健全育成",
        14: "情報化社会の発展",
        17: "職業能力の開発又は雇用機会の拡充の支援",
    }
    assert fields[19].endswith("連絡、助言又は援助")


def test_n1_5_an_employee_cannot_be_auditor_and_a_spouse_can() -> None:
    verdict = examine_auditors(TODAY, are_directors=False, are_employees=True)
    assert (verdict.holds, verdict.steps[0].rule) == (False, "特定非営利活動促進法19条")
    assert not examine_auditors(TODAY, are_directors=True, are_employees=False).holds
    assert examine_board(Board(directors=5, auditors=1, families=[2]), TODAY).holds


@pytest.mark.parametrize(
    ("cause", "weight", "holds"),
    [
        (Cause.POLICY_PROPOSAL, Weight.MAIN_AIM, True),
        (Cause.CANDIDATE, Weight.SIDE_AIM, False),
        (Cause.OTHER, Weight.MAIN_AIM, True),
        (Cause.POLITICS, Weight.MAIN_AIM, False),
        (Cause.POLITICS, Weight.SIDE_AIM, True),
        (Cause.RELIGION, Weight.MAIN_AIM, False),
        (Cause.RELIGION, Weight.NO_AIM, True),
    ],
)
def test_n1_6_religion_and_politics(cause: Cause, weight: Weight, holds: bool) -> None:
    assert may_pursue(cause, weight, TODAY).holds is holds


def test_n1_8_the_profit_of_other_business_serves_the_main_activities() -> None:
    verdicts = {use: may_use_surplus(use, TODAY) for use in Use}
    assert [verdict.holds for verdict in verdicts.values()] == [True, False]
    assert all(verdict.is_certain for verdict in verdicts.values())
    assert "特定非営利活動促進法5条1項" in str(verdicts[Use.SHARE].steps[0])


def test_n1_7_four_people_in_a_hurry_found_no_npo() -> None:
    group = Group(people=4, days=30)
    assert [can_take(form, group, TODAY).holds for form in Form] == [False, True, True]
    assert not can_take(Form.ASSOCIATION, group, TODAY).is_certain
    assert can_take(Form.NPO, Group(people=10), TODAY).is_certain
    assert not can_take(Form.NPO, Group(people=10, in_fields=False), TODAY).holds
    legal = Group(people=4, needs_legal_person=True)
    assert not can_take(Form.VOLUNTARY, legal, TODAY).holds


@pytest.mark.parametrize(
    ("directors", "auditors", "holds"), [(3, 1, True), (2, 1, False), (3, 0, False), (2, 2, False)]
)
def test_three_directors_and_an_auditor(directors: int, auditors: int, holds: bool) -> None:
    assert examine_numbers(directors, auditors, TODAY).holds is holds


@pytest.mark.parametrize(
    ("quota", "serving", "may_wait"), [(6, 4, True), (6, 3, False), (5, 4, True), (5, 3, False)]
)
def test_vacancies_beyond_a_third_are_filled(quota: int, serving: int, may_wait: bool) -> None:
    assert examine_vacancy(quota, serving, TODAY).holds is may_wait


@pytest.mark.parametrize(
    ("appointed", "last"),
    [
        (date(2026, 6, 20), date(2028, 6, 19)),
        (date(2026, 3, 1), date(2028, 2, 29)),
        (date(2024, 2, 29), date(2026, 2, 28)),
    ],
)
def test_a_term_ends_within_two_years(appointed: date, last: date) -> None:
    assert last_day_of_term(appointed).value == last


@given(st.integers(4, 60), st.integers(0, 60))
def test_paid_officers_are_at_most_a_third_whatever_their_number(officers: int, paid: int) -> None:
    holds = examine_paid(paid, officers, TODAY).holds
    assert holds is (Fraction(paid, officers) <= Fraction(1, 3))


@given(st.integers(4, 60), st.data())
def test_a_smaller_family_never_fails_where_a_larger_passes(officers: int, data) -> None:
    family = data.draw(st.integers(0, officers - 1))
    if examine_relatives(family + 1, officers, TODAY).holds:
        assert examine_relatives(family, officers, TODAY).holds
    if officers <= 5 and family >= 2:
        assert not examine_relatives(family, officers, TODAY).holds


@given(
    st.builds(
        Board,
        directors=st.integers(0, 9),
        auditors=st.integers(0, 3),
        paid=st.integers(0, 9),
        auditors_also_directors=st.integers(0, 1),
        auditors_also_employees=st.integers(0, 1),
    )
)
def test_a_board_is_right_when_each_of_its_tests_is(board: Board) -> None:
    each = (
        examine_numbers(board.directors, board.auditors, TODAY),
        examine_paid(board.paid, board.officers, TODAY),
        examine_auditors(
            TODAY,
            are_directors=board.auditors_also_directors > 0,
            are_employees=board.auditors_also_employees > 0,
        ),
    )
    assert examine_board(board, TODAY).holds is all(one.holds for one in each)


def test_impossible_numbers_and_days_are_told() -> None:
    with pytest.raises(ValueError, match="役員4人のうち親族5人"):
        examine_relatives(5, 4, TODAY)
    with pytest.raises(OutsideTableError, match=r"役員の数.*2021年6月9日から"):
        examine_numbers(3, 1, date(2021, 6, 8))
