"""Trimming: only what the root holds goes, never the last trace of it, and no power cut in the middle costs anything."""

from __future__ import annotations

import errno
import os
import shutil
from pathlib import Path

import pytest

from salon_desk.storage import anchor as anchors
from salon_desk.storage import journal, parent
from salon_desk.storage.anchor import Anchor
from salon_desk.storage.anchor_entries import Mark
from salon_desk.storage.errors import StoreStopped
from salon_desk.storage.store import Store
from salon_desk.storage.trimming import rest, trim
from salon_desk.storage.verify import verify
from tests.integration.epochs.folders import acknowledge, entries, join
from tests.integration.storage.tills import Break, Crash, command, fails, moving, no_sale, no_sales, open_till


@pytest.fixture
def traded(folder: Path) -> Store:
    """A till with a parent and ten operations."""
    store = open_till(folder)
    join(store)
    no_sales(store, 9)
    return store


def shape(folder: Path) -> list[object]:
    """The mark's number as it is, entries as the list of their numbers."""
    return [
        one.seq if isinstance(one, Mark) else [each.header.seq for each in one] for one in entries(folder)
    ]


def test_what_the_root_holds_goes_and_the_rest_stays(traded: Store, folder: Path) -> None:
    held = acknowledge(traded, 7)
    assert trim(traded, 1)
    assert shape(folder) == [7, [8], [9], [10]]
    assert entries(folder)[0] == Mark(traded.node, traded.epoch, 7, held[-1].hash)
    traded.close()
    assert verify(folder).problems == ()


def test_it_is_never_empty(traded: Store, folder: Path) -> None:
    acknowledge(traded)
    assert trim(traded, 1)
    assert shape(folder) == [10]
    no_sale(traded)
    assert shape(folder) == [10, [11]]
    traded.close()
    again = open_till(folder)
    assert (again.head.seq, again.opened_anew, again.replayed) == (11, None, ())
    again.close()


def test_a_till_goes_on_after_one_mark_and_the_next(traded: Store, folder: Path) -> None:
    epoch = traded.epoch
    store = traded
    for _round in range(3):
        no_sales(store, 3)
        acknowledge(store)
        assert trim(store, 1)
        no_sale(store)
        store.close()
        assert verify(folder).problems == ()
        store = open_till(folder)
    assert store.epoch == epoch
    store.close()


@pytest.mark.parametrize("acknowledged", [0, 5])
def test_a_lone_root_and_what_only_the_parent_holds_are_not_trimmed(folder: Path, acknowledged: int) -> None:
    store = open_till(folder)
    if acknowledged:
        join(store)
        with store.local() as transaction:
            parent.held(transaction, acknowledged, 0)
    no_sales(store, 9)
    assert not trim(store, 1)
    assert len(entries(folder)) == 10
    store.close()


def test_it_waits_until_it_is_worth_it(traded: Store, folder: Path) -> None:
    acknowledge(traded)
    rest(traded)
    assert len(entries(folder)) == 10
    traded.close()


def test_an_operation_of_several_stays_whole_until_all_of_it_is_held(folder: Path) -> None:
    store = open_till(folder)
    join(store)
    journal.record(store, command(), lambda _t: [moving(1), moving(2), moving(3)])
    acknowledge(store, 3)
    assert trim(store, 1)
    assert shape(folder) == [1, [2, 3, 4]]
    store.close()


STEPS = {
    "laying out": fails("_lay_out", Anchor, 0),
    "writing the magic": fails("_write", anchors, 0),
    "writing the mark": fails("_write", anchors, 2),
    "writing the rest": fails("_write", anchors, 3),
    "flushing": fails("fsync", os, 2),
    "replacing": fails("replace", os, 0),
    "flushing the folder": fails("_flush_directory", anchors, 1),
}


@pytest.mark.parametrize("step", STEPS.values(), ids=STEPS.keys())
def test_a_crash_anywhere_leaves_an_anchor_that_replays(
    traded: Store,
    folder: Path,
    monkeypatch: pytest.MonkeyPatch,
    step: Break,
) -> None:
    acknowledge(traded, 7)
    with monkeypatch.context() as patched:
        step(patched, Crash())
        with pytest.raises(Crash):
            trim(traded, 1)
    crashed = folder.with_name("crashed")
    shutil.copytree(folder, crashed)
    again = open_till(crashed)
    assert (again.head, again.epoch, again.opened_anew) == (traded.head, traded.epoch, None)
    no_sale(again)
    assert trim(again, 1)
    again.close()
    assert verify(crashed).problems == ()
    traded.close()


@pytest.mark.parametrize("step", STEPS.values(), ids=STEPS.keys())
def test_a_full_disk_costs_nothing_and_a_doubtful_one_stops_the_till(
    traded: Store,
    folder: Path,
    monkeypatch: pytest.MonkeyPatch,
    step: Break,
) -> None:
    acknowledge(traded, 7)
    with monkeypatch.context() as patched:
        step(patched, OSError(errno.ENOSPC, "No space left on device"))
        with pytest.raises((OSError, StoreStopped)) as raised:
            trim(traded, 1)
    if raised.type is StoreStopped:
        with pytest.raises(StoreStopped):
            no_sale(traded)
    else:
        no_sale(traded)
    head = traded.head
    traded.close()
    again = open_till(folder)
    assert (again.head, again.opened_anew) == (head, None)
    again.close()


def test_an_anchor_that_was_harmed_is_left_as_it_is(traded: Store, folder: Path) -> None:
    acknowledge(traded)
    traded.anchor.append(b"\x85 no entry")
    before = (folder / "till.anchor").read_bytes()
    assert not trim(traded, 1)
    assert (folder / "till.anchor").read_bytes() == before
    traded.close()


def test_a_mark_that_the_journal_has_not_reached_is_a_problem(traded: Store, folder: Path) -> None:
    database = (folder / "till.db").read_bytes
    traded.idle()
    kept = database()
    no_sales(traded, 3)
    acknowledge(traded)
    trim(traded, 1)
    traded.close()
    (folder / "till.db").write_bytes(kept)
    (found,) = verify(folder).problems
    assert "was trimmed up to seq 13, the journal ends at 10" in found
