"""The items and scales of a ranking, what is right about them, and an author's mistakes in both."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from .order import OrderSpec
from .part_ids import id_errors

LEAST, MOST = 1, 5
Values = tuple[int, int]
RankMistake = tuple[str, str] | tuple[str, int] | tuple[str, str, int]
"""What a message is about: `(a, b)` a was put before b though it belongs behind it, `(item, 8)`
this was typed as its product, `(item, scale, 5)` this was chosen as its value."""


@dataclass(frozen=True)
class Scale:
    """What items are valued by, 1 to 5; `levels` are the words of these five."""

    id: str
    label: str
    levels: Sequence[str] = ()


@dataclass(frozen=True)
class RankItem:
    """Something to be ranked.

    `given` are its two values, shown from the start; its product is then asked for. Without them
    both values are chosen, and the page shows their product.
    """

    id: str
    label: str
    given: Values | None = None
    note: str = ""


@dataclass(frozen=True)
class RankSpec:
    """The items in the order in which they are first shown, and the two scales."""

    items: tuple[RankItem, ...]
    scales: tuple[Scale, Scale]

    @property
    def order(self) -> OrderSpec:
        """What is asked of the order."""
        return OrderSpec({item.id: item.label for item in self.items})

    @property
    def given(self) -> dict[str, Values]:
        """The values that are there from the start."""
        return {item.id: item.given for item in self.items if item.given is not None}

    @property
    def asked(self) -> tuple[str, ...]:
        """The items whose values are chosen."""
        return tuple(item.id for item in self.items if item.given is None)


@dataclass(frozen=True)
class RankKey:
    """The right values, within `tolerance`, and the right order.

    Without `values` those chosen are the participant's own; without `order` the greater product
    comes first, and equal ones may stand either way.
    """

    values: Mapping[str, Values] | None = None
    order: tuple[str, ...] | None = None
    tolerance: int = 0
    mistakes: Mapping[RankMistake, str] = field(default_factory=dict)
    explanation: str = ""

    def right_values(self, spec: RankSpec) -> dict[str, Values]:
        """The values that are known: those given and those of this key."""
        return {**spec.given, **(self.values or {})}

    def products(self, spec: RankSpec) -> dict[str, int] | None:
        """Every item's product, or None where some are the participant's own."""
        values = self.right_values(spec)
        if len(values) < len(spec.items):
            return None
        return {item.id: values[item.id][0] * values[item.id][1] for item in spec.items}

    def places(self, spec: RankSpec) -> dict[str, int] | None:
        """Where each item belongs, the least first; None where that is the participant's own."""
        products = self.products(spec)
        if products is None:
            return None
        if self.order is not None:
            return {item: place for place, item in enumerate(self.order)}
        return {item: -value for item, value in products.items()}


def is_in_order(places: Mapping[str, float], order: Iterable[str]) -> bool:
    """Whether nobody's place is behind the next one's."""
    return all(places[a] <= places[b] for a, b in pairwise(order))


def spec_errors(items: Sequence[RankItem], scales: Sequence[Scale]) -> list[str]:
    """All of the author's mistakes in items and scales."""
    errors = [] if len(items) > 1 else ["a ranking needs two items or more"]
    if len(scales) != 2:
        errors.append(f"a ranking has two scales, not {len(scales)}")
    errors += id_errors("item", [item.id for item in items])
    errors += id_errors("scale", [scale.id for scale in scales])
    errors += [
        f"scale {scale.id}: {len(scale.levels)} levels; name all five or none"
        for scale in scales
        if len(scale.levels) not in (0, MOST)
    ]
    for item in items:
        errors += _value_errors(f"item {item.id}", item.given) if item.given is not None else []
    return errors


def key_errors(spec: RankSpec, key: RankKey) -> list[str]:
    """All of the author's mistakes in a key."""
    errors = []
    if key.values is not None:
        errors += [f"no values for item {i}" for i in spec.asked if i not in key.values]
        errors += [
            f"values names {item}, whose values are given"
            if item in spec.given
            else f"values names {item}, there is no such item"
            for item in key.values
            if item not in spec.asked
        ]
        for item, values in key.values.items():
            errors += _value_errors(f"values of {item}", values)
    if key.tolerance not in (0, 1):
        errors.append(f"tolerance {key.tolerance}: 0 or 1")
    elif key.tolerance and not key.values:
        errors.append("a tolerance is for values of the key")
    if key.order is not None and sorted(key.order) != sorted(spec.order.steps):
        errors.append(f"the order {', '.join(key.order)} must name each item once")
    return errors or [*_order_errors(spec, key), *_mistake_errors(spec, key)]


def _value_errors(where: str, values: object) -> list[str]:
    is_right = (
        isinstance(values, tuple)
        and len(values) == 2
        and all(type(value) is int and LEAST <= value <= MOST for value in values)
    )
    return [] if is_right else [f"{where}: {values!r} is not a pair of numbers {LEAST} to {MOST}"]


def _order_errors(spec: RankSpec, key: RankKey) -> list[str]:
    products = key.products(spec)
    if products is None:
        return [] if key.order is None else ["an order is for values that are given or in the key"]
    errors = [
        f"the order puts {first} ({products[first]}) before {second} ({products[second]})"
        for first, second in pairwise(key.order or ())
        if products[first] < products[second]
    ]
    places = key.places(spec)
    if not errors and places and is_in_order(places, spec.order.steps):
        errors.append("the items are shown in a right order already")
    return errors


def _mistake_errors(spec: RankSpec, key: RankKey) -> list[str]:
    """Messages that nobody would see, or that would be about something right."""
    places, values = key.places(spec), key.right_values(spec)
    scales = [scale.id for scale in spec.scales]
    errors = []
    for about in key.mistakes:
        where = f"the mistake {about}"
        item, what = about[0], about[1]
        if item not in spec.order.steps:
            errors.append(f"{where}: there is no item {item}")
        elif len(about) == 3:
            if what not in scales:
                errors.append(f"{where}: there is no scale {what}")
            elif item not in (key.values or {}):
                errors.append(f"{where}: the key has no value for it")
            elif abs(values[item][scales.index(str(what))] - about[2]) <= key.tolerance:
                errors.append(f"{where}: this value is right")
            elif not LEAST <= about[2] <= MOST:
                errors.append(f"{where}: the value cannot be chosen")
        elif isinstance(what, int):
            if item not in spec.given:
                errors.append(f"{where}: its product is not asked for")
            elif what == values[item][0] * values[item][1]:
                errors.append(f"{where}: this product is right")
        elif what not in spec.order.steps:
            errors.append(f"{where}: there is no item {what}")
        elif places is None:
            errors.append(f"{where}: the order is the participant's own")
        elif places[item] <= places[what]:
            errors.append(f"{where}: this is a right order")
    return errors
