"""Forks with their evidence: the operation that stands here under a number, the other one that came for it, what both did.

It only reads what `storage/evidence.py` keeps. A fork says that a disk was copied or rolled back; what it cost is booked where
it comes to light (`recovering.py`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from salon_desk.domain.clock import instant_text
from salon_desk.operations.envelope import Envelope
from salon_desk.operations.hybrid_clock import instant_of
from salon_desk.operations.operation import Cause, Moving
from salon_desk.operations.registry import decode_known
from salon_desk.storage import evidence
from salon_desk.storage.engine import Transaction
from salon_desk.storage.queries import stores


@dataclass(frozen=True, slots=True)
class Branch:
    """One of two operations with the same number. `took`: units that it took by asset, what somebody may have got twice."""

    op_id: str
    kind: str
    hash: str
    at: str
    business_day: str
    actor: str
    took: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Contradiction:
    """A number of a chain that two operations have; `here` is nothing while this node has none."""

    node: str
    epoch: str
    seq: int
    store: str
    till: str
    noticed_at: str
    here: Branch | None
    there: Branch


def forks(transaction: Transaction) -> list[Contradiction]:
    """All that is kept, by chain and number."""
    found = []
    for kept in evidence.all_evidence(transaction):
        header = kept.envelope.header
        here = evidence.envelope_at(transaction, header.node, header.epoch, header.seq)
        found.append(
            Contradiction(
                node=header.node,
                epoch=header.epoch,
                seq=header.seq,
                store=stores.store_of_till(transaction, header.node),
                till=stores.till_name(transaction, header.node),
                noticed_at=kept.noticed_at,
                here=_branch(here) if here else None,
                there=_branch(kept.envelope),
            )
        )
    return found


def told(found: Sequence[Contradiction]) -> list[dict[str, Any]]:
    """As JSON says it."""
    return [asdict(one) for one in found]


def _branch(envelope: Envelope) -> Branch:
    header = envelope.header
    return Branch(
        op_id=header.op_id,
        kind=header.kind,
        hash=envelope.hash,
        at=instant_text(instant_of(header.at)),
        business_day=header.business_day,
        actor=header.actor,
        took=_took(envelope),
    )


def _took(envelope: Envelope) -> dict[str, int]:
    operation = decode_known(envelope.header.kind, envelope.header.version, envelope.body)
    if not isinstance(operation, Moving):
        return {}
    return {
        one.asset: -one.units
        for one in operation.purse_changes
        if one.units < 0 and one.cause in (Cause.REDEEM, Cause.SEND)
    }
