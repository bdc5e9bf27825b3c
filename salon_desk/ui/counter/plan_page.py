"""A page with what is paid for left, scrolling, and the plan of its tenders right; and the clock that asks after its paper.

What stands in the left column is each screen's.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from salon_desk.storage.print_jobs import JobState
from salon_desk.ui.counter.flowing import Flowing
from salon_desk.ui.counter.tender_panel import TenderPanel
from salon_desk.ui.theme.tokens import Size
from salon_desk.ui.widgets.kinetic import ScrollColumn
from salon_desk.ui.widgets.words import panel

_RECEIPT_EVERY_MS = 700


def plan_page(plan: TenderPanel, fill: Callable[[QVBoxLayout], None]) -> QWidget:
    """The page; `fill` puts what is paid for into its left column."""
    page = QWidget()
    row = QHBoxLayout(page)
    row.setContentsMargins(Size.PAD, Size.PAD, Size.PAD, Size.PAD)
    row.setSpacing(Size.PAD)
    card = panel("card")
    outer = QVBoxLayout(card)
    outer.setContentsMargins(4, 4, 4, 4)
    content = Flowing()
    outer.addWidget(ScrollColumn(content))
    column = QVBoxLayout(content)
    column.setContentsMargins(18, 12, 18, 12)
    column.setSpacing(Size.GAP)
    fill(column)
    column.addStretch(1)
    row.addWidget(card, 8)
    row.addWidget(plan, 5)
    return page


class ReceiptClock(QTimer):
    """Asks what became of the paper while somebody looks, until it is printed. UI thread only."""

    def __init__(self, screen: QWidget, refresh: Callable[[], None]) -> None:
        super().__init__(screen)
        self._screen = screen
        self.setInterval(_RECEIPT_EVERY_MS)
        self.timeout.connect(refresh)

    def follow(self, receipt: JobState | None, *, sold: bool) -> None:
        """What is known of the paper by now."""
        if self._screen.isVisible() and sold and receipt is not JobState.PRINTED:
            self.start()
        else:
            self.stop()
