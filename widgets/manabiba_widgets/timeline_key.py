"""The steps of a timeline, what is right about them, and an author's mistakes in both."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from itertools import pairwise

from . import dates
from .dates import DateField, DatesKey, DatesSpec
from .order import OrderSpec
from .part_ids import id_errors


@dataclass(frozen=True)
class TimelineStep:
    """A step of a procedure.

    `given` is its date, shown from the start; with `asks_date` the date is to be worked out. A step
    with neither has no date. `year` is as in `DateField`.
    """

    id: str
    label: str
    note: str = ""
    given: date | None = None
    asks_date: bool = False
    year: int | date | None = None


@dataclass(frozen=True)
class TimelineSpec:
    """The steps in the order in which they are first shown."""

    steps: tuple[TimelineStep, ...]

    @property
    def order(self) -> OrderSpec:
        """What is asked of the order."""
        return OrderSpec({step.id: step.label for step in self.steps})

    @property
    def dates(self) -> DatesSpec:
        """What is asked of the dates."""
        asked = [step for step in self.steps if step.asks_date]
        return DatesSpec(tuple(DateField(step.id, step.label, step.year) for step in asked))

    @property
    def given(self) -> dict[str, date]:
        """The dates that are there from the start."""
        return {step.id: step.given for step in self.steps if step.given is not None}


@dataclass(frozen=True)
class TimelineKey:
    """The right order, others that are right too, and the right date of each asked step."""

    order: tuple[str, ...]
    also: tuple[tuple[str, ...], ...] = ()
    dates: Mapping[str, date] = field(default_factory=dict)
    order_mistakes: Mapping[tuple[str, str], str] = field(default_factory=dict)
    date_mistakes: Mapping[str, Mapping[date, str]] = field(default_factory=dict)
    explanation: str = ""

    @property
    def orders(self) -> tuple[tuple[str, ...], ...]:
        """All orders that are right."""
        return (self.order, *self.also)


def spec_errors(spec: TimelineSpec) -> list[str]:
    """All of the author's mistakes in the steps."""
    return [
        *([] if len(spec.steps) > 1 else ["a timeline needs two steps or more"]),
        *id_errors("step", [step.id for step in spec.steps]),
        *(
            f"step {step.id}: its date is given and asked for"
            for step in spec.steps
            if step.given is not None and step.asks_date
        ),
    ]


def key_errors(spec: TimelineSpec, key: TimelineKey) -> list[str]:
    """All of the author's mistakes in a key."""
    shown = tuple(step.id for step in spec.steps)
    errors = [
        f"the order {', '.join(right)} must name each step once"
        for right in key.orders
        if sorted(right) != sorted(shown)
    ]
    named = {step for pair in key.order_mistakes for step in pair}
    errors += [f"order_mistakes names {step}, there is no such step" for step in named - {*shown}]
    errors += dates.key_errors(spec.dates, DatesKey(key.dates, key.date_mistakes))
    if errors:
        return errors
    if shown in key.orders:
        errors.append("the steps are shown in a right order already")
    errors += [
        f"the order {', '.join(right)} is listed {n} times"
        for right, n in Counter(key.orders).items()
        if n > 1
    ]
    errors += [
        f"the order mistake {first} before {second} is a right order"
        for first, second in key.order_mistakes
        if any(right.index(first) <= right.index(second) for right in key.orders)
    ]
    days = {**spec.given, **key.dates}
    for right in key.orders:
        errors += [
            f"the order puts {first} ({days[first]}) before {second} ({days[second]})"
            for first, second in pairwise(step for step in right if step in days)
            if days[first] > days[second]
        ]
    return errors
