"""The one search: a large field, a button that empties it, and one that opens the keyboard.

What is found lives elsewhere. It answers while typing: `typed` comes with every change.
"""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QSizePolicy, QWidget
from typing_extensions import override

from salon_desk.ui.language import Language
from salon_desk.ui.theme import active, paint
from salon_desk.ui.theme.icons import Icon, paint_icon
from salon_desk.ui.theme.tokens import Size
from salon_desk.ui.widgets.action_button import ActionButton, Kind
from salon_desk.ui.widgets.keyboard_wish import KeyboardWish, wish_keyboard

_HEIGHT = 56


class SearchField(QWidget):
    """Signals: `typed(str)` on every change, `submitted(str)` on Enter, `keyboard_wanted()`.

    The keyboard opens by its button only: a scanner types here too.
    """

    typed = Signal(str)
    submitted = Signal(str)
    keyboard_wanted = Signal()

    def __init__(self, language: Language, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._language = language
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.field = QLineEdit()
        self.field.setProperty("role", "bare")
        self.field.setFrame(False)
        wish_keyboard(self.field, KeyboardWish.ON_BUTTON)
        self.empty = ActionButton("", Kind.PLAIN, icon=Icon.CLOSE)
        self.empty.hide()
        self.keyboard = ActionButton("", Kind.QUIET, icon=Icon.KEYBOARD)
        row = QHBoxLayout(self)
        row.setContentsMargins(50, 4, 4, 4)
        row.setSpacing(Size.GAP)
        row.addWidget(self.field, 1)
        row.addWidget(self.empty)
        row.addWidget(self.keyboard)
        self.setFocusProxy(self.field)
        self._placeholder = ""
        self.field.textChanged.connect(self._changed)
        self.field.returnPressed.connect(lambda: self.submitted.emit(self.field.text().strip()))
        self.empty.clicked.connect(self.clear)
        self.keyboard.clicked.connect(self._want_keyboard)
        language.changed.connect(self.retranslate)
        self.retranslate()

    @property
    def text(self) -> str:
        """What is typed, without blanks around it."""
        return self.field.text().strip()

    def set_placeholder(self, msgid: str) -> None:
        """What may be typed here, as a msgid (`N_`)."""
        self._placeholder = msgid
        self.retranslate()

    def clear(self) -> None:
        """Empty the field and keep the focus in it."""
        self.field.clear()
        self.field.setFocus()

    def retranslate(self) -> None:
        """Write the words again."""
        words = self._language.catalogue
        hint = words.text(self._placeholder)
        self.field.setPlaceholderText(hint)
        self.field.setAccessibleName(hint or words.text("Search"))
        self.empty.set_text("", words.text("Empty the search"))
        self.keyboard.set_text(words.text("Keyboard"))

    @override
    def sizeHint(self) -> QSize:
        return QSize(400, _HEIGHT)

    @override
    def paintEvent(self, event: QPaintEvent, /) -> None:
        painter, colours = QPainter(self), active.palette()
        rect, focused = QRectF(self.rect()), self.field.hasFocus()
        outline = colours.brand if focused else colours.edge
        width = Size.OUTLINE_CHOSEN if focused else Size.OUTLINE
        paint.card(painter, rect, colours.surface, outline=outline, width=width, radius=Size.RADIUS)
        paint_icon(painter, Icon.SEARCH, QRectF(16, rect.center().y() - 11, 22, 22), colours.muted)
        painter.end()

    def _changed(self, text: str) -> None:
        self.empty.setVisible(bool(text))
        self.typed.emit(text.strip())

    def _want_keyboard(self) -> None:
        self.field.setFocus()
        self.keyboard_wanted.emit()
