"""A database put back to before the epoch that the anchor beside it is of: this machine's own note says whether it is the last one.

Where it is, the till goes on in that epoch, with its own operations back from its parent first; where it is not, nothing is proven.
"""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from salon_desk import secrets
from salon_desk.domain.money import Money
from salon_desk.operations.envelope import Envelope
from salon_desk.operations.node import WhyAnew
from salon_desk.operations.shift import CardBatchClosed, ShiftOpened
from salon_desk.services import own_chain
from salon_desk.storage import epochs, home
from salon_desk.storage.errors import OwnRecordsMissing
from salon_desk.storage.home import remember
from salon_desk.storage.opening import open_store
from salon_desk.storage.receiving import receive
from salon_desk.storage.store import Store
from salon_desk.storage.trimming import trim
from salon_desk.storage.verify import verify
from tests.integration.epochs.folders import (
    acknowledge,
    issue,
    join,
    keep,
    opening,
    restore,
    spend,
    usable,
)
from tests.integration.epochs.restored import in_step, until_usable
from tests.integration.head_office.serving import Chain, HeadOffice
from tests.integration.storage.tills import DAY, TurnedClock, journal_of, new_id, no_sale, no_sales, record
from tests.integration.sync.linked import LinkedTill, opened


@contextlib.contextmanager
def started(folder: Path) -> Iterator[Store]:
    """The till as the product opens it and ends it."""
    store = open_store(folder, TurnedClock(), new_id, at_home=True)
    yield store
    remember(store)
    store.close()


@contextlib.contextmanager
def linked(folder: Path, *, start: bool = True) -> Iterator[LinkedTill]:
    """The same beside a head office."""
    with opened(folder, start=start, at_home=True) as till:
        yield till
        till.run(lambda here: remember(here.store))


def in_a_second_epoch(folder: Path, tmp_path: Path) -> tuple[Path, list[Envelope]]:
    """A backup of the first epoch, and what the parent holds of the second, in which 100 units came and 70 went.

    The anchor was trimmed, and has two operations behind its mark; the second was the last.
    """
    with started(folder) as store:
        join(store)
        issue(store, 500)
    kept = keep(folder, tmp_path / "kept")
    (folder / "till.anchor").unlink()
    with started(folder) as store:
        assert store.opened_anew is WhyAnew.ANCHOR_MISSING
        issue(store, 100)
        no_sales(store, 3)
        held = acknowledge(store)
        assert trim(store, 1)
        spend(store, 70)
        no_sale(store)
    return kept, held


def owns_nothing(store: Store, why: WhyAnew) -> None:
    """A new epoch, which proves nothing of the one before."""
    told = opening(store)
    assert (store.opened_anew, told.reason, told.end_hash) == (why, why.value, "")
    assert usable(store) == 0
    with pytest.raises(sqlite3.IntegrityError):
        spend(store, 1)
    no_sale(store)


@pytest.mark.parametrize("page", [1, 2, 100])
def test_an_older_database_beside_the_anchor_of_a_later_epoch_goes_on_there(
    folder: Path, tmp_path: Path, page: int
) -> None:
    kept, held = in_a_second_epoch(folder, tmp_path)
    whole = {one.hash for one in journal_of(folder)}
    restore(kept, folder, "till.db")
    for start in range(0, len(held), page):
        with started(folder) as store:
            assert (store.opened_anew, store.epoch) == (None, held[0].header.epoch)
            with pytest.raises(OwnRecordsMissing):
                spend(store, 1)
            assert epochs.take_own(store, held[start : start + page]) == (start + page >= len(held))
    with started(folder) as store:
        assert (store.opened_anew, store.epoch, usable(store)) == (None, held[0].header.epoch, 30)
        spend(store, 30)
    assert {one.hash for one in journal_of(folder)} > whole
    assert verify(folder).problems == ()


def test_what_was_put_back_and_never_came_to_its_parent_waits_at_every_start(
    folder: Path, tmp_path: Path
) -> None:
    kept, _held = in_a_second_epoch(folder, tmp_path)
    restore(kept, folder, "till.db")
    for _time in range(3):
        with started(folder) as store:
            assert store.catching_up is not None
            assert store.opened_anew is None


def test_a_till_that_does_not_wait_proves_the_end_of_the_later_epoch(folder: Path, tmp_path: Path) -> None:
    kept, held = in_a_second_epoch(folder, tmp_path)
    with started(folder) as store:
        end = (store.epoch, store.head.seq, store.head.hash)
    restore(kept, folder, "till.db")
    with started(folder) as store:
        epochs.open_anew_now(store, WhyAnew.NOT_WAITED, proven=True)
        told = opening(store)
        assert (told.old_epoch, told.end_seq, told.end_hash) == end
        assert usable(store) == 0
        third = store.epoch
    with started(folder) as store:
        assert (store.opened_anew, store.epoch) == (None, third)
    assert held[0].header.epoch == end[0]


