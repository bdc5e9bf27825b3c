"""Messages to bytes and back, gzip, and the limits that both sides keep.

A message beyond a limit is refused before it is read; a compressed one is never unpacked beyond it.
"""

from __future__ import annotations

import zlib
from typing import TypeVar

import msgspec

from salon_desk.operations.decoding import decoder_of

MOST_BYTES = 4 * 1024 * 1024
"""Of one message, unpacked."""
MOST_OPERATIONS = 500
"""In one push, and in one page of the feed."""
LONGEST_WAIT = 25.0
"""Seconds that a long poll is held."""
WORTH_PACKING = 1024
"""Bytes from which on a message is sent compressed."""
WORTH_A_THREAD = 64 * 1024
"""Plain bytes from which on packing takes milliseconds, so that a server does it beside its event loop."""

M = TypeVar("M")


class TooLarge(Exception):
    """A message is larger than both sides agreed on."""


class Malformed(Exception):
    """Bytes that are not the message that was expected."""


def encode(message: msgspec.Struct) -> bytes:
    """A message as JSON."""
    return _encoder.encode(message)


def decode(data: bytes, kind: type[M]) -> M:
    """A message from JSON. Raises Malformed."""
    try:
        return decoder_of(kind).decode(data)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
        raise Malformed(str(error)) from error


def pack(data: bytes) -> bytes:
    """Gzip."""
    packer = zlib.compressobj(6, zlib.DEFLATED, 31)
    return packer.compress(data) + packer.flush()


def unpack(data: bytes, most: int = MOST_BYTES) -> bytes:
    """Gunzip, never beyond `most` bytes. Raises TooLarge, Malformed."""
    unpacker = zlib.decompressobj(31)
    try:
        plain = unpacker.decompress(data, most + 1)
    except zlib.error as error:
        raise Malformed(str(error)) from error
    if len(plain) > most:
        raise TooLarge
    if not unpacker.eof:
        raise Malformed("cut off")
    return plain


_encoder = msgspec.json.Encoder()
