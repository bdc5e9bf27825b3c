"""Opening a folder: a new till, one that crashed at any step of its first start, one that must be refused."""

from __future__ import annotations

import errno
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from msgspec import structs
from sqlalchemy.exc import OperationalError

from salon_desk.operations.envelope import Envelope, pack, seal
from salon_desk.operations.node import EpochOpened
from salon_desk.storage import anchor as anchors
from salon_desk.storage import epochs, guard, journal, opening, schema
from salon_desk.storage.engine import Database, open_sqlite
from salon_desk.storage.errors import (
    FolderUnusable,
    StoreDamaged,
    StoreInUse,
    StoreMissing,
    StoreNewer,
)
from salon_desk.storage.reading import open_reader
from tests.integration.storage.tills import (
    Countdown,
    Crash,
    anchored,
    command,
    journal_of,
    moving,
    no_sale,
    no_sales,
    open_till,
)

_HOLD_THE_FOLDER = """
import sys
from datetime import UTC, datetime
from pathlib import Path
from salon_desk.storage.opening import open_store
class Clock:
    def now(self): return datetime.now(UTC)
store = open_store(Path(sys.argv[1]), Clock(), lambda: "node")
print("open", flush=True)
sys.stdin.read()
"""


def crash(*_arguments: object, **_more: object) -> None:
    raise Crash


def test_the_first_entry_of_a_new_till_opens_its_epoch(folder: Path) -> None:
    open_till(folder).close()
    first = journal_of(folder)
    assert [one.header.kind for one in first] == [EpochOpened.KIND]
    assert first[0].header.seq == 1


def test_a_till_goes_on_where_it_was_closed(folder: Path) -> None:
    store = open_till(folder)
    head, node, epoch = store.head, store.node, store.epoch
    store.close()
    again = open_till(folder)
    assert (again.head, again.node, again.epoch) == (head, node, epoch)
    no_sale(again)
    assert again.head.seq == 2
    again.close()


@pytest.mark.parametrize(
    ("place", "name"),
    [
        (schema, "_create"),
        (opening, "_open_anchor"),
        (anchors.Anchor, "_lay_out"),
        (opening, "_start"),
        (epochs, "follow"),
        (journal, "record"),
        (journal, "write_rows"),
        (Database, "_limit_log"),
    ],
)
def test_a_first_start_that_is_cut_off_anywhere_is_begun_again(
    folder: Path, monkeypatch: pytest.MonkeyPatch, place: object, name: str
) -> None:
    with monkeypatch.context() as patched:
        patched.setattr(place, name, crash)
        with pytest.raises(Crash):
            open_till(folder)
    store = open_till(folder)
    no_sale(store)
    store.close()
    kinds = [one.header.kind for one in journal_of(folder)]
    assert kinds == [EpochOpened.KIND, "drawer.opened"]
    assert [one.header.seq for one in anchored(folder)] == [1, 2]


@pytest.fixture
def crashed(folder: Path) -> tuple[Path, journal.Recorded]:
    """A folder whose anchor is one operation ahead of its database, and that operation."""
    store, after = open_till(folder), folder.with_name("crashed")
    shutil.copytree(folder, after)
    done = no_sale(store)
    store.close()
    shutil.copy(folder / "till.anchor", after / "till.anchor")
    return after, done


def test_a_crash_between_anchor_and_commit_is_recorded_at_the_next_start(
    crashed: tuple[Path, journal.Recorded],
) -> None:
    folder, done = crashed
    store = open_till(folder)
    assert store.replayed == done.envelopes
    no_sale(store)
    store.close()
    assert [one.header.seq for one in journal_of(folder)] == [1, 2, 3]


def test_what_was_replayed_once_is_not_replayed_again(crashed: tuple[Path, journal.Recorded]) -> None:
    folder, _done = crashed
    open_till(folder).close()
    again = open_till(folder)
    assert again.replayed == ()
    again.close()


def _lose(name: str) -> Callable[[Path], None]:
    return lambda folder: (folder / name).unlink()


def _empty_database(folder: Path) -> None:
    (folder / "till.db").write_bytes(b"")


def _garbage_database(folder: Path) -> None:
    (folder / "till.db").write_bytes(b"garbage" * 1000)


