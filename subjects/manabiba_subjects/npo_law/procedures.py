"""Which way a change goes: 認証, 届出, 登記; and the steps of a foundation in their order."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from ..derivation import Step, Verdict, by_rule
from ._rules import rule


class Way(StrEnum):
    """What an organisation has to do about a change."""

    CERTIFICATION = "認証"
    NOTICE = "届出"
    REGISTRATION = "登記"


class Article(StrEnum):
    """What the articles have to contain (11条1項), in the order of its numbers."""

    PURPOSE = "目的"
    NAME = "名称"
    ACTIVITIES = "特定非営利活動の種類及び事業の種類"
    OFFICES = "主たる事務所及びその他の事務所の所在地"
    MEMBERSHIP = "社員の資格の得喪"
    OFFICERS = "役員"
    MEETINGS = "会議"
    ASSETS = "資産"
    ACCOUNTS = "会計"
    FISCAL_YEAR = "事業年度"
    OTHER_BUSINESS = "その他の事業"
    DISSOLUTION = "解散"
    AMENDMENT = "定款の変更"
    PUBLIC_NOTICE = "公告の方法"

    @property
    def number(self) -> int:
        """Its number in 11条1項."""
        return list(Article).index(self) + 1


@dataclass(frozen=True)
class Procedure:
    """What to do about a change, and why."""

    ways: frozenset[Way]
    steps: tuple[Step, ...]


def change_articles(
    article: Article,
    on: date,
    *,
    moves_authority: bool = False,
    only_number: bool = False,
    concerns_residual_assets: bool = False,
) -> Procedure:
    """What a change of the articles needs besides the members' vote (25条).

    `moves_authority`: the offices move to another 所轄庁. `only_number`: of the officers' articles
    only the number changes. `concerns_residual_assets`: the articles on 解散 change that part.

    >>> sorted(change_articles(Article.PURPOSE, date(2026, 11, 24)).ways)
    [<Way.REGISTRATION: '登記'>, <Way.CERTIFICATION: '認証'>]
    """
    row = rule("procedures", "amendment", on)
    certified = article.number in row.series("certified")
    if article is Article.OFFICES:
        certified = certified and moves_authority
    elif article is Article.OFFICERS:
        certified = certified and not only_number
    elif article is Article.DISSOLUTION:
        certified = certified and concerns_residual_assets
    way = Way.CERTIFICATION if certified else Way.NOTICE
    law = row if certified else rule("procedures", "amendment_notice", on)
    working = f"11条1項{article.number}号「{article}」"
    ways, steps = {way}, [by_rule(law, "定款の変更", working, str(way))]
    for key in ("registered", "registered_more"):
        registered = rule("procedures", key, on)
        if article.number in registered.series("items"):
            ways.add(Way.REGISTRATION)
            steps.append(by_rule(registered, "登記", working, "2週間以内に変更の登記もする"))
    return Procedure(frozenset(ways), tuple(steps))


def change_officer(on: date, *, is_representative: bool) -> Procedure:
    """What the coming, going, new name or address of an officer needs: 届出, for 代表者 also 登記.

    >>> sorted(change_officer(date(2026, 11, 24), is_representative=False).ways)
    [<Way.NOTICE: '届出'>]
    """
    notice = rule("procedures", "officers_notice", on)
    ways = {Way.NOTICE}
    steps = [by_rule(notice, "役員の変更", "就任・退任・氏名や住所の変更", "遅滞なく届出")]
    if is_representative:
        ways.add(Way.REGISTRATION)
        row = rule("procedures", "representative", on)
        steps.append(by_rule(row, "代表者の変更", "代表権のある理事", "変更の登記もする"))
    return Procedure(frozenset(ways), tuple(steps))


def registers_total_assets(on: date) -> Verdict:
    """Whether an NPO registers 資産の総額: no longer since 2018-10-01 (組合等登記令別表).

    >>> [registers_total_assets(date(2018, month, 1)).holds for month in (9, 10)]
    [True, False]
    """
    row = rule("procedures", "registered_by_kind", on)
    holds = "資産の総額" in row.words("items")
    told = "登記する" if holds else "登記しない。貸借対照表を公告する"
    return Verdict(holds, (by_rule(row, "資産の総額", "、".join(row.words("items")), told),))


def incorporation_steps(on: date) -> tuple[str, ...]:
    """The steps of a foundation in Yokohama, in their order."""
    return rule("procedures", "incorporation", on).words("steps")
