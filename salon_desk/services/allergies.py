"""Allergies at the counter: what was shown before a service is acknowledged once a ticket, and kept with who and when.

Noting one is an edit of the member (`members.py`). Nothing is blocked here: the screen asks, this keeps the answer.
"""

from __future__ import annotations

from collections.abc import Sequence

from salon_desk.domain.access import Permission
from salon_desk.domain.limits import MAX_REFERENCE, check_text
from salon_desk.operations.member import AllergiesAcknowledged
from salon_desk.services.till import Actor, Till
from salon_desk.storage.engine import Transaction
from salon_desk.storage.queries import allergies as stored


def acknowledge(
    till: Till,
    command_id: str,
    actor: Actor,
    ticket: str,
    *,
    member: str,
    substances: Sequence[str],
    item: str = "",
) -> None:
    """Keep that these were shown to whoever stands at the till, before this ticket's service; again nothing new is kept.

    Raises PermissionNeeded.
    """
    actor.require(Permission.SELL)
    check_text("item", item, MAX_REFERENCE)

    def decide(transaction: Transaction) -> list[AllergiesAcknowledged]:
        known = {
            substance
            for one in stored.acknowledged(transaction, ticket)
            if one.item in ("", item)
            for substance in one.substances
        }
        if known >= set(substances):
            return []
        return [AllergiesAcknowledged(ticket=ticket, member=member, substances=tuple(substances), item=item)]

    till.record(command_id, actor, decide)


def acknowledged(till: Till, ticket: str, item: str = "") -> frozenset[str]:
    """The substances that were acknowledged for a ticket, for all of it or for an item."""
    with till.read() as transaction:
        return frozenset(
            substance
            for one in stored.acknowledged(transaction, ticket)
            if one.item in ("", item)
            for substance in one.substances
        )
