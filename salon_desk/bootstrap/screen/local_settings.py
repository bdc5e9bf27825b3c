"""Settings of this machine as the screens ask for them: read once at start, kept as local rows.

What may be set is the settings screen's; nothing here is a fact of the shop. Reading never waits, keeping runs on the
database worker.
"""

from __future__ import annotations

from salon_desk.bootstrap.till import RunningTill
from salon_desk.storage import local

NAMES = ("language", "theme", "clock_format", "receipt_language")


class MachineSettings:
    """Fulfils the settings screen's Protocol. UI thread."""

    def __init__(self, running: RunningTill) -> None:
        self._running = running
        self._values = running.worker.run(self._read)

    def get(self, name: str) -> str:
        """The value of a setting, empty when it was never set."""
        return self._values.get(name, "")

    def set(self, name: str, value: str) -> None:
        """Set it now, and keep it."""
        self._values[name] = value
        self._running.worker.submit(lambda: local.save_setting(self._running.till.store, name, value))

    def _read(self) -> dict[str, str]:
        with self._running.till.read() as transaction:
            return {name: local.setting(transaction, name) for name in NAMES}
