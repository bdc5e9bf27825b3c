"""What a till without a screen is refused when it should join a head office, and whether it has what it needs to trade.

No connection lives here (`sync`), and no waiting (`bootstrap/day/network.py`). Database worker, reads only.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from salon_desk.domain.errors import DomainError
from salon_desk.services import parent
from salon_desk.services.till import Till
from salon_desk.storage.queries import staff
from salon_desk.storage.queries.shop import shop
from salon_desk.storage.queries.tickets import counted


@dataclass
class CodeMissing(DomainError):
    """This till belongs to no head office yet, and was given an address without a code."""

    url: str


@dataclass
class AddressMissing(DomainError):
    """A code was given without the address of the head office that made it."""


@dataclass
class ShopNotHere(DomainError):
    """The till joined, and what it needs to trade did not arrive within so many seconds."""

    seconds: int


def has_traded(till: Till) -> bool:
    """Whether this till has sold something or has a shift open: then it needs nobody to go on."""
    with till.read() as transaction:
        return till.shift(transaction) is not None or counted(transaction, till.store.node, "receipt") > 0


def can_trade(till: Till, people: Iterable[str], target: int) -> bool:
    """Whether the shop is here, `people` can sign in, and the feed was taken in up to `target`."""
    link = parent.link(till)
    with till.read() as transaction:
        return (
            link is not None
            and link.cursor >= target > 0
            and shop(transaction, till.store.node) is not None
            and all(staff.pin_hash(transaction, person) is not None for person in people)
        )
