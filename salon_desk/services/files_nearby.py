"""The files that lie where people keep them: in folders of their home, and on whatever was plugged in.

Nothing is opened here. Database worker, because a plugged-in disk may be slow; a folder that cannot be read has no files.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import Final

_ROOTS: Final = ("/media", "/run/media", "/mnt", "/Volumes")
_MOST_SEEN: Final = 5_000
_MOST_FOLDERS: Final = 50


def places(*folders: str) -> tuple[Path, ...]:
    """These folders of the home, then where disks appear."""
    home = Path.home()
    return (*(home / name for name in folders), *(one for root in _ROOTS for one in _folders(Path(root))))


def of_kind(where: Sequence[Path], kinds: Collection[str]) -> Iterator[Path]:
    """Each file in these folders whose ending is one of `kinds` (".png"), once; no hidden and no half-written ones."""
    seen: set[Path] = set()
    for place in where:
        for path in _entries(place):
            if path.suffix.lower() in kinds and not path.name.startswith((".", "~")) and path not in seen:
                seen.add(path)
                yield path


def _entries(place: Path) -> list[Path]:
    try:
        return [one for one in islice(place.iterdir(), _MOST_SEEN) if one.is_file()]
    except OSError:
        return []


def _folders(root: Path) -> list[Path]:
    """Folders below a place where disks appear: by themselves, or under the name of their user."""
    try:
        first = [one for one in islice(root.iterdir(), _MOST_FOLDERS) if one.is_dir()]
        return first + [two for one in first for two in islice(one.iterdir(), _MOST_FOLDERS) if two.is_dir()]
    except OSError:
        return []
