"""The page on which the owner signs: the figures of the old system beside those of the list, a name and a PIN.

Whether they may differ is decided by the services; a figure that is not as counted is marked while it is typed.
"""

from __future__ import annotations

from dataclasses import asdict

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from salon_desk.domain.errors import DomainError
from salon_desk.domain.importing import Totals, typed_figure
from salon_desk.i18n import Catalogue
from salon_desk.ui.error_text import error_text
from salon_desk.ui.screens.importing import view_model
from salon_desk.ui.screens.importing.presenter import ImportingState
from salon_desk.ui.theme.tokens import Size, Tone
from salon_desk.ui.widgets.action_button import ActionButton, Kind
from salon_desk.ui.widgets.choice_button import ChoiceButton
from salon_desk.ui.widgets.form_field import FormField
from salon_desk.ui.widgets.keyboard_wish import KeyboardWish
from salon_desk.ui.widgets.kinetic import ScrollColumn
from salon_desk.ui.widgets.words import Role, Words


class SignPage(QWidget):
    """Signals: `signed(Totals, name, pin, differs)`, `back()`. `figures` by name, `name`, `pin` are there for tests."""

    signed = Signal(object, str, str, bool)
    back = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._counted = Totals()
        self._differs = False
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        content = QWidget()
        outer.addWidget(ScrollColumn(content), 1)
        row = QHBoxLayout(content)
        row.setContentsMargins(Size.PAD, Size.PAD, Size.PAD, Size.PAD)
        row.setSpacing(Size.PAD * 2)
        row.addLayout(self._make_figures(), 3)
        row.addLayout(self._make_signature(), 2)
        foot = QHBoxLayout()
        foot.setContentsMargins(Size.PAD, 0, Size.PAD, Size.PAD)
        self.return_button = ActionButton("", Kind.PLAIN, height=Size.TOUCH_PAY)
        self.start = ActionButton("", Kind.PRIMARY, height=Size.TOUCH_PAY)
        foot.addWidget(self.return_button, 1)
        foot.addWidget(self.start, 2)
        outer.addLayout(foot)
        self.return_button.clicked.connect(self.back)
        self.start.clicked.connect(self._sign)

    def show_state(self, state: ImportingState, words: Catalogue) -> None:
        """Write the figures of the list; what is typed stays."""
        plan = state.plan
        if plan is None:
            return
        self._counted = plan.totals
        self._title.setText(words.text("What does the old system say?"))
        self._hint.setText(
            words.text("Type its own totals, so that nothing is lost on the way. Empty counts as nothing.")
        )
        for key, name in view_model.FIGURES.items():
            self.figures[key].set_label(words.text(name))
            self._told[key].setText(
                words.text(
                    "in the list: {figure}", figure=view_model.figure(key, plan.totals, plan.currency, words)
                )
            )
        self._sign_title.setText(words.text("The owner's signature"))
        self._sign_hint.setText(
            words.text(
                "What is carried over is owed by this shop from now on; the other side in its books is what came over from before."
            )
        )
        self.name.set_label(words.text("Your name"))
        self.pin.set_label(words.text("PIN"))
        self.may_differ.set_words(
            words.text("The figures may differ"), words.text("both are kept with the signature")
        )
        self.return_button.set_text(words.text("Back to the list"))
        self.start.set_text(words.text("Sign and carry over"))
        self._wrong.setText(
            error_text(state.refusal, words) if isinstance(state.refusal, DomainError) else ""
        )
        self._wrong.setVisible(state.refusal is not None)
        self._mark()

    def clear(self) -> None:
        """Nothing of one person stays for the next."""
        for field in (*self.figures.values(), self.name, self.pin):
            field.set_text("")
        self._differs = False
        self.may_differ.set_chosen(False)

    def _make_figures(self) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setSpacing(Size.GAP)
        self._title, self._hint = Words("", Role.NAME), Words("", Role.MUTED)
        column.addWidget(self._title)
        column.addWidget(self._hint)
        grid = QGridLayout()
        grid.setHorizontalSpacing(Size.PAD)
        grid.setVerticalSpacing(Size.GAP)
        self.figures: dict[str, FormField] = {}
        self._told: dict[str, Words] = {}
        for at, key in enumerate(view_model.FIGURES):
            field, told = FormField("", KeyboardWish.NUMBER), Words("", Role.SMALL)
            field.typed.connect(lambda _text: self._mark())
            self.figures[key], self._told[key] = field, told
            cell = QVBoxLayout()
            cell.setSpacing(2)
            cell.addWidget(field)
            cell.addWidget(told)
            grid.addLayout(cell, at // 2, at % 2)
        column.addLayout(grid)
        column.addStretch(1)
        return column

    def _make_signature(self) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setSpacing(Size.GAP)
        self._sign_title, self._sign_hint = Words("", Role.NAME), Words("", Role.MUTED)
        self.name, self.pin = FormField("", KeyboardWish.NAME), FormField("", KeyboardWish.NUMBER)
        self.pin.field.setEchoMode(QLineEdit.EchoMode.Password)
        self.may_differ = ChoiceButton(height=Size.TOUCH_BIG)
        self.may_differ.clicked.connect(self._toggle)
        self._wrong = Words("", Role.BODY, tone=Tone.DANGER)
        self._wrong.hide()
        for part in (self._sign_title, self._sign_hint, self.name, self.pin, self.may_differ, self._wrong):
            column.addWidget(part)
        column.addStretch(1)
        return column

    def _toggle(self) -> None:
        self._differs = not self._differs
        self.may_differ.set_chosen(self._differs)

    def _mark(self) -> None:
        """Which figures are not as counted."""
        differing = set(self._counted.differing(self._typed()))
        for key, told in self._told.items():
            told.set_tone(Tone.AMBER if key in differing else Tone.GOOD)

    def _typed(self) -> Totals:
        return Totals(
            **{
                key: typed_figure(self.figures[key].text, money=key in view_model.MONEY)
                for key in asdict(self._counted)
            }
        )

    def _sign(self) -> None:
        pin = self.pin.text
        self.pin.set_text("")
        self.signed.emit(self._typed(), self.name.text, pin, self._differs)
