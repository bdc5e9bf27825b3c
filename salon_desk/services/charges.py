"""Charging a card or a wallet: written down before anything is asked, answered once, decided by a manager where nobody knows.

Nothing is sent here (`charge_desk.py`), and what a document does with a charge is in `charge_tenders.py`. The one rule: what is
not known to be nothing may be money; only a definite word that nothing was asked lets the same reference be asked again.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import assert_never

from salon_desk.domain.access import Permission
from salon_desk.domain.charge import (
    Answer,
    Approved,
    Charge,
    ChargeKind,
    ChargeProblem,
    Declined,
    Means,
    NotFound,
    NotSent,
    Unknown,
)
from salon_desk.domain.charge_state import ChargeState, Heard, after, reference_of
from salon_desk.domain.clock import instant_text
from salon_desk.domain.errors import AmountMissing, TicketNotOpen
from salon_desk.domain.limits import MAX_NAME, MAX_NOTE, MAX_REFERENCE, check_amount, check_text
from salon_desk.domain.money import Money, total
from salon_desk.domain.ticket import TicketState
from salon_desk.operations.card import HoldReleased
from salon_desk.operations.charge import ChargeAnswered, ChargeAttempted, ChargeDecided
from salon_desk.operations.operation import Operation
from salon_desk.services.charge_errors import (
    ChargeNotAgain,
    ChargeNotApproved,
    ChargeOpen,
    ChargeSettled,
    ChargeTooMuch,
    ChargeUsed,
    EvidenceMissing,
    UnknownCharge,
)
from salon_desk.services.errors import TicketPaid
from salon_desk.services.till import Actor, Till
from salon_desk.storage.engine import Transaction
from salon_desk.storage.queries import cards
from salon_desk.storage.queries import charges as stored
from salon_desk.storage.queries import tickets as stored_tickets
from salon_desk.storage.queries.charges import ChargeView

__all__ = ["Begun", "ChargeAsk", "ChargeView"]

_NEEDED = {
    ChargeKind.SALE: Permission.SELL,
    ChargeKind.RETURN: Permission.REFUND,
    ChargeKind.VOID: Permission.VOID,
}
_LAST_FOUR = 4
_ONE_BATCH = timedelta(hours=12)
_LONG_NUMBER = re.compile(r"\d(?:[ -]?\d){11,}")
"""The number of a card has 12 digits or more."""


@dataclass(frozen=True, slots=True)
class ChargeAsk:
    """What is to be charged. `subject`: the ticket, or the id that the document will bear (of a return: the sale's op id).

    `due`: all that the ticket comes to, so that charges together never exceed it; None where nobody knows. A VOID needs no
    amount: it undoes the whole of `of_reference`, as a RETURN where it cannot be voided any more. `terminal`: the name that the device bears here, which
    the desk knows.
    """

    subject: str
    amount: Money | None = None
    kind: ChargeKind = ChargeKind.SALE
    means: Means = Means.TERMINAL
    of_reference: str = ""
    due: Money | None = None
    terminal: str = ""


@dataclass(frozen=True, slots=True)
class Begun:
    """A charge that is written down. `fresh`: it is this call's, and is to be asked once; else it was asked before."""

    view: ChargeView
    charge: Charge
    fresh: bool


def begin(till: Till, command_id: str, actor: Actor, ask: ChargeAsk) -> Begun:
    """Write down a charge before the device hears of it; durable when it returns. The same command again gives the same charge.

    Raises PermissionNeeded, ShiftNotOpen, AmountMissing, AmountTooLarge, TicketPaid, TicketNotOpen, ChargeOpen, ChargeTooMuch, and of
    what is undone UnknownCharge, ChargeNotApproved, ChargeUsed. Database worker.
    """
    actor.require(_NEEDED[ask.kind])

    def decide(transaction: Transaction) -> ChargeAttempted:
        shop = till.shop(transaction)
        wanted = _undoing(till, transaction, ask)
        till.trading_shift(transaction)
        if not wanted.amount:
            raise AmountMissing("charge")
        check_amount("charge", wanted.amount, shop.currency)
        _require_free(transaction, wanted)
        return ChargeAttempted(
            reference=reference_of(till.new_id()),
            attempt=1,
            kind=wanted.kind,
            means=wanted.means,
            amount=wanted.amount,
            subject=wanted.subject,
            store=shop.store,
            of_reference=wanted.of_reference,
            terminal=wanted.terminal,
        )

    return _begun(till, command_id, actor, decide)


def again(till: Till, command_id: str, actor: Actor, reference: str) -> Begun:
    """One more try of a charge that was certainly not made, under the same reference; durable when it returns.

    Raises PermissionNeeded, UnknownCharge, ChargeNotAgain, ChargeOpen, TicketPaid, TicketNotOpen, ShiftNotOpen. Database worker.
    """

    def decide(transaction: Transaction) -> ChargeAttempted:
        found = _one(transaction, reference)
        actor.require(_NEEDED[found.kind])
        if found.state is not ChargeState.NOT_CHARGED or found.decided_by:
            raise ChargeNotAgain(reference, found.state.value)
        till.trading_shift(transaction)
        ask = ChargeAsk(found.subject, found.amount, found.kind, found.means, found.of_reference)
        _require_free(transaction, _undoing(till, transaction, ask))
        return ChargeAttempted(
            reference=reference,
            attempt=found.attempt + 1,
            kind=found.kind,
            means=found.means,
            amount=found.amount,
            subject=found.subject,
            store=till.shop(transaction).store,
            of_reference=found.of_reference,
            terminal=found.terminal,
        )

    return _begun(till, command_id, actor, decide)


def answered(till: Till, answer: Answer, *, attempt: int, looked_up: bool = False) -> ChargeView:
    """Keep what a device said about a try of a charge, as often as it says it; what changes nothing is not kept.

    `looked_up`: it was asked what became of it, so that an unsent question says nothing. When it is certain that no money came, what
    was held for the ticket is free again. Raises UnknownCharge, and CannotRecord like all that is recorded. Database worker.
    """
    said = _told(answer, attempt, looked_up=looked_up)
    nobody_knows = ChargeAnswered(reference=answer.reference, attempt=attempt, what=Heard.UNKNOWN)

    def decide(transaction: Transaction) -> list[Operation]:
        found = _one(transaction, answer.reference)
        told = nobody_knows if _forgotten(till, transaction, found, answer) else said
        newest, decided = attempt == found.attempt, bool(found.decided_by)
        state = after(found.state, told.what, newest_try=newest, decided=decided)
        definite = told.what is not Heard.UNKNOWN
        if state is found.state and not definite and found.problem == told.problem:
            return []
        if state is not found.state or definite:
            return [told, *_released(transaction, found, state)]
        return [told] if found.state is ChargeState.UNKNOWN else []

    command = f"charge/{said.reference}/{said.attempt}/{said.what.value}/{said.problem}"
    till.record(command.rstrip("/"), None, decide)
    return of_reference(till, answer.reference)


def decide(
    till: Till,
    command_id: str,
    actor: Actor,
    reference: str,
    *,
    charged: bool,
    evidence: str,
    last_four: str = "",
) -> ChargeView:
    """A manager says what became of a charge that nobody knows of, and by what evidence; it stands in the audit.

    Raises PermissionNeeded, EvidenceMissing, TextTooLong, UnknownCharge, ChargeSettled. Database worker.
    """
    actor.require(Permission.OVERRIDE)
    if not evidence.strip():
        raise EvidenceMissing()
    check_text("evidence", evidence, MAX_NOTE)
    check_text("last_four", last_four, _LAST_FOUR)

    def decided(transaction: Transaction) -> list[Operation]:
        found = _one(transaction, reference)
        if not found.is_open:
            raise ChargeSettled(reference, found.state.value)
        word = ChargeDecided(
            reference=reference,
            charged=charged,
            evidence=_plain(evidence.strip(), MAX_NOTE),
            last_four=last_four,
            approver=actor.approver,
        )
        state = ChargeState.APPROVED if charged else ChargeState.NOT_CHARGED
        return [word, *_released(transaction, found, state)]

    till.record(command_id, actor, decided)
    return of_reference(till, reference)


def of_reference(till: Till, reference: str) -> ChargeView:
    """One charge. Database worker, reads only. Raises UnknownCharge."""
    with till.read() as transaction:
        return _one(transaction, reference)


def of_subject(till: Till, subject: str) -> tuple[ChargeView, ...]:
    """The charges of a ticket or document, the first one first. Database worker, reads only."""
    with till.read() as transaction:
        return tuple(stored.of_subject(transaction, subject))


def unsettled(till: Till) -> tuple[ChargeView, ...]:
    """The charges of this till that somebody has to see to: open ones, and money that no document has taken. Reads only."""
    with till.read() as transaction:
        return tuple(stored.unsettled(transaction, till.store.node))


def asked(till: Till, reference: str) -> Charge:
    """A charge as it is said to its device. Database worker, reads only. Raises UnknownCharge."""
    with till.read() as transaction:
        return stored.asked(transaction, _one(transaction, reference))


def _one(transaction: Transaction, reference: str) -> ChargeView:
    found = stored.charge(transaction, reference)
    if found is None:
        raise UnknownCharge(reference)
    return found


def _forgotten(till: Till, transaction: Transaction, found: ChargeView, answer: Answer) -> bool:
    """Whether a terminal may have known the charge: it forgets what was in a batch that was closed, by itself at night as well."""
    if not isinstance(answer, NotFound) or found.means is not Means.TERMINAL:
        return False
    return _batch_is_over(till, transaction, found)


def _batch_is_over(till: Till, transaction: Transaction, found: ChargeView) -> bool:
    old = found.begun_at < instant_text(till.store.clock.now() - _ONE_BATCH)
    return old or stored.closed_since(transaction, found.reference)


def _can_be_voided(
    till: Till, transaction: Transaction, of: ChargeView, others: Sequence[ChargeView], terminal: str
) -> bool:
    """Only by the terminal that made it and while it has that batch (elsewhere its number may be another guest's), and if it has
    not refused to: else it goes back as a return."""
    if any(one.kind is ChargeKind.VOID and one.state is ChargeState.DECLINED for one in others):
        return False
    if of.means is not Means.TERMINAL:
        return True
    elsewhere = bool(of.terminal and terminal) and of.terminal != terminal
    return not elsewhere and not _batch_is_over(till, transaction, of)


def _undoing(till: Till, transaction: Transaction, ask: ChargeAsk) -> ChargeAsk:
    """What is asked, with what it undoes looked at: a void is of the whole, a return of no more than is left."""
    if ask.kind is ChargeKind.SALE or not ask.of_reference:
        return ask
    of = stored.charge(transaction, ask.of_reference)
    if of is None:
        if ask.kind is ChargeKind.VOID:
            raise UnknownCharge(ask.of_reference)
        return ask
    if of.state is not ChargeState.APPROVED or of.kind is not ChargeKind.SALE:
        raise ChargeNotApproved(of.reference, of.state.value)
    if of.undone_by:
        raise ChargeUsed(of.reference)
    others = stored.undoing(transaction, of.reference)
    for other in others:
        if other.is_open:
            raise ChargeOpen(other.reference, other.means.value)
    gone = total((one.approved for one in others if one.state is ChargeState.APPROVED), of.approved.currency)
    left = of.approved - gone
    amount = of.approved if ask.kind is ChargeKind.VOID else ask.amount or left
    if amount > left:
        raise ChargeTooMuch(amount.cents, left.cents)
    kind = ask.kind
    if kind is ChargeKind.VOID and not _can_be_voided(till, transaction, of, others, ask.terminal):
        kind = ChargeKind.RETURN
    return replace(ask, kind=kind, amount=amount, means=of.means)


def _require_free(transaction: Transaction, ask: ChargeAsk) -> None:
    """Refuse a second charge while one is open, one beyond what is due, and one for a ticket that takes no payment."""
    others = stored.of_subject(transaction, ask.subject)
    for other in others:
        if other.is_open:
            raise ChargeOpen(other.reference, other.means.value)
    if ask.kind is not ChargeKind.SALE:
        return
    ticket = stored_tickets.ticket(transaction, ask.subject)
    if ticket is not None:
        if ticket.sale:
            raise TicketPaid(ask.subject)
        if ticket.state is not TicketState.OPEN:
            raise TicketNotOpen(ask.subject, ticket.state.value)
    for other in others:
        if other.used_by and other.kind is ChargeKind.SALE:
            raise ChargeUsed(other.reference)
    if ask.due is not None and ask.amount is not None:
        free = [one.paid for one in others if one.is_free and one.kind is ChargeKind.SALE]
        most = ask.due - total(free, ask.due.currency)
        if ask.amount > most:
            raise ChargeTooMuch(ask.amount.cents, most.cents)


def _begun(
    till: Till, command_id: str, actor: Actor, decide: Callable[[Transaction], ChargeAttempted]
) -> Begun:
    recorded = till.record(command_id, actor, decide)
    attempted = recorded.operations[0]
    assert isinstance(attempted, ChargeAttempted)
    with till.read() as transaction:
        view = _one(transaction, attempted.reference)
        return Begun(view, stored.asked(transaction, view), not recorded.repeated)


def _released(transaction: Transaction, found: ChargeView, state: ChargeState) -> list[Operation]:
    """What was held for the ticket is free when no money came, unless another charge waits to be taken with it."""
    if state not in (ChargeState.DECLINED, ChargeState.NOT_CHARGED):
        return []
    others = stored.of_subject(transaction, found.subject)
    if any(one.reference != found.reference and (one.is_open or one.is_free) for one in others):
        return []
    return [HoldReleased(hold=one.hold) for one in cards.holds_of(transaction, found.subject)]


def _told(answer: Answer, attempt: int, *, looked_up: bool) -> ChargeAnswered:
    """An answer as it is kept; never a number of a card."""
    reference = answer.reference
    match answer:
        case Approved():
            return ChargeAnswered(
                reference=reference,
                attempt=attempt,
                what=Heard.APPROVED,
                amount=answer.amount,
                tip=answer.tip,
                last_four=answer.last_four[-_LAST_FOUR:],
                brand=_plain(answer.brand, MAX_NAME),
                entry=answer.entry,
                host_reference=answer.host_reference[:MAX_REFERENCE],
                authorization=answer.authorization[:MAX_REFERENCE],
                transaction=answer.transaction[:MAX_REFERENCE],
            )
        case Declined():
            return ChargeAnswered(
                reference=reference,
                attempt=attempt,
                what=Heard.DECLINED,
                code=_plain(answer.code, MAX_REFERENCE),
                said=_plain(answer.said, MAX_NAME),
            )
        case NotSent():
            what = Heard.UNKNOWN if looked_up else Heard.NOT_CHARGED
            return ChargeAnswered(
                reference=reference, attempt=attempt, what=what, problem=answer.problem.value
            )
        case NotFound():
            if answer.idle:
                return ChargeAnswered(reference=reference, attempt=attempt, what=Heard.NOT_CHARGED)
            busy = ChargeProblem.BUSY.value
            return ChargeAnswered(reference=reference, attempt=attempt, what=Heard.UNKNOWN, problem=busy)
        case Unknown():
            return ChargeAnswered(
                reference=reference, attempt=attempt, what=Heard.UNKNOWN, problem=answer.problem.value
            )
        case _:
            assert_never(answer)


def _plain(text: str, most: int) -> str:
    """A text of a device without anything that could be the number of a card."""
    return _LONG_NUMBER.sub("…", text)[:most]
