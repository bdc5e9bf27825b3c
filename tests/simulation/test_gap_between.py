"""A till and head office are both put back: what lies between the till's backup and its anchor is lost, the rest is not."""

from __future__ import annotations

from salon_desk.bootstrap.rules import load_rules
from salon_desk.simulation.faults import healing
from salon_desk.simulation.faults.campaign import acts_of, opened
from salon_desk.simulation.faults.steps_disks import DiskSteps
from salon_desk.simulation.faults.till import Restored, SimulatedTill
from salon_desk.simulation.faults.world import Shape, World
from salon_desk.storage.queries.feed import chain_end


def _step(world: World, *names: str) -> None:
    acts = {of: act for of, _weight, act in acts_of(world)}
    for name in names:
        world.step(name, acts[name])


def _put_back(world: World, till: SimulatedTill) -> None:
    till.stop()
    DiskSteps(world)._lost(till, Restored.WITH_ANCHOR)
    till.restore(Restored.WITH_ANCHOR)
    world.rolled_back(till)
    till.start()


def test_what_the_backup_of_a_till_has_of_its_last_epoch_reaches_a_head_office_that_lost_it() -> None:
    with opened(1, load_rules(), Shape(tills=("S1",), cards=("c1",))) as world:
        world.begin()
        world.ground.network.calm = True
        (till,) = world.tills
        till.push(5)
        _step(world, "office-backup", "note", "note", "note")
        till.push(5)
        _step(world, "backup")
        first, kept = till.running.store.epoch, till.running.store.head.seq
        _step(world, *["note"] * 12)
        till.push(20)
        till.take_in()
        _step(world, "rest", "note", "office-restore")
        _put_back(world, till)
        for _time in range(4):
            till.push(20)
            till.take_in()
            _step(world, "time")
        _step(world, "office-go-on")
        healing.heal(world)
        assert till.running.store.epoch != first
        office = world.office.data
        assert office is not None
        with office.database.read() as transaction:
            assert chain_end(transaction, till.node, first)[0] == kept
