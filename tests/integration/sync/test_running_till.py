"""The till as it is really put together: its link starts by itself, wakes with the printer, and ends before the rest."""

from __future__ import annotations

import threading
from pathlib import Path

from salon_desk.bootstrap.till import RunningTill, open_till
from salon_desk.services.device_settings import DeviceChoice
from salon_desk.services.link_status import LinkState
from tests.integration.storage.tills import no_sales
from tests.integration.sync.fake_parent import CODE, FakeParent
from tests.integration.sync.linked import LONG, serving_fake


def _own_threads() -> set[str]:
    """The till's threads that run now, by how their names begin."""
    names = [thread.name for thread in threading.enumerate()]
    return {word for word in ("sync-", "database") if any(name.startswith(word) for name in names)}


def _opened(folder: Path, printed: Path) -> RunningTill:
    return open_till(folder, devices=DeviceChoice.printing(f"file:{printed}"))


def test_a_till_that_has_joined_connects_at_every_start_and_ends_in_order(
    parent: FakeParent, tmp_path: Path
) -> None:
    with serving_fake(parent) as served:
        running = _opened(tmp_path / "till", tmp_path / "paper")
        assert running.link.status().state is LinkState.NOT_LINKED
        running.link.enroll(served.url, CODE).result(LONG)
        running.close()
        running = _opened(tmp_path / "till", tmp_path / "paper")
        try:
            assert running.link.status().state is not LinkState.NOT_LINKED
            running.worker.run(lambda: no_sales(running.till.store, 3))
            assert running.wait_until_synced(LONG)
            assert _own_threads() == {"sync-", "database"}
        finally:
            running.close()
        assert len(parent.held) == 4
    assert not _own_threads()
