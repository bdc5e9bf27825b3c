"""The lists that lie on this machine: in the usual folders and on whatever was plugged in, newest first.

Nothing is opened here (`services/importing_files.py`). Database worker, because a plugged-in disk may be slow.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from salon_desk.services import files_nearby

_KINDS = (".csv", ".xlsx", ".txt")
_MOST = 60


@dataclass(frozen=True, slots=True)
class FileFound:
    """A file that may be a list, and when it was last changed (UTC)."""

    path: Path
    size: int
    changed: datetime


def usual_places() -> tuple[Path, ...]:
    """Where people keep what they were sent, and where disks appear."""
    return files_nearby.places("Downloads", "Desktop", "Documents", "")


def found_files(places: Sequence[Path]) -> tuple[FileFound, ...]:
    """Every list in these folders, newest first."""
    found = []
    for path in files_nearby.of_kind(places, _KINDS):
        told = path.stat()
        found.append(FileFound(path, told.st_size, datetime.fromtimestamp(told.st_mtime, UTC)))
    return tuple(sorted(found, key=lambda one: one.changed, reverse=True)[:_MOST])
