"""Operations about bookings: that a member is expected at a store, and that it was called off.

Only what the placement of value needs stands here: who, where, when, by opaque ids. What is to be done, by whom, and what becomes
of a clash rides in operations of its own. To move a booking is to cancel it and make another.
"""

from __future__ import annotations

from typing import ClassVar

from salon_desk.operations.operation import Operation


class BookingMade(Operation, frozen=True, kw_only=True):
    """A member is expected at a store. `starts_at`: an instant as operations keep it."""

    KIND: ClassVar[str] = "booking.made"
    booking: str
    member: str
    store: str
    starts_at: str


class BookingCancelled(Operation, frozen=True, kw_only=True):
    """Nobody is expected by this booking any more; it may arrive before the booking does."""

    KIND: ClassVar[str] = "booking.cancelled"
    booking: str
    member: str
