"""Head office is put back to the same backup twice, and goes on both times; tills hold what it forgot in between."""

from __future__ import annotations

from salon_desk.bootstrap.rules import load_rules
from salon_desk.operations.cover import DebtCarriedOver
from salon_desk.operations.operation import Cause, PurseChange
from salon_desk.simulation.faults import healing
from salon_desk.simulation.faults.campaign import acts_of, opened
from salon_desk.simulation.faults.world import Shape, World
from salon_desk.storage import journal
from salon_desk.storage.journal import Command

_OWED = DebtCarriedOver(
    from_epoch="before", purse_changes=(PurseChange("overdraft/c1/USD", 500, Cause.ISSUE),)
)


def _step(world: World, name: str) -> None:
    acts = {of: act for of, _weight, act in acts_of(world)}
    world.step(name, acts[name])


def test_a_till_that_saw_what_was_carried_on_the_first_time_takes_in_what_is_the_second_time() -> None:
    with opened(1, load_rules(), Shape(tills=("S1",), cards=("c1",))) as world:
        world.begin()
        world.ground.network.calm = True
        (till,) = world.tills
        owed = Command("owed", "", "2026-03-02")
        world.office.do(lambda data: journal.record(data, owed, lambda _transaction: [_OWED]))
        _step(world, "office-backup")
        world.office.do(lambda data: journal.record(data, _note(1), lambda _transaction: [_OWED]))
        till.take_in()
        for _time in range(2):
            _step(world, "office-restore")
            till.take_in()
            _step(world, "office-go-on")
            for _round in range(3):
                till.push(5)
                till.take_in()
        healing.heal(world)
        assert "damaged" not in till.status


def _note(number: int) -> Command:
    return Command(f"later/{number}", "", "2026-03-02")
