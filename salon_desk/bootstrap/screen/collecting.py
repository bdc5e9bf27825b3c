"""Garbage is collected on the UI thread only: what Python's collector destroys on another thread may be a widget.

A closed sheet often stands in a cycle, and the collector runs on whichever thread allocates; a widget that is destroyed beside its
own thread stops the program or ends it. So the collector's own runs are off, and a timer does what they would have done.
"""

from __future__ import annotations

import gc

from PySide6.QtCore import QObject, QTimer

_LOOK_MS = 200


class Collecting(QObject):
    """From now on garbage goes on this thread, until `end`. UI thread only, once the window stands.

    What stands by now stays: no later collection goes through it, so that they hold the painting up less.
    """

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        gc.collect()
        gc.freeze()
        gc.disable()
        self._timer = QTimer(self)
        self._timer.timeout.connect(collect_what_is_due)
        self._timer.start(_LOOK_MS)

    def end(self) -> None:
        """Leave it to Python again, of whose threads none is the screen's any more."""
        self._timer.stop()
        gc.unfreeze()
        gc.enable()


def collect_what_is_due() -> None:
    """Collect the oldest generation that has reached its threshold, as the collector itself does; nothing when none has."""
    due = [
        at
        for at, (count, most) in enumerate(zip(gc.get_count(), gc.get_threshold(), strict=True))
        if count > most
    ]
    if due:
        gc.collect(max(due))
