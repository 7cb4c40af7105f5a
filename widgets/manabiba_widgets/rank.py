"""Rank: items valued on two scales, and put in the order of their products."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from itertools import pairwise
from typing import Any

from .exercise import CheckMode, Exercise, Solution, refuse
from .judgement import Judgement, Part, formal, incomplete, mapping_of, of_score, text_of
from .number_text import format_number
from .order import in_place, order_of
from .rank_figures import Figures, read_figures
from .rank_key import (
    RankItem,
    RankKey,
    RankMistake,
    RankSpec,
    Scale,
    Values,
    key_errors,
    spec_errors,
)

FOLLOWED = "順番は、あなたの点をかけた数の大きい順になっています。"
_OPEN = "まだ入っていない点や数があります。"
_NO_ORDER = "順番を入れかえるか、「この順番でよい」を押してください。"
_MOVE = "この項目の場所を見直しましょう。"


def judge(spec: RankSpec, key: RankKey | None, answer: Mapping[str, Any]) -> Judgement:
    """Half of the score by values and products, half by the order.

    An order that is right by the participant's own products earns its half. Where all values are
    the participant's own, the order is everything. A value is told at the input `<item>.<scale>`,
    a product at `<item>`, an item's place at `order.<item>`.
    """
    figures, order = read_figures(spec, answer), order_of(spec.order, answer)
    missing = [*([_OPEN] if figures.gaps else []), *([] if order else [_NO_ORDER])]
    is_begun = bool(order or figures.values or figures.products)
    if missing and (key is None or not is_begun):
        return incomplete("\n\n".join(missing), figures.gaps)
    if key is None:
        return formal()
    told = _judge_figures(spec, key, figures)
    placed = _judge_order(spec, key, figures, order, all(part.ok for part in told))
    asked = len(spec.given) + 2 * len(key.values or ())
    score = placed.score
    if asked:
        score = (sum(part.ok for part in told) / asked + score) / 2
    parts = (*figures.gaps, *told, *placed.parts)
    if missing:
        return Judgement(
            score=score, status="incomplete", message="\n\n".join(missing), parts=parts
        )
    if not asked:
        return of_score(score, placed.message, parts)
    if score == 1.0 and placed.message != FOLLOWED:
        return of_score(score, "点も順番も合っています。", parts)
    first = "点は合っています。" if all(p.ok for p in told) else "印のついた点を見直しましょう。"
    return of_score(score, f"{first}\n\n{placed.message}", parts)


def _judge_figures(spec: RankSpec, key: RankKey, figures: Figures) -> tuple[Part, ...]:
    """A part for each value and product that is there and has a right one."""
    parts = []
    for item in spec.items:
        if item.given is not None:
            if item.id in figures.products:
                parts.append(_judge_product(key, item.id, item.given, figures.products[item.id]))
            continue
        for scale, right in zip(spec.scales, (key.values or {}).get(item.id, ()), strict=False):
            value = figures.values.get((item.id, scale.id))
            if value is not None:
                parts.append(_judge_value(key, item.id, scale.id, right, value))
    return tuple(parts)


def _judge_product(key: RankKey, item: str, given: Values, value: Decimal) -> Part:
    if value == given[0] * given[1]:
        return Part(input=item, ok=True)
    known = key.mistakes.get((item, int(value)), "") if value == int(value) else ""
    if not known and value == given[0] + given[1]:
        known = "足すのではなく、2つの点をかけます。"
    return Part(
        input=item, ok=False, message=known or "2つの点をかけた数を、もう一度確かめましょう。"
    )


def _judge_value(key: RankKey, item: str, scale: str, right: int, value: int) -> Part:
    where = f"{item}.{scale}"
    if abs(value - right) <= key.tolerance:
        return Part(input=where, ok=True)
    general = f"もう少し{'高く' if value < right else '低く'}なりそうです。理由を考えてみましょう。"
    return Part(input=where, ok=False, message=key.mistakes.get((item, scale, value), general))


def _judge_order(
    spec: RankSpec, key: RankKey, figures: Figures, order: Sequence[str], is_accepted: bool
) -> Judgement:
    """The share of neighbours in a right order: the key's, or that of the own products."""
    if not order:
        return incomplete(_NO_ORDER)
    right, products = key.places(spec), key.products(spec)
    own: dict[str, Decimal] | None = None
    if len(figures.products) == len(spec.items):
        own = {item: -value for item, value in figures.products.items()}
    if own and products and all(own[item] == -value for item, value in products.items()):
        own = None
    targets: list[Mapping[str, int | Decimal]] = []
    if right is not None and not (own and is_accepted):
        targets.append(right)
    if own is not None:
        targets.append(own)
    if not targets:
        return incomplete("点がそろうと、順番も確かめられます。")

    def share(places: Mapping[str, int | Decimal]) -> float:
        return sum(places[a] <= places[b] for a, b in pairwise(order)) / (len(order) - 1)

    places = max(targets, key=share)
    if share(places) == 1.0:
        message = FOLLOWED if places is own else "正しい順番です。"
        return of_score(1.0, message, tuple(Part(input=f"order.{i}", ok=True) for i in order))
    kept = in_place(order, sorted(order, key=places.__getitem__))
    told: dict[str, list[str]] = {item: [] for item in order if item not in kept}
    for about, text in key.mistakes.items():
        first, second = about[0], about[1]
        if len(about) == 3 or isinstance(second, int) or places[first] <= places[second]:
            continue
        if order.index(first) < order.index(second):
            told.setdefault(first, []).append(text)
    parts = tuple(
        Part(
            input=f"order.{item}",
            ok=item not in told,
            message="\n".join(told[item] or [_MOVE]) if item in told else "",
        )
        for item in order
    )
    message = "かけた数の大きい順になっていないところがあります。"
    return of_score(share(places), message, parts)


