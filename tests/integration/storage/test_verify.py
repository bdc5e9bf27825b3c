"""`verify` on folders that are well: what it says, what it leaves alone, beside a till that goes on recording."""

from __future__ import annotations

import os
import shutil
import threading
from pathlib import Path

import pytest

from salon_desk.operations.node import EpochClosed
from salon_desk.operations.registry import KINDS
from salon_desk.storage.digest import digest
from salon_desk.storage.errors import StoreInUse, StoreMissing
from salon_desk.storage.reading import open_reader
from salon_desk.storage.store import Store
from salon_desk.storage.tables.kinds import PROJECTIONS, unnamed
from salon_desk.storage.verify import verify
from tests.integration.storage.tills import anchored, journal_of, no_sale, no_sales, open_till
from tests.integration.storage.trading import rows


def test_a_day_of_trade_is_well(traded: Path) -> None:
    found = verify(traded)
    assert found.problems == ()
    assert found.ok
    assert found.operations == len(journal_of(traded))
    assert found.head == journal_of(traded)[-1].hash
    assert found.set_aside == 1
    assert len(found.digest) == 64
    assert "local_print_jobs" in found.local_tables


def test_the_day_has_a_row_in_every_table_and_every_kind_of_operation(traded: Path) -> None:
    assert [name for name, found in rows(traded).items() if not found] == []
    after_the_last = {EpochClosed.KIND}  # nothing trades behind it
    assert set(KINDS) - {one.header.kind for one in journal_of(traded)} == after_the_last
    assert unnamed() == set()


def test_a_new_till_is_well(store: Store, folder: Path) -> None:
    found = verify(folder)
    assert found.ok, found.problems
    assert found.operations == 1


def test_no_folder_is_refused_and_a_newer_one_is_named(copied: Path, tmp_path: Path) -> None:
    with pytest.raises(StoreMissing):
        verify(tmp_path / "nowhere")
    reader = open_till(copied)
    reader.database.driver().execute("UPDATE alembic_version SET version_num = '9999'")
    reader.close()
    assert verify(copied).problems == ("till.db: its schema '9999' is not known to this program",)


def test_verifying_changes_no_byte_and_takes_no_lock(copied: Path) -> None:
    before = {path.name: (path.read_bytes(), path.stat().st_mtime_ns) for path in copied.iterdir()}
    assert verify(copied).ok
    assert {path.name: (path.read_bytes(), path.stat().st_mtime_ns) for path in copied.iterdir()} == before


def test_the_lock_may_be_held_by_the_till(copied: Path) -> None:
    store = open_till(copied)
    assert verify(copied).ok
    no_sale(store)
    assert verify(copied).ok
    store.close()


def test_a_copy_made_while_the_till_is_open_is_well_and_says_the_same(
    store: Store, folder: Path, tmp_path: Path
) -> None:
    no_sales(store, 5)
    copy = shutil.copytree(folder, tmp_path / "copy")
    assert verify(copy) == verify(folder)
    (copy / "till.db-shm").unlink()
    assert verify(copy).ok


def test_verify_beside_a_till_that_records_all_the_time_is_always_well(store: Store, folder: Path) -> None:
    """The worker is the only one that writes; this thread only reads."""
    enough = threading.Event()

    def trade() -> None:
        while not enough.is_set():
            no_sale(store)
            if store.head.seq % 20 == 0:
                store.idle()

    worker = threading.Thread(target=trade)
    worker.start()
    try:
        found = [verify(folder) for _time in range(15)]
    finally:
        enough.set()
        worker.join()
    assert [one.problems for one in found] == [()] * 15
    counts = [one.operations for one in found]
    assert counts == sorted(counts)
    assert counts[-1] > counts[0]


def test_a_sale_in_flight_is_no_problem_and_two_are(store: Store, folder: Path, tmp_path: Path) -> None:
    no_sales(store, 3)
    behind = shutil.copytree(folder, tmp_path / "behind")
    no_sale(store)
    shutil.copy(folder / "till.anchor", behind / "till.anchor")
    assert verify(behind).ok
    no_sale(store)
    shutil.copy(folder / "till.anchor", behind / "till.anchor")
    assert verify(behind).problems == ("till.anchor: has operations up to seq 6, the journal up to 4",)


def test_a_till_started_while_its_closed_folder_is_read_is_read_again(
    copied: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    started: list[Store] = []
    real = digest

    def start_a_till(transaction: object) -> str:
        if not started:
            started.append(open_till(copied))
            no_sale(started[0])
        return real(transaction)  # type: ignore[arg-type]

    monkeypatch.setattr("salon_desk.storage.verify.digest", start_a_till)
    found = verify(copied)
    assert found.ok, found.problems
    assert found.operations == len(journal_of(copied))
    started[0].close()


def test_a_folder_that_never_stands_still_is_refused(copied: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def touch(_transaction: object) -> str:
        os.utime(copied / "till.db", ns=(1, (copied / "till.db").stat().st_mtime_ns + 1))
        return ""

    monkeypatch.setattr("salon_desk.storage.verify.digest", touch)
    with pytest.raises(StoreInUse):
        verify(copied)


def test_a_first_start_that_was_cut_off_is_an_empty_till(folder: Path) -> None:
    store = open_till(folder)
    driver = store.database.driver()
    for table in ("journal", "chains", "local_identity"):
        driver.execute(f"DELETE FROM {table}")
    store.close()
    found = verify(folder)
    assert (found.ok, found.operations, found.head) == (True, 0, "")


def test_the_reader_is_closed_and_nothing_is_left_in_the_temporary_folder(
    copied: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    for variable in ("TMPDIR", "SQLITE_TMPDIR"):
        monkeypatch.setenv(variable, str(scratch))
    assert verify(copied).ok
    assert list(scratch.iterdir()) == []


def test_a_folder_may_have_any_name(tmp_path: Path) -> None:
    folder = tmp_path / "店 100% #1? & more"
    store = open_till(folder)
    no_sale(store)
    assert verify(folder).ok
    store.close()
    assert verify(folder).operations == 2


def test_every_table_that_is_compared_has_a_key(traded: Path) -> None:
    assert all(table.primary_key.columns for table in PROJECTIONS)
    own = journal_of(traded)[-1].header.node
    assert anchored(traded) == [one for one in journal_of(traded) if one.header.node == own]
    open_reader(traded).close()
