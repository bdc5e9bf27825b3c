"""What a device's port has done since it was started: jobs, retries and errors, for the diagnostics bundle.

No port lives here, and nothing a customer said or owns may come in: a problem is told by its name only.
The one rule to know: the port's thread counts, any thread may look, and what it sees never changes.
"""

from __future__ import annotations

import threading
from dataclasses import dataclass, replace


@dataclass(frozen=True, slots=True)
class Counts:
    """A look at the counters. `errors` of the line; `last_problem` is the name of the last (`gone`, `stuck`, …)."""

    jobs: int = 0
    """Tasks that ended well: receipts printed, drawers opened, codes read, charges answered."""

    failed: int = 0
    """Tasks that ended otherwise and were said to."""

    retries: int = 0
    """Tasks begun again by the port itself."""

    errors: int = 0
    """Times that the line broke, could not be opened, or told nonsense."""

    last_problem: str = ""


class Counters:
    """The counters of one port. Every method: any thread."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._counts = Counts()

    def job(self, *, ok: bool = True) -> None:
        """A task ended."""
        with self._lock:
            now = self._counts
            self._counts = replace(now, jobs=now.jobs + 1) if ok else replace(now, failed=now.failed + 1)

    def retry(self) -> None:
        """A task is begun again."""
        with self._lock:
            self._counts = replace(self._counts, retries=self._counts.retries + 1)

    def error(self, problem: str) -> None:
        """The line is in trouble, once for each time; `problem` is a name, never a text that came in."""
        with self._lock:
            now = self._counts
            self._counts = replace(now, errors=now.errors + 1, last_problem=problem)

    def look(self) -> Counts:
        """How they stand now."""
        with self._lock:
            return self._counts
