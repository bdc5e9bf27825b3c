"""A till started again on its folder, in order or after its database lost what only the anchor still has.

From then on its ids have strokes and percent signs in them, which no asset's name and no pattern may stumble over.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path

from salon_desk.services.till import Till
from salon_desk.storage.opening import DATABASE, open_store
from tests.integration.services.shop import Shop

_starts: Iterator[int] = count(1)


def restart(shop: Shop, folder: Path) -> None:
    """Close the till and start it again; its ids go on with ones that were never used."""
    shop.till.store.close()
    _start(shop, folder)


def lose(shop: Shop, folder: Path, work: Callable[[], object]) -> None:
    """Do some work, then start again on the database of before it: only the anchor knows of it."""
    shop.till.store.close()
    kept = folder.with_name("kept.db")
    shutil.copyfile(folder / DATABASE, kept)
    _start(shop, folder)
    work()
    shop.till.store.close()
    for log in (f"{DATABASE}-wal", f"{DATABASE}-shm"):
        (folder / log).unlink(missing_ok=True)
    shutil.copyfile(kept, folder / DATABASE)
    _start(shop, folder)


def _start(shop: Shop, folder: Path) -> None:
    start, ids = next(_starts), count(1)
    store = open_store(folder, shop.clock, lambda: f"start/{start}/%{next(ids)}")
    shop.till = Till(store, shop.till.rules)
