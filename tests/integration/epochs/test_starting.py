"""At a start: what the anchor has is recorded again, what the parent has is waited for, and everything else is a new epoch.

In each of them the units that were spent before stay spent: what was there cannot be had a second time.
"""

from __future__ import annotations

import errno
import os
import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest
from msgspec import structs

from salon_desk.operations.envelope import Envelope, pack, seal
from salon_desk.operations.node import WhyAnew
from salon_desk.storage import anchor as anchors
from salon_desk.storage import epochs, journal, parent
from salon_desk.storage.anchor import Anchor
from salon_desk.storage.errors import (
    CannotRecord,
    FolderUnusable,
    OwnRecordsMissing,
    StoreStopped,
)
from salon_desk.storage.store import Store
from salon_desk.storage.trimming import trim
from salon_desk.storage.verify import verify
from tests.integration.epochs.folders import (
    acknowledge,
    entries,
    issue,
    join,
    keep,
    opening,
    own,
    restore,
    spend,
    usable,
)
from tests.integration.storage.tills import (
    DAY,
    Break,
    Crash,
    anchored,
    command,
    fails,
    journal_of,
    moving,
    no_sale,
    no_sales,
    open_till,
)


def two_days(folder: Path, *, linked: bool = False) -> tuple[Path, Store]:
    """A till that had 100 units at the evening of its backup, and spent 70 of them since; closed, but for its last head."""
    store = open_till(folder)
    if linked:
        join(store)
    issue(store, 100)
    no_sales(store, 3)
    store.close()
    kept = keep(folder, folder.with_name("kept"))
    store = open_till(folder)
    spend(store, 70)
    no_sales(store, 5)
    return kept, store


def owns_nothing(folder: Path, why: WhyAnew, old: Store) -> Store:
    """Open the folder: a new epoch for this reason, that owns nothing and sells at once."""
    store = open_till(folder)
    assert store.opened_anew is why
    assert (store.node, store.head.seq) == (old.node, 1)
    assert store.epoch != old.epoch
    told = opening(store)
    assert (told.old_epoch, told.reason) == (old.epoch, why.value)
    assert usable(store) == 0
    with pytest.raises(sqlite3.IntegrityError):
        spend(store, 1)
    no_sale(store)
    return store


def test_a_restored_database_beside_its_anchor_has_everything_again(folder: Path) -> None:
    kept, before = two_days(folder)
    before.close()
    restore(kept, folder, "till.db")
    store = open_till(folder)
    assert (store.epoch, store.head, store.opened_anew) == (before.epoch, before.head, None)
    assert len(store.replayed) == 6
    assert usable(store) == 30
    store.close()
    assert verify(folder).problems == ()


def test_what_was_printed_before_a_restore_is_not_printed_again(folder: Path) -> None:
    kept, before = two_days(folder)
    before.close()
    restore(kept, folder, "till.db")
    store = open_till(folder)
    jobs = store.database.driver().execute("SELECT count(*) FROM local_print_jobs").fetchone()
    assert jobs == (1 + 3,)  # the drawer, as often as before the backup
    store.close()


@pytest.mark.parametrize("page", [1, 2, 100])
def test_a_database_behind_the_mark_waits_for_its_own_and_then_replays_the_tail(
    folder: Path, page: int
) -> None:
    kept, before = two_days(folder, linked=True)
    held = acknowledge(before, 8)
    assert trim(before, 1)
    before.close()
    restore(kept, folder, "till.db")
    store = open_till(folder)
    assert (store.epoch, store.opened_anew) == (before.epoch, None)
    with pytest.raises(OwnRecordsMissing) as refusal:
        spend(store, 100)
    assert refusal.value.missing == 3
    for start in range(store.head.seq, 8, page):
        if start and start % 2:
            store.close()
            store = open_till(folder)
        assert epochs.take_own(store, held[start : start + page]) == (start + page >= 8)
    assert store.head == before.head
    assert usable(store) == 30
    no_sale(store)
    store.close()
    assert verify(folder).problems == ()
    again = open_till(folder)
    assert (again.head.seq, again.opened_anew) == (before.head.seq + 1, None)
    again.close()


def test_what_the_parent_gives_twice_or_beyond_the_mark_is_passed_over(folder: Path) -> None:
    kept, before = two_days(folder, linked=True)
    acknowledge(before, 8)
    trim(before, 1)
    everything = own(before)
    before.close()
    restore(kept, folder, "till.db")
    store = open_till(folder)
    assert epochs.take_own(store, everything)
    assert epochs.take_own(store, everything)
    assert store.head == before.head
    store.close()


