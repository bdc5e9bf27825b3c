"""When the disk refuses: nothing half, nothing that comes back after a restart, and never a refusal of what stands."""

from __future__ import annotations

import errno
import os
import shutil
import sqlite3
from pathlib import Path
from typing import Any

import pytest

from salon_desk.operations.envelope import pack
from salon_desk.storage import anchor as anchors
from salon_desk.storage import journal, local, print_jobs
from salon_desk.storage.errors import CannotRecord, StoreStopped
from salon_desk.storage.reading import open_reader
from salon_desk.storage.store import Store
from tests.integration.storage.tills import (
    Countdown,
    anchored,
    command,
    journal_of,
    moving,
    no_sale,
    no_sales,
    open_till,
    recorded,
)

FULL = OSError(errno.ENOSPC, "No space left on device")


class FailingConnection:
    """A connection whose next COMMIT raises: before it is carried out, after it, or both it and every later one."""

    def __init__(self, real: Any, error: sqlite3.Error, *, after: bool = False) -> None:
        self._real, self._error, self._after = real, error, after
        self._failed = False

    def __getattr__(self, name: str) -> Any:
        return getattr(self._real, name)

    def cursor(self) -> Any:
        return _FailingCursor(self, self._real.cursor())

    def commit(self, cursor: Any) -> None:
        if self._failed:
            cursor.execute("COMMIT")
            return
        self._failed = True
        if self._after:
            cursor.execute("COMMIT")
        raise self._error


class _FailingCursor:
    def __init__(self, connection: FailingConnection, real: Any) -> None:
        self._connection, self._real = connection, real

    def __getattr__(self, name: str) -> Any:
        return getattr(self._real, name)

    def execute(self, text: str, *parameters: Any) -> Any:
        if text == "COMMIT":
            return self._connection.commit(self._real)
        return self._real.execute(text, *parameters)


def disk_error(code: int = sqlite3.SQLITE_IOERR) -> sqlite3.OperationalError:
    error = sqlite3.OperationalError("disk I/O error")
    error.sqlite_errorcode = code
    return error


def let_commit_fail(store: Store, error: sqlite3.Error, *, after: bool = False) -> None:
    store.database._connection = FailingConnection(store.database.driver(), error, after=after)


def ids_after_restart(store: Store, folder: Path) -> list[str]:
    """Everything a new start finds, journal and anchor alike."""
    store.close()
    again = open_till(folder)
    assert again.replayed == ()
    again.close()
    ids = [one.header.op_id for one in journal_of(folder)]
    assert ids == [one.header.op_id for one in anchored(folder)]
    return ids


@pytest.mark.parametrize("call", range(3))
@pytest.mark.parametrize("step", ["write", "flush"])
def test_a_disk_full_under_the_anchor_is_refused_and_is_not_there_after_a_restart(
    store: Store, folder: Path, monkeypatch: pytest.MonkeyPatch, step: str, call: int
) -> None:
    if step == "write":
        monkeypatch.setattr(anchors, "_write", Countdown(anchors._write, FULL, call))
    else:
        monkeypatch.setattr(anchors, "_flush", Countdown(os.fsync, FULL, call))
    done, reasons = attempts(store, 4)
    monkeypatch.undo()
    assert (len(done), reasons) == (3, ["disk-full"])
    assert ids_after_restart(store, folder)[1:] == done


def attempts(store: Store, how_many: int) -> tuple[list[str], list[str]]:
    """Record several times: the ids of what was recorded, and why the others were refused."""
    done, reasons = [], []
    for number in range(how_many):
        try:
            done.append(no_sale(store, "x" * 300 + str(number)).op_id)
        except CannotRecord as refusal:
            reasons.append(refusal.reason)
    return done, reasons


def store_first(store: Store) -> str:
    """The id of the till's very first operation."""
    with store.database.read() as transaction:
        row = transaction.one(journal.BY_COMMAND, node=store.node, command_id=f"{store.epoch}/open")
    assert row is not None
    return str(row.op_id)


