"""The screen of promotions: the rules left, the form of the one that was tapped right.

What is shown comes from the view model, what happens is the presenter's.
"""

from __future__ import annotations

from collections.abc import Callable

from typing_extensions import override

from salon_desk.i18n import N_
from salon_desk.ui.behind import ScreenBehind
from salon_desk.ui.list_beside_page import ListSide, PageSide, place_beside
from salon_desk.ui.screen import ScreenHost
from salon_desk.ui.screens.promotions.form_view import PromotionForm
from salon_desk.ui.screens.promotions.presenter import NEW, PromotionsPresenter
from salon_desk.ui.screens.promotions.view_model import promotions_model
from salon_desk.ui.theme.icons import Icon
from salon_desk.ui.theme.tokens import Size
from salon_desk.ui.view_values import Alert
from salon_desk.ui.widgets.action_button import primary
from salon_desk.ui.widgets.empty_state import EmptyState

_LIST_WIDTHS = (280, 460)
_SHARES = (1, 2)


class PromotionsScreen(ScreenBehind):
    """`list`, `new` and `form` are there for tests."""

    title = N_("Promotions")
    rail_key = "settings"

    def __init__(
        self, host: ScreenHost, presenter: PromotionsPresenter, *, back_to: Callable[[], None]
    ) -> None:
        super().__init__(host, back_to)
        self.presenter = presenter
        self.new = primary(height=Size.TOUCH_BIG)
        self._left = ListSide(Icon.NOTE, widths=_LIST_WIDTHS, below=(self.new,))
        self.list = self._left.list
        self.form, self._hint = PromotionForm(host.language), EmptyState(Icon.NOTE)
        self._side = PageSide(self._hint, self.form)
        place_beside(self, self._left, self._side, shares=_SHARES)
        self._connect()

    @override
    def shown(self) -> None:
        self.presenter.begin()

    def _connect(self) -> None:
        presenter = self.presenter
        presenter.changed = self.show_all
        presenter.opened = lambda: self.form.begin(presenter.state.start)
        presenter.saved = lambda: self.host.notify(Alert.GOOD, self.words.catalogue.text("Written down."))
        self.list.tapped.connect(presenter.choose)
        self.new.clicked.connect(lambda: presenter.choose(NEW))
        self.form.tapped.connect(presenter.tap)
        self.form.typing.connect(presenter.typing)
        self.form.saved.connect(presenter.save)
        self.form.tried.connect(presenter.try_out)
        self.form.stopped.connect(presenter.stop)

    @override
    def show_all(self) -> None:
        words = self.words.catalogue
        model = promotions_model(self.presenter.state, words)
        self.list.setAccessibleName(words.text("Promotions"))
        self._left.show_list(model.rows, chosen=model.chosen, known=model.known)
        self._left.nothing.set_words(
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
