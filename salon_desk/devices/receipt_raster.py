"""A document as black dots: rows laid out on the width of the paper with the bundled Chinese font.

No printer command lives here (see `escpos`). Pictures are 1-bit with 1 as ink. The one rule to
know: a row marked native, and the word COPY, are left as text for the printer's own font, so that
they stand readable in the byte stream.
"""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import assert_never

from PIL import Image

from salon_desk.devices.codes import barcode_picture, qr_picture
from salon_desk.devices.glyphs import BODY_DOTS, draw, measure, native_cell
from salon_desk.devices.profile import NATIVE_CELL_DOTS
from salon_desk.documents.flow import Align, cells, flow_columns, offset, wrap
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
    Space,
    TextRow,
    Way,
)

COPY = "COPY"
"""The word of a reprint, the same in every language: an auditor looks for it."""

_HALF_LINE = 15
_RULE_AIR = 8
_RULE_DOTS = 2
_BANNER_AIR = 8
_MOST_IMAGE_DOTS = 2_000_000
_MOST_IMAGE_HEIGHT = 400


@dataclass(frozen=True, slots=True)
class Picture:
    """A stretch of paper as dots, full width, 1 is ink."""

    dots: Image.Image


@dataclass(frozen=True, slots=True)
class NativeText:
    """A line for the printer's own font; `scale` times as wide and as high."""

    text: str
    align: Align
    bold: bool = False
    scale: int = 1
    inverse: bool = False


@dataclass(frozen=True, slots=True)
class Cut:
    """The paper is cut here."""


@dataclass(frozen=True, slots=True)
class Coded:
    """A line that is told to the printer in the code of the sample, which it may print wrongly."""

    sample: SampleRow


Part = Picture | NativeText | Cut | Coded


def _height(size: int) -> int:
    return BODY_DOTS * (size + 1) // 2


def _pitch(dots: int) -> int:
    return dots * 5 // 4


