"""Operations about series (次卡, 疗程): one is described as an offer, sold, given to another member, shared in a family.

Using a visit is part of a sale (`sale.py`). They hold opaque ids alone; freezing one is `card.frozen` with its id.
"""

from __future__ import annotations

from typing import ClassVar

from salon_desk.domain.names import Names
from salon_desk.domain.series import SeriesPart, TaxPoint
from salon_desk.domain.tax import TaxPart
from salon_desk.operations.description import Described
from salon_desk.operations.operation import Operation
from salon_desk.operations.value_document import ValueDocument


class SeriesOfferDescribed(Described, frozen=True, kw_only=True):
    """A series that the shop sells."""

    KIND: ClassVar[str] = "series_offer.described"


class SeriesSold(ValueDocument, frozen=True, kw_only=True):
    """A series was sold to its `member`. `tax_point` is the law of the place on that day: with `taxes` here, or at each visit."""

    KIND: ClassVar[str] = "series.sold"
    series: str
    offer: str
    names: Names
    parts: tuple[SeriesPart, ...]
    tax_point: TaxPoint
    rule_pack: str
    taxes: tuple[TaxPart, ...] = ()
    seller: str = ""


class SeriesTransferred(Operation, frozen=True, kw_only=True):
    """The series belongs to another member from now on; its visits stay where they lie."""

    KIND: ClassVar[str] = "series.transferred"
    series: str
    member: str
    reason: str = ""


class SeriesShared(Operation, frozen=True, kw_only=True):
    """A member besides the owner may use the visits, or may not any more."""

    KIND: ClassVar[str] = "series.shared"
    series: str
    member: str
    allowed: bool
