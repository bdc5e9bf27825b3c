"""The faulty chain as a whole: its machines, what really happened, and one step after the other with a look after each.

What a step does is in `steps*.py`, what may never be in `truth.py`, how everything is brought together at the end in `healing.py`.
The same seed gives the same steps and the same trace.
"""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from random import Random

from salon_desk.domain.errors import DomainError
from salon_desk.head_office.access import is_trouble
from salon_desk.operations.card import CardIssued
from salon_desk.operations.description import MemberDescribed, StoreDescribed
from salon_desk.operations.envelope import Envelope
from salon_desk.operations.operation import Operation
from salon_desk.services.describe import described
from salon_desk.simulation.counter import CURRENCY, member_of
from salon_desk.simulation.faults import counter
from salon_desk.simulation.faults.disk import Crash
from salon_desk.simulation.faults.ground import Ground, Machine
from salon_desk.simulation.faults.office import SimulatedOffice
from salon_desk.simulation.faults.till import SimulatedTill
from salon_desk.simulation.faults.truth import Truth, Violation
from salon_desk.storage import journal, parent
from salon_desk.storage.engine import Transaction
from salon_desk.storage.errors import CannotRecord, StoreStopped
from salon_desk.storage.journal import Command
from salon_desk.storage.queries import cards
from salon_desk.storage.store import Store

STORES = ("S1", "S2", "S3")
MOST = 1_000_000


@dataclass(frozen=True, slots=True)
class Shape:
    """How large the chain is: tills by store, cards."""

    tills: tuple[str, ...] = ("S1", "S2", "S3")
    cards: tuple[str, ...] = ("c1", "c2", "c3")


@dataclass(frozen=True, slots=True)
class Attempt:
    """A command that was begun at a till and not answered: it may be given again."""

    till: SimulatedTill
    epoch: str
    command: str
    work: Callable[[str], list[str]]


