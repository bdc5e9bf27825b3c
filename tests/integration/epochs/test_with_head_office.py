"""Restored and copied tills beside the real head office: they find out, go on with nothing of their own, and lose no operation."""

from __future__ import annotations

from pathlib import Path

import pytest

from salon_desk.bootstrap.office_data import office_at
from salon_desk.head_office import overview
from salon_desk.operations.node import EpochClosed, EpochOpened, WhyAnew
from salon_desk.services import moves, own_chain
from salon_desk.services.errors import SlipForAnother
from salon_desk.services.link_status import LinkReason
from salon_desk.storage import epochs
from salon_desk.storage.errors import OwnRecordsMissing
from salon_desk.wire.messages import Part, Slip
from tests.integration.epochs.folders import issue, opening, restore, usable
from tests.integration.epochs.restored import held, in_step, trimmed, until_usable
from tests.integration.head_office.serving import Chain, HeadOffice, refused
from tests.integration.storage.tills import journal_of, no_sale, no_sales
from tests.integration.sync.linked import LONG, opened


def test_a_restored_till_fetches_its_own_back_and_replays_its_tail(
    office: HeadOffice, kept: Path, folder: Path
) -> None:
    with trimmed(folder) as before:
        head, epoch = before.store.head, before.store.epoch
    restore(kept, folder, "till.db")
    with opened(folder, start=False) as till:
        with pytest.raises(OwnRecordsMissing):
            till.sell()
        till.link.start()
        till.until(lambda status: status.reason is not LinkReason.CATCHING_UP and status.pending_root == 0)
        assert (till.store.head, till.store.epoch) == (head, epoch)
        assert till.run(lambda here: usable(here.store)) == 30
        till.sell()
        in_step(office, till, folder)


def test_while_head_office_is_out_of_reach_nothing_is_recorded_until_a_person_decides(
    office: HeadOffice, kept: Path, folder: Path
) -> None:
    with trimmed(folder) as before:
        hashes = {one.hash for one in journal_of(folder)}
        old = before.store.epoch
    restore(kept, folder, "till.db")
    with opened(folder, start=False) as till:
        with pytest.raises(OwnRecordsMissing):
            till.sell()
        assert till.run(own_chain.go_on_without)
        assert till.run(lambda here: usable(here.store)) == 0
        till.sell()
        till.link.start()
        in_step(office, till, folder)
        until_usable(till, 30)
    assert hashes <= {one.hash for one in journal_of(folder)}
    assert held(office, till.store.node, old) == 14
    assert [path.name for path in folder.glob("till.anchor*")] == ["till.anchor"]


def test_a_till_restored_without_its_anchor_owns_nothing_and_gets_its_history_back(
    office: HeadOffice, kept: Path, folder: Path
) -> None:
    restore(kept, folder, "till.db")
    (folder / "till.anchor").unlink()
    with opened(folder) as till:
        assert till.store.opened_anew is WhyAnew.ANCHOR_MISSING
        till.sell()
        in_step(office, till, folder)
        assert till.run(lambda here: usable(here.store)) == 0
        old = till.run(lambda here: opening(here.store)).old_epoch
    assert sum(one.header.epoch == old for one in journal_of(folder)) == 12


def test_a_whole_folder_rolled_back_is_found_at_the_next_contact(
    office: HeadOffice, kept: Path, folder: Path
) -> None:
    """With its anchor, so that nothing here knows; head office does (PROTOCOL 5)."""
    restore(kept, folder)
    with opened(folder) as till:
        assert till.store.opened_anew is None
        till.until(lambda _status: till.store.opened_anew is not None)
        assert till.store.opened_anew is WhyAnew.PARENT_KNOWS_MORE
        assert till.run(lambda here: usable(here.store)) == 0
        till.sell(2)
        in_step(office, till, folder)


