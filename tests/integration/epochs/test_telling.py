"""What a start tells the first screen after a restore or a new epoch, once. Its words are tried in `tests/ui/recovery`."""

from __future__ import annotations

from pathlib import Path

import pytest

from salon_desk.bootstrap.rules import load_rules
from salon_desk.operations.node import WhyAnew
from salon_desk.services import recovery
from salon_desk.services.recovery import Recovery
from salon_desk.services.till import Till
from salon_desk.storage.trimming import trim
from tests.integration.epochs.folders import acknowledge, issue, join, keep, restore
from tests.integration.storage.tills import no_sales, open_till


def told(folder: Path) -> Recovery | None:
    """What a start says; the till ends in order."""
    store = open_till(folder)
    try:
        found = recovery.start(Till(store, load_rules()))
        recovery.finish(Till(store, load_rules()))
    finally:
        store.close()
    return found


@pytest.fixture
def kept(folder: Path) -> Path:
    """The backup of a till that went on, and was ended in order."""
    store = open_till(folder)
    join(store)
    issue(store, 100)
    store.close()
    told(folder)
    backup = keep(folder, folder.with_name("kept"))
    store = open_till(folder)
    no_sales(store, 5)
    store.close()
    return backup


def test_nothing_is_said_when_nothing_happened(folder: Path, kept: Path) -> None:
    assert told(folder) is None


def test_a_restore_is_said_and_offers_no_void(folder: Path, kept: Path) -> None:
    restore(kept, folder, "till.db")
    found = told(folder)
    assert found is not None
    assert (found.restored, found.anew, found.missing) == (True, "", 0)
    assert told(folder) is None


def test_what_is_missing_is_counted(folder: Path, kept: Path) -> None:
    store = open_till(folder)
    acknowledge(store)
    trim(store, 1)
    store.close()
    restore(kept, folder, "till.db")
    found = told(folder)
    assert found is not None
    assert (found.missing, found.anew) == (5, "")


def test_a_new_epoch_is_said_once(folder: Path, kept: Path) -> None:
    (folder / "till.anchor").unlink()
    found = told(folder)
    assert found is not None
    assert (found.anew, found.restored) == (WhyAnew.ANCHOR_MISSING.value, True)
    assert told(folder) is None
