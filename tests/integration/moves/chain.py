"""A head office and its tills in one process, with no network between them: what passes is handed over by the test.

Nothing is written into a table by hand but the rows of children. What each node owns is read from its own database.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from itertools import count
from pathlib import Path

from salon_desk.bootstrap.rules import load_rules
from salon_desk.domain import ledger
from salon_desk.domain.card import card_assets, spend
from salon_desk.domain.clock import instant_text
from salon_desk.domain.ledger import Posting
from salon_desk.domain.money import Money
from salon_desk.head_office import placement, wants
from salon_desk.head_office.planning import Bookings
from salon_desk.operations import description as told
from salon_desk.operations.card import CardIssued, HoldReleased, ValueHeld
from salon_desk.operations.envelope import Envelope
from salon_desk.operations.move import ValueReceived, ValueSent
from salon_desk.operations.operation import Cause, Operation, PurseChange
from salon_desk.operations.payment import Funding
from salon_desk.operations.registry import decode
from salon_desk.operations.shift import CashPaidOut
from salon_desk.services import moves
from salon_desk.services.carry_over import carried_over
from salon_desk.services.describe import Description, described
from salon_desk.services.till import Till
from salon_desk.storage import children, journal
from salon_desk.storage.children import Child
from salon_desk.storage.digest import digest
from salon_desk.storage.engine import Transaction
from salon_desk.storage.office import open_office
from salon_desk.storage.opening import open_store
from salon_desk.storage.place import Place
from salon_desk.storage.queries import cards
from salon_desk.storage.queries.cards import Card
from salon_desk.storage.receiving import receive
from salon_desk.storage.store import Store
from salon_desk.wire.messages import Part, Recall, WantAnswer, WantAsk
from tests.integration.storage.tills import TurnedClock, command, new_id

CARD = "card-one"
ASSETS = card_assets(CARD, "USD")
PAID, BONUS = ASSETS.paid, ASSETS.bonus


def usd(cents: int) -> Money:
    """Cents as money."""
    return Money(cents, "USD")


def record(store: Store, *operations: Operation) -> None:
    """Record at a node whatever a test needs."""
    journal.record(store, command(), lambda _transaction: list(operations))


def issue(store: Store, paid: int, bonus: int = 0, card: str = CARD) -> None:
    """Put value on a card where this node stands."""
    record(store, carried_over(Funding(card=card, paid=usd(paid), bonus=usd(bonus)), reason="test"))


def own(store: Store, asset: str) -> int:
    """What a node has of an asset, by its own books."""
    with store.database.read() as transaction:
        return cards.purse(transaction, asset, store.node, store.epoch).units


def moved(store: Store) -> tuple[list[ValueSent], list[ValueReceived]]:
    """The moves that a node has sent and received itself."""
    with store.database.read() as transaction:
        rows = [one for _position, one in journal.after(transaction, 0) if one.header.node == store.node]
    operations = [decode(one.header.kind, one.header.version, one.body or b"") for one in rows]
    sent = [one for one in operations if isinstance(one, ValueSent)]
    return sent, [one for one in operations if isinstance(one, ValueReceived)]


@dataclass
class Counter:
    """A till, and the head office that it belongs to: short ways to do what tests do all the time."""

    till: Till
    office: Store
    cursor: int = 0

    @property
    def store(self) -> Store:
        """Its folder."""
        return self.till.store

    @property
    def node(self) -> str:
        """Its id."""
        return self.till.store.node

    def has(self) -> tuple[int, int]:
        """Paid and bonus of the card in its own purses."""
        return own(self.store, PAID), own(self.store, BONUS)

    def card(self) -> Card:
        """The card as this till knows it."""
        with self.till.read() as transaction:
            found = cards.card(transaction, CARD)
        assert found is not None
        return found

    def redeem(self, cents: int) -> None:
        """Spend from the card, bonus first; InsufficientValue when it is not here."""

        def decide(transaction: Transaction) -> CashPaidOut:
            paid, bonus = (
                cards.units_here(transaction, asset, self.node, self.store.epoch) for asset in (PAID, BONUS)
            )
            parts = spend(usd(cents), bonus=usd(bonus), paid=usd(paid))
            changes = ((BONUS, parts.bonus), (PAID, parts.paid))
            return CashPaidOut(
                shift="shift",
                amount=usd(cents),
                reason="",
                purse_changes=tuple(PurseChange(a, -m.cents, Cause.REDEEM) for a, m in changes if m),
                postings=tuple(
                    one
                    for one in (
                        Posting(ledger.STORED_VALUE_BONUS, parts.bonus),
                        Posting(ledger.STORED_VALUE_PAID, parts.paid),
                        Posting(ledger.DRAWER, -usd(cents)),
                    )
                    if one.amount
                ),
            )

        journal.record(self.store, command(), decide)

    def hold(self, units: int, asset: str = PAID) -> str:
        """Set units aside; the hold's id."""
        name = new_id()
        record(self.store, ValueHeld(hold=name, asset=asset, units=units, ticket="ticket"))
        return name

    def release(self, hold: str) -> None:
        """Free them."""
        record(self.store, HoldReleased(hold=hold))

    def answer(self, recalls: Sequence[Recall]) -> int:
        """Answer recalls."""
        return moves.answer_recalls(self.till, self.office.node, self.office.epoch, recalls)

    def return_all(self) -> int:
        """Send everything up."""
        return moves.return_all(self.till, self.office.node, self.office.epoch)


