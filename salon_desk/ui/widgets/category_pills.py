"""The categories over the tiles: one is chosen, all are visible, more rows where it is narrow.

Which items a category holds lives elsewhere.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QSizePolicy, QWidget

from salon_desk.ui.view_values import Chip
from salon_desk.ui.widgets.face_grid import ButtonPool
from salon_desk.ui.widgets.flow_layout import FlowLayout
from salon_desk.ui.widgets.pill import Pill


class CategoryPills(QWidget):
    """A flow of pills, one chosen. Signal: `tapped(key)`; the caller marks it with `set_categories`."""

    tapped = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        flow = FlowLayout(self)
        self._pool: ButtonPool[Chip, Pill] = ButtonPool(flow, _pill, Pill.set_chip, self.tapped.emit)

    def set_categories(self, categories: Sequence[Chip], chosen: str | None) -> None:
        """Show these categories, with `chosen` marked."""
        self._pool.show(categories, chosen)

    def pill(self, key: str) -> Pill | None:
        """The pill of a category."""
        return self._pool.button(key)


def _pill() -> Pill:
    return Pill(Chip(""))
