"""Projections about members beyond their description: allergies.

Names and phones are merged in `descriptions.py`. An allergy is only added until a person removes that very note; a
removal that arrives before its note still removes it.
"""

from __future__ import annotations

from salon_desk.operations.description import AllergyNoted, AllergyRemoved
from salon_desk.operations.envelope import Header
from salon_desk.storage.engine import Transaction
from salon_desk.storage.putting import Rows
from salon_desk.storage.tables.members import allergies

_NOTE = Rows(allergies, lambda new: {"member": new.member, "substance": new.substance})
_REMOVE = Rows(allergies, lambda new: {"removed": new.removed})


def allergy_noted(transaction: Transaction, _header: Header, operation: AllergyNoted) -> None:
    """Add the note, or fill the row that an early removal left."""
    transaction.put(
        _NOTE,
        allergy_id=operation.allergy_id,
        member=operation.member,
        substance=operation.substance,
        removed=0,
    )


def allergy_removed(transaction: Transaction, _header: Header, operation: AllergyRemoved) -> None:
    """Mark the note removed, even when it has not arrived yet."""
    transaction.put(_REMOVE, allergy_id=operation.allergy_id, member="", substance="", removed=1)
