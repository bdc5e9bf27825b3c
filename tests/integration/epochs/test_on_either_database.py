"""What head office keeps of epochs, on SQLite and on PostgreSQL."""

from __future__ import annotations

from salon_desk.head_office import closings, overview, restored
from salon_desk.operations.card import ValueHeld
from salon_desk.operations.node import EpochClaimed, EpochClosedByParent, EpochOpened
from salon_desk.operations.operation import Cause
from salon_desk.services.moves import receive_all
from salon_desk.storage.place import Place
from salon_desk.storage.queries import closing, openings
from salon_desk.storage.receiving import receive
from salon_desk.storage.verify import verify
from tests.integration.epochs.folders import issue, usable
from tests.integration.head_office.serving import Chain
from tests.integration.storage.offices import office_at
from tests.integration.storage.tills import ASSET, moving


def test_an_epoch_is_closed_once_and_what_stands_behind_its_end_is_applied_nowhere(place: Place) -> None:
    office = office_at(place)
    try:
        first, second, behind = Chain("till", "one"), Chain("till", "two"), Chain("t", "x")
        first.record(1, EpochOpened())
        first.record(1, moving(100))
        first.record(1, ValueHeld(hold="hold", asset=ASSET, units=40, ticket=""))
        end = {"old_epoch": "one", "end_seq": 3, "end_hash": first.ops[-1].hash}
        second.record(1, EpochOpened(**end))
        second.record(1, EpochClaimed(**end, closer=office.node, closer_epoch=office.epoch))
        receive(office, [*first.ops, *second.ops])
        assert [closings.close_proven(office), closings.close_proven(office)] == [1, 0]
        receive_all(office, "2026-11-20")
        assert usable(office) == 100
        late = first.record(1, moving(-5, cause=Cause.REDEEM))
        assert receive(office, late).set_aside == 1
        assert usable(office) == 100
        behind.record(1, EpochOpened())
        behind.record(1, moving(7))
        end = {"end_seq": 1, "end_hash": behind.ops[0].hash}
        closer = Chain("other", "e")
        closer.record(1, EpochOpened())
        closer.record(1, EpochClosedByParent(node="t", epoch="x", **end))
        assert receive(office, behind.ops).set_aside == 0
        assert receive(office, closer.ops).set_aside == 2, (
            "the closing that nobody claimed, and what it would end"
        )
        assert verify(place).problems == ()
    finally:
        office.close()


def test_a_head_office_in_a_new_epoch_shows_what_the_old_one_had(place: Place) -> None:
    office = office_at(place)
    try:
        issue(office, 5)
        restored.note(office, "till", "feed", theirs=9, ours=1)
        restored.note(office, "another", "feed", theirs=8, ours=1)
        old, proof = office.epoch, overview.devices(office).restored
        assert proof is not None
        assert (proof.node, proof.theirs) == ("till", 9)
        assert restored.go_on(office)
        assert overview.devices(office).restored is None
        assert usable(office) == 0
        with office.database.read() as transaction:
            assert closing.left(transaction, office.node, old).units == 5
            assert not closing.is_retiring(transaction, office.node)
            assert openings.left(transaction, office.node) == {old}
        assert [(one.epoch, one.units) for one in overview.devices(office).stranded] == [(old, 5)]
        issue(office, 7)
        assert usable(office) == 7
    finally:
        office.close()
