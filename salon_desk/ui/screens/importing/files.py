"""The lists that lie on this machine: in the usual folders and on whatever was plugged in, newest first.

Nothing is opened here (`services/importing_files.py`). Database worker, because a plugged-in disk may be slow.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path

_KINDS = (".csv", ".xlsx", ".txt")
_MOST = 60
_MOST_SEEN = 5_000


@dataclass(frozen=True, slots=True)
class FileFound:
    """A file that may be a list, and when it was last changed (UTC)."""

    path: Path
    size: int
    changed: datetime


def usual_places() -> tuple[Path, ...]:
    """Where people keep what they were sent, and where disks appear."""
    home = Path.home()
    plugged = [one for root in ("/media", "/run/media", "/mnt", "/Volumes") for one in _folders(Path(root))]
    return (*(home / name for name in ("Downloads", "Desktop", "Documents")), home, *plugged)


def found_files(places: Sequence[Path]) -> tuple[FileFound, ...]:
    """Every list in these folders, newest first."""
    found: dict[Path, FileFound] = {}
    for place in places:
        for path in islice(_entries(place), _MOST_SEEN):
            if path.suffix.lower() in _KINDS and not path.name.startswith((".", "~")):
                told = path.stat()
                found[path] = FileFound(path, told.st_size, datetime.fromtimestamp(told.st_mtime, UTC))
    return tuple(sorted(found.values(), key=lambda one: one.changed, reverse=True)[:_MOST])


def _entries(place: Path) -> Iterable[Path]:
    try:
        return [one for one in islice(place.iterdir(), _MOST_SEEN) if one.is_file()]
    except OSError:
        return ()


def _folders(root: Path) -> list[Path]:
    """Folders below a place where disks appear: by themselves, or under the name of their user."""
    try:
        first = [one for one in islice(root.iterdir(), 50) if one.is_dir()]
        return first + [two for one in first for two in islice(one.iterdir(), 50) if two.is_dir()]
    except OSError:
        return []
