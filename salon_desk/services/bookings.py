"""Bookings: that a member is expected at a store, and that it was called off; made at a till or at head office.

What a calendar needs besides comes with the appointments. A booking is a fact about the chain: the thread that writes records it
wherever it was made.
"""

from __future__ import annotations

from datetime import datetime

from salon_desk.domain.clock import instant_text
from salon_desk.domain.limits import MAX_REFERENCE, check_text
from salon_desk.operations.booking import BookingCancelled, BookingMade
from salon_desk.services.booking_errors import UnknownBooking
from salon_desk.storage import journal
from salon_desk.storage.engine import Transaction
from salon_desk.storage.journal import Command, Recorded
from salon_desk.storage.queries import bookings
from salon_desk.storage.store import Store


def make(
    store: Store, command: Command, booking: str, *, member: str, at_store: str, starts_at: datetime
) -> str:
    """Expect a member at a store; the booking's id. The thread that writes. Raises TextTooLong, CannotRecord."""
    for name, text in (("booking", booking), ("member", member), ("store", at_store)):
        check_text(name, text, MAX_REFERENCE)
    made = BookingMade(booking=booking, member=member, store=at_store, starts_at=instant_text(starts_at))
    journal.record(store, command, lambda _transaction: [made])
    return booking


def cancel(store: Store, command: Command, booking: str) -> Recorded:
    """Expect nobody by it any more; again it does nothing. The thread that writes. Raises UnknownBooking, CannotRecord."""

    def decide(transaction: Transaction) -> list[BookingCancelled]:
        known = bookings.booking(transaction, booking)
        if known is None or not known.made:
            raise UnknownBooking(booking)
        return [] if known.cancelled else [BookingCancelled(booking=booking, member=known.member)]

    return journal.record(store, command, decide)
