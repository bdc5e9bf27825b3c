"""Tips that the shop owes: one button a person, tapped on and off.

Who is owed what is read by the service. Colour is not the only sign: the second line says paid now or not.
"""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from salon_desk.ui.language import Language
from salon_desk.ui.screens.shift.view_model import TipsModel
from salon_desk.ui.theme.tokens import Size
from salon_desk.ui.widgets.choice_button import ChoiceButton
from salon_desk.ui.widgets.flow_layout import GridLayout
from salon_desk.ui.widgets.kinetic import ScrollColumn

_HEIGHT = 72
_WIDTH = 240


class TipsPanel(QWidget):
    """Signal: `toggled(who)`. The button that pays stands at the foot of whatever holds the panel."""

    toggled = Signal(str)

    def __init__(self, language: Language, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._language = language
        self.people: list[ChoiceButton] = []
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Size.PAD)
        content = QWidget()
        inner = QVBoxLayout(content)
        inner.setContentsMargins(0, 0, 0, 0)
        self._grid = GridLayout(least=_WIDTH, columns=4)
        inner.addLayout(self._grid)
        inner.addStretch(1)
        column.addWidget(ScrollColumn(content), 1)

    def show_tips(self, model: TipsModel) -> None:
        """Write who is owed what."""
        words = self._language.catalogue
        while len(self.people) < len(model.rows):
            button = ChoiceButton(height=_HEIGHT)
            button.tapped.connect(self.toggled)
            self._grid.addWidget(button)
            self.people.append(button)
        for at, button in enumerate(self.people):
            button.setVisible(at < len(model.rows))
            if at < len(model.rows):
                row = model.rows[at]
                button.set_key(row.key)
                detail = (
                    words.text("{amount} · paid now", amount=row.amount)
                    if row.paying
                    else words.text("{amount} · stays owed", amount=row.amount)
                )
                button.set_words(row.name, detail)
                button.set_chosen(row.paying)
