"""Giving back what a card or a wallet was charged: which charge gives which tender of a document back, and whether it did.

What goes back is decided in `refunds.py`, `voids.py`, `top_up_undo.py`; the charges themselves are asked by `charge_desk.py` before. The
one rule: a tender that a device took goes back by a charge that was approved, each of them once, or by hand with a manager's word.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta

from salon_desk.domain.access import Permission
from salon_desk.domain.charge import ChargeKind, Means
from salon_desk.domain.charge_state import ChargeState
from salon_desk.domain.clock import instant_text
from salon_desk.domain.money import Money
from salon_desk.domain.tender import TenderKind
from salon_desk.operations.payment import TenderPart
from salon_desk.services.charge_errors import (
    ChargeAmountDiffers,
    ChargeLeftOut,
    ChargeNotApproved,
    ChargeOfAnother,
    ChargeOpen,
    ChargeUsed,
    ReturnMissing,
    UnknownCharge,
)
from salon_desk.services.till import Actor, Till
from salon_desk.storage.engine import Transaction
from salon_desk.storage.queries import charges
from salon_desk.storage.queries.charges import ChargeView

Parts = Iterable[tuple[int, Money]]
"""(number of a tender in its document, what of it goes back)."""


@dataclass(frozen=True, slots=True)
class Returned:
    """By which charge each tender goes back, by its number in the document.

    `by_hand`: what no charge gives back was given back on the machine or the wallet itself; that takes a manager.
    """

    charges: Mapping[int, str] = field(default_factory=dict)
    by_hand: bool = False


NOT_ASKED = Returned()
_ONE_BATCH = timedelta(hours=12)
"""A terminal that closes its batch by itself does so at night."""


@dataclass(frozen=True, slots=True)
class ReturnNeeded:
    """What is to be asked of a device before a document gives a tender back. `made`: a charge that did it already, empty for none.

    `kind`: a VOID where the whole of a terminal's charge goes back the same day and before its batch was closed here, else a RETURN.
    """

    number: int
    of_reference: str
    means: Means
    kind: ChargeKind
    amount: Money
    made: str = ""


def needed(till: Till, tenders: Sequence[TenderPart], parts: Parts) -> tuple[ReturnNeeded, ...]:
    """What is to be asked of the devices for these parts of a document's tenders. Database worker, reads only."""
    with till.read() as transaction:
        today = instant_text(till.store.clock.now() - _ONE_BATCH)
        return tuple(
            _needed(transaction, number, tenders[number], amount, today)
            for number, amount in parts
            if tenders[number].charge
        )


def taken(
    transaction: Transaction,
    actor: Actor,
    document: str,
    tenders: Sequence[TenderPart],
    parts: Parts,
    *,
    returned: Returned,
) -> dict[int, str]:
    """By number the charge that gave each tender back; inside the transaction that records it.

    Raises ReturnMissing, PermissionNeeded (by hand), ChargeLeftOut, ChargeOpen, UnknownCharge, ChargeNotApproved, ChargeUsed,
    ChargeOfAnother, ChargeAmountDiffers.
    """
    if returned.by_hand:
        actor.require(Permission.OVERRIDE)
    found: dict[int, str] = {}
    for number, amount in parts:
        tender = tenders[number]
        reference = returned.charges.get(number, "")
        if reference in found.values():
            raise ChargeUsed(reference)
        if reference:
            found[number] = _checked(transaction, reference, document, tender, amount)
        elif tender.charge and amount and not returned.by_hand:
            raise ReturnMissing(tender.charge, amount.cents)
    _require_all(transaction, document, tenders, set(found.values()))
    return found


def _needed(
    transaction: Transaction, number: int, tender: TenderPart, amount: Money, today: str
) -> ReturnNeeded:
    means = Means(tender.tender) if tender.kind is TenderKind.WALLET else Means.TERMINAL
    of = charges.charge(transaction, tender.charge)
    others = charges.undoing(transaction, tender.charge)
    made = next((one.reference for one in others if one.is_free and one.approved == amount), "")
    gone = any(one.state is ChargeState.APPROVED for one in others)
    # a wallet undoes an order only while it is fresh: what a sale took goes back as a refund
    young = means is Means.TERMINAL and of is not None and not of.batch and of.begun_at >= today
    whole = young and of is not None and amount == of.approved and not gone
    kind = ChargeKind.VOID if whole else ChargeKind.RETURN
    return ReturnNeeded(number, tender.charge, means, kind, amount, made)


def _checked(
    transaction: Transaction, reference: str, document: str, tender: TenderPart, amount: Money
) -> str:
    found = charges.charge(transaction, reference)
    if found is None:
        raise UnknownCharge(reference)
    if found.kind is ChargeKind.SALE or not _belongs(found, document, tender):
        raise ChargeOfAnother(reference)
    if found.settled and found.state is ChargeState.APPROVED:
        raise ChargeUsed(reference)
    if found.state is not ChargeState.APPROVED:
        raise ChargeNotApproved(reference, found.state.value)
    if found.approved != amount:
        raise ChargeAmountDiffers(reference, found.approved.cents, amount.cents)
    return reference


def _belongs(found: ChargeView, document: str, tender: TenderPart) -> bool:
    return found.of_reference == tender.charge if tender.charge else found.subject == document


def _require_all(
    transaction: Transaction, document: str, tenders: Sequence[TenderPart], named: set[str]
) -> None:
    """Refuse to leave out what went back already, and to overtake a charge of which nobody knows."""
    made = charges.of_subject(transaction, document)
    for tender in tenders:
        made += charges.undoing(transaction, tender.charge) if tender.charge else []
    for one in made:
        if one.kind is not ChargeKind.SALE and one.is_open:
            raise ChargeOpen(one.reference, one.means.value)
        if one.kind is not ChargeKind.SALE and one.is_free and one.reference not in named:
            raise ChargeLeftOut(one.reference, one.approved.cents, one.last_four)
