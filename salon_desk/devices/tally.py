"""Counts what a device does: jobs, retries, errors, for its screen and for a diagnostics bundle.

No device lives here. The one rule to know: counting never fails and never waits for long, whatever the thread.
"""

from __future__ import annotations

import threading

from salon_desk.services.device_state import Counts


class Tally:
    """The counters of one device since it was started. Any thread."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._jobs = self._retries = self._errors = 0

    def job(self) -> None:
        """A job was done: a paper printed, a code read, a line shown, a charge answered."""
        with self._lock:
            self._jobs += 1

    def ended(self, *, well: bool) -> None:
        """A job was done, or ended badly."""
        if well:
            self.job()
        else:
            self.error()

    def retry(self) -> None:
        """Something had to be tried again."""
        with self._lock:
            self._retries += 1

    def error(self) -> None:
        """A trouble began, or a job ended badly."""
        with self._lock:
            self._errors += 1

    def now(self) -> Counts:
        """The counters as they stand."""
        with self._lock:
            return Counts(self._jobs, self._retries, self._errors)
