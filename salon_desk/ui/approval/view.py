"""The approval sheet: faces left, PIN right. `ApprovalDesk` is what presenters and bootstrap hold.

What is approved is known by the asker. UI thread only; the sheet closes by itself when the PIN was right.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget
from typing_extensions import override

from salon_desk.domain.access import Permission, allowed
from salon_desk.services.till import Actor, Till
from salon_desk.ui.approval.presenter import ApprovalPresenter
from salon_desk.ui.approval.view_model import approval_model
from salon_desk.ui.language import Language
from salon_desk.ui.screen import ScreenHost
from salon_desk.ui.session import Session
from salon_desk.ui.theme.icons import Icon
from salon_desk.ui.theme.tokens import Size
from salon_desk.ui.view_values import TechnicianFace
from salon_desk.ui.widgets import technician_button
from salon_desk.ui.widgets.action_button import ActionButton, Kind
from salon_desk.ui.widgets.empty_state import EmptyState
from salon_desk.ui.widgets.face_grid import ButtonPool
from salon_desk.ui.widgets.flow_layout import GridLayout
from salon_desk.ui.widgets.kinetic import ScrollColumn
from salon_desk.ui.widgets.pin_pad import PinPad
from salon_desk.ui.widgets.sheet import Sheet
from salon_desk.ui.widgets.technician_button import TechnicianButton
from salon_desk.ui.widgets.words import Role, Words

_WIDTH = 820
_PAD_HEIGHT = 430


class ApprovalDesk:
    """Fulfils `asking.Approvals` in one window."""

    def __init__(self, host: ScreenHost, till: Till, session: Session) -> None:
        self._host, self._till, self._session = host, till, session

    def ask(
        self,
        permission: Permission,
        then: Callable[[Actor], None],
        *,
        cancelled: Callable[[], None] | None = None,
    ) -> None:
        """See `asking.Approvals`; whoever may do it anyway is not asked."""
        actor = self._session.actor
        if allowed(actor.role, permission):
            then(actor)
            return
        presenter = ApprovalPresenter(self._till, self._host.tasks, self._session, permission)
        sheet = ApprovalSheet(self._host.language, presenter)
        sheet.lent.connect(then)
        if cancelled is not None:
            sheet.cancelled.connect(cancelled)
        self._host.open_sheet(sheet)
        presenter.start()


class ApprovalSheet(Sheet):
    """Signals: `lent(Actor)` or `cancelled()`, each after `closed()`."""

    lent = Signal(object)
    cancelled = Signal()

    def __init__(
        self, language: Language, presenter: ApprovalPresenter, parent: QWidget | None = None
    ) -> None:
        super().__init__("", width=_WIDTH, parent=parent)
        self._language, self._presenter = language, presenter
        self._lay_out()
        presenter.changed = self._show
        presenter.approved = self._approved
        self._show()

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(Size.PAD * 2)
        left = QVBoxLayout()
        self._act, self._hint = Words("", Role.NAME), Words("", Role.MUTED)
        content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(0, 0, 0, 0)
        grid = GridLayout(least=technician_button.LEAST_WIDTH, columns=3)
        column.addLayout(grid)
        column.addStretch(1)
        self.faces: ButtonPool[TechnicianFace, TechnicianButton] = ButtonPool(
            grid, TechnicianButton, TechnicianButton.set_face, self._presenter.choose
        )
        left.addWidget(self._act)
        left.addWidget(self._hint)
        left.addWidget(ScrollColumn(content), 1)
        self.pad = PinPad(self._language)
        self.pad.setFixedHeight(_PAD_HEIGHT)
        self.pad.completed.connect(self._presenter.give_pin)
        self.pad.pad.digit.connect(lambda _digit: self._presenter.typing())
        row.addLayout(left, 1)
        self._waiting = EmptyState(Icon.LOCK)
        self._stack = QStackedWidget()
        self._stack.addWidget(self._waiting)
        self._stack.addWidget(self.pad)
        row.addWidget(self._stack, 1)
        self.body.addLayout(row)
        cancel = ActionButton(self._language.catalogue.text("Cancel"), Kind.PLAIN, height=Size.TOUCH_PAY)
        cancel.clicked.connect(self.dismiss)
        self.add_button(cancel)

    @override
    def dismiss(self) -> None:
        self.closed.emit()
        self.cancelled.emit()

    def _approved(self, actor: Actor) -> None:
        self.closed.emit()
        self.lent.emit(actor)

    def _show(self) -> None:
        model = approval_model(self._presenter.state, self._language.catalogue)
        self.set_title(model.title)
        self._act.setText(model.act)
        self._hint.setText(model.hint)
        self.faces.show(model.faces, model.chosen)
        words = self._language.catalogue
        self._waiting.set_words(
            words.text("The manager's PIN goes here"), words.text("Tap who approves it first.")
        )
        self._stack.setCurrentIndex(1 if model.pad_open else 0)
        if model.refusal:
            self.pad.refuse(model.refusal)
        if model.pad_open:
            self.pad.setFocus()
