"""Value bought with a payment that was not captured yet: it waits in assets of its own, and is released or taken away later.

The terminal is asked through `Terminal`; its driver is no part of this. The one rule: what waits is in no card's purse, so that no
restart, recall or closing can free it, and only who holds all of it and the right to undo it releases it, once (RULES 28). Where
that is not the till that sold it, because that was closed, another one wants it (`wanted`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol, assert_never

from salon_desk.domain import ledger
from salon_desk.domain.claim import PENDING, asset_of_pending, pending_asset
from salon_desk.domain.ledger import Posting
from salon_desk.domain.money import Money, total
from salon_desk.operations.card import CardToppedUp, TopUpCaptured
from salon_desk.operations.operation import Cause, Operation, PurseChange
from salon_desk.operations.payment import Funding
from salon_desk.operations.sale import SaleRefunded
from salon_desk.services import coupons, postings, receivables, savings
from salon_desk.services.checkout import next_receipt
from salon_desk.services.errors import UnknownPayment
from salon_desk.services.moves import missing_here
from salon_desk.services.payment import reversed_tender
from salon_desk.services.till import Actor, Till
from salon_desk.storage.engine import Transaction
from salon_desk.storage.journal import operation_of
from salon_desk.storage.queries import cards, claims, moves, sales
from salon_desk.wire.messages import Part


class PaymentState(StrEnum):
    """What a terminal knows of a payment."""

    PENDING = "pending"
    CAPTURED = "captured"
    FAILED = "failed"


class Terminal(Protocol):
    """A payment terminal that takes money in two steps; a payment that it does not know is PENDING."""

    def state(self, payment: str) -> PaymentState:
        """What became of a payment. Any thread; may block."""
        ...


@dataclass(frozen=True, slots=True)
class Waiting:
    """A top-up that waits for its payment: what is known of it after a crash as well."""

    payment: str
    op_id: str
    top_up: CardToppedUp

    @property
    def parts(self) -> tuple[tuple[str, int], ...]:
        """(asset, units) of what waits, and of the right to undo the top-up."""
        return tuple((one.asset, one.units) for one in self.top_up.purse_changes)


def held(top_up: str, changes: Iterable[PurseChange]) -> tuple[PurseChange, ...]:
    """The changes of a top-up, into the assets that wait for its payment."""
    return tuple(PurseChange(pending_asset(top_up, one.asset), one.units, one.cause) for one in changes)


def waiting(funding: Funding) -> list[Posting]:
    """What is owed for a top-up as long as nobody knows whether it is paid; a bonus is given when it is."""
    return [Posting(ledger.STORED_VALUE_PENDING, -funding.paid)]


def waits(transaction: Transaction, top_up: CardToppedUp) -> bool:
    """Whether the value of a top-up still waits for its payment, wherever it lies."""
    return bool(top_up.payment) and any(
        moves.everywhere(transaction, one.asset)
        for one in top_up.purse_changes
        if one.asset.startswith(PENDING)
    )


def pending(till: Till) -> tuple[Waiting, ...]:
    """Every top-up whose value waits at this till, all of it. Database worker, reads only."""
    with till.read() as transaction:
        return tuple(_whole_here(till, transaction))


def wanted(till: Till, payment: str) -> tuple[Part, ...]:
    """What to ask for before a payment is settled here whose value waits elsewhere; empty when nothing would help.

    Database worker, reads only.
    """
    with till.read() as transaction:
        return tuple(
            Part(asset, units)
            for one in _waiting(transaction, (lying.asset for lying in claims.claims(transaction, PENDING)))
            if one.payment == payment
            for asset, needed in one.parts
            if (units := missing_here(till, transaction, asset, needed))
        )


def ask(till: Till, actor: Actor | None, terminal: Terminal) -> int:
    """Ask the terminal what became of each payment that is waited for, and record it: how many. Database worker."""
    done = 0
    for one in pending(till):
        match terminal.state(one.payment):
            case PaymentState.PENDING:
                continue
            case PaymentState.CAPTURED:
                captured(till, f"captured/{one.payment}", actor, one.payment)
            case PaymentState.FAILED:
                failed(till, f"failed/{one.payment}", actor, one.payment)
            case state:
                assert_never(state)
        done += 1
    return done


def captured(till: Till, command_id: str, actor: Actor | None, payment: str) -> None:
    """The payment was captured: its value may be spent. Raises UnknownPayment when nothing waits for it here."""

    def decide(transaction: Transaction) -> list[Operation]:
        one = _here(till, transaction, payment)
        funding = one.top_up.funding
        parts = [(asset, units) for asset, units in one.parts if asset.startswith(PENDING)]
        done = TopUpCaptured(
            sale=one.op_id,
            store=one.top_up.store,
            payment=payment,
            purse_changes=(
                *(PurseChange(asset, -units, Cause.REDEEM) for asset, units in parts),
                *(PurseChange(asset_of_pending(asset)[1], units, Cause.ISSUE) for asset, units in parts),
            ),
            postings=postings.balanced(
                [Posting(ledger.STORED_VALUE_PENDING, funding.paid), *postings.of_fundings([funding])]
            ),
        )
        return [
            done,
            *coupons.with_top_ups(till, transaction, one.top_up.member, one.top_up.top_up, [funding]),
            *savings.after_deposit(till, transaction, [funding]),
            *receivables.after_issue(till, transaction, [funding.card], done.purse_changes),
        ]

    till.record(command_id, actor, decide)


def failed(till: Till, command_id: str, actor: Actor | None, payment: str) -> None:
    """The payment failed: its value is gone, and the takings are set right. Raises UnknownPayment, ShiftNotOpen."""

    def decide(transaction: Transaction) -> Operation:
        return _undone(till, transaction, _here(till, transaction, payment))

    till.record(command_id, actor, decide)


def _undone(till: Till, transaction: Transaction, one: Waiting) -> SaleRefunded:
    shop, shift, top_up = till.shop(transaction), till.trading_shift(transaction), one.top_up
    currency = top_up.funding.paid.currency
    tenders = tuple(reversed_tender(number, tender, {}) for number, tender in enumerate(top_up.tenders))
    return SaleRefunded(
        sale=one.op_id,
        ticket=top_up.top_up,
        receipt=next_receipt(till, transaction, shop),
        store=shop.store,
        shift=shift.shift,
        sold_at=till.now(),
        member=top_up.member,
        lines=(),
        taxes=(),
        tenders=tenders,
        total=Money.zero(currency),
        rounding=total((t.taken - t.amount for t in tenders), currency),
        reason="payment failed",
        fundings=(top_up.funding,),
        purse_changes=tuple(PurseChange(asset, -units, Cause.UNDO) for asset, units in one.parts),
        postings=postings.balanced(
            [*postings.of_tenders(tenders), Posting(ledger.STORED_VALUE_PENDING, top_up.funding.paid)]
        ),
    )


def _here(till: Till, transaction: Transaction, payment: str) -> Waiting:
    """What waits for a payment here, all of it. Raises UnknownPayment."""
    for one in _whole_here(till, transaction):
        if one.payment == payment:
            return one
    raise UnknownPayment(payment)


def _whole_here(till: Till, transaction: Transaction) -> list[Waiting]:
    """What waits here with nothing missing: a payment is settled once, so that a part of it would be the last."""
    holder = (till.store.node, till.store.epoch)
    here = (asset for asset, _units in claims.claims_here(transaction, PENDING, *holder))
    return [
        one
        for one in _waiting(transaction, here)
        if all(cards.units_here(transaction, asset, *holder) >= units for asset, units in one.parts)
    ]


def _waiting(transaction: Transaction, assets: Iterable[str]) -> Iterator[Waiting]:
    """The top-ups that these assets are parts of, each once."""
    for name in dict.fromkeys(asset_of_pending(asset)[0] for asset in assets):
        sold = sales.of_ticket(transaction, name)
        entry = operation_of(transaction, sold.op_id) if sold else None
        if sold and entry and isinstance(entry[1], CardToppedUp):
            yield Waiting(entry[1].payment, sold.op_id, entry[1])
