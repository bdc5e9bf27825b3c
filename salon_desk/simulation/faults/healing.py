"""Everything is brought together: lines up, clocks right, machines on; then nothing may be pending and all nodes agree.

Nothing is done here that a shop could not do. What cannot be had back is only what a destroyed disk held.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from salon_desk.head_office import lost_tills
from salon_desk.operations.envelope import Header
from salon_desk.services import outbox
from salon_desk.services.outbox import Standing
from salon_desk.simulation.faults.steps import Steps
from salon_desk.simulation.faults.till import SimulatedTill
from salon_desk.simulation.faults.truth import Holder, Violation
from salon_desk.simulation.faults.world import World
from salon_desk.storage import journal, set_aside
from salon_desk.storage.digest import digest
from salon_desk.storage.queries.moves import sendable
from salon_desk.storage.verify import verify

MOST_ROUNDS = 80
STILL = 3
"""Rounds in which nothing happens, before nothing more is waited for: a new epoch of head office is followed in two."""
ROUNDS_APART = 3.0
"""Seconds."""


@dataclass(frozen=True, slots=True)
class Healed:
    """What was left at the end."""

    digest: str
    rounds: int
    stranded: int
    """Assets that lie in epochs which are over, or are on their way to one."""


def heal(world: World) -> Healed:
    """Bring everything together. Raises Violation."""
    _calm(world)
    rounds = _settle(world)
    while _let_in_again(world) + _set_up_anew(world):
        rounds += _settle(world)
    _nothing_pending(world)
    _nothing_lost(world)
    parted = world.truth.parted()
    digests = {
        machine.name: _digest(world, machine.name)
        for machine, store in world.open_stores()
        if store.node not in parted
    }
    if world.office.was_restored:
        return Healed(
            "", rounds, _stranded(world)
        )  # what it forgot of its own some tills have, and nobody gives it back
    if len(set(digests.values())) != 1:
        raise Violation("nodes differ in the end", str(digests))
    _purses_agree(world)
    return Healed(next(iter(digests.values())), rounds, _stranded(world))


def verified(world: World, names: list[str]) -> None:
    """Close these nodes and check their data. Raises Violation."""
    world.close()
    for name in names:
        found = verify(world.ground.folder / name)
        if found.problems:
            raise Violation("verify", f"{name}: {found.problems[:3]}")


def _calm(world: World) -> None:
    network = world.ground.network
    network.calm = True
    for message in network.air[:]:
        world.guarded(lambda message=message: _told(message()))  # type: ignore[misc]
    network.air.clear()
    world.look()
    for machine in (world.office, *world.tills):
        machine.drive.until_crash = 0
        machine.drive.faults.clear()
        machine.clock.offset = timedelta(0)
    for till in world.tills:
        till.is_cut = False
    steps = Steps(world)
    for _time in range(2 * len(world.tills) + 2):
        outcome = world.guarded(steps.start)
        if outcome.startswith("refused"):
            raise Violation("a machine does not start", outcome)
    for till in world.tills:  # nobody has stolen it: here it is
        world.office.do(lambda data, node=till.node: lost_tills.lock_out(data, node, locked_out=False))  # type: ignore[misc]
    world.look()


def _settle(world: World) -> int:
    before: object = None
    still = 0
    for number in range(MOST_ROUNDS):
        for till in world.tills:
            if till.is_up:
                till.look_again()
                till.push(30)
                till.take_in()
                till.push(30)
        world.look()
        world.ground.time.seconds += ROUNDS_APART
        if world.office.proof() is not None:
            world.go_on()
        now = [(machine.name, store.head.position) for machine, store in world.open_stores()]
        if now == before and not any(_pending(till, world.truth.parted()) for till in world.tills):
            still += 1
            if still == STILL:
                return number
        else:
            still = 0
        before = now
    return MOST_ROUNDS


def _let_in_again(world: World) -> int:
    """Devices that enrolled after the backup which head office was restored from get a new code, as their screens say: how many.

    One code for all copies of one: here a device is known by its name, not by a token.
    """
    unknown = {
        one.node: one for one in world.tills if world.office.was_restored and one.is_up and one.is_unknown
    }
    for till in unknown.values():
        till.enrol()
    return len(unknown)


def _set_up_anew(world: World) -> int:
    """Tills that hold a history of another till which a restored head office has otherwise are given an empty folder: how many.

    A disk that was rolled back with its anchor and an old head office have to come together for that. The screen says that what
    both hold is not the same, and what the till recorded is at head office; its value is stranded there, and covered.
    """
    others = world.truth.parted() - {world.office.node}
    stuck = [
        till
        for till in world.tills
        if world.office.was_restored and others - {till.node} and till.is_contradicted
    ]
    for till in stuck:
        world.burn(till)
        made = world.another_machine(till.place)
        made.start()
        made.enrol()
    return len(stuck)


def _aside(till: SimulatedTill, found: Standing, parted: set[str]) -> int:
    """What is set aside, but for what stands on a history that was given up."""
    if not found.set_aside or till.node in parted:
        return 0
    with till.running.store.database.trial() as transaction:
        return sum(one.header.node not in parted for one in set_aside.waiting(transaction))


def _pending(till: SimulatedTill, parted: set[str]) -> str:
    """What is pending at a till, in words; empty for nothing."""
    if till.till is None:
        return "it is down"
    if till.till.store.closed and till.node in parted:
        return ""  # its image closed once more what had gone on without it: nobody uses it, and nothing of it can be taken in
    with till.acting():
        found: Standing = outbox.standing(till.till)
    if found.catching_up:
        return "catching up"
    numbers = {
        "parent": found.pending_parent,
        "root": found.pending_root,
        "aside": _aside(till, found, parted),
        "on the way": found.on_the_way,
        "feed": found.target - found.position,
    }
    return " ".join(f"{name} {number}" for name, number in numbers.items() if number)


def _nothing_pending(world: World) -> None:
    for till in world.tills:
        if found := _pending(till, world.truth.parted()):
            raise Violation("something is pending in the end", f"{till.name}: {found}; {till.status}")


def _nothing_lost(world: World) -> None:
    office = world.office.data
    assert office is not None
    with office.database.read() as transaction:
        for op_id in world.truth.acknowledged:
            header = world.truth.header_of(op_id)
            if op_id in world.truth.may_be_lost or (header.node, header.epoch) in world.truth.may_fork:
                continue  # of two histories one is kept as evidence, and its loss is booked
            if journal.operation_of(transaction, op_id) is None:
                what = f"{op_id} {header.kind} {header.node} {header.epoch} {header.seq}"
                raise Violation("an acknowledged operation is lost", what)


def _purses_agree(world: World) -> None:
    """Every purse of every holder at head office against the fold, where nothing is lost or given up."""
    office, truth = world.office.data, world.truth
    assert office is not None
    unlike = truth.parted() | {truth.header_of(op_id).node for op_id in truth.may_be_lost}
    wanted: dict[tuple[str, str], list[tuple[str, int]]] = {}
    for (asset, holder), purse in sorted(truth.purses.items()):
        found = wanted.setdefault(holder, [])
        if purse.units > purse.held:
            found.append((asset, purse.units - purse.held))
    with office.database.read() as transaction:
        for holder, purses in wanted.items():
            if holder[0] not in unlike and (here := sendable(transaction, *holder)) != purses:
                raise Violation("engine and fold differ in the end", f"{holder}: {here}, {purses}")


def _stranded(world: World) -> int:
    """Assets that lie in an epoch which is over, or are on their way to one: only where nobody can prove how it ended.

    Neither can whoever knows the end, where operations before it are lost.
    """
    truth = world.truth
    gaps = {_holder(truth.header_of(op_id)) for op_id in truth.may_be_lost - _at_office(world)}
    now = {(store.node, store.epoch) for _machine, store in world.open_stores()}
    nodes = {node for node, _epoch in now}
    under_way = [
        (move, one)
        for move, one in truth.under_way().items()
        if one.op_id not in truth.may_be_lost and one.holder not in truth.may_fork
    ]
    if waits := [move for move, one in under_way if one.to in now]:
        raise Violation("a move did not arrive in the end", str(waits[:3]))
    over = [
        (asset, holder)
        for (asset, holder), purse in truth.purses.items()
        if holder not in now and purse.units and not asset.startswith(("refund/", "top-up/"))
    ]
    over += [(asset, one.to) for _move, one in under_way for asset, _units in one.parts]
    for asset, holder in over:
        if holder[0] in nodes and holder not in truth.unproven | gaps:
            raise Violation("value is stranded although its end is proven", f"{asset} {holder}")
    return len(over)


def _at_office(world: World) -> set[str]:
    """Which of the operations that may be lost head office has after all."""
    office = world.office.data
    assert office is not None
    with office.database.read() as transaction:
        return {one for one in world.truth.may_be_lost if journal.operation_of(transaction, one) is not None}


def _holder(header: Header) -> Holder:
    return header.node, header.epoch


def _digest(world: World, name: str) -> str:
    store = next(store for machine, store in world.open_stores() if machine.name == name)
    with store.database.read() as transaction:
        return digest(transaction)


def _told(_outcome: object) -> None:
    """Nobody hears it."""
