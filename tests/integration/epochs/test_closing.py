"""Closing a till: everything goes home, the last entry stands and is acknowledged, and nothing comes behind it."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from salon_desk.bootstrap.office_data import office_at
from salon_desk.domain.money import Money
from salon_desk.domain.ticket import open_ticket
from salon_desk.head_office import enrolment, overview
from salon_desk.operations.card import HoldReleased, ValueHeld
from salon_desk.operations.move import Why
from salon_desk.operations.node import EpochClosed, EpochOpened
from salon_desk.operations.shift import ShiftOpened
from salon_desk.operations.ticket import TicketSaved
from salon_desk.services import closing
from salon_desk.services.closing import Stage
from salon_desk.services.link_status import LinkState
from salon_desk.services.moves import Holder, sending
from salon_desk.services.till import Till
from salon_desk.storage import journal
from salon_desk.storage.errors import TillClosed
from salon_desk.storage.queries import ends
from salon_desk.storage.verify import verify
from tests.integration.epochs.folders import issue, keep, own, restore, usable
from tests.integration.epochs.restored import at_office, gone_on
from tests.integration.head_office.serving import HeadOffice
from tests.integration.storage.tills import ASSET, command, moving, no_sale, open_till
from tests.integration.sync.linked import LinkedTill, opened


@pytest.fixture
def till(office: HeadOffice, folder: Path) -> Iterator[LinkedTill]:
    """A till with 100 units, in touch with head office."""
    with opened(folder) as made:
        made.join(office.url, office.code("S1", "one"))
        made.run(lambda here: issue(here.store, 100))
        assert made.synced()
        yield made


def retire(office: HeadOffice, node: str) -> bool:
    return office.context.access.run(lambda data: enrolment.retire(data, node))


def until_closed(till: LinkedTill) -> None:
    for _round in range(20):
        assert till.synced()
        if till.store.closed:
            break
    assert till.store.closed
    assert till.synced()


def test_a_till_that_is_to_be_closed_sends_everything_home_and_ends(
    office: HeadOffice, till: LinkedTill, folder: Path
) -> None:
    assert retire(office, till.store.node)
    assert not retire(office, till.store.node)
    until_closed(till)
    assert own(till.store)[-1].header.kind == EpochClosed.KIND
    assert (till.run(lambda here: usable(here.store)), at_office(office)) == (0, 100)
    with pytest.raises(TillClosed):
        till.sell()
    with office_at(office.place) as data:
        (device,) = overview.devices(data).devices
        assert overview.devices(data).stranded == []
    assert (device.retiring, device.closed) == (True, True)
    assert verify(folder).problems == ()
    assert verify(office.place).problems == ()


def test_a_closed_till_stays_closed_when_it_is_started_again(
    office: HeadOffice, till: LinkedTill, folder: Path
) -> None:
    retire(office, till.store.node)
    until_closed(till)
    till.link.stop()
    till.worker.close()
    till.store.close()
    with contextlib.closing(open_till(folder)) as store:
        assert (store.closed, store.opened_anew) == (True, None)
        with pytest.raises(TillClosed):
            no_sale(store)


def test_a_closed_till_that_hears_of_a_move_shows_no_fault(office: HeadOffice, till: LinkedTill) -> None:
    retire(office, till.store.node)
    until_closed(till)
    head, sender = till.store.head.seq, office.device("S2")
    sender.recorded(1, EpochOpened())
    sender.recorded(1, moving(40))
    sender.recorded(1, sending("late", Holder(till.store.node, till.store.epoch), [(ASSET, 40)], Why.WANT))
    assert till.synced()
    assert (till.link.status().state, till.store.head.seq) == (LinkState.ONLINE, head)


def _missing(folder: Path, _older: Path) -> None:
    (folder / "till.anchor").unlink()


def _older(folder: Path, older: Path) -> None:
    restore(older, folder, "till.anchor")


@pytest.mark.parametrize("hurt", [_missing, _older])
def test_a_closed_till_stays_closed_whatever_becomes_of_its_anchor(
    folder: Path, tmp_path: Path, hurt: Callable[[Path, Path], None]
) -> None:
    store = open_till(folder)
    store.close()
    older = keep(folder, tmp_path / "older")
    store = open_till(folder)
    journal.record(store, command(), lambda _t: EpochClosed())
    epoch = store.epoch
    store.close()
    hurt(folder, older)
    for _start in range(2):
        with contextlib.closing(open_till(folder)) as store:
            assert (store.closed, store.epoch, store.opened_anew) == (True, epoch, None)
            with pytest.raises(TillClosed):
                no_sale(store)
        assert verify(folder).problems == ()


def test_an_open_shift_is_waited_for(office: HeadOffice, till: LinkedTill) -> None:
    shift = ShiftOpened(
        shift="s",
        store="S1",
        opened_at="2026-11-20T15:00:00.000Z",
        business_day="2026-11-20",
        opening_float=Money(0, "USD"),
        denominations=(),
    )
    till.run(lambda here: journal.record(here.store, command(), lambda _t: shift))
    retire(office, till.store.node)
    assert till.synced()
    assert till.run(closing.advance) is Stage.SHIFT_OPEN
    assert till.run(lambda here: usable(here.store)) == 100


def test_held_value_is_waited_for_and_the_rest_goes_home(office: HeadOffice, till: LinkedTill) -> None:
    waits = open_ticket("t", 1, opened_at="2026-11-20T15:00:00.000Z", currency="USD")
    held = [TicketSaved(revision=1, ticket=waits), ValueHeld(hold="h", asset=ASSET, units=30, ticket="t")]
    till.run(lambda here: journal.record(here.store, command(), lambda _t: held))
    retire(office, till.store.node)
    for _round in range(20):
        assert till.synced()
        if at_office(office):
            break
    assert at_office(office) == 70
    assert till.run(closing.advance) is Stage.VALUE_HELD
    till.run(lambda here: journal.record(here.store, command(), lambda _t: HoldReleased(hold="h")))
    until_closed(till)
    assert at_office(office) == 100


def _unclaimed(till: Till) -> int:
    with till.read() as transaction:
        return len(list(ends.unclaimed(transaction, till.store.node, till.store.epoch)))


def test_an_end_that_can_still_be_claimed_is_waited_for(office: HeadOffice, kept: Path, folder: Path) -> None:
    with gone_on(kept, folder, start=False) as till:
        retire(office, till.store.node)
        assert till.run(_unclaimed) == 1
        till.link.start()
        until_closed(till)
        assert till.run(_unclaimed) == 0
    assert at_office(office) == 30


def test_a_till_that_is_not_to_be_closed_is_left_alone(till: LinkedTill) -> None:
    assert till.run(closing.advance) is Stage.OPEN
    assert till.run(lambda here: usable(here.store)) == 100


def test_a_till_cut_off_between_any_two_steps_closes_at_a_later_contact(
    office: HeadOffice, till: LinkedTill, folder: Path
) -> None:
    retire(office, till.store.node)
    till.link.stop()
    till.worker.close()
    till.store.close()
    for _start in range(12):
        with opened(folder) as again:
            again.until(lambda status: status.position >= status.target > 0 and status.contact_at != "")
            if again.store.closed and again.synced():
                break
    with contextlib.closing(open_till(folder)) as store:
        assert store.closed
        assert usable(store) == 0
    assert at_office(office) == 100
