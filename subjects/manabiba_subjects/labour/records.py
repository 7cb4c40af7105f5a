"""法定帳簿: `book_name(book)`, `book_items(book, on)`, `books_with(item, on)`, `keeping_years`."""

from __future__ import annotations

from datetime import date
from enum import Enum

from ..derivation import Figure, Step, by_rule
from ._rules import rule


class LabourBook(Enum):
    """A book that an employer keeps; its value is the key of its table."""

    WORKERS_ROLL = "workers_roll"
    WAGE_LEDGER = "wage_ledger"
    ATTENDANCE = "attendance_book"
    LEAVE_REGISTER = "leave_register"


def book_name(book: LabourBook) -> str:
    """A book's name for people: 労働者名簿, 賃金台帳, 出勤簿など, 年次有給休暇管理簿."""
    return {
        LabourBook.WORKERS_ROLL: "労働者名簿",
        LabourBook.WAGE_LEDGER: "賃金台帳",
        LabourBook.ATTENDANCE: "出勤簿など",
        LabourBook.LEAVE_REGISTER: "年次有給休暇管理簿",
    }[book]


def book_items(book: LabourBook, on: date) -> dict[str, Step]:
    """What is written in a book, each item with its rule.

    >>> "控除した額" in book_items(LabourBook.WAGE_LEDGER, date(2026, 11, 24))
    True
    """
    row = rule("hiring", book.value, on)
    return {name: by_rule(row, book_name(book), "", name) for name in row.words("items")}


def books_with(item: str, on: date) -> tuple[LabourBook, ...]:
    """The books in which an item is written; several for 氏名 and 性別."""
    return tuple(book for book in LabourBook if item in book_items(book, on))


def keeping_years(on: date) -> Figure[int]:
    """For how many years the books are kept for now (109条・143条)."""
    row = rule("hiring", "keeping", on)
    told = f"{row['years']}年、当分の間は{row['for_now']}年"
    return Figure(row.whole("for_now"), (by_rule(row, "保存", "", told),))
