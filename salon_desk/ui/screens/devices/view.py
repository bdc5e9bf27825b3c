"""The devices screen: printer, drawer and reader left, the newest papers right.

What is shown comes from the view model; the presenter decides. While it stands in front, the queue is read again
every two seconds, because a paper that was printed tells nobody.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget
from typing_extensions import override

from salon_desk.i18n import N_
from salon_desk.ui.device_status import PaperWidth
from salon_desk.ui.list_beside_page import place_beside
from salon_desk.ui.reason_sheet import ReasonSheet
from salon_desk.ui.screen import Screen, ScreenHost
from salon_desk.ui.screens.devices.cards import DeviceCard, PrinterCard
from salon_desk.ui.screens.devices.presenter import DevicesPresenter
from salon_desk.ui.screens.devices.view_model import DRAWER_REASONS, paper_rows, printer_model, reader_model
from salon_desk.ui.theme.icons import Icon
from salon_desk.ui.theme.tokens import Size
from salon_desk.ui.view_values import Alert, Heading, ListRow, Question
from salon_desk.ui.widgets.action_button import ActionButton, Kind
from salon_desk.ui.widgets.empty_state import EmptyState
from salon_desk.ui.widgets.kinetic import ScrollColumn
from salon_desk.ui.widgets.kinetic_list import KineticList
from salon_desk.ui.widgets.words import Role, Words, panel

LOOK_AGAIN_MS = 2000
_WIDEST_CARDS = 760
_DONE: Final = {
    "copy": N_("A copy is queued. It says COPY."),
    "test": N_("The test page is queued."),
    "retry": N_("The printer is asked again."),
    "paper": N_("Papers print on this width from now on."),
    "drawer": N_("The drawer is asked to open. It is recorded."),
}


class DevicesScreen(Screen):
    """`printer`, `drawer`, `reader`, `list` and `reprint` are there for tests."""

    rail_key = "settings"

    def __init__(
        self,
        host: ScreenHost,
        presenter: DevicesPresenter,
        *,
        back_to: Callable[[], None] | None = None,
        look_again_ms: int = LOOK_AGAIN_MS,
    ) -> None:
        super().__init__(host)
        self._presenter, self._back_to = presenter, back_to
        self._rows: tuple[ListRow, ...] = ()
        place_beside(self, self._make_devices(), self._make_papers(), shares=(5, 4))
        self._timer = QTimer(self)
        self._timer.setInterval(look_again_ms)
        self._timer.timeout.connect(presenter.refresh)
        presenter.changed = self._show
        presenter.refuse = host.refuse
        presenter.tell = self._tell

    @override
    def heading(self) -> Heading:
        return Heading(self.words.catalogue.text("Devices"), back=self._back_to is not None)

    @override
    def shown(self) -> None:
        self._presenter.begin()
        self._timer.start()

    @override
    def left(self) -> None:
        self._timer.stop()

    @override
    def back(self) -> None:
        if self._back_to is not None:
            self._back_to()

    @override
    def retranslate(self) -> None:
        self._show()

    def _make_devices(self) -> QWidget:
        content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(Size.PAD, Size.PAD, Size.PAD, Size.PAD)
        column.setSpacing(Size.GAP + 4)
        self.printer, self.drawer, self.reader = PrinterCard(), DeviceCard(), DeviceCard()
        for card in (self.printer, self.drawer, self.reader):
            card.setMaximumWidth(_WIDEST_CARDS)
            column.addWidget(card)
        column.addStretch(1)
        presenter = self._presenter
        self.printer.retried.connect(presenter.retry)
        self.printer.tested.connect(lambda: presenter.print_test(self.words.code))
        self.printer.paper_tapped.connect(lambda key: presenter.use_paper(PaperWidth(key)))
        self.drawer.tested.connect(self._ask_drawer)
        self.reader.tested.connect(presenter.test_reader)
        return ScrollColumn(content)

    def _make_papers(self) -> QWidget:
        side = panel("side")
        column = QVBoxLayout(side)
        column.setContentsMargins(Size.PAD, Size.PAD, Size.PAD, Size.PAD)
        column.setSpacing(Size.GAP)
        self._label, self._hint = Words("", Role.NAME), Words("", Role.MUTED)
        self._lists = QStackedWidget()
        self.list, self._nothing = KineticList(), EmptyState(Icon.PRINTER)
        self._lists.addWidget(self.list)
        self._lists.addWidget(self._nothing)
        self.reprint = ActionButton("", Kind.SECONDARY, icon=Icon.RECEIPT, height=Size.TOUCH_PAY)
        column.addWidget(self._label)
        column.addWidget(self._hint)
        column.addWidget(self._lists, 1)
        column.addWidget(self.reprint)
        self.list.tapped.connect(self._presenter.choose)
        self.reprint.clicked.connect(lambda: self._presenter.reprint(self.words.code))
        return side

    def _ask_drawer(self) -> None:
        words = self.words.catalogue
        question = Question(
            words.text("Open the drawer without a sale?"),
            words.text("It is recorded with your name and the reason, and counted on the Z report."),
            words.text("Open the drawer"),
            danger=False,
        )
        sheet = ReasonSheet(question, [words.text(reason) for reason in DRAWER_REASONS], words)
        sheet.given.connect(self._presenter.open_drawer)
        self.host.open_sheet(sheet)

    def _tell(self, done: str) -> None:
        self.host.notify(Alert.INFORMATION, self.words.catalogue.text(_DONE[done]))

    def _show(self) -> None:
        state, words = self._presenter.state, self.words.catalogue
        self.printer.show_printer(printer_model(state, words), state.status.paper, words)
        self.drawer.show_drawer(words)
        self.reader.show_reader(reader_model(state, words), words)
        self._show_papers()

    def _show_papers(self) -> None:
        state, words = self._presenter.state, self.words.catalogue
        rows = paper_rows(state.room, words) if state.room else ()
        if rows != self._rows:
            self._rows = rows
            self.list.set_rows(rows, keep_place=True)
        self.list.choose(next((at for at, row in enumerate(rows) if row.key == state.chosen), -1))
        self._lists.setCurrentIndex(0 if rows or state.room is None else 1)
        self._label.setText(words.text("Newest papers"))
        paper = state.paper
        can = paper is not None and paper.can_be_copied and not state.working
        self._hint.setText(
            words.text("Tap a receipt to print a copy of it.")
            if paper is None or can
            else words.text("Only receipts can be printed again here.")
        )
        self.list.setAccessibleName(words.text("Newest papers"))
        self._nothing.set_words(
            words.text("Nothing was printed yet"), words.text("Print a test page to see whether it works.")
        )
        self.reprint.set_text(words.text("Print a copy"))
        self.reprint.setEnabled(can)
