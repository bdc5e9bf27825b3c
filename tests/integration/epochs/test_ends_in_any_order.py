"""The end of an epoch in every order of arrival: claim, closing, moves on, a move taken back, evidence behind the end."""

from __future__ import annotations

import random

from salon_desk.operations.card import ValueHeld
from salon_desk.operations.envelope import Envelope
from salon_desk.operations.move import ValueReceived, ValueSent, ValueTakenBack, Why
from salon_desk.operations.node import EpochClaimed, EpochClosedByParent, EpochOpened, EpochPurseSent
from salon_desk.operations.operation import Cause, PurseChange
from salon_desk.storage.receiving import receive
from tests.integration.head_office.serving import Chain
from tests.integration.storage.neighbours import Tables, differing, empty_store, tables_of
from tests.integration.storage.tills import ASSET, moving

ORDERS = 60


def story() -> tuple[list[Chain], Envelope]:
    """Till `t` left epoch `e1` with 100, 40 of them held; head office `h` had sent it 5 more. And an operation behind the end."""
    first, second, office = Chain("t", "e1"), Chain("t", "e2"), Chain("h", "e")
    first.record(1, EpochOpened())
    first.record(1, moving(100))
    first.record(1, ValueHeld(hold="hold", asset=ASSET, units=40, ticket=""))
    end = {"end_seq": 3, "end_hash": first.ops[-1].hash}
    (late,) = first.record(1, moving(-70, cause=Cause.REDEEM))
    second.record(1, EpochOpened(old_epoch="e1", **end))
    second.record(1, EpochClaimed(old_epoch="e1", closer="h", closer_epoch="e", **end))
    change = (PurseChange(ASSET, 100, Cause.RECEIVE),)
    second.record(1, ValueReceived(move="k", from_node="t", from_epoch="e1", purse_changes=change))
    second.record(1, moving(-90, cause=Cause.REDEEM))
    office.record(1, EpochOpened())
    office.record(1, moving(5))
    change = (PurseChange(ASSET, -5, Cause.SEND),)
    office.record(1, ValueSent(move="m", to_node="t", to_epoch="e1", why=Why.WANT, purse_changes=change))
    office.record(1, EpochClosedByParent(node="t", epoch="e1", holds=("hold",), **end))
    to = {"to_node": "t", "to_epoch": "e2"}
    parts = ((ASSET, 100),)
    office.record(1, EpochPurseSent(move="k", from_node="t", from_epoch="e1", parts=parts, **to))
    change = (PurseChange(ASSET, 5, Cause.TAKE_BACK),)
    office.record(1, ValueTakenBack(move="m", to_node="t", to_epoch="e1", purse_changes=change))
    return [first, second, office], late


def taken_in(messages: list[list[Envelope]]) -> Tables:
    """The tables of a node that got these messages."""
    store = empty_store()
    for message in messages:
        receive(store, message)
    found = tables_of(store)
    store.close()
    return found


def interleaved(chains: list[list[Envelope]], chance: random.Random) -> list[list[Envelope]]:
    """Each chain in its order, the chains in any, cut into messages anywhere."""
    left = [list(chain) for chain in chains]
    order = [chain for chain in left for _one in chain]
    chance.shuffle(order)
    messages: list[list[Envelope]] = [[]]
    for chain in order:
        if messages[-1] and chance.random() < 0.6:
            messages.append([])
        messages[-1].append(chain.pop(0))
    return messages


def test_an_end_gives_the_same_tables_whatever_arrives_first() -> None:
    chains, late = story()
    wanted = taken_in([[one for chain in chains for one in chain.ops]])
    assert [row[0] for row in wanted["set_aside"]] == [late.header.op_id]
    purses = {row[:3]: row[3:] for row in wanted["purses"]}
    assert purses == {
        (ASSET, "h", "e"): (5, 0),
        (ASSET, "t", "e1"): (0, 0),
        (ASSET, "t", "e2"): (10, 0),
    }
    assert wanted["holds"] == []
    for _order in range(ORDERS):
        seed = random.randrange(1 << 32)
        found = taken_in(interleaved([chain.ops for chain in chains], random.Random(seed)))
        assert differing(found, wanted) == {}, seed


def test_a_move_that_was_received_before_the_end_is_nobodys_to_take_back() -> None:
    first, office = Chain("t", "e1"), Chain("h", "e")
    office.record(1, EpochOpened())
    office.record(1, moving(5))
    sent = (PurseChange(ASSET, -5, Cause.SEND),)
    office.record(1, ValueSent(move="m", to_node="t", to_epoch="e1", why=Why.WANT, purse_changes=sent))
    first.record(1, EpochOpened())
    got = (PurseChange(ASSET, 5, Cause.RECEIVE),)
    first.record(1, ValueReceived(move="m", from_node="h", from_epoch="e", purse_changes=got))
    back = (PurseChange(ASSET, 5, Cause.TAKE_BACK),)
    office.record(1, ValueTakenBack(move="m", to_node="t", to_epoch="e1", purse_changes=back))
    found = taken_in([first.ops, office.ops])
    assert [row[0] for row in found["set_aside"]] == [office.ops[-1].header.op_id]
    assert {row[1]: row[3] for row in found["purses"]} == {"h": 0, "t": 5}
