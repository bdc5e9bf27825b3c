"""What is done at a counter of the simulated chain: a card sold, value bought, a ticket paid, all through the journal.

Purses are decided by `services.payment`, as at a real counter; left out are tickets, shifts, taxes and paper, which move no
stored value. Everything here runs inside `Till.record`.
"""

from __future__ import annotations

from collections.abc import Sequence

from salon_desk.domain import ledger
from salon_desk.domain.ledger import Posting
from salon_desk.domain.money import Money
from salon_desk.domain.tender import CashRounding, PlannedTender, TenderKind, settle
from salon_desk.operations.card import CardIssued, CardToppedUp
from salon_desk.operations.description import MemberDescribed
from salon_desk.operations.operation import Operation
from salon_desk.operations.sale import SaleCompleted
from salon_desk.services import payment, postings
from salon_desk.services.describe import described
from salon_desk.services.payment import TopUpAsk
from salon_desk.services.till import Till
from salon_desk.storage.engine import Transaction
from salon_desk.storage.queries import cards
from salon_desk.storage.queries.cards import Card

CURRENCY = "USD"


def member_of(card: str) -> str:
    """The member whose card it is."""
    return f"m{card}"


def usd(cents: int) -> Money:
    """Cents as money."""
    return Money(cents, CURRENCY)


def belong(till: Till, card: str, store: str) -> None:
    """A member says which store is theirs."""
    thing = (MemberDescribed, member_of(card), {"home_store": store})
    till.record(till.new_id(), None, lambda transaction: described(transaction, *thing))


def fund(till: Till, card: str, store: str, cents: int) -> None:
    """Value is bought; a card that this till does not know is sold with it."""

    def decide(transaction: Transaction) -> Sequence[Operation]:
        return [_topped_up(till, transaction, card, store, cents)]

    with till.read() as transaction:
        known = cards.card(transaction, card)
    if known is None:
        issued = CardIssued(card=card, code=card, currency=CURRENCY, member=member_of(card))
        till.record(till.new_id(), None, lambda _transaction: issued)
    till.record(till.new_id(), None, decide)


def card_known(till: Till, card: str) -> Card | None:
    """The card as this till knows it."""
    with till.read() as transaction:
        return cards.card(transaction, card)


def usable(till: Till, card: str) -> int:
    """What this till can take from a card now; 0 for one that it does not know."""
    with till.read() as transaction:
        found = cards.card(transaction, card)
        if found is None:
            return 0
        return cards.value(transaction, found, till.store.node, till.store.epoch).usable.cents


def pay(
    till: Till, card: str, store: str, *, ticket_cents: int, from_card: int, before: Sequence[Operation] = ()
) -> None:
    """A ticket is paid, so much of it from the card and the rest in cash. `before`: recorded with it, in front of it.

    Raises InsufficientValue when less lies here.
    """

    def decide(transaction: Transaction) -> Sequence[Operation]:
        sale = _sale(till, transaction, card, store, ticket_cents=ticket_cents, from_card=from_card)
        return [*before, sale]

    till.record(till.new_id(), None, decide)


def _topped_up(till: Till, transaction: Transaction, card: str, store: str, cents: int) -> CardToppedUp:
    ask = TopUpAsk(card=card, pay=usd(cents))
    funding = payment.fund(transaction, ask, currency=CURRENCY, business_day=till.now()[:10], language="en")
    cash = (PlannedTender(TenderKind.CASH, None),)
    settled = settle(funding.paid, cash, CashRounding.EXACT)
    paid = payment.pay(till, transaction, settled.tenders, fundings=[funding])
    return CardToppedUp(
        top_up=till.new_id(),
        receipt="",
        store=store,
        shift="",
        sold_at=till.now(),
        member=member_of(card),
        funding=funding,
        tenders=paid.tenders,
        purse_changes=paid.purse_changes,
        postings=postings.balanced([*postings.of_tenders(paid.tenders), *postings.of_fundings([funding])]),
    )


def _sale(
    till: Till, transaction: Transaction, card: str, store: str, *, ticket_cents: int, from_card: int
) -> SaleCompleted:
    total = usd(ticket_cents)
    planned = [PlannedTender(TenderKind.CASH, None)] if from_card < ticket_cents else []
    if from_card:
        planned.insert(0, PlannedTender(TenderKind.STORED_VALUE, usd(from_card), card_id=card))
    settled = settle(total, planned, CashRounding.EXACT)
    paid = payment.pay(till, transaction, settled.tenders)
    return SaleCompleted(
        ticket=till.new_id(),
        receipt="",
        store=store,
        shift="",
        sold_at=till.now(),
        member=member_of(card),
        lines=(),
        taxes=(),
        tenders=paid.tenders,
        tips=(),
        fundings=(),
        subtotal=total,
        discount=usd(0),
        tax=usd(0),
        total=total,
        rounding=settled.rounding,
        rule_pack=till.rules.version,
        purse_changes=paid.purse_changes,
        postings=postings.balanced(
            [*postings.of_tenders(paid.tenders), Posting(ledger.INCOME_SERVICES, -total)]
        ),
    )
