"""Every step that the world can take from a state, by anybody.

Tills that nothing has happened to yet are alike: only the first of them may begin, which halves the states and
loses none that differs by more than a name.
"""

from __future__ import annotations

from collections.abc import Iterator

from tests.model import (
    steps_faults,
    steps_moves,
    steps_outside,
    steps_parent,
    steps_sale,
    steps_start,
    steps_sync,
)
from tests.model.recording import Step, World, power_cuts
from tests.model.state import State


def untouched(state: State, world: World) -> frozenset[str]:
    """The tills that are still as they were, but the first of them."""
    addressed = {op.to[0] for _, chain in state.wire for op in chain if op.to is not None}
    still = [
        machine.node
        for machine in state.machines
        if machine.node in world.symmetric
        and machine.node not in addressed
        and machine.status == "up"
        and len(machine.own) == 1
        and not machine.chain
        and not machine.retiring
    ]
    return frozenset(still[1:])


def steps(state: State, world: World) -> Iterator[Step]:
    """All successors of a state, each with what happened."""
    hidden = untouched(state, world) if world.symmetric else frozenset()
    for index, machine in enumerate(state.machines):
        if machine.node in hidden or machine.status == "gone":
            continue
        yield from _by_machine(state, world, index, hidden)
    if world.pledges or world.slips:
        yield from steps_outside.approves(state, world)
        yield from steps_outside.declines(state, world)
    if state.hub != "R":
        yield from steps_faults.hubs(state, world)


def _by_machine(state: State, world: World, index: int, hidden: frozenset[str]) -> Iterator[Step]:
    """What one machine, the people in front of it and its fate can do."""
    budget = state.budget
    yield from steps_start.starts(state, world, index)
    yield from steps_sale.sales(state, world, index)
    yield from steps_sale.holds(state, world, index)
    if world.pledges:
        yield from steps_outside.pledges(state, world, index)
        yield from steps_outside.captures(state, world, index)
    if world.slips:
        yield from steps_outside.settlements(state, world, index)
    yield from steps_sale.swaps(state, world, index)
    yield from steps_sale.covers(state, world, index)
    yield from steps_moves.sends(state, world, index, hidden)
    yield from steps_moves.receives(state, world, index)
    yield from steps_moves.take_backs(state, world, index)
    yield from steps_sync.pushes(state, world, index)
    yield from steps_sync.late_acknowledgements(state, world, index)
    yield from steps_parent.claims(state, world, index)
    yield from steps_parent.closings(state, world, index)
    yield from steps_parent.retiring(state, world, index)
    yield from steps_parent.reclaims_on_retire(state, world, index)
    yield from steps_faults.backups(state, world, index)
    if budget.restores or budget.root_losses or budget.images or budget.old_folders:
        yield from steps_faults.restores(state, world, index)
    yield from steps_faults.copies(state, world, index)
    yield from power_cuts(state, world, index)