def _truncated_database(folder: Path) -> None:
    data = (folder / "till.db").read_bytes()
    (folder / "till.db").write_bytes(data[: len(data) // 2])


def _no_revision(folder: Path) -> None:
    with sqlite3.connect(folder / "till.db") as connection:
        connection.execute("DROP TABLE alembic_version")
    connection.close()


@pytest.mark.parametrize(
    ("harm", "what"),
    [
        (_lose("till.db"), "till.db"),
        (_empty_database, "till.db"),
        (_garbage_database, "till.db"),
        (_truncated_database, "till.db"),
        (_no_revision, "till.db"),
    ],
)
def test_damage_is_refused_nothing_is_changed_and_the_folder_is_let_go(
    folder: Path, harm: Callable[[Path], None], what: str
) -> None:
    store = open_till(folder)
    no_sales(store, 5)
    store.close()
    harm(folder)
    before = {path.name: path.read_bytes() for path in folder.iterdir() if path.name != "till.lock"}
    for _twice in range(2):
        with pytest.raises(StoreDamaged) as refusal:
            open_till(folder)
        assert refusal.value.what.startswith(what)
    after = {path.name: path.read_bytes() for path in folder.iterdir() if path.name != "till.lock"}
    assert {name: data for name, data in after.items() if not name.endswith(("-wal", "-shm"))} == before


def test_a_folder_that_cannot_be_made_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(FolderUnusable):
        open_till(tmp_path / "file" / "till")


def test_a_newer_database_is_refused_and_left_as_it_is(folder: Path) -> None:
    open_till(folder).close()
    with sqlite3.connect(folder / "till.db") as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    connection.close()
    for opener in (open_till, open_reader):
        with pytest.raises(StoreNewer) as refusal:
            opener(folder)
        assert refusal.value.found == "9999"


def test_no_folder_no_reader(folder: Path) -> None:
    with pytest.raises(StoreMissing):
        open_reader(folder)


def test_a_second_till_in_this_process_is_refused_until_the_first_is_closed(folder: Path) -> None:
    store = open_till(folder)
    with pytest.raises(StoreInUse):
        open_till(folder)
    store.close()
    open_till(folder).close()


def test_a_second_process_is_refused_and_a_killed_one_leaves_no_lock(folder: Path) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", _HOLD_THE_FOLDER, str(folder)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    ) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == b"open\n"
        with pytest.raises(StoreInUse):
            open_till(folder)
        assert len(journal_of(folder)) == 1
        other.kill()
    open_till(folder).close()


def test_an_entry_that_does_not_follow_the_database_is_refused(folder: Path) -> None:
    store = open_till(folder)
    sealed = list(no_sale(store).envelopes)
    assert guard.follows(sealed, store.node, 1, journal_of(folder)[0].hash)
    assert not guard.follows(sealed, store.node, 2, journal_of(folder)[0].hash)
    assert not guard.follows(sealed, "another", 1, journal_of(folder)[0].hash)
    assert not guard.follows(sealed, store.node, 1, "0" * 64)
    store.close()


@pytest.mark.parametrize(
    ("code", "refusal"),
    [
        (sqlite3.SQLITE_FULL, FolderUnusable),
        (sqlite3.SQLITE_READONLY, FolderUnusable),
        (sqlite3.SQLITE_CORRUPT, StoreDamaged),
    ],
)
def test_a_disk_that_refuses_at_the_start_is_no_damage(
    folder: Path, monkeypatch: pytest.MonkeyPatch, code: int, refusal: type[Exception]
) -> None:
    error = sqlite3.OperationalError("no")
    error.sqlite_errorcode = code

    def refuse(*_arguments: object) -> None:
        raise error

    with monkeypatch.context() as patched:
        patched.setattr(schema, "_create", refuse)
        with pytest.raises(refusal):
            open_till(folder)
    open_till(folder).close()


def test_a_disk_full_while_the_anchor_is_laid_out_is_no_damage(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    full = OSError(errno.ENOSPC, "No space left on device")
    with monkeypatch.context() as patched:
        patched.setattr(anchors, "_write", Countdown(anchors._write, full, 0))
        with pytest.raises(FolderUnusable):
            open_till(folder)
    open_till(folder).close()


def test_a_database_that_forgot_who_it_is_beside_an_anchor_that_knows_is_refused(folder: Path) -> None:
    store = open_till(folder)
    for table in ("journal", "local_identity"):
        store.database.driver().execute(f"DELETE FROM {table}")
    store.close()
    with pytest.raises(StoreDamaged):
        open_till(folder)


def _of_the_future(sealed: Envelope) -> Envelope:
    return seal(structs.replace(sealed.header, kind="future.thing"), sealed.salt or b"", sealed.body or b"")


def _recorded_before(sealed: Envelope) -> Envelope:
    first = f"{sealed.header.epoch}/open"
    return seal(structs.replace(sealed.header, command_id=first), sealed.salt or b"", sealed.body or b"")


@pytest.mark.parametrize("change", [_of_the_future, _recorded_before])
def test_a_tail_that_cannot_be_recorded_again_is_refused_and_kept(
    folder: Path, change: Callable[[Envelope], Envelope]
) -> None:
    store = open_till(folder)
    sealed = journal._seal(store, command(), [moving()], "2026-11-20")
    store.anchor.append(pack([change(one) for one in sealed]))
    store.close()
    kept = (folder / "till.anchor").read_bytes()
    for _twice in range(2):
        with pytest.raises(StoreDamaged) as refusal:
            open_till(folder)
        assert refusal.value.what.startswith("till.anchor")
    assert (folder / "till.anchor").read_bytes() == kept


def test_every_writing_connection_syncs_each_commit(folder: Path) -> None:
    store = open_till(folder)
    assert store.database.pragma("synchronous") == [(2,)]
    assert store.database.pragma("journal_mode") == [("wal",)]
    assert store.database.pragma("foreign_keys") == [(1,)]
    store.close()


def test_the_schema_is_made_whole_or_not_at_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patched:
        patched.setattr(schema, "create_tables", crash)
        database = Database(open_sqlite(tmp_path / "till.db"))
        with pytest.raises(Crash):
            schema.prepare(database, tmp_path)
        database.close()
    database = Database(open_sqlite(tmp_path / "till.db"))
    schema.prepare(database, tmp_path)
    assert schema.revision(database) == schema.REVISION
    database.close()


@pytest.mark.parametrize("code", [sqlite3.SQLITE_FULL, sqlite3.SQLITE_BUSY, sqlite3.SQLITE_READONLY])
@pytest.mark.parametrize("reported", [lambda error: error, lambda error: OperationalError("", {}, error)])
def test_a_disk_that_refuses_a_migration_is_the_folders_trouble_and_no_damage(
    folder: Path, monkeypatch: pytest.MonkeyPatch, code: int, reported: Callable[[Exception], Exception]
) -> None:
    error = sqlite3.OperationalError("not now")
    error.sqlite_errorcode = code
    monkeypatch.setattr(schema, "prepare", Countdown(schema.prepare, reported(error), 0))
    with pytest.raises(FolderUnusable):
        open_till(folder)
    monkeypatch.undo()
    open_till(folder).close()
