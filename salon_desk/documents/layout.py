"""What a printed document says, as rows: frozen values and their plain text; no bytes, no Qt, no font.

Receipts, reports, slips and labels are built of these rows in a given language; `devices` draws
them. The one rule to know: a row says what stands there and how heavy it is, never in which dots.
A Chinese character is two cells (`cells`), a line has 48 cells on 80 mm paper and 32 on 58 mm.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Literal, assert_never

import msgspec
from msgspec import Struct

from salon_desk.documents.flow import Align, Cell, Placed, cells, flow_columns, offset, wrap

__all__ = [
    "COLUMNS_58_MM",
    "COLUMNS_80_MM",
    "Align",
    "Banner",
    "BarcodeRow",
    "Cell",
    "ColumnsRow",
    "CutRow",
    "Document",
    "ImageRow",
    "QrRow",
    "Row",
    "Rule",
    "SampleRow",
    "Space",
    "TextRow",
    "Way",
    "amount_row",
    "as_text",
    "cells",
    "document_from_json",
    "document_to_json",
]

COLUMNS_80_MM = 48
COLUMNS_58_MM = 32

Size = Literal[1, 2, 3]
"""1 is the body, 2 is half as large again, 3 is twice as large."""


class TextRow(Struct, frozen=True, tag="text", omit_defaults=True):
    """A paragraph; it wraps, `indent` cells from the left.

    `native` asks for the printer's own font, so that an ASCII text (a receipt's number) stands
    readable in the byte stream; any other text is drawn all the same.
    """

    text: str
    bold: bool = False
    size: Size = 1
    align: Align = Align.LEFT
    native: bool = False
    indent: int = 0


class ColumnsRow(Struct, frozen=True, tag="columns", omit_defaults=True):
    """Cells side by side, as in name left and amount right; see `Cell` for their widths."""

    cells: tuple[Cell, ...]
    bold: bool = False
    size: Size = 1


class Rule(Struct, frozen=True, tag="rule", omit_defaults=True):
    """A line across the paper; `double` above a grand total."""

    double: bool = False


class Space(Struct, frozen=True, tag="space", omit_defaults=True):
    """Empty height in half lines of the body (in plain text rounded up to whole lines)."""

    halves: int = 1


class QrRow(Struct, frozen=True, tag="qr", omit_defaults=True):
    """A QR code, centred, with a caption under it. Data too long for the paper is printed as text."""

    data: str
    caption: str = ""


class BarcodeRow(Struct, frozen=True, tag="barcode", omit_defaults=True):
    """A Code 128, centred, with a caption under it (empty: the data). ASCII only, else it is text.

    `low` bars are 5 mm high, for labels.
    """

    data: str
    caption: str = ""
    low: bool = False


class Banner(Struct, frozen=True, tag="banner", omit_defaults=True):
    """White on black across the paper: COPY, PRACTICE, VOID, in the words of the document's language."""

    text: str


class ImageRow(Struct, frozen=True, tag="image", omit_defaults=True):
    """A picture (a logo) as PNG, centred, reduced to the paper's width; `alternative` in plain text."""

    png: bytes
    alternative: str = ""


class CutRow(Struct, frozen=True, tag="cut", omit_defaults=True):
    """The paper is cut here, as between two slips; the end of a document is cut by itself."""


class Way(StrEnum):
    """How a printer may be told a text: drawn in dots, in the Chinese code, or in one of its code pages."""

    DRAWN = "drawn"
    GB18030 = "gb18030"
    CP437 = "cp437"
    CP858 = "cp858"
    CP1252 = "cp1252"


class SampleRow(Struct, frozen=True, tag="sample", omit_defaults=True):
    """A numbered line of a printer's self-test, told in this very way whatever the printer's profile says."""

    number: int
    way: Way
    text: str

    @property
    def line(self) -> str:
        """What stands there if the way is right."""
        return f"{self.number}: {self.text}"


Row = TextRow | ColumnsRow | Rule | Space | QrRow | BarcodeRow | Banner | ImageRow | CutRow | SampleRow


class Document(Struct, frozen=True, omit_defaults=True):
    """One document: its kind ("sale", "x_report", …), the language of its words, its rows."""

    kind: str
    language: str
    rows: tuple[Row, ...]


def amount_row(name: str, amount: str, *, bold: bool = False, size: Size = 1) -> ColumnsRow:
    """Name left, wrapping; amount right, whole."""
    return ColumnsRow((Cell(name), Cell(amount, align=Align.RIGHT, wraps=False)), bold=bold, size=size)


_DECODER = msgspec.json.Decoder(Document)


def document_to_json(document: Document) -> bytes:
    """A document as it waits in the print queue."""
    return msgspec.json.encode(document)


def document_from_json(data: bytes | str) -> Document:
    """The document behind `document_to_json`; msgspec.ValidationError if it is none."""
    return _DECODER.decode(data)


def as_text(document: Document, columns: int = COLUMNS_80_MM) -> str:
    """The document as plain text of `columns` cells, for a terminal or a printer's own font.

    Every word of the document stands in it; sizes and weights do not. Lines have no trailing blanks.
    """
    lines = [line.rstrip() for row in document.rows for line in _text_lines(row, columns)]
    return "\n".join(lines) + "\n"


def _text_lines(row: Row, columns: int) -> tuple[str, ...]:
    match row:
        case TextRow():
            lines = _paragraph(row.text, row.align, columns - row.indent)
            return tuple(" " * row.indent + line for line in lines)
        case ColumnsRow():
            return tuple(_joined(line) for line in flow_columns(row.cells, columns, 1, cells))
        case Rule():
            return (("=" if row.double else "-") * columns,)
        case Space():
            return ("",) * ((row.halves + 1) // 2)
        case Banner():
            return _paragraph(f"*** {row.text} ***", Align.CENTRE, columns)
        case QrRow() | BarcodeRow():
            caption = _paragraph(row.caption, Align.CENTRE, columns) if row.caption else ()
            return _paragraph(row.data, Align.CENTRE, columns) + (caption if row.caption != row.data else ())
        case ImageRow():
            return _paragraph(row.alternative, Align.CENTRE, columns) if row.alternative else ()
        case CutRow():
            return ("- " * (columns // 2),)
        case SampleRow():
            return _paragraph(row.line, Align.LEFT, columns)
        case _:
            assert_never(row)


def _paragraph(text: str, align: Align, columns: int) -> tuple[str, ...]:
    return tuple(" " * offset(line, align, columns, cells) + line for line in wrap(text, columns, cells))


def _joined(line: tuple[Placed, ...]) -> str:
    text = ""
    for placed in line:
        text += " " * (placed.at - cells(text)) + placed.text
    return text
