"""The monthly look at each card terminal: its serial, its seal, a photo, who signs; and which one is due (RULES 18).

No figure of the rule stands here (`resources/rules/terminals.toml`), and no picture: only its digest is kept. Nothing is refused
because an inspection is overdue.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from salon_desk.domain.access import Permission
from salon_desk.domain.limits import MAX_NAME, MAX_NOTE, MAX_REFERENCE, check_text
from salon_desk.operations.charge import TerminalInspected
from salon_desk.services.charge_errors import SerialMissing
from salon_desk.services.till import Actor, Till
from salon_desk.storage.engine import Transaction
from salon_desk.storage.queries import terminals
from salon_desk.storage.queries.terminals import Inspection

EVERY_DAYS = "terminal.inspection_days"
"""The rule that says how often."""


@dataclass(frozen=True, slots=True)
class InspectionAsk:
    """What somebody saw. `photo`: the digest of a picture, empty for none."""

    terminal: str
    serial: str
    seal_intact: bool
    photo: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Inspected:
    """How a terminal stands. `days`: since the last look, None where there was none; `every`: days between two of them.

    `other_serial`: the last look found another serial than the one before it.
    """

    terminal: str
    last: Inspection | None
    days: int | None
    every: int
    other_serial: bool

    @property
    def is_overdue(self) -> bool:
        """Whether somebody has to look at it."""
        return self.days is None or self.days > self.every

    @property
    def is_suspect(self) -> bool:
        """Whether it looked as if somebody had been at it."""
        return self.other_serial or (self.last is not None and not self.last.seal_intact)


def inspect(till: Till, command_id: str, actor: Actor, ask: InspectionAsk) -> Inspected:
    """Keep that the actor looked at a terminal, under their name: one durable `terminal.inspected`. Database worker.

    Raises PermissionNeeded, SerialMissing, TextTooLong.
    """
    actor.require(Permission.CLOSE_SHIFT)
    if not ask.serial.strip():
        raise SerialMissing()
    check_text("serial", ask.serial, MAX_NAME)
    check_text("photo", ask.photo, 2 * MAX_REFERENCE)
    check_text("note", ask.note, MAX_NOTE)

    def decide(transaction: Transaction) -> TerminalInspected:
        return TerminalInspected(
            terminal=ask.terminal,
            serial=ask.serial.strip(),
            seal_intact=ask.seal_intact,
            photo=ask.photo,
            signer=actor.staff,
            store=till.shop(transaction).store,
            inspected_on=till.business_day(transaction),
            note=ask.note.strip(),
        )

    till.record(command_id, actor, decide)
    return standing(till, ask.terminal)


def standing(till: Till, terminal: str) -> Inspected:
    """How a terminal of this till stands. Database worker, reads only. Raises RuleMissing."""
    with till.read() as transaction:
        found = terminals.inspections(transaction, till.store.node, terminal, 2)
        day = till.business_day(transaction)
        every = till.rules.lookup(till.shop(transaction).jurisdiction, EVERY_DAYS, day)
    last = found[0] if found else None
    days = (date.fromisoformat(day) - date.fromisoformat(last.inspected_on)).days if last else None
    other = len(found) > 1 and found[0].serial != found[1].serial
    return Inspected(terminal, last, days, int(str(every)), other)
