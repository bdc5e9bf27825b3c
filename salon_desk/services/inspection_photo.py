"""The photo of a terminal's monthly look: only its digest is kept, so that the picture can be shown to be that one.

No picture is stored or sent. What an inspection is stands in `inspections.py`.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

from salon_desk.domain.errors import DomainError

MOST_BYTES = 50_000_000


@dataclass
class PhotoUnreadable(DomainError):
    """There is no such file, or it cannot be a photo for its size."""

    path: str


def photo_digest(path: str) -> str:
    """The SHA-256 of a photo's file, empty for no path. Not for the UI thread. Raises PhotoUnreadable."""
    if not path.strip():
        return ""
    place = Path(path.strip()).expanduser()
    try:
        if not 0 < place.stat().st_size <= MOST_BYTES:
            raise PhotoUnreadable(path)
        return hashlib.sha256(place.read_bytes()).hexdigest()
    except OSError:
        raise PhotoUnreadable(path) from None
