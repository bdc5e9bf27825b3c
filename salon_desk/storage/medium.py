"""The lowest seam to the disk: what is written, flushed and committed goes through here, and nowhere else.

No format and no rule lives here (`anchor.py`, `engine.py`). The simulation puts a disk in its place that loses at a crash what
was not flushed, tears what was half written and refuses now and then; nobody else does.
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

_flush_data = getattr(os, "fdatasync", os.fsync)


class Medium:
    """The machine's own disk."""

    def write(self, file: int, data: bytes, offset: int) -> None:
        """Write all of this at an offset. Raises OSError."""
        os.lseek(file, offset, os.SEEK_SET)  # os.pwrite is not everywhere
        view = memoryview(data)
        while view:
            view = view[os.write(file, view) :]

    def flush(self, file: int, *, metadata: bool) -> None:
        """What was written is on the disk when this returns; `metadata`: the file's size as well. Raises OSError."""
        (os.fsync if metadata else _flush_data)(file)

    def flush_directory(self, path: Path) -> None:
        """Names that were made, changed or taken away there are on the disk. Raises OSError."""
        if hasattr(os, "O_DIRECTORY"):
            directory = os.open(path, os.O_RDONLY | os.O_DIRECTORY)
            try:
                os.fsync(directory)
            finally:
                os.close(directory)

    def commit(self, cursor: Any) -> None:
        """Commit a transaction of SQLite, which flushes its log. Raises sqlite3.Error."""
        cursor.execute("COMMIT")


_in_use = [Medium()]


def in_use() -> Medium:
    """The disk that everything goes to now."""
    return _in_use[-1]


@contextlib.contextmanager
def replaced(by: Medium) -> Iterator[None]:
    """Another disk for the length of the block; of the whole process."""
    _in_use.append(by)
    try:
        yield
    finally:
        _in_use.remove(by)
