"""What speaks for and against a form of organisation; what is unverified never decides."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from manabiba_subjects.dated_table import Status
from manabiba_subjects.npo_law import Form, Stance, Topic, Wish, conditions_of, traits_of, weigh

ON = date(2026, 11, 24)
FITTING = Wish(people=10, officers=4)


def stances(form: Form, wish: Wish) -> dict[str, str]:
    return {step.label: step.result for step in weigh(form, wish, ON).steps}


def test_an_npo_that_meets_all_verified_conditions_has_nothing_against_it() -> None:
    assert weigh(Form.NPO, FITTING, ON).holds is True
    assert set(stances(Form.NPO, FITTING).values()) == {Stance.FOR}


@pytest.mark.parametrize(
    ("change", "topic"),
    [
        ({"people": 9}, Topic.PEOPLE),
        ({"officers": 3}, Topic.OFFICERS),
        ({"officers": 5, "relatives": 2}, Topic.RELATIVES),
        ({"officers": 9, "relatives": 3}, Topic.RELATIVES),
        ({"in_fields": False}, Topic.PURPOSE),
        ({"accepts_disclosure": False}, Topic.DISCLOSURE),
    ],
)
def test_a_verified_point_against_an_npo_decides(change: dict[str, int], topic: Topic) -> None:
    wish = replace(FITTING, **change)
    assert weigh(Form.NPO, wish, ON).holds is False
    assert stances(Form.NPO, wish)[topic] == Stance.AGAINST


def test_six_officers_may_have_a_couple_among_them() -> None:
    wish = replace(FITTING, officers=6, relatives=2)
    assert weigh(Form.NPO, wish, ON).holds is True
    assert stances(Form.NPO, wish)[Topic.RELATIVES] == Stance.FOR


def test_a_hurry_is_unverified_and_leaves_it_open() -> None:
    for days in (30, 365):
        assert weigh(Form.NPO, replace(FITTING, days=days), ON).holds is None


def test_what_is_not_decided_yet_has_to_be_asked() -> None:
    wish = replace(FITTING, in_fields=None, accepts_disclosure=None)
    assert weigh(Form.NPO, wish, ON).holds is None
    found = stances(Form.NPO, wish)
    assert found[Topic.PURPOSE] == found[Topic.DISCLOSURE] == Stance.ASK


def test_n1_7_four_people_in_a_hurry_that_need_a_legal_person() -> None:
    wish = Wish(people=4, days=30, needs_legal_person=True)
    assert [weigh(form, wish, ON).holds for form in Form] == [False, None, None]
    assert stances(Form.ASSOCIATION, wish)[Topic.LEGAL_PERSON] == Stance.FOR
    assert stances(Form.VOLUNTARY, wish)[Topic.LEGAL_PERSON] == Stance.AGAINST


def test_more_relatives_than_officers_are_told() -> None:
    with pytest.raises(ValueError, match="役員4人のうち親族5人"):
        weigh(Form.NPO, replace(FITTING, relatives=5), ON)


@given(
    form=st.sampled_from(Form),
    wish=st.builds(
        Wish,
        people=st.integers(0, 50),
        officers=st.integers(5, 20),
        relatives=st.integers(0, 5),
        in_fields=st.sampled_from([True, False, None]),
        days=st.none() | st.integers(0, 400),
        needs_legal_person=st.booleans(),
        accepts_disclosure=st.sampled_from([True, False, None]),
    ),
)
def test_only_what_is_verified_decides_and_every_stance_has_its_words(
    form: Form, wish: Wish
) -> None:
    verdict = weigh(form, wish, ON)
    assert all(step.working and step.rule for step in verdict.steps)
    against = [step for step in verdict.steps if step.result == Stance.AGAINST]
    if verdict.holds is False:
        assert any(step.status is not Status.UNVERIFIED for step in against)
    if verdict.holds is True:
        assert verdict.is_certain and not against


def test_the_three_forms_are_compared_in_the_same_respects() -> None:
    npo, association, voluntary = (traits_of(form, ON) for form in Form)
    assert list(npo) == list(association) == list(voluntary)
    assert npo["人数"][0] == "社員10人以上"
    assert association["登録免許税"][0] == "60,000円"
    unverified = [name for name, (_, row) in npo.items() if row.status is Status.UNVERIFIED]
    assert unverified == ["期間の目安", "契約・口座"]
    checked = {name for name, (_, row) in association.items() if row.status is Status.VERIFIED}
    assert checked == {"根拠", "役員", "つくり方", "登録免許税", "情報公開"}
    assert {row.status for _, row in voluntary.values()} == {Status.UNVERIFIED}


def test_only_an_npo_asks_about_relatives() -> None:
    asking = [
        form for form in Form if any(c.topic is Topic.RELATIVES for c in conditions_of(form, ON))
    ]
    assert asking == [Form.NPO]
