"""Random histories over a network that loses, doubles and reorders: value is conserved after every step.

Whatever happened, once everything has been handed over all nodes agree, nothing is under way and every chain verifies.
"""

from __future__ import annotations

import os
from collections import Counter as Tally
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

import pytest

from salon_desk.domain.errors import InsufficientValue
from salon_desk.head_office import placement
from salon_desk.operations.envelope import Envelope
from salon_desk.services import moves
from salon_desk.services.errors import SlipForAnother
from salon_desk.storage.errors import ChainBroken
from salon_desk.storage.queries.moves import under_way
from salon_desk.storage.receiving import Received, receive
from salon_desk.storage.store import Store
from salon_desk.storage.verify import verify
from salon_desk.wire.messages import Recall, Slip
from tests.integration.moves.chain import BONUS, PAID, Chain, Counter, issue, moved, open_chain, usd

STEPS = 160
SEEDS = range(int(os.environ.get("SALON_DESK_SEEDS", "4")))


@dataclass
class Wild:
    """A history: what is in the air, what was issued and redeemed, what was held."""

    chain: Chain
    random: Random
    air: list[Callable[[], None]] = field(default_factory=list)
    issued: Tally[str] = field(default_factory=Tally)
    redeemed: int = 0
    holds: list[tuple[Counter, str]] = field(default_factory=list)
    wants: list[tuple[Counter, str, list[tuple[str, int]]]] = field(default_factory=list)

    def till(self) -> Counter:
        return self.random.choice(self.chain.tills)

    def step(self) -> None:
        acts = (
            (self.issue, 2),
            (self.redeem, 3),
            (self.hold, 1),
            (self.release, 1),
            (self.send_push, 5),
            (self.send_feed, 5),
            (self.deliver, 12),
            (self.lose, 2),
            (self.want, 3),
            (self.want_again, 2),
            (self.receive, 2),
            (self.come_home, 0.2),
            (self.place, 0.5),
            (self.pass_time, 0.5),
        )
        act = self.random.choices([one for one, _weight in acts], [weight for _one, weight in acts])[0]
        act()

    def issue(self) -> None:
        store = self.random.choice(self.chain.stores())
        paid, bonus = self.random.randint(0, 90), self.random.randint(1, 30)
        issue(store, paid, bonus)
        self.issued.update({PAID: paid, BONUS: bonus})

    def redeem(self) -> None:
        till, cents = self.till(), self.random.randint(1, 60)
        before = sum(till.has())
        try:
            till.redeem(cents)
        except InsufficientValue:
            assert sum(till.has()) == before
        else:
            self.redeemed += cents

    def hold(self) -> None:
        till, asset = self.till(), self.random.choice((PAID, BONUS))
        free = dict(zip((PAID, BONUS), till.has(), strict=True))[asset]
        if free and not any(one is till for one, _hold in self.holds):
            self.holds.append((till, till.hold(self.random.randint(1, free), asset)))

    def release(self) -> None:
        if self.holds:
            till, hold = self.holds.pop()
            till.release(hold)

    def send_push(self) -> None:
        till = self.till()
        whole = self.chain.chain_of(till)
        first = self.random.randrange(len(whole))
        part = whole[first : first + self.random.randint(1, 20)]
        self.air.append(lambda: self.take_push(till, part))

    def take_push(self, till: Counter, part: list[Envelope]) -> None:
        received = in_order(self.chain.office, part)
        if received is None:
            return
        self.chain.seen(till)
        if self.random.random() < 0.9:
            placement.after_push(self.chain.office, received.recorded)

    def send_feed(self) -> None:
        till = self.till()
        after = self.random.randint(0, till.cursor)
        if self.random.random() < 0.7:
            after = till.cursor
        upto, rows = self.chain.page(till, after, most=self.random.randint(1, 30))
        recalls = self.chain.recalls(till)
        self.air.append(lambda: self.take_feed(till, after, upto, rows, recalls))

    def take_feed(
        self, till: Counter, after: int, upto: int, rows: list[Envelope], recalls: list[Recall]
    ) -> None:
        if in_order(till.store, rows) is None:
            return
        if after <= till.cursor:
            till.cursor = max(till.cursor, upto)
        if self.random.random() < 0.7:
            moves.receive_waiting(till.till, self.random.choice((None, 1, 2)))
        if self.random.random() < 0.8:
            till.answer(recalls)

    def deliver(self) -> None:
        if self.air:
            number = self.random.randrange(len(self.air))
            message = self.air[number] if self.random.random() < 0.25 else self.air.pop(number)
            message()

    def lose(self) -> None:
        if self.air:
            self.air.pop(self.random.randrange(len(self.air)))

    def want(self) -> None:
        till = self.till()
        asked = moves.wanted(till.till, till.card(), usd(self.random.randint(1, 120)))
        parts = [(one.asset, one.units) for one in asked]
        if parts:
            self.wants.append((till, f"want-{len(self.wants)}", parts))
            self.ask(*self.wants[-1])

    def want_again(self) -> None:
        if self.wants:
            self.ask(*self.random.choice(self.wants))

    def ask(self, till: Counter, name: str, parts: list[tuple[str, int]]) -> None:
        told = self.chain.want(till, name, *parts)
        assert self.chain.want(till, name, *parts).slip == told.slip
        if told.slip is not None:
            slip = told.slip
            self.air += [lambda: self.take_slip(till, slip), lambda: self.take_slip(self.till(), slip)]

    def take_slip(self, till: Counter, slip: Slip) -> None:
        try:
            moves.receive_slip(till.till, slip)
        except SlipForAnother:
            assert slip.to_node != till.node

    def receive(self) -> None:
        moves.receive_waiting(self.till().till)

    def come_home(self) -> None:
        self.till().return_all()

    def place(self) -> None:
        placement.catch_up(self.chain.office)

    def pass_time(self) -> None:
        self.chain.wait(self.random.randint(1, 12))

    def check(self) -> None:
        paid, bonus = self.chain.total(PAID), self.chain.total(BONUS)
        assert paid + bonus == self.issued[PAID] + self.issued[BONUS] - self.redeemed
        for till, name, parts in self.wants:
            sent = [
                -change.units
                for one in moved(self.chain.office)[0]
                if one.want == name
                for change in one.purse_changes
            ]
            assert sum(sent) <= sum(units for _asset, units in parts), f"{name} of {till.node}"


@pytest.mark.parametrize("seed", SEEDS)
def test_value_is_conserved_in_every_history(tmp_path: Path, seed: int) -> None:
    chain = open_chain(tmp_path)
    wild = Wild(chain, Random(seed))
    for store in ("S1", "S2", "S1"):
        wild.issue()
        chain.add_till(store)
    for till in chain.tills:
        chain.feed(till)
    try:
        for _step in range(STEPS):
            wild.step()
            wild.check()
        while wild.holds:
            wild.release()
        chain.settle_down()
        wild.check()
        for store in chain.stores():
            with store.database.read() as transaction:
                assert not any(under_way(transaction, asset) for asset in (PAID, BONUS))
        assert len(chain.digests()) == 1
    finally:
        chain.close()
    for name in ("office", "till1", "till2", "till3"):
        assert verify(tmp_path / name).problems == ()


def in_order(store: Store, envelopes: list[Envelope]) -> Received | None:
    """Take envelopes in; None when something before them is missing. A fork is never made by a network."""
    try:
        return receive(store, envelopes)
    except ChainBroken as broken:
        if broken.is_fork:
            raise
        return None
