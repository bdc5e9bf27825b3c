"""Tills for the storage tests: a folder, a clock that can be turned, ids that count, small facts to record.

What a shop does all day is in `tests/integration/services/shop.py`; here only what journal, anchor and purses need.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path

import pytest

from salon_desk.domain import ledger
from salon_desk.domain.ledger import Posting
from salon_desk.domain.money import Money
from salon_desk.operations.envelope import Envelope, unpack
from salon_desk.operations.operation import Cause, Operation, PurseChange
from salon_desk.operations.shift import CashPaidIn, DrawerOpened
from salon_desk.storage import journal
from salon_desk.storage.anchor import entries_from
from salon_desk.storage.engine import Statement
from salon_desk.storage.journal import BY_OP, Command, Recorded
from salon_desk.storage.opening import open_store
from salon_desk.storage.reading import open_reader
from salon_desk.storage.rows import envelope_of
from salon_desk.storage.store import Store

DAY = "2026-11-20"
ASSET = "series/visits"


class TurnedClock:
    """A clock that stands where it was put, a millisecond later at each look."""

    def __init__(self, instant: datetime = datetime(2026, 11, 20, 15, 0, tzinfo=UTC)) -> None:
        self.instant = instant

    def now(self) -> datetime:
        self.instant += timedelta(milliseconds=1)
        return self.instant


_numbers = count(1)


def new_id() -> str:
    """An id that no other test got."""
    return f"id-{next(_numbers):08d}"


def open_till(folder: Path, clock: TurnedClock | None = None) -> Store:
    """A till's folder, opened for recording."""
    return open_store(folder, clock or TurnedClock(), new_id)


def command(name: str = "") -> Command:
    """A command of the cashier's."""
    return Command(name or new_id(), actor="amy", business_day=DAY)


def no_sale(store: Store, reason: str = "change", name: str = "") -> Recorded:
    """The smallest fact: the drawer was opened."""
    return journal.record(store, command(name), lambda _t: DrawerOpened(shift="shift", reason=reason))


def no_sales(store: Store, how_many: int) -> list[str]:
    """Several small facts; their ids."""
    return [no_sale(store, str(number)).op_id for number in range(how_many)]


def record(store: Store, *operations: Operation) -> list[Envelope]:
    """Whatever a test needs, in one transaction; as it was sealed."""
    return list(journal.record(store, command(), lambda _t: list(operations)).envelopes)


def moving(units: int = 0, cents: int = 0, *, asset: str = ASSET, cause: Cause = Cause.ISSUE) -> CashPaidIn:
    """A fact that moves units of an asset, money, or both."""
    amount = Money(cents, "USD")
    postings = (Posting(ledger.DRAWER, amount), Posting(ledger.INCOME_PAID_IN, -amount)) if cents else ()
    changes = (PurseChange(asset, units, cause),) if units else ()
    return CashPaidIn(shift="shift", amount=amount, reason="", purse_changes=changes, postings=postings)


def journal_of(folder: Path) -> list[Envelope]:
    """The journal as a reader finds it, in the order of recording."""
    reader = open_reader(folder)
    try:
        with reader.read() as transaction:
            return [envelope_of(row) for row in transaction.all(_ALL)]
    finally:
        reader.close()


def recorded(store: Store, op_id: str) -> bool:
    """Whether the open till has this operation."""
    with store.database.read() as transaction:
        return transaction.one(BY_OP, op_id=op_id) is not None


def anchored(folder: Path) -> list[Envelope]:
    """The operations in a folder's anchor."""
    with open(folder / "till.anchor", "rb") as file:
        return [one for _offset, payload in entries_from(file) for one in unpack(payload)]


def _all() -> object:
    from sqlalchemy import select

    from salon_desk.storage.tables.journal import journal as table

    return select(table).order_by(table.c.position)


_ALL = Statement(_all)


class Crash(BaseException):
    """The process ends here."""


@dataclass
class Countdown:
    """Calls through `real` until `calls` of them were made; then raises `error`, once or for ever."""

    real: object
    error: BaseException
    calls: int
    for_ever: bool = False
    made: Iterator[int] = field(default_factory=count)

    def __call__(self, *arguments: object) -> object:
        number = next(self.made)
        if number == self.calls or (self.for_ever and number > self.calls):
            raise self.error
        return self.real(*arguments)  # type: ignore[operator]


Break = Callable[[pytest.MonkeyPatch, BaseException], None]
"""Makes one step of the product fail with an error."""


def fails(name: str, place: object, calls: int) -> Break:
    """What is called `name` there fails after so many calls."""

    def patch(patched: pytest.MonkeyPatch, error: BaseException) -> None:
        patched.setattr(place, name, Countdown(getattr(place, name), error, calls))

    return patch
