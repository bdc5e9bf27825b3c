"""What went wrong while a folder's data was opened, as a refusal: the folder cannot be used, or what lies in it is damaged.

A database that is locked, full or not to be written is the folder's trouble and no damage, whoever reports it: the driver,
or the migration that was under way.
"""

from __future__ import annotations

import sqlite3
from pathlib import Path

from salon_desk.storage.errors import FolderUnusable, StoreDamaged

_OF_THE_FOLDER = {
    sqlite3.SQLITE_FULL,
    sqlite3.SQLITE_READONLY,
    sqlite3.SQLITE_CANTOPEN,
    sqlite3.SQLITE_BUSY,
}


def refusal(error: Exception, folder: Path, what: str) -> StoreDamaged | FolderUnusable:
    """The refusal for an OSError, or an error of SQLite's or SQLAlchemy's; `what` names the database file."""
    if isinstance(error, OSError):
        return FolderUnusable(folder=str(folder), reason=error.strerror or str(error))
    code = getattr(getattr(error, "orig", error), "sqlite_errorcode", 0)
    if code & 0xFF in _OF_THE_FOLDER:
        return FolderUnusable(folder=str(folder), reason=str(error))
    return StoreDamaged(folder=str(folder), what=what)
