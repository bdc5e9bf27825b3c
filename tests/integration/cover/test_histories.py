"""Random days of a chain whose tills die, come back and begin anew: nothing is overspent beyond the cover that is booked.

SALON_DESK_COVER_SEEDS says how many days are lived; a few by default.
"""

from __future__ import annotations

import os
from pathlib import Path
from random import Random

import pytest

from salon_desk.domain.errors import InsufficientValue
from salon_desk.head_office import covering, lost_tills, placement
from salon_desk.services.settlement import settlement_report
from salon_desk.storage.queries import covers, stranded
from salon_desk.storage.verify import verify
from tests.integration.cover.facts import overspent, push, settle_down, standing, still_open, with_tills
from tests.integration.moves.chain import CARD, Chain, Counter, issue, open_chain

SEEDS = int(os.environ.get("SALON_DESK_COVER_SEEDS", "3"))
STEPS = 45


class Day:
    """One random day; a till that is dead neither pushes nor feeds until it comes back."""

    def __init__(self, chain: Chain, seed: int) -> None:
        self.chain, self.chance = chain, Random(seed)
        self.away: set[str] = set()

    def step(self) -> None:
        till = self.chance.choice(self.chain.tills)
        match self.chance.choice(
            ("issue", "redeem", "redeem", "redeem", "sync", "sync", "sync", "die", "back", "cover", "limit")
        ):
            case "issue":
                issue(till.store, self.chance.randrange(1, 9_000), self.chance.randrange(2_000))
            case "redeem":
                self._redeem(till)
            case "sync" if till.node not in self.away:
                self._sync(till)
            case "die":
                self.away.add(till.node)
                lost_tills.declare_dead(self.chain.office, till.node)
            case "back" if till.node in self.away:
                self._back(till)
            case "cover":
                covering.cover_card(self.chain.office, CARD)
            case "limit":
                covering.set_limit(self.chain.office, self.chance.choice((0, 3_000, 20_000)))
            case _:
                pass
        assert overspent(self.chain) <= 0

    def heal(self) -> None:
        for till in self.chain.tills:
            if till.node in self.away:
                self._back(till)
        settle_down(self.chain, *self.chain.tills)
        for till in self.chain.tills:
            till.return_all()
        settle_down(self.chain, *self.chain.tills)
        placement.rearrange(self.chain.office, [CARD])
        settle_down(self.chain, *self.chain.tills)

    def _redeem(self, till: Counter) -> None:
        free = sum(till.has())
        if free:
            till.redeem(self.chance.randrange(1, free + 1))
        with pytest.raises(InsufficientValue):
            till.redeem(sum(till.has()) + 1)

    def _sync(self, till: Counter) -> None:
        push(self.chain, till)
        self.chain.feed(till)
        till.answer(self.chain.recalls(till))

    def _back(self, till: Counter) -> None:
        self.away.discard(till.node)
        if self.chance.random() < 0.5:
            lost_tills.found_again(self.chain.office, till.node)
        self._sync(till)


@pytest.mark.parametrize("seed", range(SEEDS))
def test_nothing_is_spent_beyond_what_was_issued_and_covered(seed: int, tmp_path: Path) -> None:
    chain = with_tills(open_chain(tmp_path))
    try:
        issue(chain.office, 10_000, 2_000)
        placement.place(chain.office)
        day = Day(chain, seed)
        for _number in range(STEPS):
            day.step()
        day.heal()
        with chain.office.database.read() as transaction:
            open_ = covers.open_covers(transaction)
            left = stranded.stranded(transaction, chain.office.node, chain.office.epoch)
            reports = [settlement_report(transaction)]
        assert sum(one.units for one in open_) <= sum(one.units for one in left)
        assert standing(chain.office)[0] == still_open(chain.office)
        assert len(chain.digests()) == 1
        for till in chain.tills:
            with till.till.read() as transaction:
                reports.append(settlement_report(transaction))
        assert len({repr(one.currencies) for one in reports}) == 1
        assert sum(store.net.cents for of in reports[0].currencies for store in of.stores) == 0
        assert not any(of.unattributed for of in reports[0].currencies)
    finally:
        chain.close()
    assert verify(tmp_path / "office").problems == ()
