"""Comparing the bank's balance with the books' (残高照合)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Reconciliation:
    """Both balances after what each side did not know yet; in yen."""

    bank: int
    books: int

    @property
    def difference(self) -> int:
        """Bank less books; 0 when they agree."""
        return self.bank - self.books

    @property
    def agrees(self) -> bool:
        """Whether nothing is left to be explained."""
        return self.difference == 0


def reconcile(
    bank: int,
    books: int,
    *,
    not_yet_debited: Sequence[int] = (),
    not_yet_credited: Sequence[int] = (),
    unbooked_in: Sequence[int] = (),
    unbooked_out: Sequence[int] = (),
) -> Reconciliation:
    """Both balances corrected: what the bank has not moved yet, what the books have not written.

    >>> reconcile(1_238_488, 1_218_488, not_yet_debited=[20_000]).agrees
    True
    """
    return Reconciliation(
        bank=bank - sum(not_yet_debited) + sum(not_yet_credited),
        books=books + sum(unbooked_in) - sum(unbooked_out),
    )