def _another_body(one: Envelope) -> Envelope:
    return structs.replace(one, body=b"{}")


def _sealed_otherwise(one: Envelope) -> Envelope:
    return seal(structs.replace(one.header, actor="eve"), one.salt or b"", one.body or b"")


@pytest.mark.parametrize("change", [_another_body, _sealed_otherwise])
def test_a_parent_that_gives_something_else_back_ends_the_epoch(
    folder: Path, change: Callable[[Envelope], Envelope]
) -> None:
    kept, before = two_days(folder, linked=True)
    held = acknowledge(before)
    trim(before, 1)
    before.close()
    restore(kept, folder, "till.db")
    store = open_till(folder)
    given = [*held[5:-1], change(held[-1])]
    assert epochs.take_own(store, given)
    assert store.opened_anew is WhyAnew.UNCHAINED
    assert store.epoch != before.epoch
    assert usable(store) == 0
    store.close()


def test_a_mark_without_a_parent_to_ask_ends_the_epoch(folder: Path) -> None:
    store = open_till(folder)
    issue(store, 100)
    store.close()
    kept = keep(folder, folder.with_name("kept"))
    store = open_till(folder)
    join(store)
    spend(store, 100)
    acknowledge(store)
    trim(store, 1)
    store.close()
    restore(kept, folder, "till.db")
    owns_nothing(folder, WhyAnew.UNCHAINED, store).close()


def test_whoever_does_not_wait_for_the_parent_goes_on_with_nothing(folder: Path) -> None:
    kept, before = two_days(folder, linked=True)
    acknowledge(before, 8)
    trim(before, 1)
    before.close()
    restore(kept, folder, "till.db")
    store = open_till(folder)
    epochs.open_anew_now(store, WhyAnew.NOT_WAITED)
    assert usable(store) == 0
    no_sale(store)
    store.close()
    assert len(entries(folder, "till.anchor.old-1")) == 4
    again = open_till(folder)
    assert (again.head.seq, again.opened_anew, again.catching_up) == (2, None, None)
    again.close()


def _lost(folder: Path, _kept: Path) -> WhyAnew:
    (folder / "till.anchor").unlink()
    return WhyAnew.ANCHOR_MISSING


def _garbage(folder: Path, _kept: Path) -> WhyAnew:
    (folder / "till.anchor").write_bytes(b"garbage" * 1000)
    return WhyAnew.ANCHOR_DAMAGED


def _harmed(folder: Path, _kept: Path) -> WhyAnew:
    with open(folder / "till.anchor", "r+b") as file:
        file.seek(anchors.START + 40)
        file.write(b"X")
    return WhyAnew.ANCHOR_DAMAGED


def _empty(folder: Path, _kept: Path) -> WhyAnew:
    (folder / "till.anchor").write_bytes(b"")
    return WhyAnew.ANCHOR_DAMAGED


def _foreign(folder: Path, _kept: Path) -> WhyAnew:
    other = folder.with_name("other")
    store = open_till(other)
    no_sales(store, 30)
    store.close()
    shutil.copy(other / "till.anchor", folder / "till.anchor")
    return WhyAnew.ANCHOR_FOREIGN


def _older(folder: Path, kept: Path) -> WhyAnew:
    restore(kept, folder, "till.anchor")
    return WhyAnew.ANCHOR_OLD


def _begun(folder: Path, _kept: Path) -> WhyAnew:
    (folder / "till.anchor").unlink()
    Anchor(folder / "till.anchor", create=True).close()
    return WhyAnew.ANCHOR_OLD


HARMS = [_lost, _garbage, _harmed, _empty, _foreign, _older, _begun]


@pytest.mark.parametrize("harm", HARMS)
def test_without_its_own_whole_anchor_a_till_opens_an_epoch_that_owns_nothing(
    folder: Path, harm: Callable[[Path, Path], WhyAnew]
) -> None:
    kept, before = two_days(folder)
    before.close()
    why = harm(folder, kept)
    store = owns_nothing(folder, why, before)
    assert opening(store).old_seq == before.head.seq
    assert opening(store).old_head == before.head.hash
    epoch = store.epoch
    store.close()
    assert verify(folder).problems == ()
    again = open_till(folder)
    assert (again.epoch, again.opened_anew) == (epoch, None)
    again.close()


