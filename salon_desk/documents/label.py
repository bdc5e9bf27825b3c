"""Labels for a shelf and for a product: the name in both languages, the price, the barcode.

No printer and no size in dots lives here. The one rule to know: a label of 30 mm has room for two lines of the first
name and one of the second; what is longer ends at a word, because a label has no second page.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from salon_desk.documents.bilingual import Bilingual
from salon_desk.documents.flow import Align, cells, wrap
from salon_desk.documents.layout import BarcodeRow, CutRow, Document, Row, Size, TextRow
from salon_desk.domain.money import Money
from salon_desk.domain.names import Names

KIND: Final = "label"
COLUMNS: Final = {40: 26, 50: 33}
"""Cells across a label of so many millimetres."""


class LabelKind(StrEnum):
    """SHELF: the price is read from afar. PRODUCT: sticks on the thing itself."""

    SHELF = "shelf"
    PRODUCT = "product"


@dataclass(frozen=True, slots=True)
class Labelled:
    """What a label is for. `price` None: it is asked at the counter. `code` empty: it has no barcode."""

    names: Names
    price: Money | None
    code: str = ""


def labels(
    wanted: Sequence[tuple[Labelled, int]], kind: LabelKind, say: Bilingual, *, width_mm: int = 40
) -> Document:
    """So many labels of each thing, each cut from the next; pure. On wider paper they are as on the widest label."""
    columns = COLUMNS.get(width_mm, max(COLUMNS.values()))
    rows: list[Row] = []
    for thing, count in wanted:
        for _ in range(count):
            rows += [*([CutRow()] if rows else []), *_label(thing, kind, say, columns)]
    return Document(KIND, say.language, tuple(rows))


def _label(thing: Labelled, kind: LabelKind, say: Bilingual, columns: int) -> list[Row]:
    first, *second = say.names(thing.names)
    rows: list[Row] = [TextRow(_lines(first, columns, 2), bold=True, align=Align.CENTRE)]
    rows += [TextRow(_lines(name, columns, 1), align=Align.CENTRE) for name in second]
    if thing.price is not None:
        size: Size = 3 if kind is LabelKind.SHELF else 2
        rows.append(TextRow(say.money(thing.price), bold=True, size=size, align=Align.CENTRE))
    if thing.code:
        rows.append(BarcodeRow(thing.code, low=True))
    return rows


def _lines(text: str, columns: int, most: int) -> str:
    return "\n".join(wrap(text, columns, cells)[:most])
