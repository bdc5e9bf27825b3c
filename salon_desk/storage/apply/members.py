"""Projections about members beyond their description: allergies, family, consents.

Names and phones are merged in `descriptions.py`. An allergy or a link is only added until a person takes back that very one;
what takes it back counts also when it arrives first.
"""

from __future__ import annotations

from datetime import date

import msgspec

from salon_desk.domain.clock import parse_instant
from salon_desk.operations.consent import ConsentGiven, ConsentWithdrawn
from salon_desk.operations.description import AllergyNoted, AllergyRemoved
from salon_desk.operations.envelope import Header
from salon_desk.operations.member import AllergiesAcknowledged, FamilyLinked, FamilyUnlinked, TierChanged
from salon_desk.storage.engine import Transaction
from salon_desk.storage.putting import Rows
from salon_desk.storage.tables.members import allergies, allergy_acknowledgements, consents, family_links
from salon_desk.storage.tables.tiers import tier_changes

_NOTE = Rows(allergies, lambda new: {"member": new.member, "substance": new.substance})
_REMOVE = Rows(allergies, lambda new: {"removed": new.removed})
_LINK = Rows(family_links, lambda new: {"member": new.member, "other": new.other, "relation": new.relation})
_UNLINK = Rows(family_links, lambda new: {"removed": new.removed})
_SAY = Rows(consents)
_ACKNOWLEDGE = Rows(allergy_acknowledgements)
_CHANGE_TIER = Rows(tier_changes)


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
    transaction.put(
        _REMOVE, allergy_id=operation.allergy_id, member=operation.member, substance="", removed=1
    )


def allergies_acknowledged(
    transaction: Transaction, header: Header, operation: AllergiesAcknowledged
) -> None:
    """Keep who was shown what, and when."""
    transaction.put(
        _ACKNOWLEDGE,
        op_id=header.op_id,
        ticket=operation.ticket,
        member=operation.member,
        substances=_list(operation.substances),
        item=operation.item,
        actor=header.actor,
        at=header.at,
    )


def tier_changed(transaction: Transaction, header: Header, operation: TierChanged) -> None:
    """Keep why a tier changed."""
    transaction.put(
        _CHANGE_TIER,
        op_id=header.op_id,
        member=operation.member,
        before=operation.before,
        tier=operation.tier,
        measure=operation.measure,
        measured=operation.measured,
        least=operation.least,
        window_days=operation.window_days,
        at=header.at,
    )


def family_linked(transaction: Transaction, _header: Header, operation: FamilyLinked) -> None:
    """Add the link, or fill the row that its early end left."""
    transaction.put(
        _LINK,
        link=operation.link,
        member=operation.member,
        other=operation.other,
        relation=operation.relation.value,
        removed=0,
    )


def family_unlinked(transaction: Transaction, _header: Header, operation: FamilyUnlinked) -> None:
    """Mark the link as taken back, even when it has not arrived yet."""
    transaction.put(
        _UNLINK,
        link=operation.link,
        member=operation.member,
        other=operation.other,
        relation="",
        removed=1,
    )


def consent_given(transaction: Transaction, header: Header, operation: ConsentGiven) -> None:
    """Keep the consent with its evidence. Raises ValueError for a day or an instant that is none."""
    parse_instant(operation.given_at)
    if operation.basis_day:
        date.fromisoformat(operation.basis_day)
    transaction.put(
        _SAY,
        op_id=header.op_id,
        member=operation.member,
        channel=operation.channel.value,
        purpose=operation.purpose.value,
        given=1,
        basis=operation.basis.value,
        basis_day=operation.basis_day,
        shown=operation.text,
        language=operation.language,
        store=operation.store,
        place=operation.place,
        at=operation.given_at,
        actor=header.actor,
        seen=_list(operation.seen),
    )


def consent_withdrawn(transaction: Transaction, header: Header, operation: ConsentWithdrawn) -> None:
    """Keep that it was taken back. Raises ValueError for an instant that is none."""
    parse_instant(operation.withdrawn_at)
    transaction.put(
        _SAY,
        op_id=header.op_id,
        member=operation.member,
        channel=operation.channel.value,
        purpose=operation.purpose.value,
        given=0,
        basis="",
        basis_day="",
        shown=operation.said,
        language="",
        store=operation.store,
        place=operation.place,
        at=operation.withdrawn_at,
        actor=header.actor,
        seen="[]",
    )


def _list(words: tuple[str, ...]) -> str:
    return msgspec.json.encode(words).decode()
