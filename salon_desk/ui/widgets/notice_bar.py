"""A notice: what happened, what was kept, what to do, in its colour and with its sign.

Nothing pops up by itself and nothing disappears while it is read: it stands until it is closed,
acted upon or replaced.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget
from typing_extensions import override

from salon_desk.ui.language import Language
from salon_desk.ui.theme import active, paint
from salon_desk.ui.theme.icons import Icon, paint_icon
from salon_desk.ui.theme.tokens import Size
from salon_desk.ui.view_values import Alert
from salon_desk.ui.widgets.action_button import ActionButton, Kind
from salon_desk.ui.widgets.words import Role, Words

_ICONS = {
    Alert.INFORMATION: Icon.INFORMATION,
    Alert.GOOD: Icon.CHECK,
    Alert.WAITING: Icon.CLOCK,
    Alert.TROUBLE: Icon.WARNING,
}


class NoticeBar(QWidget):
    """One notice, hidden while there is none. `action` is its button's words."""

    def __init__(self, language: Language, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._language = language
        self._alert = Alert.INFORMATION
        self._on_action: Callable[[], None] | None = None
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        row = QHBoxLayout(self)
        row.setContentsMargins(52, 6, 6, 6)
        row.setSpacing(Size.GAP)
        lines = QVBoxLayout()
        lines.setSpacing(2)
        self._title, self._detail = Words("", Role.STRONG), Words("")
        lines.addWidget(self._title)
        lines.addWidget(self._detail)
        row.addLayout(lines, 1)
        self.action = ActionButton("", Kind.PLAIN)
        self.close_button = ActionButton("", Kind.QUIET, icon=Icon.CLOSE)
        row.addWidget(self.action, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(self.close_button, 0, Qt.AlignmentFlag.AlignVCenter)
        self.action.clicked.connect(self._act)
        self.close_button.clicked.connect(self.clear)
        language.changed.connect(self.retranslate)
        self.retranslate()
        self.hide()

    @property
    def text(self) -> str:
        """What it says, both lines."""
        return "\n".join(part for part in (self._title.text(), self._detail.text()) if part)

    def tell(
        self,
        alert: Alert,
        title: str,
        detail: str = "",
        *,
        action: str = "",
        on_action: Callable[[], None] | None = None,
    ) -> None:
        """Show a notice in place of the one before."""
        self._alert, self._on_action = alert, on_action
        self._title.setText(title)
        self._title.set_tone(alert.tone)
        self._detail.setText(detail)
        self._detail.setVisible(bool(detail))
        self.action.set_text(action)
        self.action.setVisible(bool(action))
        self.setAccessibleName(self.text)
        self.show()
        self.update()

    def clear(self) -> None:
        """Take the notice away."""
        self._on_action = None
        self.hide()

    def retranslate(self) -> None:
        """Name the close button; the notice itself keeps the language it was written in."""
        self.close_button.set_text("", self._language.catalogue.text("Close this notice"))

    @override
    def paintEvent(self, event: QPaintEvent, /) -> None:
        painter, colours = QPainter(self), active.palette()
        rect = QRectF(self.rect())
        tone = self._alert.tone
        paint.card(painter, rect, colours.soft(tone), outline=colours.strong(tone), radius=Size.RADIUS)
        box = QRectF(16, rect.center().y() - 12, 24, 24)
        paint_icon(painter, _ICONS[self._alert], box, colours.strong(self._alert.tone), weight=2)
        painter.end()

    def _act(self) -> None:
        act = self._on_action
        self.clear()
        if act is not None:
            act()
