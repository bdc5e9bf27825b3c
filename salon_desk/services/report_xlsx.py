"""A report as a spreadsheet: plain figures on the first sheet, each table on a sheet of its own, amounts as numbers.

What stands in it comes from `documents/report_sheet.py`. The one rule: an amount is an exact decimal with a number
format, and a text is never taken for a formula, whatever somebody called a service.
"""

from __future__ import annotations

import io
import re
from datetime import UTC
from decimal import Decimal
from typing import Any, assert_never

from openpyxl import Workbook
from openpyxl.styles import Font, PatternFill
from openpyxl.utils import get_column_letter

from salon_desk.documents.flow import cells
from salon_desk.documents.report_sheet import Section, Sheet, Value
from salon_desk.domain.money import Money

_FORBIDDEN = re.compile(r"[\[\]:*?/\\]")
_LONGEST_TITLE = 31
_WIDEST = 48
_BOLD = Font(bold=True)
_HEADING = PatternFill("solid", fgColor="FFEBE6DE")
_DOLLARS = ("USD", "CAD")


class _Page:
    """One sheet of the book, filled row by row."""

    def __init__(self, page: Any) -> None:
        self.page = page
        self._row = 0

    def add(self, *values: Value, bold: bool = False, heading: bool = False) -> None:
        """One row; none of values is an empty row."""
        self._row += 1
        for column, value in enumerate(values, start=1):
            cell = self.page.cell(self._row, column)
            _fill(cell, value)
            if bold:
                cell.font = _BOLD
            if heading:
                cell.fill = _HEADING

    def add_section(self, section: Section) -> None:
        """A section with its headings."""
        self.add(section.title, bold=True, heading=True)
        if section.columns:
            self.add(section.first_column, *section.columns, bold=True)
        for line in section.lines:
            self.add(line.name, *line.values, bold=line.bold)


def xlsx_file(sheet: Sheet) -> bytes:
    """The bytes of an XLSX file."""
    book = Workbook()
    first = _Page(book.active)
    first.page.title = _sheet_name(book, sheet.title)
    first.add(sheet.shop, bold=True)
    first.add(sheet.title, bold=True)
    for name, value in sheet.head:
        first.add(name, value)
    for section in sheet.sections:
        if section.lines and not section.columns:
            first.add()
            first.add_section(section)
        elif section.lines:
            table = _Page(book.create_sheet(_sheet_name(book, section.title)))
            table.add_section(section)
            table.page.freeze_panes = "B3"
    for page in book.worksheets:
        _fit(page)
    book.properties.created = book.properties.modified = sheet.as_of.astimezone(UTC).replace(tzinfo=None)
    book.properties.title, book.properties.creator = sheet.title, sheet.shop
    data = io.BytesIO()
    book.save(data)
    return data.getvalue()


def _fill(cell: Any, value: Value) -> None:
    match value:
        case Money():
            cell.value = Decimal(value.cents).scaleb(-2)
            cell.number_format = _money_format(value.currency)
        case int():
            cell.value = value
            cell.number_format = "#,##0"
        case str():
            cell.value = value
            cell.data_type = "s"
        case _:
            assert_never(value)


def _money_format(currency: str) -> str:
    unit = "$" if currency in _DOLLARS else f"{currency} "
    return f'"{unit}"#,##0.00;[Red]-"{unit}"#,##0.00'


def _sheet_name(book: Workbook, title: str) -> str:
    """A title as a sheet may be called: no forbidden characters, not too long, not taken."""
    wanted = _FORBIDDEN.sub(" ", title).strip()[:_LONGEST_TITLE] or "-"
    taken = {page.title for page in book.worksheets}
    name, number = wanted, 2
    while name in taken:
        name, number = f"{wanted[: _LONGEST_TITLE - 3]} {number}", number + 1
    return name


def _fit(page: Any) -> None:
    for number, column in enumerate(page.iter_cols(), start=1):
        widest = max((cells(str(cell.value)) for cell in column if cell.value is not None), default=0)
        page.column_dimensions[get_column_letter(number)].width = min(max(widest + 3, 12), _WIDEST)
