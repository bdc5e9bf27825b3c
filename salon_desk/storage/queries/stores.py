"""The stores of a chain and the codes of their tills, as a head office needs them to let in a further one.

One till's own shop is in `shop.py`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import bindparam, select

from salon_desk.domain.message_gate import Caps
from salon_desk.domain.money import Money
from salon_desk.domain.names import Names
from salon_desk.operations.description import StoreDescribed
from salon_desk.storage.engine import Statement, Transaction
from salon_desk.storage.queries.planned import on_day
from salon_desk.storage.queries.shop import NO_WORD_OF_CAPS, caps, names
from salon_desk.storage.tables.people import stores, tills

_STORES = Statement(
    lambda: select(
        stores.c.id,
        stores.c.jurisdiction,
        stores.c.time_zone,
        stores.c.day_cut_off,
        stores.c.currency,
        stores.c.receipt_language,
        stores.c.unproven_limit_cents,
    ).order_by(stores.c.id)
)
_ONE = Statement(lambda: select(stores).where(stores.c.id == bindparam("id")))
_CONTACT = Statement(lambda: select(stores.c.address, stores.c.phone).where(stores.c.id == bindparam("id")))
_TILL_CODES = Statement(lambda: select(tills.c.code))
_NAME_OF = Statement(lambda: select(tills.c.name).where(tills.c.id == bindparam("node")))
_LOCKED_OUT = Statement(lambda: select(tills.c.locked_out).where(tills.c.id == bindparam("node")))
_STORE_OF = Statement(lambda: select(tills.c.store).where(tills.c.id == bindparam("node")))
_DEVICE = Statement(
    lambda: select(tills.c.store, tills.c.name, tills.c.key, tills.c.hub).where(
        tills.c.id == bindparam("node")
    )
)


@dataclass(frozen=True, slots=True)
class StoreTerms:
    """Where a store stands and how it counts: what a further store of the same chain starts with."""

    id: str
    jurisdiction: str
    time_zone: str
    day_cut_off: str
    currency: str
    receipt_language: str
    unproven_limit_cents: int


@dataclass(frozen=True, slots=True)
class StorePlace:
    """What a report needs to know of a store."""

    store: str
    names: Names
    time_zone: str
    currency: str
    jurisdiction: str


@dataclass(frozen=True, slots=True)
class Contact:
    """A store's postal address and its telephone."""

    address: str
    phone: str


@dataclass(frozen=True, slots=True)
class Device:
    """A till or hub as head office has described it. `key`: the public half of its key, empty when nobody said."""

    store: str
    name: str
    key: str
    hub: bool


def device(transaction: Transaction, node: str) -> Device | None:
    """The device of a node, None when nobody has described it."""
    row = transaction.one(_DEVICE, node=node)
    return None if row is None else Device(row.store, row.name, row.key, bool(row.hub))


def place_of(transaction: Transaction, store: str) -> StorePlace | None:
    """One store by its id."""
    row = transaction.one(_ONE, id=store)
    if row is None:
        return None
    return StorePlace(row.id, names(row), row.time_zone, row.currency, row.jurisdiction)


def caps_of(transaction: Transaction, store: str, day: str) -> Caps:
    """How often offers of a store may go to a member on a day (ISO date)."""
    row = on_day(transaction, StoreDescribed, transaction.one(_ONE, id=store), day)
    return NO_WORD_OF_CAPS if row is None else caps(row)


def contact_of(transaction: Transaction, store: str) -> Contact:
    """Where a store can be written to and called, empty where nobody said."""
    row = transaction.one(_CONTACT, id=store)
    return Contact("", "") if row is None else Contact(row.address, row.phone)


def all_stores(transaction: Transaction) -> Sequence[StoreTerms]:
    """Every store that was described, by id."""
    return [StoreTerms(**row._asdict()) for row in transaction.all(_STORES)]


def till_codes(transaction: Transaction) -> frozenset[str]:
    """The codes of all tills of the chain, as receipts carry them."""
    return frozenset(row.code for row in transaction.all(_TILL_CODES))


def store_of_till(transaction: Transaction, node: str) -> str:
    """The store that a till stands in, empty when nobody said."""
    return str(transaction.value(_STORE_OF, node=node) or "")


def is_locked_out(transaction: Transaction, node: str) -> bool:
    """Whether the owner has locked this device out: it was stolen, or lost where somebody may find it."""
    return bool(transaction.value(_LOCKED_OUT, node=node))


def till_name(transaction: Transaction, node: str) -> str:
    """What a till is called, empty when nobody said."""
    return str(transaction.value(_NAME_OF, node=node) or "")


def unproven_limit(transaction: Transaction, store: str) -> Money | None:
    """What a ticket there may take of stored value without a proof of who spends; None where none is asked."""
    row = transaction.one(_ONE, id=store)
    if row is None or row.unproven_limit_cents <= 0:
        return None
    return Money(row.unproven_limit_cents, row.currency)
