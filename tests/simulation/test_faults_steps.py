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


def test_a_head_office_that_is_about_to_crash_is_put_back_all_the_same_and_nothing_is_held_against_it(
    world: World,
) -> None:
    acts = {name: act for name, _weight, act in acts_of(world)}
    world.step("office-backup", acts["office-backup"])
    world.step("carry-over", lambda: str(world.office.do(lambda data: world.ground.new_id())))
    world.office.drive.until_crash = 1
    world.step("office-restore", acts["office-restore"])
    assert (world.office.data is not None, world.office.was_restored) == (True, True)


def test_what_a_till_sends_first_to_a_head_office_that_was_put_back_does_not_hide_that_it_was(
    world: World,
) -> None:
    acts, till = {name: act for name, _weight, act in acts_of(world)}, world.tills[0]
    world.ground.network.calm = True
    world.step("office-backup", acts["office-backup"])
    world.step("top-up", acts["top-up"])
    till.push(5)
    world.step("office-restore", acts["office-restore"])
    world.step("top-up", acts["top-up"])
    till.push(5)
    assert world.office.proof() is not None
