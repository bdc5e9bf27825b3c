"""The envelope around every operation: who recorded it, as which number, chained to the one before.

No body's meaning lives here. The header is hashed over a fixed JSON array; the body is kept as the exact bytes
that were hashed, under a random salt, so that an erased body leaves the chain whole and nothing to guess.
"""

from __future__ import annotations

import hashlib

import msgspec

GENESIS = "0" * 64
SALT_BYTES = 16


class Header(msgspec.Struct, frozen=True, array_like=True):
    """What goes everywhere (PROTOCOL 2). `seq` is gapless from 1 in (node, epoch); `at` is a hybrid clock reading."""

    op_id: str
    kind: str
    version: int
    node: str
    epoch: str
    seq: int
    at: int
    business_day: str
    actor: str
    command_id: str
    body_hash: str
    prev_hash: str


class Envelope(msgspec.Struct, frozen=True, array_like=True):
    """An operation as it is kept and sent. `salt` and `body` are None where the body was erased or withheld."""

    header: Header
    hash: str
    salt: bytes | None
    body: bytes | None


def header_hash(header: Header) -> str:
    """SHA-256 in hex over the header's fields as a JSON array, in their order."""
    return hashlib.sha256(msgspec.json.encode(header)).hexdigest()


def body_hash(salt: bytes, body: bytes) -> str:
    """SHA-256 in hex over salt and body."""
    return hashlib.sha256(salt + body).hexdigest()


def seal(header: Header, salt: bytes, body: bytes) -> Envelope:
    """The envelope of a header whose `body_hash` was made with this salt and body."""
    return Envelope(header=header, hash=header_hash(header), salt=salt, body=body)


def faults(envelope: Envelope) -> list[str]:
    """What is wrong with an envelope taken by itself: names of the hashes that do not fit. Empty when whole."""
    found = []
    if header_hash(envelope.header) != envelope.hash:
        found.append("hash")
    if envelope.body is not None and envelope.salt is not None:
        if body_hash(envelope.salt, envelope.body) != envelope.header.body_hash:
            found.append("body_hash")
    elif envelope.body is not None or envelope.salt is not None:
        found.append("salt")
    return found


_encoder = msgspec.msgpack.Encoder()
_decoder = msgspec.msgpack.Decoder(list[Envelope])


def pack(envelopes: list[Envelope]) -> bytes:
    """Envelopes as one anchor entry (MessagePack)."""
    return _encoder.encode(envelopes)


def unpack(data: bytes) -> list[Envelope]:
    """The envelopes of one anchor entry; msgspec.MsgspecError when it is none."""
    try:
        return _decoder.decode(data)
    except UnicodeDecodeError as error:
        raise msgspec.DecodeError(str(error)) from error
