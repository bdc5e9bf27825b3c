"""One snapshot of a till's or head office's folder for a command that only reads, also while somebody records.

What is read in it is the command's. The one rule: a command prints nothing before its snapshot is known to be whole;
a till that starts in the middle is no reason to refuse, it is read once more.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from salon_desk.storage.engine import Transaction
from salon_desk.storage.errors import StoreInUse
from salon_desk.storage.reading import open_reader

Result = TypeVar("Result")


def in_snapshot(folder: Path, read: Callable[[Transaction], Result]) -> Result:
    """What `read` gives back from one snapshot; it may run twice.

    Raises StoreMissing, StoreNewer, StoreDamaged, StoreInUse (a till was started during both), and what `read` raises.
    """
    try:
        return _read(folder, read)
    except StoreInUse:
        return _read(folder, read)


def _read(folder: Path, read: Callable[[Transaction], Result]) -> Result:
    database = open_reader(folder)
    try:
        with database.read() as transaction:
            return read(transaction)
    finally:
        database.close()
