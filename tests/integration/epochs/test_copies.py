"""Copied folders: on this machine, on another, put back in the place of the original, moved. Only the original keeps its purses."""

from __future__ import annotations

import shutil
import sqlite3
from pathlib import Path

import pytest

from salon_desk import secrets
from salon_desk.operations.node import WhyAnew
from salon_desk.storage import epochs, home
from salon_desk.storage.errors import FolderUnusable, StoreInUse
from salon_desk.storage.home import remember
from salon_desk.storage.opening import open_store
from salon_desk.storage.store import Store
from salon_desk.storage.verify import verify
from tests.integration.epochs.folders import issue, keep, opening, restore, spend, usable
from tests.integration.storage.tills import Crash, TurnedClock, new_id, no_sale, no_sales


def started(folder: Path) -> Store:
    """The till as the product opens it: this machine remembers it."""
    return open_store(folder, TurnedClock(), new_id, at_home=True)


def ended(store: Store) -> None:
    """Closed in order."""
    remember(store)
    store.close()


@pytest.fixture
def traded(folder: Path) -> Path:
    """A folder with 100 units in its purse."""
    store = started(folder)
    issue(store, 100)
    no_sales(store, 3)
    ended(store)
    return folder


def anew(store: Store, why: WhyAnew) -> Store:
    """It opened a new epoch for this reason, which owns nothing and sells."""
    assert store.opened_anew is why
    assert opening(store).reason == why.value
    assert usable(store) == 0
    with pytest.raises(sqlite3.IntegrityError):
        spend(store, 1)
    no_sale(store)
    return store


def test_the_original_goes_on_in_its_place(traded: Path) -> None:
    for _time in range(3):
        store = started(traded)
        assert (store.opened_anew, usable(store)) == (None, 100)
        no_sale(store)
        ended(store)


@pytest.mark.parametrize("garbled", [b"{", b"\xff"])
def test_a_folder_whose_note_on_the_machine_cannot_be_read_is_taken_for_a_copy(
    traded: Path, garbled: bytes
) -> None:
    for note in secrets.key_folder().glob(f"{home.NAME}-*"):
        note.write_bytes(garbled)
    ended(anew(started(traded), WhyAnew.FOLDER_COPIED))
    again = started(traded)
    assert again.opened_anew is None
    ended(again)


def test_a_copy_on_the_same_machine_owns_nothing_and_the_original_everything(
    traded: Path, tmp_path: Path
) -> None:
    copy = keep(traded, tmp_path / "copy")
    twin, original = anew(started(copy), WhyAnew.FOLDER_COPIED), started(traded)
    assert twin.node == original.node
    assert twin.epoch != original.epoch
    spend(original, 100)
    assert (usable(original), usable(twin)) == (0, 0)
    for store in (twin, original):
        ended(store)
    for folder in (copy, traded):
        again = started(folder)
        assert again.opened_anew is None
        ended(again)
        assert verify(folder).problems == ()


def test_a_copy_on_another_machine_owns_nothing(
    traded: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    copy = keep(traded, tmp_path / "copy")
    monkeypatch.setenv(secrets.FOLDER_VARIABLE, str(tmp_path / "its keys"))
    ended(anew(started(copy), WhyAnew.FOLDER_COPIED))
    again = started(copy)
    assert again.opened_anew is None
    ended(again)


def test_a_copy_with_all_of_the_keys_still_lies_elsewhere(
    traded: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    copy = keep(traded, tmp_path / "copy")
    shutil.copytree(secrets.key_folder(), tmp_path / "its keys")
    monkeypatch.setenv(secrets.FOLDER_VARIABLE, str(tmp_path / "its keys"))
    ended(anew(started(copy), WhyAnew.FOLDER_COPIED))


def test_a_copy_that_is_put_where_the_original_was_owns_nothing(traded: Path, tmp_path: Path) -> None:
    copy = keep(traded, tmp_path / "copy")
    traded.rename(tmp_path / "away")
    copy.rename(traded)
    ended(anew(started(traded), WhyAnew.FOLDER_COPIED))


def test_older_files_put_back_into_the_folder_with_their_anchor_are_noticed(
    traded: Path, tmp_path: Path
) -> None:
    kept = keep(traded, tmp_path / "kept")
    store = started(traded)
    spend(store, 70)
    ended(store)
    restore(kept, traded)
    ended(anew(started(traded), WhyAnew.ANCHOR_OLD))


def test_an_older_database_beside_the_anchor_is_no_copy(traded: Path, tmp_path: Path) -> None:
    kept = keep(traded, tmp_path / "kept")
    store = started(traded)
    spend(store, 70)
    ended(store)
    restore(kept, traded, "till.db")
    again = started(traded)
    assert (again.opened_anew, usable(again)) == (None, 30)
    ended(again)


def test_a_copy_of_a_till_that_was_killed_has_its_last_sale_and_none_of_its_value(
    traded: Path, tmp_path: Path
) -> None:
    store = started(traded)
    kept = keep(traded, tmp_path / "copy")
    spend(store, 70)
    shutil.copy(traded / "till.anchor", kept / "till.anchor")
    twin = anew(started(kept), WhyAnew.FOLDER_COPIED)
    assert len(twin.replayed) == 1
    ended(twin)
    ended(store)


def test_the_original_and_a_second_process_never_record_at_once(traded: Path) -> None:
    store = started(traded)
    with pytest.raises(StoreInUse):
        started(traded)
    ended(store)


@pytest.mark.parametrize(("place", "name"), [(epochs, "open_anew"), (home, "_give_word"), (home, "_write")])
def test_a_copy_that_crashes_while_it_finds_out_never_owns_anything(
    traded: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, place: object, name: str
) -> None:
    def crash(*_arguments: object) -> None:
        raise Crash

    copy = keep(traded, tmp_path / "copy")
    with monkeypatch.context() as patched:
        patched.setattr(place, name, crash)
        with pytest.raises(Crash):
            started(copy)
    store = started(copy)
    assert usable(store) == 0
    assert store.opened_anew is WhyAnew.FOLDER_COPIED
    ended(store)
    original = started(traded)
    assert usable(original) == 100
    ended(original)


def test_a_machine_that_cannot_keep_notes_does_not_keep_a_till_from_starting(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("")
    monkeypatch.setenv(secrets.FOLDER_VARIABLE, str(tmp_path / "file"))
    store = started(folder)
    issue(store, 5)
    ended(store)
    monkeypatch.setenv(secrets.FOLDER_VARIABLE, str(tmp_path / "keys"))
    again = started(folder)
    assert (again.opened_anew, usable(again)) == (None, 5)
    ended(again)


def test_notes_that_cannot_be_read_refuse_the_start_instead_of_costing_the_purses(
    traded: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def unreadable(_name: str, _of: str) -> str:
        raise PermissionError("no")

    with monkeypatch.context() as patched:
        patched.setattr(secrets, "note", unreadable)
        with pytest.raises(FolderUnusable):
            started(traded)
    store = started(traded)
    assert (store.opened_anew, usable(store)) == (None, 100)
    ended(store)
