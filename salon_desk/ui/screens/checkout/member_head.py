"""The head of the ticket: the allergy's red band, whose ticket it is, the three figures, chips, and top-up.

What it says is handed in; the figures always stand together.
"""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget
from typing_extensions import override

from salon_desk.ui.language import Language
from salon_desk.ui.screens.checkout.ticket_model import TicketModel
from salon_desk.ui.theme import active, paint
from salon_desk.ui.theme.fonts import font
from salon_desk.ui.theme.icons import Icon, paint_icon
from salon_desk.ui.theme.tokens import Palette, Size, Type
from salon_desk.ui.view_values import Chip
from salon_desk.ui.widgets.action_button import secondary
from salon_desk.ui.widgets.balance_panel import BalancePanel
from salon_desk.ui.widgets.flow_layout import FlowLayout
from salon_desk.ui.widgets.painted_button import PaintedButton
from salon_desk.ui.widgets.pill import ChipLabel
from salon_desk.ui.widgets.words import Role, Words, rule

_SIDE = 18
_LEAST_BAND = 40


class AllergyBand(QWidget):
    """A red band across the panel; as high as its words need."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = ""
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def set_words(self, words: str) -> None:
        """Say what she is allergic to; empty hides the band."""
        self._words = words
        self.setAccessibleName(words)
        self.setVisible(bool(words))
        self.updateGeometry()
        self.update()

    @override
    def hasHeightForWidth(self) -> bool:
        return True

    @override
    def heightForWidth(self, width: int, /) -> int:
        return max(
            _LEAST_BAND,
            paint.text_height(self._words, width - 2 * _SIDE - 30, font(Type.BODY, bold=True)) + 16,
        )

    @override
    def sizeHint(self) -> QSize:
        return QSize(300, self.heightForWidth(max(self.width(), 300)))

    @override
    def paintEvent(self, event: QPaintEvent, /) -> None:
        painter, colours = QPainter(self), active.palette()
        painter.fillRect(self.rect(), QColor(colours.danger))
        rect = QRectF(self.rect()).adjusted(_SIDE, 8, -_SIDE, -8)
        box = QRectF(rect.left(), rect.center().y() - 10, 20, 20)
        paint_icon(painter, Icon.WARNING, box, colours.on_fill, weight=2)
        words = rect.adjusted(30, 0, 0, 0)
        align = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        paint.wrapped(painter, words, self._words, colours.on_fill, bold=True, align=align)
        painter.end()


class NameButton(PaintedButton):
    """Whose ticket it is, over a quiet line; a tap opens what can be done about it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent, height=56)
        self._name, self._detail = "", ""
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def set_words(self, name: str, detail: str) -> None:
        """Name it."""
        self._name, self._detail = name, detail
        self.say(name, detail)
        self.updateGeometry()
        self.update()

    @override
    def hasHeightForWidth(self) -> bool:
        return True

    @override
    def heightForWidth(self, width: int, /) -> int:
        upper = paint.text_height(self._name, width - 34, font(Type.TITLE, bold=True))
        lower = paint.text_height(self._detail, width - 34, font(Type.LEAST)) if self._detail else 0
        return max(56, upper + lower + 8)

    @override
    def sizeHint(self) -> QSize:
        return QSize(260, self.heightForWidth(max(self.width(), 260)))

    @override
    def paint_face(self, painter: QPainter, rect: QRectF, colours: Palette) -> None:
        if self.isDown():
            paint.card(painter, rect.adjusted(-6, 0, 0, 0), colours.sunk, radius=Size.RADIUS)
        inner = rect.adjusted(0, 4, -34, -4)
        upper = paint.text_height(self._name, int(inner.width()), font(Type.TITLE, bold=True))
        paint.wrapped(painter, inner, self._name, colours.ink, size=Type.TITLE, bold=True)
        below = inner.adjusted(0, upper, 0, 0)
        paint.wrapped(painter, below, self._detail, colours.muted, size=Type.LEAST)
        box = QRectF(rect.right() - 24, rect.center().y() - 10, 20, 20)
        paint_icon(painter, Icon.NEXT, box, colours.muted)


class MemberHead(QFrame):
    """Signals: `name_tapped()`, `top_up_wanted()`."""

    name_tapped = Signal()
    top_up_wanted = Signal()

    def __init__(self, language: Language, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._language = language
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self.allergy, self.name = AllergyBand(), NameButton()
        self._balance = BalancePanel(language)
        self._note = Words("", Role.SMALL)
        self.top_up = secondary()
        self._chips: list[ChipLabel] = []
        column.addWidget(self.allergy)
        inner = QVBoxLayout()
        inner.setContentsMargins(_SIDE, 6, _SIDE, 8)
        inner.setSpacing(6)
        inner.addWidget(self.name)
        inner.addWidget(self._balance)
        inner.addLayout(self._chip_row())
        column.addLayout(inner)
        column.addWidget(rule())
        self.name.clicked.connect(self.name_tapped.emit)
        self.top_up.clicked.connect(self.top_up_wanted.emit)

    def set_ticket(self, model: TicketModel) -> None:
        """Show whose ticket it is."""
        self.allergy.set_words(model.allergy)
        self.name.set_words(model.name, model.detail)
        self._balance.setVisible(model.balance is not None)
        if model.balance is not None:
            self._balance.set_balance(model.balance)
        self._show_chips(model.chips)
        self._note.setText(model.note)
        self._note.setVisible(bool(model.note))
        self.top_up.set_text(self._language.catalogue.text("Top up"))
        self.top_up.setVisible(model.top_up)

    def _chip_row(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(Size.GAP)
        self._chip_box = QWidget()
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self._chip_box.setSizePolicy(policy)
        self._flow = FlowLayout(self._chip_box, gap=6)
        left = QVBoxLayout()
        left.setSpacing(2)
        left.addWidget(self._chip_box)
        left.addWidget(self._note)
        row.addLayout(left, 1)
        row.addWidget(self.top_up, 0, Qt.AlignmentFlag.AlignVCenter)
        return row

    def _show_chips(self, chips: tuple[Chip, ...]) -> None:
        while len(self._chips) < len(chips):
            label = ChipLabel(Chip(""))
            self._chips.append(label)
            self._flow.addWidget(label)
        for label, chip in zip(self._chips, chips, strict=False):
            label.set_chip(chip)
            label.show()
        for spare in self._chips[len(chips) :]:
            spare.hide()
        self._chip_box.setVisible(bool(chips))
        self._chip_box.updateGeometry()
