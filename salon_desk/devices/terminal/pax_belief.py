"""What is believed of what a PAX terminal told of a charge, and what is not.

Nothing is sent here. The one rule to know: the check of a frame is one XOR and misses two errors that cancel each other,
so an answer must also bear our reference, be about the same deed, its amounts must add up to what was asked, and where
they are others than what was asked (a tip, a part) a second reading must say the same.
"""

from __future__ import annotations

from salon_desk.devices.terminal.pax_messages import Code, Deed, Told, wire_reference
from salon_desk.domain.charge import Answer, Approved, Charge, ChargeKind, Declined
from salon_desk.domain.money import Money

DEEDS = {ChargeKind.SALE: Deed.SALE, ChargeKind.RETURN: Deed.RETURN, ChargeKind.VOID: Deed.VOID}
_DONE = {
    ChargeKind.SALE: frozenset({Deed.SALE}),
    ChargeKind.RETURN: frozenset({Deed.RETURN}),
    ChargeKind.VOID: frozenset({Deed.VOID, Deed.VOIDED_SALE, Deed.VOIDED_RETURN}),
}
_UNDONE = {ChargeKind.SALE: Deed.VOIDED_SALE, ChargeKind.RETURN: Deed.VOIDED_RETURN}


def is_ours(told: Told, reference: str) -> bool:
    """Whether it is about this reference."""
    return told.reference == wire_reference(reference)


def believed_answer(charge: Charge, told: Told) -> Answer | None:
    """The answer to a charge that was just asked for; None if it is not to be believed, or says neither yes nor no."""
    if not is_ours(told, charge.reference) or told.deed not in _DONE[charge.kind]:
        return None
    if told.code == Code.DECLINED:
        return None if told.approved else _declined(charge, told)
    if told.code not in Code.APPROVED:
        return None
    partly = told.code == Code.PARTLY
    return _approved(charge, told) if _adds_up(charge, told, partly=partly) else None


def believed_record(charge: Charge, told: Told) -> Answer | None:
    """What a record says of a charge; None if it is not to be believed.

    One that somebody voided at the terminal took no money in the end, which is a decline to whoever waits for it.
    """
    if not told.found or not is_ours(told, charge.reference):
        return None
    if told.deed == _UNDONE.get(charge.kind):
        return Declined(charge.reference, told.deed, "VOIDED")
    if told.deed not in _DONE[charge.kind] or not _adds_up(charge, told, partly=told.due > 0):
        return None
    return _approved(charge, told)


def believed_void(charge: Charge, original: Told) -> Answer | None:
    """What the record of the charge before says of its void: done, or None."""
    undone = (Deed.VOIDED_SALE, Deed.VOIDED_RETURN)
    if original.found and is_ours(original, charge.of_reference) and original.deed in undone:
        return _approved(charge, original)
    return None


def is_as_asked(charge: Charge, answer: Approved) -> bool:
    """Whether the amount is what we asked for ourselves, so that an error in it would have shown."""
    return answer.amount == charge.amount and not answer.tip


def is_same_money(answer: Approved, second: Answer | None) -> bool:
    """Whether a second reading says the same of the money."""
    return isinstance(second, Approved) and (second.amount, second.tip) == (answer.amount, answer.tip)


def _adds_up(charge: Charge, told: Told, *, partly: bool) -> bool:
    """Asked, approved, tip and rest agree. A fee that a terminal adds by itself never does: no price here has one."""
    asked, approved = charge.amount.cents, told.approved
    if charge.kind is ChargeKind.VOID:
        return approved in (None, 0, asked)
    if not approved:
        return False
    if charge.kind is ChargeKind.RETURN:
        return approved == asked and not told.tip
    without_tip = approved - told.tip
    if partly:
        return 0 < without_tip < asked and without_tip + told.due == asked
    return not told.due and not told.fee and without_tip == asked


def _approved(charge: Charge, told: Told) -> Approved:
    currency = charge.amount.currency
    void = charge.kind is ChargeKind.VOID
    return Approved(
        charge.reference,
        charge.amount if void else Money(told.approved or 0, currency),
        Money(0 if void else told.tip, currency),
        transaction=told.transaction,
        host_reference=told.host_reference,
        authorization=told.authorization,
        last_four=told.last_four,
        brand=told.brand,
        entry=told.entry,
    )


def _declined(charge: Charge, told: Told) -> Declined:
    return Declined(charge.reference, told.host_code or told.code, told.host_said or told.said)
