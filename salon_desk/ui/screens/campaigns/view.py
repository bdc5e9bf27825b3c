"""The screen of campaigns: those that went out left, one of them or a new one right.

What is shown comes from the view models, what happens is the presenter's; before anything is sent or stopped it is asked once.
"""

from __future__ import annotations

from collections.abc import Callable

from typing_extensions import override

from salon_desk.i18n import N_
from salon_desk.ui.behind import ScreenBehind
from salon_desk.ui.list_beside_page import ListSide, PageSide, place_beside
from salon_desk.ui.screen import ScreenHost
from salon_desk.ui.screens.campaigns.out_model import out_model, stop_question
from salon_desk.ui.screens.campaigns.pages import DraftPage, OutPage
from salon_desk.ui.screens.campaigns.presenter import NEW, CampaignsPresenter
from salon_desk.ui.screens.campaigns.view_model import default_name, draft_model, list_rows, question
from salon_desk.ui.theme.icons import Icon
from salon_desk.ui.theme.tokens import Size
from salon_desk.ui.widgets.action_button import primary
from salon_desk.ui.widgets.empty_state import EmptyState

_LIST_WIDTHS = (280, 440)
_SHARES = (1, 3)


class CampaignsScreen(ScreenBehind):
    """`list`, `new`, `draft` and `out` are there for tests."""

    title = N_("Campaigns")
    rail_key = "reminders"

    def __init__(
        self, host: ScreenHost, presenter: CampaignsPresenter, *, back_to: Callable[[], None]
    ) -> None:
        super().__init__(host, back_to)
        self.presenter = presenter
        self.new = primary(height=Size.TOUCH_BIG, icon=Icon.PLUS)
        self._left = ListSide(Icon.MESSAGE, widths=_LIST_WIDTHS, below=(self.new,))
        self.list = self._left.list
        self._hint, self.draft, self.out = EmptyState(Icon.MESSAGE), DraftPage(), OutPage()
        self._side = PageSide(self._hint, self.draft, self.out)
        place_beside(self, self._left, self._side, shares=_SHARES)
        self._connect()

    @override
    def shown(self) -> None:
        self.presenter.begin()

    @override
    def left(self) -> None:
        self.presenter.left()

    def _connect(self) -> None:
        presenter = self.presenter
        presenter.changed = self.show_all
        presenter.opened = lambda: self.draft.begin(presenter.state.typed)
        self.list.tapped.connect(presenter.choose)
        self.new.clicked.connect(lambda: presenter.new())
        self.draft.typing.connect(lambda: presenter.typing(self.draft.typed))
        self.draft.tapped.connect(presenter.tap)
        self.draft.send.connect(self._ask_send)
        self.draft.stopped.connect(presenter.stop_launch)
        self.out.stopped.connect(self._ask_stop)
        self.out.again.connect(presenter.begin)

    def _ask_send(self) -> None:
        words = self.words.catalogue
        asked = question(self.presenter.state, words)
        if asked is not None:
            name = default_name(self.presenter.state, words)
            self.host.ask(asked, lambda yes: self.presenter.send(name) if yes else None)

    def _ask_stop(self) -> None:
        self.host.ask(
            stop_question(self.words.catalogue), lambda yes: self.presenter.stop("") if yes else None
        )

    @override
    def show_all(self) -> None:
        words, state = self.words.catalogue, self.presenter.state
        rows = list_rows(state, words)
        self.list.setAccessibleName(words.text("Campaigns"))
        self._left.show_list(rows, chosen=state.chosen, known=state.campaigns is not None)
        self._left.nothing.set_words(
            words.text("No campaign yet"),
            words.text("Put the first one together: a group, a text, an offer."),
        )
        self._hint.set_words(
            words.text("Campaigns"),
            words.text(
                "Tap one to see what came of it, or put a new one together. Nothing is sent before you say so."
            ),
        )
        self.new.set_text(words.text("A new campaign"))
        out = out_model(state, words)
        if state.chosen == NEW:
            self.draft.show_draft(draft_model(state, words), default_name(state, words), words)
            self._side.show_page(self.draft)
        elif out is not None:
            self.out.show_out(out, words)
            self._side.show_page(self.out)
        else:
            self._side.show_page(self._hint)
