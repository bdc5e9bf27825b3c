"""How head office records what it sends: the business day is the day in UTC, for it stands in no store.

What is sent to whom is decided in `wants.py` and `placement.py`, inside the transaction that records it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from salon_desk.head_office.restored import may_send
from salon_desk.operations.move import ValueSent
from salon_desk.storage import journal
from salon_desk.storage.engine import Transaction
from salon_desk.storage.journal import Command
from salon_desk.storage.store import Store


def business_day(office: Store) -> str:
    """The day in UTC, as an ISO date."""
    return office.clock.now().date().isoformat()


def once(office: Store, what: str, day: str = "") -> Command:
    """The command of what is done once: once an epoch, because one that was put back has forgotten what its tills still hold."""
    return Command(f"{what}/{office.epoch}", "", day)


def record(
    office: Store, command_id: str, decide: Callable[[Transaction], Sequence[ValueSent]]
) -> list[ValueSent]:
    """Record what `decide` sends; local rows that it writes stand or fall with it. The thread that writes.

    Nothing is sent by a head office that was found to be restored from an old copy. Raises CannotRecord, StoreStopped.
    """

    def sent(transaction: Transaction) -> Sequence[ValueSent]:
        return decide(transaction) if may_send(transaction, office.epoch) else []

    recorded = journal.record(office, Command(command_id, "", business_day(office)), sent)
    return [one for one in recorded.operations if isinstance(one, ValueSent)]
