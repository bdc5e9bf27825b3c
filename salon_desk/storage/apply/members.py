"""Projections about members beyond their description: allergies.

Names and phones are merged in `descriptions.py`. An allergy is only added until a person removes that very note; a
removal that arrives before its note still removes it.
"""

from __future__ import annotations

from sqlalchemy import bindparam, insert, update

from salon_desk.operations.description import AllergyNoted, AllergyRemoved
from salon_desk.operations.envelope import Header
from salon_desk.storage.engine import Statement, Transaction
from salon_desk.storage.tables.members import allergies

_ADD = Statement(lambda: insert(allergies))
_FILL = Statement(
    lambda: (
        update(allergies)
        .where(allergies.c.allergy_id == bindparam("id"))
        .values(member=bindparam("member"), substance=bindparam("substance"))
    )
)
_REMOVE = Statement(
    lambda: (
        update(allergies).where(allergies.c.allergy_id == bindparam("id")).values(removed=bindparam("one"))
    )
)


def allergy_noted(transaction: Transaction, _header: Header, operation: AllergyNoted) -> None:
    """Add the note, or fill the row that an early removal left."""
    known = {"member": operation.member, "substance": operation.substance}
    if not transaction.run(_FILL, id=operation.allergy_id, **known):
        transaction.run(_ADD, allergy_id=operation.allergy_id, removed=0, **known)


def allergy_removed(transaction: Transaction, _header: Header, operation: AllergyRemoved) -> None:
    """Mark the note removed, even when it has not arrived yet."""
    if not transaction.run(_REMOVE, id=operation.allergy_id, one=1):
        transaction.run(_ADD, allergy_id=operation.allergy_id, member="", substance="", removed=1)