@pytest.mark.parametrize("harm", [_lost, _garbage, _foreign, _begun])
def test_a_restored_database_without_its_anchor_cannot_spend_again_what_was_spent(
    folder: Path, harm: Callable[[Path, Path], WhyAnew]
) -> None:
    kept, before = two_days(folder)
    before.close()
    restore(kept, folder, "till.db")
    owns_nothing(folder, harm(folder, kept), before).close()


def test_a_chain_that_parted_ends_the_epoch(folder: Path) -> None:
    """Both went on from the backup: the anchor of the one beside the database of the other."""
    kept, before = two_days(folder)
    before.close()
    parted = keep(folder, folder.with_name("parted"))
    restore(kept, folder)
    other = open_till(folder)
    spend(other, 100)
    other.close()
    restore(parted, folder, "till.anchor")
    store = owns_nothing(folder, WhyAnew.UNCHAINED, before)
    store.close()


def _damaged(sealed: Envelope) -> Envelope:
    return structs.replace(sealed, body=b"{}")


def _of_another_epoch(sealed: Envelope) -> Envelope:
    return seal(structs.replace(sealed.header, epoch="another"), sealed.salt or b"", sealed.body or b"")


def _beyond_a_gap(sealed: Envelope) -> Envelope:
    header = structs.replace(sealed.header, seq=sealed.header.seq + 1)
    return seal(header, sealed.salt or b"", sealed.body or b"")


@pytest.mark.parametrize("change", [_damaged, _of_another_epoch, _beyond_a_gap, None])
def test_a_tail_that_does_not_chain_ends_the_epoch_and_is_kept(
    folder: Path, change: Callable[[Envelope], Envelope] | None
) -> None:
    before = open_till(folder)
    issue(before, 100)
    sealed = journal._seal(before, command(), [moving()], DAY)
    before.anchor.append(pack([change(one) for one in sealed] if change else []))
    before.close()
    kept = (folder / "till.anchor").read_bytes()
    store = open_till(folder)
    assert store.opened_anew is not None
    assert usable(store) == 0
    store.close()
    assert (folder / "till.anchor.old-1").read_bytes() == kept


STEPS = {
    "keeping aside": fails("keep_aside", epochs, 0),
    "flushing the folder": fails("_flush_directory", anchors, 0),
    "laying out": fails("_lay_out", Anchor, 0),
    "the magic": fails("_write", anchors, 1),
    "the flush of the magic": fails("fsync", os, 2),
    "deciding": fails("forget_held", parent, 0),
    "writing rows": fails("write_rows", journal, 0),
    "writing the entry": fails("_write", anchors, 2),
    "flushing the entry": fails("_flush_whole", anchors, 2),
    "taking the old one's place": fails("replace", os, 0),
    "flushing that it did": fails("_flush_directory", anchors, 2),
    "after the entry": fails("_become", Anchor, 0),
    "the last word": fails("advance", Store, 0),
}


@pytest.mark.parametrize("step", STEPS.values(), ids=STEPS.keys())
def test_a_crash_while_an_epoch_is_opened_never_gives_the_old_one_back(
    folder: Path, monkeypatch: pytest.MonkeyPatch, step: Break
) -> None:
    kept, before = two_days(folder)
    before.close()
    restore(kept, folder, "till.anchor")
    with monkeypatch.context() as patched:
        step(patched, Crash())
        with pytest.raises(Crash):
            open_till(folder)
    store = open_till(folder)
    assert store.epoch != before.epoch
    assert usable(store) == 0
    no_sale(store)
    store.close()
    assert verify(folder).problems == ()
    assert [one.header.seq for one in anchored(folder)] == [1, 2]


@pytest.mark.parametrize("step", STEPS.values(), ids=STEPS.keys())
def test_a_full_disk_while_an_epoch_is_opened_is_a_refusal(
    folder: Path, monkeypatch: pytest.MonkeyPatch, step: Break
) -> None:
    kept, before = two_days(folder)
    before.close()
    restore(kept, folder, "till.anchor")
    with monkeypatch.context() as patched:
        step(patched, OSError(errno.ENOSPC, "No space left on device"))
        with pytest.raises((CannotRecord, FolderUnusable, StoreStopped)):
            open_till(folder)
    store = open_till(folder)
    assert store.epoch != before.epoch
    assert usable(store) == 0
    store.close()


def test_a_new_epoch_is_told_once_and_the_journal_keeps_the_old_one(folder: Path) -> None:
    _kept, before = two_days(folder)
    before.close()
    (folder / "till.anchor").unlink()
    open_till(folder).close()
    found = journal_of(folder)
    assert [one.header.epoch for one in found].count(before.epoch) == before.head.seq
    assert len(found) == before.head.seq + 1
