"""A till's folder opened for one command that records: no devices, no link, no screen, everything on the caller's thread.

A till that trades is opened in `till.py`. What is recorded here goes up when the till is next started.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from salon_desk.bootstrap.machine import SystemClock, Uuid7
from salon_desk.bootstrap.rules import load_rules
from salon_desk.services.till import Till
from salon_desk.storage import home, trimming
from salon_desk.storage.errors import StoreMissing
from salon_desk.storage.opening import DATABASE, open_store


@contextmanager
def bare_till(folder: Path) -> Iterator[Till]:
    """The till in a folder, closed afterwards. Raises StoreMissing, StoreInUse while it runs, and as `open_store`."""
    if not (folder / DATABASE).exists():
        raise StoreMissing(folder=str(folder))
    store = open_store(folder, SystemClock(), Uuid7(), at_home=True)
    try:
        yield Till(store, load_rules())
        trimming.rest(store)
        home.remember(store)
    finally:
        store.close()
