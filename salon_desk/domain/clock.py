"""The clock as the house uses it: handed in, UTC, and never asked for the order of things.

No reading of the machine's time lives here (see `bootstrap`). A business day comes from the shift
that was opened, not from this clock.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Protocol


class Clock(Protocol):
    """Tells the present instant."""

    def now(self) -> datetime:
        """The present instant, aware, in UTC."""
        ...


def instant_text(instant: datetime) -> str:
    """An instant as operations keep it: ISO 8601 in UTC with milliseconds and a Z."""
    return instant.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def parse_instant(text: str) -> datetime:
    """The instant behind `instant_text`; ValueError if the text is none."""
    return datetime.fromisoformat(text.replace("Z", "+00:00")).astimezone(UTC)
