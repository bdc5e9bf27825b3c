"""Stored-value cards: issued, topped up, frozen, unfrozen, given to another, looked up, held for a payment in progress.

Spending is part of paying a ticket (`checkout.py`). Value on a card is only ever changed by operations that carry
purse changes.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from salon_desk.domain.access import Permission
from salon_desk.domain.card import spend
from salon_desk.domain.claim import receivables_of
from salon_desk.domain.errors import AmountMissing, InsufficientValue, TicketNotOpen
from salon_desk.domain.ledger import Posting
from salon_desk.domain.limits import MAX_REFERENCE, check_amount, check_text
from salon_desk.domain.money import Money
from salon_desk.domain.names import Names
from salon_desk.domain.overdraft import overdraft_asset
from salon_desk.domain.tender import PlannedTender, settle
from salon_desk.domain.ticket import TicketState
from salon_desk.domain.tip import name_tenders
from salon_desk.operations.card import (
    CardFrozen,
    CardIssued,
    CardRecoded,
    CardToppedUp,
    CardTransferred,
    CardUnfrozen,
    HoldReleased,
    ValueHeld,
)
from salon_desk.operations.operation import Operation
from salon_desk.operations.payment import Funding
from salon_desk.services import (
    captures,
    charge_tenders,
    coupons,
    payment,
    postings,
    receivables,
    savings,
    tickets,
)
from salon_desk.services.checkout import next_receipt
from salon_desk.services.errors import (
    CardCodeTaken,
    CardIsFrozen,
    CardStillOwes,
    ReasonMissing,
    UnknownCard,
    UnknownMember,
)
from salon_desk.services.payment import PaymentParts, TopUpAsk
from salon_desk.services.search import card_of_code
from salon_desk.services.till import Actor, Till
from salon_desk.storage.apply.purses import holds_by_ticket
from salon_desk.storage.engine import Transaction
from salon_desk.storage.queries import cards, catalogue, claims, covers, members, moves
from salon_desk.storage.queries import tickets as stored
from salon_desk.storage.queries.cards import Card, CardValue
from salon_desk.storage.queries.holders import names_of_store


@dataclass(frozen=True, slots=True)
class ToppedUp:
    """A top-up that is durable."""

    op_id: str
    top_up: CardToppedUp
    repeated: bool


@dataclass(frozen=True, slots=True)
class CardView:
    """A card with its three figures."""

    card: Card
    value: CardValue


def issue(till: Till, command_id: str, actor: Actor, *, member: str, code: str) -> CardView:
    """Give a member a card with this code.

    Raises UnknownMember, CardCodeTaken, TextTooLong, UnknownCard for an empty code.
    """
    actor.require(Permission.EDIT_MEMBER)
    wanted = code.strip()
    check_text("code", wanted, MAX_REFERENCE)

    def decide(transaction: Transaction) -> CardIssued:
        if members.member(transaction, member) is None:
            raise UnknownMember(member)
        if not wanted:
            raise UnknownCard(code)
        if cards.ever_of_code(transaction, wanted):
            raise CardCodeTaken(wanted)
        currency = till.shop(transaction).currency
        return CardIssued(card=till.new_id(), code=wanted, currency=currency, member=member)

    issued = till.record(command_id, actor, decide).operations[0]
    assert isinstance(issued, CardIssued)
    return by_id(till, issued.card)


def top_up(
    till: Till,
    command_id: str,
    actor: Actor,
    ask: TopUpAsk,
    *,
    tenders: tuple[PlannedTender, ...],
    print_language: str = "",
    payment_id: str = "",
) -> ToppedUp:
    """Sell value for a card: one durable `card.topped_up`. With the id of a payment that was not captured yet, it waits for that.

    Raises ShiftNotOpen, UnknownCard, CardIsFrozen, UnknownOffer, OfferNotValid, BonusTermsMissing,
    ValueBuysValue, TenderShort, TenderOver and the other refusals of a payment.
    """
    actor.require(Permission.TOP_UP)

    def decide(transaction: Transaction) -> list[Operation]:
        shop, shift = till.shop(transaction), till.trading_shift(transaction)
        language = print_language or shop.receipt_language
        funding = payment.fund(
            transaction, ask, currency=shop.currency, business_day=shift.business_day, language=language
        )
        customs = catalogue.custom_tenders(transaction, shift.business_day)
        rounding = till.rounding(shop, shift.business_day)
        charged, document = charge_tenders.of_document(transaction, tenders)
        settled = settle(funding.paid, charged.tenders, rounding, customs=customs)
        paid = payment.pay(till, transaction, settled.tenders, fundings=[funding])
        found = cards.card(transaction, ask.card)
        top_up = document or till.new_id()
        done = CardToppedUp(
            top_up=top_up,
            receipt=next_receipt(till, transaction, shop),
            store=shop.store,
            shift=shift.shift,
            sold_at=till.now(),
            member=found.member if found else "",
            funding=funding,
            tenders=paid.tenders,
            tips=name_tenders((), settled.tenders),
            print_language=print_language,
            payment=payment_id,
            purse_changes=(
                *(captures.held(top_up, paid.purse_changes) if payment_id else paid.purse_changes),
                *payment.top_up_rights(top_up, [funding]),
            ),
            postings=_sold(paid, funding, waits=bool(payment_id)),
        )
        return [done, *(() if payment_id else _behind(till, transaction, done, found))]

    recorded = till.record(command_id, actor, decide)
    done = recorded.operations[0]
    assert isinstance(done, CardToppedUp)
    return ToppedUp(recorded.op_id, done, recorded.repeated)


def freeze(till: Till, command_id: str, actor: Actor, card_id: str, *, reason: str) -> CardView:
    """Freeze a card, lost or disputed. Raises PermissionNeeded, ReasonMissing, TextTooLong, UnknownCard."""
    actor.require(Permission.FREEZE_CARD)
    if not reason.strip():
        raise ReasonMissing("freeze")
    check_text("reason", reason, MAX_REFERENCE)
    return _change(till, command_id, actor, card_id, CardFrozen(card=card_id, reason=reason.strip()))


def unfreeze(till: Till, command_id: str, actor: Actor, card_id: str, *, reason: str = "") -> CardView:
    """Let a card pay again. Raises PermissionNeeded, TextTooLong, UnknownCard."""
    actor.require(Permission.FREEZE_CARD)
    check_text("reason", reason, MAX_REFERENCE)
    return _change(till, command_id, actor, card_id, CardUnfrozen(card=card_id, reason=reason.strip()))


def recode(till: Till, command_id: str, actor: Actor, card_id: str, *, code: str, reason: str) -> CardView:
    """Give a card another code, because it was lost or shares its code: its value stays, and a freeze of it ends.

    What bears the old code answers with a plain sentence from now on. Raises PermissionNeeded, ReasonMissing, TextTooLong,
    UnknownCard (also for an empty code), CardCodeTaken.
    """
    actor.require(Permission.FREEZE_CARD)
    wanted = code.strip()
    if not reason.strip():
        raise ReasonMissing("recode")
    check_text("reason", reason, MAX_REFERENCE)
    check_text("code", wanted, MAX_REFERENCE)

    def decide(transaction: Transaction) -> list[Operation]:
        found = cards.card(transaction, card_id)
        if found is None or not wanted:
            raise UnknownCard(code)
        if cards.ever_of_code(transaction, wanted):
            raise CardCodeTaken(wanted)
        made: list[Operation] = [CardRecoded(card=card_id, code=wanted, reason=reason.strip())]
        return [*made, CardUnfrozen(card=card_id, reason=reason.strip())] if found.frozen else made

    till.record(command_id, actor, decide)
    return by_id(till, card_id)


def transfer(
    till: Till, command_id: str, actor: Actor, card_id: str, *, member: str, reason: str = ""
) -> CardView:
    """Give a card to another member; its value, what it saves for and its number stay. A gift card is whoever's holds it.

    Raises PermissionNeeded, TextTooLong, UnknownCard, UnknownMember, CardIsFrozen (it may be disputed), CardStillOwes.
    """
    actor.require(Permission.CARD_REFUND)
    check_text("reason", reason, MAX_REFERENCE)

    def decide(transaction: Transaction) -> CardTransferred:
        found = cards.card(transaction, card_id)
        if found is None or found.is_gift:
            raise UnknownCard(card_id)
        if found.frozen:
            raise CardIsFrozen(found.tail, found.frozen_reason)
        if members.member(transaction, member) is None:
            raise UnknownMember(member)
        owed = sum(one.units for one in claims.claims(transaction, receivables_of(card_id)))
        owed += moves.everywhere(transaction, overdraft_asset(card_id, found.currency))
        if owed:
            raise CardStillOwes(found.tail, owed)
        return CardTransferred(card=card_id, member=member, reason=reason.strip())

    till.record(command_id, actor, decide)
    return by_id(till, card_id)


def hold(till: Till, command_id: str, actor: Actor, ticket: str, *, card_id: str, amount: Money) -> None:
    """Set value of a card aside for an open ticket while another tender is taken on a machine; bonus first.

    `amount` is all that the ticket then holds of this card: held once, however often it is asked for (PITFALLS 37).
    Raises InsufficientValue, CardIsFrozen, UnknownCard, UnknownTicket, TicketPaid, TicketNotOpen, AmountMissing.
    """
    actor.require(Permission.SELL)

    def decide(transaction: Transaction) -> list[Operation]:
        card = payment.open_card(transaction, card_id, amount.currency, None)
        _require_open(transaction, ticket)
        check_amount("hold", amount, card.currency)
        if not amount:
            raise AmountMissing("hold")
        here = cards.value(transaction, card, till.store.node, till.store.epoch)
        assets = card.assets
        own = {assets.bonus: here.bonus, assets.paid: here.paid}
        before = [one for one in cards.holds_of(transaction, ticket) if one.asset in own]
        for one in before:
            own[one.asset] = own[one.asset] + Money(one.units, card.currency)
        usable = own[assets.bonus] + own[assets.paid]
        if amount > usable:
            raise InsufficientValue(assets.paid, amount.cents, usable.cents, here.elsewhere.cents)
        parts = spend(amount, bonus=own[assets.bonus], paid=own[assets.paid])
        wanted = ((assets.bonus, parts.bonus.cents), (assets.paid, parts.paid.cents))
        return [
            *(HoldReleased(hold=one.hold) for one in before),
            *(
                ValueHeld(hold=till.new_id(), asset=asset, units=units, ticket=ticket)
                for asset, units in wanted
                if units
            ),
        ]

    till.record(command_id, actor, decide)


def release(till: Till, command_id: str, actor: Actor, ticket: str) -> None:
    """Free everything that is held for a ticket; nothing happens when nothing is held."""
    with till.read() as transaction:
        if not cards.holds_of(transaction, ticket):
            return

    def decide(transaction: Transaction) -> list[Operation]:
        return [HoldReleased(hold=one.hold) for one in cards.holds_of(transaction, ticket)]

    till.record(command_id, actor, decide)


def release_gone(till: Till) -> int:
    """Free what is held for tickets that are not open any more; how many holds. At start, before any payment.

    A hold of an open ticket stays: its payment may have been taken on the machine when the power went.
    """
    with till.read() as transaction:
        gone = _gone(till, transaction)
    if gone:
        till.record(till.new_id(), None, lambda transaction: _gone(till, transaction))
    return len(gone)


def _gone(till: Till, transaction: Transaction) -> list[Operation]:
    held = holds_by_ticket(transaction, till.store.node, till.store.epoch)
    return [
        HoldReleased(hold=hold)
        for ticket, holds in held.items()
        if not _is_open(transaction, ticket)
        for hold in holds
    ]


def _is_open(transaction: Transaction, ticket: str) -> bool:
    found = stored.ticket(transaction, ticket)
    return found is not None and found.state is TicketState.OPEN


def _require_open(transaction: Transaction, ticket: str) -> None:
    found = tickets.unpaid(transaction, ticket)
    if found.state is not TicketState.OPEN:
        raise TicketNotOpen(ticket, found.state.value)


def by_id(till: Till, card_id: str) -> CardView:
    """A card with its figures. Raises UnknownCard."""
    with till.read() as transaction:
        found = cards.card(transaction, card_id)
        return _view(till, transaction, found, card_id)


def by_code(till: Till, code: str) -> CardView:
    """The card with this code, as read or typed. Raises UnknownCard, CardCodeShared, CardReplaced."""
    with till.read() as transaction:
        found = card_of_code(transaction, code.strip())
        return _view(till, transaction, found, code)


def elsewhere(till: Till, card: Card) -> tuple[tuple[Names, Money], ...]:
    """By store, the value of a card that does not lie at this till, most first; what is under way, where it goes to.

    Names without a word in them: it lies with head office, or with a till of which nobody said yet where it stands.
    """
    assets = card.assets
    units: dict[str, int] = {}
    with till.read() as transaction:
        for asset in (assets.paid, assets.bonus):
            twice = covers.doubled_at(transaction, asset)
            for one in moves.lying(transaction, asset):
                here = (one.node, one.epoch) == (till.store.node, till.store.epoch)
                if one.under_way or not here:
                    made_good = min(twice.get((one.node, one.epoch), 0), one.units)
                    twice[one.node, one.epoch] = twice.get((one.node, one.epoch), 0) - made_good
                    units[one.store] = units.get(one.store, 0) + one.units - made_good
        found = [
            (names_of_store(transaction, store), Money(count, card.currency))
            for store, count in units.items()
        ]
    return tuple(sorted((one for one in found if one[1]), key=lambda one: -one[1].cents))


def _behind(
    till: Till, transaction: Transaction, done: CardToppedUp, card: Card | None
) -> Iterator[Operation]:
    """What a top-up that was paid brings about: coupons, the bonus of savings, and what its member owes is taken."""
    yield from coupons.with_top_ups(till, transaction, done.member, done.top_up, [done.funding])
    yield from savings.after_deposit(till, transaction, [done.funding])
    yield from receivables.after_issue(till, transaction, _cards_of(transaction, card), done.purse_changes)


def _sold(paid: PaymentParts, funding: Funding, *, waits: bool) -> tuple[Posting, ...]:
    """The double entry of a top-up that was paid, or that waits for its payment."""
    value = captures.waiting(funding) if waits else postings.of_fundings([funding])
    return postings.balanced([*postings.of_tenders(paid.tenders), *value])


def _cards_of(transaction: Transaction, card: Card | None) -> list[str]:
    """This card and the others of its member."""
    if card is None:
        return []
    others = cards.cards_of(transaction, card.member) if card.member else []
    return [card.card, *(one.card for one in others)]


def _view(till: Till, transaction: Transaction, found: Card | None, asked: str) -> CardView:
    if found is None:
        raise UnknownCard(asked)
    return CardView(found, cards.value(transaction, found, till.store.node, till.store.epoch))


def _change(till: Till, command_id: str, actor: Actor, card_id: str, operation: Operation) -> CardView:
    def decide(transaction: Transaction) -> Operation:
        if cards.card(transaction, card_id) is None:
            raise UnknownCard(card_id)
        return operation

    till.record(command_id, actor, decide)
    return by_id(till, card_id)