@dataclass
class Chain:
    """The head office, its tills and the one clock that all of them look at."""

    folder: Path
    clock: TurnedClock
    office: Store
    tills: list[Counter] = field(default_factory=list)
    numbers: Iterator[int] = field(default_factory=lambda: count(1))
    bookings: Bookings | None = None

    def add_till(self, store: str, *, confirmed: bool = True, place: bool = True) -> Counter:
        """A till of a store that enrols now."""
        name = f"till{next(self.numbers)}"
        opened = Counter(Till(open_store(self.folder / name, self.clock, new_id), load_rules()), self.office)
        self.tills.append(opened)
        described_at(
            self.office, (told.TillDescribed, opened.node, {"store": store, "name": name, "code": name})
        )
        now = instant_text(self.clock.now())
        child = Child(
            node=opened.node,
            epoch=opened.store.epoch,
            store=store,
            name=name,
            public_key="",
            confirmed=confirmed,
            enrolled_at=now,
            seen_at=now,
        )
        with self.office.local() as transaction:
            children.add(transaction, child, token_hash=name)
        if place:
            placement.after_enrolment(self.office, opened.node)
        return opened

    def child(self, till: Counter) -> Child:
        """A till as head office knows it."""
        with self.office.database.read() as transaction:
            found = children.by_node(transaction, till.node)
        assert found is not None
        return found

    def push(self, till: Counter) -> int:
        """Hand everything that a till recorded to head office; how many moves it made of it."""
        sent = self.chain_of(till)
        placed = 0
        received = receive(self.office, sent)
        if received.recorded:
            placed = placement.after_push(self.office, received.recorded, self.bookings)
        self.seen(till)
        return placed

    def chain_of(self, till: Counter) -> list[Envelope]:
        """All that a till recorded itself."""
        with till.till.read() as transaction:
            return [one for _p, one in journal.after(transaction, 0) if one.header.node == till.node]

    def page(self, till: Counter, after: int, most: int = 1_000_000) -> tuple[int, list[Envelope]]:
        """What others recorded behind a position, and the position behind it."""
        with self.office.database.read() as transaction:
            rows = list(journal.after(transaction, after))[:most]
        return (rows[-1][0] if rows else after), [one for _p, one in rows if one.header.node != till.node]

    def feed(self, till: Counter) -> int:
        """Hand a till everything that is new, and let it receive; how many moves arrived."""
        till.cursor, rows = self.page(till, till.cursor)
        receive(till.store, rows)
        return moves.receive_waiting(till.till)

    def recalls(self, till: Counter) -> list[Recall]:
        """What a till is asked to send up."""
        with self.office.database.read() as transaction:
            return wants.recalls_for(transaction, till.node, self.clock.now())

    def seen(self, till: Counter) -> None:
        """Head office heard of a till."""
        with self.office.local() as transaction:
            children.note_seen(transaction, till.node, instant_text(self.clock.now()), 0)

    def want(self, till: Counter, want_id: str, *parts: tuple[str, int]) -> WantAnswer:
        """A till asks."""
        ask = WantAsk(want_id=want_id, parts=[Part(*one) for one in parts])
        return wants.answer(self.office, self.child(till), ask)

    def settle_down(self) -> None:
        """Hand everything to everybody until nothing new comes of it."""
        before, now = -1, 0
        while before != now:
            before = now
            for till in self.tills:
                self.push(till)
                self.feed(till)
                till.answer(self.recalls(till))
            now = sum(store.head.position for store in self.stores())

    def wait(self, seconds: float) -> None:
        """Time passes."""
        self.clock.instant += timedelta(seconds=seconds)

    def stores(self) -> list[Store]:
        """Every node's data."""
        return [self.office, *(till.store for till in self.tills)]

    def total(self, asset: str) -> int:
        """What lies in all purses, by each owner's own books, and what is under way between them."""
        sent = {one.move: one for store in self.stores() for one in moved(store)[0]}
        received = [one.move for store in self.stores() for one in moved(store)[1]]
        assert len(received) == len(set(received)), "a move arrived twice"
        assert set(received) <= set(sent), "a move arrived that nobody sent"
        flying = sum(
            -change.units
            for name, one in sent.items()
            if name not in received
            for change in one.purse_changes
            if change.asset == asset
        )
        return flying + sum(own(store, asset) for store in self.stores())

    def digests(self) -> set[str]:
        """The digests of all nodes."""
        found = set()
        for store in self.stores():
            with store.database.read() as transaction:
                found.add(digest(transaction))
        return found

    def close(self) -> None:
        """Close everything."""
        for store in self.stores():
            store.close()


def described_at(store: Store, *things: Description) -> None:
    """Describe things at a node."""
    journal.record(store, command(), lambda transaction: [described(transaction, *one) for one in things])


def open_chain(folder: Path, place: Place | None = None) -> Chain:
    """A head office with stores S1, S2, S3 and a member of S1 with an empty card; tills lie below `folder`."""
    clock = TurnedClock()
    office = open_office(place or Place(folder=folder / "office"), clock, new_id)
    names = ("S1", "S2", "S3")
    described_at(
        office,
        *((told.StoreDescribed, one, {"name_en": one, "currency": "USD"}) for one in names),
        (told.MemberDescribed, "may", {"name": "May", "home_store": "S1"}),
    )
    record(office, CardIssued(card=CARD, code="4417", currency="USD", member="may"))
    return Chain(folder, clock, office)
