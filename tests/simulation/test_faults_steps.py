"""Steps of the faulty chain, one by one: a step that a crash cuts off leaves nothing that no shop would have."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from salon_desk.bootstrap.rules import load_rules
from salon_desk.simulation.faults.campaign import acts_of, opened
from salon_desk.simulation.faults.world import Shape, World


@pytest.fixture
def world() -> Iterator[World]:
    with opened(1, load_rules(), Shape(tills=("S1",), cards=("c1",))) as made:
        made.begin()
        yield made


def test_a_folder_whose_machine_crashes_as_it_is_switched_off_is_not_copied(world: World) -> None:
    acts = {name: act for name, _weight, act in acts_of(world)}
    world.tills[0].drive.until_crash = 1
    world.step("copy", acts["copy"])
    assert [one.is_up for one in world.tills] == [False]