class Rank(Exercise):
    """Items by two values.

    Answer: `{"values": {id: {scale: "4"}}, "products": {id: text as typed}, "order": [ids]}`.
    """

    kind = "rank"

    def __init__(
        self,
        exercise_id: str,
        *,
        title: str,
        prompt: str,
        items: Sequence[RankItem],
        scales: tuple[Scale, Scale],
        hints: Sequence[str] = (),
        check: CheckMode = "full",
    ) -> None:
        refuse(exercise_id, spec_errors(items, scales))
        self._spec = RankSpec(tuple(items), scales)
        super().__init__(
            exercise_id,
            title=title,
            prompt=prompt,
            hints=hints,
            check=check,
            items=[
                {
                    "id": item.id,
                    "label": item.label,
                    "note": item.note,
                    "given": list(item.given) if item.given else None,
                }
                for item in items
            ],
            scales=[
                {"id": scale.id, "label": scale.label, "levels": list(scale.levels)}
                for scale in scales
            ],
        )

    def key(
        self,
        *,
        values: Mapping[str, Values] | None = None,
        order: Sequence[str] | None = None,
        tolerance: int = 0,
        mistakes: Mapping[RankMistake, str] | None = None,
        explanation: str = "",
    ) -> None:
        """Set the right values and the right order.

        Without `values` those chosen are the participant's own and only have to fit the order.
        With a `tolerance` of 1 each may be one off. Without `order` the greater product comes
        first. `mistakes` tells what to say about a known mistake (see `RankMistake`).
        """
        key = RankKey(
            values=None if values is None else dict(values),
            order=None if order is None else tuple(order),
            tolerance=tolerance,
            mistakes=dict(mistakes or {}),
            explanation=explanation,
        )
        refuse(self.exercise_id, key_errors(self._spec, key))
        self._key = key

    def judge(self, answer: Mapping[str, Any], *, with_key: bool) -> Judgement:
        return judge(self._spec, self._key if with_key else None, answer)

    def words(self, answer: Mapping[str, Any]) -> str:
        figures = read_figures(self._spec, answer)
        typed = mapping_of(answer.get("products"))
        shown = {}
        for item in self._spec.items:
            if item.given is not None:
                product = text_of(typed.get(item.id)).strip()
                if item.id in figures.products:
                    product = format_number(figures.products[item.id])
                shown[item.id] = self._line(item.given, product) if product else ""
                continue
            found = [figures.values.get((item.id, scale.id)) for scale in self._spec.scales]
            if found != [None, None]:
                own = figures.products.get(item.id)
                shown[item.id] = self._line(found, "" if own is None else format_number(own))
        order = order_of(self._spec.order, answer)
        labels = self._spec.order.steps
        if order:
            return self._lines(order, shown)
        return "\n".join(f"{labels[item]}: {text}" for item, text in shown.items() if text)

    def solution(self) -> Solution | None:
        if self._key is None:
            return None
        places, products = self._key.places(self._spec), self._key.products(self._spec)
        shown = {
            item: self._line(pair, str(pair[0] * pair[1]))
            for item, pair in self._key.right_values(self._spec).items()
        }
        if places is None or products is None:
            labels = self._spec.order.steps
            lines = [f"{labels[item]}: {text}" for item, text in shown.items()]
            lines.append("点はあなたの見方によります。2つの点をかけた数の大きい順に並べます。")
            return Solution("\n".join(lines), self._key.explanation)
        answer = self._lines(sorted(places, key=places.__getitem__), shown)
        if self._key.order is None and len({*products.values()}) < len(products):
            answer += "\nかけた数が同じものは、どちらが先でもかまいません。"
        if self._key.tolerance:
            answer += "\n点は、1つ違っていてもかまいません。"
        return Solution(answer, self._key.explanation)

    def _line(self, values: Sequence[int | None], product: str) -> str:
        """「影響5 × 実現性3 = 15」."""
        told = [
            f"{scale.label}{'?' if value is None else value}"
            for scale, value in zip(self._spec.scales, values, strict=True)
        ]
        return " × ".join(told) + (f" = {product}" if product else "")

    def _lines(self, order: Sequence[str], shown: Mapping[str, str]) -> str:
        labels = self._spec.order.steps
        return "\n".join(
            f"{n}. {labels[item]}{f': {shown[item]}' if shown.get(item) else ''}"
            for n, item in enumerate(order, 1)
        )
