"""The screen of what was sent: the messages left, the one that was tapped right with its story.

What is shown comes from the view model, what happens is the presenter's.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QVBoxLayout, QWidget
from typing_extensions import override

from salon_desk.i18n import N_
from salon_desk.ui.behind import ScreenBehind
from salon_desk.ui.list_beside_page import ListSide, PageSide, place_beside
from salon_desk.ui.screen import ScreenHost
from salon_desk.ui.screens.sent.presenter import SentPresenter, Which
from salon_desk.ui.screens.sent.view_model import MessageModel, sent_model
from salon_desk.ui.theme.icons import Icon
from salon_desk.ui.theme.tokens import Size
from salon_desk.ui.widgets.action_button import ActionButton, Kind
from salon_desk.ui.widgets.category_pills import CategoryPills
from salon_desk.ui.widgets.empty_state import EmptyState
from salon_desk.ui.widgets.kinetic import ScrollColumn
from salon_desk.ui.widgets.words import Role, Words, panel

_LIST_WIDTHS = (440, 640)


class SentScreen(ScreenBehind):
    """`lists`, `list` and `more` are there for tests."""

    title = N_("What was sent")
    rail_key = "reminders"

    def __init__(self, host: ScreenHost, presenter: SentPresenter, *, back_to: Callable[[], None]) -> None:
        super().__init__(host, back_to)
        self.presenter = presenter
        self.lists, self.more = CategoryPills(), ActionButton("", Kind.SECONDARY)
        self._left = ListSide(Icon.MESSAGE, widths=_LIST_WIDTHS, above=(self.lists,), below=(self.more,))
        self.list = self._left.list
        self._hint, self._page = EmptyState(Icon.MESSAGE), self._make_page()
        self._side = PageSide(self._hint, self._page)
        place_beside(self, self._left, self._side, shares=(1, 1))
        presenter.changed = self.show_all
        self.lists.tapped.connect(lambda key: presenter.show(Which(key)))
        self.list.tapped.connect(presenter.open)
        self.more.clicked.connect(presenter.go_on)

    @override
    def shown(self) -> None:
        self.presenter.begin()

    def _make_page(self) -> QWidget:
        content = QWidget()
        self._name, self._what = Words("", Role.TITLE), Words("", Role.MUTED)
        self._why, self._channel = Words("", Role.NAME), Words("", Role.MUTED)
        self._text, self._came = Words("", Role.BODY), Words("", Role.STRONG)
        self._bubble = panel("card")
        inside = QVBoxLayout(self._bubble)
        inside.setContentsMargins(20, 14, 20, 16)
        inside.addWidget(self._channel)
        inside.addWidget(self._text)
        column = QVBoxLayout(content)
        column.setContentsMargins(Size.PAD, Size.PAD, Size.PAD, Size.PAD)
        column.setSpacing(Size.GAP + 4)
        for part in (self._name, self._what, self._why, self._bubble, self._came):
            column.addWidget(part)
        column.addStretch(1)
        return ScrollColumn(content)

    @override
    def show_all(self) -> None:
        words = self.words.catalogue
        model = sent_model(self.presenter.state, words)
        self.lists.set_categories(model.lists, model.which)
        self.list.setAccessibleName(words.text("What was sent"))
        self._left.show_list(model.rows, chosen=model.chosen, known=model.known)
        self._left.nothing.set_words(
            words.text("No message here"),
            model.refusal or words.text("What goes out by itself is said under “What is sent by itself”."),
        )
        self.more.set_text(model.more)
        self.more.setVisible(bool(model.more))
        self._hint.set_words(
            words.text("Tap a message"),
            words.text("It says why it went out or did not, and what came of it."),
        )
        self._side.show_page(self._hint if model.message is None else self._page)
        if model.message is not None:
            self._show_message(model.message)

    def _show_message(self, model: MessageModel) -> None:
        for label, text in (
            (self._name, model.name),
            (self._what, model.what),
            (self._why, model.why),
            (self._channel, model.channel),
            (self._text, model.text),
            (self._came, model.came),
        ):
            label.setText(text)
            label.setVisible(bool(text))
        self._bubble.setVisible(bool(model.text))
