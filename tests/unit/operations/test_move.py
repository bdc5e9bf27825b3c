"""The two halves of a move: same units, opposite signs, and every reason why units travel."""

from __future__ import annotations

import msgspec
import pytest

from salon_desk.operations.move import ValueReceived, ValueSent, Why
from salon_desk.operations.operation import Cause, PurseChange
from salon_desk.operations.registry import decode, encode

BONUS, PAID = "card/c/USD/bonus", "card/c/USD/paid"


@pytest.mark.parametrize("why", Why)
def test_what_left_comes_back_as_it_was_recorded(why: Why) -> None:
    sent = ValueSent(
        move="m",
        to_node="till",
        to_epoch="epoch",
        why=why,
        want="w",
        recall="r",
        purse_changes=(PurseChange(BONUS, -500, Cause.SEND), PurseChange(PAID, -3000, Cause.SEND)),
    )
    assert decode(sent.KIND, sent.VERSION, encode(sent)) == sent


def test_what_arrived_names_the_holder_that_it_came_from() -> None:
    received = ValueReceived(
        move="m",
        from_node="office",
        from_epoch="epoch",
        purse_changes=(PurseChange(PAID, 3000, Cause.RECEIVE),),
    )
    assert decode(received.KIND, received.VERSION, encode(received)) == received
    assert (received.KIND, ValueSent.KIND) == ("purse.received", "purse.sent")


@pytest.mark.parametrize("wrong", [b'{"why": "gift"}', b'{"to_epoch": ""}', b'{"move": 5}'])
def test_a_move_without_an_address_or_with_an_unknown_reason_is_refused(wrong: bytes) -> None:
    sent = ValueSent(move="m", to_node="till", to_epoch="epoch", why=Why.WANT)
    body = msgspec.json.decode(encode(sent)) | msgspec.json.decode(wrong)
    if not body["to_epoch"]:
        del body["to_epoch"]
    with pytest.raises(msgspec.MsgspecError):
        decode(ValueSent.KIND, ValueSent.VERSION, msgspec.json.encode(body))
