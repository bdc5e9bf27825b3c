"""Projection of bookings: made once, cancelled for good, whatever arrives first.

Of two operations that make one booking the smaller operation id stands.
"""

from __future__ import annotations

from sqlalchemy import or_

from salon_desk.operations.booking import BookingCancelled, BookingMade
from salon_desk.operations.envelope import Header
from salon_desk.storage.engine import Transaction
from salon_desk.storage.putting import Rows
from salon_desk.storage.tables.bookings import bookings

_STANDING = bookings.c
_MAKE = Rows(
    bookings,
    lambda new: {name: new[name] for name in ("member", "store", "starts_at", "made_by")},
    only=lambda new: or_(_STANDING.made_by == "", _STANDING.made_by > new.made_by),
)
_CANCEL = Rows(bookings, lambda _new: {"cancelled": 1})


def booking_made(transaction: Transaction, header: Header, operation: BookingMade) -> None:
    """A member is expected."""
    transaction.put(
        _MAKE,
        id=operation.booking,
        member=operation.member,
        store=operation.store,
        starts_at=operation.starts_at,
        made_by=header.op_id,
        cancelled=0,
    )


def booking_cancelled(transaction: Transaction, _header: Header, operation: BookingCancelled) -> None:
    """And is not any more. One that is not here yet has no store until it comes."""
    blank = {"member": operation.member, "store": "", "starts_at": "", "made_by": ""}
    transaction.put(_CANCEL, id=operation.booking, cancelled=1, **blank)
