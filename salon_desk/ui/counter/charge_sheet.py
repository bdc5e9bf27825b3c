"""The sheet while a card is charged: how much, what to do, how it stands, and what may be tapped; and the one of a manager's decision.

What it says is `charge_face.py`'s. It closes by its buttons only; Escape does what its quietest button does.
"""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget
from typing_extensions import override

from salon_desk.i18n import Catalogue
from salon_desk.ui.counter.charge_face import ChargeButton, ChargeFace
from salon_desk.ui.counter.charge_talk import Answer
from salon_desk.ui.counter.decision_words import Decision
from salon_desk.ui.theme import active, paint
from salon_desk.ui.theme.icons import Icon, paint_icon
from salon_desk.ui.theme.tokens import Size, Tone, Type
from salon_desk.ui.view_values import Chip
from salon_desk.ui.widgets.action_button import ActionButton, Kind
from salon_desk.ui.widgets.face_grid import ButtonPool
from salon_desk.ui.widgets.pill import ChipLabel
from salon_desk.ui.widgets.sheet import Sheet
from salon_desk.ui.widgets.words import Figure, Role, Words

_WIDTH = 680
_MARK = 72
_MOST_LINES = 3
_ICONS = {
    Tone.GOOD: Icon.CHECK,
    Tone.AMBER: Icon.CLOSE,
    Tone.DANGER: Icon.WARNING,
}


class _Mark(QWidget):
    """How it stands, as a picture: never a colour alone."""

    def __init__(self) -> None:
        super().__init__()
        self.setFixedSize(QSize(_MARK, _MARK))
        self.tone, self.waiting = Tone.BLUE, Icon.TERMINAL

    @override
    def paintEvent(self, event: QPaintEvent, /) -> None:
        painter, colours = QPainter(self), active.palette()
        rect = QRectF(self.rect())
        paint.disc(painter, rect.center(), _MARK / 2, colours.soft(self.tone))
        icon = _ICONS.get(self.tone, self.waiting)
        paint_icon(painter, icon, rect.adjusted(19, 19, -19, -19), colours.strong(self.tone))
        painter.end()


class ChargeSheet(Sheet):
    """Shows a `ChargeFace`. Signal: `answered(str)`, an `Answer`."""

    answered = Signal(str)

    def __init__(
        self,
        face: ChargeFace,
        parent: QWidget | None = None,
        *,
        beside: QWidget | None = None,
        width: int = _WIDTH,
    ) -> None:
        """`beside`: what stands left of the words."""
        super().__init__(face.title, width=width, parent=parent)
        self._face = face
        column = QVBoxLayout()
        column.setSpacing(Size.GAP)
        self.mark, self._chip = _Mark(), ChipLabel(Chip(""))
        self.figure = Figure("", size=Type.DUE, align=Qt.AlignmentFlag.AlignLeft)
        self.lines = [Words("", Role.BODY) for _ in range(_MOST_LINES)]
        self.said = Words("", Role.MUTED)
        head = QHBoxLayout()
        head.setSpacing(Size.PAD)
        head.addWidget(self.mark)
        amount = QVBoxLayout()
        amount.setSpacing(2)
        amount.addWidget(self.figure)
        amount.addWidget(self._chip, 0, Qt.AlignmentFlag.AlignLeft)
        head.addLayout(amount, 1)
        column.addLayout(head)
        for line in (*self.lines, self.said):
            column.addWidget(line)
        column.addStretch(1)
        across = QHBoxLayout()
        across.setSpacing(Size.PAD * 2)
        if beside is not None:
            across.addWidget(beside, 0, Qt.AlignmentFlag.AlignTop)
        across.addLayout(column, 1)
        self.body.addLayout(across, 1)
        self.body.addSpacing(Size.GAP)
        foot = QWidget()
        row = QHBoxLayout(foot)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(Size.GAP + 4)
        self.body.addWidget(foot)
        self._pool: ButtonPool[ChargeButton, ActionButton] = ButtonPool(
            row, _button, _write, self.answered.emit
        )
        self.set_face(face)

    def set_face(self, face: ChargeFace) -> None:
        """Show how it stands by now."""
        self._face = face
        self.set_title(face.title)
        self.setAccessibleDescription(" ".join((face.figure, face.state.text, *face.lines, face.said)))
        self.mark.tone = face.tone
        self.mark.update()
        self.figure.set_text(face.figure)
        self._chip.set_chip(face.state)
        for at, line in enumerate(self.lines):
            line.setText(face.lines[at] if at < len(face.lines) else "")
            line.setVisible(at < len(face.lines))
        self.said.setText(face.said)
        self.said.setVisible(bool(face.said))
        self._pool.show(face.buttons, None)

    def button(self, answer: Answer) -> ActionButton | None:
        """One of the buttons."""
        return self._pool.button(answer.value)

    @override
    def dismiss(self) -> None:
        if self._face.escape is not None:
            self.answered.emit(self._face.escape.value)


class DecideSheet(Sheet):
    """What a manager is asked first: was it charged (or given back) or not? Signal: `decided(bool)` after the sheet has closed."""

    decided = Signal(bool)

    def __init__(self, question: Decision, words: Catalogue, parent: QWidget | None = None) -> None:
        super().__init__(question.title, width=_WIDTH, parent=parent)
        for line in (
            question.look,
            words.text("What is said here is recorded with the name of who decides and what shows it."),
        ):
            self.body.addWidget(Words(line))
        cancel = ActionButton(words.text("Not now"), Kind.PLAIN, height=Size.TOUCH_PAY)
        cancel.clicked.connect(self.dismiss)
        self.not_charged = ActionButton(question.no, Kind.SECONDARY, height=Size.TOUCH_PAY)
        self.charged = ActionButton(question.yes, Kind.SECONDARY, height=Size.TOUCH_PAY)
        for button, charged in ((self.not_charged, False), (self.charged, True)):
            button.clicked.connect(lambda _down=False, said=charged: self._decide(said))
        for one in (cancel, self.not_charged, self.charged):
            self.add_button(one)

    def _decide(self, charged: bool) -> None:
        self.closed.emit()
        self.decided.emit(charged)


def _button() -> ActionButton:
    return ActionButton("", Kind.PLAIN, height=Size.TOUCH_PAY)


def _write(button: ActionButton, face: ChargeButton) -> None:
    button.set_key(face.answer.value)
    button.set_text(face.text)
    button.set_kind(Kind.PRIMARY if face.main else Kind.PLAIN)
    button.setEnabled(face.enabled)
