"""The principles of paying wages, and what may be taken off them."""

from datetime import date

import pytest

from manabiba_subjects.labour.payment import may_deduct, payment_principles

TODAY = date(2026, 11, 24)


def test_five_principles_with_their_article() -> None:
    principles = payment_principles(TODAY)
    assert len(principles) == 5
    assert all("24条" in step.rule for step in principles.values())


@pytest.mark.parametrize(
    ("name", "has_agreement", "holds"),
    [
        ("源泉所得税", False, True),
        ("雇用保険料", False, True),
        ("弁当代", False, False),
        ("振込手数料", False, False),
        ("弁当代", True, True),
    ],
)
def test_what_law_does_not_name_needs_an_agreement(
    name: str, has_agreement: bool, holds: bool
) -> None:
    verdict = may_deduct(name, has_agreement=has_agreement, on=TODAY)
    assert verdict.holds is holds
    assert verdict.steps[0].label == name
    assert ("書面の協定" in verdict.steps[0].result) is not holds
