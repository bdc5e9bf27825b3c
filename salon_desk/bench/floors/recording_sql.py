"""The least that makes an operation durable: the same rows, the same bytes beside them, one flush and one commit.

The statements come from a trace of the product itself (`traced_sql`), so they are the same rows with the same indices
under the same pragmas. What the product reads and decides is left out: that is what is measured.
"""

from __future__ import annotations

import os
from pathlib import Path

from salon_desk.bench.floors.traced_sql import Step, open_raw, run

_CHUNK = 1024 * 1024
_flush = getattr(os, "fdatasync", os.fsync)


class RawRecorder:
    """A raw copy of a till's database, and a file that stands for its anchor."""

    def __init__(self, database: Path, anchor: Path, *, room: int) -> None:
        """`room`: bytes of the anchor laid out beforehand, so that a flush writes data and no metadata."""
        self._connection = open_raw(database)
        self._cursor = self._connection.cursor()
        self._file = os.open(anchor, os.O_RDWR | os.O_CREAT, 0o600)
        os.write(self._file, bytes(-(-room // _CHUNK) * _CHUNK))
        os.fsync(self._file)
        self._end = 0

    def record(self, writes: tuple[Step, ...], frame: bytes) -> None:
        """Write the rows, flush the frame, commit."""
        self._cursor.execute("BEGIN IMMEDIATE")
        run(self._cursor, writes)
        self.flush(frame)
        self._cursor.execute("COMMIT")

    def flush(self, frame: bytes) -> None:
        """Write and flush the anchor's bytes alone."""
        os.pwrite(self._file, frame, self._end)
        self._end += len(frame)
        _flush(self._file)

    def commit_alone(self) -> None:
        """The least commit there is: one number in one row."""
        self._cursor.execute("BEGIN IMMEDIATE")
        self._cursor.execute("UPDATE alembic_version SET version_num = version_num")
        self._cursor.execute("COMMIT")

    def rows(self, table: str) -> int:
        """How many rows a table has, to prove that both sides wrote the same."""
        return int(self._cursor.execute(f'SELECT count(*) FROM "{table}"').fetchone()[0])

    def idle(self) -> None:
        """What the product does when nobody waits: fold the write-ahead log."""
        self._cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()

    def close(self) -> None:
        """Close both."""
        self._connection.close()
        os.close(self._file)
