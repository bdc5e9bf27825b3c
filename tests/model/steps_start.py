"""What a machine does when it starts: compare database and anchor, then go on, catch up, or open a new epoch.

The machine decides by its own disk, by whether the device's key fits, and by what its parent sends it; `asked` is
the memory of the people in front of it.
"""

from __future__ import annotations

from collections.abc import Iterator

from tests.model.recording import Label, Step, World, answered, begun, called_off
from tests.model.state import (
    NOTHING,
    ROOT,
    SALES,
    Anchored,
    Chain,
    End,
    Machine,
    Op,
    State,
    everything,
    extended,
    fresh_epoch,
    known_chain,
    next_id,
    on_wire,
    purse,
    spend,
    with_machine,
)
from tests.model.steps_sync import parent_of


def starts(state: State, world: World, index: int) -> Iterator[Step]:
    """Every way in which a stopped machine can come up."""
    machine = state.machines[index]
    if machine.status != "down":
        return
    if machine.chain and machine.chain[-1].kind == "close":
        yield from _new_epoch(state, world, index, End(machine.holder, machine.chain, True))
        return
    if machine.foreign and world.rules.copied_anchor_distrusted:
        yield from _new_epoch(state, world, index, End(machine.holder, machine.chain, False))
        return
    trusted = world.rules.missing_anchor_distrusted
    if machine.node == ROOT:
        trusted = world.rules.root_opens_epoch_after_loss
    if machine.anchor is None and trusted:
        yield from _new_epoch(state, world, index, End(machine.holder, machine.chain, False))
        return
    if machine.anchor and _is_older(machine) and world.rules.older_anchor_distrusted:
        yield from _new_epoch(state, world, index, End(machine.holder, machine.chain, False))
        return
    yield from _compare(state, world, index)


def _is_older(machine: Machine) -> bool:
    """Whether the machine's own note has seen this folder in another epoch than its anchor's, or further there."""
    if machine.noted is None or not machine.anchor:
        return False
    last = machine.anchor[-1]
    return machine.noted > (last.epoch, len(last.base or ()) + len(last.tail))


def _compare(state: State, world: World, index: int) -> Iterator[Step]:
    """The anchor is this machine's own: what it has and the database lacks is re-applied if it chains."""
    machine = state.machines[index]
    last = machine.anchor[-1] if machine.anchor else None
    db = next((chain for epoch, chain in machine.own if last and epoch == last.epoch), ())
    if last is None or (last.base is None and not last.tail) or not world.rules.replay:
        anchor = (Anchored(machine.epoch, machine.chain, ()),)
        yield from _go_on(state, world, index, machine._replace(anchor=anchor), 0)
        return
    if last.base is None:
        before = last.tail[0].id[3] - 1
        full = db[:before] + last.tail if len(db) >= before else ()
        base: Chain = db[:before]
    else:
        full, base = last.base + last.tail, last.base
    proof = End((machine.node, last.epoch), full, True)
    forgot = all(epoch != last.epoch for epoch, _chain in machine.own)
    if forgot and last.base and not world.rules.later_anchor_entered:
        yield from _new_epoch(state, world, index, End((machine.node, last.epoch), db, False))
        return
    if world.strict and machine.node != ROOT:
        parent = next(each for each in state.machines if each.node == parent_of(state, machine.node))
        if len(known_chain(parent, (machine.node, last.epoch))) > len(full):
            yield from _new_epoch(state, world, index, End((machine.node, last.epoch), db, False))
            return
    if not full and db:
        yield from _new_epoch(state, world, index, End((machine.node, last.epoch), db, False))
    elif len(db) >= len(base) and full[: len(db)] == db:
        tail = full[len(db) :] if world.rules.replay_once else last.tail
        caught = _with_chain(machine, last.epoch, db + tail)
        yield from _go_on(state, world, index, caught, len(tail))
    elif base[: len(db)] == db:
        parent = next(each for each in state.machines if each.node == parent_of(state, machine.node))
        held = known_chain(parent, (machine.node, last.epoch))
        if parent.status == "up" and held[: len(base)] == base:
            caught = _with_chain(machine, last.epoch, full)
            yield from _go_on(state, world, index, caught, len(last.tail))
        if not world.rules.fetch_to_the_record:
            yield from _go_on(state, world, index, machine, 0)
        yield from _new_epoch(state, world, index, proof)
    else:
        yield from _new_epoch(state, world, index, End((machine.node, last.epoch), db, False))


