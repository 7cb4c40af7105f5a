"""Measuring how a group reaches people (情報発信): rates with their denominators, two versions."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from math import comb

from .proportion import Proportion, round_half_up

CHANCE_LIMIT = Fraction(1, 20)
"""Below this probability we call chance alone unlikely: a convention of the course."""


@dataclass(frozen=True)
class Measure:
    """One rate: its name, and in words what is divided by what."""

    name: str
    part_name: str
    whole_name: str
    value: Proportion

    @property
    def words(self) -> str:
        """Such as 「クリック率 = クリック48÷配信1,600 = 3.0%」."""
        divided = f"{self.part_name}{self.value.part:,}÷{self.whole_name}{self.value.whole:,}"
        return f"{self.name} = {divided} = {self.value.percent()}%"


@dataclass(frozen=True)
class Mailing:
    """How many mails were sent and opened, how many people clicked, how many gave."""

    sent: int
    opened: int
    clicked: int
    gave: int

    @property
    def open_rate(self) -> Measure:
        """開封率: opened of all that was sent."""
        return Measure("開封率", "開封", "配信", Proportion(self.opened, self.sent))

    @property
    def click_rate(self) -> Measure:
        """クリック率: clicks of all that was sent."""
        return Measure("クリック率", "クリック", "配信", Proportion(self.clicked, self.sent))

    @property
    def click_rate_of_openers(self) -> Measure:
        """開封者クリック率: clicks of those that were opened."""
        return Measure(
            "開封者クリック率", "クリック", "開封", Proportion(self.clicked, self.opened)
        )

    @property
    def conversion(self) -> Measure:
        """転換率: those who gave, of those who clicked."""
        return Measure("転換率", "寄附", "クリック", Proportion(self.gave, self.clicked))

    @property
    def measures(self) -> tuple[Measure, ...]:
        """All four, from the top of the funnel down."""
        return (self.open_rate, self.click_rate, self.click_rate_of_openers, self.conversion)


@dataclass(frozen=True)
class Comparison:
    """Two versions side by side; `chance` is the two-sided p-value of Fisher's exact test."""

    first: Proportion
    second: Proportion
    chance: Fraction

    @property
    def may_be_chance(self) -> bool:
        """Whether a difference like this is not rare without any real one."""
        return self.chance >= CHANCE_LIMIT

    @property
    def words(self) -> str:
        """What may honestly be said about the difference, in Japanese."""
        shown = f"{self.first.percent()}%と{self.second.percent()}%"
        if self.first.exact == self.second.exact:
            return f"{shown}で、差はありません。"
        times = self.chance * 100
        often = "100回に1回より少なく" if times < 1 else f"100回に{round_half_up(times, 0)}回くらい"
        happens = f"どちらの案も同じ効き目だとしても、これくらいの差は{often}出ます。"
        if self.may_be_chance:
            return f"{shown}です。{happens}差は偶然かもしれません。もっと多くの人で確かめましょう。"
        return (
            f"{shown}です。{happens}偶然だけでは説明しにくい差です。"
            "それでも、相手や時期の違いが理由かもしれません。"
        )


def compare(first: Proportion, second: Proportion) -> Comparison:
    """Compare two versions by Fisher's exact test (two-sided), in whole numbers throughout.

    The p-value adds up every table with the same margins that is no likelier than the observed
    one. Meant for the hundreds of people of a newsletter, not for millions.

    >>> compared = compare(Proportion(18, 100), Proportion(30, 120))
    >>> compared.may_be_chance, float(round(compared.chance, 3))
    (True, 0.252)
    """
    hits = first.part + second.part
    lowest, highest = max(0, hits - second.whole), min(hits, first.whole)

    def weight(part: int) -> int:
        return comb(first.whole, part) * comb(second.whole, hits - part)

    observed = weight(first.part)
    weights = [weight(part) for part in range(lowest, highest + 1)]
    unlikely = sum(one for one in weights if one <= observed)
    return Comparison(first, second, Fraction(unlikely, sum(weights)))
