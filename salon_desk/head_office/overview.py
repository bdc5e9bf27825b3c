"""How the devices of a head office stand: who they are, when they were last heard of, what contradicts their chains.

It only reads. What the owner does about it is in `enrolment.py`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from salon_desk.head_office import restored
from salon_desk.head_office.authentication import fingerprint
from salon_desk.head_office.restored import Proof
from salon_desk.operations.node import EpochClosed
from salon_desk.storage import children, evidence, routes
from salon_desk.storage.evidence import Fork
from salon_desk.storage.office import Office
from salon_desk.storage.queries import closing, holders, openings, stores
from salon_desk.storage.queries.feed import chain_end, last_position
from salon_desk.storage.queries.openings import Stranded


@dataclass(frozen=True, slots=True)
class DeviceState:
    """A device. `behind`: operations of the feed that it had not taken in when it was last seen; `held`: its chain here."""

    node: str
    epoch: str
    store: str
    till: str
    fingerprint: str
    confirmed: bool
    enrolled_at: str
    seen_at: str
    behind: int
    held: int
    program: str
    forks: tuple[Fork, ...]
    retiring: bool = False
    locked_out: bool = False
    closed: bool = False
    hub: bool = False
    via: tuple[str, ...] = ()
    """The hubs that may speak for it."""


@dataclass(frozen=True, slots=True)
class Devices:
    """All devices of a head office, the last position of its journal, and what lies in epochs that devices have left."""

    position: int
    devices: Sequence[DeviceState]
    stranded: Sequence[Stranded] = ()
    restored: Proof | None = None
    """What proves that this head office was restored from an old copy: then it sends no value any more."""

    suspected: Proof | None = None
    """What a device says that it cannot prove: an old copy, or a bug of that device."""

    def told(self) -> dict[str, Any]:
        """As JSON says it."""
        return asdict(self)


def devices(office: Office) -> Devices:
    """Every device, by store and name, in one snapshot. The thread that writes, or a command's own."""
    with office.database.read() as transaction:
        last = last_position(transaction)
        forks = evidence.all_forks(transaction)
        there = children.all_children(transaction)
        lost = openings.stranded(transaction, office.node, office.epoch)
        retiring = {one.node for one in there if closing.is_retiring(transaction, one.node)}
        locked_out = {one.node for one in there if stores.is_locked_out(transaction, one.node)}
        held = {one.node: chain_end(transaction, one.node, one.epoch)[0] for one in there}
        closed = {
            one.node
            for one in there
            if openings.kind_at(transaction, one.node, one.epoch, held[one.node]) == EpochClosed.KIND
        }
        proof = restored.proof(transaction, office.epoch)
        suspected = restored.suspicion(transaction, office.epoch)
        hubs, via = holders.hubs(transaction), routes.by_node(transaction)
    return Devices(
        position=last,
        devices=[
            DeviceState(
                node=one.node,
                epoch=one.epoch,
                store=one.store,
                till=one.name,
                fingerprint=fingerprint(one.public_key),
                confirmed=one.confirmed,
                enrolled_at=one.enrolled_at,
                seen_at=one.seen_at,
                behind=max(0, last - one.cursor),
                held=held[one.node],
                program=one.program,
                forks=tuple(fork for fork in forks if fork.node == one.node),
                retiring=one.node in retiring,
                locked_out=one.node in locked_out,
                closed=one.node in closed,
                hub=one.node in hubs,
                via=tuple(via.get(one.node, ())),
            )
            for one in there
        ],
        stranded=lost,
        restored=proof,
        suspected=None if proof else suspected,
    )


def by_fingerprint(office: Office, typed: str) -> DeviceState | None:
    """The device with this fingerprint, however it was typed; None for none, and for more than one."""
    wanted = _plain(typed)
    found = [one for one in devices(office).devices if _plain(one.fingerprint) == wanted]
    return found[0] if len(found) == 1 else None


def _plain(text: str) -> str:
    return re.sub(r"[\s-]", "", text).lower()
