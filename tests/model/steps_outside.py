"""Payments that somebody outside decides about in his own time, whether the till is up or not: a bank, a card machine.

A top-up whose payment is not captured waits in an asset of its own; value is held while a card machine charges the rest,
whose slip lets the customer go. What the till knows of either it has asked for.
"""

from __future__ import annotations

from collections.abc import Iterator

from tests.model.recording import Step, World, record
from tests.model.state import PLEDGED, Op, State, next_id, on_wire_of, purse, spend, value

HOLDS, PLEDGES = frozenset({"hold"}), frozenset({"pledge"})


def pledges(state: State, world: World, index: int) -> Iterator[Step]:
    """Value is sold for a payment that is not captured yet."""
    machine = state.machines[index]
    if machine.status == "up" and state.budget.pledges and machine.node in world.sellers:
        units = PLEDGED if world.rules.spent_after_capture else (2, 0, 0, 0)
        yield from record(spend(state, "pledges"), world, index, Op("pledge", next_id(machine), units))


def captures(state: State, world: World, index: int) -> Iterator[Step]:
    """Whoever holds what waits asks the bank, and lets it be spent or takes it away."""
    machine, rules = state.machines[index], world.rules
    if machine.status != "up":
        return
    waits = purse(machine.chain).free[3]
    for payment in on_wire_of(state.wire, PLEDGES):
        done = sum(1 for op in machine.chain if op.kind == "captured" and op.of == payment.id)
        again = done == 1 and not rules.captured_once
        sold = done == 0 and payment in machine.chain and not rules.captured_by_holder
        known = payment.id in state.approved or not rules.capture_asks_the_bank
        here = waits == PLEDGED[3] or (waits > 0 and done == 0 and not rules.captured_whole)
        if known and (here or again or sold):
            units = (waits or PLEDGED[3], 0, 0, -waits)
            yield from record(state, world, index, Op("captured", next_id(machine), units, of=payment.id))
        if payment.id in state.declined and waits:
            op = Op("failed", next_id(machine), (0, 0, 0, waits), of=payment.id)
            yield from record(state, world, index, op)


def settlements(state: State, world: World, index: int) -> Iterator[Step]:
    """Value held for a card machine's payment, after any crash: posted when the machine says yes, released when it says no."""
    machine, rules = state.machines[index], world.rules
    if machine.status != "up":
        return
    for hold, units in purse(machine.chain).held:
        if hold in state.approved or not rules.post_asks_the_machine:
            yield from record(state, world, index, Op("settle", next_id(machine), units, of=hold))
        if hold in state.declined or not rules.release_asks_the_machine:
            yield from record(state, world, index, Op("release", next_id(machine), of=hold))


def declines(state: State, world: World) -> Iterator[Step]:
    """Somebody outside says no, once and for all."""
    for payment in _undecided(state, world):
        yield ("outside", "declines", payment.id), state._replace(declined=state.declined | {payment.id})


def approves(state: State, world: World) -> Iterator[Step]:
    """Somebody outside says yes: a bank has the money, a card machine's customer has what was paid for."""
    for payment in _undecided(state, world):
        after = state._replace(approved=state.approved | {payment.id})
        if payment.kind == "pledge":
            after = after._replace(issued=state.issued + PLEDGED[3])
        else:
            after = after._replace(served=state.served + value(payment.units))
        yield ("outside", "captures" if payment.kind == "pledge" else "charges", payment.id), after


def _undecided(state: State, world: World) -> list[Op]:
    """Payments that left, of which nobody outside has said anything."""
    found = on_wire_of(state.wire, HOLDS if world.slips else PLEDGES)
    return [op for op in found if op.id not in state.approved and op.id not in state.declined]
