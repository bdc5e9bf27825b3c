"""How long to wait before the next try: exponential with full jitter, so that fifty tills do not come back at once.

No clock and no sleep lives here; the randomness is handed in.
"""

from __future__ import annotations

from random import Random

FIRST = 0.5
CAP = 60.0
LONGEST_ASKED_FOR = 600.0


class Backoff:
    """Counts failures since the last success. Used by one thread."""

    def __init__(self, random: Random, *, first: float = FIRST, cap: float = CAP) -> None:
        self._random = random
        self._first = first
        self._cap = cap
        self._failures = 0

    def failed(self, retry_after: float | None = None) -> float:
        """One more failure: seconds to wait. What the other side asked for is honoured, within reason."""
        most = min(self._cap, self._first * 2 ** min(self._failures, 30))
        self._failures += 1
        drawn = self._random.uniform(0, most)
        return drawn if retry_after is None else drawn + min(max(retry_after, 0.0), LONGEST_ASKED_FOR)

    def reset(self) -> None:
        """A success: the next failure is the first one again."""
        self._failures = 0
