"""Several tills of one shop that hand each other their operations, each recording through the services as a till does.

How operations travel over a network is not here: `hand` and `share` give them to `receiving.receive`, in their order.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import count
from pathlib import Path

from msgspec import structs
from sqlalchemy import Table, select

from salon_desk.bootstrap.rules import load_rules
from salon_desk.operations.description import TillDescribed
from salon_desk.operations.envelope import Envelope, body_hash, seal
from salon_desk.operations.move import Why
from salon_desk.operations.operation import Operation
from salon_desk.services.describe import describe
from salon_desk.services.moves import Holder, receive_waiting, sending
from salon_desk.services.till import Till
from salon_desk.storage import erasing, journal
from salon_desk.storage.engine import Database, Statement, Transaction, open_sqlite
from salon_desk.storage.office import NoAnchor, NoLock, Office
from salon_desk.storage.opening import open_store
from salon_desk.storage.receiving import receive
from salon_desk.storage.schema import create_tables
from salon_desk.storage.store import Store
from salon_desk.storage.tables.kinds import PROJECTIONS
from tests.integration.services.shop import CASHIER, FixedClock, Shop, open_shop

Tables = dict[str, list[tuple[object, ...]]]


def journal_here(store: Store) -> list[Envelope]:
    """Every operation that a store holds, in the order in which it recorded them."""
    with store.database.read() as transaction:
        return [envelope for _position, envelope in journal.after(transaction, 0)]


def own(store: Store) -> list[Envelope]:
    """A store's own chain."""
    return [one for one in journal_here(store) if one.header.node == store.node]


def hand(source: Store, *targets: Store) -> None:
    """Give a store's operations to others, each of which passes over what it has."""
    for target in targets:
        others = [one for one in journal_here(source) if one.header.node != target.node]
        receive(target, others)


def record(shop: Shop, *operations: Operation) -> list[Envelope]:
    """Operations that no service makes as a test wants them."""
    done = shop.till.record(shop.command(), CASHIER, lambda _transaction: list(operations))
    return list(done.envelopes)


@dataclass
class Neighbours:
    """Tills of one shop. The first has described it; all start with the same operations."""

    shops: list[Shop]

    def share(self) -> None:
        """Everybody gets everything."""
        for shop in self.shops:
            hand(shop.till.store, *(other.till.store for other in self.shops if other is not shop))

    def move(self, source: Shop, target: Shop, parts: Iterable[tuple[str, int]]) -> str:
        """Send units to another till; it receives them when it has heard of it (`receive`)."""
        name = source.till.new_id()
        to = Holder(target.till.store.node, target.till.store.epoch)
        record(source, sending(name, to, parts, Why.WANT))
        return name

    def receive(self, source: Shop, target: Shop) -> int:
        """Hand over what the source has, and receive the moves in it."""
        hand(source.till.store, target.till.store)
        return receive_waiting(target.till)

    def operations(self) -> list[Envelope]:
        """Every operation of every till, chain by chain."""
        found = {one.header.op_id: one for shop in self.shops for one in journal_here(shop.till.store)}
        return sorted(found.values(), key=lambda one: (one.header.node, one.header.epoch, one.header.seq))

    def split(self, known: Container[str]) -> tuple[list[Envelope], list[Envelope]]:
        """Every operation: those of known ids, and the others."""
        every = self.operations()
        return [one for one in every if one.header.op_id in known], [
            one for one in every if one.header.op_id not in known
        ]

    def close(self) -> None:
        """Close every till."""
        for shop in self.shops:
            shop.till.store.close()


def open_neighbours(folder: Path, tills: int, clocks: Sequence[datetime] = ()) -> Neighbours:
    """A shop with so many tills, its shift not yet open; `clocks` turns the clocks of the first tills."""
    first = open_shop(folder / "1")
    tag(first.till.store, "1")
    shops = [first]
    shops += [join(first, folder / str(number), str(number)) for number in range(2, tills + 1)]
    for shop, instant in zip(shops, clocks, strict=False):
        shop.clock.instant = instant
    found = Neighbours(shops)
    found.share()
    return found


def join(first: Shop, folder: Path, name: str) -> Shop:
    """A further till of the shop, which has heard of nothing yet."""
    clock, ids = FixedClock(), count(1)
    store = open_store(folder, clock, lambda: f"{name}-{next(ids)}")
    described = {"store": "s1", "name": name, "code": f"S1-{name}"}
    describe(first.till, first.command(), None, [(TillDescribed, store.node, described)])
    return Shop(Till(store, load_rules()), clock, member=first.member, card=first.card)


def unheard_of(after: Envelope, kind: str = "future.thing", version: int = 1) -> Envelope:
    """What a newer program might record next on a chain."""
    last, body = after, b'{"what":7}'
    salt = b"s" * 16
    header = structs.replace(
        last.header,
        op_id=f"{last.header.op_id}/{kind}",
        kind=kind,
        version=version,
        seq=last.header.seq + 1,
        at=last.header.at + 1,
        command_id=f"{last.header.command_id}/{kind}",
        body_hash=body_hash(salt, body),
        prev_hash=last.hash,
    )
    return seal(header, salt, body)


def withheld(one: Envelope) -> Envelope:
    """An operation as it is shown to whom its body does not concern."""
    return Envelope(one.header, one.hash, None, None)


def tag(store: Store, name: str) -> None:
    """Ids of a till of its own from now on."""
    ids = count(1)
    store.new_id = lambda: f"{name}-{next(ids)}"


def empty_store() -> Store:
    """A store in memory that records nothing of its own, to receive into."""
    database = Database(open_sqlite(":memory:"))
    create_tables(database)
    store = Office(database, NoAnchor(), NoLock(), clock=FixedClock(), new_id=lambda: "nobody")
    store.effects = erasing.follow
    store.load()
    return store


def _ordered(table: Table) -> Statement:
    return Statement(lambda: select(table).order_by(*table.primary_key.columns))


_TABLES = tuple((table.name, _ordered(table)) for table in PROJECTIONS)


def tables(transaction: Transaction) -> Tables:
    """Every projection, row by row in the order of their keys."""
    return {name: [tuple(row) for row in transaction.all(statement)] for name, statement in _TABLES}


def tables_of(store: Store) -> Tables:
    """Every projection of a store."""
    with store.database.read() as transaction:
        return tables(transaction)


def differing(one: Tables, other: Tables) -> dict[str, tuple[list[object], list[object]]]:
    """By table, the rows that only one has: for a message that can be read."""
    return {
        name: (
            [row for row in one[name] if row not in other[name]],
            [r for r in other[name] if r not in one[name]],
        )
        for name in one
        if one[name] != other[name]
    }


def resealed(one: Envelope, **changed: object) -> Envelope:
    """An envelope with other values in its header, whose hash fits."""
    return seal(structs.replace(one.header, **changed), one.salt or b"", one.body or b"")


def own_of(store: Store, other: Store) -> list[Envelope]:
    """What a store holds of another's chain."""
    return [one for one in journal_here(store) if one.header.node == other.node]


def as_received(operations: Sequence[Envelope]) -> Tables:
    """The tables of a node that gets these at once."""
    store = empty_store()
    receive(store, operations)
    found = tables_of(store)
    store.close()
    return found
