"""The chain of a replay made of the real code: each node its own database, nothing between them but what a link would carry.

Services, placement, wants, recalls, receiving and applying are the product's; left out are HTTP, threads and crashes, so that
databases need no flush. A link that drops is known to head office at once (in the product within a minute).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import timedelta

from salon_desk.domain.card import card_assets
from salon_desk.domain.clock import instant_text
from salon_desk.domain.overdraft import overdraft_asset
from salon_desk.head_office import placement, sweeping, wants
from salon_desk.head_office.weighing import HEAD_OFFICE
from salon_desk.operations.description import StoreDescribed, TillDescribed
from salon_desk.services import moves
from salon_desk.services.describe import Description, described
from salon_desk.services.till import Till as Counter
from salon_desk.simulation import counter, phone
from salon_desk.simulation.chain import Shape, Till
from salon_desk.simulation.traces import Event
from salon_desk.simulation.workshop import BEGINNING, Workshop, instant_of
from salon_desk.storage import children, journal, link_gaps, parent, set_aside
from salon_desk.storage.children import Child
from salon_desk.storage.digest import digest
from salon_desk.storage.journal import Command
from salon_desk.storage.queries import cards, feed, holders, overdrafts
from salon_desk.storage.queries import moves as lying_moves
from salon_desk.storage.receiving import receive
from salon_desk.storage.rows import envelope_of
from salon_desk.storage.store import Store
from salon_desk.wire.messages import WantAsk

LONG_AGO = instant_text(BEGINNING - timedelta(days=1))
PAGE = 1_000
PAGE_BYTES = 1 << 40


@dataclass(slots=True)
class Node:
    """A till with what it and head office know of each other."""

    till: Counter
    where: Till
    child: Child
    cursor: int = 0
    pushed: int = 0
    up: bool = True
    cut_at: str = ""

    @property
    def store(self) -> Store:
        """Its database."""
        return self.till.store


class RealChain:
    """A head office and its tills."""

    def __init__(self, shape: Shape, workshop: Workshop) -> None:
        self._shape = shape
        self._clock = workshop.clock
        self.office = workshop.open_node("office")
        self._nodes = {
            (store, number): self._enrol(workshop, (store, number))
            for store in shape.stores
            for number in range(shape.tills_per_store)
        }
        self._by_id = {node.store.node: node for node in self._nodes.values()}
        self._told = self._clock.now()
        command = Command(self.office.new_id(), "", instant_text(self._told)[:10])
        journal.record(self.office, command, lambda _tx: [counter.issued(card) for card in shape.cards])
        for node in self._nodes.values():
            self._feed(node)
            self._push(node)

    def turn_to(self, day: float) -> None:
        """It is that day now; tills in reach are heard of all the time."""
        if int(day) > int(self._clock.day):
            self._night(float(int(day)))
        self._clock.day = day
        now = self._clock.now()
        if now - self._told > timedelta(seconds=30):
            self._told = now
            self._seen(node for node in self._nodes.values() if node.up)

    def cut(self, store: str) -> None:
        """The link of a store drops; until then its tills took in everything."""
        for node in self._at(store):
            self._feed(node)
            self._push(node)
            node.up, node.cut_at = False, instant_text(self._clock.now())
        with self.office.local() as transaction:
            for node in self._at(store):
                children.note_seen(transaction, node.store.node, LONG_AGO, None)

    def link(self, store: str) -> None:
        """The link of a store is back."""
        back = self._at(store)
        for node in back:
            node.up = True
        self._seen(back)
        with self.office.local() as transaction:
            for node in back:
                link_gaps.add(transaction, node.store.node, node.cut_at, instant_text(self._clock.now()))
        for node in back:
            self._push(node)
            self._feed(node)
        placement.after_return(self.office, [node.store.node for node in back])
        self._settle()

    def belongs(self, event: Event) -> None:
        """A member says which store is theirs."""
        node = self._nodes[event.store, 0]
        counter.belong(node.till, event.card, event.store)
        self._hand_up(node, (event.card,))

    def booked(self, event: Event) -> None:
        """A booking is made; head office hears of it when the link is up."""
        node = self._nodes[event.store, 0]
        counter.book(node.till, event.card, event.store, instant_of(event.for_day))
        self._hand_up(node, (event.card,))

    def funded(self, event: Event, till: Till) -> None:
        """Value is bought at a till."""
        node = self._nodes[till]
        counter.fund(node.till, event.card, event.store, event.cents)
        self._hand_up(node, (event.card,))

    def visited(self, event: Event, till: Till, *, by_phone: bool) -> tuple[int, int]:
        """A ticket is paid with as much of the card as can be had here; what of it was overdraft."""
        node = self._nodes[till]
        here = counter.usable(node.till, event.card)
        if here < event.cents and node.up:
            self._feed(node)
            here = counter.usable(node.till, event.card)
        if here < event.cents and self._shape.lan:
            beside = [other.till for other in self._at(event.store) if other is not node]
            here = counter.share(node.till, beside, event.card, event.cents)
        if here < event.cents and (node.up or by_phone):
            self._want(node, event.card, event.cents)
            here = counter.usable(node.till, event.card)
        most = 0 if node.up else self._shape.overdraft_cents // self._shape.tills_per_store
        paid, given = counter.pay(node.till, event.card, event.store, cents=event.cents, overdraft_cents=most)
        self._hand_up(node, (event.card,))
        return paid, given

    def outstanding(self) -> dict[str, int]:
        """By card, the overdraft that was not recovered, by each holder's own books."""
        found: dict[str, int] = {}
        for _place, store in self._books():
            with store.database.read() as transaction:
                for card in overdrafts.owed_by_card(transaction):
                    owed = overdraft_asset(card, counter.CURRENCY)
                    here = cards.units_here(transaction, owed, store.node, store.epoch)
                    found[card] = found.get(card, 0) + here
        return {card: owed for card, owed in found.items() if owed}

    def lying(self) -> dict[str, dict[str, int]]:
        """By card, the cents at each place, by each holder's own books."""
        found: dict[str, dict[str, int]] = {}
        for place, store in self._books():
            with store.database.read() as transaction:
                for card in holders.cards_with_value(transaction):
                    names = card_assets(card, counter.CURRENCY)
                    units = sum(
                        cards.purse(transaction, asset, store.node, store.epoch).units
                        for asset in (names.bonus, names.paid)
                    )
                    places = found.setdefault(card, {})
                    places[place] = places.get(place, 0) + units
        return found

    def heal(self) -> list[str]:
        """Bring every link back and hand everything to everybody: the digest of each node."""
        for name in sorted({node.where[0] for node in self._nodes.values() if not node.up}):
            self.link(name)
        before = -1
        while before != (before := self.office.head.position):
            for node in self._nodes.values():
                self._push(node)
                self._feed(node)
        digests = []
        for _place, store in self._books():
            with store.database.read() as transaction:
                digests.append(digest(transaction))
        return digests

    def set_aside(self) -> int:
        """How many operations some node could not apply."""
        count = 0
        for _place, store in self._books():
            with store.database.read() as transaction:
                count += set_aside.count(transaction)
        return count

    def close(self) -> None:
        """Close every database."""
        for _place, store in self._books():
            store.close()

    def _books(self) -> list[tuple[str, Store]]:
        return [(HEAD_OFFICE, self.office), *((node.where[0], node.store) for node in self._nodes.values())]

    def _enrol(self, workshop: Workshop, where: Till) -> Node:
        name = f"{where[0]}-{where[1]}"
        store = workshop.open_node(f"till-{name}")
        now = instant_text(self._clock.now())
        child = Child(
            node=store.node,
            epoch=store.epoch,
            store=where[0],
            name=name,
            public_key="",
            confirmed=True,
            enrolled_at=now,
            seen_at=now,
        )
        with self.office.local() as transaction:
            children.add(transaction, child, token_hash=name)
        things: list[Description] = [
            (TillDescribed, store.node, {"store": where[0], "name": name, "code": name})
        ]
        if where[1] == 0:
            things.insert(0, (StoreDescribed, where[0], {"name_en": where[0], "currency": counter.CURRENCY}))
        command = Command(self.office.new_id(), "", now[:10])
        journal.record(self.office, command, lambda tx: [described(tx, *thing) for thing in things])
        phone.introduce(self.office, store)
        return Node(Counter(store, workshop.rules), where, child)

    def _at(self, store: str) -> list[Node]:
        return [node for where, node in self._nodes.items() if where[0] == store]

    def _seen(self, nodes: Iterable[Node]) -> None:
        now = instant_text(self._clock.now())
        with self.office.local() as transaction:
            for node in nodes:
                children.note_seen(transaction, node.store.node, now, None)

    def _hand_up(self, node: Node, cards: Collection[str]) -> None:
        """What a till with a link recorded goes up, and what it concerns finds its place."""
        if node.up:
            self._push(node)
            placement.rearrange(self.office, cards)
            self._settle()

    def _push(self, node: Node) -> None:
        """Hand up what a till recorded, with what follows at head office."""
        store = node.store
        while True:
            with store.database.read() as transaction:
                ops = list(parent.own_after(transaction, store.node, store.epoch, node.pushed, most=PAGE))
            if not ops:
                return
            done = receive(self.office, ops)
            node.pushed = ops[-1].header.seq
            placement.after_push(self.office, done.recorded)

    def _feed(self, node: Node) -> None:
        """Hand a till what others did, and let it receive what was sent to it."""
        while True:
            with self.office.database.read() as transaction:
                page = feed.feed_page(
                    transaction, node=node.store.node, after=node.cursor, most=PAGE, most_bytes=PAGE_BYTES
                )
            if page.rows:
                receive(node.store, [envelope_of(row) for row in page.rows])
            node.cursor = page.position
            if page.position >= page.last:
                break
        moves.receive_waiting(node.till)

    def _night(self, day: float) -> None:
        """The round at midnight."""
        self._clock.day = day
        self._told = self._clock.now()
        self._seen(node for node in self._nodes.values() if node.up)
        with self.office.database.read() as transaction:
            cards = sweeping.due(transaction, self._told)
        placement.rearrange(self.office, cards)
        self._settle()

    def _settle(self) -> None:
        """Let recalls be answered and moves arrive until nothing is under way between those in reach."""
        while self._answer_recalls() | self._deliver():
            pass

    def _answer_recalls(self) -> bool:
        answered = False
        for node in self._nodes.values():
            if not node.up:
                continue
            with self.office.database.read() as transaction:
                asked = wants.recalls_for(transaction, node.store.node, self._clock.now())
            if asked and moves.answer_recalls(node.till, self.office.node, self.office.epoch, asked):
                answered = True
                self._push(node)
        return answered

    def _deliver(self) -> bool:
        """Feed those to whom something is under way, and hand up that it arrived."""
        delivered = False
        for node in self._nodes.values():
            if not node.up:
                continue
            with self.office.database.read() as transaction:
                waiting = lying_moves.any_waiting(transaction, node.store.node, node.store.epoch)
            if waiting:
                delivered = True
                self._feed(node)
                self._push(node)
        return delivered

    def _want(self, node: Node, card: str, cents: int) -> None:
        """Ask head office, over the link or by telephone; others in reach are asked by it, and what they send comes on."""
        known = counter.card_known(node.till, card)
        parts = moves.wanted(node.till, known, counter.usd(cents)) if known else ()
        if not parts:
            return
        if not node.up:
            need = (card, counter.usd(cents - counter.usable(node.till, card)))
            phone.carry(self.office, node.till, node.child, need, self._answer_recalls)
            return
        ask = WantAsk(want_id=node.till.new_id(), parts=list(parts))
        while True:
            answer = wants.answer(self.office, node.child, ask)
            for slip in (*([answer.slip] if answer.slip is not None else []), *answer.more):
                moves.receive_slip(node.till, slip)
            if not answer.asked_elsewhere or not self._answer_recalls():
                break
        self._feed(node)
        self._push(node)
