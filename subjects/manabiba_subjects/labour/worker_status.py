"""労働者性: `view_status(factors, on)` says what points which way, never a certain yes or no."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from ..derivation import Step, by_convention, by_rule
from ._rules import rule


class Likelihood(StrEnum):
    """How likely somebody would be taken for a worker (労働者)."""

    HIGH = "労働者と判断される可能性が高い"
    LOW = "労働者と判断される可能性は低い"
    OPEN = "総合判断(社会保険労務士や労働基準監督署に相談する)"


@dataclass(frozen=True)
class StatusView:
    """A view of the factors present; `towards` and `against` are those that were counted."""

    likelihood: Likelihood
    towards: tuple[str, ...]
    against: tuple[str, ...]
    steps: tuple[Step, ...]

    @property
    def accepted(self) -> frozenset[Likelihood]:
        """What an answer may say: 総合判断 is right as well where two factors are present."""
        if len(self.towards) + len(self.against) >= 2:
            return frozenset({self.likelihood, Likelihood.OPEN})
        return frozenset({self.likelihood})


def status_factors(on: date) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The factors that speak for a worker, and those that speak against."""
    row = rule("hiring", "worker_factors", on)
    return row.words("towards"), row.words("against")


def view_status(factors: Collection[str], on: date) -> StatusView:
    """What the factors present (texts of `status_factors`) point to. Raises ValueError for others.

    >>> view_status(["来られる日だけ参加する", "実費だけが払われる"], date(2026, 11, 24)).likelihood
    <Likelihood.LOW: '労働者と判断される可能性は低い'>
    """
    row, law = rule("hiring", "worker_factors", on), rule("hiring", "worker", on)
    towards = tuple(name for name in row.words("towards") if name in factors)
    against = tuple(name for name in row.words("against") if name in factors)
    unknown = set(factors) - {*towards, *against}
    if unknown:
        raise ValueError(f"表にない事情です: {'、'.join(sorted(unknown))}")
    many = rule("hiring", "worker_view", on)
    likelihood = Likelihood.OPEN
    if len(towards) >= many["many"] and not against:
        likelihood = Likelihood.HIGH
    elif against and not towards:
        likelihood = Likelihood.LOW
    steps = (
        by_rule(law, "見る順", "", law.note),
        *(by_rule(row, "労働者とみる方に働く", "", name) for name in towards),
        *(by_rule(row, "労働者でないとみる方に働く", "", name) for name in against),
        by_convention(
            "見立て", f"{len(towards)}つと{len(against)}つ", str(likelihood), many.source
        ),
    )
    return StatusView(likelihood, towards, against, steps)
