"""The page while a list is carried over or taken back: how far it is, what came of it, and that it may be stopped.

Stopping is safe between any two parts; what is recorded stays.
"""

from __future__ import annotations

from PySide6.QtCore import QRectF, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget
from typing_extensions import override

from salon_desk.i18n import Catalogue
from salon_desk.ui.screens.importing import view_model
from salon_desk.ui.screens.importing.presenter import ImportingState, Step
from salon_desk.ui.theme import active
from salon_desk.ui.theme.tokens import Size
from salon_desk.ui.widgets.action_button import ActionButton, Kind
from salon_desk.ui.widgets.kinetic_list import KineticList
from salon_desk.ui.widgets.words import Role, Words


class Bar(QWidget):
    """How much of something is done."""

    def __init__(self) -> None:
        super().__init__()
        self._done, self._all = 0, 1
        self.setFixedHeight(16)

    def set_done(self, done: int, of: int) -> None:
        """So many of so many."""
        self._done, self._all = done, max(of, 1)
        self.update()

    @override
    def paintEvent(self, event: QPaintEvent, /) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colours, whole = active.palette(), QRectF(self.rect())
        painter.setPen(QColor(colours.line))
        painter.setBrush(QColor(colours.sunk))
        painter.drawRoundedRect(whole.adjusted(0.5, 0.5, -0.5, -0.5), 8, 8)
        part = QRectF(whole.x(), whole.y(), whole.width() * self._done / self._all, whole.height())
        painter.setBrush(QColor(colours.brand))
        painter.drawRoundedRect(part, 8, 8)
        painter.end()


class RunPage(QWidget):
    """Signals: `stopped()`, `finished()`."""

    stopped = Signal()
    finished = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._over = False
        column = QVBoxLayout(self)
        column.setContentsMargins(Size.PAD * 2, Size.PAD * 2, Size.PAD * 2, Size.PAD)
        column.setSpacing(Size.PAD)
        self._title, self._how_far = Words("", Role.TITLE), Words("")
        self.bar, self._figures, self._label = Bar(), Words("", Role.STRONG), Words("", Role.MUTED)
        self.rows = KineticList()
        self.button = ActionButton("", Kind.SECONDARY, height=Size.TOUCH_PAY)
        for part in (self._title, self._how_far, self.bar, self._figures, self._label):
            column.addWidget(part)
        column.addWidget(self.rows, 1)
        column.addWidget(self.button)
        self.button.clicked.connect(lambda: self.finished.emit() if self._over else self.stopped.emit())

    def show_state(self, state: ImportingState, words: Catalogue) -> None:
        """Write how far it is."""
        self.bar.setVisible(state.step is not Step.READ)
        if state.step is Step.READ:
            self._show_reading(state, words)
            return
        back = state.step is Step.BACK
        self._over = state.over
        self._title.setText(
            words.text("The list is taken back") if back else words.text("The list is carried over")
        )
        self._how_far.setText(view_model.progress(state, words))
        self.bar.set_done(state.batch, state.batches)
        shown = (
            f"{words.text(name)}: {view_model.figure(key, state.taken, state.currency, words)}"
            for key, name in view_model.FIGURES.items()
        )
        self._figures.setText("" if back else " · ".join(shown))
        if back:
            rows = view_model.left_rows(state.left, state.currency, words)
            self._label.setText(words.text("What could not be taken back") if rows else "")
        else:
            rows = view_model.broken_rows(state.not_taken, words)
            self._label.setText(words.text("Rows that were not taken") if rows else "")
        self.rows.set_rows(rows, keep_place=True)
        self.button.set_text(words.text("Close") if state.over else words.text("Stop after this part"))
        self.button.setEnabled(state.over or not state.stopping)

    def _show_reading(self, state: ImportingState, words: Catalogue) -> None:
        self._over = False
        self._title.setText(words.text("{file} is read", file=state.file))
        self._how_far.setText(words.text("About {n} lines so far", n=words.number(state.read)))
        for label in (self._figures, self._label):
            label.setText("")
        self.rows.set_rows(())
        self.button.set_text(words.text("Stop"))
        self.button.setEnabled(not state.stopping)
