"""Money taken by a card terminal or a wallet: what is asked of it, and what is known of it afterwards.

No device, no wire and no database lives here. The one rule to know: silence is `Unknown`, never a decline; only an answer
about this very reference says that money moved, and only a definite word that nothing was asked lets it be asked again.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from salon_desk.domain.money import Money


class Means(StrEnum):
    """What takes the money."""

    TERMINAL = "terminal"
    WECHAT_PAY = "wechat_pay"
    ALIPAY = "alipay"


class ChargeKind(StrEnum):
    """What is asked. VOID undoes a charge of the same batch whole, RETURN gives an amount back to the card."""

    SALE = "sale"
    RETURN = "return"
    VOID = "void"


class Entry(StrEnum):
    """How the card was read."""

    UNKNOWN = ""
    SWIPED = "swiped"
    CHIP = "chip"
    CONTACTLESS = "contactless"
    KEYED = "keyed"
    CODE = "code"


class ChargeProblem(StrEnum):
    """Why nobody knows what became of a charge, or why it was not sent."""

    OUT_OF_REACH = "out_of_reach"
    SILENT = "silent"
    CUT_SHORT = "cut_short"
    GARBLED = "garbled"
    BUSY = "busy"
    RESTARTED = "restarted"
    DUPLICATE = "duplicate"
    WAITING_FOR_GUEST = "waiting_for_guest"


@dataclass(frozen=True, slots=True)
class Charge:
    """What is asked, once. `reference` is ours and unique for ever; `amount` is positive, everything included.

    `code`: what the guest's wallet shows, for a wallet that is scanned; never stored. `of_reference` and `of_transaction`: the charge that a VOID undoes and
    what its terminal called it. `asks_tip`: the guest may be asked for one; a sale of value alone takes none.
    """

    reference: str
    kind: ChargeKind
    amount: Money
    means: Means = Means.TERMINAL
    code: str = field(default="", repr=False)
    of_reference: str = ""
    of_transaction: str = ""
    asks_tip: bool = True


@dataclass(frozen=True, slots=True)
class Approved:
    """Money moved. `amount` is all of it, `tip` the part of it that the guest added at the terminal.

    `amount - tip` below what was asked is a partial approval. No number of a card but its last four digits.
    """

    reference: str
    amount: Money
    tip: Money
    transaction: str = ""
    host_reference: str = ""
    authorization: str = ""
    last_four: str = ""
    brand: str = ""
    entry: Entry = Entry.UNKNOWN


NOT_PAID = "not-paid"
"""The wallets' own code for an order that was undone because nobody paid it in time: said in words, not as a code."""


@dataclass(frozen=True, slots=True)
class Declined:
    """It was asked and no money moved. `code` and `said` are the host's own, shown beside our words."""

    reference: str
    code: str = ""
    said: str = ""


@dataclass(frozen=True, slots=True)
class NotSent:
    """Not a byte of it reached the terminal: nothing can have been charged."""

    reference: str
    problem: ChargeProblem


@dataclass(frozen=True, slots=True)
class NotFound:
    """Asked by reference, it knows none. Only the word of an `idle` terminal is definite."""

    reference: str
    idle: bool


@dataclass(frozen=True, slots=True)
class Unknown:
    """Nobody knows whether money moved."""

    reference: str
    problem: ChargeProblem


Answer = Approved | Declined | NotSent | NotFound | Unknown


@dataclass(frozen=True, slots=True)
class BatchTotals:
    """What a terminal counted since its last close; money given back is in `returned`, as positive cents."""

    batch: str
    sales: int
    sold: Money
    returns: int
    returned: Money


@dataclass(frozen=True, slots=True)
class BatchFailed:
    """The batch was not closed, or nobody knows."""

    problem: ChargeProblem


class TerminalState(StrEnum):
    """How the terminal is. NONE: this till has none."""

    NONE = "none"
    READY = "ready"
    BUSY = "busy"
    OFFLINE = "offline"
    UNKNOWN = "unknown"
