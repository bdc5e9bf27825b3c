"""Gift cards: sold with their value, greeted, and told by the code that stands on them.

Spending one is part of paying a ticket (`payment.py`), paying its value out is `payouts.py`. A gift card is a card of nobody: it is
looked up, frozen and given another code by `cards.py`. It never expires and bears no fee: there is no such field (RULES 1).
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass

from salon_desk.domain import ledger
from salon_desk.domain.access import Permission
from salon_desk.domain.errors import AmountMissing
from salon_desk.domain.gift import CODE_LENGTH, gift_asset, made_code, plain_code
from salon_desk.domain.ledger import Posting
from salon_desk.domain.limits import MAX_NAME, MAX_REFERENCE, check_amount, check_text
from salon_desk.domain.money import Money
from salon_desk.domain.tender import VALUE, PlannedTender
from salon_desk.operations.gift import GiftGreeted, GiftSold
from salon_desk.operations.operation import Cause, Operation, PurseChange
from salon_desk.services import postings
from salon_desk.services.errors import (
    CardCodeTaken,
    UnknownCard,
    UnknownMember,
    UnknownStaff,
    ValueBuysValue,
)
from salon_desk.services.till import Actor, Till
from salon_desk.services.value_documents import head, paid_with
from salon_desk.storage.engine import Transaction
from salon_desk.storage.queries import cards, members, staff
from salon_desk.storage.queries.gifts import Greeting, buyer_of, greeting_of

MAX_GREETING = 300
NO_WORDS = Greeting()


@dataclass(frozen=True, slots=True)
class GiftAsk:
    """A gift card as the cashier chose it: without a `code` one is made, for an e-gift on paper or on a telephone."""

    amount: Money
    code: str = ""
    words: Greeting = NO_WORDS
    member: str = ""
    seller: str = ""


@dataclass(frozen=True, slots=True)
class GiftMade:
    """A gift card that is durable."""

    op_id: str
    gift: GiftSold
    repeated: bool


def sell(
    till: Till,
    command_id: str,
    actor: Actor,
    ask: GiftAsk,
    *,
    tenders: tuple[PlannedTender, ...],
    print_language: str = "",
) -> GiftMade:
    """Sell a gift card, active at once: a durable `gift.sold`, with its words in a `gift.greeted` of their own. Untaxed (RULES 6).

    Raises PermissionNeeded, ShiftNotOpen, AmountMissing, AmountTooLarge, CardCodeTaken, UnknownMember, UnknownStaff, ValueBuysValue,
    TextTooLong, TenderShort, TenderOver and the other refusals of a payment.
    """
    actor.require(Permission.TOP_UP)
    _check(ask)
    refuse_value(tenders)
    code = plain_code(ask.code) or made_code(secrets.token_bytes(CODE_LENGTH))

    def decide(transaction: Transaction) -> list[Operation]:
        if cards.ever_of_code(transaction, code):
            raise CardCodeTaken(code)
        if ask.member and members.member(transaction, ask.member) is None:
            raise UnknownMember(ask.member)
        if ask.seller and staff.staff_member(transaction, ask.seller) is None:
            raise UnknownStaff(ask.seller)
        sold = _sold(till, transaction, actor, ask, code=code, tenders=tenders, language=print_language)
        return [sold, *_greeted(sold.gift, ask.member, ask.words)]

    recorded = till.record(command_id, actor, decide)
    done = recorded.operations[0]
    assert isinstance(done, GiftSold)
    return GiftMade(recorded.envelopes[0].header.op_id, done, recorded.repeated)


def greet(till: Till, command_id: str, actor: Actor, gift: str, words: Greeting) -> None:
    """Let other words stand on a gift card. Raises PermissionNeeded, UnknownCard, TextTooLong."""
    actor.require(Permission.TOP_UP)
    _check_words(words)

    def decide(transaction: Transaction) -> list[Operation]:
        found = cards.card(transaction, gift)
        if found is None or not found.is_gift:
            raise UnknownCard(gift)
        if greeting_of(transaction, gift) == words:
            return []
        return list(_greeted(gift, buyer_of(transaction, found), words, always=True))

    till.record(command_id, actor, decide)


def _sold(
    till: Till,
    transaction: Transaction,
    actor: Actor,
    ask: GiftAsk,
    *,
    code: str,
    tenders: tuple[PlannedTender, ...],
    language: str,
) -> GiftSold:
    till.trading_shift(transaction)  # without a shift nothing is sold, whatever the amount
    currency = till.shop(transaction).currency
    check_amount("gift", ask.amount, currency)
    taken = paid_with(till, transaction, ask.amount, tenders)
    gift = till.new_id()
    top = head(till, transaction, actor, member=ask.member, amount=ask.amount, taken=taken, language=language)
    return GiftSold(
        **top,
        gift=gift,
        code=code,
        seller=ask.seller,
        purse_changes=(PurseChange(gift_asset(gift, currency), ask.amount.cents, Cause.ISSUE),),
        postings=postings.balanced(
            [*postings.of_tenders(taken.tenders), Posting(ledger.GIFT_CARDS, -ask.amount)]
        ),
    )


def refuse_value(tenders: tuple[PlannedTender, ...]) -> None:
    """Raise ValueBuysValue when what was paid for before is to pay for other value."""
    for tender in tenders:
        if tender.kind in VALUE:
            raise ValueBuysValue(tender.amount.cents if tender.amount else 0)


def _greeted(gift: str, member: str, words: Greeting, *, always: bool = False) -> tuple[GiftGreeted, ...]:
    if words == NO_WORDS and not always:
        return ()
    return (
        GiftGreeted(
            gift=gift,
            member=member,
            recipient=words.recipient,
            sender=words.sender,
            greeting=words.greeting,
        ),
    )


def _check(ask: GiftAsk) -> None:
    if not ask.amount:
        raise AmountMissing("gift")
    check_text("code", plain_code(ask.code), MAX_REFERENCE)
    _check_words(ask.words)


def _check_words(words: Greeting) -> None:
    check_text("recipient", words.recipient, MAX_NAME)
    check_text("sender", words.sender, MAX_NAME)
    check_text("greeting", words.greeting, MAX_GREETING)
