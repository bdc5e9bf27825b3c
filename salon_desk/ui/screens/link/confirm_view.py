"""The wait for the owner: this device's fingerprint, large enough to be read out across a room.

What it says comes ready from `enrol_model`. It goes on by itself when the owner has confirmed.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget
from typing_extensions import override

from salon_desk.ui.screens.link.enrol_model import ConfirmModel
from salon_desk.ui.screens.link.presenter import LinkPresenter
from salon_desk.ui.theme import active, paint
from salon_desk.ui.theme.tokens import Size, Type
from salon_desk.ui.widgets.action_button import ActionButton, Kind
from salon_desk.ui.widgets.words import Role, Words, panel

_WIDEST = 980
_HEIGHT = 116


class Fingerprint(QWidget):
    """Groups of four, each in a box of its own."""

    def __init__(self) -> None:
        super().__init__()
        self._groups: tuple[str, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def set_groups(self, groups: Sequence[str], spoken: str) -> None:
        """Show another fingerprint."""
        self._groups = tuple(groups)
        self.setAccessibleName(spoken)
        self.update()

    @override
    def sizeHint(self) -> QSize:
        return QSize(640, _HEIGHT)

    @override
    def paintEvent(self, event: QPaintEvent, /) -> None:
        painter, colours = QPainter(self), active.palette()
        count, gap = max(len(self._groups), 1), 14.0
        width = (self.width() - gap * (count - 1)) / count
        for n, group in enumerate(self._groups):
            box = QRectF(n * (width + gap), 0, width, self.height())
            paint.card(painter, box, colours.sunk, radius=Size.RADIUS)
            inner = box.adjusted(10, 0, -10, 0)
            paint.text(painter, inner, group, colours.ink, size=Type.DUE, bold=True, align=paint.CENTRE)
        painter.end()


class ConfirmPage(QWidget):
    """`fingerprint` and `contact` are there for tests."""

    def __init__(self, presenter: LinkPresenter) -> None:
        super().__init__()
        card = panel("card")
        card.setMaximumWidth(_WIDEST)
        column = QVBoxLayout(card)
        column.setContentsMargins(32, 28, 32, 28)
        column.setSpacing(Size.PAD)
        self._title, self._what, self._line = Words("", Role.FIGURE), Words(""), Words("", Role.MUTED)
        self.fingerprint = Fingerprint()
        self.contact = ActionButton("", Kind.SECONDARY, height=Size.TOUCH_PAY)
        self.contact.setMinimumWidth(180)
        foot = QHBoxLayout()
        foot.addWidget(self._line, 1)
        foot.addWidget(self.contact)
        for part in (self._title, self.fingerprint, self._what):
            column.addWidget(part)
        column.addLayout(foot)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(Size.PAD * 2, Size.PAD, Size.PAD * 2, Size.PAD)
        middle = QHBoxLayout()
        middle.addStretch(1)
        middle.addWidget(card, 100)
        middle.addStretch(1)
        outer.addStretch(1)
        outer.addLayout(middle)
        outer.addStretch(2)
        self.contact.clicked.connect(presenter.retry)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def show_model(self, model: ConfirmModel, *, asking: bool) -> None:
        """Write what is to be compared."""
        self._title.setText(model.title)
        self.fingerprint.set_groups(model.groups, model.spoken)
        self._what.setText(model.what_to_do)
        self._line.setText(model.line)
        self.contact.set_text(model.contact)
        self.contact.setEnabled(not asking)
