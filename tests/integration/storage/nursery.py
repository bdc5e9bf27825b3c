"""A process that brings up recorders to be killed: `python -m tests.integration.storage.nursery FOLDER`.

For each line on stdin it forks one that opens the folder and records without end; what it has recorded it says, one id
a line, after the commit. Forking spares each of them the start of an interpreter.
"""

from __future__ import annotations

import os
import random
import sys
import uuid
from datetime import UTC, datetime
from pathlib import Path

from salon_desk.domain.ledger import DRAWER, STORED_VALUE_PAID, Posting
from salon_desk.domain.money import Money
from salon_desk.operations.card import CardIssued
from salon_desk.operations.operation import Cause, Operation, PurseChange
from salon_desk.operations.shift import CashPaidIn, DrawerOpened
from salon_desk.storage import journal, print_jobs
from salon_desk.storage.engine import Transaction
from salon_desk.storage.opening import open_store
from salon_desk.storage.queries.cards import units_here
from salon_desk.storage.store import Store

ASSET = "card/the-card/USD/paid"


class SystemClock:
    """The machine's clock."""

    def now(self) -> datetime:
        return datetime.now(UTC)


def say(line: str) -> None:
    os.write(1, f"{line}\n".encode())


def record_without_end(folder: Path) -> None:
    store = open_store(folder, SystemClock(), lambda: str(uuid.uuid4()))
    print_jobs.recover(store)
    random.seed()
    while True:
        recorded = journal.record(store, _command(), lambda transaction: _decide(store, transaction))
        for one in recorded.envelopes:
            say(f"done {one.header.op_id}")
        if random.random() < 0.2:
            print_jobs.claim(store)
        if random.random() < 0.1:
            store.idle()


def _command() -> journal.Command:
    return journal.Command(str(uuid.uuid4()), actor="amy", business_day="2026-11-20")


def _decide(store: Store, transaction: Transaction) -> list[Operation]:
    here = units_here(transaction, ASSET, store.node, store.epoch)
    if not here and random.random() < 0.3:
        card = str(uuid.uuid4())
        return [CardIssued(card=card, code=card, currency="USD", member=""), _moved(50)]
    change = _moved(random.randint(1, 40) if here < 100 else -random.randint(1, here))
    return (
        [change]
        if random.random() < 0.7
        else [change, DrawerOpened(shift="", reason="x" * random.randint(0, 9000))]
    )


def _moved(units: int) -> Operation:
    amount = Money(units, "USD")
    return CashPaidIn(
        shift="",
        amount=amount,
        reason="",
        purse_changes=(PurseChange(ASSET, units, Cause.ISSUE if units > 0 else Cause.REDEEM),),
        postings=(Posting(DRAWER, amount), Posting(STORED_VALUE_PAID, -amount)),
    )


def main() -> None:
    folder = Path(sys.argv[1])
    for _line in sys.stdin:
        child = os.fork()
        if not child:
            try:
                say(f"child {os.getpid()}")
                record_without_end(folder)
            except BaseException as error:
                say(f"failed {error!r}")
                os._exit(1)
        os.waitpid(child, 0)
        say("gone")


if __name__ == "__main__":
    main()
