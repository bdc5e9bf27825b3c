"""Operations about money taken by a terminal or a wallet: asked, answered, decided by a manager; batches and inspections.

None of them moves money in the ledger: the document whose tender names the charge does. `charge.attempted` is durable before
the terminal hears anything, and no number of a card is ever among the fields but its last four digits.
"""

from __future__ import annotations

from typing import ClassVar

from salon_desk.domain.charge import ChargeKind, Entry, Means
from salon_desk.domain.charge_state import Heard
from salon_desk.domain.money import Money
from salon_desk.operations.operation import Operation


class ChargeAttempted(Operation, frozen=True, kw_only=True):
    """A charge is about to be asked. `attempt` counts from 1: the same reference again is one more try of the same charge.

    `subject`: the ticket or document that it pays. `of_reference`: the charge that a void or return undoes. `terminal`: the
    name that the device bears here.
    """

    KIND: ClassVar[str] = "charge.attempted"
    reference: str
    attempt: int
    kind: ChargeKind
    means: Means
    amount: Money
    subject: str
    store: str
    of_reference: str = ""
    terminal: str = ""


class ChargeAnswered(Operation, frozen=True, kw_only=True):
    """What the device said of a charge. `problem`: a ChargeProblem, why nobody knows or why it was not sent.

    `amount` is all that was approved, `tip` the guest's part of it; both None unless approved. `code`, `said`: the host's own.
    """

    KIND: ClassVar[str] = "charge.answered"
    reference: str
    attempt: int
    what: Heard
    problem: str = ""
    amount: Money | None = None
    tip: Money | None = None
    last_four: str = ""
    brand: str = ""
    entry: Entry = Entry.UNKNOWN
    host_reference: str = ""
    authorization: str = ""
    transaction: str = ""
    code: str = ""
    said: str = ""


class ChargeDecided(Operation, frozen=True, kw_only=True):
    """A manager decided whether money moved, by `evidence`, since no device could tell; `last_four` from the slip."""

    KIND: ClassVar[str] = "charge.decided"
    reference: str
    charged: bool
    evidence: str
    last_four: str = ""
    approver: str = ""


class ChargeBatchClosed(Operation, frozen=True, kw_only=True):
    """A terminal's batch as it counted it, beside what this till knows: `references` are the charges that it compared."""

    KIND: ClassVar[str] = "charge.batch_closed"
    terminal: str
    store: str
    batch: str
    sales: int
    sold: Money
    returns: int
    returned: Money
    our_sales: int
    our_sold: Money
    our_returns: int
    our_returned: Money
    references: tuple[str, ...]


class TerminalInspected(Operation, frozen=True, kw_only=True):
    """Somebody looked at a terminal for tampering (RULES 18). `photo`: the digest of a picture, empty for none."""

    KIND: ClassVar[str] = "terminal.inspected"
    terminal: str
    serial: str
    seal_intact: bool
    photo: str
    signer: str
    store: str
    inspected_on: str
    note: str = ""
