"""What happens at a counter: top-up, payment, payment in two steps, overdraft, undo, swap.

No value changes its holder here. A seller decides by its own purse and nothing else: online or offline is one path.
"""

from __future__ import annotations

from collections.abc import Iterator

from tests.model.recording import Label, Step, World, record
from tests.model.state import (
    BONUS,
    NOTHING,
    PAID,
    RIGHT,
    ROOT,
    Machine,
    Op,
    State,
    Units,
    answered_ids,
    everything,
    less,
    next_id,
    purse,
    spend,
    value,
)


def payment(machine: Machine, world: World) -> Units | None:
    """One unit to be paid with: bonus before paid. Paid spent for want of bonus leaves a right to swap."""
    free = purse(machine.chain).free
    if free[1] > 0:
        return BONUS
    if free[0] > 0 or not world.rules.local_limit:
        return less(PAID, RIGHT) if world.bonus and world.rules.swap_by_right else PAID
    return None


def sales(state: State, world: World, index: int) -> Iterator[Step]:
    """Every operation that the person at machine `index` can begin."""
    machine = state.machines[index]
    if machine.status != "up" or machine.node not in world.sellers:
        return
    units = payment(machine, world)
    if units is not None:
        yield from record(state, world, index, Op("redeem", next_id(machine), units))
    elif state.budget.overdrafts:
        yield from overdraft(state, world, index)
    if state.budget.issues:
        kind = "recover" if purse(machine.chain).overdrawn > 0 else "issue"
        yield from record(spend(state, "issues"), world, index, Op(kind, next_id(machine), PAID))
    if state.budget.undos:
        yield from undo(state, world, index)


def overdraft(state: State, world: World, index: int) -> Iterator[Step]:
    """Somebody with the right to do so lets a customer pay with the merchant's money, within the limit."""
    machine = state.machines[index]
    if purse(machine.chain).overdrawn < world.overdraft_limit or not world.rules.overdraft_limited:
        yield from record(spend(state, "overdrafts"), world, index, Op("overdraft", next_id(machine)))


def undo(state: State, world: World, index: int) -> Iterator[Step]:
    """A sale is taken back and what was got is handed in: once for each sale."""
    machine = state.machines[index]
    voided = answered_ids(machine.chain, ("void",))
    undone = answered_ids(machine.chain, ("undo",)) - voided
    for sale in machine.chain:
        if sale.kind in ("redeem", "post") and sale.id not in voided | undone:
            op = Op("undo", next_id(machine), _given_back(machine, world, sale), of=sale.id)
            yield from record(spend(state, "undos"), world, index, op)
        elif sale.id in undone and not world.rules.undo_once:
            op = Op("receive", next_id(machine), sale.units, of=sale.id)
            yield from record(spend(state, "undos"), world, index, op)


def _given_back(machine: Machine, world: World, sale: Op) -> Units:
    """What an undo puts back: paid value together with its right to a swap; bonus in its place when that is not here."""
    if not sale.units[2]:
        return sale.units
    if purse(machine.chain).free[2] > 0:
        return sale.units if world.rules.undo_takes_right else PAID
    return BONUS if world.rules.undo_by_right else PAID


def holds(state: State, world: World, index: int) -> Iterator[Step]:
    """A payment in two steps: units are held, somebody outside approves (late, or never), then post or release."""
    machine = state.machines[index]
    if machine.status != "up" or machine.node not in world.sellers:
        return
    if state.budget.holds and value(purse(machine.chain).free) > 0:
        units = payment(machine, world) if world.rules.hold_debits else NOTHING
        if units is not None:
            yield from record(spend(state, "holds"), world, index, Op("hold", next_id(machine), units))
    if not world.slips:
        for op in machine.chain:
            if op.kind == "hold":
                yield from _settle(state, world, index, op)


def _settle(state: State, world: World, index: int, hold: Op) -> Iterator[Step]:
    """What can become of one hold."""
    machine = state.machines[index]
    approved = hold.id in state.approved
    if not approved:
        said: Label = ("outside", "approves", hold.id)
        yield said, state._replace(approved=state.approved | {hold.id})
    if hold.id in answered_ids(machine.chain, ("post",)):
        return
    is_open = any(each == hold.id for each, _ in purse(machine.chain).held)
    if approved and (is_open or not world.rules.post_needs_hold):
        units = hold.units if world.rules.hold_debits else PAID
        yield from record(state, world, index, Op("post", next_id(machine), units, of=hold.id))
    if not approved and is_open:
        yield from record(state, world, index, Op("release", next_id(machine), of=hold.id))


def swaps(state: State, world: World, index: int) -> Iterator[Step]:
    """Where paid was spent although there was bonus, the bonus makes good for it."""
    machine = state.machines[index]
    free = purse(machine.chain).free
    if not world.bonus or machine.status != "up" or free[1] < 1:
        return
    if world.rules.swap_by_right:
        if free[2] > 0:
            units = less(PAID, BONUS)
            units = less(units, RIGHT) if world.rules.swap_uses_right else units
            yield from record(state, world, index, Op("swap", next_id(machine), units))
        return
    done = answered_ids(machine.chain, ("swap",))
    seen = {op.id for _, chain in state.wire for op in chain if op.kind == "redeem" and op.units[0]}
    for each in sorted(seen - done):
        yield from record(state, world, index, Op("swap", next_id(machine), less(PAID, BONUS), of=each))


def covers(state: State, world: World, index: int) -> Iterator[Step]:
    """Value out of reach is made good with the merchant's money, and repaid from units that came home."""
    machine = state.machines[index]
    if machine.node != ROOT or machine.status != "up":
        return
    covered = [op.of for op in machine.chain if op.kind == "cover"]
    for holder, chain in machine.known:
        silent = (holder[0], 0, holder[1], 0)
        units = everything(chain)
        if value(units) < 1 or chain[-1].kind == "close":
            continue
        if state.budget.covers and silent not in covered:
            op = Op("cover", next_id(machine), (*units[:2], 0, 0), of=silent)
            yield from record(spend(state, "covers"), world, index, op)
        if not world.rules.no_reclaim_by_time and silent not in answered_ids(machine.chain, ("reclaim",)):
            op = Op("reclaim", next_id(machine), units, of=silent)
            yield from record(state, world, index, op)
    yield from _opened_as_cover(state, world, index)
    outstanding = sum(value(op.units) for op in machine.chain if op.kind == "cover")
    outstanding -= sum(1 for op in machine.chain if op.kind == "repay")
    if outstanding > 0:
        home = world.rules.cover_repaid_from_home
        units = PAID if home else NOTHING
        if not home or purse(machine.chain).free[0] > 0:
            yield from record(state, world, index, Op("repay", next_id(machine), units))


def _opened_as_cover(state: State, world: World, index: int) -> Iterator[Step]:
    """What the backup shows of a head office whose anchor is lost: the customers have it, the merchant pays for it."""
    machine = state.machines[index]
    end = machine.chain[0].end if machine.chain else None
    if end is None or end.proven or not state.budget.covers or value(everything(end.chain)) < 1:
        return
    lost = (end.holder[0], 0, end.holder[1], 0)
    if lost not in [op.of for op in machine.chain if op.kind == "cover"]:
        op = Op("cover", next_id(machine), everything(end.chain), of=lost)
        yield from record(spend(state, "covers"), world, index, op)
