"""Whether something is 収益事業 for the corporation tax: listed, continuous, not excepted."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from ..derivation import Step, Verdict, by_rule
from ._rules import rule

CONTRACTING = "請負業"
"""The business that work for an office at cost falls under."""


@dataclass(frozen=True)
class Activity:
    """What brings money in: the listed business it resembles, and how it is done.

    `business` is "" where nothing is sold (会費, 寄附金). `times_a_year` is None for something
    done all year. `protected_workers` are those of 5条2項2号, of `workers` in all, in a business
    that serves their living.
    """

    business: str = ""
    times_a_year: int | None = None
    protected_workers: int = 0
    workers: int = 0


def examine_profit_business(activity: Activity, on: date) -> Verdict:
    """Whether an activity is 収益事業; None where the tax office has to be asked.

    Raises ValueError for a business that is not one of the 34.

    >>> examine_profit_business(Activity(), date(2026, 11, 24)).holds
    False
    >>> examine_profit_business(Activity("物品販売業"), date(2026, 11, 24)).holds
    True
    """
    listed = rule("tax", "businesses", on)
    names = listed.words("names")
    if not activity.business:
        step = by_rule(listed, f"{len(names)}の業種", "対価のある事業でない", "収益事業でない")
        return Verdict(False, (step,))
    if activity.business not in names:
        raise ValueError(
            f"「{activity.business}」は収益事業の{len(names)}の業種にありません。"
            "業種の名前を確かめてください。"
        )
    steps: list[Step] = [by_rule(listed, f"{len(names)}の業種", "", activity.business)]
    if activity.workers:
        row = rule("tax", "protected", on)
        if activity.protected_workers >= activity.workers * row.share("share"):
            working = f"{activity.workers}人のうち{activity.protected_workers}人"
            told = "除外されうる(税務署・税理士に確認)"
            return Verdict(None, (*steps, by_rule(row, "従事する人", working, told)))
    if activity.times_a_year is not None:
        seldom = rule("tax", "bazaar", on)
        if activity.times_a_year <= seldom.whole("times"):
            working = f"年{activity.times_a_year}回"
            told = "継続しているとはいえない"
            return Verdict(False, (*steps, by_rule(seldom, "継続性", working, told)))
    continuity = rule("tax", "continuity", on)
    steps.append(by_rule(continuity, "継続性", "継続して事業場を設けている", "当てはまる"))
    if activity.business == CONTRACTING:
        at_cost = rule("tax", "at_cost", on)
        told = "要確認(実費弁償の確認を受けられることがある)"
        return Verdict(None, (*steps, by_rule(at_cost, "実費弁償", "", told)))
    return Verdict(True, tuple(steps))
