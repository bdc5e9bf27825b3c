"""A head office and a trading till in each of two stores, every one with its own database; what passes is handed over by the test.

Nothing is written by hand: top-ups, sales and what is given back go through the services, as the product does it.
"""

from __future__ import annotations

from collections import Counter as Sums
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from beancount import loader

from salon_desk.domain.claim import RECEIVABLE
from salon_desk.head_office import consequences
from salon_desk.operations import description as described
from salon_desk.services import ledger_export
from salon_desk.services.settlement import settlement_report
from salon_desk.storage import journal
from salon_desk.storage.receiving import receive
from salon_desk.storage.store import Store
from salon_desk.storage.tables.cards import purses
from salon_desk.storage.verify import verify
from salon_desk.wire.messages import Part
from tests.integration.cover.facts import overspent
from tests.integration.moves.chain import CARD, Chain, Counter, described_at, open_chain
from tests.integration.services.ledger_sums import account_sums
from tests.integration.services.shop import FixedClock, Shop
from tests.integration.storage.tills import new_id

PLACE = {
    "jurisdiction": "US-OR",
    "time_zone": "America/New_York",
    "currency": "USD",
    "cash_rounding": "exact",
}
"""No tax, so that a ticket comes to its list price."""


@dataclass
class Store2(Shop):
    """A trading till with its counter towards head office."""

    counter: Counter | None = None

    def command(self) -> str:
        """Unique over all tills."""
        return f"command-{new_id()}"


@dataclass
class TwoStores:
    """`first` and `second` sell; `office` is between them."""

    chain: Chain
    first: Store2
    second: Store2
    known: dict[str, int] = field(default_factory=dict)
    """By till, up to which position head office has what it recorded."""

    def settle(self, *shops: Store2) -> None:
        """All that is in reach hears of everything; with names, only those."""
        counters = [one.counter for one in shops or (self.first, self.second) if one.counter]
        before, now = -1, 0
        while before != now:
            before = now
            for counter in counters:
                self.push(counter)
                self.chain.feed(counter)
                counter.answer(self.chain.recalls(counter))
            now = sum(store.head.position for store in self.chain.stores())

    def push(self, counter: Counter) -> None:
        """Hand what is new of a till to head office, with all that follows there."""
        with counter.till.read() as transaction:
            rows = list(journal.after(transaction, self.known.get(counter.node, 0)))
        recorded = receive(
            self.chain.office, [one for _p, one in rows if one.header.node == counter.node]
        ).recorded
        self.known[counter.node] = rows[-1][0] if rows else self.known.get(counter.node, 0)
        self.chain.seen(counter)
        consequences.after_push(self.chain.office, recorded)

    def fetch(self, shop: Store2, parts: Sequence[Part]) -> None:
        """Ask for units as a till does that is connected, and let them arrive."""
        assert shop.counter is not None
        name = new_id()
        for _time in range(2):
            self.chain.want(shop.counter, name, *((one.asset, one.units) for one in parts))
            for counter in self.chain.tills:
                counter.answer(self.chain.recalls(counter))
                self.push(counter)
                self.chain.feed(counter)

    def lying(self, beginning: str) -> int:
        """Units of all assets that begin so, by each holder's own books."""
        found = 0
        for store in self.chain.stores():
            rows = store.database.driver().execute(
                f"SELECT asset, units FROM {purses.name} WHERE node = ? AND epoch = ?",
                (store.node, store.epoch),
            )
            found += sum(units for asset, units in rows.fetchall() if asset.startswith(beginning))
        return found

    def check(self) -> None:
        """Nothing is overspent, every till verifies, settlement is zero in sum, and all books say the same."""
        assert overspent(self.chain) <= 0
        self.settle()
        assert len(self.chain.digests()) == 1
        with self.first.till.read() as transaction:
            _entries, errors, _options = loader.load_string("".join(ledger_export.beancount(transaction)))
        assert errors == []
        sums: Sums[str] = Sums(account_sums(self.first.till))
        assert sum(sums.values()) == 0
        assert sums["Assets:Receivable"] == self.lying(RECEIVABLE)
        for store in self.chain.stores():
            assert sum(nets(store).values()) == 0
        for folder in sorted(self.chain.folder.glob("till*")):
            assert verify(folder).problems == ()


def nets(store: Store) -> dict[str, int]:
    """By store what it gets, less what it owes."""
    with store.database.read() as transaction:
        report = settlement_report(transaction)
    return {one.store: one.net.cents for currency in report.currencies for one in currency.stores if one.net}


def value_of(shop: Shop) -> tuple[int, int]:
    """Paid and bonus usable at this till, in cents."""
    paid, bonus = shop.value()
    return paid.cents, bonus.cents


def open_two_stores(folder: Path) -> TwoStores:
    """Both shifts are open, all know everything, and nothing lies on May's card."""
    chain = open_chain(folder)
    items = [
        (
            described.ItemDescribed,
            f"service-{cents}",
            {
                "kind": "service",
                "name_en": "Service",
                "price_cents": cents,
                "currency": "USD",
                "tax_class": "exempt",
            },
        )
        for cents in (1000, 3000)
    ]
    people = [
        (described.StaffDescribed, who, {"name": who, "role": role})
        for who, role in (("amy", "cashier"), ("wang", "manager"), ("lily", "technician"))
    ]
    offer = {"name_en": "100 + 20", "pay_cents": 10000, "bonus_cents": 2000, "currency": "USD"}
    described_at(
        chain.office,
        *((described.StoreDescribed, store, PLACE) for store in ("S1", "S2")),
        *items,
        *people,
        (described.OfferDescribed, "100", offer),
    )
    shops = []
    for store in ("S1", "S2"):
        counter = chain.add_till(store)
        shop = Store2(counter.till, FixedClock(), member="may", card=CARD, counter=counter)
        chain.feed(counter)
        shop.open_shift()
        shops.append(shop)
    found = TwoStores(chain, *shops)
    found.settle()
    return found
