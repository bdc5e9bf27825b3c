"""While own operations come back from the parent: what the anchor has behind them is never passed over."""

from __future__ import annotations

from pathlib import Path

import pytest

from salon_desk.storage import epochs, journal
from salon_desk.storage.errors import CannotRecord, StoreStopped
from salon_desk.storage.trimming import trim
from salon_desk.storage.verify import verify
from tests.integration.epochs.folders import acknowledge, issue, join, keep, restore, spend, usable
from tests.integration.storage.tills import Countdown, no_sales, open_till


@pytest.mark.parametrize("refused", [1, 2])
def test_a_disk_that_refuses_the_tail_leaves_nothing_to_spend_until_a_start_has_it(
    folder: Path, monkeypatch: pytest.MonkeyPatch, refused: int
) -> None:
    before = open_till(folder)
    join(before)
    issue(before, 100)
    before.close()
    kept = keep(folder, folder.with_name("kept"))
    before = open_till(folder)
    no_sales(before, 3)
    held = acknowledge(before)
    assert trim(before, 1)
    no_sales(before, 1)
    spend(before, 100)
    before.close()
    restore(kept, folder, "till.db")
    store = open_till(folder)
    monkeypatch.setattr(journal, "append", Countdown(journal.append, CannotRecord("disk-full"), refused))
    with pytest.raises(StoreStopped):
        epochs.take_own(store, held)
    monkeypatch.undo()
    with pytest.raises(StoreStopped):
        spend(store, 100)
    store.close()
    again = open_till(folder)
    assert (again.head, again.opened_anew, usable(again)) == (before.head, None, 0)
    again.close()
    assert verify(folder).problems == ()