def test_a_crash_before_the_machine_noted_the_new_epoch_costs_no_other_one(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept, _held = in_a_second_epoch(folder, tmp_path)
    restore(kept, folder, "till.db")
    with monkeypatch.context() as patched:
        patched.setattr(home, "_write", lambda *_arguments: None)
        with started(folder) as store:
            epochs.open_anew_now(store, WhyAnew.NOT_WAITED, proven=True)
            third = store.epoch
    with started(folder) as store:
        assert (store.opened_anew, store.epoch) == (None, third)


def test_a_till_that_knows_of_no_parent_proves_the_end_of_the_later_epoch(
    folder: Path, tmp_path: Path
) -> None:
    with started(folder) as store:
        issue(store, 500)
    kept = keep(folder, tmp_path / "kept")
    (folder / "till.anchor").unlink()
    with started(folder) as store:
        join(store)
        no_sales(store, 3)
        acknowledge(store)
        assert trim(store, 1)
        end = (store.epoch, store.head.seq, store.head.hash)
    restore(kept, folder, "till.db")
    with started(folder) as store:
        told = opening(store)
        assert (told.old_epoch, told.end_seq, told.end_hash) == end
        assert usable(store) == 0
    with started(folder) as store:
        assert store.opened_anew is None


@pytest.mark.parametrize("another_machine", [False, True])
def test_the_same_files_elsewhere_prove_nothing(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, another_machine: bool
) -> None:
    kept, _held = in_a_second_epoch(folder, tmp_path)
    copy = keep(folder, tmp_path / "copy")
    restore(kept, copy, "till.db")
    if another_machine:
        monkeypatch.setenv(secrets.FOLDER_VARIABLE, str(tmp_path / "its keys"))
    with started(copy) as store:
        owns_nothing(store, WhyAnew.FOLDER_COPIED)


@pytest.mark.parametrize("trimmed", [False, True])
def test_an_older_anchor_of_the_epoch_that_the_machine_knows_to_have_gone_on_proves_nothing(
    folder: Path, tmp_path: Path, *, trimmed: bool
) -> None:
    with started(folder) as store:
        join(store)
    kept = keep(folder, tmp_path / "kept")
    (folder / "till.anchor").unlink()
    with started(folder) as store:
        issue(store, 100)
        acknowledge(store)
        assert not trimmed or trim(store, 1)
    older = keep(folder, tmp_path / "older")
    with started(folder) as store:
        spend(store, 100)
    restore(kept, folder, "till.db")
    restore(older, folder, "till.anchor")
    with started(folder) as store:
        owns_nothing(store, WhyAnew.ANCHOR_OLD)


@pytest.mark.parametrize("trimmed", [False, True])
def test_an_anchor_of_an_epoch_that_the_machine_knows_to_be_over_proves_nothing(
    folder: Path, tmp_path: Path, *, trimmed: bool
) -> None:
    with started(folder) as store:
        join(store)
    kept = keep(folder, tmp_path / "kept")
    (folder / "till.anchor").unlink()
    with started(folder) as store:
        issue(store, 100)
        acknowledge(store)
        assert not trimmed or trim(store, 1)
    over = keep(folder, tmp_path / "over")
    (folder / "till.anchor").unlink()
    with started(folder) as store:
        assert store.opened_anew is WhyAnew.ANCHOR_MISSING
    restore(kept, folder, "till.db")
    restore(over, folder, "till.anchor")
    with started(folder) as store:
        owns_nothing(store, WhyAnew.ANCHOR_OLD)


def test_a_folder_that_no_machine_remembers_proves_nothing(folder: Path, tmp_path: Path) -> None:
    kept, _held = in_a_second_epoch(folder, tmp_path)
    restore(kept, folder, "till.db")
    with contextlib.closing(open_store(folder, TurnedClock(), new_id)) as store:
        owns_nothing(store, WhyAnew.ANCHOR_OLD)


def test_what_is_not_its_own_ends_the_later_epoch(folder: Path, tmp_path: Path) -> None:
    kept, held = in_a_second_epoch(folder, tmp_path)
    restore(kept, folder, "till.db")
    with started(folder) as store:
        assert epochs.take_own(store, held[1:])
        owns_nothing(store, WhyAnew.UNCHAINED)


def test_operations_that_stand_on_what_the_database_lost_come_back_by_a_proven_end(
    folder: Path, tmp_path: Path
) -> None:
    """The shift was opened in the first epoch, after the backup, and counted in the second."""
    with started(folder):
        pass
    kept = keep(folder, tmp_path / "kept")
    with started(folder) as store:
        record(store, _shift_opened())
    (folder / "till.anchor").unlink()
    with started(folder) as store:
        record(store, _batch_closed())
        end = (store.epoch, store.head.seq, store.head.hash)
    restore(kept, folder, "till.db")
    with started(folder) as store:
        told = opening(store)
        assert (told.old_epoch, told.end_seq, told.end_hash) == end
        no_sale(store)
    with started(folder) as store:
        assert store.opened_anew is None


@pytest.mark.parametrize("further", [False, True])
def test_an_end_that_cannot_be_gone_on_from_is_proven_only_where_the_machine_knows_of_nothing_later(
    folder: Path, tmp_path: Path, *, further: bool
) -> None:
    """What was recorded stands on an operation of another node, which the database lost as well."""
    with started(folder) as store:
        issue(store, 100)
    kept = keep(folder, tmp_path / "kept")
    with started(folder) as store:
        receive(store, Chain("another", "first").record(1, _shift_opened()))
        record(store, _batch_closed())
        end = (store.epoch, store.head.seq, store.head.hash)
    older = keep(folder, tmp_path / "older")
    if further:
        with started(folder) as store:
            spend(store, 100)
    restore(kept, folder, "till.db")
    restore(older, folder, "till.anchor")
    with started(folder) as store:
        told = opening(store)
        assert told.old_epoch == end[0]
        assert (told.end_seq, told.end_hash) == ((0, "") if further else end[1:])
        assert usable(store) == 0


def test_an_epoch_that_the_machine_had_no_time_to_note_is_known_by_the_one_before(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept, _held = in_a_second_epoch(folder, tmp_path)
    (folder / "till.anchor").unlink()
    with monkeypatch.context() as patched:
        patched.setattr(home, "_write", lambda *_arguments: None)
        with started(folder) as store:
            assert store.opened_anew is WhyAnew.ANCHOR_MISSING
            issue(store, 7)
            third = store.epoch
    restore(kept, folder, "till.db")
    with started(folder) as store:
        assert (store.epoch, usable(store), store.restored) == (third, 7, True)
        spend(store, 7)


def test_beside_a_head_office_nothing_is_stranded_and_nothing_lost(
    office: HeadOffice, folder: Path, tmp_path: Path
) -> None:
    """Two epochs went by since the backup, and the shift of the first is closed in the third."""
    kept = _three_epochs(office, folder, tmp_path)
    hashes = {one.hash for one in journal_of(folder)}
    restore(kept, folder, "till.db")
    with linked(folder, start=False) as till:
        with pytest.raises(OwnRecordsMissing):
            till.sell()
        till.link.start()
        till.until(lambda _status: till.store.catching_up is None)
        until_usable(till, 40)
        till.sell()
        in_step(office, till, folder)
        _without_questions(till)
    assert hashes <= {one.hash for one in journal_of(folder)}


def test_beside_a_head_office_nothing_is_lost_by_whoever_does_not_wait(
    office: HeadOffice, folder: Path, tmp_path: Path
) -> None:
    kept = _three_epochs(office, folder, tmp_path, with_shift=False)
    hashes = {one.hash for one in journal_of(folder)}
    restore(kept, folder, "till.db")
    with linked(folder, start=False) as till:
        assert till.run(own_chain.go_on_without)
        till.sell()
    with linked(folder) as till:
        assert till.store.opened_anew is None
        until_usable(till, 40)
        in_step(office, till, folder)
        _without_questions(till)
    assert hashes <= {one.hash for one in journal_of(folder)}


def _three_epochs(office: HeadOffice, folder: Path, tmp_path: Path, *, with_shift: bool = True) -> Path:
    """A backup of the first of three epochs; the third has 40 units, and two operations that nobody else has."""
    with linked(folder) as till:
        till.join(office.url, office.code("S1", "one"))
        assert till.synced()
    kept = keep(folder, tmp_path / "kept")
    with linked(folder) as till:
        till.run(lambda here: record(here.store, _shift_opened()))
        assert till.synced()
    for _time in range(2):
        (folder / "till.anchor").unlink()
        with linked(folder) as till:
            assert till.store.opened_anew is WhyAnew.ANCHOR_MISSING
            till.sell(2)
            assert till.synced()
    with linked(folder) as till:
        till.run(lambda here: issue(here.store, 40))
        if with_shift:
            till.run(lambda here: record(here.store, _batch_closed()))
        assert till.synced()
        _without_questions(till)
    with linked(folder, start=False) as till:
        assert till.run(lambda here: trim(here.store, 1))
        till.sell(2)
    assert [path.name for path in folder.glob("till.anchor*")] == ["till.anchor"]
    return kept


def _without_questions(till: LinkedTill) -> None:
    """Rounds of the sync until the till asks for nothing of its own any more."""
    for _round in range(100):
        if till.run(lambda here: own_chain.next_ask(here, suspected=False)) is None:
            return
        assert till.synced()
    raise AssertionError("it still asks")


def _shift_opened() -> ShiftOpened:
    return ShiftOpened(
        shift="today",
        store="S1",
        opened_at="2026-11-20T09:00:00.000Z",
        business_day=DAY,
        opening_float=Money(0, "USD"),
        denominations=(),
    )


def _batch_closed() -> CardBatchClosed:
    return CardBatchClosed(shift="today", machine=Money(100, "USD"), expected=Money(100, "USD"))
