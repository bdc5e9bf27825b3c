"""Whatever bytes come: no 500, no hang, and nothing in the journal but what a device has truly sealed."""

from __future__ import annotations

import json
import zlib
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from salon_desk.head_office.openapi import ENDPOINTS, document
from salon_desk.wire import codec
from salon_desk.wire.messages import JournalAnswer, JournalPush, OwnAnswer
from tests.integration.head_office.serving import HeadOffice, said

_BOUNDED = settings(
    max_examples=150,
    deadline=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)
_POSTS = sorted(path for method, path in ENDPOINTS if method == "POST")

_ODD: list[Any] = [
    None,
    True,
    -1,
    0,
    1 << 53,
    1 << 63,
    (1 << 64) + 1,
    10**400,
    1.5,
    "",
    "x",
    "é" * 5000,
    "\0",
    "\ud800",
    "====",
    [],
    {},
    [[[[[[]]]]]],
]
_BODIES = [
    b"",
    b"null",
    b"{}",
    b"[]",
    b"[" * 200_000,
    b'{"a":' * 50_000,
    b'{"ops":' + b"[" * 100_000,
    b"1" * 100_000,
    b'{"node":"' + b"\\u0000" * 1000 + b'"}',
    b"\xff\xfe{}",
    b'{"from_seq":1e999}',
    b'{"from_seq":NaN}',
]


def _documented(method: str, path: str) -> set[int]:
    return {int(status) for status in document()["paths"][path][method.lower()]["responses"]}


@pytest.mark.parametrize("place", ["sqlite"], indirect=True)
@pytest.mark.parametrize("path", _POSTS)
def test_no_body_makes_the_server_stumble(served: HeadOffice, path: str) -> None:
    """On one database: each of these is refused before any is asked."""
    device = served.device()
    position = served.position()
    known = _documented("POST", path) - {503}

    def send(body: bytes, headers: dict[str, str]) -> None:
        assert device.post(path, body, headers=headers).status_code in known - {200}

    for body in _BODIES:
        send(body, {})
        send(zlib.compress(body), {"content-encoding": "gzip"})
        send(codec.pack(body), {"content-encoding": "gzip"})
        send(codec.pack(body)[:-9], {"content-encoding": "gzip"})

    @_BOUNDED
    @given(body=st.binary(max_size=200), packed=st.sampled_from(["", "gzip", "identity", "deflate"]))
    def random_bytes(body: bytes, packed: str) -> None:
        send(body, {"content-encoding": packed} if packed else {})

    random_bytes()
    assert served.position() == position


def test_only_what_was_truly_sealed_gets_into_the_journal(served: HeadOffice) -> None:
    """Valid pushes with bytes changed, leaves replaced, members left out: refused, or the very operation."""
    device = served.device()
    device.recorded(2)
    known = _documented("POST", "/v1/journal") - {503}

    ops = device.chain.record(2)
    whole = codec.encode(JournalPush(node=device.node, epoch=device.epoch, from_seq=3, ops=ops))

    @_BOUNDED
    @given(body=st.one_of(_leaf_replaced(whole), _bytes_changed(whole)))
    def mutated(body: bytes) -> None:
        assert device.post("/v1/journal", body).status_code in known

    mutated()
    kept = said(device.call("GET", "/v1/own"), OwnAnswer)
    assert kept.ops == device.chain.ops[: len(kept.ops)]
    assert len(kept.ops) >= 2
    assert said(device.push(ops), JournalAnswer).applied_seq == 4


@st.composite
def _leaf_replaced(draw: st.DrawFn, body: bytes) -> bytes:
    """JSON in which one value, anywhere, is another one or is gone."""
    whole = json.loads(body)
    places = list(_places(whole))
    holder, key = draw(st.sampled_from(places))
    if draw(st.booleans()):
        del holder[key]
    else:
        holder[key] = draw(st.sampled_from(_ODD))
    return json.dumps(whole).encode()


def _places(value: Any) -> Any:
    if isinstance(value, dict | list):
        for key in list(value) if isinstance(value, dict) else range(len(value)):
            yield value, key
            yield from _places(value[key])


@st.composite
def _bytes_changed(draw: st.DrawFn, body: bytes) -> bytes:
    """A few bytes changed, taken out or put in."""
    changed = bytearray(body)
    for _ in range(draw(st.integers(1, 3))):
        at = draw(st.integers(0, len(changed) - 1))
        changed[at : at + draw(st.integers(0, 2))] = draw(st.binary(max_size=2))
    return bytes(changed)
