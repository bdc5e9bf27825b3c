"""The hybrid logical clock: the machine's milliseconds, but never backwards on one node.

No order of operations is taken from it (that is `seq`); it only breaks ties between edits of descriptions.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

COUNTER_BITS = 16
HIGHEST = 1 << 62
"""No clock, however wrong, may lead past what a database keeps as a whole number."""


def next_reading(last: int, now: datetime) -> int:
    """The reading after `last` at the instant `now`: milliseconds since 1970 shifted by 16 bits, plus a counter."""
    physical = min(max(0, int(now.timestamp() * 1000)) << COUNTER_BITS, HIGHEST)
    return physical if physical > last else last + 1


def instant_of(reading: int) -> datetime:
    """The instant in UTC that a reading stands for, to the millisecond."""
    return datetime(1970, 1, 1, tzinfo=UTC) + timedelta(milliseconds=reading >> COUNTER_BITS)
