"""What the close of a shift may ask of the card terminal: a Protocol that bootstrap fulfils.

No device and no screen lives here; what a batch should come to is `services/batches.py`'s.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from salon_desk.domain.charge import BatchFailed
from salon_desk.services.batches import Compared
from salon_desk.services.till import Actor


class BatchDesk(Protocol):
    """The terminal's batch as the window sees it."""

    def is_there(self) -> bool:
        """Whether a terminal is chosen. UI thread; never waits."""
        ...

    def close_batch(
        self, command_id: str, actor: Actor, done: Callable[[Compared | BatchFailed], None]
    ) -> None:
        """Let the terminal count and close its batch, and compare it with ours. Database worker; `done` on the UI thread.

        Raises PermissionNeeded, TerminalMissing.
        """
        ...
