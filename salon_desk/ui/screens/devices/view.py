"""The devices screen: what there is at this till left, the page of the one that was tapped right.

What is shown comes from the view models; the presenter decides and tells. While the screen stands the queue is read again
every two seconds, because a paper that was printed tells nobody.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QTimer
from typing_extensions import override

from salon_desk.documents.layout import Way
from salon_desk.i18n import N_
from salon_desk.services.device_settings import ChosenDevice
from salon_desk.ui.device_status import PaperWidth
from salon_desk.ui.list_beside_page import ListSide, PageSide, place_beside
from salon_desk.ui.reason_sheet import ReasonSheet
from salon_desk.ui.screen import Screen, ScreenHost
from salon_desk.ui.screens.devices.choosing_model import choosing_model
from salon_desk.ui.screens.devices.choosing_page import ChoosingPage
from salon_desk.ui.screens.devices.device_page import DevicePage
from salon_desk.ui.screens.devices.papers_page import PapersPage
from salon_desk.ui.screens.devices.presenter import DevicesPresenter, Place
from salon_desk.ui.screens.devices.self_test_page import SelfTestPage
from salon_desk.ui.screens.devices.view_model import DRAWER_REASONS, can_retry, page_model, place_rows
from salon_desk.ui.theme.icons import Icon
from salon_desk.ui.view_values import Alert, Heading, Question

LOOK_AGAIN_MS = 2000
_LIST_WIDTHS = (300, 440)
_SHARES = (2, 3)
_DONE: Final = {
    "copy": N_("A copy is queued. It says COPY."),
    "test": N_("The test page is queued."),
    "retry": N_("The printer is asked again."),
    "paper": N_("Papers print on this width from now on."),
    "drawer": N_("The drawer is asked to open. It is recorded."),
    "chosen": N_("It is used from now on, and remembered."),
    "none": N_("None is used from now on."),
    "fits": N_("The printer is told texts in this way from now on."),
}


class DevicesScreen(Screen):
    """`list`, `page`, `papers`, `choosing` and `self_test` are there for tests."""

    rail_key = "settings"

    def __init__(
        self,
        host: ScreenHost,
        presenter: DevicesPresenter,
        *,
        back_to: Callable[[], None] | None = None,
        inspect: Callable[[], None] | None = None,
        look_again_ms: int = LOOK_AGAIN_MS,
    ) -> None:
        """`inspect`: the way to the monthly look at the terminal."""
        super().__init__(host)
        self.presenter, self._back_to, self._inspect = presenter, back_to, inspect
        self._standing: ChosenDevice | None = None
        self._left = ListSide(Icon.PRINTER, widths=_LIST_WIDTHS)
        self.list = self._left.list
        self.page, self.papers, self.choosing = DevicePage(), PapersPage(), ChoosingPage()
        self.self_test = SelfTestPage()
        self._side = PageSide(self.page, self.papers, self.choosing, self.self_test)
        place_beside(self, self._left, self._side, shares=_SHARES)
        self._timer = QTimer(self)
        self._timer.setInterval(look_again_ms)
        self._timer.timeout.connect(presenter.refresh)
        self._connect()

    @override
    def heading(self) -> Heading:
        return Heading(self.words.catalogue.text("Devices"), back=self._back_to is not None)

    @override
    def shown(self) -> None:
        self.presenter.begin()
        self._timer.start()

    @override
    def left(self) -> None:
        self._timer.stop()
        self.presenter.leave()

    @override
    def back(self) -> None:
        state = self.presenter.state
        if state.start is not None:
            self.presenter.keep()
        elif state.self_test is not None:
            self.presenter.leave_self_test()
        elif self._back_to is not None:
            self._back_to()

    @override
    def retranslate(self) -> None:
        self._show()

    def _connect(self) -> None:
        presenter = self.presenter
        presenter.changed = self._show
        presenter.refuse = self.host.refuse
        presenter.tell = self._tell
        presenter.filled = self.choosing.address.set_text
        self.list.tapped.connect(presenter.show)
        self.page.tested.connect(self._test)
        self.page.retried.connect(presenter.retry)
        self.page.changed.connect(presenter.change)
        self.page.none_tapped.connect(presenter.use_none)
        self.page.choice_tapped.connect(self._choose)
        self.page.more_tapped.connect(self._more)
        self.papers.tapped.connect(presenter.choose)
        self.papers.copied.connect(lambda: presenter.reprint(self.words.code))
        self.papers.retried.connect(presenter.retry)
        self.choosing.looked.connect(lambda network: presenter.find(network=network))
        self.choosing.picked.connect(presenter.pick)
        self.choosing.driver_tapped.connect(presenter.use_driver)
        self.choosing.typing.connect(presenter.typing)
        self.choosing.left.connect(presenter.keep)
        self.choosing.saved.connect(presenter.save)
        self.self_test.line_tapped.connect(lambda key: presenter.looks_right(Way(key)))
        self.self_test.paper_tapped.connect(lambda key: presenter.paper_is(PaperWidth(key)))
        self.self_test.left.connect(presenter.leave_self_test)
        self.self_test.done.connect(presenter.use_what_fits)

    def _test(self) -> None:
        if self.presenter.state.place is Place.DRAWER:
            self._ask_drawer()
        else:
            self.presenter.test(self.words.code)

    def _more(self) -> None:
        if self.presenter.state.place is Place.PRINTER:
            self.presenter.begin_self_test(self.words.code)
        elif self._inspect is not None:
            self._inspect()

    def _choose(self, key: str) -> None:
        if self.presenter.state.place is Place.PRINTER:
            self.presenter.use_paper(PaperWidth(key))
        else:
            self.presenter.use_url(key)

    def _ask_drawer(self) -> None:
        words = self.words.catalogue
        question = Question(
            words.text("Open the drawer without a sale?"),
            words.text("It is recorded with your name and the reason, and counted on the Z report."),
            words.text("Open the drawer"),
            danger=False,
        )
        sheet = ReasonSheet(question, [words.text(reason) for reason in DRAWER_REASONS], words)
        sheet.given.connect(self.presenter.open_drawer)
        self.host.open_sheet(sheet)

    def _tell(self, done: str) -> None:
        self.host.notify(Alert.INFORMATION, self.words.catalogue.text(_DONE[done]))

    def _show(self) -> None:
        state, words = self.presenter.state, self.words.catalogue
        self._left.show_list(place_rows(state, words), chosen=state.place.value)
        self.list.setAccessibleName(words.text("Devices"))
        if state.start is not None:
            self._show_form(state.start)
        elif state.self_test is not None:
            self.self_test.show_questions(state.self_test, can_go_on=not state.working, words=words)
            self._side.show_page(self.self_test)
        elif state.place is Place.PAPERS:
            self.papers.show_papers(state, can_retry=can_retry(state), words=words)
            self._side.show_page(self.papers)
        else:
            self.page.show_page(page_model(state, words))
            self._side.show_page(self.page)
        self._standing = state.start

    def _show_form(self, start: ChosenDevice) -> None:
        if self._standing is not start:
            self.choosing.begin(start.url, start.name)
        self.choosing.show_form(
            choosing_model(self.presenter.state, self.words.catalogue), self.words.catalogue
        )
        self._side.show_page(self.choosing)
