"""Who is expected where: the bookings of a member, of a store, and those of some days.

What a booking is worth for the placement of value is weighed in `head_office/weighing.py`.
"""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import bindparam, select

from salon_desk.storage.engine import Statement, Transaction
from salon_desk.storage.tables.bookings import bookings
from salon_desk.storage.tables.cards import cards

MOST_BOOKINGS = 24

_STANDS = bookings.c.cancelled == 0
_ONE = Statement(lambda: select(bookings).where(bookings.c.id == bindparam("id")))
_OF_MEMBER = Statement(
    lambda: (
        select(bookings.c.store, bookings.c.starts_at)
        .where(bookings.c.member == bindparam("member"), _STANDS, bookings.c.starts_at >= bindparam("since"))
        .order_by(bookings.c.starts_at, bookings.c.id)
        .limit(MOST_BOOKINGS)
    )
)
_CARDS_AT = Statement(
    lambda: (
        select(cards.c.id)
        .join(bookings, bookings.c.member == cards.c.member)
        .where(bookings.c.store == bindparam("store"), _STANDS, bookings.c.starts_at >= bindparam("since"))
        .distinct()
    )
)
_CARDS_BETWEEN = Statement(
    lambda: (
        select(cards.c.id)
        .join(bookings, bookings.c.member == cards.c.member)
        .where(
            _STANDS, bookings.c.starts_at >= bindparam("since"), bookings.c.starts_at <= bindparam("until")
        )
        .distinct()
    )
)


@dataclass(frozen=True, slots=True)
class Booking:
    """That somebody is expected at a store, and when, as operations keep instants."""

    store: str
    starts_at: str


@dataclass(frozen=True, slots=True)
class Known:
    """A booking as this node knows it. `made`: whether it is here, or its end alone."""

    member: str
    store: str
    starts_at: str
    made: bool
    cancelled: bool


def booking(transaction: Transaction, booking_id: str) -> Known | None:
    """One booking, cancelled or not."""
    row = transaction.one(_ONE, id=booking_id)
    return row and Known(row.member, row.store, row.starts_at, bool(row.made_by), bool(row.cancelled))


def bookings_of(transaction: Transaction, member: str, since: str) -> list[Booking]:
    """The bookings of a member from an instant on, the next first."""
    if not member:
        return []
    return [
        Booking(row.store, row.starts_at) for row in transaction.all(_OF_MEMBER, member=member, since=since)
    ]


def cards_expected_at(transaction: Transaction, store: str, since: str) -> set[str]:
    """The cards of those who are expected at a store from an instant on."""
    return {row.id for row in transaction.all(_CARDS_AT, store=store, since=since)}


def cards_expected(transaction: Transaction, since: str, until: str) -> set[str]:
    """The cards of those who are expected anywhere between two instants. Reads every booking of these days."""
    return {row.id for row in transaction.all(_CARDS_BETWEEN, since=since, until=until)}