def _with_chain(machine: Machine, epoch: int, chain: Chain) -> Machine:
    others = [each for each in machine.own if each[0] != epoch]
    return machine._replace(own=(*others, (epoch, chain)))


def _go_on(state: State, world: World, index: int, machine: Machine, replayed: int) -> Iterator[Step]:
    """The first screen: an operation nobody was told of is answered for, or voided where that may be offered."""
    closed = bool(machine.chain) and machine.chain[-1].kind == "close"
    up = machine._replace(status="closed" if closed else "up", asked=None, restored=False, noted=None)
    asked, rules = machine.asked, world.rules
    if not rules.hold_outlives_crash and not replayed:
        up = _holds_freed(up)
    said: Label = (machine.node, "STARTS, re-applied", replayed)
    last = up.chain[-1] if up.chain else None
    named = up.chain[0].end if up.chain else None
    recorded = up.chain + (named.chain if named is not None else ())
    there = asked is not None and any(op.id == asked.id and op.kind == asked.kind for op in recorded)
    after = state
    if asked is not None:
        after = answered(state, asked, rules) if there else begun(state, asked, -1)
    yield (*said, "reprints" if there else "goes on"), _out(after, index, up)
    if there and asked is not None and not rules.command_once:
        again = extended(up, asked._replace(id=next_id(up)))
        again = again._replace(anchor=(Anchored(again.epoch, again.chain, ()),))
        yield (*said, "records the same command again"), _out(after, index, again)
    crash = not machine.restored or not rules.void_only_after_crash
    if replayed == 1 and last is not None and last.kind in SALES and crash:
        void = Op("void", next_id(up), NOTHING, of=last.id)
        voided = extended(up, void)
        anchor = voided.anchor or ()
        entry = anchor[-1]._replace(tail=(*anchor[-1].tail, void))
        voided = voided._replace(anchor=(*anchor[:-1], entry))
        returned = called_off(state, asked) if asked is not None else state
        yield (*said, "voids the last sale"), _out(returned, index, voided)


def _holds_freed(machine: Machine) -> Machine:
    """The mutant's first thing at a start."""
    for hold, _units in purse(machine.chain).held:
        machine = extended(machine, Op("release", next_id(machine), of=hold))
    return machine._replace(anchor=(Anchored(machine.epoch, machine.chain, ()),))


def _out(state: State, index: int, machine: Machine) -> State:
    return on_wire(with_machine(state, index, machine), machine.holder, machine.chain)


def _new_epoch(state: State, world: World, index: int, end: End) -> Iterator[Step]:
    """A random id drawn here; it owns nothing. The tail of the old epoch stays until it is acknowledged."""
    machine = state.machines[index]
    epoch = fresh_epoch(state, machine.node)
    taken = everything(end.chain) if end.proven and not world.rules.purse_sent_by_parent_alone else NOTHING
    op = Op("open", (machine.node, machine.lineage, epoch, 1), taken, end=end)
    tails: tuple[Anchored, ...] = ()
    if end.proven and machine.anchor is not None:
        tails = tuple(entry for entry in machine.anchor if entry.tail)
    up = machine._replace(
        own=(*machine.own, (epoch, (op,))),
        anchor=(*tails, Anchored(epoch, (), (op,))),
        status="up",
        asked=None,
        restored=False,
        foreign=False,
        noted=None,
        retiring=False,
    )
    after = on_wire(state, end.holder, end.chain) if end.proven else state
    asked = machine.asked
    if asked is not None:
        there = any(each.id == asked.id for each in end.chain)
        after = answered(after, asked, world.rules) if there else begun(after, asked, -1)
    label: Label = (
        machine.node,
        "STARTS, opens epoch",
        epoch,
        "end proven" if end.proven else "end not proven",
    )
    yield label, _out(after, index, up)
    if state.budget.crashes:
        half = machine._replace(anchor=up.anchor, foreign=False)
        yield (*label, "CRASH after anchor"), with_machine(spend(state, "crashes"), index, half)
