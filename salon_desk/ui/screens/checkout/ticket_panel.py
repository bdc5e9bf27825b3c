"""The right side of checkout: allergy band, member with the three figures, lines, sums, and the big Pay.

What stands in it comes from `ticket_model`; what a tap does is the presenter's. Nothing moves under a finger: the
buttons at the foot keep their places.
"""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QStackedLayout, QVBoxLayout, QWidget

from salon_desk.ui.language import Language
from salon_desk.ui.screens.checkout.line_row import LineRow
from salon_desk.ui.screens.checkout.member_head import MemberHead
from salon_desk.ui.screens.checkout.ticket_model import LineFace, SumRow, TicketModel
from salon_desk.ui.screens.checkout.view_model import EmptyTicket
from salon_desk.ui.theme.icons import Icon
from salon_desk.ui.theme.tokens import Size, Tone, Type
from salon_desk.ui.widgets.action_button import ActionButton, Kind, primary, secondary
from salon_desk.ui.widgets.empty_state import EmptyState
from salon_desk.ui.widgets.face_grid import ButtonPool
from salon_desk.ui.widgets.kinetic import ScrollColumn
from salon_desk.ui.widgets.words import AmountRow, Figure, Role, Words

_SIDE = 18


class TicketPanel(QFrame):
    """Signals: `line_tapped(key)`, and one for each button; `head` holds the member's own."""

    line_tapped = Signal(str)
    discount_wanted = Signal()
    offers_wanted = Signal()
    park_wanted = Signal()
    slip_wanted = Signal()
    discard_wanted = Signal()
    pay_wanted = Signal()

    def __init__(self, language: Language, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("panel", "side")
        self._language = language
        self._stack = QStackedLayout(self)
        self._stack.setContentsMargins(1, 0, 0, 0)
        self.head = MemberHead(language)
        self.discount, self.offers = secondary(), secondary()
        self.park, self.slip = secondary(), secondary()
        self.discard = ActionButton("", Kind.SECONDARY_DANGER)
        self.pay = primary(height=Size.TOUCH_BIG)
        self._total_label = Words("", Role.STRONG)
        self._total = Figure("", size=Type.FIGURE)
        self._sums: list[AmountRow] = []
        self._empty = _EmptyPanel()
        self._stack.addWidget(self._empty)
        self._stack.addWidget(self._lay_out())
        self.discount.clicked.connect(self.discount_wanted.emit)
        self.offers.clicked.connect(self.offers_wanted.emit)
        self.park.clicked.connect(self.park_wanted.emit)
        self.slip.clicked.connect(self.slip_wanted.emit)
        self.discard.clicked.connect(self.discard_wanted.emit)
        self.pay.clicked.connect(self.pay_wanted.emit)

    def set_ticket(self, model: TicketModel) -> None:
        """Show this ticket."""
        words = self._language.catalogue
        self._stack.setCurrentIndex(1)
        self.head.set_ticket(model)
        self._lines.show(model.lines, next((line.key for line in model.lines if line.chosen), None))
        self._show_sums(model.sums)
        self._total_label.setText(words.text("Total"))
        self._total.set_text(model.total)
        self.discount.set_text(words.text("Discount"))
        self.discount.setEnabled(model.can_pay)
        self.offers.set_text(words.text("Offers"))
        self.offers.setEnabled(model.can_pay)
        self.park.set_text(words.text("Resume") if model.parked else words.text("Park"))
        self.slip.set_text(words.text("Work slip"))
        self.slip.setEnabled(model.can_pay)
        self.discard.set_text(words.text("Discard"))
        self.pay.set_text(model.pay)
        self.pay.setEnabled(model.can_pay)

    def set_empty(self, empty: EmptyTicket) -> None:
        """No ticket stands here: say what to do first, or what change is due."""
        self._stack.setCurrentIndex(0)
        self._empty.set_words(empty)

    def line(self, key: str) -> LineRow | None:
        """The row of a line."""
        return self._lines.button(key)

    @property
    def change_due(self) -> Figure:
        """The figure that stands until the next ticket opens."""
        return self._empty.figure

    def show_line(self, key: str) -> None:
        """Scroll to a line."""
        row = self._lines.button(key)
        if row is not None:
            self._scroll.ensureWidgetVisible(row, 0, Size.GAP)

    def _lay_out(self) -> QWidget:
        body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.head)
        content = QWidget()
        lines = QVBoxLayout(content)
        lines.setContentsMargins(_SIDE - 10, 4, _SIDE - 10, 4)
        lines.setSpacing(0)
        rows = QVBoxLayout()
        rows.setSpacing(2)
        lines.addLayout(rows)
        lines.addStretch(1)
        self._lines: ButtonPool[LineFace, LineRow] = ButtonPool(
            rows, LineRow, LineRow.set_face, self.line_tapped.emit
        )
        self._scroll = ScrollColumn(content)
        column.addWidget(self._scroll, 1)
        column.addWidget(self._foot())
        return body

    def _foot(self) -> QWidget:
        foot = QFrame()
        foot.setProperty("panel", "raised")
        column = QVBoxLayout(foot)
        column.setContentsMargins(_SIDE, 8, _SIDE, 14)
        column.setSpacing(Size.GAP)
        self._sum_rows = QVBoxLayout()
        self._sum_rows.setSpacing(0)
        column.addLayout(self._sum_rows)
        total = QHBoxLayout()
        total.addWidget(self._total_label, 0, Qt.AlignmentFlag.AlignVCenter)
        total.addSpacing(Size.GAP)
        total.addWidget(self.offers)
        total.addWidget(self._total, 1)
        column.addLayout(total)
        acts = QHBoxLayout()
        acts.setSpacing(Size.GAP)
        for act in (self.discount, self.park, self.slip, self.discard):
            acts.addWidget(act, 1)
        column.addLayout(acts)
        column.addWidget(self.pay)
        return foot

    def _show_sums(self, sums: tuple[SumRow, ...]) -> None:
        while len(self._sums) < len(sums):
            row = AmountRow()
            row.setContentsMargins(0, -2, 0, -2)
            self._sums.append(row)
            self._sum_rows.addWidget(row)
        for row, told in zip(self._sums, sums, strict=False):
            row.set_words(told.label, told.amount, told.tone)
            row.show()
        for spare in self._sums[len(sums) :]:
            spare.hide()


class _EmptyPanel(QWidget):
    """No ticket: a picture and what to do first, or the change of the sale before in large figures."""

    def __init__(self) -> None:
        super().__init__()
        self._stack = QStackedLayout(self)
        self._state = EmptyState(Icon.CHECKOUT)
        self._label, self._detail = Words("", Role.TITLE), Words("", Role.MUTED)
        self.figure = Figure("", size=Type.DUE, tone=Tone.GOOD, align=Qt.AlignmentFlag.AlignHCenter)
        self.figure.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        due = QWidget()
        column = QVBoxLayout(due)
        column.setContentsMargins(_SIDE, 24, _SIDE, 24)
        column.setSpacing(Size.PAD)
        column.addStretch(2)
        for part in (self._label, self.figure, self._detail):
            column.addWidget(part)
        column.addStretch(3)
        for words in (self._label, self._detail):
            words.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self._stack.addWidget(self._state)
        self._stack.addWidget(due)

    def set_words(self, empty: EmptyTicket) -> None:
        """Write what stands here."""
        self._label.setText(empty.title)
        self.figure.set_text(empty.figure)
        self._detail.setText(empty.detail)
        self._state.set_words(empty.title, empty.detail)
        self._stack.setCurrentIndex(1 if empty.figure else 0)
