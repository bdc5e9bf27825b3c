"""Parts of the pages of a campaign: lines with figures, and what somebody would read.

What they say is the view models'.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QVBoxLayout, QWidget

from salon_desk.ui.screens.campaigns.view_model import Fact, Read
from salon_desk.ui.theme.tokens import Size
from salon_desk.ui.widgets.words import AmountRow, Role, Words, panel


class Facts(QWidget):
    """Lines with figures in one column."""

    def __init__(self) -> None:
        super().__init__()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._facts: tuple[Fact, ...] = ()

    def show_facts(self, facts: tuple[Fact, ...]) -> None:
        """Show these lines."""
        if facts == self._facts:
            return
        self._facts = facts
        _clear(self._column)
        for one in facts:
            self._column.addWidget(AmountRow(one.label, one.figure, strong=one.strong, tone=one.tone))
        self.setVisible(bool(facts))

    @property
    def figures(self) -> dict[str, str]:
        """The figures by their lines."""
        return {one.label: one.figure for one in self._facts}


class Examples(QWidget):
    """What members would read, one below the other."""

    def __init__(self) -> None:
        super().__init__()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(Size.GAP)
        self.read: tuple[Read, ...] = ()

    def show_read(self, read: Sequence[Read]) -> None:
        """Show these."""
        if tuple(read) == self.read:
            return
        self.read = tuple(read)
        _clear(self._column)
        for one in read:
            bubble = panel("sunk")
            inside = QVBoxLayout(bubble)
            inside.setContentsMargins(12, 8, 12, 10)
            inside.setSpacing(2)
            inside.addWidget(Words(one.whose, Role.SMALL))
            inside.addWidget(Words(one.text))
            self._column.addWidget(bubble)


def _clear(column: QVBoxLayout) -> None:
    while (item := column.takeAt(0)) is not None:
        widget = item.widget()
        if widget is not None:
            widget.hide()
            widget.deleteLater()
