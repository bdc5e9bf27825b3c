"""The reminders: a button for each place behind them.

What the places are is the view model's.
"""

from __future__ import annotations

from collections.abc import Callable, Collection

from PySide6.QtWidgets import QVBoxLayout, QWidget
from typing_extensions import override

from salon_desk.ui.screen import Screen, ScreenHost
from salon_desk.ui.screens.reminders.view_model import Place, places
from salon_desk.ui.theme.tokens import Size
from salon_desk.ui.view_values import Heading
from salon_desk.ui.widgets.choice_button import ChoiceButton
from salon_desk.ui.widgets.face_grid import ButtonPool
from salon_desk.ui.widgets.flow_layout import GridLayout
from salon_desk.ui.widgets.kinetic import ScrollColumn

_LEAST = 400
_MOST_COLUMNS = 2
_HIGH = 72


class RemindersScreen(Screen):
    """`buttons` is there for tests."""

    def __init__(self, host: ScreenHost, there: Collection[str], go: Callable[[str], None]) -> None:
        super().__init__(host)
        self._there = there
        ways = QWidget()
        grid = GridLayout(least=_LEAST, columns=_MOST_COLUMNS)
        ways.setLayout(grid)
        self.buttons: ButtonPool[Place, ChoiceButton] = ButtonPool(grid, _button, _show, go)
        content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(Size.PAD, Size.PAD, Size.PAD, Size.PAD)
        column.addWidget(ways)
        column.addStretch(1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(ScrollColumn(content))

    @override
    def heading(self) -> Heading:
        return Heading(self.words.catalogue.text("Reminders"))

    @override
    def retranslate(self) -> None:
        self.buttons.show(places(self._there, self.words.catalogue), None)


def _button() -> ChoiceButton:
    return ChoiceButton(height=_HIGH)


def _show(button: ChoiceButton, place: Place) -> None:
    button.set_key(place.key)
    button.set_words(place.name, place.told)
