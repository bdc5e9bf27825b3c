"""Of all processes of a head office one sends messages: who holds the lock here.

A till needs none, for one process has its folder. The lock goes with the process, however it ends; a server that was gone has
forgotten it, so that whoever sends asks again and again whether it is still held.
"""

from __future__ import annotations

from typing import Any, Final, Protocol

from salon_desk.storage.errors import StoreInUse
from salon_desk.storage.lock import FolderLock
from salon_desk.storage.place import Place

FILE: Final = "sender.lock"
SENDER_LOCK: Final = 0x5A10_5E4D
"""The key of PostgreSQL's advisory lock, held by a connection of its own as long as it lives."""


class Claim(Protocol):
    """That this process sends."""

    def holds(self) -> bool:
        """Whether it still does."""
        ...

    def release(self) -> None:
        """Let another. Harmless the second time."""
        ...


def claim(place: Place) -> Claim | None:
    """The right to send for the head office at a place; None while another process has it.

    Raises DatabaseUnreachable, DatabaseUnusable, OSError.
    """
    if place.folder is not None:
        try:
            return _OfFolder(FolderLock(place.folder / FILE))
        except StoreInUse:
            return None
    from salon_desk.storage.postgres import open_postgres

    database = open_postgres(place.url)
    try:
        if database.ask(f"SELECT pg_try_advisory_lock({SENDER_LOCK})"):
            return _OfServer(database)
    except BaseException:
        database.close()
        raise
    database.close()
    return None


class _OfFolder:
    def __init__(self, lock: FolderLock) -> None:
        self._lock = lock

    def holds(self) -> bool:
        return True

    def release(self) -> None:
        self._lock.release()


class _OfServer:
    """The lock belongs to the connection, which is never made anew."""

    def __init__(self, database: Any) -> None:
        self._database = database

    def holds(self) -> bool:
        try:
            return bool(self._database.ask("SELECT 1"))
        except Exception:
            return False

    def release(self) -> None:
        self._database.close()
