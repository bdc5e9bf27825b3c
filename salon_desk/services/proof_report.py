"""Debits without the member's own proof as a report, by cashier; read in the caller's one snapshot.

Which debits those are is asked in `storage/queries/proofs.py`, what the report says in `documents/proof_report.py`.
"""

from __future__ import annotations

from itertools import groupby

from salon_desk.documents.proof_report import CashierDebits, DebitListed, ProofReport
from salon_desk.domain.money import Money, total
from salon_desk.domain.names import Names
from salon_desk.domain.proof import ProofKind
from salon_desk.services.reports import days_asked, known_until
from salon_desk.storage import print_jobs
from salon_desk.storage.engine import Transaction
from salon_desk.storage.queries import cards, members, proofs, staff
from salon_desk.storage.queries.merges import canonical
from salon_desk.storage.queries.proofs import UnprovenDebit
from salon_desk.storage.queries.stores import unproven_limit
from salon_desk.storage.store import Store

PRINTED = "proof"


def proof_report(
    transaction: Transaction, day: str = "", last_day: str = "", *, store: str = ""
) -> ProofReport:
    """A store's unproven debits of a business day, or of the days up to `last_day`; days and errors as for a daily report."""
    place, first, last = days_asked(transaction, day, last_day, store=store)
    found = proofs.unproven(transaction, place.store, first, last)
    cashiers = tuple(
        _cashier(transaction, cashier, list(debits), place.currency)
        for cashier, debits in groupby(found, key=lambda one: one.cashier)
    )
    return ProofReport(
        shop=place.names,
        time_zone=place.time_zone,
        first_day=first,
        last_day=last,
        as_of=known_until(transaction),
        limit=unproven_limit(transaction, place.store),
        count=len(found),
        amount=total((one.amount for one in found), place.currency),
        cashiers=cashiers,
    )


def print_proof(store: Store, language: str, day: str) -> str:
    """Queue the list of one business day for the receipt printer; gives the job's id."""
    return print_jobs.queue_report(store, PRINTED, language, day)


def _cashier(
    transaction: Transaction, cashier: str, debits: list[UnprovenDebit], currency: str
) -> CashierDebits:
    return CashierDebits(
        cashier=cashier,
        names=_staff(transaction, cashier),
        count=len(debits),
        amount=total((one.amount for one in debits), currency) if debits else Money.zero(currency),
        debits=tuple(_debit(transaction, one) for one in debits),
    )


def _debit(transaction: Transaction, one: UnprovenDebit) -> DebitListed:
    card = cards.card(transaction, one.card)
    vouched = one.proof == ProofKind.APPROVER
    return DebitListed(
        op_id=one.op_id,
        receipt=one.receipt,
        business_day=one.business_day,
        sold_at=one.sold_at,
        member=_member(transaction, one.member),
        kind=one.kind,
        tail=card.tail if card is not None else "",
        amount=one.amount,
        proof=one.proof,
        approver=_staff(transaction, one.proven_by) if vouched else Names(""),
    )


def _staff(transaction: Transaction, staff_id: str) -> Names:
    found = staff.staff_member(transaction, staff_id) if staff_id else None
    return Names(found.called("en"), found.called("zh_CN")) if found else Names("")


def _member(transaction: Transaction, member_id: str) -> Names:
    found = members.member(transaction, canonical(transaction, member_id)) if member_id else None
    return Names(found.latin_name or found.name, found.name or found.latin_name) if found else Names("")
