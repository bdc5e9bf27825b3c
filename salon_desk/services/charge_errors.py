"""What charging a card or a wallet refuses: open, used, of something else, not so much, not again.

Parameters only, no prose; amounts are cents.
"""

from __future__ import annotations

from dataclasses import dataclass

from salon_desk.domain.errors import DomainError


@dataclass
class UnknownCharge(DomainError):
    """No charge has this reference here."""

    reference: str


@dataclass
class TerminalMissing(DomainError):
    """This till has no device for these means."""

    means: str


@dataclass
class TicketLocked(DomainError):
    """A card was charged for this ticket, or may have been: nothing of it changes until that is settled. `state`: of the charge."""

    ticket: str
    reference: str
    state: str


@dataclass
class ChargeOpen(DomainError):
    """Nobody knows yet what became of another charge of the same ticket or document."""

    reference: str
    means: str


@dataclass
class ChargeNotApproved(DomainError):
    """No money came by this charge."""

    reference: str
    state: str


@dataclass
class ChargeUsed(DomainError):
    """A document has taken this charge already, or it was undone."""

    reference: str


@dataclass
class ChargeOfAnother(DomainError):
    """The charge was not made for this: for another ticket, document or tender."""

    reference: str


@dataclass
class ChargeAmountDiffers(DomainError):
    """The charge came to another amount than is to be taken or given back by it."""

    reference: str
    charged: int
    wanted: int


@dataclass
class ChargeLeftOut(DomainError):
    """A card was charged for this, and the payment does not name it."""

    reference: str
    charged: int
    last_four: str


@dataclass
class ChargeTooMuch(DomainError):
    """With what was charged or given back before it would be more than is due."""

    wanted: int
    most: int


@dataclass
class ChargeNotAgain(DomainError):
    """Only what was certainly not charged may be asked again under its name."""

    reference: str
    state: str


@dataclass
class ChargeSettled(DomainError):
    """It is known what became of this charge: there is nothing to decide."""

    reference: str
    state: str


@dataclass
class EvidenceMissing(DomainError):
    """Whoever decides says by what."""


@dataclass
class ReturnMissing(DomainError):
    """This tender was charged by a device: it goes back by it first, or by hand with a manager's word."""

    reference: str
    amount: int


@dataclass
class SerialMissing(DomainError):
    """Whoever looks at a terminal reads its serial number."""
