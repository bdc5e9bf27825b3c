"""What must be true in every state: nothing accepted beyond what was issued, nothing credited twice, no purse below 0.

`overspent` is what a customer could prove in court; the others see a broken rule earlier, in the journals.
"""

from __future__ import annotations

from functools import cache

from tests.model.recording import World
from tests.model.state import (
    MOVES,
    Chain,
    Grave,
    Holder,
    Op,
    OpId,
    State,
    Units,
    everything,
    proven_past,
    purse,
    value,
)


def overspent(state: State) -> bool:
    """Whether the customers got more than was issued, less the cover and overdraft that are booked."""
    return state.served - state.cover - state.overdraft > state.issued


@cache
def _credits(chain: Chain) -> tuple[tuple[str, object], ...]:
    """What each credit in a chain rests on."""
    found: list[tuple[str, object]] = []
    for op in chain:
        if op.kind in ("receive", "takeback"):
            found.append(("move", op.of))
        elif op.kind == "closing" and op.end is not None:
            found.append(("closing", op.end.holder))
        elif op.kind == "undo":
            found.append(("undo", op.of))
    return tuple(found)


def broken(state: State, world: World) -> str | None:
    """The invariant that a state breaks, or None."""
    if overspent(state):
        return "overspent"
    for machine in state.machines:
        held = purse(machine.chain)
        if min(held.free) < 0 or any(min(units[:2]) < 0 for _, units in held.held):
            return "a purse below zero"
        if held.overdrawn > world.overdraft_limit:
            return "overdraft beyond its limit"
    used = [each for _, chain in state.wire for each in _credits(chain)]
    if len(used) != len(set(used)):
        return "credited twice"
    if world.bonus and paid_outstanding(state) > state.issued - world.bonus:
        return "more paid value than was paid in"
    return None


def received(state: State) -> frozenset[OpId]:
    """Moves that somebody has credited."""
    return frozenset(
        op.of
        for _, chain in state.wire
        for op in chain
        if op.kind in ("receive", "takeback") and op.of is not None
    )


def paid_outstanding(state: State) -> int:
    """Paid value in all purses and in flight: a customer may ask for it in cash."""
    purses = sum(everything(chain)[0] for _, chain in state.wire)
    return purses + sum(op.units[0] for op in _flying(state))


def _flying(state: State) -> list[Op]:
    """Moves that nobody has credited yet."""
    credited = received(state)
    return [op for _, chain in state.wire for op in chain if op.kind in MOVES and op.id not in credited]


def missing(state: State) -> int:
    """How much of what is issued and not served cannot be paid with at any machine that is up."""
    outstanding = state.issued + state.cover + state.overdraft - state.served
    up = (machine for machine in state.machines if machine.status == "up")
    return outstanding - sum(value(purse(machine.chain).free) for machine in up)


def buried(state: State) -> int:
    """The most that destroyed disks can have taken with them: purses, moves to and from them, ends only they knew."""
    graves = state.graves
    if not graves:
        return 0
    credited = received(state)
    dead = {grave.holder for grave in graves}
    found = sum(max(0, _worth(everything(grave.chain))) + grave.unanswered for grave in graves)
    moves = {
        op.id: op for _, chain in state.wire for op in chain if op.kind in MOVES and op.id not in credited
    }
    moves |= {op.id: op for each in graves for op in each.chain if op.kind in MOVES and op.id not in credited}
    for op in moves.values():
        if op.to in dead or (op.id[0], op.id[2]) in dead:
            found += _worth(op.units)
    return found + _ends_known_to_the_dead(state, graves, dead)


def _worth(units: Units) -> int:
    """Value, and what will be value when its payment is captured."""
    return value(units) + units[3]


def _ends_known_to_the_dead(state: State, graves: frozenset[Grave], dead: set[Holder]) -> int:
    """Epochs whose closing was, or was to be, the work of a destroyed parent or the claim of a destroyed till."""
    parents = any(grave.parent for grave in graves)
    closed = {op.end.holder for _, chain in state.wire for op in chain if op.kind == "closing" and op.end}
    found = 0
    chains = [chain for _, chain in state.wire] + [each.chain for each in graves]
    after = {chain[0].end.holder: chain[0].id for chain in chains if chain and chain[0].end}
    claims = [op for chain in chains for op in chain if op.kind == "claim"]
    for end in {end for chain in chains for end in proven_past(chain)}:
        heir, heirs = end.holder, {op.to for op in claims if op.end == end}
        while heir in after:
            heir = (after[heir][0], after[heir][2])
            heirs.add(heir)
        if end.holder not in dead and (parents or heirs & dead):
            found += _worth(everything(end.chain)) if end.holder not in closed else 0
            found += sum(
                _worth(op.units) for op in _flying(state) if end.holder in (op.to, (op.id[0], op.id[2]))
            )
    return found
