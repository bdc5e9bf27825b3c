"""A sheet that asks for a member: who gets a series, or who of the family may use it. UI thread only.

Who is found is the presenter's. Signals: `typed(str)`, `chosen(member)`; it stays open until it is closed.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from salon_desk.i18n import N_
from salon_desk.ui.screen import ScreenHost
from salon_desk.ui.theme.tokens import Size
from salon_desk.ui.view_values import ListRow
from salon_desk.ui.widgets.action_button import ActionButton, Kind
from salon_desk.ui.widgets.kinetic_list import KineticList
from salon_desk.ui.widgets.search_field import SearchField
from salon_desk.ui.widgets.sheet import Sheet
from salon_desk.ui.widgets.words import Role, Words

_WIDTH, _HEIGHT = 640, 260


class PeopleSheet(Sheet):
    """`search` and `list` are there for tests."""

    typed = Signal(str)
    chosen = Signal(str)

    def __init__(self, host: ScreenHost, title: str, note: str, parent: QWidget | None = None) -> None:
        super().__init__(title, width=_WIDTH, parent=parent)
        words = host.language.catalogue
        self.search = SearchField(host.language)
        self.search.set_placeholder(N_("Card, phone or name"))
        self.list = KineticList()
        self.list.setMinimumHeight(_HEIGHT)
        self.list.setAccessibleName(words.text("Search results"))
        for part in (Words(note, Role.MUTED), self.search, self.list):
            self.body.addWidget(part)
        done = ActionButton(words.text("Done"), Kind.PLAIN, height=Size.TOUCH_PAY)
        done.clicked.connect(self.dismiss)
        self.add_button(done)
        self.search.typed.connect(self.typed.emit)
        self.search.keyboard_wanted.connect(lambda: host.open_keyboard(self.search.field))
        self.list.tapped.connect(self.chosen.emit)

    def show_people(self, rows: Sequence[ListRow]) -> None:
        """Who was found, or may use it already."""
        self.list.set_rows(rows)
