"""The screen of promotions: the rules left, the form of the one that was tapped right.

What is shown comes from the view model, what happens is the presenter's.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget
from typing_extensions import override

from salon_desk.ui.list_beside_page import PageSide, place_beside
from salon_desk.ui.screen import Screen, ScreenHost
from salon_desk.ui.screens.promotions.form_view import PromotionForm
from salon_desk.ui.screens.promotions.presenter import NEW, PromotionsPresenter
from salon_desk.ui.screens.promotions.view_model import promotions_model
from salon_desk.ui.theme.icons import Icon
from salon_desk.ui.theme.tokens import Size
from salon_desk.ui.view_values import Alert, Heading, ListRow
from salon_desk.ui.widgets.action_button import primary
from salon_desk.ui.widgets.empty_state import EmptyState
from salon_desk.ui.widgets.kinetic_list import KineticList

_LIST_WIDTHS = (280, 460)
_SHARES = (1, 2)


class PromotionsScreen(Screen):
    """`list`, `new` and `form` are there for tests."""

    rail_key = "settings"

    def __init__(
        self, host: ScreenHost, presenter: PromotionsPresenter, *, back_to: Callable[[], None]
    ) -> None:
        super().__init__(host)
        self.presenter, self._back_to = presenter, back_to
        self._rows: tuple[ListRow, ...] = ()
        self.list, self.nothing = KineticList(), EmptyState(Icon.NOTE)
        self._lists = QStackedWidget()
        self._lists.addWidget(self.list)
        self._lists.addWidget(self.nothing)
        self.new = primary(height=Size.TOUCH_BIG)
        left = QWidget()
        left.setMinimumWidth(_LIST_WIDTHS[0])
        left.setMaximumWidth(_LIST_WIDTHS[1])
        column = QVBoxLayout(left)
        column.setContentsMargins(Size.PAD, Size.PAD, Size.PAD, Size.PAD)
        column.setSpacing(Size.GAP + 2)
        column.addWidget(self._lists, 1)
        column.addWidget(self.new)
        self.form, self._hint = PromotionForm(host.language), EmptyState(Icon.NOTE)
        self._side = PageSide(self._hint, self.form)
        place_beside(self, left, self._side, shares=_SHARES)
        self._connect()

    @override
    def heading(self) -> Heading:
        return Heading(self.words.catalogue.text("Promotions"), back=True)

    @override
    def back(self) -> None:
        self._back_to()

    @override
    def shown(self) -> None:
        self.presenter.begin()

    @override
    def retranslate(self) -> None:
        self._show()

    def _connect(self) -> None:
        presenter = self.presenter
        presenter.changed = self._show
        presenter.opened = lambda: self.form.begin(presenter.state.start)
        presenter.saved = lambda: self.host.notify(Alert.GOOD, self.words.catalogue.text("Written down."))
        self.list.tapped.connect(presenter.choose)
        self.new.clicked.connect(lambda: presenter.choose(NEW))
        self.form.tapped.connect(presenter.tap)
        self.form.typing.connect(presenter.typing)
        self.form.saved.connect(presenter.save)
        self.form.tried.connect(presenter.try_out)
        self.form.stopped.connect(presenter.stop)

    def _show(self) -> None:
        words = self.words.catalogue
        model = promotions_model(self.presenter.state, words)
        if model.rows != self._rows:
            self._rows = model.rows
            self.list.set_rows(model.rows)
        self.list.setAccessibleName(words.text("Promotions"))
        chosen = next((at for at, row in enumerate(model.rows) if row.key == model.chosen), -1)
        self.list.choose(chosen)
        self._lists.setCurrentIndex(0 if model.rows or not model.known else 1)
        self.nothing.set_words(
            words.text("No promotion yet"),
            words.text("Write the first one: the till finds the best for each guest."),
        )
        self._hint.set_words(
            words.text("Rules for discounts"),
            words.text(
                "Tap one to change it, or write a new one. Try it on last month's sales before it goes live."
            ),
        )
        self.new.set_text(words.text("A new promotion"))
        if model.form is None:
            self._side.show_page(self._hint)
            return
        self._side.show_page(self.form)
        self.form.show_form(model.form)