def test_a_whole_folder_rolled_back_that_went_on_is_found_and_its_branch_is_evidence(
    office: HeadOffice, kept: Path, folder: Path
) -> None:
    restore(kept, folder)
    with opened(folder, start=False) as till:
        till.sell(20)
        old = till.store.epoch
        till.link.start()
        till.until(lambda _status: till.store.opened_anew is not None)
        assert till.store.opened_anew is WhyAnew.FORK
        assert till.run(lambda here: usable(here.store)) == 0
        till.sell(2)
        assert till.synced()
        with office_at(office.place) as data:
            (device,) = overview.devices(data).devices
        assert device.epoch == till.store.epoch
        assert {fork.epoch for fork in device.forks} == {old}
        assert till.run(lambda here: usable(here.store)) == 0
    assert held(office, till.store.node, old) == 12


def test_what_an_epoch_left_unsent_is_sent_after_it_ended(office: HeadOffice, folder: Path) -> None:
    with opened(folder) as till:
        till.join(office.url, office.code("S1", "one"))
        assert till.synced()
    with opened(folder, start=False) as till:
        till.run(lambda here: issue(here.store, 50))
        till.sell(300)
        old = till.store.epoch
        till.run(lambda here: epochs.open_anew_now(here.store, WhyAnew.ANCHOR_MISSING))
        till.link.start()
        in_step(office, till, folder)
    assert held(office, till.store.node, old) == 302
    with office_at(office.place) as data:
        stranded = overview.devices(data).stranded
    assert [(one.epoch, one.units) for one in stranded] == [(old, 50)]


def test_head_office_moves_on_with_a_device_and_never_back(office: HeadOffice) -> None:
    device = office.device()
    device.recorded(3)
    first = (device.epoch, device.chain)
    device.epoch = "second"
    device.chain = Chain(device.node, "second")
    assert refused(device.push(device.chain.record(1)), 403).error == "not-yours"
    device.chain = Chain(device.node, "second")
    (opened_anew,) = device.recorded(1, EpochOpened(old_epoch=first[0], old_head="x", reason="fork"))
    device.recorded(2)
    assert device.page(epoch="second", acknowledged=3).epoch == "second"
    assert device.page(epoch=first[0], acknowledged=3).acknowledged == 3
    device.push([opened_anew])
    late = first[1].record(2)
    assert device.push(late, epoch=first[0]).status_code == 200
    assert device.page().epoch == "second"
    device.recorded(1, EpochClosed())
    assert refused(device.push(device.chain.record(1)), 409).error == "closed"


def test_the_first_epoch_pushed_after_the_second_does_not_bring_a_device_back(office: HeadOffice) -> None:
    device = office.device()
    old, elder = device.epoch, Chain(device.node, device.epoch)
    device.epoch, device.chain = "second", Chain(device.node, "second")
    device.recorded(1, EpochOpened(old_epoch=old, reason="anchor-missing"))
    assert device.push(elder.record(1, EpochOpened()), epoch=old).status_code == 200
    assert device.page().epoch == "second"


def test_value_on_its_way_to_an_epoch_that_ended_is_not_received(office: HeadOffice, folder: Path) -> None:
    """It is stranded and shown; taking it back needs the end of that epoch (PROTOCOL 4)."""
    with opened(folder) as till:
        till.join(office.url, office.code("S1", "one"))
        old = till.store.epoch
        till.run(lambda here: epochs.open_anew_now(here.store, WhyAnew.ANCHOR_MISSING))
        slip = Slip(
            move="m",
            from_node="office",
            from_epoch="e",
            to_node=till.store.node,
            to_epoch=old,
            parts=[Part("a", 1)],
        )
        with pytest.raises(SlipForAnother):
            till.run(lambda here: moves.receive_slip(here, slip))


def test_an_epoch_that_begins_while_others_wait_is_counted_from_its_own_first_operation(
    office: HeadOffice, folder: Path
) -> None:
    with opened(folder) as till:
        till.join(office.url, office.code("S1", "one"))
        till.run(lambda here: no_sales(here.store, 30))
        assert till.synced()
        till.run(lambda here: epochs.open_anew_now(here.store, WhyAnew.ANCHOR_MISSING))
        till.run(lambda here: no_sale(here.store))
        assert till.link.wait_until_synced(LONG)
        assert till.link.status().pending_root == 0
        till.sell(1)
        in_step(office, till, folder)
