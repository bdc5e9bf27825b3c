"""A head office and tills in one process, with no network between: the test says when which node hears of what.

What goes up is received and disclosed as head office does it; what comes down is what a store may see, in small pages.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path

from salon_desk.bootstrap.rules import load_rules
from salon_desk.domain.access import Role
from salon_desk.head_office.visibility import bodies_for, disclose_where_needed, visible
from salon_desk.operations import description
from salon_desk.operations.envelope import Envelope
from salon_desk.operations.operation import Operation
from salon_desk.services.describe import Description, describe
from salon_desk.services.till import Actor, Till
from salon_desk.storage import journal, set_aside
from salon_desk.storage.digest import digest
from salon_desk.storage.office import Office, Place, open_office
from salon_desk.storage.opening import open_store
from salon_desk.storage.queries.stores import store_of_till
from salon_desk.storage.receiving import Body, Received, receive
from salon_desk.storage.store import Store
from tests.integration.storage.tills import DAY, TurnedClock, new_id

OWNER = Actor("owner", Role.OWNER)
PAGE = 7
_commands = count(1)


def command() -> str:
    """A fresh command id."""
    return f"nodes-{next(_commands)}"


def record(store: Store, *operations: Operation, day: str = DAY) -> list[Envelope]:
    """Record operations at a node, in one transaction; their envelopes."""
    return list(
        journal.record(store, journal.Command(command(), "amy", day), lambda _t: list(operations)).envelopes
    )


def whole_journal(store: Store) -> list[Envelope]:
    """Every operation that a node has, in its order."""
    with store.database.read() as transaction:
        return [one for _position, one in journal.after(transaction, 0)]


def own_journal(store: Store) -> list[Envelope]:
    """The operations that a node recorded itself."""
    return [one for one in whole_journal(store) if one.header.node == store.node]


def digest_of(store: Store) -> str:
    """What a node prints as its digest."""
    with store.database.read() as transaction:
        return digest(transaction)


def waiting(store: Store) -> int:
    """How many operations a node has set aside."""
    with store.database.read() as transaction:
        return set_aside.count(transaction)


def shop_things(store: str, node: str, code: str) -> list[Description]:
    """A store and its till."""
    place = {
        "name_en": store,
        "jurisdiction": "US-NY-NYC",
        "time_zone": "America/New_York",
        "currency": "USD",
    }
    return [
        (description.StoreDescribed, store, {**place, "cash_rounding": "exact"}),
        (description.TillDescribed, node, {"store": store, "name": code, "code": code}),
    ]


@dataclass
class Nodes:
    """A chain of one office and some tills; each node has a clock of its own."""

    folder: Path
    clocks: dict[str, TurnedClock] = field(default_factory=dict)
    tills: dict[str, Store] = field(default_factory=dict)
    cursors: dict[str, int] = field(default_factory=dict)
    office_runs: Callable[[], AbstractContextManager[None]] = nullcontext
    """The program that head office runs, where that is not the one of the tills."""

    def __post_init__(self) -> None:
        self.clocks[""] = TurnedClock()
        self.office: Office = self._open_office()

    def add(self, name: str, store: str = "") -> Store:
        """A till that is new; head office describes it as one of that store, if one is said."""
        self.clocks[name] = TurnedClock()
        self.tills[name] = self._open(name)
        self.cursors[name] = 0
        if store:
            self.enrol(name, store)
        return self.tills[name]

    def enrol(self, name: str, store: str) -> None:
        """Head office says to which store a till belongs, as it does when one enrols, or moves."""
        things = shop_things(store, self.tills[name].node, name)
        done = describe(self.desk(), command(), OWNER, things)
        disclose_where_needed(self.office, done.envelopes)

    def desk(self) -> Till:
        """Head office as the services take it."""
        return Till(self.office, load_rules())

    def till(self, name: str) -> Till:
        """A till as the services take it."""
        return Till(self.tills[name], load_rules())

    def at_office(self, *operations: Operation) -> list[Envelope]:
        """Record operations of head office's own, with what follows from them."""
        with self.office_runs():
            recorded = record(self.office, *operations)
            disclose_where_needed(self.office, recorded)
        return recorded

    def push(self, name: str) -> Received:
        """A till sends up what it has recorded; doubled, for nothing comes only once."""
        own = own_journal(self.tills[name])
        with self.office_runs():
            receive(self.office, own[: len(own) // 2])
            received = receive(self.office, own)
            disclose_where_needed(self.office, own)
        return received

    def page(self, name: str) -> tuple[int, list[Envelope], list[Body]]:
        """What a till would get next: the new cursor, operations, bodies."""
        store = self.tills[name]
        with self.office_runs(), self.office.database.read() as transaction:
            every = list(journal.after(transaction, self.cursors[name]))[:PAGE]
            of = store_of_till(transaction, store.node)
            others = [one for _position, one in every if one.header.node != store.node]
            bodies = [Body(one.op_id, one.salt, one.body) for one in bodies_for(transaction, others, of)]
            return (every[-1][0] if every else self.cursors[name]), visible(transaction, others, of), bodies

    def feed(self, name: str) -> None:
        """A till takes in all that there is for it."""
        while True:
            cursor, operations, bodies = self.page(name)
            if cursor == self.cursors[name]:
                return
            receive(self.tills[name], operations, bodies=bodies)
            self.cursors[name] = cursor

    def sync(self, *names: str) -> None:
        """Tills (all, unless some are named) send what they have, then take in what there is."""
        for name in names or tuple(self.tills):
            self.push(name)
        for name in names or tuple(self.tills):
            self.feed(name)

    def reopen(self, name: str = "") -> None:
        """Start a till, or head office, again."""
        if name:
            self.tills[name].close()
            self.tills[name] = self._open(name)
        else:
            self.office.close()
            self.office = self._open_office()

    def every(self) -> Sequence[Store]:
        """All nodes."""
        return (self.office, *self.tills.values())

    def close(self) -> None:
        """Close every node."""
        for store in self.every():
            store.close()

    def _open(self, name: str) -> Store:
        return open_store(self.folder / name, self.clocks[name], new_id)

    def _open_office(self) -> Office:
        return open_office(Place(folder=self.folder / "office"), self.clocks[""], new_id)
