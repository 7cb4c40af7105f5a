"""The public support test of 認定NPO法人 (PST), both ways: 相対値 and 絶対値."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from math import floor

from ..derivation import Figure, Step, Verdict, by_rule, plain, yen
from ._rules import rule


@dataclass(frozen=True)
class Donor:
    """What one donor gave in a fiscal year, in yen.

    `household` is the same for donors who live on one budget (生計同一); they count once.
    """

    yen: int
    household: str
    is_named: bool = True
    is_officers_household: bool = False


@dataclass(frozen=True)
class Donation:
    """What one donor gave in the period; `is_special`: 特定公益増進法人等 or 認定NPO法人."""

    yen: int
    is_special: bool = False


@dataclass(frozen=True)
class SupportTest(Verdict):
    """A test with its exact figure: the average number of donors, or the share of donations."""

    figure: Fraction


def count_donors(donors: Iterable[Donor], on: date) -> Figure[int]:
    """How many donors of a year count: named, enough, no officer's household, households once."""
    row = rule("certification", "absolute", on)
    least = row.whole("yen")
    everyone = tuple(donors)
    officers = {donor.household for donor in everyone if donor.is_officers_household}
    given: dict[str, int] = {}
    for donor in everyone:
        if donor.is_named and donor.household not in officers:
            given[donor.household] = given.get(donor.household, 0) + donor.yen
    counted = sum(amount >= least for amount in given.values())
    step = by_rule(
        row,
        "数える寄附者",
        f"{len(everyone)}人から、役員と生計を一にする人、氏名等が明らかでない人、"
        f"年{yen(least)}に満たない人を除く(生計同一の人は1人)",
        f"{counted}人",
    )
    return Figure(counted, (step,))


def absolute_test(donors_by_year: Sequence[int], on: date, *, months: int) -> SupportTest:
    """Whether there were 100 donors a year on average; `months` is the length of the period.

    `donors_by_year` are the numbers of `count_donors`, officers and their households left out.

    >>> test = absolute_test([120, 85], date(2026, 11, 24), months=24)
    >>> test.holds, float(test.figure)
    (True, 102.5)
    """
    if months < 1:
        raise ValueError("実績判定期間の月数を1以上で入れてください。")
    row = rule("certification", "absolute", on)
    needed = row.whole("donors")
    total = sum(donors_by_year)
    average = Fraction(total * 12, months)
    holds = average >= needed
    working = f"{'+'.join(str(count) for count in donors_by_year)}={total}人、×12÷{months}"
    result = f"平均{plain(average)}人、{needed}人以上{'で合格' if holds else 'でないので不合格'}"
    return SupportTest(holds, (by_rule(row, "PST絶対値基準", working, result),), average)


def countable_donations(donations: Sequence[Donation], on: date) -> Figure[int]:
    """The donations that count for 相対値: of one donor at most 10 % (special: 50 %) of all.

    >>> gifts = [Donation(500_000), *[Donation(88_000)] * 10]
    >>> countable_donations(gifts, date(2026, 11, 24)).value
    1018000
    """
    row = rule("certification", "cap", on)
    total = sum(donation.yen for donation in donations)
    steps: list[Step] = []
    counted = 0
    for donation in donations:
        limit = floor(total * row.share("special" if donation.is_special else "share"))
        counted += min(donation.yen, limit)
        if donation.yen > limit:
            over = donation.yen - limit
            steps.append(
                by_rule(
                    row,
                    "1人の寄附の上限",
                    f"{yen(donation.yen)}、上限は寄附金総額{yen(total)}のうち{yen(limit)}",
                    f"{yen(over)}を除く",
                )
            )
    steps.append(by_rule(row, "数える寄附金", f"総額{yen(total)}", yen(counted)))
    return Figure(counted, tuple(steps))


def relative_test(
    donations: int, ordinary_income: int, on: date, *, left_out: Sequence[int] = ()
) -> SupportTest:
    """Whether donations are a fifth of the income; both in yen, `left_out` not part of the income.

    `donations` are those of `countable_donations`; `left_out` are subsidies and the like.

    >>> test = relative_test(1_150_000, 5_500_000, date(2026, 11, 24))
    >>> test.holds, round(float(test.figure), 3)
    (True, 0.209)
    """
    row = rule("certification", "relative", on)
    income = ordinary_income - sum(left_out)
    if income <= 0:
        raise ValueError("経常収入が0円以下になります。除く額を確かめてください。")
    share, needed = Fraction(donations, income), row.share("share")
    holds = share >= needed
    minus = "".join(f"−{amount:,}" for amount in left_out)
    working = f"{donations:,}÷({ordinary_income:,}{minus})" if left_out else ""
    working = working or f"{donations:,}÷{ordinary_income:,}"
    parts = f"{needed.denominator}分の{needed.numerator}"
    result = f"{float(share):.2%}、{parts}以上{'で合格' if holds else 'でないので不合格'}"
    return SupportTest(holds, (by_rule(row, "PST相対値基準", working, result),), share)
