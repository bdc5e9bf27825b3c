"""The screen of savings plans: the plans left, the form of the one that was tapped right.

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
from salon_desk.ui.screens.savings_plans.form import TypedPlan
from salon_desk.ui.screens.savings_plans.presenter import NEW, SavingsPlansPresenter
from salon_desk.ui.screens.savings_plans.view_model import FormModel, plans_model
from salon_desk.ui.theme.icons import Icon
from salon_desk.ui.theme.tokens import Size, Tone
from salon_desk.ui.view_values import Alert
from salon_desk.ui.widgets.action_button import primary
from salon_desk.ui.widgets.empty_state import EmptyState
from salon_desk.ui.widgets.form_rows import FormRows, RowNames
from salon_desk.ui.widgets.words import Role, Words

_LIST_WIDTHS = (280, 460)
_SHARES = (1, 2)
_COLUMNS = (
    ("active", "name", "name_zh", "target", "bonus", "coupon"),
    ("from_day", "to_day", "terms", "terms_zh", "starts"),
)
_NUMBERS = frozenset(("target", "bonus"))


class SavingsPlansScreen(ScreenBehind):
    """`list`, `new`, `rows` and `save` are there for tests."""

    title = N_("Savings plans")
    rail_key = "settings"

    def __init__(
        self, host: ScreenHost, presenter: SavingsPlansPresenter, *, back_to: Callable[[], None]
    ) -> None:
        super().__init__(host, back_to)
        self.presenter = presenter
        self.new = primary(height=Size.TOUCH_BIG)
        self._left = ListSide(Icon.CARDS, widths=_LIST_WIDTHS, below=(self.new,))
        self.list = self._left.list
        self._hint, self._form = EmptyState(Icon.CARDS), self._make_form()
        self._side = PageSide(self._hint, self._form)
        place_beside(self, self._left, self._side, shares=_SHARES)
        self._connect()

    @override
    def shown(self) -> None:
        self.presenter.begin()

    def _make_form(self) -> QWidget:
        form = QWidget()
        self.rows = FormRows(RowNames(_COLUMNS, {one.name for one in fields(TypedPlan)}, _NUMBERS))
        self.save = primary(height=Size.TOUCH_BIG)
        self._title, self._told = Words("", Role.TITLE), Words("", Role.MUTED)
        self._refusal = Words("", Role.STRONG, tone=Tone.DANGER)
        column = QVBoxLayout(form)
        column.setContentsMargins(Size.PAD, Size.PAD, Size.PAD, Size.PAD)
        column.setSpacing(Size.PAD)
        column.addWidget(self._title)
        column.addWidget(self.rows, 1)
        for part in (self._told, self._refusal, self.save):
            column.addWidget(part)
        return form

    def _connect(self) -> None:
        presenter = self.presenter
        presenter.changed = self.show_all
        presenter.opened = lambda: self.rows.begin(asdict(presenter.state.start))
        presenter.saved = lambda: self.host.notify(Alert.GOOD, self.words.catalogue.text("Written down."))
        self.list.tapped.connect(presenter.choose)
        self.new.clicked.connect(lambda: presenter.choose(NEW))
        self.rows.tapped.connect(presenter.tap)
        self.rows.typing.connect(presenter.typing)
        self.save.clicked.connect(lambda: presenter.save(TypedPlan(**self.rows.texts)))

    @override
    def show_all(self) -> None:
        words = self.words.catalogue
        model = plans_model(self.presenter.state, words)
        self.list.setAccessibleName(words.text("Savings plans"))
        self._left.show_list(model.rows, chosen=model.chosen, known=model.known)
        self._left.nothing.set_words(
            words.text("No savings plan yet"),
            words.text("Write the first one: a card joins it where it is topped up."),
        )
        self._hint.set_words(
            words.text("What a card can save for"),
            words.text("Deposits on a card come to a target, and the bonus is put on it once."),
        )
        self.new.set_text(words.text("A new savings plan"))
        if model.form is None:
            self._side.show_page(self._hint)
            return
        self._side.show_page(self._form)
        self._show_form(model.form)

    def _show_form(self, model: FormModel) -> None:
        self._title.setText(model.title)
        for name, group in model.groups.items():
            self.rows.show_group(name, group)
        for name, said in model.fields.items():
            self.rows.name_field(name, said.label, said.hint, said.told)
        for label, text in ((self._told, model.told), (self._refusal, model.refusal)):
            label.setText(text)
            label.setVisible(bool(text))
        self.save.set_text(model.save)
        self.save.setEnabled(not model.saving)
