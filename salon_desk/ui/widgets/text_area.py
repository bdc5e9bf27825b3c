"""A text of several lines: its name above, the lines, and a way to put something in where the cursor stands.

What the text may say lives in the services. It opens the on-screen keyboard.
"""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QPlainTextEdit, QVBoxLayout, QWidget

from salon_desk.ui.widgets.keyboard_wish import KeyboardWish, wish_keyboard
from salon_desk.ui.widgets.words import Role, Words


class TextArea(QWidget):
    """Signal: `typed(str)` on every change."""

    typed = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        self._label = Words("", Role.MUTED)
        self.field = QPlainTextEdit()
        self.field.setTabChangesFocus(True)
        wish_keyboard(self.field, KeyboardWish.TEXT)
        column.addWidget(self._label)
        column.addWidget(self.field, 1)
        self.setFocusProxy(self.field)
        self.field.textChanged.connect(lambda: self.typed.emit(self.text))

    @property
    def text(self) -> str:
        """What is typed, without blanks around it."""
        return self.field.toPlainText().strip()

    def set_text(self, text: str) -> None:
        """Write another text, with the cursor behind it."""
        if text != self.text:
            self.field.setPlainText(text)
        self.field.moveCursor(QTextCursor.MoveOperation.End)

    def set_label(self, label: str) -> None:
        """Name the text."""
        self._label.setText(label)
        self.field.setAccessibleName(label)

    def insert(self, text: str) -> None:
        """Put something in where the cursor stands, in place of what is marked."""
        self.field.insertPlainText(text)

    def enclose(self, before: str, after: str) -> None:
        """Put what is marked between these two, and the cursor behind it inside them."""
        cursor = self.field.textCursor()
        cursor.insertText(f"{before}{cursor.selectedText()}{after}")
        cursor.movePosition(QTextCursor.MoveOperation.Left, n=len(after))
        self.field.setTextCursor(cursor)
