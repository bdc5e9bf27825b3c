"""A sheet: a question or a small form laid over the window, never a window of its own.

Where it is laid lives in `ui.overlay`. It closes only by its buttons or Escape, not by a touch
beside it: wet fingers touch everything.
"""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget
from typing_extensions import override

from salon_desk.ui.theme import active, paint
from salon_desk.ui.theme.tokens import Size
from salon_desk.ui.view_values import Question
from salon_desk.ui.widgets.action_button import ActionButton, Kind
from salon_desk.ui.widgets.words import Role, Words

WIDTH = 560


class Sheet(QWidget):
    """Put widgets into `body` (a column) and buttons by `add_button`. Signal: `closed()`.

    `dismiss()` is Escape and the cancel button; override it to ask or to undo.
    """

    closed = Signal()

    def __init__(self, title: str = "", *, width: int = WIDTH, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.preferred_width = width
        self._title = Words(title, Role.TITLE)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 22, 24, 22)
        column.setSpacing(Size.PAD)
        column.addWidget(self._title)
        self.body = QVBoxLayout()
        self.body.setSpacing(Size.GAP)
        column.addLayout(self.body, 1)
        self._buttons = QHBoxLayout()
        self._buttons.setSpacing(Size.GAP + 4)
        column.addLayout(self._buttons)
        self.set_title(title)

    def set_title(self, title: str) -> None:
        """Say what it is about."""
        self._title.setText(title)
        self.setAccessibleName(title)

    def add_button(self, button: ActionButton, stretch: int = 1) -> None:
        """Add a button to the foot, from left to right; the one that goes on stands last."""
        self._buttons.addWidget(button, stretch)

    def dismiss(self) -> None:
        """Leave without doing anything."""
        self.closed.emit()

    @override
    def keyPressEvent(self, event: QKeyEvent, /) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.dismiss()
        else:
            super().keyPressEvent(event)

    @override
    def paintEvent(self, event: QPaintEvent, /) -> None:
        painter = QPainter(self)
        colours = active.palette()
        paint.card(
            painter, QRectF(self.rect()), colours.surface, outline=colours.line, radius=Size.RADIUS_LARGE
        )
        painter.end()


class QuestionSheet(Sheet):
    """Asks once, with the consequence named. Signal: `answered(bool)`, then `closed()`."""

    answered = Signal(bool)

    def __init__(self, question: Question, cancel: str, parent: QWidget | None = None) -> None:
        super().__init__(question.title, width=480, parent=parent)
        self.body.addWidget(Words(question.consequence))
        self.cancel = ActionButton(question.cancel or cancel, Kind.PLAIN, height=Size.TOUCH_PAY)
        kind = Kind.DANGER if question.danger else Kind.PRIMARY
        self.confirm = ActionButton(question.confirm, kind, height=Size.TOUCH_PAY)
        self.add_button(self.cancel)
        self.add_button(self.confirm)
        self.setAccessibleDescription(question.consequence)
        self.cancel.clicked.connect(self.dismiss)
        self.confirm.clicked.connect(lambda: self._answer(True))

    @override
    def dismiss(self) -> None:
        self._answer(False)

    def _answer(self, confirmed: bool) -> None:
        self.answered.emit(confirmed)
        self.closed.emit()
