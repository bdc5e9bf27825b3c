"""What goes back where: one row a tender with its amount, and what a person must do besides.

No amount is reckoned here; rows arrive written.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QVBoxLayout, QWidget

from salon_desk.ui.screens.refund.view_model import BackModel
from salon_desk.ui.widgets.words import AmountRow, Role, Words


class BackList(QWidget):
    """A title and rows."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(2)
        self._title = Words("", Role.STRONG)
        self._column.addWidget(self._title)
        self.rows: list[AmountRow] = []

    def show_back(self, title: str, back: Sequence[BackModel]) -> None:
        """Write the rows."""
        self._title.setText(title)
        while len(self.rows) < len(back):
            self.rows.append(AmountRow())
            self._column.addWidget(self.rows[-1])
        for at, row in enumerate(self.rows):
            row.setVisible(at < len(back))
            if at < len(back):
                one = back[at]
                row.set_words(" · ".join(part for part in (one.name, one.note) if part), one.amount)
