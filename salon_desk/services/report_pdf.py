"""A report as a PDF on Letter paper: tables with aligned amounts, and bars where people would rather look than read.

What stands in it comes from `documents/report_sheet.py`. The one rule: the bundled Chinese font goes in, reduced to
the characters used, so that the file reads the same on every machine. Lengths are points, whole numbers.
"""

from __future__ import annotations

from collections.abc import Sequence
from importlib.resources import as_file, files

from fpdf import FPDF

from salon_desk.documents.report_sheet import Line, Section, Sheet, Value, written
from salon_desk.domain.money import Money
from salon_desk.i18n import Catalogue

_FONT = "noto"
_FONT_PACKAGE, _FONT_FILE = "pylopdf_fonts_zh_cn", "NotoSansSC-Regular.otf"
_MARGIN = 54
_TITLE, _HEADING, _BODY = 20, 13, 10
_ROW = 16
_VALUE_WIDTH = 92
_BAR_HEIGHT, _BAR_NAMES, _BAR_VALUES = 10, 150, 80
_INK, _MUTED, _LINE, _BRAND, _SUNK = (
    (30, 36, 48),
    (86, 92, 106),
    (185, 176, 162),
    (21, 94, 89),
    (235, 230, 222),
)


def pdf_file(sheet: Sheet, say: Catalogue) -> bytes:
    """The bytes of a PDF file."""
    pdf = FPDF(unit="pt", format="letter")
    with as_file(files(_FONT_PACKAGE) / _FONT_FILE) as font:
        pdf.add_font(_FONT, fname=str(font))
    pdf.set_creation_date(sheet.as_of)
    pdf.set_title(sheet.title)
    pdf.set_lang(sheet.language.replace("_", "-"))
    pdf.set_margin(_MARGIN)
    pdf.set_auto_page_break(True, margin=_MARGIN)
    pdf.add_page()
    _head(pdf, sheet)
    for section in sheet.sections:
        if section.lines:
            _section(pdf, section, say)
    return bytes(pdf.output())


def _head(pdf: FPDF, sheet: Sheet) -> None:
    _write(pdf, sheet.shop, size=_HEADING, colour=_MUTED)
    _write(pdf, sheet.title, size=_TITLE, colour=_INK)
    for name, value in sheet.head:
        pdf.set_font(_FONT, size=_BODY)
        pdf.set_text_color(*_MUTED)
        pdf.cell(_BAR_NAMES, _ROW, name)
        pdf.set_text_color(*_INK)
        pdf.multi_cell(0, _ROW, value, new_x="LMARGIN", new_y="NEXT")


def _write(pdf: FPDF, text: str, *, size: int, colour: tuple[int, int, int]) -> None:
    pdf.set_font(_FONT, size=size)
    pdf.set_text_color(*colour)
    pdf.multi_cell(0, size * 3 // 2, text, new_x="LMARGIN", new_y="NEXT")


def _section(pdf: FPDF, section: Section, say: Catalogue) -> None:
    if pdf.will_page_break(_ROW * 5):
        pdf.add_page()
    pdf.ln(_ROW)
    _write(pdf, section.title, size=_HEADING, colour=_BRAND)
    if section.columns:
        _row(pdf, section.first_column, section.columns, colour=_MUTED, bold=False)
    for line in section.lines:
        values = [written(value, say) for value in line.values]
        _row(pdf, line.name, values, colour=_INK, bold=line.bold)
    if section.bars is not None:
        _bars(pdf, section.lines, section.bars, say)


def _row(pdf: FPDF, name: str, values: Sequence[str], *, colour: tuple[int, int, int], bold: bool) -> None:
    """A name that wraps, its values flush right on its first line; a ground for what is bold."""
    width = int(pdf.epw) - _VALUE_WIDTH * len(values)
    pdf.set_font(_FONT, size=_BODY)
    pdf.set_text_color(*colour)
    pdf.set_draw_color(*_LINE)
    broken = pdf.multi_cell(width, _ROW, name, dry_run=True, output="LINES")
    height = _ROW * max(1, len(broken) if isinstance(broken, list) else 1)
    if pdf.will_page_break(height):
        pdf.add_page()
    top = pdf.get_y()
    if bold:
        pdf.set_fill_color(*_SUNK)
        pdf.rect(pdf.l_margin, top, pdf.epw, height, style="F")
    pdf.set_xy(pdf.l_margin + width, top)
    for value in values:
        pdf.cell(_VALUE_WIDTH, _ROW, value, align="R")
    pdf.set_xy(pdf.l_margin, top)
    pdf.multi_cell(width, _ROW, name, align="L")
    bottom = top + height
    pdf.line(pdf.l_margin, bottom, pdf.l_margin + pdf.epw, bottom)
    pdf.set_xy(pdf.l_margin, bottom)


def _bars(pdf: FPDF, lines: Sequence[Line], of: int, say: Catalogue) -> None:
    """One bar a line, as long as its value; nothing is painted for a value of zero or below."""
    most = max((_units(line.values[of]) for line in lines), default=0)
    if most <= 0:
        return
    longest = int(pdf.epw) - _BAR_NAMES - _BAR_VALUES
    height = _ROW * len(lines) + _ROW
    if height < pdf.eph and pdf.will_page_break(height):
        pdf.add_page()
    pdf.ln(_ROW // 2)
    pdf.set_fill_color(*_BRAND)
    for line in lines:
        if pdf.will_page_break(_ROW):
            pdf.add_page()
        top = pdf.get_y()
        _fitted(pdf, line.name)
        length = longest * max(0, _units(line.values[of])) // most
        if length:
            middle = top + (_ROW - _BAR_HEIGHT) // 2
            pdf.rect(pdf.l_margin + _BAR_NAMES, middle, length, _BAR_HEIGHT, style="F")
        pdf.set_xy(pdf.l_margin + _BAR_NAMES + length + 4, top)
        pdf.cell(_BAR_VALUES, _ROW, written(line.values[of], say), new_x="LMARGIN", new_y="NEXT")


def _fitted(pdf: FPDF, name: str) -> None:
    """A name in the width beside its bar, in smaller letters where it is long; never cut off."""
    size = _BODY
    pdf.set_font(_FONT, size=size)
    while size > 4 and pdf.get_string_width(name) > _BAR_NAMES - 6:
        size -= 1
        pdf.set_font(_FONT, size=size)
    pdf.cell(_BAR_NAMES, _ROW, name)
    pdf.set_font(_FONT, size=_BODY)


def _units(value: Value) -> int:
    if isinstance(value, Money):
        return value.cents
    return value if isinstance(value, int) else 0
