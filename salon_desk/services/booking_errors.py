"""Why a booking cannot be changed.

Parameters and no prose: the sentences are the screen's. What is booked is in `services/bookings.py`.
"""

from __future__ import annotations

from dataclasses import dataclass

from salon_desk.domain.errors import DomainError


@dataclass
class UnknownBooking(DomainError):
    """No booking has this id, as far as this node knows."""

    booking: str
