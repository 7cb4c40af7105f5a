"""The notes (注記) that are tables: costs by programme, restricted funds, fixed assets, loans."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from manabiba_subjects import Activities, Books
from manabiba_subjects.notes import RestrictedNote


@dataclass(frozen=True)
class NoteRow:
    """One line: what it is, its yen by column, and a remark.

    `sums` is True for a total of the lines above it.
    """

    label: str
    yen: tuple[int, ...]
    remark: str = ""
    sums: bool = False


@dataclass(frozen=True)
class NoteTable:
    """A table of a note. `across` says how the last column follows from the ones before it:
    the sum of all, or first + second - third."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[NoteRow, ...]
    across: str
    remark: str = ""
    has_remarks: bool = False


def cost_table(books: Books, activities: Activities) -> NoteTable | None:
    """事業費の内訳: 経常費用 by account and department; None without any cost."""
    costs = [activities.departments[d.id] for d in books.departments]
    names = [
        [row.account.name for cost in costs for row in getattr(cost, half).rows]
        for half in ("personnel", "other")
    ]
    ordered = [a.name for a in books.accounts]
    rows: list[NoteRow] = []
    for half in names:
        for name in sorted(set(half), key=ordered.index):
            yen = [cost.yen(name) for cost in costs]
            rows.append(NoteRow(name, (*yen, sum(yen))))
    if not rows:
        return None
    columns = (*(d.name for d in books.departments), "合計")
    return NoteTable("事業費の内訳", columns, (*rows, _total(rows)), "sum")


def fund_table(note: RestrictedNote) -> NoteTable:
    """使途等が制約された寄附金等の内訳."""
    rows = [
        NoteRow(f.purpose, (f.opening, f.increase, f.decrease, f.closing), f.remark)
        for f in note.funds
    ]
    return NoteTable(
        "使途等が制約された寄附金等の内訳",
        ("期首残高", "当期増加額", "当期減少額", "期末残高"),
        (*rows, _total(rows)),
        "movement",
        f"正味財産{note.net_assets:,}円のうち、使途が制約されているのは{note.closing:,}円、"
        f"制約のないものは{note.unrestricted:,}円です。",
        has_remarks=True,
    )


def movement_table(
    title: str,
    movements: Sequence[tuple[str, int, int, int]],
    columns: tuple[str, str, str, str],
    remark: str,
) -> NoteTable | None:
    """Opening, increase, decrease and closing of some accounts; None where nothing happened."""
    rows = [
        NoteRow(name, (opening, more, less, opening + more - less))
        for name, opening, more, less in movements
        if opening or more or less
    ]
    if not rows:
        return None
    return NoteTable(title, columns, (*rows, _total(rows)), "movement", remark)


def _total(rows: Sequence[NoteRow]) -> NoteRow:
    sums = tuple(map(sum, zip(*(row.yen for row in rows), strict=True)))
    return NoteRow("合計", sums, sums=True)
