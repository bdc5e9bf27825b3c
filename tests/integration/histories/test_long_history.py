"""One long life of a till by chance, compared with the world after every act; Beancount accepts its ledger, verify its folder.

300 acts, or as many as SALON_DESK_HISTORY says (10000 for an evening); SALON_DESK_SEED makes another life of it.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random

import pytest
from beancount import loader

from salon_desk.services import ledger_export
from salon_desk.storage.verify import verify
from tests.integration.histories.trader_money import MoneyTrader

STEPS = int(os.environ.get("SALON_DESK_HISTORY", "300"))
SEED = int(os.environ.get("SALON_DESK_SEED", "7"))


@pytest.fixture
def trader(tmp_path: Path) -> Iterator[MoneyTrader]:
    """A till and a world in step."""
    made = MoneyTrader(tmp_path / "till")
    yield made
    made.close()


def acts(trader: MoneyTrader) -> dict[Callable[[Random], None], int]:
    """Every act with its weight."""
    return {
        trader.open_shift: 6,
        trader.open_ticket: 6,
        trader.add_line: 24,
        trader.change_line: 6,
        trader.discount: 6,
        trader.set_aside: 5,
        trader.attach: 1,
        trader.sell: 20,
        trader.top_up: 5,
        trader.refund: 8,
        trader.void: 4,
        trader.hold: 5,
        trader.release: 1,
        trader.freeze: 3,
        trader.add_member: 1,
        trader.move_cash: 3,
        trader.pay_tips: 2,
        trader.close_batch: 1,
        trader.count: 1,
        trader.close_shift: 3,
        trader.turn_clock: 2,
        trader.change_settings: 2,
        trader.restart: 1,
        trader.lose_power: 1,
        trader.again: 3,
    }


@pytest.mark.timeout(120 + STEPS // 5)
def test_a_long_history_keeps_till_and_world_in_step(trader: MoneyTrader) -> None:
    chance, weighted = Random(SEED), acts(trader)
    for act in chance.choices(list(weighted), list(weighted.values()), k=STEPS):
        trader.keep_trading(chance)
        act(chance)
    assert len(trader.world.documents) > STEPS // 20, "too little was sold to prove anything"
    for first in ("", "2030-01-01"):
        with trader.shop.till.read() as transaction:
            exported = "".join(ledger_export.beancount(transaction, first=first))
        assert loader.load_string(exported)[1] == []
    trader.close()
    found = verify(trader.folder)
    assert (found.ok, found.problems, found.operations) == (True, (), trader.journal.position)
