"""A report as head and sections, from which paper, PDF and spreadsheet are all made, so that they never disagree.

What a certain report shows is in its own module; fonts and cells of a spreadsheet are in `services/report_files.py`.
The one rule: an amount stays Money and a count stays a number until the very last moment.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import assert_never

from salon_desk.documents.layout import (
    Align,
    Banner,
    Cell,
    ColumnsRow,
    Document,
    Row,
    Rule,
    Space,
    TextRow,
    amount_row,
    cells,
)
from salon_desk.domain.money import Money
from salon_desk.i18n import Catalogue

Value = str | int | Money
_GAP = 1
"""Cells kept free before a column of values, besides the one that parts any two cells."""


@dataclass(frozen=True, slots=True)
class Line:
    """One row of a section: its name and its values under the section's columns."""

    name: str
    values: tuple[Value, ...]
    bold: bool = False


@dataclass(frozen=True, slots=True)
class Section:
    """A titled table. `columns` are the headings of the values, empty for a plain list of figures.

    `bars` names the value that is also painted as bars where there is room (None: never).
    """

    title: str
    lines: tuple[Line, ...]
    columns: tuple[str, ...] = ()
    first_column: str = ""
    bars: int | None = None


@dataclass(frozen=True, slots=True)
class Sheet:
    """One report: its kind, language, head, and its sections. `as_of` is the instant of what it knows (UTC)."""

    kind: str
    language: str
    shop: str
    title: str
    head: tuple[tuple[str, str], ...]
    sections: tuple[Section, ...]
    as_of: datetime


def sheet_document(sheet: Sheet, say: Catalogue, *, copy: bool = False) -> Document:
    """The report for a receipt printer or a terminal."""
    rows: list[Row] = [
        *([Banner(say.text("COPY"))] if copy else []),
        TextRow(sheet.shop, bold=True, align=Align.CENTRE),
        TextRow(sheet.title, bold=True, size=2, align=Align.CENTRE),
        Space(),
    ]
    rows += [amount_row(name, value) for name, value in sheet.head]
    for section in sheet.sections:
        if section.lines:
            rows += [Rule(), TextRow(section.title, bold=True)]
            rows += _table(section, say)
    return Document(sheet.kind, sheet.language, tuple(rows))


def written(value: Value, say: Catalogue) -> str:
    """A value as a reader sees it."""
    match value:
        case Money():
            return say.money(value)
        case int():
            return say.number(value)
        case str():
            return value
        case _:
            assert_never(value)


def _table(section: Section, say: Catalogue) -> Iterable[Row]:
    """The lines with their values in columns of one width each, so that they align from row to row."""
    table = [[written(value, say) for value in line.values] for line in section.lines]
    headed = [list(section.columns), *table] if section.columns else table
    widths = [max(cells(text) for text in column) + _GAP for column in zip(*headed, strict=True)]
    if section.columns:
        yield _row(section.first_column, section.columns, widths, bold=False)
    for line, texts in zip(section.lines, table, strict=True):
        yield _row(line.name, texts, widths, bold=line.bold)


def _row(name: str, texts: Iterable[str], widths: Iterable[int], *, bold: bool) -> Row:
    values = (
        Cell(text, align=Align.RIGHT, width=width, wraps=False)
        for text, width in zip(texts, widths, strict=True)
    )
    return ColumnsRow((Cell(name), *values), bold=bold)
