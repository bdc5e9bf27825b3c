"""What was owed to members by another program: the owner's word for a list, each thing carried over, and its way back.

A card's value is carried over by `card.carried_over`; everything else by one kind here. They hold opaque ids only: names and
telephones ride in descriptions (PROTOCOL 2).
"""

from __future__ import annotations

from enum import StrEnum
from typing import ClassVar

from salon_desk.domain.money import Money
from salon_desk.domain.names import Names
from salon_desk.domain.series import SeriesPart
from salon_desk.operations.operation import Moving, Operation

REASON = "import:"
"""What the reason of a `card.carried_over` begins with, before the id of its list."""


class Owned(StrEnum):
    """What kind of thing was owed besides a card's value."""

    GIFT = "gift"
    POINTS = "points"
    SERIES = "series"


class ImportSigned(Operation, frozen=True, kw_only=True):
    """The owner takes over a list: what it comes to here, and what the old program says that it should.

    `counted` and `told`: members, cents, visits, points, gift cards, by the names of `domain.importing.Totals`. `content`: a digest of
    what stands in it, the same at every till, however its columns are read.
    """

    KIND: ClassVar[str] = "import.signed"
    list_id: str
    file: str
    store: str
    rows: int
    broken: int
    counted: dict[str, int]
    told: dict[str, int]
    signed_by: str = ""
    content: str = ""


class AssetCarriedOver(Moving, frozen=True, kw_only=True):
    """A gift card, points or visits that were sold before this journal began; nobody pays now.

    `owned` is the gift's or series' id, the member's of points. `worth`: what is owed in money for all of it. `parts`:
    what visits may be used for; `tax_point`: the law of the place, by which they were taxed or will be. `row`: of the list.
    """

    KIND: ClassVar[str] = "asset.carried_over"
    list_id: str
    owned_kind: str
    owned: str
    member: str
    store: str
    units: int
    worth: Money
    code: str = ""
    names: Names | None = None
    parts: tuple[SeriesPart, ...] = ()
    tax_point: str = ""
    row: int = 0


class CarryingReversed(Moving, frozen=True, kw_only=True):
    """A list was wrong: what of one operation lay here unspent is taken back. `left`: what does not, by asset.

    Whoever is given back later what was paid with it has no right to it: `left` is issued as units of an asset of its own
    (`domain/list_left.py`), which bounds what is taken back then; `op` is the document that was undone in that case.
    """

    KIND: ClassVar[str] = "import.reversed"
    list_id: str
    op: str
    left: tuple[tuple[str, int], ...] = ()
