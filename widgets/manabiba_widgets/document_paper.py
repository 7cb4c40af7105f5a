"""The paper a document becomes: plain blocks, filled with what was entered.

One pure function for what is printed and for the Word file; `static/document_paper.js` is its
twin for the preview (a test compares them).
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from decimal import localcontext
from typing import Any, Literal

from .document_form import (
    DocumentField,
    cells_in_words,
    clean,
    field_of,
    in_words,
    is_empty,
    public_field,
    total_of,
)
from .number_text import format_number

LINE = "＿"
EMPTY = {
    "line": LINE * 12,
    "text": LINE * 80,
    "number": LINE * 6,
    "date": f"{LINE * 4}年{LINE * 2}月{LINE * 2}日",
    "choice": LINE * 8,
}
"""What stands where nothing is entered yet, to be filled in by hand.

What may stay empty is a line only on a paper on which nothing is entered at all.
"""

NOT_FILLED_IN = "(記入なし)"
"""What stands behind a label where something may stay empty, and does."""

EMPTY_ROWS = 3
_PLACE = re.compile(r"\{([a-z0-9][a-z0-9_-]*)\}")


@dataclass(frozen=True)
class Heading:
    """A heading of the paper."""

    text: str


@dataclass(frozen=True)
class Paragraph:
    """A text; `{field id}` is where that field's words go."""

    text: str


@dataclass(frozen=True)
class Rows:
    """A small table as a bordered one; `total` is the column that is added up below it."""

    field: str
    total: str | None = None


@dataclass(frozen=True)
class Signature:
    """Who signs, at the right edge: name, date, address, a line each."""

    text: str


Block = Heading | Paragraph | Rows | Signature
_BLOCKS: dict[str, type[Block]] = {
    "heading": Heading,
    "paragraph": Paragraph,
    "rows": Rows,
    "signature": Signature,
}


@dataclass(frozen=True)
class Paper:
    """A paper with its empty places."""

    title: str
    fields: Sequence[DocumentField]
    blocks: Sequence[Block]


@dataclass(frozen=True)
class Span:
    """A piece of a line; `empty` is a place where nothing is entered yet."""

    text: str
    empty: bool = False


@dataclass(frozen=True)
class Lines:
    """Lines of text that stand together; `part` is the heading of one of several papers in one."""

    role: Literal["title", "part", "heading", "paragraph", "signature"]
    lines: tuple[tuple[Span, ...], ...]


@dataclass(frozen=True)
class Table:
    """A bordered table: heads, rows and perhaps a last row with the total."""

    title: str
    heads: tuple[str, ...]
    numeric: tuple[bool, ...]
    rows: tuple[tuple[str, ...], ...]
    total: tuple[str, ...] | None = None


def public_paper(paper: Paper) -> dict[str, Any]:
    """A paper as JSON: the part of an exercise's public spec that `paper_of` reads."""
    names = {kind: name for name, kind in _BLOCKS.items()}
    return {
        "paper": paper.title,
        "fields": [public_field(field) for field in paper.fields],
        "blocks": [{"block": names[type(block)], **asdict(block)} for block in paper.blocks],
    }


def paper_of(spec: Mapping[str, Any]) -> Paper:
    """The paper in a public spec."""
    blocks = [{**block} for block in spec["blocks"]]
    return Paper(
        title=spec["paper"],
        fields=tuple(field_of(field) for field in spec["fields"]),
        blocks=tuple(_BLOCKS[block.pop("block")](**block) for block in blocks),
    )


def fill(paper: Paper, answer: Mapping[str, Any]) -> list[Lines | Table]:
    """The paper with an answer's words in it; never raises, whatever the answer is."""
    found = answer.get("fields")
    given = found if isinstance(found, Mapping) else {}
    fields = {field.id: field for field in paper.fields}
    is_begun = any(not is_empty(field, given.get(field.id)) for field in paper.fields)
    filled: list[Lines | Table] = [Lines("title", ((Span(paper.title),),))]
    with localcontext(prec=100):  # what people type is never rounded
        for block in paper.blocks:
            if isinstance(block, Rows):
                filled.append(_table(fields[block.field], block.total, given.get(block.field)))
            else:
                filled.append(_lines(block, fields, given, is_begun))
    return filled


def _lines(
    block: Heading | Paragraph | Signature,
    fields: Mapping[str, DocumentField],
    given: Mapping[str, Any],
    is_begun: bool,
) -> Lines:
    lines: list[list[Span]] = [[]]
    parts = _PLACE.split(block.text)
    for number, part in enumerate(parts):
        empty = False
        text = part
        if number % 2:
            text = in_words(fields[part], given.get(part))
            empty = not text and (fields[part].required or not is_begun)
            is_labelled = parts[number - 1].endswith(": ") and parts[number + 1][:1] in ("", "\n")
            text = EMPTY[fields[part].kind] if empty else text or NOT_FILLED_IN * is_labelled
        first, *others = text.split("\n")
        if first:
            lines[-1].append(Span(first, empty))
        lines += [[Span(line)] if line else [] for line in others]
    if len(lines) > 1 and all(line and line[-1].text == NOT_FILLED_IN for line in lines):
        lines = [[Span(NOT_FILLED_IN)]]
    role: Literal["heading", "paragraph", "signature"] = (
        "heading"
        if isinstance(block, Heading)
        else "signature"
        if isinstance(block, Signature)
        else "paragraph"
    )
    return Lines(role, tuple(tuple(line) for line in lines))


def _table(field: DocumentField, total: str | None, given: object) -> Table:
    rows = cells_in_words(field, given) or [[""] * len(field.columns)] * EMPTY_ROWS
    last = None
    if total is not None:
        value = total_of(field, total, given)
        shown = EMPTY["number"] if value is None else format_number(value)
        cells = [shown if column.id == total else "" for column in field.columns]
        last = tuple(cells if cells[0] else ["合計", *cells[1:]])
    return Table(
        title=field.label,
        heads=tuple(column.label for column in field.columns),
        numeric=tuple(column.kind == "number" for column in field.columns),
        rows=tuple(tuple(row) for row in rows),
        total=last,
    )


def places_in(block: Block) -> list[str]:
    """The ids of the fields whose words a block shows."""
    return [block.field] if isinstance(block, Rows) else _PLACE.findall(block.text)


def paper_errors(paper: Paper) -> list[str]:
    """All of the author's mistakes in the blocks of a paper."""
    fields = {field.id: field for field in paper.fields}
    errors = [] if clean(paper.title) else ["the paper has no title"]
    shown = []
    for number, block in enumerate(paper.blocks, 1):
        for name in places_in(block):
            shown.append(name)
            where = f"block {number}: field {name}"
            if name not in fields:
                errors.append(f"block {number}: there is no field {name}")
            elif isinstance(block, Rows) and fields[name].kind != "rows":
                errors.append(f"{where} has no rows, write {{{name}}} in a Paragraph")
            elif not isinstance(block, Rows) and fields[name].kind == "rows":
                errors.append(f"{where} has rows, use Rows({name!r})")
            elif isinstance(block, Rows) and block.total is not None:
                kinds = {column.id: column.kind for column in fields[name].columns}
                if kinds.get(block.total) != "number":
                    errors.append(f"{where}: there is no column of numbers {block.total!r}")
    errors += [f"field {name} stands nowhere on the paper" for name in fields if name not in shown]
    return errors
