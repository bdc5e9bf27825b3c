"""The paper of an emulated printer: dots, native text and feeds, drawn as they come.

No command is parsed here. The one rule to know: rows are dots of the head; what lies right of the
paper is lost, as it is on a printer.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

from PIL import Image

from salon_desk.devices.glyphs import native_cell

_CELL = (12, 24)
_LINE_FEED = 30
_GROWTH = 2048
_TWO_CELLS = "—…“”‘’×"


@dataclass(slots=True)
class Style:
    """How native text is printed at present."""

    bold: bool = False
    inverse: bool = False
    wide: int = 1
    high: int = 1
    align: int = 0


def _wide(letter: str, style: Style) -> int:
    """A character of the Chinese ROM takes two cells; those of a code page, and frames, one."""
    cells = 2 if unicodedata.east_asian_width(letter) in "WF" or letter in _TWO_CELLS else 1
    return _CELL[0] * cells * style.wide


@dataclass(frozen=True, slots=True)
class Printed:
    """A receipt that was cut off: black on white, and what stood in native text, line by line."""

    image: Image.Image
    text: str


class Paper:
    """One receipt in the making."""

    def __init__(self, width_dots: int) -> None:
        self.width = width_dots
        self.rows = 0
        self.style = Style()
        self._ink = Image.new("1", (width_dots, _GROWTH))
        self._line: list[tuple[str, Style]] = []
        self._text: list[str] = []
        self._marked = False

    @property
    def empty(self) -> bool:
        """Whether nothing but white was printed."""
        return not self._marked and not self._line

    def _room(self, rows: int) -> Image.Image:
        while self.rows + rows > self._ink.height:
            grown = Image.new("1", (self.width, self._ink.height + _GROWTH))
            grown.paste(self._ink, (0, 0))
            self._ink = grown
        return self._ink

    def feed(self, rows: int) -> None:
        """White paper; ends a begun line of text."""
        self._room(rows)
        self.rows += rows

    def text(self, letters: str) -> None:
        """Native text into the line that waits for its line feed; a full line is printed."""
        for letter in letters:
            style = Style(
                self.style.bold, self.style.inverse, self.style.wide, self.style.high, self.style.align
            )
            if self._line_width() + _wide(letter, style) > self.width:
                self.line_feed()
            self._line.append((letter, style))

    def _line_width(self) -> int:
        return sum(_wide(letter, style) for letter, style in self._line)

    def line_feed(self) -> None:
        """Print the waiting line, or feed an empty one."""
        if not self._line:
            self.feed(_LINE_FEED)
            return
        height = max(_CELL[1] * style.high for _, style in self._line)
        canvas = self._room(height)
        align = self._line[0][1].align
        left = (self.width - self._line_width()) * align // 2
        for letter, style in self._line:
            width = _wide(letter, style)
            top = self.rows + height - _CELL[1] * style.high
            cell = native_cell(letter, width, _CELL[1] * style.high, style.bold)
            if style.inverse:
                canvas.paste(1, (left, top, left + width, top + cell.height))
            canvas.paste(0 if style.inverse else 1, (left, top), cell)
            left += width
        self._text.append("".join(letter for letter, _ in self._line))
        self._line = []
        self._marked = True
        self.feed(max(height, _LINE_FEED))

    def raster(self, width_bytes: int, rows: int, data: bytes) -> None:
        """Dots from the left edge, one bit each, 1 is black."""
        if self._line:
            self.line_feed()
        if not width_bytes or not rows:
            return
        self._room(rows).paste(Image.frombytes("1", (8 * width_bytes, rows), data), (0, self.rows))
        self.rows += rows
        self._marked = True

    def cut(self) -> Printed:
        """What was printed so far."""
        if self._line:
            self.line_feed()
        dots = self._ink.crop((0, 0, self.width, max(1, self.rows)))
        return Printed(dots.convert("L").point([255 - level for level in range(256)]), "\n".join(self._text))
