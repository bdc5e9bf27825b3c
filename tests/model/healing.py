"""No dead end: from a state, one fair way without faults to where all value can be spent that no destroyed disk held.

Each step of that way is one of the protocol's own steps. Of the wire it uses only what some living disk still holds.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TypeAlias

from tests.model import steps_moves, steps_outside, steps_parent, steps_sale, steps_start, steps_sync
from tests.model.invariants import buried, missing
from tests.model.recording import Step, World
from tests.model.state import ROOT, Budget, Chain, Holder, State, on_wire

Wire: TypeAlias = frozenset[tuple[Holder, Chain]]


class Healer:
    """Remembers which states are known to come to good, so that each is walked once."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._good: set[State] = set()
        self.walked = 0

    def dead_end(self, state: State) -> list[Step] | None:
        """None if the state heals; else the way to where nothing helps any more."""
        path: list[Step] = []
        here = plain(state)
        while here not in self._good:
            self._good.add(here)
            self.walked += 1
            step = next(self._helpful(here), None)
            if step is None:
                if not 0 <= missing(here) <= buried(here):
                    self._good.difference_update([here, plain(state), *(each for _, each in path)])
                    return [*path, (("value out of reach", missing(here), "buried", buried(here)), here)]
                break
            path.append(step)
            here = step[1]
        return None

    def _helpful(self, state: State) -> Iterator[Step]:
        """The steps that bring value home, most urgent first."""
        world = self._world
        indexes = range(len(state.machines))
        alive = _alive(state) if any(each.lineage for each in state.machines) else state.wire
        if any(each.node == state.hub and each.status == "gone" for each in state.machines):
            yield ("no hub any more",), state._replace(hub=ROOT)
        for index in indexes:
            if state.machines[index].node == ROOT:
                yield from steps_start.starts(state, world, index)
        for index in indexes:
            yield from _resent(steps_sync.pushes, state, world, (index, alive))
        for index in indexes:
            yield from steps_start.starts(state, world, index)
        for index in indexes:
            yield from steps_sale.holds(state, world, index)
            if world.pledges:
                yield from steps_outside.captures(state, world, index)
            if world.slips:
                yield from steps_outside.settlements(state, world, index)
            yield from _resent(steps_moves.receives, state, world, (index, alive))
            yield from steps_parent.claims(state, world, index)
            yield from steps_parent.closings(state, world, index)
            yield from steps_moves.take_backs(state, world, index)
        if world.slips:
            yield from steps_outside.declines(state, world)


def _resent(
    step: Callable[[State, World, int], Iterator[Step]], state: State, world: World, where: tuple[int, Wire]
) -> Iterator[Step]:
    """Steps that rest on a message, taken from those that can be sent again; the wire stays what it was."""
    index, alive = where
    for label, after in step(state._replace(wire=alive), world, index):
        whole = after._replace(wire=state.wire)
        for holder, chain in after.wire - alive:
            whole = on_wire(whole, holder, chain)
        yield label, whole


def plain(state: State) -> State:
    """What matters for healing: no more faults, no more backups, and acknowledgements bring no value home."""
    machines = tuple(machine._replace(backup=((), ())) for machine in state.machines)
    return state._replace(machines=machines, budget=Budget(), acks=frozenset())


def _alive(state: State) -> Wire:
    """Every chain that a living disk holds, as far as it goes; of what it trimmed, an anchor has only the hash."""
    found: set[tuple[Holder, Chain]] = set()
    living = [machine for machine in state.machines if machine.status != "gone"]
    for machine in living:
        found |= {((machine.node, epoch), chain) for epoch, chain in machine.own}
        found |= set(machine.known)
    tails: set[tuple[Holder, Chain]] = set()
    for machine in living:
        for entry in machine.anchor or ():
            holder, base = (machine.node, entry.epoch), entry.base or ()
            if any(each == holder and chain[: len(base)] == base for each, chain in found) or not base:
                tails.add((holder, base + entry.tail))
    return frozenset(found | tails)
