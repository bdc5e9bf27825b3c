"""The results of the search, over the tiles: rows to tap, or what to do when nobody and nothing was found.

What was found, and what a tap does, is the presenter's.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedLayout, QVBoxLayout, QWidget

from salon_desk.ui.language import Language
from salon_desk.ui.theme.icons import Icon
from salon_desk.ui.theme.tokens import Size
from salon_desk.ui.view_values import ListRow
from salon_desk.ui.widgets.empty_state import EmptyState
from salon_desk.ui.widgets.kinetic_list import KineticList
from salon_desk.ui.widgets.words import panel


class ResultsPage(QWidget):
    """Signals: `tapped(key)`, `new_member_wanted()`."""

    tapped = Signal(str)
    new_member_wanted = Signal()

    def __init__(self, language: Language, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._language = language
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        card = panel("card")
        column.addWidget(card, 1)
        self._stack = QStackedLayout(card)
        self._stack.setContentsMargins(Size.GAP, Size.GAP, Size.GAP, Size.GAP)
        self.list, self.nothing = KineticList(), EmptyState(Icon.SEARCH)
        self._stack.addWidget(self.list)
        self._stack.addWidget(self.nothing)
        self.list.tapped.connect(self.tapped.emit)
        self.nothing.acted.connect(self.new_member_wanted.emit)

    def set_results(self, rows: Sequence[ListRow], nothing_found: str) -> None:
        """Show what was found, or say that it was nothing."""
        words = self._language.catalogue
        self.list.set_rows(rows)
        self.list.setAccessibleName(words.text("Search results"))
        self.nothing.set_words(
            nothing_found,
            words.text("Check the spelling, try the last four digits of the phone, or add a new member."),
            words.text("Add a new member"),
        )
        self._stack.setCurrentIndex(0 if rows else 1)
