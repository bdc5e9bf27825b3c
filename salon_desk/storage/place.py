"""Where a head office keeps its data: a folder with SQLite, or the URL of a PostgreSQL database.

Nothing is opened here. A URL may carry a password, so what is shown of it is host and database alone.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

SCHEMES = ("postgresql", "postgres")


@dataclass(frozen=True, slots=True)
class Place:
    """Where a head office keeps its data: a folder, or the URL of a PostgreSQL database."""

    folder: Path | None = None
    url: str = field(default="", repr=False)

    def __str__(self) -> str:
        return str(self.folder) if self.folder else shown(self.url)


def shown(url: str) -> str:
    """A URL without user, password and options: what may stand in a sentence or a log."""
    if not is_postgres(url):
        return "…"
    try:
        parts = urlsplit(url)
        host, port = parts.hostname or parse_qs(parts.query).get("host", [""])[0], parts.port
    except ValueError:
        return "postgresql://…"
    return f"postgresql://{host}{f':{port}' if port else ''}{parts.path}"


def is_postgres(url: str) -> bool:
    """Whether this is the URL of a PostgreSQL database."""
    return url.partition("://")[0] in SCHEMES
