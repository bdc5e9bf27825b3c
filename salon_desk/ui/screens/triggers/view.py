"""The screen of what is sent by itself: every trigger left, the form of the one that was tapped right.

What is shown comes from the view model, what happens is the presenter's.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, fields

from PySide6.QtWidgets import QVBoxLayout, QWidget
from typing_extensions import override

from salon_desk.i18n import N_
from salon_desk.ui.behind import ScreenBehind
from salon_desk.ui.list_beside_page import ListSide, PageSide, place_beside
from salon_desk.ui.screen import ScreenHost
from salon_desk.ui.screens.triggers.form import TypedTrigger
from salon_desk.ui.screens.triggers.presenter import TriggersPresenter
from salon_desk.ui.screens.triggers.view_model import FormModel, triggers_model
from salon_desk.ui.theme.icons import Icon
from salon_desk.ui.theme.tokens import Size, Tone
from salon_desk.ui.view_values import Alert
from salon_desk.ui.widgets.action_button import primary
from salon_desk.ui.widgets.empty_state import EmptyState
from salon_desk.ui.widgets.form_rows import FormRows, RowNames
from salon_desk.ui.widgets.words import Role, Words

_LIST_WIDTHS = (340, 480)
_SHARES = (1, 2)
_COLUMNS = (("enabled", "sends", "template"), ("task", "threshold", "days"))
_NUMBERS = frozenset(("threshold", "days"))


class TriggersScreen(ScreenBehind):
    """`list`, `rows` and `save` are there for tests."""

    title = N_("What is sent by itself")
    rail_key = "reminders"

    def __init__(
        self, host: ScreenHost, presenter: TriggersPresenter, *, back_to: Callable[[], None]
    ) -> None:
        super().__init__(host, back_to)
        self.presenter = presenter
        self._left = ListSide(Icon.MESSAGE, widths=_LIST_WIDTHS)
        self.list = self._left.list
        self._hint, self._form = EmptyState(Icon.MESSAGE), self._make_form()
        self._side = PageSide(self._hint, self._form)
        place_beside(self, self._left, self._side, shares=_SHARES)
        self._connect()

    @override
    def shown(self) -> None:
        self.presenter.begin()

    def _make_form(self) -> QWidget:
        form = QWidget()
        self.rows = FormRows(RowNames(_COLUMNS, {one.name for one in fields(TypedTrigger)}, _NUMBERS))
        self.save = primary(height=Size.TOUCH_BIG)
        self._title, self._when = Words("", Role.TITLE), Words("", Role.MUTED)
        self._happens, self._missing = Words("", Role.BODY), Words("", Role.STRONG, tone=Tone.AMBER)
        self._refusal = Words("", Role.STRONG, tone=Tone.DANGER)
        column = QVBoxLayout(form)
        column.setContentsMargins(Size.PAD, Size.PAD, Size.PAD, Size.PAD)
        column.setSpacing(Size.GAP + 4)
        column.addWidget(self._title)
        column.addWidget(self._when)
        column.addWidget(self.rows, 1)
        for part in (self._happens, self._missing, self._refusal, self.save):
            column.addWidget(part)
        return form

    def _connect(self) -> None:
        presenter = self.presenter
        presenter.changed = self.show_all
        presenter.opened = lambda: self.rows.begin(asdict(presenter.state.start))
        presenter.saved = lambda: self.host.notify(Alert.GOOD, self.words.catalogue.text("Written down."))
        self.list.tapped.connect(presenter.choose)
        self.rows.tapped.connect(presenter.tap)
        self.rows.typing.connect(lambda: presenter.typing(TypedTrigger(**self.rows.texts)))
        self.save.clicked.connect(presenter.save)

    @override
    def show_all(self) -> None:
        words = self.words.catalogue
        model = triggers_model(self.presenter.state, words)
        self.list.setAccessibleName(words.text("What is sent by itself"))
        self._left.show_list(model.rows, chosen=model.chosen)
        self._hint.set_words(
            words.text("The shop speaks up by itself"),
            words.text("Tap a reminder to see when it goes out, what it says and who gets a task."),
        )
        if model.form is None:
            self._side.show_page(self._hint)
            return
        self._side.show_page(self._form)
        self._show_form(model.form)

    def _show_form(self, model: FormModel) -> None:
        for name, group in model.groups.items():
            self.rows.show_group(name, group)
        for name in _NUMBERS:
            self.rows.show_field(name, name not in model.hidden)
        for name, said in model.fields.items():
            self.rows.name_field(name, said.label, "", said.told)
        for label, text in (
            (self._title, model.title),
            (self._when, model.when),
            (self._happens, model.happens),
            (self._missing, model.missing),
            (self._refusal, model.refusal),
        ):
            label.setText(text)
            label.setVisible(bool(text))
        self.save.set_text(model.save)
        self.save.setEnabled(not model.saving)
