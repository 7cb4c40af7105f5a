"""Own books that were closed: statements, checks and notes; or why they cannot be closed."""

from __future__ import annotations

from dataclasses import dataclass

from manabiba_subjects import (
    Books,
    BooksError,
    Check,
    Section,
    Statements,
    cross_checks,
    general_ledger,
    statements,
)
from manabiba_subjects.notes import RestrictedNote, loan_note
from manabiba_subjects.own_books import OwnBooks, books_of, items_of, missing_net_assets

from .note_tables import NoteTable, cost_table, fund_table, movement_table

POLICY = "重要な会計方針"
"""The note that stands first."""


@dataclass(frozen=True)
class ClosedBooks:
    """The year's statements with everything that is shown, printed and written with them.

    `net_assets_added` is the 前期繰越正味財産 that the opening balances had left out.
    """

    own: OwnBooks
    books: Books
    made: Statements
    checks: tuple[Check, ...]
    tables: tuple[NoteTable, ...]
    net_assets_added: int | None

    @property
    def failed_checks(self) -> tuple[Check, ...]:
        """What does not agree."""
        return tuple(check for check in self.checks if not check.agrees)


def close(own: OwnBooks) -> ClosedBooks | tuple[str, ...]:
    """The closed books, or what keeps them from being closed, in Japanese."""
    if own.unplaced:
        names = "」「".join(own.unplaced[:10])
        more = " など" if len(own.unplaced) > 10 else ""
        return (f"意味を確かめていない科目があります: 「{names}」{more}",)
    books = books_of(own)
    try:
        made = statements(books)
    except BooksError as error:
        return tuple(problem.message for problem in error.problems)
    made = statements(books, items_of(own))
    restricted = RestrictedNote(own.funds, made.balance_sheet.net_assets) if own.funds else None
    loans = loan_note(books)
    ledgers = general_ledger(books)
    fixed = [x for x in ledgers.values() if x.account.section is Section.FIXED_ASSETS]
    tables = [
        cost_table(books, made.activities),
        fund_table(restricted) if restricted else None,
        movement_table(
            "固定資産の増減内訳",
            [
                (
                    x.account.name,
                    x.opening,
                    sum(row.debit for row in x.rows),
                    sum(row.credit for row in x.rows),
                )
                for x in fixed
            ],
            ("期首帳簿価額", "増加", "減少", "期末帳簿価額"),
            "「減少」には減価償却を含みます。取得価額と減価償却累計額は、固定資産台帳から書き加えてください。",
        ),
        movement_table(
            "借入金の増減内訳",
            [(row.account, row.opening, row.borrowed, row.repaid) for row in loans],
            ("期首残高", "当期借入", "当期返済", "期末残高"),
            "",
        ),
    ]
    return ClosedBooks(
        own=own,
        books=books,
        made=made,
        checks=cross_checks(books, made, restricted=restricted, loans=loans),
        tables=tuple(table for table in tables if table is not None),
        net_assets_added=missing_net_assets(own),
    )


def notes_in_order(closed: ClosedBooks) -> list[tuple[str, NoteTable | None, str]]:
    """All notes as (title, table, text): 重要な会計方針 first, then tables, then other texts."""
    texts = {note.title: note.text for note in closed.own.texts if note.text.strip()}
    found: list[tuple[str, NoteTable | None, str]] = []
    if policy := texts.pop(POLICY, ""):
        found.append((POLICY, None, policy))
    found += [(table.title, table, table.remark) for table in closed.tables]
    found += [(title, None, text) for title, text in texts.items()]
    return found
