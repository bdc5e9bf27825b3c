"""Whose value it will be: scan a card, or search for the member. Signals: `typed(str)`, `chosen(member)`.

What is found, and what it is asked for, is the presenter's.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedLayout, QVBoxLayout, QWidget

from salon_desk.i18n import N_
from salon_desk.ui.screen import ScreenHost
from salon_desk.ui.theme.icons import Icon
from salon_desk.ui.theme.tokens import Size
from salon_desk.ui.view_values import ListRow
from salon_desk.ui.widgets.empty_state import EmptyState
from salon_desk.ui.widgets.kinetic_list import KineticList
from salon_desk.ui.widgets.search_field import SearchField
from salon_desk.ui.widgets.words import panel


class WhomPage(QWidget):
    """The search and who was found, or what to do first: the question `asked`, marked by N_."""

    typed = Signal(str)
    chosen = Signal(str)

    def __init__(self, host: ScreenHost, icon: Icon, asked: str) -> None:
        super().__init__()
        self._language, self._asked = host.language, asked
        column = QVBoxLayout(self)
        column.setContentsMargins(Size.PAD, Size.PAD, Size.PAD, Size.PAD)
        column.setSpacing(Size.PAD)
        self.search = SearchField(host.language)
        self.search.set_placeholder(N_("Card, phone or name"))
        column.addWidget(self.search)
        card = panel("card")
        column.addWidget(card, 1)
        self._stack = QStackedLayout(card)
        self._stack.setContentsMargins(Size.GAP, Size.GAP, Size.GAP, Size.GAP)
        self._first, self.list = EmptyState(icon), KineticList()
        self._stack.addWidget(self._first)
        self._stack.addWidget(self.list)
        self.search.typed.connect(self.typed.emit)
        self.search.keyboard_wanted.connect(lambda: host.open_keyboard(self.search.field))
        self.list.tapped.connect(self.chosen.emit)

    def set_results(self, rows: Sequence[ListRow] | None, typed: str) -> None:
        """Show who was found; None for nothing typed yet."""
        if typed == "" and self.search.text:
            self.search.field.clear()
        self.list.set_rows(rows or ())
        self._stack.setCurrentIndex(1 if rows else 0)
        words = self._language.catalogue
        if rows is not None and not rows:
            self._first.set_words(
                words.text("Nobody is called “{typed}” here.", typed=typed),
                words.text("Check the spelling, or try the last four digits of the phone."),
            )
        else:
            self._first.set_words(
                words.text(self._asked), words.text("Scan the card, or search for the member.")
            )

    def retranslate(self) -> None:
        """Name the list."""
        self.list.setAccessibleName(self._language.catalogue.text("Search results"))
