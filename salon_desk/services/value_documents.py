"""What every document about value alone has in common: how its tenders settle, its receipt, and what stands at its head.

What is sold or paid out, and the double entry of that, belong to the services of the verb (`gifts.py`, `series_sales.py`, `payouts.py`,
`series_payouts.py`). Everything here runs inside the transaction that records the document.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypedDict

from salon_desk.domain.money import Money
from salon_desk.domain.tender import PlannedTender, settle
from salon_desk.operations.payment import TenderPart
from salon_desk.services import charge_tenders, payment
from salon_desk.services.checkout import next_receipt
from salon_desk.services.till import Actor, Till
from salon_desk.storage.engine import Transaction
from salon_desk.storage.queries import catalogue


class Head(TypedDict):
    """The fields of a `ValueDocument` that do not depend on what it is about."""

    document: str
    receipt: str
    store: str
    shift: str
    sold_at: str
    member: str
    amount: Money
    rounding: Money
    tenders: tuple[TenderPart, ...]
    approver: str
    print_language: str


@dataclass(frozen=True, slots=True)
class Taken:
    """The tenders of a document as they stand in it (what goes out is below zero), and the cash rounding in them.

    `document`: the id that its charges were made for; empty without any, then it gets a fresh one.
    """

    rounding: Money
    tenders: tuple[TenderPart, ...]
    document: str = ""


def paid_with(till: Till, transaction: Transaction, due: Money, tenders: Sequence[PlannedTender]) -> Taken:
    """How the tenders pay what is due, by this place's rounding.

    Raises ShiftNotOpen, TenderShort, TenderOver and the other refusals of a payment, and what `charge_tenders.of_document` raises.
    """
    shop, shift = till.shop(transaction), till.trading_shift(transaction)
    customs = catalogue.custom_tenders(transaction, shift.business_day)
    charged, document = charge_tenders.of_document(transaction, tenders)
    settled = settle(due, charged.tenders, till.rounding(shop, shift.business_day), customs=customs)
    return Taken(settled.rounding, payment.pay(till, transaction, settled.tenders).tenders, document)


def head(
    till: Till,
    transaction: Transaction,
    actor: Actor,
    *,
    member: str,
    amount: Money,
    taken: Taken,
    language: str,
) -> Head:
    """The head of a document that is recorded now; it takes the next receipt number. Raises ShiftNotOpen."""
    shop, shift = till.shop(transaction), till.trading_shift(transaction)
    return Head(
        document=taken.document or till.new_id(),
        receipt=next_receipt(till, transaction, shop),
        store=shop.store,
        shift=shift.shift,
        sold_at=till.now(),
        member=member,
        amount=amount,
        rounding=taken.rounding,
        tenders=taken.tenders,
        approver=actor.approver,
        print_language=language,
    )