def test_a_database_that_may_not_grow_refuses_and_goes_on_when_there_is_room(
    store: Store, folder: Path
) -> None:
    done = [store_first(store), *no_sales(store, 3)]
    pages = store.database.pragma("page_count")[0][0]
    store.database.pragma(f"max_page_count={pages}")
    more, reasons = attempts(store, 40)
    assert set(reasons) == {"disk-full"}
    done += more
    store.database.pragma("max_page_count=100000")
    done.append(no_sale(store).op_id)
    assert ids_after_restart(store, folder) == done


def test_a_refused_command_can_be_given_again(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(anchors, "_flush", Countdown(os.fsync, FULL, 0))
    with pytest.raises(CannotRecord):
        no_sale(store, name="tap")
    again = no_sale(store, name="tap")
    assert not again.repeated
    assert no_sale(store, name="tap").op_id == again.op_id


def test_a_commit_that_failed_is_refused_and_withdrawn(store: Store, folder: Path) -> None:
    done = [store_first(store), no_sale(store).op_id]
    let_commit_fail(store, disk_error())
    with pytest.raises(CannotRecord) as refusal:
        no_sale(store)
    assert refusal.value.reason == "disk-error"
    done.append(no_sale(store).op_id)
    assert ids_after_restart(store, folder) == done


def test_a_full_disk_at_the_commit_is_refused_and_withdrawn(store: Store, folder: Path) -> None:
    done = [store_first(store)]
    let_commit_fail(store, disk_error(sqlite3.SQLITE_FULL))
    with pytest.raises(CannotRecord) as refusal:
        no_sale(store)
    assert refusal.value.reason == "disk-full"
    assert ids_after_restart(store, folder) == done


def test_a_commit_that_stood_in_spite_of_its_error_is_no_refusal(store: Store, folder: Path) -> None:
    done = [store_first(store)]
    let_commit_fail(store, disk_error(), after=True)
    done.append(no_sale(store).op_id)
    assert recorded(store, done[-1])
    done.append(no_sale(store).op_id)
    assert ids_after_restart(store, folder) == done


def test_an_interrupt_right_after_the_commit_leaves_the_till_in_step_with_its_disk(
    store: Store, folder: Path
) -> None:
    let_commit_fail(store, KeyboardInterrupt(), after=True)  # type: ignore[arg-type]
    with pytest.raises(KeyboardInterrupt):
        no_sale(store, name="interrupted")
    assert no_sale(store, name="interrupted").repeated
    no_sale(store)
    assert len(ids_after_restart(store, folder)) == 3


def test_an_interrupt_right_before_the_commit_leaves_nothing(store: Store, folder: Path) -> None:
    let_commit_fail(store, KeyboardInterrupt())  # type: ignore[arg-type]
    with pytest.raises(KeyboardInterrupt):
        no_sale(store)
    assert len(anchored(folder)) == 1
    done = no_sale(store).op_id
    assert ids_after_restart(store, folder)[1:] == [done]


def test_what_cannot_be_withdrawn_stops_the_till_and_everything_is_refused_after(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    let_commit_fail(store, disk_error())
    monkeypatch.setattr(store.anchor, "withdraw", Countdown(None, FULL, 0))
    with pytest.raises(StoreStopped):
        no_sale(store)
    for attempt in (
        lambda: no_sale(store),
        lambda: print_jobs.queue_report(store, "x", "en", ""),
        lambda: local.save_setting(store, "a", "b"),
    ):
        with pytest.raises(StoreStopped):
            attempt()


def test_an_anchor_that_can_be_neither_written_nor_cleared_stops_the_till(
    store: Store, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(anchors, "_write", Countdown(anchors._write, FULL, 0, for_ever=True))
    with pytest.raises(StoreStopped):
        no_sale(store)
    monkeypatch.undo()
    with pytest.raises(StoreStopped):
        no_sale(store)
    store.close()
    again = open_till(folder)
    assert no_sale(again).op_id in [one.header.op_id for one in journal_of(folder)]
    again.close()


def test_a_database_that_cannot_be_read_back_stops_the_till(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    let_commit_fail(store, disk_error())
    monkeypatch.setattr(store.database, "reopen", Countdown(None, disk_error(), 0))
    with pytest.raises(StoreStopped):
        no_sale(store)
    with pytest.raises(StoreStopped):
        no_sale(store)


def test_a_database_that_cannot_be_opened_again_refuses_reading_too(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    let_commit_fail(store, disk_error())
    monkeypatch.setattr(store.database, "_connect", Countdown(None, disk_error(), 0))
    with pytest.raises(StoreStopped):
        no_sale(store)
    with pytest.raises(StoreStopped):
        recorded(store, "anything")


def test_a_stopped_till_says_at_the_next_start_what_became_of_the_last_operation(
    store: Store, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The anchor has it, so it is recorded then: it was never refused."""
    let_commit_fail(store, disk_error())
    monkeypatch.setattr(store.anchor, "withdraw", Countdown(None, FULL, 0))
    with pytest.raises(StoreStopped):
        no_sale(store, name="unsettled")
    store.close()
    again = open_till(folder)
    assert [one.header.command_id for one in again.replayed] == ["unsettled"]
    again.close()


def test_a_refusal_by_rule_or_a_bug_is_not_called_trouble_with_the_disk(store: Store) -> None:
    with pytest.raises(sqlite3.IntegrityError):
        journal.record(store, command(), lambda _t: moving(units=-1))
    with pytest.raises(ZeroDivisionError):
        journal.record(store, command(), lambda _t: moving(units=1 // 0))
    with pytest.raises(sqlite3.OperationalError, match="no such table"):
        journal.record(store, command(), lambda t: t._cursor.execute("SELECT * FROM nowhere"))
    assert store.head.seq == 1
    no_sale(store)


def test_local_rows_are_refused_by_a_full_disk_like_facts(store: Store) -> None:
    store.database.pragma(f"max_page_count={store.database.pragma('page_count')[0][0]}")
    with pytest.raises(CannotRecord) as refusal:
        local.save_setting(store, "name", "x" * 100_000)
    assert refusal.value.reason == "disk-full"
    store.database.pragma("max_page_count=100000")


def test_a_log_that_cannot_be_folded_loses_nothing(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(store.database, "checkpoint", Countdown(None, disk_error(), 0, for_ever=True))
    store.database.wal_limit = store.database._checkpoint_at = 1
    done = no_sale(store).op_id
    store.idle()
    monkeypatch.undo()
    assert recorded(store, done)


def test_a_refused_commit_whose_frames_lie_in_the_log_is_not_found_by_a_later_start(
    store: Store, folder: Path, tmp_path: Path
) -> None:
    """A flush that failed leaves a whole commit in the log, unknown to the log's index: only a crash would find it."""
    twin_folder, unburied, buried = tmp_path / "twin", tmp_path / "unburied", tmp_path / "buried"
    shutil.copytree(folder, twin_folder)
    twin = open_till(twin_folder)
    sealed = list(no_sale(twin).envelopes)
    with_refused = (twin_folder / "till.db-wal").read_bytes()
    twin.close()
    log = folder / "till.db-wal"
    with open(log, "r+b") as file:
        file.seek(log.stat().st_size)
        file.write(with_refused[log.stat().st_size :])
    store.anchor.append(pack(sealed))
    shutil.copytree(folder, unburied)
    reader = open_reader(folder)

    assert not store.settle_failed_commit(sealed, anchored=True, may_stand=True)

    shutil.copytree(folder, buried)
    reader.close()
    assert len(restarted(unburied)) == 2
    assert len(restarted(buried)) == 1


def restarted(folder: Path) -> list[str]:
    """What a start finds after a crash."""
    open_till(folder).close()
    return [one.header.op_id for one in journal_of(folder)]
