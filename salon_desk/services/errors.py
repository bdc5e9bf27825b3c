"""What the services refuse because the data says so: unknown, frozen, not now.

Refusals by rule are in `domain/errors.py`, by disk in `storage/errors.py`. Parameters only, no prose.
"""

from __future__ import annotations

from dataclasses import dataclass

from salon_desk.domain.errors import DomainError


@dataclass
class ShopMissing(DomainError):
    """The till does not know its shop yet."""

    till: str


@dataclass
class UnknownCard(DomainError):
    """No stored-value card has this code."""

    code: str


@dataclass
class CardIsFrozen(DomainError):
    """The card pays nothing until it is unfrozen."""

    tail: str
    reason: str


@dataclass
class CardStillOwes(DomainError):
    """Something is owed on the card (cents), which its next owner would pay for."""

    tail: str
    owed: int


@dataclass
class CardCodeTaken(DomainError):
    """Another card already carries this code."""

    code: str


@dataclass
class CardCodeShared(DomainError):
    """Two cards carry this code: sold by shops that could not see each other. Which of them is meant, nobody guesses.

    `gifts`: both are gift cards, so that no member leads to them.
    """

    code: str
    gifts: bool = False


@dataclass
class GiftVoided(DomainError):
    """The sale of this gift card was undone: nothing is on it."""

    tail: str


@dataclass
class CardReplaced(DomainError):
    """This code was given up: the card was lost, or shared its code, and its value is under the code that ends in `tail`."""

    code: str
    tail: str


@dataclass
class UnknownMember(DomainError):
    """No member has this id."""

    member: str


@dataclass
class PhoneTaken(DomainError):
    """Another member has this telephone already."""

    phone: str
    member: str
    name: str


@dataclass
class UnknownItem(DomainError):
    """No service or product has this id or code."""

    item: str


@dataclass
class UnknownStaff(DomainError):
    """Nobody who works here has this id."""

    staff: str


@dataclass
class UnknownTicket(DomainError):
    """No such ticket."""

    ticket: str


@dataclass
class TicketPaid(DomainError):
    """The ticket was paid already."""

    ticket: str


@dataclass
class UnknownSale(DomainError):
    """No sale, top-up or receipt of this name."""

    sale: str


@dataclass
class NotRefundable(DomainError):
    """This document cannot be given back: `why` is "kind", "voided", "refunded", "shift", "cash" or "pending"."""

    receipt: str
    why: str


@dataclass
class RightElsewhere(DomainError):
    """The right to give this document back lies elsewhere and was not to be had: what was asked could be done twice."""

    receipt: str


@dataclass
class FundedRefundTooLarge(DomainError):
    """More was to be given back without its right than a manager may let pass (cents)."""

    asked: int
    limit: int


@dataclass
class UnknownPayment(DomainError):
    """Nothing waits for this payment here: it was settled already, or is another till's."""

    payment: str


@dataclass
class ValueBuysValue(DomainError):
    """Stored value was to pay for a top-up."""

    cents: int


@dataclass
class WrongPin(DomainError):
    """The PIN is not this person's; `left` tries until the lock."""

    left: int


@dataclass
class PinMissing(DomainError):
    """No PIN was set for this person."""

    staff: str


@dataclass
class BadPin(DomainError):
    """A new PIN must be four to eight digits."""

    length: int


@dataclass
class UnknownOffer(DomainError):
    """No top-up offer has this id."""

    offer: str


@dataclass
class UnknownDiscount(DomainError):
    """No discount has this id."""

    discount: str


@dataclass
class ReasonMissing(DomainError):
    """This act needs a reason."""

    act: str


@dataclass
class SlipForAnother(DomainError):
    """A slip is addressed to another till, or to this one as it was before a restore (`to_node`, `to_epoch`)."""

    move: str
    to_node: str
    to_epoch: str


@dataclass
class SlipDamaged(DomainError):
    """A slip does not say what a move can be: no units, the same asset twice, no id."""

    move: str
