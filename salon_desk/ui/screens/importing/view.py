"""The import's screen: one page a step.

What is shown comes from the view model, what is tapped goes to the presenter; sheets ask before a list is taken back.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QStackedWidget, QVBoxLayout
from typing_extensions import override

from salon_desk.domain.importing_columns import Column
from salon_desk.ui.error_text import error_text
from salon_desk.ui.screen import Screen, ScreenHost
from salon_desk.ui.screens.importing.pages import ChoosePage, LookPage, MeaningSheet
from salon_desk.ui.screens.importing.presenter import ImportingPresenter, Step
from salon_desk.ui.screens.importing.run_page import RunPage
from salon_desk.ui.screens.importing.sign_page import SignPage
from salon_desk.ui.view_values import Heading, Question


class ImportingScreen(Screen):
    """`choose`, `look`, `sign` and `run` are there for tests."""

    rail_key = "settings"

    def __init__(
        self, host: ScreenHost, presenter: ImportingPresenter, *, back_to: Callable[[], None]
    ) -> None:
        super().__init__(host)
        self._presenter, self._back_to = presenter, back_to
        self.choose, self.look, self.sign, self.run = ChoosePage(), LookPage(), SignPage(), RunPage()
        self._stack = QStackedWidget()
        for page in (self.choose, self.look, self.sign, self.run):
            self._stack.addWidget(page)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self._stack)
        self.choose.chosen.connect(lambda path: presenter.choose(Path(path)))
        self.choose.back_wanted.connect(self._ask_back)
        self.look.column_tapped.connect(self._ask_meaning)
        self.look.wanted.connect(presenter.go_on)
        self.look.again.connect(self._again)
        self.sign.back.connect(presenter.look_again)
        self.sign.signed.connect(
            lambda told, name, pin, differs: presenter.sign(told, name, pin, differs=differs)
        )
        self.run.stopped.connect(presenter.stop)
        self.run.finished.connect(self._again)
        presenter.changed = self._show
        presenter.refuse = host.refuse

    @override
    def heading(self) -> Heading:
        return Heading(self.words.catalogue.text("Coming from the old system"), back=True)

    @override
    def shown(self) -> None:
        self._presenter.begin()

    @override
    def back(self) -> None:
        self._back_to()

    @override
    def retranslate(self) -> None:
        self._show()

    def _again(self) -> None:
        self.sign.clear()
        self._presenter.again()

    def _show(self) -> None:
        state, words = self._presenter.state, self.words.catalogue
        match state.step:
            case Step.CHOOSE:
                self.choose.show_state(state, words)
                self._stack.setCurrentWidget(self.choose)
            case Step.LOOK:
                refusal = error_text(state.refusal, words) if state.refusal else ""
                self.look.show_state(state, refusal, words)
                self._stack.setCurrentWidget(self.look)
            case Step.SIGN:
                self.sign.show_state(state, words)
                self._stack.setCurrentWidget(self.sign)
            case Step.READ | Step.CARRY | Step.BACK:
                self.run.show_state(state, words)
                self._stack.setCurrentWidget(self.run)

    def _ask_meaning(self, at: int) -> None:
        state = self._presenter.state
        if state.sheet is None:
            return
        sheet = MeaningSheet(state.sheet.headers[at], state.mapped[at], self.words.catalogue)
        sheet.chosen.connect(lambda key: self._presenter.name_column(at, Column(key) if key else None))
        self.host.open_sheet(sheet)

    def _ask_back(self, list_id: str) -> None:
        words = self.words.catalogue
        question = Question(
            words.text("Take this list back?"),
            words.text(
                "What of it lies here unspent goes, and members who bought nothing leave the list of members. What was spent is named."
            ),
            words.text("Take back"),
        )
        self.host.ask(question, lambda yes: self._presenter.take_back(list_id) if yes else None)
