"""A device gets its own operations back, and says what it has seen of its neighbours."""

from __future__ import annotations

import pytest

from salon_desk.wire.messages import HeadsAnswer, HeadsAsk, OwnAnswer, Seen
from tests.integration.head_office.serving import HeadOffice, refused, said


def test_a_device_gets_back_its_own_operations_and_no_others(served: HeadOffice) -> None:
    device, other = served.device(), served.device()
    ops = device.recorded(6)
    other.recorded(2)
    whole = said(device.call("GET", "/v1/own"), OwnAnswer)
    assert (whole.ops, whole.head_seq, whole.head_hash) == (ops, 6, ops[-1].hash)
    part = said(device.call("GET", "/v1/own", params={"epoch": device.epoch, "after": 2, "to": 4}), OwnAnswer)
    assert part.ops == ops[2:4]
    theirs = said(device.call("GET", "/v1/own", params={"epoch": other.epoch}), OwnAnswer)
    assert (theirs.ops, theirs.head_seq, theirs.head_hash) == ([], 0, "")


@pytest.mark.parametrize(
    "query", [{"after": "-1"}, {"after": "x"}, {"to": str(1 << 70)}, {"epoch": "e\0"}], ids=str
)
def test_a_query_that_makes_no_sense_is_refused(served: HeadOffice, query: dict[str, str]) -> None:
    device = served.device()
    assert refused(device.call("GET", "/v1/own", params=query), 422).error == "malformed"


def test_what_a_neighbour_saw_otherwise_is_named(served: HeadOffice) -> None:
    device, other = served.device(), served.device()
    first, second, _third = device.recorded(3)
    same = Seen(device.node, device.epoch, 2, second.hash)
    wrong = Seen(device.node, device.epoch, 1, second.hash)
    beyond = Seen(device.node, device.epoch, 9, "f" * 64)
    unheard = Seen("nobody", "never", 1, first.hash)
    answer = said(other.post("/v1/heads", HeadsAsk(heads=[same, wrong, beyond, unheard])), HeadsAnswer)
    assert answer.contradicted == [wrong]
    assert said(other.post("/v1/heads", HeadsAsk(heads=[])), HeadsAnswer).contradicted == []


def test_more_heads_than_a_chain_has_are_refused(served: HeadOffice) -> None:
    device = served.device()
    seen = Seen("node", "epoch", 1, "hash")
    assert refused(device.post("/v1/heads", HeadsAsk(heads=[seen] * 1001)), 413).error == "too-large"
    assert (
        refused(device.post("/v1/heads", HeadsAsk(heads=[Seen("n", "e", 0, "h")])), 422).error == "malformed"
    )
