"""A sheet that asks why: the usual reasons as one tap each, another one typed, the consequence named.

What happens then lives with the asker. The button that goes on stays off until there is a reason.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QSizePolicy, QWidget

from salon_desk.i18n import Catalogue
from salon_desk.ui.theme.tokens import Size
from salon_desk.ui.view_values import Chip, Question
from salon_desk.ui.widgets.action_button import ActionButton, Kind
from salon_desk.ui.widgets.category_pills import CategoryPills
from salon_desk.ui.widgets.form_field import FormField
from salon_desk.ui.widgets.keyboard_wish import KeyboardWish
from salon_desk.ui.widgets.sheet import Sheet
from salon_desk.ui.widgets.words import Role, Words

_WIDTH = 640


class ReasonSheet(Sheet):
    """`reasons` are ready to read. Signal: `given(str)` after the sheet has closed."""

    given = Signal(str)

    def __init__(
        self, question: Question, reasons: Sequence[str], words: Catalogue, parent: QWidget | None = None
    ) -> None:
        super().__init__(question.title, width=_WIDTH, parent=parent)
        self.reasons = tuple(reasons)
        self._chosen = ""
        self.body.addWidget(Words(question.consequence, Role.MUTED))
        self.pills = CategoryPills()
        policy = self.pills.sizePolicy()
        policy.setVerticalPolicy(QSizePolicy.Policy.Preferred)  # as high as its rows are at this width
        self.pills.setSizePolicy(policy)
        self.pills.tapped.connect(self._choose)
        self.other = FormField(words.text("Another reason"), KeyboardWish.TEXT)
        self.other.typed.connect(self._typed)
        self.other.submitted.connect(self._go_on)
        self.body.addWidget(self.pills)
        self.body.addWidget(self.other)
        cancel = ActionButton(question.cancel or words.text("Cancel"), Kind.PLAIN, height=Size.TOUCH_PAY)
        kind = Kind.DANGER if question.danger else Kind.PRIMARY
        self.confirm = ActionButton(question.confirm, kind, height=Size.TOUCH_PAY)
        cancel.clicked.connect(self.dismiss)
        self.confirm.clicked.connect(self._go_on)
        self.add_button(cancel)
        self.add_button(self.confirm)
        self._show()

    @property
    def reason(self) -> str:
        """The reason as it stands: typed, else tapped."""
        return self.other.text or self._chosen

    def _choose(self, key: str) -> None:
        self._chosen = key
        self.other.set_text("")
        self._show()

    def _typed(self, text: str) -> None:
        if text:
            self._chosen = ""
        self._show()

    def _show(self) -> None:
        self.pills.set_categories([Chip(one, key=one) for one in self.reasons], self._chosen or None)
        self.confirm.setEnabled(bool(self.reason))

    def _go_on(self) -> None:
        reason = self.reason
        if reason:
            self.closed.emit()
            self.given.emit(reason)
