"""Why a booking cannot be changed. The sentences are the screen's."""

from __future__ import annotations

from dataclasses import dataclass

from salon_desk.domain.errors import DomainError


@dataclass
class UnknownBooking(DomainError):
    """No booking has this id, as far as this node knows."""

    booking: str
