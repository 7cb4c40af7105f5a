"""ハラスメント: `kind_of(incident)`, `harassment_duty(kind, on)`, `harassment_measures(on)`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from ..dated_table import dated_tables
from ..derivation import Step, Verdict, by_rule
from ..periods import in_words
from ._rules import rule


class Harassment(StrEnum):
    """A kind that an employer has to prevent; its value is its name in the table."""

    POWER = "パワーハラスメント"
    SEXUAL = "セクシュアルハラスメント"
    FAMILY = "妊娠・出産・育児・介護のハラスメント"
    CUSTOMER = "カスタマーハラスメント"
    APPLICANT = "求職者等へのセクシュアルハラスメント"


class By(StrEnum):
    """Who does it."""

    SUPERIOR = "役員・上司など立場が上の人"
    COLLEAGUE = "同僚"
    CUSTOMER = "利用者・家族・取引先"


class About(StrEnum):
    """What it is about."""

    SEXUAL = "性的なこと"
    FAMILY = "妊娠・出産・育児・介護"
    OTHER = "そのほか"


@dataclass(frozen=True)
class Incident:
    """What happened, as far as its kind depends on it; `to_applicant`: to somebody who applied."""

    by: By
    about: About
    to_applicant: bool = False


def kind_of(incident: Incident) -> Harassment | None:
    """The kind that an incident looks like; None where it has to be talked over with someone.

    >>> kind_of(Incident(By.SUPERIOR, About.OTHER))
    <Harassment.POWER: 'パワーハラスメント'>
    """
    if incident.about is About.SEXUAL:
        return Harassment.APPLICANT if incident.to_applicant else Harassment.SEXUAL
    if incident.to_applicant:
        return None
    if incident.by is By.CUSTOMER:
        return Harassment.CUSTOMER
    if incident.about is About.FAMILY:
        return Harassment.FAMILY
    return Harassment.POWER if incident.by is By.SUPERIOR else None


def harassment_duty(kind: Harassment, on: date) -> Verdict:
    """Whether every employer has to prevent this kind on a day, and since when as far as known."""
    row = rule("duties", "harassment", on)
    holds = kind in row.words("kinds")
    rows = dated_tables("labour/duties.toml")["harassment"].rows
    first = next(row for row in rows if kind in row.words("kinds"))
    told = "義務がある" if holds else f"{in_words(first.effective_from)}から義務になる"
    return Verdict(holds, (by_rule(row if holds else first, str(kind), in_words(on), told),))


def harassment_measures(on: date) -> dict[str, Step]:
    """The measures that are taken against every kind, each with its rule."""
    row = rule("duties", "harassment_measures", on)
    return {name: by_rule(row, "措置", "", name) for name in row.words("measures")}
