"""What happens to disks and to the shop: backup, restore, copy, loss, another hub.

`graves` keeps what a destroyed disk held: the measure of what may be out of reach for ever. A whole image put back
together with its anchor is `images`; no scope of the safe protocol has it, for nobody could notice it. `old_folders` is the same
where the machine's own note beside its keys was left alone: how far the folder had come when it was last closed.
"""

from __future__ import annotations

from collections.abc import Iterator

from tests.model.recording import Step, World
from tests.model.state import (
    HUB,
    ROOT,
    Anchored,
    Grave,
    Machine,
    State,
    spend,
    with_machine,
)


def backups(state: State, world: World, index: int) -> Iterator[Step]:
    """A backup is the database as it is, never the anchor."""
    machine = state.machines[index]
    if state.budget.backups and machine.status == "up" and machine.backup != (machine.own, machine.known):
        taken = machine._replace(backup=(machine.own, machine.known))
        yield (machine.node, "is backed up"), with_machine(spend(state, "backups"), index, taken)


def restores(state: State, world: World, index: int) -> Iterator[Step]:
    """An older database is put back, with the anchor that was left alone or without one."""
    machine = state.machines[index]
    budget = state.budget
    if machine.status not in ("up", "down") or machine.foreign or machine.restored:
        return
    if budget.restores and machine.node != ROOT:
        spent = spend(state, "restores")
        kept_known = world.rules.parent_anchors_what_it_acknowledges
        if machine.backup != (machine.own, machine.backup[1] if kept_known else machine.known):
            old = _old(machine)
            if kept_known:
                old = old._replace(known=machine.known)
            yield (machine.node, "RESTORED, anchor left alone"), with_machine(spent, index, old)
            kept = lost(spent, index)
            yield (
                (machine.node, "ANCHOR LOST, database kept"),
                with_machine(kept, index, _kept(kept, machine, index)),
            )
        yield (machine.node, "RESTORED, anchor lost"), lost(spent, index)
    if budget.root_losses and machine.node == ROOT:
        yield (ROOT, "RESTORED from an old copy, anchor lost"), lost(spend(state, "root_losses"), index)
    if budget.old_folders and machine.node != ROOT and machine.own:
        noted = (machine.epoch, len(machine.chain))
        put = lost(spend(state, "old_folders"), index)
        back = put.machines[index]._replace(anchor=_at_backup(machine), noted=noted)
        yield (machine.node, "OLD FOLDER put back, anchor and all"), with_machine(put, index, back)
    if budget.images and machine.node != ROOT:
        spent = spend(state, "images")
        back = _old(machine)._replace(restored=False, anchor=_at_backup(machine))
        yield (machine.node, "WHOLE IMAGE put back"), with_machine(spent, index, back)


def _old(machine: Machine) -> Machine:
    own, known = machine.backup
    return machine._replace(
        own=own,
        known=known,
        status="down",
        restored=True,
        lineage=machine.lineage + 1,
        weak=0,
        loose=0,
    )


def _kept(state: State, machine: Machine, index: int) -> Machine:
    return state.machines[index]._replace(own=machine.own, known=machine.known)


def _at_backup(machine: Machine) -> tuple[Anchored, ...]:
    epoch, chain = machine.backup[0][-1]
    return (Anchored(epoch, chain, ()),)


def lost(state: State, index: int) -> State:
    """The disk is destroyed, anchor and all; an older database is put into a new one."""
    machine = state.machines[index]
    asked = machine.asked
    holder, chain = machine.holder, machine.chain
    if machine.anchor and (base := machine.anchor[-1].base) is not None:
        last = machine.anchor[-1]
        if last.epoch > machine.epoch or len(base + last.tail) > len(chain):
            holder, chain = (machine.node, last.epoch), base + last.tail
    there = asked is not None and any(op.id == asked.id for op in chain)
    graves = state.graves | {Grave(holder, chain, 1 if there else 0, machine.node in (ROOT, HUB, state.hub))}
    old = _old(machine)._replace(anchor=None)
    return with_machine(state._replace(graves=graves), index, old)


def copies(state: State, world: World, index: int) -> Iterator[Step]:
    """Somebody copies a till's folder, anchor and all, to a second computer and starts it there."""
    machine = state.machines[index]
    if state.budget.copies and machine.status == "up" and machine.node != ROOT:
        copy = machine._replace(status="down", foreign=True, lineage=machine.lineage + 10, asked=None)
        spent = spend(state, "copies")
        yield (machine.node, "FOLDER COPIED"), spent._replace(machines=(*spent.machines, copy))


def hubs(state: State, world: World) -> Iterator[Step]:
    """The hub is lost for ever, or is merely replaced while it lives; its tills get head office or another till."""
    index = next((i for i, each in enumerate(state.machines) if each.node == state.hub), None)
    if index is None or state.hub == ROOT:
        return
    machine = state.machines[index]
    if state.budget.hub_losses and machine.status != "gone":
        dead = lost(spend(state, "hub_losses"), index)
        gone = dead.machines[index]._replace(status="gone", known=(), asked=None)
        yield (machine.node, "HUB DESTROYED"), with_machine(dead, index, gone)
    if state.budget.rehubs:
        spent = spend(state, "rehubs")
        others = [each.node for each in state.machines if each.node not in (state.hub, ROOT)]
        yield ("another hub:", others[0]), spent._replace(hub=others[0])
        yield ("no hub any more",), spent._replace(hub=ROOT)
