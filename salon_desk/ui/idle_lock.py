"""Locks the till when nobody has touched it for a while: keys, taps and scans count as somebody.

What locking means is the listener's (sign out, show the sign-in screen): open tickets are durable and stay. Nothing
is locked while nobody is signed in.
"""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtGui import QWindow
from typing_extensions import override

from salon_desk.ui.session import Session

IDLE_MINUTES: Final = 15

_SOMEBODY = frozenset(
    {
        QEvent.Type.KeyPress,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.MouseButtonRelease,
        QEvent.Type.TouchBegin,
        QEvent.Type.TouchUpdate,
        QEvent.Type.Wheel,
    }
)


class IdleLock(QObject):
    """Signal: `idle()`, once, when the time is over. UI thread; `timer` is there for tests."""

    idle = Signal()

    def __init__(
        self,
        session: Session,
        *,
        milliseconds: int = IDLE_MINUTES * 60_000,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._session = session
        self.timer = QTimer(self)
        self.timer.setSingleShot(True)
        self.timer.setInterval(milliseconds)
        self.timer.timeout.connect(self._over)
        session.listen(self.stir)

    def watch(self, window: QWindow) -> None:
        """Take what people do in this window as a sign of life; it comes through the window once, whoever gets it."""
        window.installEventFilter(self)

    def stir(self) -> None:
        """Somebody is there: begin to count again. Also called for a scan of a reader on a port."""
        if self._session.person is None:
            self.timer.stop()
        else:
            self.timer.start()

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in _SOMEBODY and self._session.person is not None:
            self.timer.start()
        return False

    def _over(self) -> None:
        if self._session.person is not None:
            self.idle.emit()
