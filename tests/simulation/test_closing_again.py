"""A head office that was put back has forgotten that a till is to be closed, and the till has not: value comes to rest all the same."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from salon_desk.bootstrap.rules import load_rules
from salon_desk.head_office import enrolment, lost_tills
from salon_desk.simulation.faults import healing
from salon_desk.simulation.faults.campaign import acts_of, opened
from salon_desk.simulation.faults.world import Shape, World
from salon_desk.storage.queries.closing import is_retiring


@pytest.fixture
def world() -> Iterator[World]:
    with opened(1, load_rules(), Shape(tills=("S1",), cards=("c1",))) as made:
        made.begin()
        made.ground.network.calm = True
        for _time in range(3):
            _step(made, "carry-over")
        _exchange(made)
        yield made


def _step(world: World, name: str) -> None:
    acts: dict[str, Callable[[], str | None]] = {of: act for of, _weight, act in acts_of(world)}
    world.step(name, acts[name])


def _exchange(world: World) -> None:
    (till,) = world.tills
    for _time in range(3):
        till.push(5)
        till.take_in()
    till.push(5)


def _is_retiring(world: World) -> bool:
    office = world.office.data
    assert office is not None
    with office.database.read() as transaction:
        return is_retiring(transaction, world.tills[0].node)


def test_what_a_till_returns_is_not_sent_to_it_again_by_a_head_office_that_forgot_that_it_is_to_be_closed(
    world: World,
) -> None:
    _step(world, "office-backup")
    assert world.office.do(lambda data: enrolment.retire(data, world.tills[0].node))
    _exchange(world)
    _step(world, "office-restore")
    assert not _is_retiring(world)
    _exchange(world)
    _step(world, "office-go-on")
    _step(world, "close-shift")
    healing.heal(world)
    assert (_is_retiring(world), world.tills[0].running.store.closed) == (True, True)


def test_a_till_that_was_found_again_stays_whatever_it_returned_before_it_heard_of_it(world: World) -> None:
    (till,) = world.tills
    assert world.office.do(lambda data: lost_tills.declare_dead(data, till.node))
    _exchange(world)
    _step(world, "close-shift")
    till.push(5)
    till.take_in()  # and returns everything
    assert world.office.do(lambda data: lost_tills.found_again(data, till.node))
    _exchange(world)
    assert (_is_retiring(world), till.running.store.closed) == (False, False)
    with till.running.read() as transaction:
        assert not is_retiring(transaction, till.node)


def test_a_till_that_enrolled_after_the_backup_of_a_head_office_that_was_put_back_gets_a_new_code(
    world: World,
) -> None:
    _step(world, "office-backup")
    world.add_till("S1")
    _step(world, "office-restore")
    for till in world.tills:
        for _time in range(2):
            till.push(5)
            till.take_in()
    assert [till.is_unknown for till in world.tills] == [False, True]
    healing.heal(world)
    assert [till.is_unknown for till in world.tills] == [False, False]
