"""Folders put back to before an epoch that they had begun since, and copies: every operation of the node comes and goes everywhere."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from pathlib import Path

import pytest

from salon_desk.bootstrap.rules import load_rules
from salon_desk.operations.node import WhyAnew
from salon_desk.services import moves, own_chain
from salon_desk.services.till import Till
from salon_desk.storage.home import remember
from salon_desk.storage.opening import open_store
from salon_desk.storage.place import Place
from salon_desk.storage.store import Store
from salon_desk.wire.messages import Recall
from tests.integration.epochs.folders import acknowledge, issue, join, keep, own, restore, spend, usable
from tests.integration.epochs.restored import in_step, office_digest, till_digest
from tests.integration.head_office.serving import HeadOffice, serving_at
from tests.integration.storage.tills import ASSET, TurnedClock, journal_of, new_id, open_till
from tests.integration.sync.linked import opened


@pytest.fixture
def office(tmp_path: Path) -> Iterator[HeadOffice]:
    with serving_at(Place(folder=tmp_path / "head-office")) as made:
        yield made


@contextlib.contextmanager
def started(folder: Path) -> Iterator[Store]:
    """The till as the product opens it and ends it: this machine remembers how far the folder had come."""
    store = open_store(folder, TurnedClock(), new_id, at_home=True)
    yield store
    remember(store)
    store.close()


def in_a_chain(office: HeadOffice, folder: Path) -> None:
    """A till that has joined and sold, and whose head office has it all."""
    with opened(folder) as till:
        till.join(office.url, office.code("S1", "one"))
        till.sell(2)
        assert till.synced()


def test_a_backup_of_an_epoch_that_was_over_since_owns_nothing_although_its_anchor_fits(
    folder: Path, tmp_path: Path
) -> None:
    with started(folder) as store:
        issue(store, 100)
    kept = keep(folder, tmp_path / "kept")
    with started(folder) as store:
        spend(store, 100)
    (folder / "till.anchor").unlink()
    with started(folder) as store:
        assert store.opened_anew is WhyAnew.ANCHOR_MISSING
    restore(kept, folder)
    with started(folder) as store:
        assert (store.opened_anew, usable(store)) == (WhyAnew.ANCHOR_OLD, 0)
    with started(folder) as store:
        assert store.opened_anew is None


def test_an_epoch_that_the_database_forgot_comes_back_and_its_last_operations_go_up(
    office: HeadOffice, folder: Path, tmp_path: Path
) -> None:
    in_a_chain(office, folder)
    kept = keep(folder, tmp_path / "kept")
    (folder / "till.anchor").unlink()
    with opened(folder) as till:
        assert till.store.opened_anew is WhyAnew.ANCHOR_MISSING
        till.sell(2)
        assert till.synced()
    with opened(folder, start=False) as till:
        till.sell(3)
        forgotten = {one.hash for one in own(till.store)}
    restore(kept, folder, "till.db")
    (folder / "till.anchor").rename(folder / "till.anchor.old-1")
    with opened(folder) as till:
        assert till.store.opened_anew is WhyAnew.ANCHOR_MISSING
        till.sell()
        in_step(office, till, folder)
    assert forgotten <= {one.hash for one in journal_of(folder)}


def test_a_copied_till_and_its_original_come_in_step_with_each_other(
    office: HeadOffice, folder: Path, tmp_path: Path
) -> None:
    in_a_chain(office, folder)
    copy = keep(folder, tmp_path / "copy")
    (copy / "till.anchor").unlink()
    with opened(copy) as twin:
        twin.sell(2)
        assert twin.synced()
    with opened(folder) as till:
        till.sell(2)
        assert till.synced()
    with opened(copy) as twin:
        assert twin.synced()
        in_step(office, twin, copy)
    assert {one.hash for one in journal_of(folder)} == {one.hash for one in journal_of(copy)}


def test_a_kept_anchor_that_tells_another_history_than_everybody_has_holds_nothing_up(
    office: HeadOffice, folder: Path, tmp_path: Path
) -> None:
    in_a_chain(office, folder)
    early = keep(folder, tmp_path / "early")
    with opened(folder) as till:
        till.sell(2)
        assert till.synced()
    late = keep(folder, tmp_path / "late")
    restore(early, folder)
    with opened(folder, start=False) as till:
        till.sell(4)
    (folder / "till.anchor").rename(folder / "till.anchor.old-1")
    restore(late, folder, "till.db")
    with opened(folder) as till:
        till.sell()
        assert till.synced()
        assert till.run(till_digest) == office_digest(office)
        for _ in range(100):
            if till.run(lambda here: own_chain.next_ask(here, suspected=False)) is None:
                break
            assert till.synced()
        assert till.run(lambda here: own_chain.next_ask(here, suspected=False)) is None


def test_a_recall_is_answered_in_every_epoch_by_a_command_of_its_own(folder: Path) -> None:
    with contextlib.closing(open_till(folder)) as store:
        join(store)
        acknowledge(store)
        issue(store, 10)
        moves.answer_recalls(
            Till(store, load_rules()), "office", "first", [Recall(recall="r", asset=ASSET, keep=4)]
        )
        sent = own(store)[-1].header
        assert sent.command_id.startswith("recall/")
        assert sent.epoch in sent.command_id
