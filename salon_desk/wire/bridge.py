"""The two codes that go through a telephone while a shop's line is down: a want up, the moves that answer it down (PROTOCOL 8).

Keys are handed in; nothing is asked, sent or recorded here. A code names the till in the clear and nothing else: what is
wanted and sent is sealed between till and head office. Letters and the digits 2 to 7 alone, as every keyboard types them.
"""

from __future__ import annotations

import base64
import binascii
import re
import zlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

import msgspec

from salon_desk.wire import sealing
from salon_desk.wire.messages import Part, Slip
from salon_desk.wire.sealing import SIGNATURE_BYTES, NotSealed

if TYPE_CHECKING:
    from salon_desk.secrets import NodeKeys

PATH = "/b/"
OPENING = "SDBRIDGE"
"""How the code that goes down begins, so that a till's reader tells it from a card."""
LONGEST = 512
"""Characters of a code: what a reader that types may type in one burst."""
MOST_PARTS = 16
_VERSION = 1
_UP, _DOWN = b"want", b"moves"
_CHECK_BYTES = 4
_UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")


class CodeDamaged(Exception):
    """Not a whole code: cut off, characters lost or changed, or of a version that this program does not know."""


class CodeForeign(Exception):
    """A whole code that the other side did not sign for this one."""


@dataclass(frozen=True, slots=True)
class PhoneWant:
    """A till's want as a link carries it. `at`: the till's instant, whole seconds since 1970."""

    want_id: str
    node: str
    epoch: str
    at: int
    parts: Sequence[Part]


@dataclass(frozen=True, slots=True)
class Named:
    """A code that is whole, not yet believed: the till that it names, and what is sealed and signed in it."""

    node: str
    clear: bytes
    sealed: bytes
    signature: bytes


class _Wanted(msgspec.Struct, frozen=True, array_like=True):
    """Sealed in the link; ids packed. `heads`: assets without their last part, each with its last parts and units."""

    want: bytes
    epoch: bytes
    at: int
    heads: list[tuple[bytes, list[tuple[bytes, int]]]]


class _Sent(msgspec.Struct, frozen=True, array_like=True):
    """Sealed in the answer. `moves`: each with (which of the `heads`, last part, units)."""

    epoch: bytes
    from_epoch: bytes
    heads: list[bytes]
    moves: list[tuple[bytes, list[tuple[int, bytes, int]]]]


S = TypeVar("S", bound=msgspec.Struct)


def link(address: str, office: str, office_key: str, keys: NodeKeys, want: PhoneWant) -> str:
    """The link that asks `office` (a node, at `address`, with this key). Raises CodeDamaged for more than a code can carry."""
    heads = [
        (_packed(head), [(_packed(one.asset.rpartition("/")[2]), one.units) for one in group])
        for head, group in _by_head(want.parts)
    ]
    body = _Wanted(_packed(want.want_id), _packed(want.epoch), want.at, heads)
    code = _written(_UP, want.node, office, body, keys=keys, other=office_key)
    if len(code) > LONGEST or len(want.parts) > MOST_PARTS:
        raise CodeDamaged("too much for one code")
    return f"{address.rstrip('/')}{PATH}{code}"


def named(code: str) -> Named:
    """A code as it was read, with or without its opening, in capitals or not. Raises CodeDamaged."""
    text = code.strip().upper().removeprefix(OPENING)
    if not text or len(text) > LONGEST or not text.isascii():
        raise CodeDamaged("length")
    try:
        data = base64.b32decode(text + "=" * (-len(text) % 8))
    except (binascii.Error, ValueError) as error:
        raise CodeDamaged("letters") from error
    whole, check = data[:-_CHECK_BYTES], data[-_CHECK_BYTES:]
    if zlib.crc32(whole).to_bytes(_CHECK_BYTES, "big") != check or whole[:1] != bytes([_VERSION]):
        raise CodeDamaged("check")
    ends = 2 + whole[1] if len(whole) > 1 else 0
    if len(whole) < ends + sealing.NONCE_BYTES + SIGNATURE_BYTES or ends < 3:
        raise CodeDamaged("length")
    return Named(
        _unpacked(whole[2:ends]), whole[:ends], whole[ends:-SIGNATURE_BYTES], whole[-SIGNATURE_BYTES:]
    )


def read_want(code: Named, office: str, keys: NodeKeys, till_key: str) -> PhoneWant:
    """What a till asks, at head office `office` with its keys. Raises CodeForeign when that till did not sign it."""
    body = _read(_UP, code, office, _Wanted, keys=keys, by=till_key)
    parts = [
        Part(f"{_unpacked(head)}{_unpacked(last)}", units)
        for head, group in body.heads
        for last, units in group
    ]
    return PhoneWant(_unpacked(body.want), code.node, _unpacked(body.epoch), body.at, parts)


