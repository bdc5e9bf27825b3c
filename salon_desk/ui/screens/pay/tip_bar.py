"""The tips that can be chosen, all alike, and whose they are. Signals: `chosen(key)`, `split_wanted()`.

What is suggested, and how a tip is split, is handed in.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from salon_desk.ui.screens.pay.faces import TipFace
from salon_desk.ui.theme.tokens import Size
from salon_desk.ui.widgets.action_button import ActionButton, Kind
from salon_desk.ui.widgets.choice_button import ChoiceButton
from salon_desk.ui.widgets.face_grid import ButtonPool
from salon_desk.ui.widgets.words import Role, Words

HEIGHT = 58
ROOMY = 80


class TipBar(QWidget):
    """Shows `TipFace`s."""

    chosen = Signal(str)
    split_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._height = HEIGHT
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        head = QHBoxLayout()
        head.setSpacing(Size.GAP + 4)
        self._title, self._note = Words("", Role.NAME, wrap=False), Words("", Role.SMALL)
        self.split = ActionButton("", Kind.PLAIN, height=Size.TOUCH_PAY)
        head.addWidget(self._title)
        head.addWidget(self._note, 1)
        head.addWidget(self.split)
        kept = self.split.sizePolicy()
        kept.setRetainSizeWhenHidden(True)
        self.split.setSizePolicy(kept)
        column.addLayout(head)
        row = QHBoxLayout()
        row.setSpacing(Size.GAP)
        column.addLayout(row)
        self._pool: ButtonPool[TipFace, ChoiceButton] = ButtonPool(
            row, lambda: ChoiceButton(filled=True, height=self._height), _write, self.chosen.emit
        )
        self.split.clicked.connect(self.split_wanted.emit)

    def set_tips(self, title: str, note: str, split: str, tips: Sequence[TipFace]) -> None:
        """Show what can be chosen, and whose the chosen tip is; `split` empty for no tip."""
        self._title.setText(title)
        self._note.setText(note)
        self.split.set_text(split)
        self.split.setVisible(bool(split))
        self._pool.show(tips, None)
        for button, face in zip(self._pool.buttons, tips, strict=False):
            button.set_chosen(face.chosen)

    def set_height(self, height: int) -> None:
        """Make the choices as high as the screen has room for."""
        self._height = height
        for button in self._pool.buttons:
            button.setMinimumHeight(height)

    def tip(self, key: str) -> ChoiceButton | None:
        """The button of a tip."""
        return self._pool.button(key)


def _write(button: ChoiceButton, face: TipFace) -> None:
    button.set_key(face.key)
    button.set_words(face.title, face.detail)
