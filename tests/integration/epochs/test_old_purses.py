"""The purses of an epoch that is over: claimed with proof alone, closed once by the one parent that was named, home by moves."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from salon_desk.bootstrap.office_data import office_at
from salon_desk.domain.ticket import TicketState, open_ticket
from salon_desk.head_office import closings, overview, restored
from salon_desk.operations.card import ValueHeld
from salon_desk.operations.envelope import Envelope
from salon_desk.operations.node import (
    EpochClaimed,
    EpochClosed,
    EpochClosedByParent,
    EpochOpened,
    EpochPurseSent,
)
from salon_desk.operations.operation import Cause, Operation
from salon_desk.operations.ticket import TicketSaved
from salon_desk.services import ending
from salon_desk.services.cards import release, release_gone
from salon_desk.services.till import Till
from salon_desk.storage import journal
from salon_desk.storage.place import Place
from salon_desk.storage.queries import ends, stranded
from salon_desk.storage.queries.cards import holds_of, units_here
from salon_desk.storage.verify import verify
from tests.integration.epochs.folders import issue, keep, opening, own, restore
from tests.integration.epochs.losing import Restorer, left
from tests.integration.epochs.restored import at_office, gone_on, in_step, until_usable
from tests.integration.head_office.serving import Chain, HeadOffice, refused, serving_at
from tests.integration.services.shop import CASHIER
from tests.integration.storage.tills import ASSET, command, journal_of, moving
from tests.integration.sync.linked import LinkedTill, opened


def kinds(envelopes: list[Envelope], kind: str) -> int:
    """How many operations of a kind."""
    return sum(one.header.kind == kind for one in envelopes)


def test_a_proven_end_is_claimed_and_its_purse_comes_home(
    office: HeadOffice, kept: Path, folder: Path
) -> None:
    with gone_on(kept, folder) as till:
        until_usable(till, 30)
        in_step(office, till, folder)
        (claimed,) = [one for one in own(till.store) if one.header.kind == EpochClaimed.KIND]
        assert claimed.header.epoch == till.store.epoch
        till.sell()
        for _round in range(3):
            assert till.synced()
        every = journal_of(folder)
        assert [kinds(every, one.KIND) for one in (EpochClosedByParent, EpochPurseSent)] == [1, 1]
        with office_at(office.place) as data:
            assert overview.devices(data).stranded == []


def _missing(folder: Path, _kept: Path) -> None:
    (folder / "till.anchor").unlink()


def _old(folder: Path, kept: Path) -> None:
    restore(kept, folder, "till.anchor")


def _damaged(folder: Path, _kept: Path) -> None:
    (folder / "till.anchor").write_bytes(b"no anchor at all")


@pytest.mark.parametrize("hurt", [_missing, _old, _damaged])
def test_what_proves_nothing_claims_nothing(
    office: HeadOffice, kept: Path, folder: Path, hurt: Callable[[Path, Path], None]
) -> None:
    hurt(folder, kept)
    with opened(folder) as till:
        assert till.store.opened_anew is not None
        opened_with = till.run(lambda here: opening(here.store))
        assert (opened_with.end_seq, opened_with.end_hash) == (0, "")
        assert till.synced()
        assert till.run(ending.claim) == 0
        assert left(office, till.store.node, opened_with.old_epoch) == 30


OPEN = open_ticket("ticket", 1, opened_at="2026-11-20T15:00:00.000Z", currency="USD")
PARKED = replace(OPEN, state=TicketState.PARKED)


def _held_in_the_old_epoch(office: HeadOffice, folder: Path, kept: Path, *held: Operation) -> None:
    """A till with 100 units whose backup is older than these operations."""
    with opened(folder) as till:
        till.join(office.url, office.code("S1", "one"))
        till.run(lambda here: issue(here.store, 100))
        assert till.synced()
    keep(folder, kept)
    with opened(folder) as till:
        till.run(lambda here: journal.record(here.store, command(), lambda _t: held))
        assert till.synced()


def test_value_held_in_the_old_epoch_comes_home_free_when_nobody_pays_for_its_ticket(
    office: HeadOffice, folder: Path, tmp_path: Path
) -> None:
    kept = tmp_path / "backup"
    held = ValueHeld(hold="h", asset=ASSET, units=60, ticket="ticket")
    _held_in_the_old_epoch(office, folder, kept, held, TicketSaved(revision=1, ticket=PARKED))
    with gone_on(kept, folder) as till:
        until_usable(till, 100)
        in_step(office, till, folder)


def test_value_held_for_an_open_ticket_goes_on_being_held_for_it(
    office: HeadOffice, folder: Path, tmp_path: Path
) -> None:
    """The card machine may have charged the rest while the data was put back: nobody else spends it meanwhile."""
    kept = tmp_path / "backup"
    held = [ValueHeld(hold=f"h{units}", asset=ASSET, units=units, ticket="ticket") for units in (40, 20)]
    _held_in_the_old_epoch(office, folder, kept, TicketSaved(revision=1, ticket=OPEN), *held)
    with gone_on(kept, folder) as till:
        until_usable(till, 40)
        assert till.run(_held_for_the_open_ticket) == [20, 40]
        assert till.run(release_gone) == 0
        in_step(office, till, folder)
        till.run(lambda here: release(here, "free", CASHIER, "ticket"))
        until_usable(till, 100)
        in_step(office, till, folder)


def _held_for_the_open_ticket(till: Till) -> list[int]:
    with till.read() as transaction:
        return sorted(one.units for one in holds_of(transaction, "ticket"))


def _proven(till: LinkedTill) -> list[tuple[str, int, str]]:
    def read(here: Till) -> list[tuple[str, int, str]]:
        with here.read() as transaction:
            return list(ends.proven_past(transaction, here.store.node, here.store.epoch))

    return till.run(read)


def test_nothing_is_claimed_before_the_whole_old_chain_is_here(
    office: HeadOffice, kept: Path, folder: Path
) -> None:
    with gone_on(kept, folder, start=False) as till:
        assert _proven(till) == []
        till.link.start()
        until_usable(till, 30)
        ((old, seq, _hash),) = _proven(till)
        assert (seq, left(office, till.store.node, old)) == (14, 0)


def test_a_closing_is_once_however_often_anything_comes(office: HeadOffice) -> None:
    lost = Restorer(office)
    lost.second()
    lost.claim()
    assert lost.left() == 0
    for _time in range(3):
        lost.device.push(lost.device.chain.ops)
        office.context.access.run(closings.catch_up)
    (sent,) = lost.sent_on()
    assert (sent.to_node, sent.to_epoch, sent.parts) == (lost.node, "second", ((ASSET, 100),))


def test_a_claim_of_another_closer_closes_nothing_here(office: HeadOffice) -> None:
    lost = Restorer(office)
    lost.second()
    lost.claim(closer=("another", "e"))
    office.context.access.run(closings.catch_up)
    assert (lost.left(), lost.sent_on()) == (100, [])


def test_a_claim_of_this_node_in_another_epoch_closes_nothing_here(office: HeadOffice) -> None:
    lost = Restorer(office)
    lost.second()
    lost.claim(closer=(office.context.identity.node, "before"))
    assert (lost.left(), lost.sent_on()) == (100, [])


def test_where_the_claimed_end_is_not_here_it_is_closed_when_it_comes(office: HeadOffice) -> None:
    lost = Restorer(office)
    late = lost.old.record(1, moving(-30, cause=Cause.REDEEM))
    lost.second()
    lost.claim()
    assert (lost.left(), lost.sent_on()) == (100, [])
    assert lost.device.push(late, epoch=lost.old.epoch).status_code == 200
    assert [one.parts for one in lost.sent_on()] == [((ASSET, 70),)]


def test_a_chain_that_went_on_behind_the_claimed_end_is_not_closed(office: HeadOffice) -> None:
    lost = Restorer(office)
    end = lost.old.ops[-1]
    lost.device.recorded(1, moving(-30, cause=Cause.REDEEM))
    lost.second()
    lost.claim(end)
    assert (lost.left(), lost.sent_on()) == (70, [])
    with office_at(office.place) as data, data.database.read() as transaction:
        assert not ends.may_be_closed(transaction, lost.node, lost.old.epoch)


def test_what_comes_behind_the_end_of_a_closed_epoch_is_refused_and_kept_as_evidence(
    office: HeadOffice,
) -> None:
    lost = Restorer(office)
    lost.second()
    lost.claim()
    late = lost.old.record(1, moving(-30, cause=Cause.REDEEM))
    assert refused(lost.device.push(late, epoch=lost.old.epoch), 409).error == "closed"
    with office_at(office.place) as data:
        (device,) = overview.devices(data).devices
    assert [(fork.epoch, fork.hash) for fork in device.forks] == [(lost.old.epoch, late[0].hash)]
    assert verify(office.place).problems == ()


def test_the_purse_goes_to_the_parent_itself_when_its_till_has_gone_on(office: HeadOffice) -> None:
    lost = Restorer(office)
    lost.second()
    claim = lost.device.chain
    lost.device.epoch, lost.device.chain = "third", Chain(lost.node, "third")
    lost.device.recorded(1, EpochOpened(old_epoch="second", reason="anchor-missing"))
    lost.device.epoch, lost.device.chain = "second", claim
    lost.claim()
    (sent,) = lost.sent_on()
    assert sent.to_node == office.context.identity.node
    assert (lost.left(), at_office(office)) == (0, 100)


def test_what_a_closed_till_has_left_goes_to_the_parent_that_it_named(office: HeadOffice) -> None:
    lost = Restorer(office)
    identity = office.context.identity
    lost.device.recorded(1, EpochClosed(closer=identity.node, closer_epoch=identity.epoch))
    assert (lost.left(), at_office(office)) == (0, 100)
    assert verify(office.place).problems == ()


def test_a_head_office_that_is_proven_old_closes_nothing(office: HeadOffice) -> None:
    lost = Restorer(office)
    office.context.access.run(lambda data: restored.note(data, lost.node, "feed", theirs=9, ours=1))
    lost.second()
    lost.claim()
    assert (lost.left(), lost.sent_on()) == (100, [])


def test_a_head_office_in_a_new_epoch_does_not_close_what_its_old_one_may_have_closed(tmp_path: Path) -> None:
    place = Place(folder=tmp_path / "head-office")
    with serving_at(place) as served:
        lost = Restorer(served)
        served.context.access.run(lambda data: restored.note(data, lost.node, "feed", theirs=9, ours=1))
        lost.second()
        lost.claim()
        node = lost.node
    with office_at(place) as data:
        assert restored.go_on(data)
    with serving_at(place) as served:
        assert left(served, node, lost.old.epoch) == 100
        lost.office = served
        assert lost.sent_on() == []
        with office_at(place) as data, data.database.read() as transaction:
            assert not ends.may_be_closed(transaction, node, lost.old.epoch)
            found = stranded.stranded(transaction, data.node, data.epoch)
        assert [one.proven for one in found if one.node == node] == [False], "so that it can be covered"
    assert verify(place).problems == ()


def test_a_claim_names_the_epoch_that_the_parent_is_in(kept: Path, folder: Path, office: HeadOffice) -> None:
    with gone_on(kept, folder) as till:
        until_usable(till, 30)
    (claimed,) = [one for one in journal_of(folder) if one.header.kind == EpochClaimed.KIND]
    operation = journal.decode(claimed.header.kind, claimed.header.version, claimed.body or b"")
    identity = office.context.identity
    assert isinstance(operation, EpochClaimed)
    assert (operation.closer, operation.closer_epoch) == (identity.node, identity.epoch)


def test_units_are_the_same_in_all_books_when_everything_is_home(
    office: HeadOffice, kept: Path, folder: Path
) -> None:
    with gone_on(kept, folder) as till:
        until_usable(till, 30)
        in_step(office, till, folder)
        with till.till.store.database.read() as transaction:
            node = till.store.node
            every = [
                units_here(transaction, ASSET, node, epoch)
                for epoch in {one.header.epoch for one in journal_of(folder) if one.header.node == node}
            ]
    assert sorted(every) == [0, 30]
