"""How a result came about: each step with its rule, its article, and how far that was checked."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Generic, TypeVar

from .dated_table import DatedRow, Status
from .periods import in_words

T = TypeVar("T")


@dataclass(frozen=True)
class Step:
    """One step, in Japanese: what is asked, how it was found, what came out, and by which rule.

    `as_of` is the 基準日 of the rule; a convention of the course has none.
    """

    label: str
    working: str
    result: str
    rule: str
    status: Status
    as_of: date | None = None
    note: str = ""

    def __str__(self) -> str:
        found = f"{self.working} → {self.result}" if self.working else self.result
        told = [self.rule]
        if self.as_of is not None:
            told.append(f"基準日{in_words(self.as_of)}")
        if self.status is not Status.VERIFIED:
            told.append(self.status.value)
        return f"{self.label}: {found}({'、'.join(told)})"


@dataclass(frozen=True)
class Figure(Generic[T]):
    """A value, a figure or a day, and the steps that lead to it."""

    value: T
    steps: tuple[Step, ...]

    @property
    def is_certain(self) -> bool:
        """Whether every rule on the way was checked: only then may it decide a grade."""
        return is_certain(self.steps)


@dataclass(frozen=True)
class Verdict:
    """Whether something holds, and why; None means that it has to be asked (要確認)."""

    holds: bool | None
    steps: tuple[Step, ...]

    @property
    def is_certain(self) -> bool:
        """Whether every rule on the way was checked: only then may it decide a grade."""
        return self.holds is not None and is_certain(self.steps)


def by_rule(row: DatedRow, label: str, working: str, result: str) -> Step:
    """A step by a row of law, with its source, status and 基準日."""
    return Step(label, working, result, row.source, row.status, row.read_on, row.note)


def by_convention(label: str, working: str, result: str, rule: str) -> Step:
    """A step by something that the course settles and no law does: a rounding, an assumption."""
    return Step(label, working, result, rule, Status.CONVENTION)


def is_certain(steps: Iterable[Step]) -> bool:
    """Whether none of the steps rests on something unverified."""
    return all(step.status is not Status.UNVERIFIED for step in steps)


def yen(amount: int | Decimal | Fraction) -> str:
    """An amount as people write it; at most three digits below the yen.

    >>> yen(1450), yen(Decimal("7173.91")), yen(Fraction(4000, 3))
    ('1,450円', '7,173.91円', '1,333.333…円')
    """
    return f"{plain(amount)}円"


def percent(rate: Decimal) -> str:
    """A rate in per cent, as people write it.

    >>> percent(Decimal("0.0992")), percent(Decimal("0.183"))
    ('9.92%', '18.3%')
    """
    return f"{plain(rate * 100)}%"


def per_mille(rate: Decimal) -> str:
    """A rate of 労働保険, as people write it.

    >>> per_mille(Decimal("0.005")), per_mille(Decimal("0.0085"))
    ('5/1000', '8.5/1000')
    """
    return f"{plain(rate * 1000)}/1000"


def plain(number: int | Decimal | Fraction) -> str:
    """A number as people write it, with … where digits are left off.

    >>> plain(Fraction(205, 2)), plain(12000)
    ('102.5', '12,000')
    """
    exact = Fraction(number)
    cut = Decimal(int(exact * 1000)) / 1000
    text = f"{cut.normalize():,f}"
    return text if Fraction(cut) == exact else f"{text}…"
