"""One card, five tills cut off at random: whatever is redeemed, bought and given back, no more is accepted than was issued.

Some hundred customers in a common run; SALON_DESK_ONE_CARD=10000 for the whole of it.
"""

from __future__ import annotations

import os
from collections import Counter

import pytest

from salon_desk.bootstrap.rules import load_rules
from salon_desk.simulation.faults import healing
from salon_desk.simulation.faults.campaign import acts_of, opened, stepped
from salon_desk.simulation.faults.world import Shape

CUSTOMERS = int(os.environ.get("SALON_DESK_ONE_CARD", "150"))
FIVE = Shape(tills=("S1", "S1", "S2", "S3", "S3"), cards=("c1",))
CUSTOMERS_DO = ("pay", "top-up", "refund", "void")
OTHERS = (
    *(
        "again",
        "push",
        "feed",
        "want",
        "air",
        "lost",
        "slip",
        "time",
        "cut",
        "link",
        "start",
        "crash-soon",
        "kill",
    ),
    *("office-crash-soon", "disk", "clock", "restart", "rest", "rearrange"),
)


@pytest.mark.timeout(3_600)
def test_no_more_is_ever_accepted_than_was_issued() -> None:
    with opened(7, load_rules(), FIVE) as world:
        world.begin()
        but = {name for name, _weight, _act in acts_of(world)} - {*CUSTOMERS_DO, *OTHERS}
        happened: Counter[str] = Counter()
        while sum(happened[name] for name in CUSTOMERS_DO) < CUSTOMERS:
            for name in stepped(world, 100, but):
                happened[name] += 1  # the truth is looked at after each: it raises a Violation
        healing.heal(world)
        issued = sum(units for asset, units in world.truth.issued.items() if asset.startswith("card/c1/"))
        left = sum(units for asset, units in world.truth.out.items() if asset.startswith("card/c1/"))
        assert issued > 0
        assert left >= 0
        assert happened["kill"] + happened["crash-soon"] > 0
        assert happened["clock"] > 0
        healing.verified(world, ["office", "till1"])
