"""Labels of the shop's own things: which and how many, as they are named and priced today.

What a label says is in `documents/label.py`, whoever has the printer of labels hands it over. The one rule: labels are no
facts and wait on no disk; what was not printed is asked for again.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from salon_desk.documents import label
from salon_desk.documents.bilingual import Bilingual
from salon_desk.documents.label import LabelKind, Labelled
from salon_desk.documents.layout import Document
from salon_desk.domain.clock import parse_instant
from salon_desk.domain.errors import QuantityOutOfRange
from salon_desk.domain.money import Money
from salon_desk.domain.names import Names
from salon_desk.i18n import Catalogue
from salon_desk.services.errors import ShopMissing, UnknownItem
from salon_desk.services.receipts import spoken
from salon_desk.services.till import business_day_at
from salon_desk.storage import heads
from salon_desk.storage.engine import Transaction
from salon_desk.storage.queries import catalogue
from salon_desk.storage.queries.shop import Shop, shop

MOST: Final = 200
"""Labels of one thing at one time: more is a slip of the finger."""

_TRIED: Final = Labelled(Names("Hand Cream", "护手霜"), Money(1800, "USD"), "TEST-0001")


def document(
    transaction: Transaction,
    wanted: Sequence[tuple[str, int]],
    kind: LabelKind,
    language: str,
    *,
    now: str,
    width_mm: int = 40,
) -> Document:
    """Labels for items, each by its id or barcode and how many. `transaction`: any read snapshot; `now`: an instant's text.

    Raises UnknownItem, QuantityOutOfRange, ShopMissing.
    """
    for _item, count in wanted:
        if not 1 <= count <= MOST:
            raise QuantityOutOfRange(count, MOST)
    place = _place(transaction)
    day = business_day_at(parse_instant(now), place.time_zone, place.day_cut_off)
    things = [(_thing(transaction, item, day), count) for item, count in wanted]
    return label.labels(things, kind, spoken(language, place), width_mm=width_mm)


def sample(language: str, *, width_mm: int = 40) -> Document:
    """One label for trying the printer; pure."""
    say = Bilingual(Catalogue.load(language), Catalogue.load("zh_CN" if language == "en" else "en"))
    return label.labels([(_TRIED, 1)], LabelKind.PRODUCT, say, width_mm=width_mm)


def _place(transaction: Transaction) -> Shop:
    own = transaction.one(heads.IDENTITY)
    node = str(own.node) if own else ""
    found = shop(transaction, node)
    if found is None:
        raise ShopMissing(node)
    return found


def _thing(transaction: Transaction, wanted: str, day: str) -> Labelled:
    item = catalogue.item(transaction, wanted, day) or catalogue.item_by_code(transaction, wanted, day)
    if item is None:
        raise UnknownItem(wanted)
    return Labelled(item.names, item.price, item.code)
