"""Connections: no update is lost between two, the log stays small, readers see one snapshot and write nothing."""

from __future__ import annotations

import contextlib
import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Column, Integer, MetaData, Table, bindparam, insert, select, update

from salon_desk.storage import reading
from salon_desk.storage.engine import Database, Statement, open_sqlite
from salon_desk.storage.errors import StoreDamaged, StoreInUse
from salon_desk.storage.reading import open_reader
from salon_desk.storage.store import Store
from tests.integration.storage.tills import journal_of, no_sale, no_sales, open_till, recorded

COUNTER = Table("counter", MetaData(), Column("value", Integer))
READ = Statement(lambda: select(COUNTER.c.value))
START = Statement(lambda: insert(COUNTER))
CHANGE = Statement(lambda: update(COUNTER).values(value=bindparam("value")))

_READ_WITHOUT_RIGHTS = """
import os, sys
from pathlib import Path
from salon_desk.storage import reading
from salon_desk.storage.engine import Database, open_sqlite
from salon_desk.storage.reading import open_reader
Database(open_sqlite(":memory:")).close()
if os.geteuid() == 0:
    os.setgroups([]); os.setgid(65534); os.setuid(65534)
reader = open_reader(Path(sys.argv[1]))
with reader.read():
    print(reader.driver().execute("SELECT count(*) FROM journal").fetchone()[0])
reader.close()
"""


def test_300_increments_from_two_threads_are_300(tmp_path: Path) -> None:
    """PITFALLS 9: with a deferred BEGIN half of them are lost, and nobody is told."""
    path = tmp_path / "counter.db"
    first = Database(open_sqlite(path))
    first.driver().execute("CREATE TABLE counter (value INTEGER)")
    with first.write() as transaction:
        transaction.run(START, value=0)
    first.close()

    def increment() -> None:
        database = Database(open_sqlite(path))
        for _time in range(150):
            with database.write() as transaction:
                transaction.run(CHANGE, value=transaction.value(READ) + 1)
        database.close()

    threads = [threading.Thread(target=increment) for _thread in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    last = Database(open_sqlite(path))
    with last.read() as transaction:
        assert transaction.value(READ) == 300
    last.close()


def log_size(folder: Path) -> int:
    log = folder / "till.db-wal"
    return log.stat().st_size if log.exists() else 0


def test_an_idle_till_folds_its_log(store: Store, folder: Path) -> None:
    no_sales(store, 3)
    assert log_size(folder) > 0
    store.idle()
    assert log_size(folder) == 0
    assert len(journal_of(folder)) == 4


def test_a_commit_folds_a_log_that_grew_past_the_cap(store: Store, folder: Path) -> None:
    store.database.wal_limit = store.database._checkpoint_at = 200_000
    store.idle()
    sizes = []
    for _time in range(40):
        no_sales(store, 1)
        sizes.append(log_size(folder))
    assert max(sizes) <= 200_000
    assert 0 in sizes


def test_a_reader_in_the_way_does_not_hold_up_the_till(store: Store, folder: Path) -> None:
    reader = open_reader(folder)
    with reader.read():
        assert len(reader.pragma("table_list")) > 1
        reader.driver().execute("SELECT count(*) FROM journal").fetchone()
        no_sales(store, 2)
        reader_waits = store.database.checkpoint()
        assert not reader_waits
        store.database.wal_limit = store.database._checkpoint_at = 1
        no_sales(store, 2)
        assert store.database._checkpoint_at > log_size(folder) // 2
    reader.close()
    store.idle()
    assert log_size(folder) == 0


def test_a_reader_sees_one_snapshot_while_the_till_records(store: Store, folder: Path) -> None:
    reader = open_reader(folder)
    with reader.read():
        count = reader.driver().execute("SELECT count(*) FROM journal").fetchone()
        no_sales(store, 5)
        assert reader.driver().execute("SELECT count(*) FROM journal").fetchone() == count
    with reader.read():
        assert reader.driver().execute("SELECT count(*) FROM journal").fetchone() == (6,)
    reader.close()


def test_a_reader_cannot_write(store: Store, folder: Path) -> None:
    reader = open_reader(folder)
    with pytest.raises(sqlite3.OperationalError, match=r"readonly|read-only"):
        reader.driver().execute("DELETE FROM journal")
    reader.close()


@pytest.fixture
def closed(folder: Path) -> Path:
    """A folder whose till was closed in order."""
    store = open_till(folder)
    no_sales(store, 3)
    store.close()
    return folder


@pytest.fixture
def killed(folder: Path, tmp_path: Path) -> Iterator[Path]:
    """A folder as a killed till leaves it: with its log."""
    store = open_till(folder)
    no_sales(store, 3)
    yield shutil.copytree(folder, tmp_path / "killed")
    store.close()


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir() if not path.name.endswith("-shm")}


