"""How text breaks into lines and how cells share the width of the paper, in any unit.

No rows, no fonts and no bytes live here: a measure is handed in (cells for plain text, dots for
a picture). The one rule to know: nothing is ever cut off with an ellipsis; names wrap, amounts
keep whole, and when both cannot stand side by side the name gets a line of its own.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from msgspec import Struct

Measure = Callable[[str], int]
"""Width of a text in the caller's unit; the width of a text is the sum over its characters."""

_NEVER_FIRST = frozenset("，。、！？；：）」』】》〉”’…％%,.!?;:)]}·")
_NEVER_LAST = frozenset("（「『【《〈“‘([{$¥￥＄€£#")
_LEAST_WRAPPING_SHARE = 4
"""A wrapping cell gets at least a quarter of the line, or a line of its own."""


class Align(StrEnum):
    """Where a text stands in its width."""

    LEFT = "left"
    CENTRE = "centre"
    RIGHT = "right"


class Cell(Struct, frozen=True, omit_defaults=True):
    """One cell of a row of columns.

    `width` is in cells of the plain text (0: by content or by weight); `weight` shares what is left
    among the cells that wrap; a cell that does not wrap is at least as wide as its text.
    """

    text: str
    align: Align = Align.LEFT
    weight: int = 1
    width: int = 0
    bold: bool = False
    wraps: bool = True


@dataclass(frozen=True, slots=True)
class Placed:
    """A piece of text at its final distance from the left edge, in the caller's unit."""

    text: str
    at: int
    bold: bool = False


@lru_cache(maxsize=8192)
def _cells_of(character: str) -> int:
    if unicodedata.category(character) in ("Mn", "Me", "Cf", "Cc"):
        return 0
    return 2 if unicodedata.east_asian_width(character) in ("W", "F") else 1


def cells(text: str) -> int:
    """Width of a text in cells of a fixed-width line: a Chinese character is two, a mark none."""
    return sum(map(_cells_of, text))


def printable(text: str) -> str:
    """The text without control characters: a name typed or scanned in never steers a printer."""
    if text.isprintable():
        return text
    return "".join(c for c in text.replace("\t", " ") if c == "\n" or unicodedata.category(c) != "Cc")


def _pieces(text: str) -> list[str]:
    """What may not be torn apart: words, single Chinese characters with their punctuation, spaces."""
    pieces: list[str] = []
    glue = False
    for character in text:
        last = pieces[-1] if pieces else ""
        word = last != "" and not last.isspace() and _cells_of(last[-1]) < 2
        joins = (
            glue
            or _cells_of(character) == 0
            or character in _NEVER_FIRST
            or (word and _cells_of(character) == 1)
        )
        if character.isspace():
            pieces.append(" ")
            glue = False
        elif joins and last and not last.isspace():
            pieces[-1] += character
            glue = character in _NEVER_LAST
        else:
            pieces.append(character)
            glue = character in _NEVER_LAST
    return pieces


def _torn(piece: str, width: int, measure: Measure) -> list[str]:
    """A piece wider than the line, broken wherever it must; marks stay with their letter."""
    lines = [""]
    for character in piece:
        if lines[-1] and _cells_of(character) and measure(lines[-1] + character) > width:
            lines.append("")
        lines[-1] += character
    return lines


def wrap(text: str, width: int, measure: Measure) -> tuple[str, ...]:
    """The lines of a text in `width`; at least one, every printable character kept, spaces folded."""
    lines: list[str] = []
    for paragraph in printable(text).split("\n"):
        line, gap = "", ""
        for piece in _pieces(paragraph.strip()):
            if piece == " ":
                gap = " "
                continue
            if line and measure(line + gap + piece) > width:
                lines.append(line)
                line, gap = "", ""
            if measure(piece) > width:
                *full, line = _torn(piece, width, measure)
                lines.extend(full)
            else:
                line += gap + piece
            gap = ""
        lines.append(line)
    return tuple(lines)


def offset(text: str, align: Align, width: int, measure: Measure) -> int:
    """How far from the left of `width` a text begins; never below zero."""
    spare = max(0, width - measure(text))
    match align:
        case Align.LEFT:
            return 0
        case Align.CENTRE:
            return spare // 2
        case Align.RIGHT:
            return spare


def _whole(cell: Cell) -> str:
    return printable(cell.text).replace("\n", " ")


def _widths(row: Sequence[Cell], total: int, unit: int, measure: Measure) -> list[int] | None:
    """The width of each cell with a gap of one unit between, or None when they cannot stand in one line."""
    widths = [
        max(cell.width * unit, 0 if cell.wraps else measure(_whole(cell)))
        if cell.width or not cell.wraps
        else 0
        for cell in row
    ]
    left = total - unit * (len(row) - 1) - sum(widths)
    flexible = [index for index, cell in enumerate(row) if cell.wraps and not cell.width]
    if left < 0 or (flexible and left < len(flexible) * (total // _LEAST_WRAPPING_SHARE)):
        return None
    shares = sum(max(1, row[index].weight) for index in flexible)
    for index in flexible:
        widths[index] = left * max(1, row[index].weight) // shares
    return widths


def _side_by_side(
    row: Sequence[Cell], widths: list[int], unit: int, measure: Measure
) -> list[tuple[Placed, ...]]:
    columns = [
        wrap(cell.text, width, measure) if cell.wraps else (_whole(cell),)
        for cell, width in zip(row, widths, strict=True)
    ]
    lines: list[tuple[Placed, ...]] = []
    for number in range(max(map(len, columns), default=0)):
        line: list[Placed] = []
        left = 0
        for cell, width, column in zip(row, widths, columns, strict=True):
            text = column[number] if number < len(column) else ""
            if text:
                line.append(Placed(text, left + offset(text, cell.align, width, measure), cell.bold))
            left += width + unit
        lines.append(tuple(line))
    return lines


def flow_columns(
    row: Sequence[Cell], total: int, unit: int, measure: Measure
) -> tuple[tuple[Placed, ...], ...]:
    """The lines of a row of cells in `total`; `unit` is one cell of plain text in the caller's unit.

    Cells stand side by side where every wrapping one gets its share; else the wrapping ones take
    lines of their own above and the amounts follow, flush right.
    """
    widths = _widths(row, total, unit, measure)
    if widths is not None:
        return tuple(_side_by_side(row, widths, unit, measure))
    names = [cell for cell in row if cell.wraps and not cell.width]
    others = [cell for cell in row if not cell.wraps or cell.width]
    lines = [line for cell in names for line in _side_by_side([cell], [total], unit, measure)]
    packed = [
        cell.width * unit if cell.wraps else max(cell.width * unit, measure(_whole(cell))) for cell in others
    ]
    spare = total - sum(packed) - unit * (len(packed) - 1)
    if others and spare >= 0:
        shift = spare
        for line in _side_by_side(others, packed, unit, measure):
            lines.append(tuple(Placed(p.text, p.at + shift, p.bold) for p in line))
        return tuple(lines)
    for cell in others:
        for text in wrap(cell.text, total, measure):
            lines.append((Placed(text, offset(text, cell.align, total, measure), cell.bold),))
    return tuple(lines)
