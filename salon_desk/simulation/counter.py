"""What is done at a counter of the simulated chain: a card sold, value bought, a ticket paid, all through the journal.

Purses are decided by `services.payment`, as at a real counter; left out are tickets, shifts, taxes and paper, which move no
stored value. Everything here runs inside `Till.record`.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from salon_desk.domain import ledger
from salon_desk.domain.card import card_assets
from salon_desk.domain.ledger import Posting
from salon_desk.domain.money import Money
from salon_desk.domain.tender import CashRounding, PlannedTender, TenderKind, settle
from salon_desk.operations.card import CardIssued, CardToppedUp
from salon_desk.operations.description import MemberDescribed
from salon_desk.operations.move import Why
from salon_desk.operations.operation import Operation
from salon_desk.operations.overdraft import OverdraftGiven
from salon_desk.operations.sale import SaleCompleted
from salon_desk.services import bookings, moves, overdraft, payment, postings
from salon_desk.services.describe import described
from salon_desk.services.payment import TopUpAsk
from salon_desk.services.till import Till
from salon_desk.storage.engine import Transaction
from salon_desk.storage.journal import Command
from salon_desk.storage.queries import cards
from salon_desk.storage.queries.cards import Card
from salon_desk.wire.messages import Part, Slip

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
    """Value is bought. Raises UnknownCard."""
    till.record(till.new_id(), None, lambda transaction: _topped_up(till, transaction, card, store, cents))


def book(till: Till, card: str, store: str, starts_at: datetime) -> None:
    """A member is expected at a store."""
    name = till.new_id()
    command = Command(till.new_id(), "", till.now()[:10])
    bookings.make(till.store, command, name, member=member_of(card), at_store=store, starts_at=starts_at)


def issued(card: str) -> CardIssued:
    """An empty card of its member: handed out before the trace begins, so that no two stores sell the same."""
    return CardIssued(card=card, code=card, currency=CURRENCY, member=member_of(card))


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


def pay(till: Till, card: str, store: str, *, cents: int, overdraft_cents: int) -> tuple[int, int]:
    """A ticket is paid with as much of the card as lies here, then with overdraft, the rest in cash.

    What the card paid, overdraft included, and how much of that was overdraft. One transaction.
    """
    known = card_known(till, card)

    def decide(transaction: Transaction) -> Sequence[Operation]:
        if known is None:
            return [_sale(till, transaction, card, store, cents=cents, own=0, given=None)]
        here = cards.value(transaction, known, till.store.node, till.store.epoch).usable.cents
        own = min(here, cents)
        most, missing = usd(overdraft_cents), usd(cents - own)
        more = (
            overdraft.may_give(till, transaction, known, missing, most=most) if most and missing else usd(0)
        )
        given = overdraft.given(known, store, more) if more else None
        sale = _sale(till, transaction, card, store, cents=cents, own=own, given=given)
        return [given, sale] if given else [sale]

    done = till.record(till.new_id(), None, decide).operations
    sale = done[-1]
    assert isinstance(sale, SaleCompleted)
    from_card = sum(one.amount.cents for one in sale.tenders if one.kind is TenderKind.STORED_VALUE)
    return from_card, sum(one.amount.cents for one in done if isinstance(one, OverdraftGiven))


def share(till: Till, beside: Sequence[Till], card: str, cents: int) -> int:
    """Tills of one store see each other: what is missing of `cents` comes from those beside, as moves like any other.

    What is usable at this till then.
    """
    for giver in beside:
        missing = cents - usable(till, card)
        if card_known(till, card) is None or missing <= 0:
            break
        _hand_over(giver, till, card, missing)
    return usable(till, card)


def _hand_over(giver: Till, taker: Till, card: str, missing: int) -> None:
    names, parts = card_assets(card, CURRENCY), list[tuple[str, int]]()
    with giver.read() as transaction:
        for asset in (names.bonus, names.paid):
            units = cards.units_here(transaction, asset, giver.store.node, giver.store.epoch)
            given = min(units, missing)
            missing -= given
            if given:
                parts.append((asset, given))
    if not parts:
        return
    to = moves.Holder(taker.store.node, taker.store.epoch)
    sent = moves.sending(giver.new_id(), to, parts, Why.WANT)
    giver.record(giver.new_id(), None, lambda _transaction: sent)
    slip = Slip(
        move=sent.move,
        from_node=giver.store.node,
        from_epoch=giver.store.epoch,
        to_node=to.node,
        to_epoch=to.epoch,
        parts=[Part(asset, units) for asset, units in parts],
    )
    moves.receive_slip(taker, slip)


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
    till: Till,
    transaction: Transaction,
    card: str,
    store: str,
    *,
    cents: int,
    own: int,
    given: OverdraftGiven | None,
) -> SaleCompleted:
    """The sale. The units of `given`, recorded in front of it, can be spent in it although they lie nowhere yet."""
    total = usd(cents)
    from_card = own + (given.amount.cents if given else 0)
    planned = [PlannedTender(TenderKind.CASH, None)] if from_card < cents else []
    if from_card:
        planned.insert(0, PlannedTender(TenderKind.STORED_VALUE, usd(from_card), card_id=card))
    settled = settle(total, planned, CashRounding.EXACT)
    paid = payment.pay(till, transaction, settled.tenders, before=given.purse_changes if given else ())
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
