"""How an operation is recorded: anchor, commit, answer; with a crash, a commit error or a power cut in between.

No other node sees a moment inside, so the model takes the whole as one step with several outcomes; this loses
no behaviour. `begun` and `answered` say what the customer hands over and gets: the truth of the world.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple, TypeAlias

from tests.model.rules import Rules
from tests.model.state import (
    ANNOUNCED,
    PLEDGED,
    SALES,
    Anchored,
    Machine,
    Op,
    State,
    extended,
    on_wire,
    purse,
    spend,
    value,
    with_machine,
)

Label: TypeAlias = tuple[object, ...]
Step: TypeAlias = tuple[Label, State]


class World(NamedTuple):
    """What holds for a whole run: the rules kept and what the scope switches on."""

    rules: Rules
    sellers: tuple[str, ...]
    routes: frozenset[tuple[str, str]]
    push: bool = False
    late_acks: bool = False
    bonus: int = 0  # issued at the beginning; 0: there is none
    overdraft_limit: int = 0
    strict: bool = False  # nothing goes on after a start until the parent was seen
    pledges: bool = False  # top-ups are sold for payments that are not captured yet
    slips: bool = False  # who pays by card machine leaves with its slip, whatever the till knows
    symmetric: tuple[str, ...] = ()


def begun(state: State, op: Op, sign: int = 1) -> State:
    """The customer lays down money for a top-up before it is recorded; `sign` -1 gives it back, captured or not."""
    match op.kind:
        case "issue" | "recover":
            return state._replace(issued=state.issued + sign * value(op.units))
        case "pledge" if sign < 0:
            paid = PLEDGED[3] if op.id in state.approved else 0
            state = state._replace(approved=state.approved - {op.id}, declined=state.declined | {op.id})
            return state._replace(issued=state.issued - paid)
        case _:
            return state


def called_off(state: State, op: Op) -> State:
    """What a void offered after a crash takes back of a payment that was never answered for."""
    served = value(op.units) if op.kind == "settle" else 0  # the card machine's slip had answered for it
    return begun(state, op, -1)._replace(served=state.served - served)


def answered(state: State, op: Op, rules: Rules) -> State:
    """The till says done: only now the customer has what was paid for."""
    match op.kind:
        case "redeem" | "post":
            return state._replace(served=state.served + value(op.units))
        case "undo":
            return state._replace(served=state.served - value(op.units))
        case "overdraft":
            booked = 1 if rules.overdraft_booked else 0
            return state._replace(served=state.served + 1, overdraft=state.overdraft + booked)
        case "recover":
            return state._replace(overdraft=state.overdraft - 1)
        case "cover":
            return state._replace(cover=state.cover + value(op.units))
        case "repay":
            return state._replace(cover=state.cover - 1)
        case _:
            return state


def anchored(machine: Machine, op: Op) -> Machine:
    """The entry stands in the anchor, flushed or not."""
    entries = machine.anchor or (Anchored(machine.epoch, machine.chain, ()),)
    last = entries[-1]
    return machine._replace(anchor=(*entries[:-1], last._replace(tail=(*last.tail, op))))


def power_cut(machine: Machine) -> Machine:
    """The machine stops; what was not flushed is gone."""
    epoch, chain = machine.own[-1]
    kept = machine._replace(own=(*machine.own[:-1], (epoch, chain[: len(chain) - machine.weak])))
    if machine.loose and machine.anchor:
        last = machine.anchor[-1]
        tail = last.tail[: max(0, len(last.tail) - machine.loose)]
        kept = kept._replace(anchor=(*machine.anchor[:-1], last._replace(tail=tail)))
    return kept._replace(status="down", weak=0, loose=0)


def written(machine: Machine, op: Op, rules: Rules) -> tuple[Machine, Machine]:
    """The machine after the anchor's write, and after the commit."""
    first = anchored(machine, op)
    if not rules.anchor_flushed:
        first = first._replace(loose=first.loose + 1)
    second = extended(first, op)
    if not rules.durable_commit:
        second = second._replace(weak=second.weak + 1)
    return first, second


def committed(state: State, world: World, index: int, op: Op) -> State:
    """Recorded and answered, nothing in the way."""
    machine = written(state.machines[index], op, world.rules)[1]
    done = on_wire(with_machine(begun(state, op), index, machine), machine.holder, machine.chain)
    return answered(done, op, world.rules)


def record(state: State, world: World, index: int, op: Op) -> Iterator[Step]:
    """Every way in which recording `op` can end."""
    rules = world.rules
    machine = state.machines[index]
    said: Label = (machine.node, machine.epoch, op.kind, op.units, op.to or op.of)
    yield said, committed(state, world, index, op)
    first, second = written(machine, op, rules)
    sale, told = op.kind in SALES, op.kind in ANNOUNCED
    if state.budget.crashes:
        before = begun(spend(state, "crashes"), op)
        down = power_cut(first)._replace(asked=op if told else None)
        if op.kind == "send" and not rules.debit_before_send:
            gone = on_wire(before, machine.holder, second.chain)
            yield (
                (*said, "CRASH sent, nothing written"),
                with_machine(gone, index, machine._replace(status="down")),
            )
        yield (*said, "CRASH after anchor"), with_machine(before, index, down)
        if told and rules.durable_commit:
            after = with_machine(before, index, power_cut(second)._replace(asked=op))
            yield (*said, "CRASH after commit"), on_wire(after, machine.holder, second.chain)
    if state.budget.errors and sale:
        spent = spend(state, "errors")
        if not rules.commit_error_read_back:
            stood = extended(machine, op)
            after = on_wire(with_machine(spent, index, stood), machine.holder, stood.chain)
            yield (*said, "COMMIT ERROR, it stood, taken for a refusal"), after
        if not rules.refused_entry_withdrawn:
            yield (
                (*said, "COMMIT ERROR, refused, entry left in the anchor"),
                with_machine(spent, index, first),
            )


def power_cuts(state: State, world: World, index: int) -> Iterator[Step]:
    """Between operations: matters only where something is not flushed, or while somebody outside is asked."""
    machine = state.machines[index]
    cut = machine.weak or machine.loose or (world.slips and purse(machine.chain).held)
    if machine.status == "up" and state.budget.crashes and cut:
        yield (machine.node, "POWER CUT"), with_machine(spend(state, "crashes"), index, power_cut(machine))
