"""The envelope: what is hashed, and that any changed byte shows."""

from __future__ import annotations

import hashlib
import json

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import structs

from salon_desk.operations.envelope import (
    GENESIS,
    Envelope,
    Header,
    body_hash,
    faults,
    header_hash,
    pack,
    seal,
    unpack,
)

TEXT = st.text(max_size=20)
BODY = st.binary(max_size=200)
SALT = st.binary(min_size=16, max_size=16)


def header(seq: int = 1, previous: str = GENESIS, *, salt: bytes = b"s" * 16, body: bytes = b"{}") -> Header:
    return Header(
        op_id=f"op-{seq}",
        kind="drawer.opened",
        version=1,
        node="n",
        epoch="e",
        seq=seq,
        at=seq << 16,
        business_day="2026-11-20",
        actor="amy",
        command_id=f"c-{seq}",
        body_hash=body_hash(salt, body),
        prev_hash=previous,
    )


def chain(bodies: list[bytes]) -> list[Envelope]:
    sealed: list[Envelope] = []
    for seq, body in enumerate(bodies, start=1):
        previous = sealed[-1].hash if sealed else GENESIS
        sealed.append(seal(header(seq, previous, body=body), b"s" * 16, body))
    return sealed


def test_a_header_is_hashed_as_a_json_array_of_its_fields_in_their_order() -> None:
    """Whoever checks a journal with other tools needs nothing but this."""
    one = header()
    array = json.dumps([getattr(one, name) for name in one.__struct_fields__], separators=(",", ":"))
    assert header_hash(one) == hashlib.sha256(array.encode()).hexdigest()


def test_a_body_is_hashed_behind_its_salt() -> None:
    assert body_hash(b"salt", b"body") == hashlib.sha256(b"saltbody").hexdigest()


@given(SALT, BODY, st.integers(0, 215), st.integers(1, 255))
def test_any_changed_byte_of_body_or_salt_shows(salt: bytes, body: bytes, place: int, change: int) -> None:
    data = bytearray(salt + body)
    data[place % len(data)] ^= change
    sealed = seal(header(salt=salt, body=body), salt, body)
    assert faults(sealed) == []
    changed = structs.replace(sealed, salt=bytes(data[:16]), body=bytes(data[16:]))
    assert faults(changed) == ["body_hash"]


@given(st.sampled_from(Header.__struct_fields__), TEXT, st.integers())
def test_any_changed_field_of_the_header_shows(name: str, text: str, number: int) -> None:
    sealed = seal(header(), b"s" * 16, b"{}")
    value = getattr(sealed.header, name)
    other = number if isinstance(value, int) else text
    changed = structs.replace(sealed, header=structs.replace(sealed.header, **{name: other}))
    assert ("hash" in faults(changed)) == (other != value)


def test_an_erased_body_leaves_the_chain_whole() -> None:
    sealed = seal(header(), b"s" * 16, b"{}")
    assert faults(structs.replace(sealed, salt=None, body=None)) == []
    assert faults(structs.replace(sealed, body=None)) == ["salt"]
    assert faults(structs.replace(sealed, salt=None)) == ["salt"]


@given(st.lists(BODY, min_size=2, max_size=6), st.data())
def test_a_chain_without_an_entry_or_with_two_exchanged_does_not_link(
    bodies: list[bytes], data: st.DataObject
) -> None:
    whole = chain(bodies)
    assert links(whole)
    place = data.draw(st.integers(0, len(whole) - 1))
    without = whole[:place] + whole[place + 1 :]
    assert links(without) == (place == len(whole) - 1)
    other = data.draw(st.integers(0, len(whole) - 1))
    exchanged = list(whole)
    exchanged[place], exchanged[other] = exchanged[other], exchanged[place]
    assert links(exchanged) == (place == other)


@given(st.lists(BODY, min_size=2, max_size=6), BODY, st.data())
def test_a_chain_whose_past_was_rewritten_does_not_link(
    bodies: list[bytes], body: bytes, data: st.DataObject
) -> None:
    whole = chain(bodies)
    place = data.draw(st.integers(0, len(whole) - 2))
    forged = chain([*bodies[:place], body, *bodies[place + 1 :]])[place]
    assert links([*whole[:place], forged, *whole[place + 1 :]]) == (forged == whole[place])


def links(sealed: list[Envelope]) -> bool:
    """Whether each names the one before it and is whole itself."""
    previous = GENESIS
    for one in sealed:
        if one.header.prev_hash != previous or faults(one):
            return False
        previous = one.hash
    return True


@given(st.lists(BODY, min_size=1, max_size=5))
def test_an_anchor_entry_gives_back_what_was_packed(bodies: list[bytes]) -> None:
    assert unpack(pack(chain(bodies))) == chain(bodies)


@given(st.binary(max_size=60))
def test_bytes_that_are_no_entry_are_refused_or_hold_nothing(data: bytes) -> None:
    try:
        assert unpack(data) == []
    except msgspec.MsgspecError:
        return


def test_an_entry_of_another_shape_is_refused() -> None:
    with pytest.raises(msgspec.ValidationError):
        unpack(msgspec.msgpack.encode([["not", "a", "header"]]))


def test_an_entry_whose_text_is_no_text_is_refused() -> None:
    with pytest.raises(msgspec.DecodeError):
        unpack(pack(chain([b"{}"])).replace(b"drawer.opened", b"drawer\xffopened"))
