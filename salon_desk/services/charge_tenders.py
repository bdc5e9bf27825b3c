"""What a document does with charges: each is taken once, whole, by the ticket or document that it was made for.

Nothing is recorded here, and nothing is charged (`charges.py`). The one rule: a tender that names a charge is what the device
said, so that its amount, its last four digits and the guest's tip are read and never typed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import assert_never

from salon_desk.domain.charge import ChargeKind, Means
from salon_desk.domain.charge_state import ChargeState
from salon_desk.domain.money import Money
from salon_desk.domain.tender import PlannedTender, SettledTender, TenderKind
from salon_desk.domain.tip import TipPart, split_tip
from salon_desk.services.charge_errors import (
    ChargeAmountDiffers,
    ChargeLeftOut,
    ChargeNotApproved,
    ChargeOfAnother,
    ChargeOpen,
    ChargeUsed,
    TicketLocked,
    UnknownCharge,
)
from salon_desk.storage.engine import Transaction
from salon_desk.storage.queries import charges
from salon_desk.storage.queries import tickets as stored
from salon_desk.storage.queries.charges import ChargeView


@dataclass(frozen=True, slots=True)
class GuestTip:
    """What a guest added at a device, as it falls to one person."""

    charge: str
    technician: str
    amount: Money


@dataclass(frozen=True, slots=True)
class Charged:
    """Tenders as their charges make them, and the tips that came with these."""

    tenders: tuple[PlannedTender, ...]
    tips: tuple[GuestTip, ...] = ()

    def with_tips(self, tips: Sequence[tuple[str, Money]]) -> tuple[tuple[str, Money], ...]:
        """By person the tips of the plan and those of the guests."""
        found = dict(tips)
        for one in self.tips:
            found[one.technician] = (
                found[one.technician] + one.amount if one.technician in found else one.amount
            )
        return tuple(found.items())

    def beside_tips(self, settled: Sequence[SettledTender]) -> list[SettledTender]:
        """The tenders without what guests added: that pays nothing else."""
        return self._changed(settled, -1)

    def beside_with_tips(self, settled: Sequence[SettledTender]) -> list[SettledTender]:
        """The same tenders with it again."""
        return self._changed(settled, 1)

    def named(self, settled: Sequence[SettledTender]) -> tuple[TipPart, ...]:
        """Each guest's tip with the tender whose charge it came by."""
        index = {one.charge: number for number, one in enumerate(settled) if one.charge}
        return tuple(TipPart(one.technician, one.amount, index[one.charge]) for one in self.tips)

    def _changed(self, settled: Sequence[SettledTender], sign: int) -> list[SettledTender]:
        found = []
        for tender in settled:
            amount = tender.amount
            for one in self.tips:
                if one.charge == tender.charge:
                    amount = amount + one.amount * sign
            found.append(replace(tender, amount=amount))
        return found


def planned(
    transaction: Transaction,
    subject: str,
    tenders: Sequence[PlannedTender],
    *,
    served: Sequence[tuple[str, Money]] = (),
    otherwise: str = "",
) -> Charged:
    """The tenders of a ticket with what their charges say. `served`: to whom guests' tips fall, by list price; else `otherwise`.

    Raises UnknownCharge, ChargeNotApproved, ChargeUsed, ChargeOfAnother, ChargeAmountDiffers.
    """
    made: list[PlannedTender] = []
    tips: list[GuestTip] = []
    taken: set[str] = set()
    for tender in tenders:
        if not tender.charge:
            made.append(tender)
            continue
        found = _usable(transaction, tender, subject)
        if found.reference in taken:
            raise ChargeUsed(found.reference)
        taken.add(found.reference)
        made.append(_as_charged(found))
        if found.tip:
            by = served or ((otherwise, found.tip),)
            tips += [GuestTip(found.reference, who, amount) for who, amount in split_tip(found.tip, by)]
    return Charged(tuple(made), tuple(one for one in tips if one.amount))


def of_document(transaction: Transaction, tenders: Sequence[PlannedTender]) -> tuple[Charged, str]:
    """The tenders of a document about value alone, and the id that its charges were made for, empty without any.

    Raises what `planned` and `require_all` raise.
    """
    first = next((one.charge for one in tenders if one.charge), "")
    if not first:
        return Charged(tuple(tenders)), ""
    found = charges.charge(transaction, first)
    if found is None:
        raise UnknownCharge(first)
    if stored.ticket(transaction, found.subject) is not None:
        raise ChargeOfAnother(first)
    require_all(transaction, found.subject, tenders)
    return planned(transaction, found.subject, tenders), found.subject


def require_all(transaction: Transaction, subject: str, tenders: Sequence[PlannedTender]) -> None:
    """Refuse a payment while a charge for it is open, or that leaves out one that was made. Raises ChargeOpen, ChargeLeftOut."""
    named = {one.charge for one in tenders if one.charge}
    for one in charges.of_subject(transaction, subject):
        if one.is_open:
            raise ChargeOpen(one.reference, one.means.value)
        if one.is_free and one.kind is ChargeKind.SALE and one.reference not in named:
            raise ChargeLeftOut(one.reference, one.approved.cents, one.last_four)


def require_unlocked(transaction: Transaction, ticket: str) -> None:
    """Refuse to change a ticket for which a card was charged, or may have been. Raises TicketLocked."""
    found = charges.locking(transaction, ticket)
    if found is not None:
        raise TicketLocked(ticket, found.reference, found.state.value)


def _usable(transaction: Transaction, tender: PlannedTender, subject: str) -> ChargeView:
    found = charges.charge(transaction, tender.charge)
    if found is None:
        raise UnknownCharge(tender.charge)
    if found.kind is not ChargeKind.SALE or found.subject != subject:
        raise ChargeOfAnother(found.reference)
    if found.used_by or found.undone_by:
        raise ChargeUsed(found.reference)
    if found.state is not ChargeState.APPROVED:
        raise ChargeNotApproved(found.reference, found.state.value)
    if tender.amount is not None and tender.amount != found.approved:
        raise ChargeAmountDiffers(found.reference, found.approved.cents, tender.amount.cents)
    return found


def _as_charged(found: ChargeView) -> PlannedTender:
    return PlannedTender(
        kind=kind_of(found.means),
        amount=found.approved,
        tender_id="" if found.means is Means.TERMINAL else found.means.value,
        reference=found.host_reference,
        last_four=found.last_four,
        charge=found.reference,
    )


def kind_of(means: Means) -> TenderKind:
    """As what kind of tender a charge stands in a document."""
    match means:
        case Means.TERMINAL:
            return TenderKind.EXTERNAL_CARD
        case Means.WECHAT_PAY | Means.ALIPAY:
            return TenderKind.WALLET
        case _:
            assert_never(means)
