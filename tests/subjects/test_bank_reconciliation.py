from manabiba_subjects.bank_reconciliation import Reconciliation, reconcile


def test_a_transfer_that_the_bank_has_not_debited_explains_the_difference() -> None:
    found = reconcile(1_238_488, 1_218_488, not_yet_debited=[20_000])
    assert found == Reconciliation(1_218_488, 1_218_488)
    assert found.agrees


def test_each_side_is_corrected_by_what_it_did_not_know() -> None:
    found = reconcile(
        500_000, 499_000, not_yet_credited=[3_000], unbooked_in=[4_000, 440], unbooked_out=[220]
    )
    assert (found.bank, found.books, found.difference) == (503_000, 503_220, -220)
    assert not found.agrees
