"""The card terminal of a running till for the screens about it: its batch at the close of a shift, its monthly look.

No screen and no port lives here. What the charge desk says on the database worker is hopped to the UI thread.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Qt, Signal

from salon_desk.bootstrap.till import RunningTill
from salon_desk.domain.charge import BatchFailed
from salon_desk.services.batches import Compared
from salon_desk.services.device_settings import Role
from salon_desk.services.till import Actor
from salon_desk.ui.device_status import real_name


class TillTerminal(QObject):
    """Fulfils `ui.batch_desk.BatchDesk`. Made on the UI thread."""

    _closed = Signal(object, object)

    def __init__(self, running: RunningTill, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._running = running
        self._closed.connect(_hand_over, Qt.ConnectionType.QueuedConnection)

    def is_there(self) -> bool:
        """See `BatchDesk`."""
        return bool(self.name)

    @property
    def looked_at(self) -> str:
        """The name of the terminal that is looked at every month: none for one of practice. Any thread."""
        return real_name(self._running.devices.of(Role.TERMINAL))

    @property
    def name(self) -> str:
        """What the terminal is called in what is recorded, empty for none. Any thread."""
        chosen = self._running.devices.of(Role.TERMINAL)
        return chosen.name or chosen.url

    def close_batch(
        self, command_id: str, actor: Actor, done: Callable[[Compared | BatchFailed], None]
    ) -> None:
        """See `BatchDesk`."""
        self._running.charging.desk.close_batch(
            command_id, actor, self.name, lambda result: self._closed.emit(done, result)
        )


def _hand_over(done: Callable[[object], None], result: object) -> None:
    """On the UI thread."""
    done(result)
