"""Who has seen more of head office's own chain than there is, or another one, proves that it was restored from an old copy."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from salon_desk.bootstrap.rules import load_rules
from salon_desk.head_office import restored
from salon_desk.head_office.devices import witnessed
from salon_desk.simulation.faults import healing
from salon_desk.simulation.faults.campaign import opened, stepped
from salon_desk.simulation.faults.steps_disks import DiskSteps
from salon_desk.storage.office import Office, open_office
from salon_desk.storage.place import Place
from salon_desk.wire.messages import HeadsAsk, Seen
from tests.integration.storage.tills import TurnedClock, new_id, no_sales


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    made = open_office(Place(folder=tmp_path), TurnedClock(), new_id)
    no_sales(made, 3)
    yield made
    made.close()


def proof(office: Office, seen: Seen) -> restored.Proof | None:
    """What this witness proves."""
    witnessed(office, "till", HeadsAsk(heads=[seen]))
    with office.database.read() as transaction:
        return restored.proof(transaction, office.epoch)


def test_what_is_there_and_what_others_have_of_others_proves_nothing(office: Office) -> None:
    head = office.head
    assert proof(office, Seen(office.node, office.epoch, head.seq, head.hash)) is None
    assert proof(office, Seen("another", "first", 900, "a" * 64)) is None
    assert proof(office, Seen(office.node, "an epoch that is over", 900, "a" * 64)) is None


@pytest.mark.parametrize("beyond", [0, 5])
def test_more_or_something_else_of_this_epoch_proves_it(office: Office, beyond: int) -> None:
    found = proof(office, Seen(office.node, office.epoch, office.head.seq + beyond, "a" * 64))
    assert found is not None
    assert (found.node, found.what, found.ours) == ("till", "head", office.head.seq)


@pytest.mark.parametrize("seed", [11, 12])
def test_tills_follow_a_head_office_that_forgot_a_day_and_recorded_since(seed: int) -> None:
    with opened(seed, load_rules()) as world:
        world.begin()
        disks = DiskSteps(world)
        calm = {
            "crash-soon",
            "office-crash-soon",
            "kill",
            "disk",
            "destroy",
            "copy",
            "restore",
            "retire",
            "clock",
        }
        for work in (disks.office_backup, disks.office_restore):
            for _name in stepped(world, 60, calm):
                pass
            world.step("office", work)
        for _name in stepped(world, 60, calm):
            pass
        healing.heal(world)