def answers(slips: Iterable[Slip], office: str, keys: NodeKeys, till_key: str) -> list[str]:
    """Codes that carry these slips to the one till that they are all addressed to: one, unless it becomes too long."""
    codes: list[str] = []
    group: list[Slip] = []
    for slip in slips:
        longer = _answer([*group, slip], office, keys, till_key)
        if group and len(longer) <= LONGEST and slip.from_epoch == group[0].from_epoch:
            codes.pop()
        elif group:
            group = []
            longer = _answer([slip], office, keys, till_key)
        group.append(slip)
        codes.append(longer)
    return codes


def is_answer(text: str) -> bool:
    """Whether something that was read means to be a code that goes down."""
    return text.strip().upper().startswith(OPENING)


def read_answer(code: Named, office: str, keys: NodeKeys, office_key: str) -> list[Slip]:
    """The moves that head office sends this till. Raises CodeForeign when that head office did not sign it for this till."""
    body = _read(_DOWN, code, office, _Sent, keys=keys, by=office_key)
    heads = [_unpacked(head) for head in body.heads]
    try:
        return [
            Slip(
                move=_unpacked(move),
                from_node=office,
                from_epoch=_unpacked(body.from_epoch),
                to_node=code.node,
                to_epoch=_unpacked(body.epoch),
                parts=[Part(f"{heads[at]}{_unpacked(last)}", units) for at, last, units in parts],
            )
            for move, parts in body.moves
        ]
    except IndexError as error:
        raise CodeForeign("heads") from error


def _answer(slips: Sequence[Slip], office: str, keys: NodeKeys, till_key: str) -> str:
    first = slips[0]
    heads = list(dict.fromkeys(_head(part.asset) for slip in slips for part in slip.parts))
    moves = [
        (
            _packed(slip.move),
            [
                (heads.index(_head(part.asset)), _packed(part.asset.rpartition("/")[2]), part.units)
                for part in slip.parts
            ],
        )
        for slip in slips
    ]
    body = _Sent(_packed(first.to_epoch), _packed(first.from_epoch), [_packed(head) for head in heads], moves)
    return OPENING + _written(_DOWN, first.to_node, office, body, keys=keys, other=till_key)


def _written(
    purpose: bytes, till: str, office: str, body: msgspec.Struct, *, keys: NodeKeys, other: str
) -> str:
    name = _packed(till)
    if len(name) > 255:
        raise CodeDamaged("name")
    clear = bytes([_VERSION, len(name)]) + name
    sealed = sealing.seal(
        sealing.common_key(keys.private, other), purpose + clear, msgspec.msgpack.encode(body)
    )
    signature = sealing.sign(keys.private, purpose, _signed(office, clear, sealed))
    whole = clear + sealed + signature
    check = zlib.crc32(whole).to_bytes(_CHECK_BYTES, "big")
    return base64.b32encode(whole + check).decode("ascii").rstrip("=")


def _read(purpose: bytes, code: Named, office: str, kind: type[S], *, keys: NodeKeys, by: str) -> S:
    if not sealing.is_signed(by, purpose, _signed(office, code.clear, code.sealed), code.signature):
        raise CodeForeign("signature")
    try:
        plain = sealing.unseal(sealing.common_key(keys.private, by), purpose + code.clear, code.sealed)
        return msgspec.msgpack.decode(plain, type=kind)
    except (NotSealed, msgspec.MsgspecError) as error:
        raise CodeForeign("body") from error


def _signed(office: str, clear: bytes, sealed: bytes) -> bytes:
    """What is signed says for which head office, too, which is not in the code."""
    return office.encode() + b"\0" + clear + sealed


def _by_head(parts: Sequence[Part]) -> Iterator[tuple[str, list[Part]]]:
    """Neighbours of the same card together, in the order of wishing."""
    group: list[Part] = []
    for part in parts:
        if group and _head(group[0].asset) != _head(part.asset):
            yield _head(group[0].asset), group
            group = []
        group.append(part)
    if group:
        yield _head(group[0].asset), group


def _head(asset: str) -> str:
    """An asset up to its last slash, which belongs to it."""
    return asset[: len(asset) - len(asset.rpartition("/")[2])]


def _packed(text: str) -> bytes:
    """A text in which each UUID takes a zero and 16 bytes instead of 36."""
    parts, at = bytearray(), 0
    for found in _UUID.finditer(text):
        parts += text[at : found.start()].encode() + b"\0" + bytes.fromhex(found[0].replace("-", ""))
        at = found.end()
    return bytes(parts + text[at:].encode())


def _unpacked(data: bytes) -> str:
    """The text of `_packed`. Raises CodeDamaged."""
    texts, at = [], 0
    try:
        while (zero := data.find(b"\0", at)) >= 0:
            digits = data[zero + 1 : zero + 17].hex()
            if len(digits) != 32:
                raise CodeDamaged("id")
            uuid = "-".join((digits[:8], digits[8:12], digits[12:16], digits[16:20], digits[20:]))
            texts += [data[at:zero].decode(), uuid]
            at = zero + 17
        return "".join(texts) + data[at:].decode()
    except UnicodeDecodeError as error:
        raise CodeDamaged("text") from error
