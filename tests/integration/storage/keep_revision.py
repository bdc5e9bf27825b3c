"""Keeps a till's folder with data in it as text, so that later programs can be held to read it:

    python -m tests.integration.storage.keep_revision

Run it once, at the program that is released, before the next revision is added; what it writes is never written again.
"""

from __future__ import annotations

import base64
import sqlite3
import tempfile
import zlib
from pathlib import Path

from salon_desk.storage import schema
from tests.integration.storage.trading import trade

KEPT = Path(__file__).with_name("revisions")


def keep(folder: Path, revision: str) -> None:
    """Write the database's dump and the anchor of a closed folder."""
    KEPT.mkdir(exist_ok=True)
    connection = sqlite3.connect(folder / "till.db")
    (KEPT / f"{revision}.sql").write_text("\n".join(connection.iterdump()) + "\n", "utf-8")
    connection.close()
    packed = zlib.compress((folder / "till.anchor").read_bytes(), 9)
    (KEPT / f"{revision}.anchor").write_text(base64.encodebytes(packed).decode("ascii"), "ascii")


def restore(revision: str, folder: Path) -> None:
    """A till's folder as it was kept."""
    folder.mkdir()
    connection = sqlite3.connect(folder / "till.db")
    connection.executescript((KEPT / f"{revision}.sql").read_text("utf-8"))
    connection.close()
    packed = base64.decodebytes((KEPT / f"{revision}.anchor").read_bytes())
    (folder / "till.anchor").write_bytes(zlib.decompress(packed))


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as scratch:
        trade(Path(scratch) / "till")
        keep(Path(scratch) / "till", schema.REVISION)
