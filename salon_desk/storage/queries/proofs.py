"""Who may be asked for a PIN, and what was taken of stored value without the member's own proof.

What counts as proof is said in `domain/proof.py`. A sale that was voided took nothing; a refund stands in no list here.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import bindparam, select

from salon_desk.domain.money import Money
from salon_desk.domain.proof import BY_MEMBER
from salon_desk.domain.tender import VALUE
from salon_desk.storage.engine import Statement, Transaction
from salon_desk.storage.tables.members import member_pins
from salon_desk.storage.tables.sales import sale_tenders, sales

_PIN = Statement(lambda: select(member_pins.c.pin_hash).where(member_pins.c.member == bindparam("member")))
_UNPROVEN = Statement(
    lambda: (
        select(sales, sale_tenders.c.kind.label("tender_kind"), sale_tenders)
        .join(sale_tenders, sale_tenders.c.op_id == sales.c.op_id)
        .where(
            sales.c.business_day >= bindparam("first"),
            sales.c.business_day <= bindparam("last"),
            sales.c.store == bindparam("store"),
            sales.c.kind == "sale",
            sales.c.voided_by == "",
            sale_tenders.c.kind.in_([one.value for one in VALUE]),
            sale_tenders.c.proof.not_in([one.value for one in BY_MEMBER]),
        )
        .order_by(sales.c.cashier, sales.c.sold_at, sales.c.op_id, sale_tenders.c.number)
    )
)


@dataclass(frozen=True, slots=True)
class UnprovenDebit:
    """Value that was taken without the member's own proof. `proof` a ProofKind or, from a newer program, another word."""

    op_id: str
    receipt: str
    business_day: str
    sold_at: str
    cashier: str
    member: str
    kind: str
    card: str
    amount: Money
    proof: str
    proven_by: str


def pin_hashes(transaction: Transaction, members: Iterable[str]) -> dict[str, str]:
    """By member, the hash of the PIN that stands and is known here."""
    found = {one: transaction.value(_PIN, member=one) for one in members}
    return {one: str(stored) for one, stored in found.items() if stored}


def unproven(transaction: Transaction, store: str, first: str, last: str) -> list[UnprovenDebit]:
    """A store's debits from one business day to another (ISO dates), by cashier and then in time."""
    return [
        UnprovenDebit(
            op_id=row.op_id,
            receipt=row.receipt,
            business_day=row.business_day,
            sold_at=row.sold_at,
            cashier=row.cashier,
            member=row.member,
            kind=row.tender_kind,
            card=row.card,
            amount=Money(row.amount_cents, row.currency),
            proof=row.proof,
            proven_by=row.proven_by,
        )
        for row in transaction.all(_UNPROVEN, first=first, last=last, store=store)
    ]
