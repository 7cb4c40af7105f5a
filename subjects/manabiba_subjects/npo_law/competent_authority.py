"""Which office an organisation belongs to (所轄庁): its offices decide, not where it works."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from ..derivation import Figure, Step, by_rule
from ._rules import rule


@dataclass(frozen=True)
class Office:
    """An office named in the articles (事務所); the first of a list is the main one."""

    prefecture: str
    city: str


YOKOHAMA = "横浜市長"
"""The authority of an organisation all of whose offices are in Yokohama."""


def competent_authority(offices: Sequence[Office], on: date) -> Figure[str]:
    """The 所轄庁: the governor of the main office's prefecture, or the mayor (9条).

    The mayor where all offices are inside one 指定都市. Only Kanagawa's 指定都市 are in the table.
    Raises ValueError without an office.

    >>> yokohama, kawasaki = Office("神奈川県", "横浜市"), Office("神奈川県", "川崎市")
    >>> competent_authority([yokohama], date(2026, 11, 24)).value
    '横浜市長'
    >>> competent_authority([yokohama, kawasaki], date(2026, 11, 24)).value
    '神奈川県知事'
    """
    if not offices:
        raise ValueError("事務所が1つもありません。主たる事務所を入れてください。")
    main = offices[0]
    law = rule("procedures", "authority", on)
    cities = list(dict.fromkeys(office.city for office in offices))
    working = f"主たる事務所は{main.prefecture}{main.city}、事務所のある市町村は{'・'.join(cities)}"
    if len(cities) > 1:
        name = f"{main.prefecture}知事"
        return Figure(name, (by_rule(law, "所轄庁", working, f"{name}(1つの市に収まらない)"),))
    steps: list[Step] = []
    named = rule("procedures", "designated_cities", on)
    is_designated = main.city in named.words("cities")
    if main.city == YOKOHAMA.removesuffix("長"):
        page = rule("procedures", "authority_yokohama", on)
        steps.append(by_rule(page, "横浜市だけに事務所がある", working, "横浜市に申請する"))
    else:
        told = "指定都市である" if is_designated else "神奈川県の指定都市でない"
        steps.append(by_rule(named, f"{main.city}は指定都市か", "", told))
    name = f"{main.city}長" if is_designated else f"{main.prefecture}知事"
    steps.append(by_rule(law, "所轄庁", working, name))
    return Figure(name, tuple(steps))
