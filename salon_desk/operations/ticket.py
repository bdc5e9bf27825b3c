"""Operations about tickets that are not yet paid.

A paid ticket is a sale (`sale.py`). Each save carries the whole ticket and a revision; the highest
(revision, at, node) stands, and a completed or discarded ticket is never opened again by an older draft.
"""

from __future__ import annotations

from typing import ClassVar

from salon_desk.domain.ticket import Ticket
from salon_desk.operations.operation import Operation


class TicketSaved(Operation, frozen=True, kw_only=True):
    """The ticket as it stands now: open, parked or discarded."""

    KIND: ClassVar[str] = "ticket.saved"
    revision: int
    ticket: Ticket
    reason: str = ""
