"""Operations about stored-value cards and the holds on their purses.

Spending is part of a sale (`sale.py`). A card's operations hold opaque ids only; whose card it is stands
in `CardIssued.member`, an id.
"""

from __future__ import annotations

from typing import ClassVar

from salon_desk.domain.tip import TipPart
from salon_desk.operations.operation import Moving, Operation
from salon_desk.operations.payment import Funding, TenderPart


class CardIssued(Operation, frozen=True, kw_only=True):
    """A card exists: its id, the code on its stripe or barcode, its currency and its member."""

    KIND: ClassVar[str] = "card.issued"
    card: str
    code: str
    currency: str
    member: str


class CardFrozen(Operation, frozen=True, kw_only=True):
    """The card pays nothing until it is unfrozen."""

    KIND: ClassVar[str] = "card.frozen"
    card: str
    reason: str


class CardUnfrozen(Operation, frozen=True, kw_only=True):
    """The card pays again."""

    KIND: ClassVar[str] = "card.unfrozen"
    card: str
    reason: str


class CardRecoded(Operation, frozen=True, kw_only=True):
    """The card has another code from now on: it was lost, or two cards had one code. Its value stays where it lies.

    What bore the code before is no card any more.
    """

    KIND: ClassVar[str] = "card.recoded"
    card: str
    code: str
    reason: str


class CardTransferred(Operation, frozen=True, kw_only=True):
    """The card belongs to another member from now on; its value stays where it lies."""

    KIND: ClassVar[str] = "card.transferred"
    card: str
    member: str
    reason: str = ""


class CardToppedUp(Moving, frozen=True, kw_only=True):
    """Value was bought for a card and paid for.

    `payment`: of a terminal, that was not captured yet; until it is, the value waits in assets of its own (RULES 28).
    """

    KIND: ClassVar[str] = "card.topped_up"
    top_up: str
    receipt: str
    store: str
    shift: str
    sold_at: str
    member: str
    funding: Funding
    tenders: tuple[TenderPart, ...]
    tips: tuple[TipPart, ...] = ()
    print_language: str = ""
    payment: str = ""


class TopUpCaptured(Moving, frozen=True, kw_only=True):
    """The payment of a top-up was captured: its value may be spent from now on."""

    KIND: ClassVar[str] = "card.top_up_captured"
    sale: str
    store: str
    payment: str


class ValueCarriedOver(Moving, frozen=True, kw_only=True):
    """A card holds what was sold before this journal began: by another program, on paper, in the demo.

    Nobody pays now, so that the other side of its postings is the account of what was carried over. `row`: of the list that says so.
    """

    KIND: ClassVar[str] = "card.carried_over"
    funding: Funding
    reason: str
    row: int = 0


class ValueHeld(Operation, frozen=True, kw_only=True):
    """Units of one purse are set aside for a payment in progress; nothing else can spend them."""

    KIND: ClassVar[str] = "purse.held"
    hold: str
    asset: str
    units: int
    ticket: str


class HoldReleased(Operation, frozen=True, kw_only=True):
    """The payment did not happen: the held units are free again."""

    KIND: ClassVar[str] = "purse.released"
    hold: str
