"""A field of a form: its name above, the line, and below it what is wrong, in words.

What is valid lives in the services. TEXT and NAME open the on-screen keyboard, NUMBER the pad.
"""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from salon_desk.ui.theme.tokens import Tone
from salon_desk.ui.widgets.keyboard_wish import KeyboardWish, wish_keyboard
from salon_desk.ui.widgets.words import Role, Words


class FormField(QWidget):
    """Signals: `typed(str)` on every change, `submitted()` on Enter."""

    typed = Signal(str)
    submitted = Signal()

    def __init__(
        self, label: str = "", wish: KeyboardWish = KeyboardWish.TEXT, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        self._label = Words(label, Role.MUTED)
        self.field = QLineEdit()
        self._wrong = Words("", Role.SMALL, tone=Tone.DANGER)
        self._wrong.hide()
        wish_keyboard(self.field, wish)
        for part in (self._label, self.field, self._wrong):
            column.addWidget(part)
        self.setFocusProxy(self.field)
        self.field.textChanged.connect(self._changed)
        self.field.returnPressed.connect(self.submitted.emit)
        self.set_label(label)

    @property
    def text(self) -> str:
        """What is typed, without blanks around it."""
        return self.field.text().strip()

    def set_text(self, text: str) -> None:
        """Write into the field; of long words the beginning is in sight."""
        self.field.setText(text)
        if not self.field.hasFocus():
            self.field.setCursorPosition(0)

    def set_label(self, label: str, hint: str = "") -> None:
        """Name the field; `hint` stands in it while it is empty."""
        self._label.setText(label)
        self.field.setPlaceholderText(hint)
        self.field.setAccessibleName(label)

    def refuse(self, words: str) -> None:
        """Say below the field what is wrong with it; empty words take it back."""
        self._wrong.setText(words)
        self._wrong.setVisible(bool(words))
        self.field.setAccessibleDescription(words)

    def _changed(self, text: str) -> None:
        self.refuse("")
        self.typed.emit(text.strip())
