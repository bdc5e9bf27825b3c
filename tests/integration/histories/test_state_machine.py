"""Short histories that hypothesis makes up and cuts down to the shortest that fails; till and world in step after each act."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path
from random import Random

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, rule

from tests.integration.histories.trader_money import MoneyTrader

pytestmark = pytest.mark.timeout(600)
"""Seconds pass; only cutting a failure down takes minutes."""
CHANCE = st.randoms(use_true_random=False)


class Counter(RuleBasedStateMachine):
    """A counter at which anything may happen in any order."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp(prefix="salon-desk-history-"))
        self.trader = MoneyTrader(self.folder / "till")
        self.trader.open_shift(Random(1))

    def teardown(self) -> None:
        self.trader.close()
        shutil.rmtree(self.folder)

    @rule(chance=CHANCE)
    def fill_a_ticket(self, chance: Random) -> None:
        self.trader.add_line(chance)

    @rule(chance=CHANCE)
    def change_a_ticket(self, chance: Random) -> None:
        chance.choice((self.trader.change_line, self.trader.discount, self.trader.attach))(chance)

    @rule(chance=CHANCE)
    def set_a_ticket_aside(self, chance: Random) -> None:
        self.trader.set_aside(chance)

    @rule(chance=CHANCE)
    def sell(self, chance: Random) -> None:
        self.trader.sell(chance)

    @rule(chance=CHANCE)
    def sell_value(self, chance: Random) -> None:
        self.trader.top_up(chance)

    @rule(chance=CHANCE)
    def give_back(self, chance: Random) -> None:
        self.trader.refund(chance)

    @rule(chance=CHANCE)
    def undo(self, chance: Random) -> None:
        self.trader.void(chance)

    @rule(chance=CHANCE)
    def set_value_aside(self, chance: Random) -> None:
        chance.choice((self.trader.hold, self.trader.hold, self.trader.release))(chance)

    @rule(chance=CHANCE)
    def change_a_card(self, chance: Random) -> None:
        chance.choice((self.trader.freeze, self.trader.add_member))(chance)

    @rule(chance=CHANCE)
    def use_the_drawer(self, chance: Random) -> None:
        chance.choice((self.trader.move_cash, self.trader.pay_tips, self.trader.close_batch))(chance)

    @rule(chance=CHANCE)
    def end_or_begin_a_shift(self, chance: Random) -> None:
        chance.choice((self.trader.open_shift, self.trader.count, self.trader.close_shift))(chance)

    @rule(chance=CHANCE)
    def disturb(self, chance: Random) -> None:
        trader = self.trader
        chance.choice((trader.turn_clock, trader.change_settings, trader.restart, trader.lose_power))(chance)

    @rule(chance=CHANCE)
    def say_it_again(self, chance: Random) -> None:
        self.trader.again(chance)


TestCounter = Counter.TestCase
TestCounter.settings = settings(
    max_examples=25, stateful_step_count=40, suppress_health_check=list(HealthCheck), print_blob=True
)