class Complaints(logging.Handler):
    """What the product logs as an error without the disk being to blame."""

    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self.found: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Keep it."""
        error = record.exc_info[1] if record.exc_info else None
        if error is not None and not is_trouble(error):
            self.found.append(f"{record.getMessage()}: {type(error).__name__}: {error}")


@dataclass(eq=False)
class World:
    """One chain and its history."""

    ground: Ground
    shape: Shape = field(default_factory=Shape)
    truth: Truth = field(default_factory=Truth)
    tills: list[SimulatedTill] = field(default_factory=list)
    attempts: list[Attempt] = field(default_factory=list)
    destroyed: set[str] = field(default_factory=set)
    """Nodes of which a machine burnt."""
    bookings: list[tuple[str, str]] = field(default_factory=list)
    """Card and booking of whoever is expected somewhere."""
    complaints: Complaints = field(default_factory=Complaints)
    steps: int = 0
    served: int = 0
    """Customers who were served: sales, top-ups, refunds, voids."""
    refused: int = 0
    happened: dict[str, int] = field(default_factory=dict)
    told: list[str] = field(default_factory=list)
    """What every step did, for whoever replays it."""
    office: SimulatedOffice = field(init=False)
    _trace: hashlib._Hash = field(default_factory=hashlib.sha256)
    _seen: dict[tuple[str, str, str], int] = field(default_factory=dict)
    _names: int = 0

    def __post_init__(self) -> None:
        self.office = SimulatedOffice(self.ground, "office")

    @property
    def chance(self) -> Random:
        """The one source of chance."""
        return self.ground.chance

    def begin(self) -> None:
        """Head office with its stores, members and cards, and the tills, all in touch and with an open shift."""
        self.office.start()

        def things(transaction: Transaction) -> list[Operation]:
            made: list[Operation] = [
                described(
                    transaction, StoreDescribed, name, {"name_en": name, "currency": CURRENCY, **_WHERE}
                )
                for name in STORES
            ]
            for card in self.shape.cards:
                where = {"name": card, "home_store": STORES[0]}
                made.append(described(transaction, MemberDescribed, member_of(card), where))
                made.append(CardIssued(card=card, code=card, currency=CURRENCY, member=member_of(card)))
            return made

        command = Command("begin", "", "2026-03-02")
        self.office.do(lambda data: journal.record(data, command, things))
        self.ground.network.calm = True
        for store in self.shape.tills:
            self.add_till(store)
        self.ground.network.calm = False
        self.look()

    def add_till(self, store: str) -> SimulatedTill:
        """A new till of a store, enrolled and in step, with an open shift."""
        made = self.another_machine(store)
        made.start()
        made.enrol()
        made.take_in()
        with made.acting():
            counter.open_shift(made.running, f"shift/{made.node}")
        made.push(5)
        return made

    def burn(self, till: SimulatedTill) -> None:
        """Nothing is left of a till but what head office has; that must be up."""
        assert self.office.data is not None
        till.gone()
        with self.office.data.database.read() as transaction:
            for one in self.truth.log:
                header = one.header
                if header.node == till.node and journal.operation_of(transaction, header.op_id) is None:
                    self.truth.may_be_lost.add(header.op_id)
        self.truth.cannot_be_proven(till.node)
        self.destroyed.add(till.node)
        till.destroy()
        self.tills.remove(till)
        self.attempts[:] = [one for one in self.attempts if one.till is not till]

    def go_on(self) -> bool:
        """A person goes on from an old head office: the next epoch owns nothing, and what lay in this one is covered there.

        It may be one that was opened after the last restore, when somebody shows an epoch that lies between the two.
        """
        self.truth.cannot_be_proven(self.office.node)
        return self.office.go_on()

    def another_machine(self, store: str) -> SimulatedTill:
        """A computer with nothing on it."""
        self._names += 1
        made = SimulatedTill(self.ground, f"till{self._names}", store, office=self.office)
        self.tills.append(made)
        return made

    def step(self, name: str, work: Callable[[], str | None]) -> None:
        """One step with everything that is looked at after it. Raises Violation."""
        self.steps += 1
        self.ground.time.seconds += self.chance.choice((0.1, 1.0, 1.0, 5.0, 20.0))
        outcome = self.guarded(work)
        self.happened[name] = self.happened.get(name, 0) + 1
        line = f"{self.steps} {name} {outcome}"
        self.told.append(line)
        self._trace.update(line.encode())
        self.look()

    def guarded(self, work: Callable[[], str | None]) -> str:
        """Run it; a crash ends the machine that it happened on, trouble of a disk and refusals are what they are."""
        try:
            return work() or ""
        except Crash as crash:
            machine = self.machine_of(crash)
            machine.crashed()
            return f"crashed: {crash}"
        except StoreStopped as error:
            return f"stopped: {error.reason}"
        except DomainError as refusal:
            self.refused += 1
            return f"refused: {type(refusal).__name__}"

    def machine_of(self, crash: Crash) -> SimulatedTill | SimulatedOffice:
        """Whose drive it was."""
        machines: list[SimulatedTill | SimulatedOffice] = [*self.tills, self.office]
        return next(one for one in machines if one.drive is crash.drive)

    def command(self, till: SimulatedTill, work: Callable[[str], list[str]]) -> str:
        """A cashier's command: what it recorded is acknowledged when it returns, and else it may be given again."""
        made = Attempt(till, till.running.store.epoch, self.ground.new_id(), work)
        self.attempts.append(made)
        return self.attempt(made)

    def attempt(self, made: Attempt) -> str:
        """Give a command, for the first time or again."""
        try:
            with made.till.acting():
                op_ids = made.work(made.command)
        except CannotRecord as error:
            return f"cannot: {error.reason}"
        except DomainError:
            self.attempts.remove(made)
            raise
        self.attempts.remove(made)
        self.look()
        for op_id in op_ids:
            self.truth.done(op_id)
        self.served += 1
        made.till.sales += op_ids[-1:]
        del made.till.sales[:-12]
        return f"{made.till.name} {' '.join(op_ids)}"

    def look(self) -> None:
        """What was recorded since the last look, and whether all that may never be is not. Raises Violation."""
        changed = []
        for machine, store in self.open_stores():
            head, key = store.head, (machine.name, store.node, store.epoch)
            if self._seen.get(key, 0) < head.seq:
                self._read(store, key)
                changed.append(store)
        all_up = self.office.data is not None and all(one.is_up for one in self.tills)
        touched = self.truth.end_step(all_up=all_up)
        for store in changed:
            self._compare(store, touched)
        if self.complaints.found:
            raise Violation("the product stumbled", "; ".join(self.complaints.found))

    def _read(self, store: Store, key: tuple[str, str, str]) -> None:
        after = self._seen.get(key, 0)
        with store.database.read() as transaction:
            fresh = list(parent.own_after(transaction, store.node, store.epoch, after, most=MOST))
        for one in fresh:
            if not self.truth.knows(one):
                self._trace.update(_text(one))
            self.truth.recorded(one)
        if fresh:
            self._seen[key] = fresh[-1].header.seq

    def _compare(self, store: Store, touched: set[str]) -> None:
        """The engine's purses of this holder against the fold's; not while it fetches records of its own that it had before."""
        holder = (store.node, store.epoch)
        if holder in self.truth.may_fork or store.catching_up is not None:
            return
        with store.database.read() as transaction:
            for asset in sorted(touched):
                here = cards.purse(transaction, asset, *holder)
                told = self.truth.purses.get((asset, holder))
                wanted = (told.units, told.held) if told else (0, 0)
                if (here.units, here.held) != wanted:
                    raise Violation("engine and fold differ", f"{asset} at {holder}: {here}, {wanted}")

    def rolled_back(self, machine: Machine) -> None:
        """What this machine records is read anew from the beginning, for its disk is another one."""
        for key in [key for key in self._seen if key[0] == machine.name]:
            del self._seen[key]

    def open_stores(self) -> list[tuple[Machine, Store]]:
        """Every node that is up, head office first."""
        found: list[tuple[Machine, Store]] = []
        if self.office.data is not None:
            found.append((self.office, self.office.data))
        found += [(one, one.till.store) for one in self.tills if one.till is not None]
        return found

    def close(self) -> None:
        """Let go of everything."""
        for one in self.tills:
            one.gone()
        if self.office.data is not None:
            self.office.stop()

    @property
    def trace(self) -> str:
        """A hash of all that happened."""
        return self._trace.hexdigest()

    @contextmanager
    def listening(self) -> Iterator[None]:
        """The product's log is listened to, and shown to nobody."""
        log = logging.getLogger("salon_desk")
        before, spread = log.level, log.propagate
        log.addHandler(self.complaints)
        log.setLevel(logging.ERROR)
        log.propagate = False
        try:
            yield
        finally:
            log.removeHandler(self.complaints)
            log.setLevel(before)
            log.propagate = spread


_WHERE = {"jurisdiction": "US-NY-NYC", "time_zone": "America/New_York", "day_cut_off": "04:00"}


def _text(one: Envelope) -> bytes:
    """An operation without the salts, which are drawn by the product and are others each time."""
    header = one.header
    return f"{header.op_id} {header.kind} {header.node} {header.seq}".encode() + (one.body or b"")
