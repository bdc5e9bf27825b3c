"""What only a person can put right: money given back twice while stores were cut off, two cards with one code, a list taken over twice.

It only reads, and decides nothing: each is true of the set of operations, whatever came first, and ends when somebody ends it.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any

from salon_desk.services import refund_rights
from salon_desk.storage.engine import Transaction
from salon_desk.storage.queries import cards, sales
from salon_desk.storage.queries.gifts import in_use
from salon_desk.storage.queries.imports_twice import Twice, taken_twice


class What(StrEnum):
    """What is to be looked into."""

    GIVEN_TWICE = "given-twice"
    SHARED_CODE = "shared-code"
    LIST_TWICE = "list-twice"


@dataclass(frozen=True, slots=True)
class Exceptional:
    """One thing for a person. `about`: a receipt, a code, or a list with the tills that took it over; `cents` is what it cost, 0 where it cost nothing yet."""

    what: What
    store: str
    about: str
    cents: int
    currency: str

    def told(self) -> dict[str, Any]:
        """As JSON says it."""
        return asdict(self)


def for_a_person(transaction: Transaction) -> list[Exceptional]:
    """All there is, by kind. Any thread; a read transaction will do."""
    shared = [
        Exceptional(What.SHARED_CODE, "", one, 0, "")
        for one in cards.shared_codes(transaction)
        if len(in_use(transaction, cards.cards_by_code(transaction, one))) > 1
    ]
    return [*_given_twice(transaction), *shared, *(_list_twice(one) for one in taken_twice(transaction))]


def _list_twice(one: Twice) -> Exceptional:
    stores = " ".join(dict.fromkeys(each.signed.store for each in one.lists))
    about = f"{one.signed.file} ({', '.join(one.tills)})"
    return Exceptional(What.LIST_TWICE, stores, about, one.cents, one.currency)


def _given_twice(transaction: Transaction) -> list[Exceptional]:
    found: dict[str, Exceptional] = {}
    for one in refund_rights.given_twice(transaction):
        sold = sales.of_ticket(transaction, one.ticket)
        store, about, currency = (sold.store, sold.receipt, sold.currency) if sold else ("", one.ticket, "")
        before = found[one.ticket].cents if one.ticket in found else 0
        found[one.ticket] = Exceptional(What.GIVEN_TWICE, store, about, before + one.units, currency)
    return list(found.values())
