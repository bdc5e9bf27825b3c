"""What head office keeps of epochs, on SQLite and on PostgreSQL."""

from __future__ import annotations

from salon_desk.head_office import overview, restored
from salon_desk.storage.place import Place
from salon_desk.storage.queries import closing, openings
from tests.integration.epochs.folders import issue, usable
from tests.integration.storage.offices import office_at


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
