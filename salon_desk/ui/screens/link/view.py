"""The link screen: the form while the till is alone, the fingerprint while the owner has not confirmed, else the state.

What is shown comes from the view models; the presenter decides. The same screen stands without the rail before
anybody can sign in: a till without a shop has nobody who could.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from PySide6.QtWidgets import QStackedLayout, QWidget
from typing_extensions import override

from salon_desk.ui import plight_words
from salon_desk.ui.list_beside_page import place_beside
from salon_desk.ui.screen import Screen, ScreenHost
from salon_desk.ui.screens.link.aside_view import AsideSide
from salon_desk.ui.screens.link.code_sheet import CodeSheet
from salon_desk.ui.screens.link.confirm_view import ConfirmPage
from salon_desk.ui.screens.link.enrol_model import confirm_model, enrol_model
from salon_desk.ui.screens.link.enrol_view import EnrolPage
from salon_desk.ui.screens.link.presenter import LinkPresenter
from salon_desk.ui.screens.link.state_view import StateColumn
from salon_desk.ui.screens.link.view_model import Page, code_words, page, state_model
from salon_desk.ui.view_values import Alert, Heading

_PAGES = (Page.FORM, Page.CONFIRM, Page.STATE)


class LinkScreen(Screen):
    """`enrol`, `confirm`, `state` and `aside` are there for tests. `now` is the clock's."""

    rail_key = "settings"

    def __init__(
        self,
        host: ScreenHost,
        presenter: LinkPresenter,
        *,
        now: Callable[[], datetime],
        back_to: Callable[[], None],
    ) -> None:
        super().__init__(host)
        self._presenter, self._now, self._back_to = presenter, now, back_to
        self._sheet: CodeSheet | None = None
        self.enrol, self.confirm = EnrolPage(presenter), ConfirmPage(presenter)
        self.state, self.aside = StateColumn(), AsideSide()
        linked = QWidget()
        place_beside(linked, self.state, self.aside, shares=(5, 4))
        self._pages = QStackedLayout(self)
        for one in (self.enrol, self.confirm, linked):
            self._pages.addWidget(one)
        self.state.line.contact.clicked.connect(presenter.retry)
        self.state.line.again.clicked.connect(presenter.join_again)
        self.state.codes.act.clicked.connect(self._ask_code)
        self.state.plight.act.clicked.connect(self._ask_without)
        self.state.go_on.clicked.connect(back_to)
        self.aside.retried.connect(presenter.retry)
        presenter.changed = self._show
        presenter.refuse = host.refuse
        presenter.tell = self._tell

    @override
    def heading(self) -> Heading:
        return Heading(self.words.catalogue.text("Head office"), back=True)

    @override
    def shown(self) -> None:
        self._presenter.begin()

    @override
    def back(self) -> None:
        self._back_to()

    @override
    def retranslate(self) -> None:
        self._show()

    def scanned(self, code: str) -> None:
        """A reader gave a code that is no payment card."""
        self._presenter.scanned(code)

    def _show(self) -> None:
        state, words = self._presenter.state, self.words.catalogue
        shown = page(state)
        match shown:
            case Page.FORM:
                self.enrol.show_model(enrol_model(state, words), words)
            case Page.CONFIRM:
                self.confirm.show_model(confirm_model(state, words), asking=state.retrying)
            case Page.STATE:
                model = state_model(state, self._now(), words, first=not self.with_rail)
                self.state.show_model(model, words.text("Make a code"), asking=state.retrying)
                self.aside.show_model(model, words, known=state.room is not None)
        self._pages.setCurrentIndex(_PAGES.index(shown))
        if self._sheet is not None:
            self._sheet.show_code(*code_words(state, words), words, asking=state.coding)

    def _ask_without(self) -> None:
        question = plight_words.go_on_question(self._presenter.state.plight, self.words.catalogue)
        self.host.ask(question, lambda sure: self._presenter.go_on_without() if sure else None)

    def _ask_code(self) -> None:
        sheet = self._sheet = CodeSheet(self.words.catalogue)
        sheet.wanted.connect(self._presenter.make_code)
        sheet.closed.connect(self._sheet_closed)
        self.host.open_sheet(sheet)

    def _sheet_closed(self) -> None:
        self._sheet = None
        self._presenter.put_code_away()

    def _tell(self, count: int) -> None:
        words = self.words.catalogue
        if count:
            said = words.plural("{n} entry was taken in now.", "{n} entries were taken in now.", count)
            self.host.notify(Alert.GOOD, said)
        else:
            self.host.notify(
                Alert.INFORMATION,
                words.text("Nothing changed: what is set aside still cannot be taken in."),
                words.text(
                    "It is kept. An update of the program usually helps; support can look at the small print."
                ),
            )


class FirstLinkScreen(LinkScreen):
    """The same before anybody can sign in."""

    rail_key = ""
    with_rail = False
