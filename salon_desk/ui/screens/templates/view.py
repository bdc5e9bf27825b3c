"""The screen of the texts: every text left, the form of the one that was tapped right.

What is shown comes from the view model, what happens is the presenter's.
"""

from __future__ import annotations

from collections.abc import Callable

from typing_extensions import override

from salon_desk.domain.consent import Channel, Purpose
from salon_desk.i18n import N_
from salon_desk.ui.behind import ScreenBehind
from salon_desk.ui.list_beside_page import ListSide, PageSide, place_beside
from salon_desk.ui.screen import ScreenHost
from salon_desk.ui.screens.templates.editor import TemplateEditor
from salon_desk.ui.screens.templates.presenter import NEW, TemplatesPresenter
from salon_desk.ui.screens.templates.view_model import templates_model
from salon_desk.ui.theme.icons import Icon
from salon_desk.ui.theme.tokens import Size
from salon_desk.ui.view_values import Alert, Question
from salon_desk.ui.widgets.action_button import primary
from salon_desk.ui.widgets.empty_state import EmptyState

_LIST_WIDTHS = (232, 400)
_SHARES = (1, 3)
_TRY = N_("Member")


class TemplatesScreen(ScreenBehind):
    """`list`, `new` and `editor` are there for tests."""

    title = N_("Texts")
    rail_key = "reminders"

    def __init__(
        self, host: ScreenHost, presenter: TemplatesPresenter, *, back_to: Callable[[], None]
    ) -> None:
        super().__init__(host, back_to)
        self.presenter = presenter
        self.new = primary(height=Size.TOUCH_BIG)
        self._left = ListSide(Icon.MESSAGE, widths=_LIST_WIDTHS, below=(self.new,))
        self.list = self._left.list
        self._hint, self.editor = EmptyState(Icon.MESSAGE), TemplateEditor(host.language)
        self.editor.search.set_placeholder(_TRY)
        self._side = PageSide(self._hint, self.editor)
        place_beside(self, self._left, self._side, shares=_SHARES)
        self._connect()

    @override
    def shown(self) -> None:
        self.presenter.begin(self.words.code)

    def _connect(self) -> None:
        presenter, editor = self.presenter, self.editor
        presenter.changed = self.show_all
        presenter.opened = lambda: editor.begin(presenter.state.start)
        presenter.saved = lambda: self.host.notify(Alert.GOOD, self.words.catalogue.text("Written down."))
        self.list.tapped.connect(presenter.choose)
        self.new.clicked.connect(lambda: presenter.choose(NEW))
        editor.typing.connect(presenter.typing)
        editor.pages.tapped.connect(presenter.turn)
        editor.ways.tapped.connect(lambda key: presenter.way(Channel(key)))
        editor.purposes.tapped.connect(lambda key: presenter.use_as(Purpose(key)))
        editor.search.typed.connect(presenter.search)
        editor.search.keyboard_wanted.connect(lambda: self.host.open_keyboard(editor.search.field))
        editor.found.tapped.connect(presenter.try_on)
        editor.save.clicked.connect(presenter.save)
        editor.put_back.clicked.connect(self._ask_put_back)
        editor.end.clicked.connect(self._ask_end)

    def _ask_put_back(self) -> None:
        words = self.words.catalogue
        question = Question(
            words.text("Put the built-in text back?"),
            words.text("What you wrote for this reminder is gone in every language."),
            words.text("Put it back"),
        )
        self.host.ask(question, lambda yes: self.presenter.put_back() if yes else None)

    def _ask_end(self) -> None:
        words = self.words.catalogue
        question = Question(
            words.text("End this text?"),
            words.text("What still waits with it is not sent."),
            words.text("End it"),
        )
        self.host.ask(question, lambda yes: self.presenter.end() if yes else None)

    @override
    def show_all(self) -> None:
        words = self.words.catalogue
        model = templates_model(self.presenter.state, words)
        self.list.setAccessibleName(words.text("Texts"))
        self._left.show_list(model.rows, chosen=model.chosen)
        self.new.set_text(words.text("A new text"))
        self._hint.set_words(
            words.text("What the shop says"),
            words.text("Tap a text to change it. You see at once how a member would read it."),
        )
        if model.form is None:
            self._side.show_page(self._hint)
            return
        self._side.show_page(self.editor)
        self.editor.show_form(model.form, model)
