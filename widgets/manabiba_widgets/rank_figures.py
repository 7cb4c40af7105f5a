"""What an answer says of the items of a ranking: their values and products."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from .judgement import Part, mapping_of, text_of
from .number_text import NumberTextError, parse_number
from .rank_key import LEAST, MOST, RankSpec

_CHOICES = {str(value): value for value in range(LEAST, MOST + 1)}


@dataclass(frozen=True)
class Figures:
    """What could be read: values by (item, scale), products of all items, and what is missing."""

    values: Mapping[tuple[str, str], int]
    products: Mapping[str, Decimal]
    gaps: tuple[Part, ...]


def read_figures(spec: RankSpec, answer: Mapping[str, Any]) -> Figures:
    """The chosen values and typed products of an answer."""
    chosen, typed = mapping_of(answer.get("values")), mapping_of(answer.get("products"))
    values: dict[tuple[str, str], int] = {}
    products: dict[str, Decimal] = {}
    gaps = []
    for item in spec.items:
        if item.given is not None:
            value, problem = _read_product(text_of(typed.get(item.id)))
            if value is None:
                gaps.append(Part(input=item.id, ok=False, message=problem))
            else:
                products[item.id] = value
            continue
        own = mapping_of(chosen.get(item.id))
        found = [_CHOICES.get(text_of(own.get(scale.id))) for scale in spec.scales]
        for scale, chosen_value in zip(spec.scales, found, strict=True):
            if chosen_value is None:
                message = f"{scale.label}を1から5で選んでください。"
                gaps.append(Part(input=f"{item.id}.{scale.id}", ok=False, message=message))
            else:
                values[item.id, scale.id] = chosen_value
        if found[0] is not None and found[1] is not None:
            products[item.id] = Decimal(found[0] * found[1])
    return Figures(values, products, tuple(gaps))


def _read_product(text: str) -> tuple[Decimal | None, str]:
    try:
        value = parse_number(text, unit="点")
    except NumberTextError as error:
        return None, str(error)
    return value, "2つの点をかけた数を入れてください。" if value is None else ""
