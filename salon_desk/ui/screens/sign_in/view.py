"""The sign-in screen: faces left, the PIN right, the languages below. No rail: nothing else can be done here.

What is shown comes from the view model; the digits never leave the pad but to the presenter.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget
from typing_extensions import override

from salon_desk.i18n import OWN_NAMES
from salon_desk.ui.screen import Screen, ScreenHost
from salon_desk.ui.screens.sign_in.presenter import SignInPresenter
from salon_desk.ui.screens.sign_in.view_model import sign_in_model
from salon_desk.ui.theme.icons import Icon
from salon_desk.ui.theme.tokens import Size
from salon_desk.ui.view_values import Chip, TechnicianFace
from salon_desk.ui.widgets.category_pills import CategoryPills
from salon_desk.ui.widgets.empty_state import EmptyState
from salon_desk.ui.widgets.face_grid import ButtonPool
from salon_desk.ui.widgets.flow_layout import GridLayout
from salon_desk.ui.widgets.kinetic import ScrollColumn
from salon_desk.ui.widgets.pin_pad import PinPad
from salon_desk.ui.widgets.technician_button import TechnicianButton
from salon_desk.ui.widgets.words import Role, Words, panel

_WIDEST = 1180
_TALLEST = 700
_FACE = 132


class SignInScreen(Screen):
    """`faces`, `pad`, `languages` and `waiting` are there for tests. `join`: the way to head office for an empty till."""

    with_rail = False

    def __init__(
        self, host: ScreenHost, presenter: SignInPresenter, *, join: Callable[[], None] | None = None
    ) -> None:
        super().__init__(host)
        self._presenter, self._join = presenter, join
        body = QWidget()
        body.setMaximumSize(_WIDEST, _TALLEST)
        row = QHBoxLayout(body)
        row.setContentsMargins(Size.PAD * 2, Size.PAD, Size.PAD * 2, Size.PAD)
        row.setSpacing(Size.PAD * 2)
        row.addLayout(self._people(), 6)
        row.addWidget(self._pin(), 5)
        outer = QHBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(body)
        presenter.changed = self._show

    @property
    def shown_name(self) -> str:
        """Whose PIN is asked for."""
        return self._name.text()

    @override
    def shown(self) -> None:
        self._presenter.begin()

    @override
    def retranslate(self) -> None:
        self._show()

    def _people(self) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setSpacing(Size.PAD)
        self._title, self._hint = Words("", Role.TITLE), Words("", Role.MUTED)
        content = QWidget()
        inner = QVBoxLayout(content)
        inner.setContentsMargins(0, 0, 0, 0)
        grid = GridLayout(least=_FACE, columns=4)
        inner.addLayout(grid)
        inner.addStretch(1)
        self.faces: ButtonPool[TechnicianFace, TechnicianButton] = ButtonPool(
            grid, TechnicianButton, TechnicianButton.set_face, self._presenter.choose
        )
        self.languages = CategoryPills()
        self.languages.tapped.connect(self.words.use)
        column.addWidget(self._title)
        column.addWidget(self._hint)
        column.addWidget(ScrollColumn(content), 1)
        column.addWidget(self.languages)
        return column

    def _pin(self) -> QWidget:
        card = panel("card")
        column = QVBoxLayout(card)
        column.setContentsMargins(Size.PAD * 2, Size.PAD, Size.PAD * 2, Size.PAD * 2)
        self._stack = QStackedWidget()
        self.waiting = EmptyState(Icon.PERSON)
        self._stack.addWidget(self.waiting)
        if self._join is not None:
            self.waiting.acted.connect(self._join)
        typing = QWidget()
        inner = QVBoxLayout(typing)
        inner.setContentsMargins(0, 0, 0, 0)
        self._name, self._ask = Words("", Role.TITLE), Words("", Role.MUTED)
        for words in (self._name, self._ask):
            words.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            inner.addWidget(words)
        self.pad = PinPad(self.words)
        self.pad.completed.connect(self._presenter.give_pin)
        self.pad.pad.digit.connect(lambda _digit: self._presenter.typing())
        inner.addWidget(self.pad, 1)
        self._stack.addWidget(typing)
        column.addWidget(self._stack)
        return card

    def _show(self) -> None:
        words = self.words.catalogue
        model = sign_in_model(self._presenter.state, words)
        self._title.setText(model.title)
        self._hint.setText(model.hint)
        self.faces.show(model.faces, model.chosen)
        self.languages.set_categories(
            [Chip(OWN_NAMES[code], key=code) for code in self.words.choices], self.words.code
        )
        self._name.setText(model.name)
        self._ask.setText(model.ask)
        self._show_waiting(nobody=model.nobody, arriving=model.arriving)
        self._show_pad(bool(model.chosen), model.refusal)

    def _show_waiting(self, *, nobody: bool, arriving: bool) -> None:
        words = self.words.catalogue
        if nobody and arriving:
            self.waiting.set_words(
                words.text("The shop is on its way from head office"),
                words.text("The staff appears here by itself, then you can sign in."),
                words.text("See how far it is") if self._join is not None else "",
            )
        elif nobody:
            self.waiting.set_words(
                words.text("Nobody works here yet"),
                words.text("A till of a chain gets its shop, its staff and its members from head office."),
                words.text("Join a chain") if self._join is not None else "",
            )
        else:
            self.waiting.set_words(
                words.text("Your PIN goes here"), words.text("Tap your name on the left first.")
            )

    def _show_pad(self, chosen: bool, refusal: str) -> None:
        if not chosen:
            self.pad.clear()
        elif refusal:
            self.pad.refuse(refusal)
        self._stack.setCurrentIndex(1 if chosen else 0)
        if chosen:
            self.pad.setFocus()
