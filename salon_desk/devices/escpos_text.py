"""A document in a printer's own characters, for slow lines: a tenth of the bytes of the drawn one.

Which characters there are is in `printer_alphabet`, everything else of ESC/POS in `escpos`. The one rule to know: a row
with a single sign that the printer has not is drawn, so that a name is never printed as question marks.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import assert_never

import msgspec

from salon_desk.devices.escpos_commands import cut, feed, start
from salon_desk.devices.printer_alphabet import Alphabet
from salon_desk.devices.profile import PrinterProfile, PrintMode
from salon_desk.devices.receipt_raster import COPY, Part, render
from salon_desk.documents.flow import Align, Placed, flow_columns, offset, printable, wrap
from salon_desk.documents.layout import (
    Banner,
    BarcodeRow,
    ColumnsRow,
    CutRow,
    Document,
    ImageRow,
    QrRow,
    Row,
    Rule,
    SampleRow,
    Size,
    Space,
    TextRow,
    Way,
)

_HALF_LINE_DOTS = 15


@dataclass(frozen=True, slots=True)
class _Style:
    """How many times as wide and as high; white on black."""

    wide: int = 1
    high: int = 1
    inverse: bool = False


_SIZES: dict[Size, _Style] = {1: _Style(), 2: _Style(high=2), 3: _Style(wide=2, high=2)}
_BANNER = _Style(high=2, inverse=True)
_COPY = _Style(wide=2, high=2, inverse=True)


EncodeParts = Callable[[tuple[Part, ...], PrinterProfile], tuple[bytes, ...]]
"""How drawn parts become pieces: a start, theirs, and a cut."""


def encode_text(
    document: Document, profile: PrinterProfile, encode_parts: EncodeParts, *, copy: bool = False
) -> tuple[bytes, ...]:
    """The bytes of a document in the printer's own characters, in pieces that are whole commands. Thread: any but the UI's.

    `encode_parts` is for the rows that must be drawn.
    """
    alphabet = Alphabet(Way.GB18030 if profile.mode is PrintMode.GB18030 else profile.code_page)
    sheet = _TextSheet(document, profile, alphabet, encode_parts)
    pieces = [start(profile) + alphabet.select]
    if copy:
        pieces += sheet.words(f" {COPY} ", Align.CENTRE, _COPY, bold=True)
    rows = list(document.rows)
    while rows and isinstance(rows[-1], CutRow):
        rows.pop()
    for row in rows:
        pieces += sheet.row(row)
    return (*pieces, cut(profile))


def encode_sample(sample: SampleRow) -> bytes:
    """A line of the self-test in its own way; the printer is left without Chinese, as after a reset in the Americas."""
    alphabet = Alphabet(sample.way)
    line = alphabet.encode(alphabet.fitted(printable(sample.line)))
    return alphabet.select + line + b"\n" + Alphabet(Way.CP437).select


class _TextSheet:
    """The rows of one document as bytes."""

    def __init__(
        self, document: Document, profile: PrinterProfile, alphabet: Alphabet, encode_parts: EncodeParts
    ) -> None:
        self._encode_parts = encode_parts
        self._document = document
        self._profile = profile
        self._alphabet = alphabet

    def row(self, row: Row) -> Sequence[bytes]:
        """The pieces of one row."""
        match row:
            case TextRow():
                return self._text(row)
            case ColumnsRow():
                return self._columns(row)
            case Rule():
                return (("=" if row.double else "-").encode() * self._profile.columns + b"\n",)
            case Space():
                return (feed(_HALF_LINE_DOTS * max(0, row.halves)),)
            case Banner():
                return self._banner(row)
            case QrRow() | BarcodeRow():
                return self._code(row)
            case ImageRow():
                return self._image(row)
            case CutRow():
                return (cut(self._profile), self._alphabet.select)
            case SampleRow():
                return self._sample(row)
            case _:
                assert_never(row)

    def words(self, text: str, align: Align, style: _Style, *, bold: bool = False) -> list[bytes]:
        """A paragraph of fitted text."""
        width, cells = self._profile.columns // style.wide, self._alphabet.cells
        return [
            self._line([Placed(line, offset(line, align, width, cells), bold)], style)
            for line in (wrap(text, width, cells) if not style.inverse else (text,))
        ]

    def _text(self, row: TextRow) -> Sequence[bytes]:
        text = self._alphabet.fitted(row.text)
        if not self._says(text):
            return self._drawn(row)
        style, cells = _SIZES[row.size], self._alphabet.cells
        width = self._profile.columns // style.wide - row.indent
        return [
            self._line([Placed(line, row.indent + offset(line, row.align, width, cells), row.bold)], style)
            for line in wrap(text, width, cells)
        ]

    def _columns(self, row: ColumnsRow) -> Sequence[bytes]:
        fitted = tuple(
            msgspec.structs.replace(cell, text=self._alphabet.fitted(cell.text)) for cell in row.cells
        )
        if not all(self._says(cell.text) for cell in fitted):
            return self._drawn(row)
        style = _SIZES[row.size]
        lines = flow_columns(fitted, self._profile.columns // style.wide, 1, self._alphabet.cells)
        return [
            self._line([Placed(one.text, one.at, one.bold or row.bold) for one in line], style)
            for line in lines
        ]

    def _banner(self, row: Banner) -> Sequence[bytes]:
        text = self._alphabet.fitted(printable(row.text))
        if not self._says(text):
            return self._drawn(row)
        width, cells = self._profile.columns - 2, self._alphabet.cells
        lines = [f" {line} " for line in wrap(text, width, cells)]
        return [piece for line in lines for piece in self.words(line, Align.CENTRE, _BANNER, bold=True)]

    def _code(self, row: QrRow | BarcodeRow) -> Sequence[bytes]:
        if self._profile.draws:
            return self._drawn(row)
        said = [row.data] if row.caption in ("", row.data) else [row.data, row.caption]
        return [piece for text in said for piece in self._text(TextRow(text, align=Align.CENTRE))]

    def _image(self, row: ImageRow) -> Sequence[bytes]:
        if self._profile.draws:
            return self._drawn(row)
        return self._text(TextRow(row.alternative, align=Align.CENTRE)) if row.alternative else ()

    def _sample(self, row: SampleRow) -> Sequence[bytes]:
        drawn = row.way is Way.DRAWN
        return self._drawn(row) if drawn else (encode_sample(row) + self._alphabet.select,)

    def _says(self, text: str) -> bool:
        return not self._profile.draws or self._alphabet.has(printable(text))

    def _drawn(self, row: Row) -> Sequence[bytes]:
        parts = render(msgspec.structs.replace(self._document, rows=(row,)), self._profile.width_dots)
        return self._encode_parts(parts, self._profile)[1:-1]

    def _line(self, pieces: Sequence[Placed], style: _Style) -> bytes:
        """One line; what it switched on is switched off behind its line feed, so that words stand whole in the stream."""
        size = bytes(((style.wide - 1) << 4 | (style.high - 1),))
        line = b"" if size == b"\0" else b"\x1d!" + size
        at = 0
        for piece in pieces:
            line += b" " * (piece.at - at)
            line += b"\x1dB\x01" * style.inverse + b"\x1bE\x01" * piece.bold
            line += self._alphabet.encode(piece.text) + b"\n" * (piece is pieces[-1])
            line += b"\x1bE\x00" * piece.bold + b"\x1dB\x00" * style.inverse
            at = piece.at + self._alphabet.cells(piece.text)
        if not pieces:
            line += b"\n"
        return line if size == b"\0" else line + b"\x1d!\x00"
