"""What stands after a payment until the next ticket: the change due at 54 px, what was taken, the receipt.

What is true of the receipt is handed in. Everything here was done; a tick stands before each tender.
"""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from salon_desk.ui.counter.plan_rows import PlanRows
from salon_desk.ui.counter.tender_faces import PaidFace
from salon_desk.ui.theme.icons import Icon
from salon_desk.ui.theme.tokens import Size, Tone, Type
from salon_desk.ui.widgets.action_button import primary, secondary
from salon_desk.ui.widgets.kinetic import ScrollColumn
from salon_desk.ui.widgets.words import Figure, Role, Words, panel


class PaidPage(QWidget):
    """Shows a `PaidFace`. Signals: `reprint_wanted()`, `remind_wanted()`, `next_wanted()`."""

    reprint_wanted = Signal()
    remind_wanted = Signal()
    next_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        row = QHBoxLayout(self)
        row.setContentsMargins(Size.PAD, Size.PAD, Size.PAD, Size.PAD)
        row.setSpacing(Size.PAD)
        left, right = panel("card"), panel("card")
        row.addWidget(left, 8)
        row.addWidget(right, 5)
        self._label = Words("", Role.TITLE)
        self._figure = Figure("", size=Type.DUE, align=Qt.AlignmentFlag.AlignLeft)
        self._detail = Words("", Role.MUTED)
        self._receipt = Words("", Role.BODY)
        self.reprint = secondary(height=Size.TOUCH_PAY, icon=Icon.PRINTER)
        self.remind = secondary(height=Size.TOUCH_PAY, icon=Icon.PRINTER)
        self.next = primary(height=Size.TOUCH_BIG)
        self.rows = PlanRows()
        column = QVBoxLayout(left)
        column.setContentsMargins(28, 24, 28, 24)
        column.setSpacing(Size.PAD)
        column.addStretch(2)
        for part in (self._label, self._figure, self._detail):
            column.addWidget(part)
        column.addStretch(3)
        foot = QHBoxLayout()
        foot.setSpacing(Size.PAD)
        foot.addWidget(self._receipt, 1)
        foot.addWidget(self.reprint)
        column.addLayout(foot)
        column.addWidget(self.remind, 0, Qt.AlignmentFlag.AlignRight)
        side = QVBoxLayout(right)
        side.setContentsMargins(18, 14, 18, 16)
        self._title = Words("", Role.NAME)
        side.addWidget(self._title)
        side.addWidget(ScrollColumn(self.rows), 1)
        side.addWidget(self.next)
        self.reprint.clicked.connect(self.reprint_wanted.emit)
        self.remind.clicked.connect(self.remind_wanted.emit)
        self.next.clicked.connect(self.next_wanted.emit)

    def set_face(self, face: PaidFace) -> None:
        """Show what was taken, and what became of the receipt."""
        self._label.setText(face.label)
        self._figure.set_text(face.figure)
        self._detail.setText(face.detail)
        self._title.setText(face.title)
        self.rows.set_rows(face.rows)
        self._receipt.setText(face.receipt)
        self._receipt.set_tone(Tone.AMBER if face.receipt_waits else None)
        self.reprint.set_text(face.reprint)
        self.remind.set_text(face.remind)
        self.remind.setVisible(bool(face.remind))
        if face.reminded:
            self.next.setFocus(Qt.FocusReason.OtherFocusReason)
        self.remind.setEnabled(not face.reminded)
        self.next.set_text(face.next)

    @property
    def figure(self) -> Figure:
        """The figure at 54 px."""
        return self._figure
