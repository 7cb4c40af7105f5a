"""The papers of each procedure, and what is wrong with an application."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from enum import Enum

from ..derivation import Step, by_rule
from ._rules import rule
from .members import Person, count_members
from .officers import examine_numbers
from .procedures import Article
from .purposes import may_receive_residual


class Occasion(Enum):
    """For what papers are handed in; its value is the key of its table."""

    APPLICATION = "application"
    COMPLETION = "completion"
    YEARLY_REPORT = "reports"


@dataclass(frozen=True)
class Document:
    """One paper: how many copies (None: ask), whether it is shown to the public (縦覧)."""

    name: str
    copies: int | None = None
    is_inspected: bool = False
    without_address: bool = False
    years: int = 1


@dataclass(frozen=True)
class Application:
    """What an application for 認証 says, as far as its form can be judged."""

    directors: int
    auditors: int
    listed_members: int
    plan_years: int
    budget_years: int
    documents: Collection[str]
    articles: Collection[Article]
    residual_to: str


def documents(occasion: Occasion, on: date) -> tuple[Document, ...]:
    """The papers of an occasion, in the order of the law."""
    row = rule("procedures", occasion.value, on)
    names = row.words("documents")
    if occasion is not Occasion.APPLICATION:
        return tuple(Document(name) for name in names)
    return tuple(
        Document(
            name=name,
            copies=copies or None,
            is_inspected=name in row.words("inspected"),
            without_address=name in row.words("without_address"),
            years=row.whole("plan_years") if name in row.words("two_years") else 1,
        )
        for name, copies in zip(names, row.series("copies"), strict=True)
    )


def inspected_documents(on: date) -> tuple[Document, ...]:
    """The papers of an application that everyone may read (縦覧・公表)."""
    return tuple(paper for paper in documents(Occasion.APPLICATION, on) if paper.is_inspected)


def missing_articles(articles: Collection[Article], *, has_other_business: bool) -> list[Article]:
    """What the articles lack of the 14 items; その他の事業 only where it is done (11条1項)."""
    return [
        item
        for item in Article
        if item not in articles and (has_other_business or item is not Article.OTHER_BUSINESS)
    ]


def find_application_errors(application: Application, on: date) -> tuple[Step, ...]:
    """Everything that is wrong with an application, one step with its article for each."""
    errors: list[Step] = []
    numbers = examine_numbers(application.directors, application.auditors, on)
    members = count_members({Person.VOTING_MEMBER: application.listed_members}, on)
    errors += numbers.steps if not numbers.holds else ()
    errors += members.steps[-1:] if not members.holds else ()
    row = rule("procedures", "application", on)
    years = row.whole("plan_years")
    for name, found in zip(
        row.words("two_years"), (application.plan_years, application.budget_years), strict=True
    ):
        if found < years:
            errors.append(
                by_rule(row, name, f"{found}年度分", f"当初と翌年度の{years}年度分が要る")
            )
    for name in row.words("documents"):
        if name not in application.documents:
            errors.append(by_rule(row, name, "", "書類がない"))
    for item in missing_articles(application.articles, has_other_business=False):
        articles = rule("procedures", "articles", on)
        errors.append(by_rule(articles, "定款", f"{item.number}号「{item}」", "書かれていない"))
    residual = may_receive_residual(application.residual_to, on)
    errors += residual.steps if not residual.holds else ()
    return tuple(errors)