@pytest.mark.parametrize("state", ["closed", "killed", "without-shm"])
def test_reading_a_folder_changes_no_byte_of_it(request: pytest.FixtureRequest, state: str) -> None:
    folder: Path = request.getfixturevalue("closed" if state == "closed" else "killed")
    if state == "without-shm":
        (folder / "till.db-shm").unlink()
    before = contents(folder)
    assert len(journal_of(folder)) == 4
    assert contents(folder) == before


@pytest.mark.skipif(not hasattr(os, "geteuid"), reason="no rights by file mode here")
@pytest.mark.parametrize("state", ["closed", "killed", "without-shm"])
def test_a_folder_that_the_reader_may_not_write_is_read(request: pytest.FixtureRequest, state: str) -> None:
    with tempfile.TemporaryDirectory() as public:
        Path(public).chmod(0o755)
        source = request.getfixturevalue("closed" if state == "closed" else "killed")
        folder = shutil.copytree(source, Path(public) / "till")
        if state == "without-shm":
            (folder / "till.db-shm").unlink()
        for path in [*folder.iterdir(), folder]:
            path.chmod(0o555 if path.is_dir() else 0o444)
        before = contents(folder)
        arguments = [sys.executable, "-c", _READ_WITHOUT_RIGHTS, str(folder)]
        done = subprocess.run(arguments, capture_output=True, text=True, check=False)
        assert done.stdout == "4\n", done.stderr
        assert contents(folder) == before
        folder.chmod(0o755)


def test_a_log_whose_index_cannot_be_made_beside_it_is_read_from_a_copy(
    killed: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    refused = sqlite3.OperationalError("unable to open database file")
    refused.sqlite_errorcode = sqlite3.SQLITE_CANTOPEN
    real = Database.pragma

    def pragma(database: Database, text: str) -> list[tuple[object, ...]]:
        if text == "schema_version":
            raise refused
        return real(database, text)

    monkeypatch.setattr(Database, "pragma", pragma)
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    before = set(tmp_path.iterdir())
    reader = open_reader(killed)
    with reader.read():
        assert reader.driver().execute("SELECT count(*) FROM journal").fetchone() == (4,)
    reader.close()
    assert set(tmp_path.iterdir()) == before
    refused.sqlite_errorcode = sqlite3.SQLITE_NOTADB
    with pytest.raises(StoreDamaged):
        open_reader(killed)


def test_a_copy_that_cannot_be_made_leaves_nothing(
    killed: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    before = set(tmp_path.iterdir())
    (killed / "till.db-wal").unlink()
    with pytest.raises(FileNotFoundError):
        reading._copied(killed / "till.db")
    assert set(tmp_path.iterdir()) == before


def test_a_till_that_starts_while_its_closed_folder_is_read_makes_the_reader_read_again(closed: Path) -> None:
    reader = open_reader(closed)
    with contextlib.ExitStack() as stack:
        stack.enter_context(pytest.raises(StoreInUse))
        stack.enter_context(reader.read())
        store = open_till(closed)
        no_sale(store)
        store.idle()
    reader.close()
    assert len(journal_of(closed)) == 5
    store.close()


def test_a_reopened_database_is_the_same_one(store: Store) -> None:
    done = no_sale(store).op_id
    store.database.reopen()
    assert recorded(store, done)
    assert store.database.pragma("synchronous") == [(2,)]
    no_sale(store)
