"""Value of a card at another store, and the line to it: what the counter's tests of value elsewhere stand on.

No test lives here. Value goes away and comes back between two real tills; only the network is a test's.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path

import pytest

from salon_desk.bootstrap.rules import load_rules
from salon_desk.domain.card import card_assets
from salon_desk.domain.names import Names
from salon_desk.operations.description import StoreDescribed, TillDescribed
from salon_desk.operations.move import Why
from salon_desk.services import cards, describe, moves, outbox
from salon_desk.services.moves import Holder
from salon_desk.services.till import Till
from salon_desk.storage import receiving
from salon_desk.storage.opening import open_store
from salon_desk.ui.link_desk import Reach
from salon_desk.wire.messages import Part
from tests.ui.shop_fixture import MAY_ZHANG, CounterShop, TickingClock

BROOKLYN = Names("Brooklyn", "布鲁克林店")
AT = "2026-11-20T16:05:00.000Z"


@dataclass
class FakeLine:
    """Fulfils `ui.link_desk.ValueLine`: `wanted` is what was asked for; nothing comes until the test brings it."""

    wanted: list[tuple[str, ...]] = field(default_factory=list)
    told: Reach = field(default_factory=Reach)
    _listeners: list[Callable[[], None]] = field(default_factory=list)

    def want_parts(self, parts: tuple[Part, ...]) -> None:
        """Nothing of this kind lies away here."""

    def want(self, cards_wanted: Sequence[str]) -> None:
        self.wanted.append(tuple(cards_wanted))

    def reach(self) -> Reach:
        return self.told

    def listen(self, changed: Callable[[], None]) -> None:
        self._listeners.append(changed)

    def become(self, reach: Reach) -> None:
        """Something else is out of reach from now on."""
        self.told = reach
        self.tell()

    def tell(self) -> None:
        """The counter should look again."""
        for listener in self._listeners:
            listener()


@dataclass
class Brooklyn:
    """The till of the second store; what it and the shop's till recorded goes to and fro by `exchange`."""

    shop: CounterShop
    till: Till

    def take(self, cents: int, code: str = MAY_ZHANG) -> None:
        """So much paid value of a card goes from the shop to Brooklyn, and arrives."""
        self._send(self.shop.till, self.till, cents, code)

    def give_back(self, cents: int, code: str = MAY_ZHANG) -> None:
        """So much of it comes back to the shop."""
        self._send(self.till, self.shop.till, cents, code)

    def _send(self, giver: Till, taker: Till, cents: int, code: str) -> None:
        card = cards.by_code(self.shop.till, code).card
        self.hand(giver, taker, [Part(card_assets(card.card, card.currency).paid, cents)])

    def hand(self, giver: Till, taker: Till, parts: Sequence[Part]) -> None:
        """These units go from one till to the other, and arrive."""
        sent = [(one.asset, one.units) for one in parts]
        to = Holder(taker.store.node, taker.store.epoch)
        move = self.shop.command()
        giver.record(f"send/{move}", None, lambda _reading: moves.sending(move, to, sent, Why.WANT))
        self.exchange()
        assert moves.receive_waiting(taker) == 1
        self.exchange()

    def exchange(self) -> None:
        """Each gets what the other has recorded."""
        for giver, taker in ((self.shop.till, self.till), (self.till, self.shop.till)):
            push = outbox.next_batch(giver, 0, 10_000, 1 << 30)
            if push is not None:
                receiving.receive(taker.store, push.ops)


@pytest.fixture
def brooklyn(shop: CounterShop, tmp_path: Path) -> Iterator[Brooklyn]:
    """The second store, known to the shop's till as head office would have told it."""
    numbers = count(1)
    store = open_store(tmp_path / "brooklyn", TickingClock(), lambda: f"brooklyn-{next(numbers)}")
    till = Till(store, load_rules())
    described = {"name_en": BROOKLYN.en, "name_zh_cn": BROOKLYN.zh_CN}
    there = {"store": "S2", "name": "1", "code": "S2-1"}
    describe.describe(
        shop.till,
        shop.command(),
        None,
        [(StoreDescribed, "S2", described), (TillDescribed, store.node, there)],
    )
    yield Brooklyn(shop, till)
    store.close()
