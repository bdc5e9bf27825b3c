"""Characters as black dots: the bundled Chinese font, drawn once a character and kept.

No line and no row is laid out here (see `receipt_raster`). The one rule to know: advances are whole
dots and all figures have one width, so amounts stand under each other to the dot.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import as_file, files

from PIL import Image, ImageDraw, ImageFont

BODY_DOTS = 24
"""Height of a Chinese character of the body: 3 mm at 203 dpi, two native characters wide."""

_PACKAGE = "pylopdf_fonts_zh_cn"
_FILE = "NotoSansSC-Regular.otf"
_SMEAR_EVERY = 18
_DARK_ENOUGH = 96
"""Ink from this cover (of 255) on: thin strokes stay whole on thermal paper."""


@dataclass(frozen=True, slots=True)
class Glyph:
    """One character: its dots, where they stand from the pen on the baseline, how far the pen moves."""

    dots: Image.Image | None
    left: int
    top: int
    advance: int


@lru_cache(maxsize=8)
def _font(dots: int) -> ImageFont.FreeTypeFont:
    with as_file(files(_PACKAGE) / _FILE) as path:
        return ImageFont.truetype(str(path), dots, layout_engine=ImageFont.Layout.BASIC)


@lru_cache(maxsize=8192)
def glyph(character: str, dots: int, bold: bool) -> Glyph:
    """A character at `dots` height; bold is drawn twice, because the font has one weight."""
    if unicodedata.category(character) in ("Cf", "Cc"):
        return Glyph(None, 0, 0, 0)
    font = _font(dots)
    advance = round(font.getlength(character))
    left, top, right, bottom = (int(edge) for edge in font.getbbox(character, anchor="ls"))
    if right <= left or bottom <= top:
        return Glyph(None, 0, 0, advance)
    smear = max(1, dots // _SMEAR_EVERY) if bold else 0
    grey = Image.new("L", (right - left + smear, bottom - top))
    ImageDraw.Draw(grey).text((-left, -top), character, fill=255, font=font, anchor="ls")
    ink = grey.point([255 if level >= _DARK_ENOUGH else 0 for level in range(256)], mode="1")
    for shift in range(1, smear + 1):
        ink.paste(1, (shift, 0), ink.copy().crop((0, 0, ink.width - shift, ink.height)))
    return Glyph(ink, left, top, advance)


@lru_cache(maxsize=512)
def native_cell(character: str, width: int, height: int, bold: bool) -> Image.Image:
    """A character as a printer's own font would have it: in a box of this size. For previews and emulators."""
    whole = Image.new("1", (BODY_DOTS, 2 * BODY_DOTS))
    advance = glyph(character, BODY_DOTS, bold).advance
    draw(whole, ((BODY_DOTS - advance) // 2, BODY_DOTS + 4), character, dots=BODY_DOTS, bold=bold)
    side = 0 if advance >= BODY_DOTS else 3
    narrow = whole.crop((side, 4, BODY_DOTS - side, BODY_DOTS + 12)).convert("L").resize((width, height))
    return narrow.point([255 if level >= _DARK_ENOUGH else 0 for level in range(256)], mode="1")


def forget() -> None:
    """Draw every character anew, as after a start; for benchmarks."""
    glyph.cache_clear()
    native_cell.cache_clear()


def measure(text: str, dots: int = BODY_DOTS) -> int:
    """Width of a text in dots at this height."""
    return sum(glyph(character, dots, False).advance for character in text)


def draw(canvas: Image.Image, at: tuple[int, int], text: str, *, dots: int, bold: bool, ink: int = 1) -> None:
    """Put a text onto a 1-bit canvas (1 is ink), the pen beginning at `at` on the baseline."""
    x, baseline = at
    for character in text:
        mark = glyph(character, dots, bold)
        if mark.dots is not None:
            canvas.paste(ink, (x + mark.left, baseline + mark.top), mark.dots)
        x += mark.advance
