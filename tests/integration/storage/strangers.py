"""The chain of a node that exists nowhere, made by hand: bodies that no service would make, sealed as they are."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from salon_desk.operations import envelope as envelopes
from salon_desk.operations.envelope import GENESIS, SALT_BYTES, Envelope, Header
from salon_desk.operations.node import EpochOpened
from salon_desk.operations.operation import Operation
from salon_desk.operations.registry import encode

SALT = b"s" * SALT_BYTES
AT = 117_649_362_125_389_824
Body = Operation | tuple[str, object]
"""An operation, or a kind and what its body says (bytes as they are)."""


def chain(bodies: Iterable[Body], node: str = "stranger", epoch: str = "e1") -> list[Envelope]:
    """The opening of the chain and then these, in their order."""
    found: list[Envelope] = []
    for seq, body in enumerate([EpochOpened(), *bodies], start=1):
        kind, data = (body.KIND, encode(body)) if isinstance(body, Operation) else (body[0], _raw(body[1]))
        header = Header(
            op_id=f"{node}-{epoch}-{seq:04d}",
            kind=kind,
            version=1,
            node=node,
            epoch=epoch,
            seq=seq,
            at=AT + seq,
            business_day="2026-11-20",
            actor="amy",
            command_id=f"{node}/{epoch}/{seq}",
            body_hash=envelopes.body_hash(SALT, data),
            prev_hash=found[-1].hash if found else GENESIS,
        )
        found.append(envelopes.seal(header, SALT, data))
    return found


def _raw(said: object) -> bytes:
    return said if isinstance(said, bytes) else msgspec.json.encode(said)
