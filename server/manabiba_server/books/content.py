"""Own books as JSON for the database, and back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from datetime import date
from typing import Any

from manabiba_subjects import CostKind, Department, Entry, Line, Section, Side
from manabiba_subjects.notes import RestrictedFund
from manabiba_subjects.own_books import OpeningRow, OwnBooks, Place, TextNote

from .findings import Finding
from .upload import TableReport


def books_to_json(own: OwnBooks) -> dict[str, Any]:
    """A JSON object with everything in the books."""
    return {
        "organisation": own.organisation,
        "start": own.start.isoformat(),
        "end": own.end.isoformat(),
        "opening": [[row.account, row.yen, row.side] for row in own.opening],
        "entries": [_entry_to_json(entry) for entry in own.entries],
        "adjustments": [_entry_to_json(entry) for entry in own.adjustments],
        "places": {name: [place.name, place.section] for name, place in own.places.items()},
        "departments": [[d.id, d.name, d.kind] for d in own.departments],
        "without_department": own.without_department,
        "weights": {account: dict(weights) for account, weights in own.weights.items()},
        "funds": [asdict(fund) for fund in own.funds],
        "texts": [[note.title, note.text] for note in own.texts],
    }


def books_from_json(data: Mapping[str, Any]) -> OwnBooks:
    """The books in a JSON object that `books_to_json` made."""
    return OwnBooks(
        organisation=data["organisation"],
        start=date.fromisoformat(data["start"]),
        end=date.fromisoformat(data["end"]),
        opening=tuple(
            OpeningRow(account, yen, Side(side) if side else None)
            for account, yen, side in data["opening"]
        ),
        entries=tuple(map(_entry_from_json, data["entries"])),
        adjustments=tuple(map(_entry_from_json, data["adjustments"])),
        places={
            name: Place(to, Section(section)) for name, (to, section) in data["places"].items()
        },
        departments=tuple(
            Department(id, name, CostKind(kind)) for id, name, kind in data["departments"]
        ),
        without_department=data["without_department"],
        weights=data["weights"],
        funds=tuple(RestrictedFund(**fund) for fund in data["funds"]),
        texts=tuple(TextNote(title, text) for title, text in data["texts"]),
    )


def reports_to_json(reports: tuple[TableReport, ...]) -> list[dict[str, Any]]:
    """What was understood, without problems: with any there are no books to keep."""
    return [
        {
            "title": report.title,
            "columns": [list(pair) for pair in report.columns],
            "notes": [asdict(note) for note in report.notes],
        }
        for report in reports
    ]


def reports_from_json(data: list[dict[str, Any]]) -> tuple[TableReport, ...]:
    """The reports that `reports_to_json` made."""
    return tuple(
        TableReport(
            report["title"],
            tuple((ours, theirs) for ours, theirs in report["columns"]),
            tuple(Finding(**note) for note in report["notes"]),
        )
        for report in data
    )


_SIDES = {side.value: side for side in Side}


def _entry_to_json(entry: Entry) -> list[Any]:
    return [
        entry.on.isoformat() if entry.on else None,
        entry.name,
        entry.text,
        [[line.side, line.account, line.amount, line.department] for line in entry.lines],
    ]


def _entry_from_json(data: list[Any]) -> Entry:
    on, name, text, lines = data
    return Entry(
        tuple(Line(_SIDES[side], account, yen, dept) for side, account, yen, dept in lines),
        name=name,
        on=date.fromisoformat(on) if on else None,
        text=text,
    )
