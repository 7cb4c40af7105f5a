"""The form of a document: its fields, and what somebody has entered in each."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Literal, get_args

from .date_text import DateTextError, parse_date
from .judgement import mapping_of, text_of
from .number_text import NumberTextError, format_number, parse_number
from .part_ids import id_errors

FieldKind = Literal["line", "text", "number", "date", "choice", "rows"]
ColumnKind = Literal["line", "number"]
Value = str | int | Decimal | date | list[dict[str, str | int | Decimal | None]]
"""What is read in a field: a number is an int, and a Decimal only when it has decimals."""

UNITS = ("人", "名", "回", "件", "日", "か月", "年", "か所", "時間", "世帯", "%", "m2")
"""What people write behind a number; it is left out of its value (㎡ is m2 then)."""

NOTHING = ("なし", "無し", "ない", "無", "該当なし", "特になし", *"-ー―—–−")
"""What people write where there is nothing to write."""

_OFTEN = re.compile(r"\s*/\s*1?(?:時間?|回)$")
"""How often an amount is paid, behind it: 1,200円/時, 30,000円/回."""

MOST_ROWS = 50
"""As many as the form has; what is sent beyond is no answer of a person."""

_BREAKS = re.compile("\r\n|[\r\v\f\x85\u2028\u2029]")
_UNPRINTABLE = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufeff\ufffe\uffff]"
)


@dataclass(frozen=True)
class DocumentColumn:
    """A column of a small table."""

    id: str
    label: str
    kind: ColumnKind = "line"


@dataclass(frozen=True)
class DocumentField:
    """One thing to fill in. `length` is a guide in characters, at least and at most."""

    id: str
    label: str
    kind: FieldKind = "line"
    help: str = ""
    example: str = ""
    options: Sequence[str] = ()
    columns: Sequence[DocumentColumn] = ()
    length: tuple[int, int] | None = None
    required: bool = True


def clean(text: object) -> str:
    """A text as it can be printed: one kind of line break, nothing that XML forbids or that
    turns the direction of writing around, no blanks at its ends. Anything else is empty.

    >>> clean(" 一\\r\\n二\\x00 ")
    '一\\n二'
    """
    return _UNPRINTABLE.sub("", _BREAKS.sub("\n", text_of(text))).strip()


def entered_rows(field: DocumentField, given: object) -> list[dict[str, str]]:
    """The rows of a small table in which something is written, as written."""
    rows = given[:MOST_ROWS] if isinstance(given, list) else []
    read = [{c.id: clean(mapping_of(row).get(c.id)) for c in field.columns} for row in rows]
    return [row for row in read if any(row.values())]


def is_nothing(text: str) -> bool:
    """Whether a text says that there is nothing: なし, －."""
    return unicodedata.normalize("NFKC", text).strip() in NOTHING


def is_empty(field: DocumentField, given: object) -> bool:
    """Whether nothing is entered."""
    if field.kind == "rows":
        return not entered_rows(field, given)
    text = clean(given)
    return text not in field.options if field.kind == "choice" else not text


def read_number(text: str) -> int | Decimal | None:
    """A number, whatever its unit, None for an empty text. Raises NumberTextError."""
    plain = unicodedata.normalize("NFKC", text)
    value = parse_number(plain, unit=next((u for u in UNITS if plain.endswith(u)), ""))
    return int(value) if value is not None and value == value.to_integral_value() else value


def read_field(field: DocumentField, given: object) -> tuple[Value | None, str]:
    """What a field says and, when it cannot be read, what to do about it (Japanese)."""
    if is_empty(field, given):
        return None, ""
    if field.kind == "rows":
        return _read_rows(field, given)
    text = clean(given)
    if not field.required and field.kind in ("number", "date") and is_nothing(text):
        return None, ""
    try:
        if field.kind == "number":
            return read_number(_OFTEN.sub("", unicodedata.normalize("NFKC", text))), ""
        if field.kind == "date":
            return parse_date(text), ""
    except (NumberTextError, DateTextError) as error:
        return None, str(error)
    if field.kind == "text" and text == clean(field.example):
        return None, "例と同じ文です。あなたの団体のことに書きかえてみましょう。"
    return text, ""


def _read_rows(field: DocumentField, given: object) -> tuple[Value | None, str]:
    read: list[dict[str, str | int | Decimal | None]] = []
    problem = ""
    for number, row in enumerate(entered_rows(field, given), 1):
        values: dict[str, str | int | Decimal | None] = {}
        for column in field.columns:
            values[column.id] = row[column.id] or None
            if column.kind == "number":
                try:
                    values[column.id] = read_number(row[column.id])
                except NumberTextError as error:
                    values[column.id] = None
                    problem = problem or f"{number}行目の「{column.label}」: {error}"
        read.append(values)
    return read, problem


def in_words(field: DocumentField, given: object) -> str:
    """What is entered, as a person reads it; empty when nothing is."""
    if is_empty(field, given):
        return ""
    if field.kind == "rows":
        rows = entered_rows(field, given)
        return "\n".join(" / ".join(_cell(c, row[c.id]) for c in field.columns) for row in rows)
    value, _ = read_field(field, given)
    if isinstance(value, date):
        return f"{value.year}年{value.month}月{value.day}日"
    return format_number(value) if isinstance(value, int | Decimal) else clean(given)


def _cell(column: DocumentColumn, text: str) -> str:
    if column.kind != "number":
        return text
    try:
        value = read_number(text)
    except NumberTextError:
        return text
    return "" if value is None else format_number(value)


def cells_in_words(field: DocumentField, given: object) -> list[list[str]]:
    """The rows of a small table as they are printed."""
    rows = entered_rows(field, given)
    return [[_cell(column, row[column.id]) for column in field.columns] for row in rows]


def total_of(field: DocumentField, column: str, given: object) -> int | Decimal | None:
    """The sum of a column's numbers; None when there is none."""
    found = []
    for row in entered_rows(field, given):
        try:
            found.append(read_number(row[column]))
        except NumberTextError:
            continue
    numbers = [number for number in found if number is not None]
    return sum(numbers) if numbers else None


