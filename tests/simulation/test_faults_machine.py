"""The faulty chain as a state machine: hypothesis chooses the steps, and makes what breaks as short as it can.

A few short histories in a common run; SALON_DESK_FAULT_EXAMPLES and SALON_DESK_FAULT_STEPS ask for more and longer ones.
"""

from __future__ import annotations

import contextlib
import os

from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule

from salon_desk.bootstrap.rules import load_rules
from salon_desk.simulation.faults import healing
from salon_desk.simulation.faults.campaign import acts_of, opened
from salon_desk.simulation.faults.world import World

EXAMPLES = int(os.environ.get("SALON_DESK_FAULT_EXAMPLES", "3"))
STEPS = int(os.environ.get("SALON_DESK_FAULT_STEPS", "30"))
RULES = load_rules()
NAMES = (
    *("pay", "pay", "top-up", "hold", "settle-hold", "void", "refund", "visits", "points", "book", "again"),
    *("push", "push", "feed", "feed", "feed", "want", "want-units", "air", "slip", "time", "rearrange"),
    *(
        "cut",
        "link",
        "start",
        "start",
        "crash-soon",
        "kill",
        "office-crash-soon",
        "disk",
        "clock",
        "restart",
        "rest",
    ),
    *(
        "backup",
        "restore",
        "go-on-without",
        "copy",
        "retire",
        "close-shift",
        "destroy",
        "new-till",
        "dead",
        "found",
    ),
)


class FaultyChain(RuleBasedStateMachine):
    """One world. What a step draws follows from a small number, so that it can be made smaller."""

    world: World

    def __init__(self) -> None:
        super().__init__()
        self._open = contextlib.ExitStack()

    @initialize()
    def begin(self) -> None:
        self.world = self._open.enter_context(opened(0, RULES))
        self.world.begin()
        self.acts = {name: act for name, _weight, act in acts_of(self.world)}

    @rule(name=st.sampled_from(NAMES), drawn=st.integers(0, 1000))
    def step(self, name: str, drawn: int) -> None:
        self.world.chance.seed(drawn)
        self.world.step(name, self.acts[name])

    def teardown(self) -> None:
        with self._open:
            healing.heal(self.world)
            healing.verified(self.world, ["office"])


TestFaultyChain = FaultyChain.TestCase
TestFaultyChain.settings = settings(
    max_examples=EXAMPLES,
    stateful_step_count=STEPS,
    deadline=None,
    derandomize="SALON_DESK_FAULT_EXAMPLES" not in os.environ,
    phases=(Phase.generate, Phase.target, Phase.shrink),
    suppress_health_check=list(HealthCheck),
)
