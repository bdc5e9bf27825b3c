"""Ends of epochs: what a till asks of its parent, and what a parent closes, once, on proof; retiring and replacing.

`one_closer` is ours: a new epoch names, once and in its own chain, the one parent's epoch that may close the old
one, and the right to name passes on with the proof. Without it two parents (head office before and after a restore, a hub and its successor) close it twice.
"""

from __future__ import annotations

from collections.abc import Iterator

from tests.model.recording import Step, World, record
from tests.model.state import (
    NOTHING,
    ROOT,
    Chain,
    End,
    Holder,
    Machine,
    Op,
    OpId,
    State,
    answered_ids,
    ends_past,
    everything,
    known_chain,
    next_id,
    purse,
    spend,
    with_machine,
)
from tests.model.steps_sync import parent_of


def claims(state: State, world: World, index: int) -> Iterator[Step]:
    """A machine that can prove the end of an earlier epoch says who is to close it; what is said, is said for good."""
    machine = state.machines[index]
    if machine.status != "up" or machine.node == ROOT or not world.rules.one_closer:
        return
    parent = next(each for each in state.machines if each.node == parent_of(state, machine.node))
    if parent.status != "up":
        return
    for end in unclaimed(machine.chain, proven_alone=world.rules.claim_needs_proof):
        yield from record(state, world, index, Op("claim", next_id(machine), to=parent.holder, end=end))


def unclaimed(chain: Chain, *, proven_alone: bool = True) -> list[End]:
    """The ends that this chain can prove, and of which neither it nor one between has said who is to close them."""
    past = ends_past(chain, proven_alone=proven_alone)
    chains = (chain, *(end.chain for end in past))
    said = [op.end for each in chains for op in each if op.kind == "claim"]
    return [end for end in past if end not in said and not _closed_itself(end)]


def closings(state: State, world: World, index: int) -> Iterator[Step]:
    """A parent that holds an epoch exactly up to its proven end sends its purse on, once: to the epoch that claimed it.

    To itself if the till has left that one too, or has closed itself.
    """
    machine = state.machines[index]
    if machine.status != "up":
        return
    closed = [op.end.holder for op in machine.chain if op.kind == "closing" and op.end is not None]
    for holder, chain in machine.known:
        for end in _to_be_closed(state, world, machine, (holder, chain)):
            again = 2 if not world.rules.closed_once else 1
            here = known_chain(machine, end.holder)
            exact = here == end.chain or (bool(here) and not world.rules.closed_at_claimed_end)
            if exact and closed.count(end.holder) < again:
                left = chain[-1].kind == "close" or any(
                    each[0] == holder[0] and each > holder for each, _ in machine.known
                )
                to = machine.holder if left else holder
                yield from record(
                    state, world, index, Op("closing", next_id(machine), everything(here), to=to, end=end)
                )


def _to_be_closed(state: State, world: World, machine: Machine, known: tuple[Holder, Chain]) -> list[End]:
    """The ends that a child's journal names, as far as this machine may act on them."""
    holder, chain = known
    first = chain[0] if chain else None
    itself = End(holder, chain, True)
    left = (
        chain[-1].to == machine.holder and everything(chain) != NOTHING if _closed_itself(itself) else False
    )
    found = [itself] if left else []
    if world.rules.one_closer and world.rules.end_proven_by_anchor:
        anybody = not world.rules.closer_as_claimed
        claims = [op for op in chain if op.kind == "claim" and (anybody or op.to == machine.holder)]
        return found + [op.end for op in claims if op.end is not None]
    if first is None or first.kind != "open" or first.end is None or _closed_itself(first.end):
        return found
    proven = first.end.proven or not world.rules.end_proven_by_anchor
    return [*found, first.end] if proven and parent_of(state, holder[0]) == machine.node else found


def _closed_itself(end: End) -> bool:
    return bool(end.chain) and end.chain[-1].kind == "close"


def retiring(state: State, world: World, index: int) -> Iterator[Step]:
    """A till is marked, sends everything home, and closes its own chain as the last thing it does in it."""
    machine = state.machines[index]
    if machine.node == ROOT:
        return
    if machine.status == "up" and state.budget.retires and not machine.retiring:
        marked = with_machine(spend(state, "retires"), index, machine._replace(retiring=True))
        yield (machine.node, "is marked as retiring"), marked
    if machine.status == "up" and machine.retiring:
        parent = next(each for each in state.machines if each.node == parent_of(state, machine.node))
        left = purse(machine.chain)
        empty = left.free == NOTHING and not left.held
        waits = world.rules.claims_before_closing and unclaimed(machine.chain)
        if (empty or world.push) and not waits:
            last = Op("close", next_id(machine), to=parent.holder)
            for label, after in record(state, world, index, last):
                closed = after.machines[index]
                if closed.status == "up":
                    after = with_machine(after, index, closed._replace(status="closed"))
                yield label, after
    if machine.status == "closed" and state.budget.replaces:
        replaced = machine._replace(status="down", lineage=machine.lineage + 1)
        yield (machine.node, "is replaced"), with_machine(spend(state, "replaces"), index, replaced)


def reclaims_on_retire(state: State, world: World, index: int) -> Iterator[Step]:
    """The mutant's head office takes a marked till's purse as it knows it, and waits for nothing."""
    machine = state.machines[index]
    if world.rules.no_reclaim_on_retire or machine.node != ROOT or machine.status != "up":
        return
    for till in state.machines:
        silent: OpId = (till.node, 0, till.epoch, 0)
        units = everything(known_chain(machine, till.holder))
        done = answered_ids(machine.chain, ("reclaim",))
        if till.retiring and silent not in done and units[0] + units[1] > 0:
            yield from record(state, world, index, Op("reclaim", next_id(machine), units, of=silent))
