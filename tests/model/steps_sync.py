"""Journals on their way up, acknowledgements on their way down, and the anchor's trimming by them.

A parent takes the next of a chain and nothing else; it anchors what it acknowledges before it answers, so that a
restored database of a parent has its children's journals again (the model keeps `known` through a restore).
"""

from __future__ import annotations

from collections.abc import Iterator

from tests.model.recording import Step, World
from tests.model.state import (
    HUB,
    ROOT,
    Anchored,
    Chain,
    Holder,
    Machine,
    State,
    known_chain,
    wire_in_order,
    with_known,
    with_machine,
)


def parent_of(state: State, node: str) -> str:
    return ROOT if node in (state.hub, ROOT) else state.hub


def accepts(state: State, parent: Machine, holder: Holder, chain: Chain) -> bool:
    """Whether this chain goes on where the parent's copy of it ends, and comes by a way that exists."""
    if holder[0] == parent.node:
        return False
    if parent.node == HUB != state.hub:
        root = next(each for each in state.machines if each.node == ROOT)
        if known_chain(root, holder)[: len(chain)] != chain:
            return False  # whoever was a hub hears of others from head office
    elif parent_of(state, holder[0]) != parent.node:
        relay = next((each for each in state.machines if each.node == state.hub), None)
        if parent.node != ROOT or relay is None or known_chain(relay, holder)[: len(chain)] != chain:
            return False
    known = known_chain(parent, holder)
    return len(chain) > len(known) and chain[: len(known)] == known


def pushes(state: State, world: World, index: int) -> Iterator[Step]:
    """The parent receives a chain; its acknowledgement arrives at once, late, or never."""
    parent = state.machines[index]
    if not world.push or parent.status != "up":
        return
    for holder, chain in wire_in_order(state.wire):
        if accepts(state, parent, holder, chain):
            known = with_machine(state, index, with_known(parent, holder, chain))
            direct = parent_of(state, holder[0]) == parent.node
            if direct and world.late_acks:
                known = known._replace(acks=known.acks | {(holder, chain)})
            yield (
                (parent.node, "receives the journal of", holder, len(chain), "acknowledgement on its way"),
                known,
            )
            if direct and not world.late_acks:
                for child, machine in enumerate(state.machines):
                    if (trimmed := acknowledged(machine, world, holder, chain)) is not None:
                        after = with_machine(known, child, trimmed)
                        yield (
                            (parent.node, "receives the journal of", holder, len(chain), "acknowledged"),
                            after,
                        )


def late_acknowledgements(state: State, world: World, index: int) -> Iterator[Step]:
    """An acknowledgement arrives, however old."""
    machine = state.machines[index]
    for holder, chain in wire_in_order(state.acks):
        if (trimmed := acknowledged(machine, world, holder, chain)) is not None:
            yield (
                (machine.node, "hears the acknowledgement of", holder, len(chain)),
                with_machine(state, index, trimmed),
            )


def acknowledged(machine: Machine, world: World, holder: Holder, chain: Chain) -> Machine | None:
    """The machine with its anchor trimmed, or None if this acknowledgement says nothing new to it."""
    if machine.node != holder[0] or machine.anchor is None or machine.status not in ("up", "closed"):
        return None
    for place, entry in enumerate(machine.anchor):
        if entry.epoch != holder[1] or entry.base is None:
            continue
        full = entry.base + entry.tail
        if len(chain) <= len(entry.base) or full[: len(chain)] != chain:
            continue
        if not world.rules.trimmed_as_acknowledged:
            chain = full
        tail = full[len(chain) :]
        current = place == len(machine.anchor) - 1
        kept: tuple[Anchored, ...] = (entry._replace(base=chain, tail=tail),)
        if not tail and not current:
            kept = ()
        elif not tail and not world.rules.anchor_keeps_last:
            kept = (entry._replace(base=None, tail=()),)
        return machine._replace(anchor=(*machine.anchor[:place], *kept, *machine.anchor[place + 1 :]))
    return None
