"""Moves: sending (granted, recalled, returned, shared are all one thing), receiving, taking back what arrived dead.

Wants and recalls carry no value: whatever one may cause, a node may do here unasked, so that they can be lost,
doubled and late in every way without a state of their own.
"""

from __future__ import annotations

from collections.abc import Iterator

from tests.model.recording import Step, World, record
from tests.model.state import (
    MOVES,
    NOTHING,
    PAID,
    Chain,
    Holder,
    Machine,
    Op,
    State,
    Units,
    answered_ids,
    ends_past,
    everything,
    known_chain,
    next_id,
    on_wire_of,
    purse,
    spend,
    value,
)


def lots(machine: Machine, world: World) -> list[Units]:
    """How much one move may carry: one unit of value, or all there is; rights travel alone too; never what is held."""
    free = purse(machine.chain).free
    if not world.rules.recall_spares_held:
        free = everything(machine.chain)
    if value(free) < 1:
        return [] if free[2:] == (0, 0) else [(0, 0, free[2], free[3] if world.rules.waits_together else 1)]
    if world.bonus:
        return [free]
    return [PAID] if free == PAID else [PAID, free]


def sends(state: State, world: World, index: int, hidden: frozenset[str] = frozenset()) -> Iterator[Step]:
    """Every move that this machine may address to a holder it may have heard of, living or dead."""
    machine = state.machines[index]
    if machine.status != "up" or not state.budget.moves:
        return
    targets = sorted(
        holder
        for holder in {each for each, _ in state.wire}
        if (machine.node, holder[0]) in world.routes and holder[0] not in hidden
    )
    for units in lots(machine, world):
        for to in targets:
            op = Op("send", next_id(machine), units, to=to)
            yield from record(spend(state, "moves"), world, index, op)


def receive_op(machine: Machine, world: World, move: Op) -> Op:
    """Credits a move; what was held in an epoch of this machine that is over goes on being held, for the same payment."""
    old = move.end if move.end is not None and move.end.holder[0] == machine.node else None
    held = old is not None and purse(old.chain).held and world.rules.held_goes_on
    return Op("receive", next_id(machine), move.units, of=move.id, end=old if held else None)


def receives(state: State, world: World, index: int) -> Iterator[Step]:
    """Each move addressed to this holder is recorded once, whatever way and however often it comes."""
    machine = state.machines[index]
    if machine.status != "up":
        return
    had = answered_ids(machine.chain, ("receive",))
    for move in on_wire_of(state.wire, MOVES):
        assert move.to is not None
        node, epoch = move.to
        if node != machine.node and (world.rules.move_to_its_node or move.id[0] == machine.node):
            continue
        if node == machine.node and epoch != machine.epoch and world.rules.move_to_its_epoch:
            continue
        if move.id in had and (world.rules.move_once or _twice(machine.chain, move)):
            continue
        yield from record(state, world, index, receive_op(machine, world, move))


def _twice(chain: Chain, move: Op) -> bool:
    return sum(1 for op in chain if op.kind == "receive" and op.of == move.id) > 1


def head_of_closed(state: State, holder: Holder) -> Chain | None:
    """The whole journal of an epoch whose closing is on the wire; None while it is not closed."""
    for each, chain in state.wire:
        if each == holder and chain and chain[-1].kind == "close":
            return chain
        for op in chain:
            if op.kind == "closing" and op.end is not None and op.end.holder == holder:
                return op.end.chain
    return None


def may_take_back(state: State, world: World, machine: Machine, move: Op, done: frozenset[object]) -> bool:
    """Whether its sender may credit a move again: what is on the wire it may have received."""
    if move.id in done or move.to is None:
        return False
    if not world.rules.take_back_after_closing:
        return True
    head = head_of_closed(state, move.to)
    if head is None:
        return False
    if not world.rules.take_back_holds_head:
        head = known_chain(machine, move.to)
    received = answered_ids(head, ("receive",))
    return move.id not in received or not world.rules.take_back_looks_for_receive


def take_backs(state: State, world: World, index: int) -> Iterator[Step]:
    """A move that reached a closed epoch comes back to its sender, once."""
    machine = state.machines[index]
    if machine.status != "up":
        return
    done: frozenset[object] = answered_ids(machine.chain, ("takeback",))
    if not world.rules.take_back_once and len(machine.chain) < 12:
        done = frozenset()
    for move in _own_moves(machine, world):
        if may_take_back(state, world, machine, move, done):
            op = Op("takeback", next_id(machine), move.units, of=move.id)
            yield from record(state, world, index, op)


def _own_moves(machine: Machine, world: World) -> list[Op]:
    """Moves of this epoch and of those before it whose end is proven, unless one of them took them back; so of tills that
    closed themselves and named this holder.
    """
    proven = world.rules.heir_takes_back_with_proof
    past = [end.chain for end in ends_past(machine.chain, proven_alone=proven)]
    for _, chain in machine.known:
        if (
            chain
            and chain[-1].kind == "close"
            and chain[-1].to == machine.holder
            and world.rules.closer_takes_back
        ):
            past += [chain, *(end.chain for end in ends_past(chain, proven_alone=proven))]
    done = {of for chain in past for of in answered_ids(chain, ("takeback",))}
    moves = [op for chain in (machine.chain, *past) for op in chain if op.kind in MOVES]
    return [op for op in moves if op.units != NOTHING and op.id not in done]
