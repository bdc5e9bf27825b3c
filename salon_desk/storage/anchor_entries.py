"""What stands in an anchor: the operations of each commit, and before them the last one that the parent holds durably.

Frames and flushing are in `anchor.py`. The mark is the first entry of an anchor that was trimmed, and there is no other: an
anchor is never empty once its epoch has begun (PROTOCOL 5).
"""

from __future__ import annotations

import msgspec

from salon_desk.operations.envelope import Envelope, unpack
from salon_desk.storage.anchor import AnchorDamaged


class Mark(msgspec.Struct, frozen=True, array_like=True):
    """The last operation of an epoch that the root was known to hold when everything up to it was trimmed."""

    node: str
    epoch: str
    seq: int
    hash: str


class _Marked(msgspec.Struct, frozen=True):
    acknowledged: Mark


Entry = Mark | list[Envelope]

_encoder = msgspec.msgpack.Encoder()
_decoder = msgspec.msgpack.Decoder(_Marked)
_MAP = 0x80
"""The first byte of a MessagePack map with its size left out: operations are an array."""


def pack_mark(mark: Mark) -> bytes:
    """A mark as an anchor entry."""
    return _encoder.encode(_Marked(mark))


def read_entry(payload: bytes) -> Entry:
    """What an entry says. Raises AnchorDamaged."""
    try:
        if payload and payload[0] & 0xF0 == _MAP:
            return _decoder.decode(payload).acknowledged
        operations = unpack(payload)
    except (msgspec.MsgspecError, UnicodeDecodeError) as error:
        raise AnchorDamaged(str(error)) from error
    if not operations:
        raise AnchorDamaged("an entry without an operation")
    return operations
