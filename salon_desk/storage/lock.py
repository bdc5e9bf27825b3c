"""The lock of a folder: one process records on a till's data, a second is refused.

Reading needs no lock. The lock belongs to the open file, so a killed process leaves none behind.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

from salon_desk.storage.errors import StoreInUse


class FolderLock:
    """Held from construction to `release`. Raises StoreInUse when another holds it."""

    def __init__(self, path: Path) -> None:
        self._file = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            _lock(self._file)
        except OSError:
            os.close(self._file)
            raise StoreInUse(folder=str(path.parent)) from None

    def release(self) -> None:
        """Let go; harmless the second time."""
        if self._file >= 0:
            os.close(self._file)
            self._file = -1


def _lock(file: int) -> None:
    if sys.platform == "win32":
        import msvcrt

        msvcrt.locking(file, msvcrt.LK_NBLCK, 1)
    else:
        import fcntl

        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
