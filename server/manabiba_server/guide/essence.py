"""協働のエッセンス: the three essentials, each with a question to the reader."""

from __future__ import annotations

from dataclasses import dataclass

from .records import Record, Reference, unique


@dataclass(frozen=True, kw_only=True)
class Essential:
    """An essential in our own words, and the question it asks about the reader's own example."""

    id: str
    title: str
    summary: str
    question: str
    help: str
    reference: Reference


def read_essence(records: list[Record]) -> tuple[Essential, ...]:
    """The essentials in the order of their file."""
    unique(records)
    return tuple(
        Essential(
            id=record.optional("id"),
            title=record.text("title"),
            summary=record.text("summary"),
            question=record.text("question"),
            help=record.text("help"),
            reference=record.reference(),
        )
        for record in records
    )
