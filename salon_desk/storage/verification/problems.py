"""What `verify` found wrong: one clear line each, for whoever looks after the till.

The lines are for a technician and are not translated. They name table, key and column; a person's text is never
repeated in them. Only the first hundred are kept, the rest is counted.
"""

from __future__ import annotations

MOST_LISTED = 100


class Problems:
    """A list of problems that does not grow without end."""

    def __init__(self) -> None:
        self._lines: list[str] = []
        self._more = 0

    def add(self, line: str) -> None:
        """Note one more."""
        if len(self._lines) < MOST_LISTED:
            self._lines.append(line)
        else:
            self._more += 1

    def listed(self) -> tuple[str, ...]:
        """The problems in the order in which they were found, and how many more there are."""
        return (*self._lines, f"… and {self._more} more") if self._more else tuple(self._lines)


def named(value: object) -> str:
    """A key or an id as it can stand in a line: bytes that are no text are shown as such."""
    if isinstance(value, bytes):
        value = value.decode("utf-8", "backslashreplace")
    text = str(value)
    return text if len(text) <= 80 and text.isprintable() else ascii(text)[:80]
