"""A filled paper as a Word file (.docx): the only door to python-docx."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from docx import Document as new_document
from docx.document import Document
from docx.enum.table import (
    WD_CELL_VERTICAL_ALIGNMENT,
    WD_ROW_HEIGHT_RULE,
    WD_TABLE_ALIGNMENT,
)
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor
from docx.text.paragraph import Paragraph

from manabiba_widgets.document_paper import Lines, Span, Table

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
FONT = "游明朝"
INSTEAD = "Yu Mincho,ＭＳ 明朝,MS Mincho,Hiragino Mincho ProN,Noto Serif CJK JP"
"""Where the font is not installed; the format wants the names separated by commas."""

_FONT_ENTRY = (
    f'<w:font w:name="{FONT}"><w:altName w:val="{INSTEAD}"/>'
    '<w:panose1 w:val="02020400000000000000"/><w:charset w:val="80"/>'
    '<w:family w:val="roman"/><w:pitch w:val="variable"/></w:font></w:fonts>'
)
_ROW = Mm(8)  # high enough to write into by hand
_BLACK = RGBColor(0, 0, 0)


def word_file(paper: Sequence[Lines | Table], *, title: str, now: datetime) -> bytes:
    """A paper as .docx: A4, page numbers, real headings, bordered tables, Japanese fonts.

    Where it has parts, those are the headings of the first level, each on a page of its own.
    """
    document = new_document()
    _set_up(document, title, now)
    end: Any = document.element.body.sectPr  # what stands last in the file
    parts = [block for block in paper if isinstance(block, Lines) and block.role == "part"]
    styles = {"title": "Title", "part": "Heading 1", "heading": f"Heading {2 if parts else 1}"}
    for block in paper:
        if isinstance(block, Table):
            _add_table(document, block)
        elif block.role in styles:
            added = _add_before(end, document, "\n".join(map(_text, block.lines)))
            added.style = styles[block.role]
            added.paragraph_format.page_break_before = block in parts[1:] or None
        else:
            for number, line in enumerate(block.lines):
                added = _add_before(end, document, _text(line))
                if block.role == "signature":
                    added.alignment = WD_ALIGN_PARAGRAPH.RIGHT
                    added.paragraph_format.space_before = Pt(0 if number else 18)
    written = io.BytesIO()
    document.save(written)
    return written.getvalue()


def _text(line: Sequence[Span]) -> str:
    return "".join(span.text for span in line)


def _add_before(end: Any, document: Document, text: str) -> Paragraph:
    """A new paragraph; `document.add_paragraph` takes minutes for 50,000 lines."""
    element: Any = OxmlElement("w:p")
    end.addprevious(element)
    added = Paragraph(element, document._body)
    added.add_run(text)
    return added


def _set_up(document: Document, title: str, now: datetime) -> None:
    about = document.core_properties
    about.title, about.language, about.author, about.comments = title, "ja-JP", "", ""
    about.created = about.modified = now
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = Mm(25)
    package = document.part.package
    for name, relation in list(package.rels.items()):
        if relation.reltype == RELATIONSHIP_TYPE.THUMBNAIL:  # a picture of another paper
            package.rels.pop(name)
    _set_fonts(document)
    _number_pages(section.footer.paragraphs[0])


def _set_fonts(document: Document) -> None:
    table = document.part.part_related_by(RELATIONSHIP_TYPE.FONT_TABLE)
    table._blob = table.blob.replace(b"</w:fonts>", _FONT_ENTRY.encode())
    styles = document.styles
    defaults: Any = styles.element.find(qn("w:docDefaults"))
    properties = defaults.find(qn("w:rPrDefault")).find(qn("w:rPr"))
    _name_font(properties)
    properties.find(qn("w:lang")).set(qn("w:eastAsia"), "ja-JP")
    sizes = {"Normal": 10.5, "Title": 16.0, "Heading 1": 12.0, "Heading 2": 11.0}
    for name, size in sizes.items():
        style: Any = styles[name]
        _name_font(style.element.get_or_add_rPr())
        style.font.size = Pt(size)
        style.font.color.rgb = _BLACK
        style.font.bold = name != "Normal"
    normal: Any = styles["Normal"]
    normal.paragraph_format.space_after = Pt(4)
    for name in ("Heading 1", "Heading 2"):
        heading: Any = styles[name]
        heading.paragraph_format.space_before = Pt(14)
        heading.paragraph_format.space_after = Pt(4)
    top: Any = styles["Title"]
    top.paragraph_format.alignment = WD_ALIGN_PARAGRAPH.CENTER
    borders = top.element.pPr.find(qn("w:pBdr"))
    if borders is not None:
        top.element.pPr.remove(borders)


def _name_font(properties: Any) -> None:
    fonts = properties.get_or_add_rFonts()
    fonts.attrib.clear()  # the template's theme would win over names
    for script in ("ascii", "hAnsi", "eastAsia", "cs"):
        fonts.set(qn(f"w:{script}"), FONT)


def _number_pages(footer: Paragraph) -> None:
    footer.alignment = WD_ALIGN_PARAGRAPH.CENTER
    _add_field(footer, "PAGE")
    footer.add_run(" / ")
    _add_field(footer, "NUMPAGES")


def _add_field(paragraph: Paragraph, instruction: str) -> None:
    field: Any = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), instruction)
    field.append(paragraph.add_run("1")._element)
    paragraph._p.append(field)


def _add_table(document: Document, block: Table) -> None:
    rows = [block.heads, *block.rows, *([block.total] if block.total else [])]
    table = document.add_table(rows=len(rows), cols=len(block.heads), style="Table Grid")
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    for number, (row, texts) in enumerate(zip(table.rows, rows, strict=True)):
        is_head = number == 0
        row.height, row.height_rule = _ROW, WD_ROW_HEIGHT_RULE.AT_LEAST
        properties: Any = row._tr.get_or_add_trPr()
        properties.append(OxmlElement("w:cantSplit"))
        if is_head:
            properties.append(OxmlElement("w:tblHeader"))
        for cell, text, is_number in zip(row.cells, texts, block.numeric, strict=True):
            cell.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.CENTER
            paragraph = cell.paragraphs[0]
            paragraph.paragraph_format.space_after = Pt(0)
            written = paragraph.add_run(text)
            written.bold = is_head or (block.total is not None and number == len(rows) - 1)
            if is_head:
                paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
            elif is_number:
                paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    document.add_paragraph()