def public_field(field: DocumentField) -> dict[str, Any]:
    """A field as JSON."""
    columns = [{"id": c.id, "label": c.label, "kind": c.kind} for c in field.columns]
    return {
        **vars(field),
        "options": list(field.options),
        "columns": columns,
        "length": list(field.length) if field.length else None,
    }


def field_of(public: Mapping[str, Any]) -> DocumentField:
    """The field that `public_field` wrote."""
    columns = tuple(DocumentColumn(**column) for column in public["columns"])
    return DocumentField(**{**public, "columns": columns})


def field_errors(fields: Sequence[DocumentField]) -> list[str]:
    """All of the author's mistakes in the fields."""
    errors = [] if fields else ["there are no fields"]
    errors += id_errors("field", [field.id for field in fields])
    for field in fields:
        where = f"field {field.id}"
        if field.kind not in get_args(FieldKind):
            errors.append(f"{where}: there is no kind {field.kind!r}")
        if bool(field.options) != (field.kind == "choice"):
            errors.append(f"{where}: a choice, and nothing else, has options")
        if bool(field.columns) != (field.kind == "rows"):
            errors.append(f"{where}: rows, and nothing else, have columns")
        if field.length is not None and (
            field.kind not in ("line", "text") or not 0 <= field.length[0] <= field.length[1]
        ):
            errors.append(f"{where}: length is for line and text, (least, most)")
        errors += id_errors(f"{where}: column", [column.id for column in field.columns])
        errors += [
            f"{where}: column {column.id}: there is no kind {column.kind!r}"
            for column in field.columns
            if column.kind not in get_args(ColumnKind)
        ]
    return errors