class _Sheet:
    """Paper that is drawn on from the top; grows as needed."""

    def __init__(self, width: int) -> None:
        self.width = width
        self.y = 0
        self.parts: list[Part] = []
        self._canvas = Image.new("1", (width, 2048))

    def _room(self, height: int) -> Image.Image:
        if self.y + height > self._canvas.height:
            grown = Image.new("1", (self.width, max(2 * self._canvas.height, self.y + height)))
            grown.paste(self._canvas, (0, 0))
            self._canvas = grown
        return self._canvas

    def text_line(self, pieces: list[tuple[int, str, bool]], dots: int, *, ink: int = 1) -> None:
        """One line of pieces (distance from the left, text, bold)."""
        canvas = self._room(_pitch(dots))
        baseline = self.y + dots
        for x, text, bold in pieces:
            draw(canvas, (x, baseline), text, dots=dots, bold=bold, ink=ink)
        self.y += _pitch(dots)

    def black(self, height: int) -> None:
        """A black bar across the paper at the present height, which does not move on."""
        self._room(height).paste(1, (0, self.y, self.width, self.y + height))

    def picture(self, picture: Image.Image) -> None:
        """A picture in the middle."""
        self._room(picture.height).paste(picture, ((self.width - picture.width) // 2, self.y))
        self.y += picture.height

    def feed(self, height: int) -> None:
        """Empty paper."""
        self._room(height)
        self.y += height

    def close(self, part: Part | None = None) -> None:
        """End the present picture; then `part`."""
        if self.y:
            self.parts.append(Picture(self._canvas.crop((0, 0, self.width, self.y))))
            self._canvas.paste(0, (0, 0, self.width, self.y))
            self.y = 0
        if part is not None:
            self.parts.append(part)


def render(document: Document, width_dots: int, *, copy: bool = False) -> tuple[Part, ...]:
    """The document drawn for paper of this width; a copy opens with the native word COPY.

    Always ends with a cut. Thread: any but the UI's (25 ms for a long receipt).
    """
    sheet = _Sheet(width_dots)
    if copy:
        sheet.close(NativeText(f" {COPY} ", Align.CENTRE, bold=True, scale=2, inverse=True))
    for row in document.rows:
        _row(sheet, row)
    sheet.close()
    while sheet.parts and isinstance(sheet.parts[-1], Cut):
        sheet.parts.pop()
    return (*sheet.parts, Cut())


def _row(sheet: _Sheet, row: Row) -> None:
    match row:
        case TextRow():
            if row.native and _is_native(row.text):
                _native(sheet, row)
            else:
                _paragraph(sheet, row)
        case ColumnsRow():
            _columns(sheet, row)
        case Rule():
            _rule(sheet, row)
        case Space():
            sheet.feed(_HALF_LINE * max(0, row.halves))
        case Banner():
            _banner(sheet, row.text)
        case QrRow():
            _code(sheet, qr_picture(row.data, sheet.width), row.data, row.caption)
        case BarcodeRow():
            picture = barcode_picture(row.data, sheet.width, row.low)
            _code(sheet, picture, row.data, row.caption or row.data)
        case ImageRow():
            _image(sheet, row)
        case CutRow():
            sheet.close(Cut())
        case SampleRow():
            if row.way is Way.DRAWN:
                _paragraph(sheet, TextRow(row.line))
            else:
                sheet.close(Coded(row))
        case _:
            assert_never(row)


def _paragraph(sheet: _Sheet, row: TextRow) -> None:
    dots = _height(row.size)
    width: Callable[[str], int] = partial(measure, dots=dots)
    left = row.indent * NATIVE_CELL_DOTS
    room = sheet.width - left
    for line in wrap(row.text, room, width):
        sheet.text_line([(left + offset(line, row.align, room, width), line, row.bold)], dots)


def _caption(sheet: _Sheet, text: str) -> None:
    _paragraph(sheet, TextRow(text, align=Align.CENTRE))


def _columns(sheet: _Sheet, row: ColumnsRow) -> None:
    dots = _height(row.size)
    unit = NATIVE_CELL_DOTS * dots // BODY_DOTS
    for line in flow_columns(row.cells, sheet.width, unit, partial(measure, dots=dots)):
        sheet.text_line([(piece.at, piece.text, piece.bold or row.bold) for piece in line], dots)


def _rule(sheet: _Sheet, row: Rule) -> None:
    sheet.feed(_RULE_AIR)
    for _ in range(2 if row.double else 1):
        sheet.black(_RULE_DOTS)
        sheet.feed(2 * _RULE_DOTS)
    sheet.feed(_RULE_AIR - _RULE_DOTS)


def _banner(sheet: _Sheet, text: str) -> None:
    dots = _height(2)
    width: Callable[[str], int] = partial(measure, dots=dots)
    lines = wrap(text, sheet.width - 2 * _BANNER_AIR, width)
    sheet.feed(_BANNER_AIR)
    sheet.black(len(lines) * _pitch(dots) + 2 * _BANNER_AIR)
    sheet.feed(_BANNER_AIR)
    for line in lines:
        sheet.text_line([(offset(line, Align.CENTRE, sheet.width, width), line, True)], dots, ink=0)
    sheet.feed(2 * _BANNER_AIR)


def _code(sheet: _Sheet, picture: Image.Image | None, data: str, caption: str) -> None:
    sheet.feed(_HALF_LINE)
    if picture is None:
        _caption(sheet, data)
    else:
        sheet.picture(picture)
    if caption and not (picture is None and caption == data):
        sheet.feed(_RULE_AIR)
        _caption(sheet, caption)


def _image(sheet: _Sheet, row: ImageRow) -> None:
    """A logo: transparent is white, too wide is reduced; a damaged one gives way to its words."""
    try:
        with Image.open(io.BytesIO(row.png), formats=["PNG"]) as opened:
            if opened.width * opened.height > _MOST_IMAGE_DOTS:
                raise ValueError("too large")
            layers = opened.convert("RGBA")
    except (OSError, ValueError, SyntaxError):
        if row.alternative:
            _caption(sheet, row.alternative)
        return
    grey = Image.new("L", layers.size, 255)
    grey.paste(layers.convert("L"), (0, 0), layers.getchannel("A"))
    grey.thumbnail((sheet.width, _MOST_IMAGE_HEIGHT))
    sheet.picture(grey.point([255 - level for level in range(256)]).convert("1"))


def _is_native(text: str) -> bool:
    return all(" " <= character <= "~" for character in text)


def _native(sheet: _Sheet, row: TextRow) -> None:
    scale = 1 if row.size == 1 else 2
    for line in wrap(row.text, sheet.width // (NATIVE_CELL_DOTS * scale), cells):
        sheet.close(NativeText(line, row.align, row.bold, scale))


def preview(parts: tuple[Part, ...], width_dots: int) -> Image.Image:
    """What the paper will look like, black on white; native text in a font like a printer's."""
    sheet = _Sheet(width_dots)
    for part in parts:
        match part:
            case Picture():
                sheet.picture(part.dots)
            case NativeText():
                _drawn_native(sheet, part)
            case Coded():
                _paragraph(sheet, TextRow(part.sample.line))
            case Cut():
                pass
            case _:
                assert_never(part)
    sheet.close()
    drawn = [part.dots for part in sheet.parts if isinstance(part, Picture)]
    return (drawn or [Image.new("1", (width_dots, 1))])[0].convert("L").point([255 - n for n in range(256)])


def _drawn_native(sheet: _Sheet, part: NativeText) -> None:
    width, height = NATIVE_CELL_DOTS * part.scale, BODY_DOTS * part.scale
    line = Image.new("1", (width * len(part.text), height), 1 if part.inverse else 0)
    for place, character in enumerate(part.text):
        line.paste(
            0 if part.inverse else 1, (place * width, 0), native_cell(character, width, height, part.bold)
        )
    canvas = Image.new("1", (sheet.width, max(height, 2 * _HALF_LINE)))
    canvas.paste(line, (offset(part.text, part.align, sheet.width, lambda text: width * len(text)), 0))
    sheet.picture(canvas)
